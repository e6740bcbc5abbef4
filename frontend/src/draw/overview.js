// The Overview: the map of a scene. What it shows is a chart; one of two renderers draws it, by how
// much of it there is. What pointer and keys do is the same for both.

import { $, h, plural } from "../dom.js";
import { ARROWS, onEntity } from "../keys.js";
import { around, chart, dress, frameOf, neighbour, rendererFor, SMALL, under } from "./chart.js";
import { told, toldOf } from "./figure.js";
import { nothing } from "./instead.js";
import * as large from "./large.js";
import * as network from "./network.js";
import { looksOf, PAPER, themeOf } from "./paint.js";
import { pause } from "./pause.js";
import { portrait } from "./portrait.js";
import { still } from "./still.js";

/** Entities beyond which a picture in pixels has the names there is room for, as on a map, and not all of them. */
const PORTRAIT = 2000;
const MAP = { wide: 1600, tall: 1600, density: 2 }; // pixels of such a picture
const SHEET = { wide: 900, tall: 760, density: 3 }; // of one for paper
const BUILDS = 1200; // statements from which it is said that a drawing is being made
const STILL = 5; // pixels that a pointer may move and still have clicked
const CLOSE = 1.15; // the largest scale that is fitted to

/**
 * Make the view in an element.
 * @param {HTMLElement} host
 * @param {object} act what the page may do; see `main.js`
 */
