// The drawing of the Mechanism view: boxes, lines, heads and marks as elements of SVG, dressed by
// what is selected and lit. What happens on a click is the view's.

import { plural, svg } from "../dom.js";
import { sentence } from "../records.js";
import { beyond } from "../scene.js";
import { border, colourOf, coloursOf, dark, head, headOf, marksOf, outline, widthOf } from "../shapes.js";
import { along, pathOf, walk } from "./chain.js";
import { nearby } from "./nearby.js";

const LEADING = 1.18; // of lines of a label, in heights of its font
const MARK = 7.5; // radius of the disc of a mark

/**
 * The number of each statement's step on the path that is shown.
 * @param {Model} model
 * @returns {Map<Statement, number>}
 */
export function stepsOf({ answer, state: { scene } }) {
  const paths = scene.kind === "paths" ? /** @type {Explanation | null} */ (answer)?.paths : undefined;
  const chosen = scene.kind === "paths" && scene.path !== null && paths?.[scene.path];
  return new Map(chosen ? chosen.steps.map(({ statement }, number) => [statement, number + 1]) : []);
}

/**
 * What stands on the line of a statement: the number of its step, and its marks.
 * @param {Statement} statement
 * @param {Words} words
 * @param {Map<Statement, number>} steps
 */
export function signOf(statement, words, steps) {
  const step = steps.get(statement);
  return [...(step === undefined ? [] : [step]), ...marksOf(statement, words)].join(" ");
}

// --- Labels --------------------------------------------------------------------------------------

/**
 * @typedef {import("./lines.js").Line} Line
 * @typedef {{ x: number, y: number, w: number, h: number }} Box  a box: its middle and its size
 * @typedef {Box & { name: string, free: Point }} Spot  a box with its outline, and a free place beside it
 */
/** @type {{ paper: CanvasRenderingContext2D, family: string } | null} */
let ruler = null;

/**
 * The width of a text in pixels, as this browser writes it.
 * @param {string} text
 * @param {number} size
 * @param {number} weight
 * @returns {number}
 */
function measured(text, size, weight) {
  ruler ??= {
    paper: /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d")),
    family: getComputedStyle(document.documentElement).getPropertyValue("--sans"),
  };
  ruler.paper.font = `${weight} ${size}px ${ruler.family}`;
  return ruler.paper.measureText(text).width;
}

/** How wide an outline is between two heights. @param {number[][]} corners @param {number} low @param {number} high */
function chord(corners, low, high) {
  /** @param {number} y */
  const at = (y) => {
    /** @type {number[]} */
    const cuts = [];
    corners.forEach(([ax, ay], number) => {
      const [bx, by] = corners[(number + 1) % corners.length];
      if (ay > y !== by > y) cuts.push(ax + ((bx - ax) * (y - ay)) / (by - ay));
    });
    return cuts.length < 2 ? [0, 0] : [Math.min(...cuts), Math.max(...cuts)];
  };
  const [a, b] = [at(low), at(high)];
  return [Math.max(a[0], b[0]), Math.min(a[1], b[1])];
}

const GLYPH = 0.56; // radius of the sign in a box, in heights of its font

/** How much wider a box is that has a sign of what happens to it. @param {Entity} entity */
export const signRoom = (entity) => Math.round(2 * GLYPH * entity.font + 5);

/**
 * How a label stands in its outline: its size and weight, and for each line where its middle and its foot are.
 * @param {Entity} entity
 * @param {{ w: number, h: number, name: string, signed?: boolean }} box
 */
export function written(entity, { w, h, name, signed = false }) {
  const weight = entity.prominence ? 600 : 400, corners = border(name, w, h), step = entity.font * LEADING;
  const drop = name === "house" ? 3 : 0, last = (entity.lines.length - 1) / 2;
  const rows = entity.lines.map((text, number) => {
    const y = drop + (number - last) * step, half = entity.font * 0.36;
    const [left, right] = chord(corners, y - half, y + half);
    const from = left + (signed ? signRoom(entity) : 0);
    return { text, y, middle: (from + right) / 2, room: right - from - 11, wide: measured(text, entity.font, weight) };
  });
  // All lines shrink alike, so that a label stays one thing.
  const shrunk = Math.max(0.72, Math.min(1, ...rows.map(({ room, wide }) => room / wide)));
  const size = entity.font * shrunk;
  return {
    size: round(size), weight,
    rows: rows.map(({ text, y, middle, room, wide }) => ({
      text, x: round(middle), y: round(y * (0.5 + shrunk / 2) + size * 0.35),
      most: wide * shrunk > room + 0.5 ? round(Math.max(room, 10)) : null,
    })),
  };
}

