// The renderer of the Overview for what vis-network can carry: it keeps the view, draws the lines
// with their heads and lets boxes be dragged. Boxes, labels and marks are painted over its lines.

import { inline, text } from "../assets.js";
import { headOf, reach } from "../shapes.js";
import { backOf, pointOf, sized, SMALL, turn } from "./chart.js";
import { boxes, glow, marks, names, ownLines } from "./paint.js";
import { pause } from "./pause.js";

/** Statements beyond which all lines are straight, and beyond which they rest while the view moves. */
const STRAIGHT = 1000, HEAVY = 1500;
const SLICE = 400; // lines that are handed over at once
const CLEAR = 4; // pixels between a box and the head of a line
const HEAD = 0.62, FAINTER = 0.82; // size of heads by the library's, and of those on faint lines by the others'
const BRIGHTER = 0.5, DIM = 0.07; // pixels by which bright lines are wider; opacity of the others
const LEAST = 0.03, MOST = 4; // scales
const MOVING = 350; // milliseconds

const calm = matchMedia("(prefers-reduced-motion: reduce)");

let library = null;

/** Unpack the library, once. */
export function load() {
  library ??= text("vis").then((source) => {
    if (!globalThis.vis) inline(source);
    return globalThis.vis;
  });
  return library;
}

/**
 * Make the renderer in an element; `load` has to have ended.
 * @param {HTMLElement} host
 * @param {{ moved(): void, dropped(entity, at): void }} on
 */
