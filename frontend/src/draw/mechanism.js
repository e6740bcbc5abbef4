// The Mechanism view: a layered drawing of signed statements, to be walked through by pointer and by
// keyboard.

import { $, h, plural, svg } from "../dom.js";
import { dark } from "../shapes.js";
import { awaited } from "./awaited.js";
import { camera } from "./camera.js";
import { figure, told, toldOf } from "./figure.js";
import { layouts } from "./graphviz.js";
import { failed, unreadable } from "./instead.js";
import { pointer, pointOn } from "./pointer.js";
import { requestOf, signature, stageFor } from "./request.js";
import { confined, middle, NARROW, seenAt } from "./sight.js";
import { standing } from "./standing.js";
import { tip } from "./tip.js";
import { walk } from "./walk.js";
import { frameOf, hitOf, hub, linesOf, middleOf, neighbour, placesOf } from "./where.js";

const READABLE = [0.5, 0.62]; // scale below which a part is shown rather than the whole; on a narrow stage
const NEAR = 0.7; // scale of that part
const MOVING = 300; // milliseconds
const ANIMATED = 160; // boxes up to which they are seen to move

const calm = matchMedia("(prefers-reduced-motion: reduce)");

// Graphviz starts while the rest of the page is read: the first picture waits for it.
const worker = layouts();
if (!/\bview=(overview|table)\b/.test(location.hash)) worker.warm();

/**
 * @typedef {ReturnType<typeof figure>} Drawing
 * @typedef {object} Shown  what the parts of the view share
 * @property {HTMLElement} host
 * @property {SVGSVGElement} root
 * @property {Act} act
 * @property {Drawing} drawing
 * @property {ReturnType<typeof camera>} eye
 * @property {(words: string | null, x?: number, y?: number) => void} say  words beside the pointer
 * @property {Model} model  what was last to be shown
 * @property {Entity | null} walker  the box that takes the focus
 * @property {string} sought  what was selected when that was last looked for
 */

/**
 * Make the view in an element.
 * @param {HTMLElement} host
 * @param {Act} act
 * @returns {View}
 */
