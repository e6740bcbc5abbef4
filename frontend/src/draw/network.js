// The renderer of the Overview for what vis-network can carry: it keeps the view, draws the lines
// with their heads and lets boxes be dragged. Boxes, labels and marks are painted over its lines.

import { inline, text } from "../app/assets.js";
import { reach } from "../shapes.js";
import { sized, SMALL, turn } from "./chart.js";
import { barOf, changes, CLEAR, coarseAt, DIM, isHeavy, STRAIGHT } from "./edges.js";
import { boxes, glow, marks, names, ownLines } from "./paint.js";
import { pause } from "./pause.js";
import { glide } from "./sight.js";

const LEAST = 0.03, MOST = 4; // scales
const MOVING = 350; // milliseconds

const OPTIONS = {
  autoResize: false,
  physics: { enabled: false },
  layout: { improvedLayout: false },
  edges: { smooth: false, chosen: false },
  nodes: { chosen: false },
  interaction: { hover: false, zoomSpeed: 0.6, selectConnectedEdges: false, multiselect: false, tooltipDelay: 1e9 },
};

const calm = matchMedia("(prefers-reduced-motion: reduce)");

/**
 * @typedef {import("./chart.js").Chart} Chart
 * @typedef {any} Network  vis-network's, which comes without types
 */

/** @type {Promise<any> | null} */
let library = null;

/** Unpack the library, once. */
export function load() {
  library ??= text("vis").then((source) => {
    const page = /** @type {any} */ (globalThis);
    if (!page.vis) inline(source);
    return page.vis;
  });
  return library;
}

/**
 * Make the renderer in an element; `load` has to have ended.
 * @param {HTMLElement} host
 * @param {Heard} on
 * @returns {Renderer}
 */
