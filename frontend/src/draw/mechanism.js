// The Mechanism view: a layered drawing of signed statements, to be walked through by pointer and by
// keyboard.

import { $, h, plural, svg } from "../dom.js";
import { ARROWS, onEntity } from "../keys.js";
import { dark, headOf, widthOf } from "../shapes.js";
import { camera } from "./camera.js";
import { figure, signOf, signRoom, stepsOf, told, toldOf } from "./figure.js";
import { layouts, SUPERSEDED } from "./graphviz.js";
import { failed, unreadable } from "./instead.js";
import { standing } from "./standing.js";

// How far upstream things of a kind tend to be: what one is exposed to at the top, disease at the bottom.
const UPSTREAM = new Map([
  ["exposure", -3], ["food", -3], ["intervention", -3], ["population", -2], ["trait", 2], ["test", 2], ["condition", 3],
]);
const READABLE = [0.5, 0.62]; // scale below which a part is shown rather than the whole; on a narrow stage
const NEAR = 0.7; // scale of that part
const PATIENT = 150; // milliseconds until it is said that a layout is under way
const MOVING = 300; // milliseconds
const ANIMATED = 160; // boxes up to which they are seen to move
const STAGE = 80; // pixels to which the size of a stage is rounded
const SLACK = 0.24; // share by which a stage may change without a new layout

const calm = matchMedia("(prefers-reduced-motion: reduce)");

// Graphviz starts while the rest of the page is read: the first picture waits for it.
const worker = layouts();
if (!/\bview=(overview|table)\b/.test(location.hash)) worker.warm();

/**
 * Make the view in an element.
 * @param {HTMLElement} host
 * @param {object} act what the page may do; see `main.js`
 */