/** @param {Entity} entity @param {Parameters<typeof written>[1]} place */
function label(entity, place) {
  const { size, weight, rows } = written(entity, place);
  return rows.map(({ text, x, y, most }) => svg("text", {
    class: "label", x, y, "text-anchor": "middle", "font-size": size, "font-weight": weight,
    ...(most === null ? {} : { textLength: most, lengthAdjust: "spacingAndGlyphs" }),
  }, entity.name.includes(`${text} `) ? `${text} ` : text)); // the blank is not drawn, but read
}

/** @param {number} number */
const round = (number) => Math.round(number * 10) / 10;

// --- Boxes ---------------------------------------------------------------------------------------

/** @param {string} text @param {string} colour @param {{ w: number, h: number, name: string, font: number }} box */
function glyph(text, colour, { w, h, name, font }) {
  const radius = font * GLYPH, x = chord(border(name, w, h), -radius, radius)[0] + radius + 3;
  return svg("g", { class: "sign", "aria-hidden": "true" },
    svg("circle", { class: "disc", cx: round(x), r: round(radius), fill: colour }),
    svg("text", {
      class: "on-colour", x: round(x), y: round(radius * 0.53),
      "text-anchor": "middle", "font-size": round(radius * 1.5), "font-weight": 700,
    }, text));
}

/**
 * The button on the border by which the neighbours of an entity come and go.
 * @param {Spot} spot
 * @param {string} words
 * @param {string} title
 */
function badge({ free: [x, y] }, words, title) {
  const wide = 10 + words.length * 6;
  return svg("g", { class: "beyond", transform: `translate(${round(x)} ${round(y)})`, "aria-hidden": "true" },
    svg("title", {}, title),
    svg("rect", { class: "touch", x: -17, y: -13, width: 34, height: 26 }),
    svg("rect", { class: "pill", x: -wide / 2, y: -7, width: wide, height: 14, rx: 7 }),
    svg("text", { y: 3.6, "text-anchor": "middle", "font-size": 10.5, "font-weight": 600 }, words));
}

/**
 * Give each place a `free` one beside it, for that button: lines, other boxes and their buttons keep away.
 * @param {Spot[]} places
 * @param {Line[]} laid
 */
function setFree(places, laid) {
  /** @type {ReturnType<typeof nearby<Point>>} */
  const field = nearby();
  const mind = (/** @type {Point} */ point) => field.add(...point, point);
  /** @type {Box[]} */
  const buttons = [];
  for (const { points, tip, mark } of laid) {
    if (!points.length) continue;
    const walked = walk(points);
    for (let far = 0; far < walked.length; far += 6) mind(along(walked, far));
    mind(tip);
    if (mark) mind(mark);
  }
  for (const place of places) {
    const { x, y, w, h } = place, [wide, high] = [w / 2 + 34, h / 2 + 28];
    /** @type {Point[]} */
    const points = [];
    field.each(x - wide, y - high, x + wide, y + high, (point) => points.push(point));
    /** @param {Box} neighbour */
    const close = (neighbour) => Math.abs(neighbour.x - x) < neighbour.w / 2 + wide && Math.abs(neighbour.y - y) < neighbour.h / 2 + high;
    place.free = freeSpot(place, points, [...places, ...buttons].filter((neighbour) => neighbour !== place && close(neighbour)));
    buttons.push({ x: x + place.free[0], y: y + place.free[1], w: 14, h: 8 });
  }
}