export function create(host, act) {
  const drawing = figure(), { root, waiting, message, whole } = elements(host, drawing, fit), say = tip(host);
  /** @type {import("./lines.js").Laid | null} */
  let laid = null;
  let fitted = false; // whether all of it is seen
  /** @type {Point | null} */
  let stage = null;
  const eye = camera(root, ({ scale, x, y }) => {
    drawing.root.setAttribute("transform", `translate(${x} ${y}) scale(${scale})`);
    fitted = false;
    say(null);
  });
  /** @type {Shown} */
  const shown = { ...NOTHING, host, root, act, drawing, eye, say };
  const layout = awaited(worker.ask, { draw, wait, fail: (error) => blank(failed(error, act)) });
  touching(shown);
  onPaper(root, drawing, () => laid?.frame ?? null, () => eye.set(eye.view));

  /** @param {Model} model */
  async function show(model) {
    shown.model = model;
    const stop = unreadable(model, act);
    if (stop) return blank(stop);
    stage = stageFor([host.clientWidth, host.clientHeight], stage);
    const request = requestOf(model, stage);
    if (!await layout.want(request, signature(model, request, dark()))) return undefined;
    settle();
    drawing.update(shown.model);
    find();
    rove(shown);
    return act.drawn();
  }

  /** @param {boolean} yes */
  function wait(yes) {
    waiting.textContent = yes ? `Laying out ${plural(shown.model.statements.length, "statement")} …` : "";
    waiting.hidden = !yes;
  }

  /** A drawing is there: no message, no waiting. */
  function settle() {
    message.hidden = true;
    root.removeAttribute("hidden");
    wait(false);
  }

  /** @param {import("./lines.js").Laid} next */
  function draw(next) {
    const before = placesOf(drawing), seen = eye.view, { model } = shown;
    laid = next;
    settle();
    drawing.draw(model, next);
    root.setAttribute("aria-label", spoken(model));
    look(next, before);
    find();
    rove(shown);
    if (before.size && !calm.matches && model.entities.length <= ANIMATED) move(drawing, before, seen, eye.view);
    act.drawn();
  }

  /**
   * Instead of a drawing.
   * @param {HTMLElement[]} parts
   */
  function blank(parts) {
    drawing.clear();
    laid = null;
    layout.forget();
    wait(false);
    root.setAttribute("hidden", "");
    whole.hidden = true;
    message.replaceChildren(...parts);
    message.hidden = false;
    act.drawn();
  }

  /**
   * Choose what is seen of a new drawing: all of it, or of what is large what matters.
   * @param {import("./lines.js").Laid} next
   * @param {Map<Entity, { x: number, y: number }>} before
   */
  function look({ frame }, before) {
    const { clientWidth: wide, clientHeight: high } = host, { model } = shown;
    if (eye.fitting(frame, roomOf(wide)).scale >= READABLE[Number(wide < NARROW)]) return fit();
    const kept = model.entities.filter((entity) => before.has(entity)).length > model.entities.length / 2;
    const place = drawing.boxes.get(middleOf(model)), { x, y } = place;
    const near = eye.centred(kept ? Math.max(Math.min(eye.view.scale, 1), NEAR) : NEAR, [x, y]);
    eye.set(confined(near, frame, [wide, high]));
    whole.hidden = false;
    // What stands at the edge of the drawing does not come to the middle, and may be below the buttons.
    eye.reveal(frameOf(place));
    return undefined;
  }

  /** What is selected comes into sight where it was not; what was chosen in the drawing is seen already. */
  function find() {
    const { selected } = shown.model.state, key = keyOf(selected);
    if (key === shown.sought) return;
    shown.sought = key;
    const frame = fitted ? null : frameOfSelected(shown);
    if (frame) eye.reveal(frame);
  }

  function fit() {
    if (!laid) return;
    eye.set(eye.fitting(laid.frame, roomOf(host.clientWidth)));
    if (covered(drawing)) eye.set(eye.fitting(laid.frame, roomOf(host.clientWidth, 64)));
    fitted = true;
    whole.hidden = true;
  }

  return {
    show,
    hide() {
      say(null);
      layout.rest();
    },
    fit,
    zoom: eye.zoom,
    pan: eye.pan,
    /** The stage has another size. */
    resize() {
      if (!shown.model || !host.clientWidth) return;
      if (fitted && laid) fit();
      else if (laid) {
        const frame = frameOfSelected(shown);
        if (frame) eye.hold(frame);
      }
      show(shown.model);
    },
    /** Bring an entity into sight. */
    reveal(entity) {
      if (drawing.boxes.has(entity)) eye.reveal(frameOf(come(shown, entity)));
    },
    picture: () => (laid ? standing(root, drawing.root, laid.frame) : null),
  };
}

/** @type {any} at first: the model comes when the view is first told to show one */
const NOTHING = { walker: null, sought: "" };

/**
 * What the view consists of.
 * @param {HTMLElement} host
 * @param {Drawing} drawing
 * @param {() => void} fit
 */
function elements(host, drawing, fit) {
  const root = svg("svg", { class: "figure", tabindex: -1, role: "application", "aria-label": "Mechanism" }, drawing.root);
  const waiting = h("p", { class: "waiting", role: "status", hidden: true });
  const message = h("div", { class: "message", hidden: true });
  const whole = h("button", { type: "button", class: "whole", title: "Show everything (0)", hidden: true, onclick: () => fit() },
    "Part of it is shown. ", h("span", {}, "Show all"));
  host.append(root, waiting, message, whole);
  return { root, waiting, message, whole };
}