export function create(host, on) {
  const { vis } = /** @type {any} */ (globalThis);
  const nodes = new vis.DataSet(), edges = new vis.DataSet();
  /** @type {Network} */
  const network = new vis.Network(host, { nodes, edges }, OPTIONS);
  host.firstElementChild?.removeAttribute("tabindex"); // the view itself takes the keys

  /** @type {Chart | null} */
  let made = null;
  /** @type {Dressing} given with the chart */
  let how;
  let coarse = 1;
  /** @type {number | null} the scale for which boxes have their sizes */
  let sizedFor = null;
  /** @type {Entity | null} the box that is dragged */
  let held = null;
  /** @type {Map<number, string>} */
  const told = new Map(); // what the library was, of each line

  const sight = () => sightOf(network, host);

  // --- What the library is told ------------------------------------------------------------------

  function lines() {
    if (made) edges.update([...changes(made, how.looks, coarse, told)].flat());
  }

  /** The same with pauses, for it is what takes time. @param {Chart} own */
  async function linesSoon(own) {
    for (const slice of changes(own, how.looks, coarse, told)) {
      edges.update(slice);
      await pause();
      if (own !== made) return;
    }
  }

  /** The boxes of a chart; of the others the library hears that they are gone. @param {Chart} chart */
  function points(chart) {
    const wanted = new Set(chart.entities.map((entity) => entity.number));
    const gone = nodes.getIds().filter((/** @type {number} */ id) => !wanted.has(id));
    if (gone.length) nodes.remove(gone);
    nodes.update(chart.entities.map((entity, box) => nodeOf(entity, box, chart)));
    for (const entity of chart.entities) keepClear(network, entity, () => ({ chart: made, looks: how.looks, coarse }));
  }

  function recoarse() {
    const now = made ? coarseAt(network.getScale(), isHeavy(made)) : coarse;
    if (now === coarse) return;
    coarse = now;
    lines();
  }

  // --- Painting ----------------------------------------------------------------------------------

  network.on("beforeDrawing", (/** @type {CanvasRenderingContext2D} */ ctx) => {
    if (!made) return;
    const scale = network.getScale(), { graph, state: { selected } } = made.model;
    if (sizedFor !== scale) size(network, made, sizedFor = scale);
    const chosen = selected?.kind === "statement" ? graph.statement.get(selected.id) : undefined;
    if (chosen) glow(ctx, made, chosen, { scale, ...how });
    if (how.line) glow(ctx, made, how.line, { scale, ...how }, 0.22);
    ownLines(ctx, made, how, { bolder: Math.sqrt(coarse), dim: DIM });
  });

  network.on("afterDrawing", (/** @type {CanvasRenderingContext2D} */ ctx) => {
    if (!made) return;
    const scale = network.getScale(), dressed = { scale, ...how };
    if (!isHeavy(made) || scale >= 0.5) bars(ctx, made, how.looks, coarse);
    boxes(ctx, made, dressed);
    marks(ctx, made, dressed);
    names(ctx, made, dressed);
  });

  // --- Pointer -----------------------------------------------------------------------------------

  network.on("zoom", () => {
    recoarse();
    on.moved();
  });
  network.on("animationFinished", recoarse);
  network.on("dragStart", (/** @type {{ nodes: number[] }} */ { nodes: [id] }) => {
    held = id === undefined || !made ? null : made.model.graph.entities[id];
    on.moved();
  });
  network.on("dragging", () => {
    if (held && made) follow(network, made, held);
  });
  network.on("dragEnd", () => {
    if (!held || !made) return;
    on.dropped(held, follow(network, made, held));
    turn(made);
    held = null;
    sizedFor = null;
    lines();
    network.redraw();
  });

  return {
    async show(next, dressing, view) {
      forget(edges, told, next);
      const before = made && seenOf(made, sight(), host);
      made = next;
      how = dressing;
      sizedFor = null;
      if (next.statements.length > STRAIGHT) next.lane.fill(0);
      network.setOptions({ interaction: { hideEdgesOnDrag: isHeavy(next), hideEdgesOnZoom: isHeavy(next) } });
      network.setSize("100%", "100%");
      sized(next, view?.scale ?? network.getScale());
      points(next);
      if (view) moveTo(network, host, view, false);
      coarse = coarseAt(network.getScale(), isHeavy(next));
      await pause();
      await linesSoon(next);
      if (made !== next) return;
      if (before && next.entities.length <= SMALL) slide(network, next, before, sight(), () => made === next && !held);
      network.redraw();
    },
    dress(dressing) {
      how = dressing;
      sizedFor = null;
      lines();
      network.redraw();
    },
    repaint(change) {
      how = { ...how, ...change };
      network.redraw();
    },
    hide() {},
    resize() {
      network.setSize("100%", "100%");
      network.redraw();
    },
    get view() { return sight(); },
    look(view, gliding = false) {
      const seen = gliding && !calm.matches && !(made && isHeavy(made));
      moveTo(network, host, view, seen ? { duration: MOVING, easingFunction: "easeInOutQuad" } : false);
      if (!seen) recoarse();
    },
  };
}

// --- What the library knows ----------------------------------------------------------------------

/** What part of the drawing is seen. @param {Network} network @param {HTMLElement} host @returns {Sight} */
function sightOf(network, host) {
  const { x, y } = network.getViewPosition(), scale = network.getScale();
  return { scale, x: host.clientWidth / 2 - x * scale, y: host.clientHeight / 2 - y * scale };
}

/** @param {Network} network @param {HTMLElement} host @param {Sight} sight @param {object | false} animation */
function moveTo(network, host, { scale, x, y }, animation) {
  const position = { x: (host.clientWidth / 2 - x) / scale, y: (host.clientHeight / 2 - y) / scale };
  network.moveTo({ scale: Math.min(Math.max(scale, LEAST), MOST), position, animation });
}

/** Lines whose ends go away go first; the library minds lines without ends. */
function forget(/** @type {any} */ edges, /** @type {Map<number, string>} */ told, /** @type {Chart} */ next) {
  const stays = new Set(next.statements.map((statement) => statement.number));
  const gone = [...told.keys()].filter((number) => !stays.has(number));
  if (gone.length) edges.remove(gone);
  for (const number of gone) told.delete(number);
}

/** A box: the library only learns how large it is; it is painted with the others. */
function nodeOf(/** @type {Entity} */ entity, /** @type {number} */ box, /** @type {Chart} */ { x, y, w, wide, high }) {
  const ctxRenderer = () => ({ nodeDimensions: { width: wide[box], height: high[box] }, drawNode() {} });
  return { id: entity.number, x: x[box], y: y[box], shape: "custom", ctxRenderer, size: w[box] / 2 };
}