/** @param {Spot} spot @param {Point[]} points @param {Box[]} others @returns {Point} */
function freeSpot({ x, y, w, h, name }, points, others) {
  const corners = border(name, w, h);
  /** @type {Point} */
  let best = [0, 0];
  let most = -Infinity;
  [[1, 1], [1, -1], [-1, 1], [-1, -1], [1, 0], [-1, 0], [0.6, 1], [-0.6, 1]].forEach(([sx, sy], number) => {
    const [bx, by] = onBorder(corners, [(sx * w) / 2, (sy * h) / 2]);
    /** @type {Point} */
    const at = sy ? [bx + sx * (Math.abs(sx) < 1 ? 0 : 4), by + sy * 4] : [bx + sx * 9, 0];
    /** @param {number} px @param {number} py @param {number} wide @param {number} high */
    const off = (px, py, wide, high) => Math.max(Math.abs(px - x - at[0]) - wide, Math.abs(py - y - at[1]) - high);
    let near = 15;
    for (const [px, py] of points) near = Math.min(near, off(px, py, 7, 0));
    for (const other of others) near = Math.min(near, off(other.x, other.y, other.w / 2 + 12, other.h / 2 + 7));
    if (near - number * 0.5 > most) [best, most] = [at, near - number * 0.5];
  });
  return best;
}

/**
 * The point of a polygon's border that is nearest to another.
 * @param {number[][]} corners
 * @param {Point} point
 * @returns {Point}
 */
function onBorder(corners, [x, y]) {
  /** @type {Point} */
  let best = [x, y];
  let least = Infinity;
  corners.forEach(([ax, ay], number) => {
    const [bx, by] = corners[(number + 1) % corners.length], dx = bx - ax, dy = by - ay;
    const share = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
    const far = Math.hypot(ax + dx * share - x, ay + dy * share - y);
    if (far < least) [best, least] = [[ax + dx * share, ay + dy * share], far];
  });
  return best;
}

/** A drawing pin, around its point: path data. */
export const PIN = "M0 0V5.5M-3.4 0H3.4M-2.2 0L-1.7 -5H1.7L2.2 0ZM-2.6 -5H2.6";

/** @param {Spot} spot */
function pin({ w, h }) {
  const place = `translate(${round(-w / 2 + 7)} ${round(-h / 2 - 3)}) rotate(-18)`;
  return svg("g", { class: "pin", transform: place, "aria-hidden": "true" },
    svg("circle", { class: "disc", cy: -0.5, r: 8 }), svg("path", { d: PIN }));
}

/** All that `dressed` and `spoken` depend on. @param {Entity} entity @param {Spot} place @param {Model} model */
function dressOf(entity, { w, h, free }, model) {
  const { marks, state } = model, mark = marks?.get(entity)?.key ?? "";
  return JSON.stringify([w, h, free, mark, beyond(model, entity), state.pin.includes(entity.id), state.plus.includes(entity.id), dark()]);
}

/** What a box consists of. @param {Entity} entity @param {Spot} place @param {Model} model */
function dressed(entity, place, model) {
  const { graph: { words }, marks, state } = model;
  const category = words.categories.get(entity.category), name = category?.outline ?? "box";
  const mark = marks ? words.marks.get(marks.get(entity)?.key ?? "") : null;
  const size = { ...place, name, font: entity.font, signed: Boolean(mark?.glyph) };
  const [inside, line] = coloursOf(mark ?? category);
  const d = outline(name, place.w, place.h);
  const more = beyond(model, entity), open = state.plus.includes(entity.id);
  return [
    svg("path", { class: "under", d }),
    svg("path", { class: "ring", d }),
    svg("path", {
      class: "outline", d, fill: inside, stroke: line, "stroke-dasharray": mark?.pattern === "dashed" ? "6 4" : null,
      "data-strong": mark && /^(changed|fixed)/.test(mark.key) ? "true" : null,
    }),
    mark?.pattern === "striped" && svg("path", { class: "stripes", d, fill: "url(#mechanism-stripes)" }),
    label(entity, size),
    mark?.glyph && glyph(mark.glyph, line, size),
    state.pin.includes(entity.id) && pin(place),
    more > 0 && badge(place, `+${more}`, `${plural(more, "more statement")}: expand`),
    more === 0 && open && badge(place, "−", "collapse"),
  ];
}