/** The drawing in words, and what keys do in it. @param {Model} model */
const spoken = ({ entities, statements }) =>
  `Mechanism: ${plural(entities.length, "entity", "entities")}, ${plural(statements.length, "statement")}. ` +
  "Arrow keys go from box to box, full stop and comma through the lines of a box, Enter opens, E expands, " +
  "H hides, P pins.";

// --- What part of it is seen ---------------------------------------------------------------------

/** A selection as text; empty where nothing is selected. @param {State["selected"]} selected */
const keyOf = (selected) => (selected ? `${selected.kind} ${selected.id}` : "");

/**
 * What of a line is brought into sight: around its mark, or its middle.
 * @param {Drawing} drawing
 * @param {Statement} statement
 * @returns {Frame}
 */
function frameOfLine({ boxes, lines }, statement) {
  const { points, mark } = lines.get(statement), from = boxes.get(statement.start);
  const [x, y] = mark ?? points[Math.floor(points.length / 2)] ?? [from.x, from.y];
  return [x - 20, y - 20, x + 20, y + 20];
}

/**
 * What has to be seen of what is selected: its box, or where neither box of a line is seen, its middle.
 * @param {Shown} shown
 * @returns {Frame | null}
 */
function frameOfSelected({ model: { graph, state: { selected } }, drawing, eye }) {
  if (!selected) return null;
  const entity = selected.kind === "entity" ? graph.entity.get(selected.id) : undefined;
  const place = entity && drawing.boxes.get(entity);
  if (place) return frameOf(place);
  const statement = selected.kind === "statement" ? graph.statement.get(selected.id) : undefined;
  if (!statement || !drawing.lines.has(statement)) return null;
  const ends = [statement.start, statement.end].map((end) => drawing.boxes.get(end));
  return ends.some(({ x, y }) => eye.sees([x, y])) ? null : frameOfLine(drawing, statement);
}

/**
 * Pixels around a drawing that is seen whole.
 * @param {number} wide the stage's width
 * @param {number} [below]
 */
const roomOf = (wide, below = 22) => (wide < NARROW ? [16, 14, Math.max(below, 60), 14] : [20, 22, below, 22]);

/** Whether the buttons in the corner stand on a box. @param {Drawing} drawing */
function covered({ boxes }) {
  const tools = $("tools").getBoundingClientRect();
  return [...boxes.values()].some(({ element }) => {
    const { right, bottom } = element.getBoundingClientRect();
    return right > tools.left && bottom > tools.top;
  });
}

/**
 * Let boxes be seen to go from where they were, so that one sees what stayed.
 * @param {Drawing} drawing
 * @param {Map<Entity, { x: number, y: number }>} before
 * @param {Sight} from
 * @param {Sight} to
 */
function move({ boxes, lines }, before, from, to) {
  const by = from.scale / to.scale, timing = { duration: MOVING, easing: "cubic-bezier(.3,0,.2,1)" };
  for (const [entity, { x, y, element }] of boxes) {
    const old = before.get(entity);
    if (!old) element.animate([{ opacity: 0 }, { opacity: 0, offset: 0.4 }, { opacity: 1 }], timing);
    else {
      const dx = (old.x * from.scale + from.x - to.x) / to.scale, dy = (old.y * from.scale + from.y - to.y) / to.scale;
      const there = `translate(${dx}px, ${dy}px) scale(${by})`, here = `translate(${x}px, ${y}px) scale(1)`;
      element.animate([{ transform: there }, { transform: here }], timing);
    }
  }
  for (const { line, over } of lines.values())
    for (const element of [line, over]) element.animate([{ opacity: 0 }, { opacity: 0, offset: 0.6 }, {}], timing);
}

/**
 * On paper the whole is shown, whatever is seen of it now.
 * @param {SVGSVGElement} root
 * @param {Drawing} drawing
 * @param {() => Frame | null} frame of the drawing, where there is one
 * @param {() => void} back called when it is printed
 */