export function create(host, on) {
  const { vis } = globalThis;
  const nodes = new vis.DataSet(), edges = new vis.DataSet();
  const looked = new Map(); // what the library was told of each line
  let made = null, how = null, coarse = 1, sizedFor = null, held = null;

  const network = new vis.Network(host, { nodes, edges }, {
    autoResize: false,
    physics: { enabled: false },
    layout: { improvedLayout: false },
    edges: { smooth: false, chosen: false },
    nodes: { chosen: false },
    interaction: { hover: false, zoomSpeed: 0.6, selectConnectedEdges: false, multiselect: false, tooltipDelay: 1e9 },
  });
  host.firstElementChild.removeAttribute("tabindex"); // the view itself takes the keys

  const heavy = () => made !== null && made.statements.length > HEAVY;
  const scaleNow = () => network.getScale();

  // --- What the library is told ------------------------------------------------------------------

  const node = (entity, one) =>
    ({ id: entity.number, x: made.x[one], y: made.y[one], shape: "custom", ctxRenderer: blank, size: made.w[one] / 2 });

  /** The library only learns how large a box is; it is painted with the others. */
  function blank({ id }) {
    const one = made.number.get(made.model.graph.entities[id]);
    return { nodeDimensions: { width: made.wide[one], height: made.high[one] }, drawNode() {} };
  }

  function edge(statement, line) {
    const { lit, graph: { words } } = made.model;
    const bright = lit !== null && lit.statements.has(statement), bolder = Math.sqrt(coarse);
    const { colour, dashes } = how.looks.statements[line];
    const name = headOf(statement, words);
    const type = name === "needs" ? "arrow" : name;
    const opacity = bright ? 1 : lit === null ? made.tone[line] : DIM;
    return {
      id: statement.number,
      from: statement.start.number,
      to: statement.end.number,
      arrows: name ? { to: { enabled: true, type, scaleFactor: HEAD * bolder * headSize(line, bright) } } : {},
      dashes: dashes.length ? dashes.map((length) => length * bolder) : false,
      width: (made.width[line] + (bright ? BRIGHTER : 0)) * bolder,
      color: { color: colour, hover: colour, highlight: colour, opacity },
      smooth: bend(line),
      chosen: false,
    };
  }

  /** How a line bends, in the library's words. */
  function bend(line) {
    const a = made.start[line], b = made.end[line], lane = made.lane[line];
    if (!lane) return false;
    const length = Math.hypot(made.x[b] - made.x[a], made.y[b] - made.y[a]) || 1;
    const roundness = Math.min(Math.abs(lane) / (0.39 * length), 0.9);
    return { enabled: true, type: lane > 0 ? "curvedCW" : "curvedCCW", roundness };
  }

  const headSize = (line, bright) => (made.tone[line] < 0.7 && !bright ? FAINTER : 1);

  /** The lines that look different from what the library has of them, in slices. */
  function* changes() {
    let slice = [];
    for (const [line, statement] of made.statements.entries()) {
      if (made.own.has(line)) continue; // painted with the boxes: the library knows one circle for all
      const now = edge(statement, line), { color: { color, opacity }, smooth } = now;
      const key = `${now.width} ${color} ${opacity} ${smooth.roundness ?? 0} ${smooth.type ?? ""} ${coarse}`;
      if (looked.get(now.id) === key) continue;
      looked.set(now.id, key);
      slice.push(now);
      if (slice.length < SLICE) continue;
      yield slice;
      slice = [];
    }
    yield slice;
  }

  function lines() {
    edges.update([...changes()].flat());
  }

  /** The same with pauses, for it is what takes time. */
  async function linesSoon() {
    const own = made;
    for (const slice of changes()) {
      edges.update(slice);
      await pause();
      if (own !== made) return;
    }
  }

  function points() {
    const wanted = new Set(made.entities.map((entity) => entity.number));
    const gone = nodes.getIds().filter((id) => !wanted.has(id));
    if (gone.length) nodes.remove(gone);
    nodes.update(made.entities.map(node));
    // Straight lines of the library run to the border of a rectangle; ours end short of the outline,
    // so that arrowheads and T-bars stand clear of it.
    made.entities.forEach((entity) => {
      network.body.nodes[entity.number].distanceToBorder = (_, angle) => {
        const at = made.number.get(entity);
        // The library draws once more what is on its way out.
        if (at === undefined) return 0;
        return reach(how.looks.entities[at].outline, made.wide[at], made.high[at], angle) + CLEAR * Math.sqrt(coarse);
      };
    });
  }

  // From afar lines and heads would be too fine to be told apart; they are drawn bolder there.
  const coarseAt = (scale) =>
    (heavy() ? 1 : [[0.75, 1], [0.5, 1.6], [0.3, 2.6]].find(([least]) => scale >= least)?.[1] ?? 3.6);

  function recoarse() {
    if (!made || coarseAt(scaleNow()) === coarse) return;
    coarse = coarseAt(scaleNow());
    lines();
  }

  function look({ scale, x, y }, animation = false) {
    const by = Math.min(Math.max(scale, LEAST), MOST);
    const position = { x: (host.clientWidth / 2 - x) / scale, y: (host.clientHeight / 2 - y) / scale };
    network.moveTo({ scale: by, position, animation });
  }

  // --- Painting ----------------------------------------------------------------------------------

  function size() {
    const scale = scaleNow();
    if (sizedFor === scale) return;
    sizedFor = scale;
    sized(made, scale);
    // The library learns of the sizes of custom shapes one drawing late; here it is told at once.
    made.entities.forEach((entity, one) => {
      const shape = network.body.nodes[entity.number]?.shape;
      if (!shape) return;
      shape.width = shape.customSizeWidth = made.wide[one];
      shape.height = shape.customSizeHeight = made.high[one];
    });
  }

  network.on("beforeDrawing", (ctx) => {
    if (!made) return;
    size();
    const scale = scaleNow(), { selected } = made.model.state;
    if (selected?.kind === "statement") glow(ctx, made, made.model.graph.statement.get(selected.id), { scale, ...how });
    if (how.line) glow(ctx, made, how.line, { scale, ...how }, 0.22);
    ownLines(ctx, made, how, { bolder: Math.sqrt(coarse), dim: DIM });
  });

  network.on("afterDrawing", (ctx) => {
    if (!made) return;
    const told = { scale: scaleNow(), ...how };
    needs(ctx);
    boxes(ctx, made, told);
    marks(ctx, made, told);
    names(ctx, made, told);
  });

  /** What is necessary has a bar before its arrowhead, which the library does not know. */
  function needs(ctx) {
    const { lit, graph: { words } } = made.model, bolder = Math.sqrt(coarse);
    made.statements.forEach((statement, line) => {
      const a = made.start[line], b = made.end[line];
      if (a === b || headOf(statement, words) !== "needs" || (heavy() && scaleNow() < 0.5)) return;
      const before = pointOf(made, line, 0.9), angle = Math.atan2(made.y[b] - before.y, made.x[b] - before.x);
      const bright = lit?.statements.has(statement) ?? false;
      const width = (made.width[line] + (bright ? BRIGHTER : 0)) * bolder;
      // The library's arrowheads are as long as this.
      const long = 15 * HEAD * bolder * headSize(line, bright) + 3 * width;
      const border = reach(how.looks.entities[b].outline, made.wide[b], made.high[b], angle);
      const back = border + CLEAR * bolder + long + 2.2 * bolder;
      if (back > Math.hypot(made.x[b] - made.x[a], made.y[b] - made.y[a]) - made.wide[a] / 2) return;
      const { x, y, turn } = backOf(made, line, back), half = 5 * bolder + width / 2;
      ctx.globalAlpha = lit === null ? made.tone[line] : bright ? 1 : DIM;
      ctx.strokeStyle = how.looks.statements[line].colour;
      ctx.lineWidth = 1.8 * bolder;
      ctx.beginPath();
      ctx.moveTo(x - half * Math.sin(turn), y + half * Math.cos(turn));
      ctx.lineTo(x + half * Math.sin(turn), y - half * Math.cos(turn));
      ctx.stroke();
    });
    ctx.globalAlpha = 1;
  }

  // --- Motion ------------------------------------------------------------------------------------

  /** Where on the screen the boxes of a small scene are; null where they would not be seen to move. */
  function seen() {
    if (!made || calm.matches || made.entities.length > SMALL || !host.clientWidth) return null;
    const { scale, x, y } = camera();
    return new Map(made.entities.map((entity, one) => [entity, [made.x[one] * scale + x, made.y[one] * scale + y]]));
  }

  /** Let boxes be seen to go from where they were, so that one sees what stayed. */
  function glide(before) {
    const own = made, began = performance.now(), { scale, x, y } = camera(), to = [own.x.slice(), own.y.slice()];
    const from = own.entities.map((entity, one) => {
      const at = before.get(entity);
      return at ? [(at[0] - x) / scale, (at[1] - y) / scale] : [to[0][one], to[1][one]];
    });
    const step = () => {
      if (own !== made || held) return;
      const share = Math.min(1, (performance.now() - began) / MOVING), eased = share * share * (3 - 2 * share);
      own.entities.forEach((entity, one) => {
        const node = network.body.nodes[entity.number];
        node.x = own.x[one] = from[one][0] + (to[0][one] - from[one][0]) * eased;
        node.y = own.y[one] = from[one][1] + (to[1][one] - from[one][1]) * eased;
      });
      network.redraw();
      if (share < 1) requestAnimationFrame(step);
    };
    step();
  }

  function camera() {
    const { x, y } = network.getViewPosition(), scale = scaleNow();
    return { scale, x: host.clientWidth / 2 - x * scale, y: host.clientHeight / 2 - y * scale };
  }

  // --- Pointer -----------------------------------------------------------------------------------

  network.on("zoom", () => {
    recoarse();
    on.moved();
  });
  network.on("animationFinished", recoarse);
  network.on("dragStart", ({ nodes: [id] }) => {
    held = id === undefined ? null : made.model.graph.entities[id];
    on.moved();
  });
  network.on("dragging", () => {
    if (held) follow(held);
  });
  network.on("dragEnd", () => {
    if (!held) return;
    on.dropped(held, follow(held));
    turn(made);
    held = null;
    sizedFor = null;
    lines();
    network.redraw();
  });

  function follow(entity) {
    const { x, y } = network.getPosition(entity.number), one = made.number.get(entity);
    made.x[one] = x;
    made.y[one] = y;
    return [x, y];
  }

  return {
    /** Draw a chart that was not drawn before. */
    async show(next, dressing, view) {
      // Lines whose ends go away go first; the library minds lines without ends.
      const stays = new Set(next.statements.map((statement) => statement.number));
      const gone = [...looked.keys()].filter((number) => !stays.has(number));
      if (gone.length) edges.remove(gone);
      for (const number of gone) looked.delete(number);
      const before = seen();
      made = next;
      how = dressing;
      sizedFor = null;
      if (made.statements.length > STRAIGHT) made.lane.fill(0);
      network.setOptions({ interaction: { hideEdgesOnDrag: heavy(), hideEdgesOnZoom: heavy() } });
      network.setSize("100%", "100%");
      sized(made, view?.scale ?? scaleNow());
      points();
      if (view) look(view);
      coarse = coarseAt(scaleNow());
      await pause();
      await linesSoon();
      if (made !== next) return;
      if (before && made.entities.length <= SMALL) glide(before);
      network.redraw();
    },
    /** Draw the same chart with another dress. */
    dress(dressing) {
      how = dressing;
      sizedFor = null;
      lines();
      network.redraw();
    },
    /** Paint anew: another box is hovered or walked to. */
    repaint(change) {
      how = { ...how, ...change };
      network.redraw();
    },
    hide() {},
    resize() {
      network.setSize("100%", "100%");
      network.redraw();
    },
    get view() { return camera(); },
    look(view, gliding = false) {
      const seen = gliding && !calm.matches && !heavy();
      const animation = seen ? { duration: MOVING, easingFunction: "easeInOutQuad" } : false;
      look(view, animation);
      if (!animation) recoarse();
    },
  };
}