/**
 * The name of a box for ears and for those who speak to their browser: it begins with what is written on it.
 * @param {Entity} entity
 * @param {Model} model
 */
function spoken(entity, model) {
  const { graph: { words }, marks, state } = model;
  const mark = marks && words.marks.get(marks.get(entity)?.key ?? "");
  const more = beyond(model, entity), all = plural(entity.degree, "statement");
  return [
    entity.name, more > 0 && `${more} of ${all} not shown`, words.categories.get(entity.category)?.label ?? entity.category,
    more === 0 && all, mark?.label, state.pin.includes(entity.id) && "pinned", state.plus.includes(entity.id) && "expanded",
  ].filter(Boolean).join(", ");
}

// --- Lines ---------------------------------------------------------------------------------------

/** @param {Statement} statement @param {Line} line @param {Words} words */
function strokes(statement, { points, halo }, words) {
  const width = widthOf(statement, words), d = pathOf(points), status = words.statuses.get(statement.status);
  return [
    halo.length > 0 && svg("path", { class: "halo", d: pathOf(halo), "stroke-width": round(width + 4.5) }),
    svg("path", { class: "glow", d }),
    svg("path", {
      class: "stroke", d, stroke: colourOf(words.groups.get(statement.group)), "stroke-width": width,
      "stroke-dasharray": status?.dashes.length ? status.dashes.join(" ") : null,
    }),
    svg("path", { class: "hit", d }),
  ];
}

/** @param {Statement} statement @param {Line} line @param {Words} words */
function heads(statement, { tip, way, points }, words) {
  const { d } = head(headOf(statement, words), widthOf(statement, words));
  if (!d || !points.length) return [];
  const turn = (Math.atan2(way[1], way[0]) * 180) / Math.PI;
  const transform = `translate(${tip.map(round).join(" ")}) rotate(${round(turn)})`;
  return [svg("path", { class: "head", d, fill: colourOf(words.groups.get(statement.group)), transform })];
}

/**
 * @param {Statement} statement
 * @param {Line} line
 * @param {string} text
 * @param {boolean} numbered
 * @param {Words} words
 */
function sign(statement, { mark }, text, numbered, words) {
  if (!mark || !text) return [];
  const wide = Math.max(2 * MARK, 8 + text.length * 6.4), colour = colourOf(words.groups.get(statement.group));
  const frame = { x: -wide / 2, y: -MARK, width: wide, height: 2 * MARK, rx: MARK };
  const font = { y: 4, "text-anchor": "middle", "font-size": 11.5, "font-weight": 700 };
  return [svg("g", { class: numbered ? "mark step" : "mark", transform: `translate(${mark.map(round).join(" ")})` },
    svg("rect", { class: "disc", ...frame, stroke: colour, fill: numbered ? colour : null }),
    svg("text", { class: numbered ? "on-colour" : null, ...font, fill: numbered ? null : colour }, text))];
}

// --- The whole -----------------------------------------------------------------------------------

/**
 * The drawing, empty at first.
 * @returns {{ root: SVGGElement, draw(model: Model, layout: import("./lines.js").Laid): void,
 *   update(model: Model): void, boxes: Map<Entity, any>, lines: Map<Statement, any>, clear(): void }}
 *   `boxes` and `lines` give for entities and statements their elements and places
 */