export function create(host, act) {
  const drawing = figure();
  const named = { role: "application", "aria-label": "Mechanism" };
  const root = svg("svg", { class: "figure", tabindex: -1, ...named }, drawing.root);
  const waiting = h("p", { class: "waiting", role: "status" });
  const message = h("div", { class: "message" });
  const whole = h("button", { type: "button", class: "whole", title: "Show everything (0)", onclick: () => fit() },
    "Part of it is shown. ", h("span", {}, "Show all"));
  waiting.hidden = message.hidden = whole.hidden = true;
  host.append(root, waiting, message, whole);

  let model = null, laid = null, stage = null;
  let drawnFor = "", sought = ""; // signatures of what is drawn, and of what was asked for last
  let fitted = null; // the layout that is seen whole
  let walker = null, hot = null, tipped = null; // what takes the focus, what is lit by the pointer, what the tip says

  const eye = camera(root, ({ scale, x, y }) => {
    drawing.root.setAttribute("transform", `translate(${x} ${y}) scale(${scale})`);
    fitted = null;
    tip(null);
  });

  // --- Showing ---------------------------------------------------------------------------------

  function requestOf({ entities, statements, marks, graph: { words } }) {
    const number = new Map(entities.map((entity, at) => [entity, at])), steps = stepsOf(model);
    return {
      boxes: entities.map((entity) => ({
        w: entity.size[0] + (marks?.get(entity) ? signRoom(entity) : 0),
        h: entity.size[1],
        order: UPSTREAM.get(entity.category) ?? 0,
        outline: words.categories.get(entity.category)?.outline ?? "box",
      })),
      lines: statements.map((one) => ({
        from: number.get(one.start),
        to: number.get(one.end),
        weight: one.word.influence === "none" ? 0 : 1 + Math.min(one.supporting, 3),
        head: headOf(one, words),
        width: widthOf(one, words),
        mark: signOf(one, words, steps) !== "",
      })),
      stage: stageNow(),
    };
  }

  /** The stage to lay out for: a stage of nearly the same size is the same, so that drawings keep still. */
  function stageNow() {
    const rounded = (length) => Math.max(240, Math.round((length - 44) / STAGE) * STAGE);
    const now = [rounded(host.clientWidth), rounded(host.clientHeight)];
    const like = stage?.every((length, axis) => Math.abs(length - now[axis]) <= SLACK * length);
    return like ? stage : (stage = now);
  }

  /** By what a drawing differs from another but for its dress. */
  function signature({ boxes, stage: size }) {
    const { words } = model.graph, steps = stepsOf(model);
    return JSON.stringify([
      model.entities.map((one, number) => [one.number, boxes[number].w]),
      model.statements.map((one) => [one.number, signOf(one, words, steps)]),
      size,
      dark(),
    ]);
  }

  async function show(next) {
    model = next;
    const stop = unreadable(model, act);
    if (stop) return blank(stop);
    const request = requestOf(model), wanted = signature(request);
    if (wanted === drawnFor) {
      sought = wanted;
      settle();
      drawing.update(model);
      rove();
      return act.drawn?.();
    }
    if (wanted === sought) return undefined; // it is under way
    sought = wanted;
    const timer = setTimeout(() => patience(true), PATIENT);
    try {
      const layout = await worker.ask(request);
      if (sought === wanted) draw(layout, wanted);
    } catch (error) {
      if (sought === wanted && error.message !== SUPERSEDED) blank(failed(error, act));
    } finally {
      clearTimeout(timer);
      if (sought === wanted) patience(false);
    }
    return undefined;
  }

  function patience(yes) {
    waiting.textContent = yes ? `Laying out ${plural(model.statements.length, "statement")} …` : "";
    waiting.hidden = !yes;
  }

  /** A drawing is there: no message, no waiting. */
  function settle() {
    message.hidden = true;
    root.removeAttribute("hidden");
    patience(false);
  }

  function draw(layout, wanted) {
    const before = new Map([...drawing.boxes].map(([entity, { x, y }]) => [entity, { x, y }])), seen = eye.view;
    laid = layout;
    drawnFor = wanted;
    settle();
    drawing.draw(model, layout);
    const { entities, statements } = model;
    root.setAttribute("aria-label",
      `Mechanism: ${plural(entities.length, "entity", "entities")}, ${plural(statements.length, "statement")}. ` +
      "Arrow keys go from box to box, full stop and comma through the lines of a box, Enter opens, E expands, " +
      "H hides, P pins.");
    look(before);
    rove();
    if (before.size && !calm.matches && entities.length <= ANIMATED) move(before, seen);
    act.drawn?.();
  }

  /** Choose what is seen of a new drawing: all of it, or of what is large what matters. */
  function look(before) {
    if (eye.fitting(laid.frame, { room: room() }).scale >= READABLE[Number(narrow())]) return fit();
    const { of = [], from, up = [], down = [] } = model.state.scene, { selected, plus } = model.state;
    const about = [selected?.id, ...plus.slice(-1), ...of, from, ...up, ...down];
    const kept = model.entities.filter((entity) => before.has(entity)).length > model.entities.length / 2;
    const middle = model.entities.find((entity) => about.includes(entity.id)) ?? hub();
    const { x, y } = drawing.boxes.get(middle);
    eye.set(eye.centred(kept ? Math.max(Math.min(eye.view.scale, 1), NEAR) : NEAR, x, y));
    confine();
    whole.hidden = false;
    return undefined;
  }

  /** Leave no more of the stage empty than has to be. */
  function confine() {
    const [left, top, right, bottom] = laid.frame, { scale, x, y } = eye.view, edge = 26;
    const held = (at, low, high, length) => {
      if ((high - low) * scale <= length - 2 * edge) return (length - (low + high) * scale) / 2;
      return Math.min(edge - low * scale, Math.max(length - edge - high * scale, at));
    };
    eye.set({ scale, x: held(x, left, right, host.clientWidth), y: held(y, top, bottom, host.clientHeight) });
  }

  const narrow = () => host.clientWidth < 600;
  const room = (below = 22) => (narrow() ? [16, 14, Math.max(below, 60), 14] : [20, 22, below, 22]);

  /** Whether the buttons in the corner stand on a box. */
  function covered() {
    const tools = $("tools").getBoundingClientRect();
    return [...drawing.boxes.values()].some(({ element }) => {
      const { right, bottom } = element.getBoundingClientRect();
      return right > tools.left && bottom > tools.top;
    });
  }

  function fit() {
    if (!laid) return;
    eye.set(eye.fitting(laid.frame, { room: room() }));
    if (covered()) eye.set(eye.fitting(laid.frame, { room: room(64) }));
    fitted = laid;
    whole.hidden = true;
  }

  /** Let boxes be seen to go from where they were, so that one sees what stayed. */
  function move(before, from) {
    const to = eye.view, by = from.scale / to.scale;
    const timing = { duration: MOVING, easing: "cubic-bezier(.3,0,.2,1)" };
    for (const [entity, { x, y, element }] of drawing.boxes) {
      const old = before.get(entity);
      if (!old) element.animate([{ opacity: 0 }, { opacity: 0, offset: 0.4 }, { opacity: 1 }], timing);
      else {
        const [dx, dy] = ["x", "y"].map((axis) => (old[axis] * from.scale + from[axis] - to[axis]) / to.scale);
        const there = `translate(${dx}px, ${dy}px) scale(${by})`, here = `translate(${x}px, ${y}px) scale(1)`;
        element.animate([{ transform: there }, { transform: here }], timing);
      }
    }
    for (const { line, over } of drawing.lines.values())
      for (const element of [line, over]) element.animate([{ opacity: 0 }, { opacity: 0, offset: 0.6 }, {}], timing);
  }

  // --- Instead of a drawing --------------------------------------------------------------------

  function blank(parts) {
    drawing.clear();
    [laid, drawnFor, sought] = [null, "", ""];
    patience(false);
    root.setAttribute("hidden", "");
    whole.hidden = true;
    message.replaceChildren(...parts);
    message.hidden = false;
    act.drawn?.();
  }

  // On paper the whole is shown, whatever is seen of it now.
  addEventListener("beforeprint", () => {
    if (!laid) return;
    const [left, top, right, bottom] = laid.frame;
    root.setAttribute("viewBox", `${left} ${top} ${right - left} ${bottom - top}`);
    drawing.root.removeAttribute("transform");
  });
  addEventListener("afterprint", () => {
    root.removeAttribute("viewBox");
    eye.set(eye.view);
  });

  // --- Tip -------------------------------------------------------------------------------------

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

  const where = (x, y) => [x * eye.view.scale + eye.view.x, y * eye.view.scale + eye.view.y];

  // --- Pointer ---------------------------------------------------------------------------------

  function under(target) {
    const element = target.closest?.("[data-entity], [data-statement]");
    if (!element || !model) return {};
    if (element.dataset.entity !== undefined)
      return { entity: model.graph.entities[element.dataset.entity], more: Boolean(target.closest(".beyond")) };
    return { statement: model.graph.statements[element.dataset.statement] };
  }

  /** Light a line, or those of a box, without a selection. */
  function warm(entity, statement) {
    if (hot === (entity ?? statement ?? null)) return;
    hot = entity ?? statement ?? null;
    for (const [one, { line, over }] of drawing.lines) {
      const yes = one === statement || (entity && (one.subject === entity || one.object === entity));
      for (const element of [line, over]) element.classList.toggle("hot", Boolean(yes));
    }
    for (const [one, { element }] of drawing.boxes) element.classList.toggle("hot", one === entity);
  }

  root.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch" || event.buttons) return;
    const { entity, statement } = under(event.target);
    warm(entity, statement);
    const { left, top } = host.getBoundingClientRect();
    const words = entity ? toldOf(entity, model) : statement ? told(statement, model.graph) : null;
    tip(words, event.clientX - left, event.clientY - top);
  });
  root.addEventListener("pointerleave", () => {
    warm();
    tip(null);
  });
  root.addEventListener("click", (event) => {
    if (eye.dragged && event.detail) return; // a screen reader clicks without a pointer
    const { entity, statement, more } = under(event.target);
    if (more) return toggle(entity);
    if (entity && event.detail > 1) return act.expand(entity.id); // the second click of two
    if (entity) {
      walker = entity;
      act.choose("entity", entity.id);
    } else if (statement) act.choose("statement", statement.id);
    else if (model?.state.selected) act.clear();
    return undefined;
  });

  function toggle(entity) {
    if (model.state.plus.includes(entity.id)) act.collapse(entity.id);
    else act.expand(entity.id);
  }

  // --- Keyboard --------------------------------------------------------------------------------

  let line = null; // the line that was reached from the focused box

  /** The best connected of what is drawn. */
  const hub = () => model.entities.reduce((best, one) => (one.degree > best.degree ? one : best));

  /** One box takes the focus when one tabs to the drawing. */
  function rove() {
    const { selected } = model.state;
    const chosen = selected?.kind === "entity" ? model.graph.entity.get(selected.id) : null;
    if (!drawing.boxes.has(walker)) walker = drawing.boxes.has(chosen) ? chosen : hub();
    for (const [entity, { element }] of drawing.boxes) element.setAttribute("tabindex", entity === walker ? 0 : -1);
  }

  function step(entity) {
    walker = entity;
    rove();
    const { x, y, w, h: high, element } = drawing.boxes.get(entity);
    element.focus({ preventScroll: true });
    eye.reveal([x - w / 2, y - high / 2, x + w / 2, y + high / 2]);
  }

  /** The nearest box in a direction: near rather than straight ahead, but not behind. */
  function neighbour(entity, dx, dy) {
    const from = drawing.boxes.get(entity);
    let best = null, least = Infinity;
    for (const [other, { x, y }] of drawing.boxes) {
      const ahead = (x - from.x) * dx + (y - from.y) * dy;
      const aside = Math.abs((x - from.x) * dy) + Math.abs((y - from.y) * dx);
      if (other === entity || ahead < 8 || aside > 2.4 * ahead + 20) continue;
      const far = ahead + 2 * aside;
      if (far < least) [best, least] = [other, far];
    }
    return best;
  }

  /** Go through the lines of a box, clockwise from the top. */
  function cycle(entity, by) {
    const from = drawing.boxes.get(entity);
    const angle = (statement) => {
      const { points, tip: end } = drawing.lines.get(statement);
      const [x, y] = statement.start === entity ? points[0] ?? end : end;
      return (Math.atan2(y - from.y, x - from.x) + 2.5 * Math.PI) % (2 * Math.PI);
    };
    const own = [...drawing.lines.keys()].filter((one) => one.subject === entity || one.object === entity);
    own.sort((a, b) => angle(a) - angle(b) || a.number - b.number);
    if (!own.length) return;
    const at = own.indexOf(line);
    line = own[at < 0 ? (by > 0 ? 0 : own.length - 1) : (at + by + own.length) % own.length];
    const { points, mark } = drawing.lines.get(line);
    const middle = mark ?? points[Math.floor(points.length / 2)] ?? [from.x, from.y];
    eye.reveal([middle[0] - 20, middle[1] - 20, middle[0] + 20, middle[1] + 20]);
    warm(null, line);
    tip(told(line, model.graph), ...where(...middle));
    act.announce?.(`${own.indexOf(line) + 1} of ${own.length}: ${told(line, model.graph).replace("\n", ", ")}`);
  }

  const KEYS = { ...onEntity(act), e: toggle };

  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { entity } = under(event.target);
    if (!entity) return;
    const way = ARROWS[event.key], key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (way && event.shiftKey) cycle(entity, way[0] + way[1]);
    else if (key === "." || key === ">") cycle(entity, 1);
    else if (key === "," || key === "<") cycle(entity, -1);
    else if (way) {
      const next = neighbour(entity, ...way);
      if (next) step(next);
    } else if (key === "Enter" || key === " ") {
      if (line) act.choose("statement", line.id);
      else act.choose("entity", entity.id);
    } else if (key === "Escape" && line) leave();
    else if (KEYS[key] && !event.shiftKey) KEYS[key](entity);
    else return;
    event.preventDefault();
  });
  root.addEventListener("focusin", (event) => {
    const { entity } = under(event.target);
    leave();
    if (!entity || entity === walker) return;
    walker = entity;
    rove();
  });
  root.addEventListener("focusout", leave);

  function leave() {
    if (!line) return;
    line = null;
    warm();
    tip(null);
  }

  return {
    show,
    hide() {
      tip(null);
      sought = drawnFor;
    },
    fit,
    zoom: eye.zoom,
    pan: eye.pan,
    /** The stage has another size. */
    resize() {
      if (!model || !host.clientWidth) return;
      if (fitted !== null && fitted === laid) fit();
      show(model);
    },
    /** Bring an entity into sight. */
    reveal(entity) {
      const place = drawing.boxes.get(entity);
      if (!place) return;
      walker = entity;
      rove();
      eye.reveal([place.x - place.w / 2, place.y - place.h / 2, place.x + place.w / 2, place.y + place.h / 2]);
    },
    picture: () => (laid ? standing(root, drawing.root, laid.frame) : null),
  };
}