export function create(host, act) {
  const layer = (name) => h("div", { class: `map ${name}`, hidden: true });
  const stages = { network: layer("network"), large: layer("large") };
  const named = { role: "application", "aria-label": "Overview" };
  const stage = h("div", { class: "stage", tabindex: 0, ...named }, stages.network, stages.large);
  const paper = h("div", { class: "paper", "aria-hidden": "true" }); // what a printer gets
  const waiting = h("p", { class: "waiting", role: "status", hidden: true });
  const message = h("div", { class: "message", hidden: true });
  host.append(stage, paper, waiting, message);

  const renderers = {};
  const moved = { small: new Map(), map: new Map() }; // where boxes were put by hand, for the session
  let model = null, made = null, renderer = null, fitted = false, sought = 0;
  let drawnFor = "", sceneFor = "", sizeFor = "", chosenFor = ""; // by what the drawing differs from another
  let walker = null, line = null, hovered = null, hoveredLine = null, tipped = null;

  const on = {
    moved() {
      fitted = false;
      tip(null);
    },
    dropped(entity, place) {
      moved[made.entities.length <= SMALL ? "small" : "map"].set(entity, place);
      act.announce?.(`${entity.name} stays where it was put`);
    },
  };

  // --- Showing -----------------------------------------------------------------------------------

  const signature = () => `${model.entities.map((one) => one.number)}|${model.statements.map((one) => one.number)}`;

  async function show(next) {
    model = next;
    const { entities, statements } = model, turn = ++sought;
    if (!entities.length) return blank();
    message.hidden = true;
    stage.hidden = false;
    const name = rendererFor(entities.length, statements.length), wanted = `${name} ${signature()}`;
    if (wanted === drawnFor) {
      dress(made, model);
      if (String(size()) !== sizeFor) resize();
      renderer.dress(dressing());
      settle();
      find();
      return undefined;
    }
    if (statements.length > BUILDS) await patience();
    if (name === "network") await network.load();
    if (turn !== sought) return undefined;
    const scene = JSON.stringify(model.state.scene), before = renderer;
    for (const [key, element] of Object.entries(stages)) element.hidden = key !== name;
    if (!renderers[name]) {
      renderers[name] = (name === "network" ? network : large).create(stages[name], on);
      await pause();
      if (turn !== sought) return undefined;
    }
    if (before && before !== renderers[name]) before.hide();
    renderer = renderers[name];
    const old = drawnFor && scene === sceneFor ? made : null;
    made = chart(model, { aspect: aspect(), moved: moved[entities.length <= SMALL ? "small" : "map"] });
    // What one looks at stays in sight where places are those of the map before and after.
    const stays = old !== null && old.mapped && made.mapped && !fitted;
    [drawnFor, sceneFor, sizeFor] = [wanted, scene, String(size())];
    walker = made.number.has(walker) ? walker : null;
    line = hovered = hoveredLine = null;
    const drawing = renderer.show(made, dressing(), stays ? null : fitting());
    fitted = !stays;
    await drawing;
    if (turn !== sought) return undefined;
    settle();
    if (statements.length > large.MOST_LINES)
      act.notify?.(`The ${large.MOST_LINES.toLocaleString("en-GB")} best supported of ` +
        `${plural(statements.length, "statement")} are drawn; filter or focus to see the others.`);
    return undefined;
  }

  const dressing = () => {
    const theme = themeOf(host);
    return { theme, looks: looksOf(made, theme), hovered, focused: ringed(), line: line ?? hoveredLine };
  };

  function settle() {
    waiting.hidden = true;
    const much = [plural(model.entities.length, "entity", "entities"), plural(model.statements.length, "statement")];
    stage.setAttribute("aria-label", `Overview: ${much.join(", ")}. Arrow keys go from box to box, ` +
      "full stop and comma through the lines of a box, Enter opens, E expands, H hides, P pins; " +
      "Shift with an arrow key moves the drawing.");
    const { selected } = model.state, entity = selected?.kind === "entity" ? model.graph.entity.get(selected.id) : null;
    if (entity && made.number.has(entity)) walker = entity;
    act.drawn?.();
  }

  /** Bring what is selected into sight, where it was not before. */
  function find() {
    const { selected } = model.state, key = selected ? `${selected.kind} ${selected.id}` : "";
    if (key === chosenFor) return;
    chosenFor = key;
    if (selected?.kind === "entity") reveal(model.graph.entity.get(selected.id));
    const statement = selected?.kind === "statement" ? model.graph.statement.get(selected.id) : null;
    if (!statement || !made.number.has(statement.start) || !made.number.has(statement.end)) return;
    const ends = [statement.start, statement.end], isSeen = (entity) => {
      const one = made.number.get(entity), [x, y] = where(made.x[one], made.y[one]);
      return x > 0 && y > 0 && x < host.clientWidth && y < host.clientHeight;
    };
    if (!ends.some(isSeen)) renderer.look(fitting(ends, renderer.view.scale), true);
  }

  /** Say that a drawing is being made, and let it be seen. */
  function patience() {
    waiting.textContent = `Drawing ${plural(model.statements.length, "statement")} …`;
    waiting.hidden = false;
    return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  }

  function blank() {
    [made, drawnFor] = [null, ""];
    renderer?.hide();
    stage.hidden = true;
    waiting.hidden = true;
    message.replaceChildren(...nothing(act));
    message.hidden = false;
    act.drawn?.();
  }

  // --- On paper ----------------------------------------------------------------------------------

  // A printer gets a drawing of its own: that on the screen has the proportions of the stage.
  addEventListener("beforeprint", () => {
    if (!made || !host.clientWidth) return;
    const dressed = { theme: PAPER, looks: looksOf(made, PAPER) };
    paper.replaceChildren(made.entities.length <= SMALL ? portrait(made, dressed) : still(made, dressed, SHEET));
  });
  addEventListener("afterprint", () => paper.replaceChildren());

  // --- What part of it is seen -------------------------------------------------------------------

  const size = () => [host.clientWidth, host.clientHeight];
  const aspect = () => Math.max(host.clientWidth - 56, 200) / Math.max(host.clientHeight - 60, 200);

  function fitting(some, most = CLOSE) {
    const [left, top, right, bottom] = frameOf(made, some);
    // Where the page is narrow, the buttons need the room below.
    const { clientWidth, clientHeight } = host, narrow = clientWidth < 600;
    const edge = narrow ? 20 : 44, below = narrow ? 50 : 0;
    const wide = Math.max(clientWidth - edge, 60), high = Math.max(clientHeight - edge - below, 60);
    const scale = Math.min(wide / (right - left), high / (bottom - top), most);
    const middle = [clientWidth / 2, (clientHeight - below) / 2];
    return { scale, x: middle[0] - (scale * (left + right)) / 2, y: middle[1] - (scale * (top + bottom)) / 2 };
  }

  function fit(gliding = false) {
    if (!made || !host.clientWidth) return;
    renderer.look(fitting(), gliding);
    fitted = true;
  }

  function zoom(factor) {
    if (!made) return;
    const { scale, x, y } = renderer.view, [cx, cy] = [host.clientWidth / 2, host.clientHeight / 2];
    renderer.look({ scale: scale * factor, x: cx - (cx - x) * factor, y: cy - (cy - y) * factor }, true);
    on.moved();
  }

  function pan(dx, dy) {
    if (!made) return;
    const { scale, x, y } = renderer.view;
    renderer.look({ scale, x: x - dx * 80, y: y - dy * 80 });
    on.moved();
  }

  /** The stage has another size. */
  function resize() {
    if (!made || !host.clientWidth) return;
    const whole = fitted;
    sizeFor = String(size());
    renderer.resize();
    if (whole) fit();
  }

  const where = (x, y) => {
    const { scale, x: left, y: top } = renderer.view;
    return [x * scale + left, y * scale + top];
  };

  /** Move as little as shows a box. */
  function reveal(entity, gliding = true) {
    const one = made?.number.get(entity);
    if (one === undefined) return;
    const { scale, x, y } = renderer.view, [px, py] = where(made.x[one], made.y[one]);
    const room = [16 + (made.wide[one] * scale) / 2, 14 + (made.high[one] * scale) / 2];
    const shift = (at, edge, length) => (at < edge ? edge - at : at > length - edge ? length - edge - at : 0);
    const { clientWidth, clientHeight } = host;
    const dx = shift(px, Math.min(room[0], clientWidth / 2), clientWidth);
    const dy = shift(py, Math.min(room[1], clientHeight / 2), clientHeight);
    if (dx || dy) renderer.look({ scale, x: x + dx, y: y + dy }, gliding);
  }

  // --- Tip ---------------------------------------------------------------------------------------

  function tip(text, x = 0, y = 0) {
    const box = $("tip");
    if (!text && !tipped) return;
    tipped = text;
    box.hidden = !text;
    if (!text) return;
    box.textContent = text;
    const { clientWidth, clientHeight } = host;
    box.style.left = `${Math.max(6, Math.min(x + 14, clientWidth - box.offsetWidth - 8))}px`;
    box.style.top = `${Math.max(6, y + 18 + box.offsetHeight > clientHeight ? y - box.offsetHeight - 10 : y + 18)}px`;
  }

  // --- Pointer -----------------------------------------------------------------------------------

  function what({ x, y }) {
    if (!made) return {};
    const { scale, x: left, y: top } = renderer.view;
    return under(made, (x - left) / scale, (y - top) / scale, scale);
  }

  function tap(at) {
    const { entity, statement, more } = what(at);
    if (more) return toggle(entity);
    if (entity) {
      walker = entity;
      return act.choose("entity", entity.id);
    }
    if (statement) return act.choose("statement", statement.id);
    if (model.state.selected) act.clear();
    return undefined;
  }

  function toggle(entity) {
    if (model.state.plus.includes(entity.id)) act.collapse(entity.id);
    else act.expand(entity.id);
  }

  // The pointer is followed here, for both: a click is one that moved nothing.
  let pressed = null;
  stage.addEventListener("pointerdown", (event) => {
    tip(null);
    pressed = event.isPrimary ? [event.clientX, event.clientY] : null;
  }, { capture: true });
  const point = ({ clientX, clientY }) => {
    const { left, top } = stage.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };
  stage.addEventListener("click", (event) => {
    if (pressed && Math.hypot(event.clientX - pressed[0], event.clientY - pressed[1]) < STILL) tap(point(event));
  });
  stage.addEventListener("dblclick", (event) => {
    const { entity, more } = what(point(event));
    if (entity && !more) act.expand(entity.id);
  });

  let looking = 0;
  stage.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch" || event.buttons || looking || !made) return;
    const at = point(event);
    looking = requestAnimationFrame(() => {
      looking = 0;
      if (!made) return;
      const { entity, statement, more } = what(at);
      hover(entity ?? null, statement ?? null);
      const ofBox = entity && (more ? moreWords(entity) : toldOf(entity, model));
      tip(ofBox ?? (statement ? told(statement, model.graph) : null), at.x, at.y);
    });
  });
  stage.addEventListener("pointerleave", () => {
    cancelAnimationFrame(looking);
    looking = 0;
    hover(null, null);
    tip(null);
  });

  const moreWords = (entity) => {
    const count = made.more[made.number.get(entity)];
    return count > 0 ? `${entity.name}\n${plural(count, "more statement")}: expand` : `${entity.name}\ncollapse`;
  };

  function hover(entity, statement) {
    stage.classList.toggle("over", Boolean(entity || statement));
    if (hovered === entity && hoveredLine === statement) return;
    hovered = entity;
    hoveredLine = statement;
    if (made) renderer.repaint({ hovered, focused: ringed(), line: line ?? hoveredLine });
  }

  // --- Keyboard ----------------------------------------------------------------------------------

  const ringed = () => (document.activeElement === stage && stage.matches(":focus-visible") ? walker : null);
  const repaint = () => made && renderer.repaint({ hovered, focused: ringed(), line: line ?? hoveredLine });

  function step(entity) {
    walker = entity;
    line = null;
    tip(null);
    reveal(entity, false);
    repaint();
    act.announce?.(toldOf(entity, model).replace("\n", ", "));
  }

  /** The box that one starts from: the selected one, or the most connected one that is seen. */
  function first() {
    const seen = [...made.order].find((one) => {
      const [x, y] = where(made.x[one], made.y[one]);
      return x > 0 && y > 0 && x < host.clientWidth && y < host.clientHeight;
    });
    return made.entities[seen ?? made.order[0]];
  }

  function cycle(by) {
    const own = around(made, walker);
    if (!own.length) return;
    const at = own.indexOf(line);
    line = own[at < 0 ? (by > 0 ? 0 : own.length - 1) : (at + by + own.length) % own.length];
    const other = made.number.get(line.start === walker ? line.end : line.start), one = made.number.get(walker);
    repaint();
    tip(told(line, model.graph), ...where((made.x[one] + made.x[other]) / 2, (made.y[one] + made.y[other]) / 2));
    act.announce?.(`${own.indexOf(line) + 1} of ${own.length}: ${told(line, model.graph).replace("\n", ", ")}`);
  }

  const KEYS = { ...onEntity(act), e: toggle };

  stage.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !made) return;
    const way = ARROWS[event.key], key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (way && event.shiftKey) return; // the page moves the drawing
    if (way) {
      const next = walker ? neighbour(made, walker, ...way) : first();
      if (next) step(next);
    } else if (walker && (key === "." || key === ">")) cycle(1);
    else if (walker && (key === "," || key === "<")) cycle(-1);
    else if (walker && (key === "Enter" || key === " ")) {
      if (line) act.choose("statement", line.id);
      else act.choose("entity", walker.id);
    } else if (key === "Escape" && line) {
      line = null;
      tip(null);
      repaint();
    } else if (walker && Object.hasOwn(KEYS, key) && !event.shiftKey) KEYS[key](walker);
    else return;
    event.preventDefault();
  });
  stage.addEventListener("focus", () => {
    if (made) walker ??= first();
    repaint();
  });
  stage.addEventListener("blur", () => {
    line = null;
    tip(null);
    repaint();
  });

  return {
    show,
    hide() {
      tip(null);
      renderer?.hide();
      sought += 1;
    },
    fit: () => fit(true),
    zoom,
    pan,
    reveal,
    resize,
    picture: () => (made ? portrait(made, dressing()) : null),
    map: () => (made && made.entities.length > PORTRAIT
      ? { canvas: still(made, dressing(), MAP), density: MAP.density } : null),
  };
}