export function figure() {
  const layers = ["lines", "boxes", "heads"].map((name) => svg("g", { class: name }));
  const stripes = svg("pattern", {
    id: "mechanism-stripes", width: 9, height: 9, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)",
  }, svg("rect", { class: "stripe", width: 3.2, height: 9 }));
  const root = svg("g", { class: "camera" }, svg("defs", {}, stripes), layers);
  /** @type {Map<Entity, any>} */
  const boxes = new Map();
  /** @type {Map<Statement, any>} */
  const lines = new Map();

  /**
   * Draw a layout; boxes that were there before stay the same elements, and keep the focus.
   * @param {Model} model
   * @param {import("./lines.js").Laid} layout
   */
  function draw(model, { x, y, w, h, lines: laid }) {
    const { words } = model.graph, steps = stepsOf(model);
    const focused = /** @type {SVGElement | null} */ (root.contains(document.activeElement) ? document.activeElement : null);
    lines.clear();
    model.statements.forEach((statement, number) => {
      const line = laid[number], text = signOf(statement, words, steps);
      lines.set(statement, {
        ...line,
        line: svg("g", { class: "line", "data-statement": statement.number }, strokes(statement, line, words)),
        over: svg("g", { class: "line", "data-statement": statement.number },
          heads(statement, line, words), sign(statement, line, text, steps.has(statement), words)),
      });
    });
    const places = model.entities.map((entity, number) => ({
      x: x[number], y: y[number], w: w[number], h: h[number],
      name: words.categories.get(entity.category)?.outline ?? "box", free: /** @type {Point} */ ([0, 0]),
    }));
    setFree(places, laid);
    const before = new Map(boxes);
    boxes.clear();
    model.entities.forEach((entity, number) => {
      const place = places[number];
      const element = before.get(entity)?.element
        ?? svg("g", { class: "box", role: "button", tabindex: -1, "data-entity": entity.number });
      element.setAttribute("transform", `translate(${round(place.x)} ${round(place.y)})`);
      boxes.set(entity, { ...place, element, dress: before.get(entity)?.dress ?? "" });
    });
    // In the order in which one reads, which is that of screen readers.
    const read = [...boxes.values()].sort((a, b) => Math.round(a.y / 40) - Math.round(b.y / 40) || a.x - b.x);
    layers[0].replaceChildren(...[...lines.values()].map((line) => line.line));
    layers[1].replaceChildren(...read.map((box) => box.element));
    layers[2].replaceChildren(...[...lines.values()].map((line) => line.over));
    if (focused?.isConnected) focused.focus({ preventScroll: true });
    update(model);
  }

  /** Dress what is drawn by what is selected, lit, pinned and expanded. @param {Model} model */
  function update(model) {
    const { lit, state: { selected } } = model, steps = stepsOf(model);
    root.classList.toggle("lit", lit !== null);
    for (const [entity, place] of boxes) {
      const { element } = place, chosen = selected?.kind === "entity" && selected.id === entity.id;
      const dress = dressOf(entity, place, model);
      if (dress !== place.dress) { // what is dressed anew has to be laid out and painted anew
        place.dress = dress;
        element.replaceChildren(...dressed(entity, place, model).flat().filter(Boolean));
        element.setAttribute("aria-label", spoken(entity, model));
      }
      element.setAttribute("aria-pressed", String(chosen));
      element.classList.toggle("dim", lit !== null && !lit.entities.has(entity));
      element.classList.toggle("chosen", chosen);
    }
    for (const [statement, { line, over }] of lines) {
      const chosen = selected?.kind === "statement" && selected.id === statement.id;
      for (const element of [line, over]) {
        element.classList.toggle("dim", lit !== null && !lit.statements.has(statement));
        element.classList.toggle("bright", lit !== null && lit.statements.has(statement));
        element.classList.toggle("onpath", steps.has(statement));
        element.classList.toggle("chosen", chosen);
      }
    }
  }

  return {
    root, boxes, lines, draw, update,
    clear() {
      boxes.clear();
      lines.clear();
      for (const layer of layers) layer.replaceChildren();
    },
  };
}

/** What a statement says, for a tip and for ears. @param {Statement} statement @param {Graph} graph */
export function told(statement, { words }) {
  const status = words.statuses.get(statement.status)?.label ?? statement.status;
  const against = statement.disputing ? `, ${statement.disputing} against` : "";
  return `${sentence(statement)}\n${status} · ${plural(statement.supporting, "independent source")}${against}`;
}

/** What an entity is, for a tip. @param {Entity} entity @param {Model} model */
export function toldOf(entity, { graph: { words }, marks }) {
  const mark = marks && words.marks.get(marks.get(entity)?.key ?? "");
  const kind = words.categories.get(entity.category)?.label ?? entity.category;
  return `${entity.name}\n${[kind, plural(entity.degree, "statement"), mark?.label].filter(Boolean).join(" · ")}`;
}