function onPaper(root, drawing, frame, back) {
  addEventListener("beforeprint", () => {
    const now = frame();
    if (!now) return;
    const [left, top, right, bottom] = now;
    root.setAttribute("viewBox", `${left} ${top} ${right - left} ${bottom - top}`);
    drawing.root.removeAttribute("transform");
  });
  addEventListener("afterprint", () => {
    root.removeAttribute("viewBox");
    back();
  });
}

// --- Pointer and keys ----------------------------------------------------------------------------

/** Let pointer and keys act in the drawing. @param {Shown} shown */
function touching(shown) {
  const { host, root, act, drawing, eye, say } = shown, light = lights(drawing);
  const state = () => shown.model?.state;
  /** @param {Event} event @returns {Hit} */
  const under = ({ target }) => (shown.model ? hitOf(/** @type {Element} */ (target), shown.model.graph) : {});

  pointer(root, {
    ...act,
    choose(kind, id) {
      shown.sought = keyOf({ kind, id });
      act.choose(kind, id);
    },
  }, {
    state,
    under,
    clicks: (event) => !eye.dragged || !event.detail, // a screen reader clicks without a pointer
    chosen: (entity) => { shown.walker = entity; },
    hover(event) {
      const { entity, statement } = event ? under(event) : {};
      light(entity, statement);
      const words = entity ? toldOf(entity, shown.model) : statement ? told(statement, shown.model.graph) : null;
      say(words, ...(event ? pointOn(host, event) : []));
    },
  });

  const keys = walk(root, act, {
    state,
    at: (event) => under(event).entity ?? null,
    first: () => null,
    neighbour: (entity, way) => neighbour(drawing, entity, way),
    lines: (entity) => linesOf(drawing, entity),
    words: (line) => told(line, shown.model.graph),
    pans: false,
    step(entity) {
      const place = come(shown, entity);
      place.element.focus({ preventScroll: true });
      eye.reveal(frameOf(place));
    },
    reached(line) {
      const frame = frameOfLine(drawing, line);
      eye.reveal(frame);
      light(undefined, line);
      say(told(line, shown.model.graph), ...seenAt(eye.view, ...middle(frame)));
    },
    left() {
      light();
      say(null);
    },
  });
  root.addEventListener("focusin", (event) => {
    const { entity } = under(event);
    keys.leave();
    if (entity && entity !== shown.walker) come(shown, entity);
  });
  root.addEventListener("focusout", keys.leave);
}

/** One box takes the focus when one tabs to the drawing. @param {Shown} shown */
function rove(shown) {
  const { model, drawing: { boxes } } = shown, { selected } = model.state;
  const chosen = selected?.kind === "entity" ? model.graph.entity.get(selected.id) : undefined;
  if (!shown.walker || !boxes.has(shown.walker)) shown.walker = chosen && boxes.has(chosen) ? chosen : hub(model);
  for (const [entity, { element }] of boxes) element.setAttribute("tabindex", entity === shown.walker ? 0 : -1);
}

/** Let a box be the one that takes the focus; its place. @param {Shown} shown @param {Entity} entity */
function come(shown, entity) {
  shown.walker = entity;
  rove(shown);
  return shown.drawing.boxes.get(entity);
}

/** What lights a line, or a box and its lines, without a selection. @param {Drawing} drawing */
function lights(drawing) {
  /** @type {Entity | Statement | null} */
  let hot = null;
  return (/** @type {Entity | undefined} */ entity = undefined, /** @type {Statement | undefined} */ statement = undefined) => {
    if (hot === (entity ?? statement ?? null)) return;
    hot = entity ?? statement ?? null;
    for (const [drawn, { line, over }] of drawing.lines) {
      const yes = drawn === statement || Boolean(entity && (drawn.subject === entity || drawn.object === entity));
      for (const element of [line, over]) element.classList.toggle("hot", yes);
    }
    for (const [boxed, { element }] of drawing.boxes) element.classList.toggle("hot", boxed === entity);
  };
}