/**
 * Straight lines of the library run to the border of a rectangle; ours end short of the outline, so that arrowheads
 * and T-bars stand clear of it.
 * @param {Network} network
 * @param {Entity} entity
 * @param {() => { chart: Chart | null, looks: Looks, coarse: number }} now
 */
function keepClear(network, entity, now) {
  network.body.nodes[entity.number].distanceToBorder = (/** @type {unknown} */ _, /** @type {number} */ angle) => {
    const { chart, looks, coarse } = now(), box = chart?.number.get(entity);
    // The library draws once more what is on its way out.
    if (!chart || box === undefined) return 0;
    return reach(looks.entities[box].outline, chart.wide[box], chart.high[box], angle) + CLEAR * Math.sqrt(coarse);
  };
}

/** Size the boxes for a scale. @param {Network} network @param {Chart} chart @param {number} scale */
function size(network, chart, scale) {
  sized(chart, scale);
  // The library learns of the sizes of custom shapes one drawing late; here it is told at once.
  chart.entities.forEach((entity, box) => {
    const shape = network.body.nodes[entity.number]?.shape;
    if (!shape) return;
    shape.width = shape.customSizeWidth = chart.wide[box];
    shape.height = shape.customSizeHeight = chart.high[box];
  });
}

/** Take over where a box was dragged to. @param {Network} network @param {Chart} chart @param {Entity} entity */
function follow(network, chart, entity) {
  const { x, y } = network.getPosition(entity.number), box = /** @type {number} */ (chart.number.get(entity));
  chart.x[box] = x;
  chart.y[box] = y;
  return /** @type {Point} */ ([x, y]);
}

/** The bars of what is necessary, over the lines. */
function bars(/** @type {CanvasRenderingContext2D} */ ctx, /** @type {Chart} */ chart, /** @type {Looks} */ looks,
  /** @type {number} */ coarse) {
  for (const line of chart.statements.keys()) {
    const bar = barOf(chart, looks, line, coarse);
    if (!bar) continue;
    ctx.globalAlpha = bar.opacity;
    ctx.strokeStyle = looks.statements[line].colour;
    ctx.lineWidth = 1.8 * Math.sqrt(coarse);
    ctx.beginPath();
    ctx.moveTo(...bar.from);
    ctx.lineTo(...bar.to);
    ctx.stroke();
  }
  ctx.globalAlpha = 1;
}

// --- Motion --------------------------------------------------------------------------------------

/**
 * Where on the screen the boxes of a small scene are; null where they would not be seen to move.
 * @param {Chart} chart
 * @param {Sight} sight
 * @param {HTMLElement} host
 * @returns {Map<Entity, Point> | null}
 */
function seenOf(chart, { scale, x, y }, host) {
  if (calm.matches || chart.entities.length > SMALL || !host.clientWidth) return null;
  return new Map(chart.entities.map((entity, box) => [entity, [chart.x[box] * scale + x, chart.y[box] * scale + y]]));
}

/**
 * Let boxes be seen to go from where they were, so that one sees what stayed.
 * @param {Network} network
 * @param {Chart} chart
 * @param {Map<Entity, Point>} before
 * @param {Sight} sight
 * @param {() => boolean} goes false where it is to end at once
 */
function slide(network, chart, before, { scale, x, y }, goes) {
  const to = [chart.x.slice(), chart.y.slice()];
  const from = chart.entities.map((entity, box) => {
    const at = before.get(entity);
    return at ? [(at[0] - x) / scale, (at[1] - y) / scale] : [to[0][box], to[1][box]];
  });
  glide(MOVING, (share) => {
    if (!goes()) return false;
    chart.entities.forEach((entity, box) => {
      const node = network.body.nodes[entity.number];
      node.x = chart.x[box] = from[box][0] + (to[0][box] - from[box][0]) * share;
      node.y = chart.y[box] = from[box][1] + (to[1][box] - from[box][1]) * share;
    });
    network.redraw();
    return true;
  });
}
