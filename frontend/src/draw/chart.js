// What the Overview draws, as plain numbers that both of its renderers read: places, lines and their
// strength, how large boxes are drawn at a scale, and what is at a point. Pure.

import { beyond } from "../scene.js";
import { widthOf } from "../shapes.js";
import { alongArch, archOf, farFromArch, ownLines, sides } from "./own.js";
import { spread, tightened } from "./spread.js";
import { ahead, clockwise } from "./ways.js";

/** Entities and statements up to which vis-network draws: beyond, building it stops the page for long. */
const NETWORK = [1000, 2500];
/** Entities up to which a scene gets places of its own, so that all names can be read at once. */
export const SMALL = 150;
/** Entities up to which a part of the map is freed of the room that the rest of it takes. */
const PART = 2000;
/** Statements beyond which those with little behind them are drawn fainter. */
const CROWDED = 300;

const LANE = 17; // pixels between parallel lines
const READABLE = [9.5, 10.5, 12]; // smallest pixels on the screen of a label, by prominence
const SIGN = [17, 11]; // pixels on the screen of a box without a label
const AFAR = 0.45; // scale below which hubs without room for their box show their name alone
const GROWN = 4.5; // how many times its size a box may be drawn

/** Which renderer draws so much. @param {number} entities @param {number} statements */
export const rendererFor = (entities, statements) =>
  (entities <= NETWORK[0] && statements <= NETWORK[1] ? "network" : "large");

/**
 * @typedef {object} Chart
 * @property {Model} model
 * @property {Entity[]} entities
 * @property {Statement[]} statements
 * @property {Map<Entity, number>} number  of each entity of the model: its place in all that follows
 * @property {Float64Array} x
 * @property {Float64Array} y  the middle of each entity
 * @property {Float64Array} w
 * @property {Float64Array} h  its size where its label is readable
 * @property {Float64Array} wide
 * @property {Float64Array} high  its size as it is drawn; `grown` times its own where it is labelled
 * @property {Float64Array} grown
 * @property {Uint8Array} labelled  whether its label is
 * @property {Uint32Array} order  the entities, the most connected first
 * @property {Uint32Array} used  the lines of each
 * @property {Uint32Array} more  the statements of each that are not shown
 * @property {Uint32Array} start
 * @property {Uint32Array} end  the ends of each statement: numbers of entities
 * @property {Float64Array} width  of each line
 * @property {Float64Array} tone  how opaque it is
 * @property {Float64Array} lane  by how many pixels the middle of a line lies off the straight way
 * @property {Map<number, import("./own.js").Own>} own  the lines from a box to itself
 * @property {Map<number, Point>} side  on which side of its box these are
 * @property {string[]} outlines  of the entities
 * @property {boolean} mapped  whether places are those of the map of the whole
 * @property {{ entity: number, frame: Frame }[]} names  of hubs that found no room for a box, where they stand
 * @property {ReturnType<typeof grid> | null} boxes  the frames of those with labels
 */

/**
 * The chart of a model. `aspect` is the stage's; `moved` gives the places where boxes were put by hand.
 * @param {Model} model
 * @param {{ aspect?: number, moved?: Map<Entity, Point> }} [how]
 * @returns {Chart}
 */
export function chart(model, { aspect = 1.2, moved = new Map() } = {}) {
  const { entities, statements, graph } = model;
  const number = new Map(entities.map((entity, at) => [entity, at]));
  const numberOf = (/** @type {Entity} */ entity) => /** @type {number} */ (number.get(entity));
  const start = Uint32Array.from(statements, (statement) => numberOf(statement.start));
  const end = Uint32Array.from(statements, (statement) => numberOf(statement.end));
  const kind = kindOf(entities.length, graph.entities.length);
  const at = places(kind, entities, start, end, aspect, moved);
  const count = entities.length, used = new Uint32Array(count);
  for (const ends of [start, end]) for (const box of ends) used[box] += 1;
  const crowd = statements.length > CROWDED;
  /** @type {Chart} */
  const made = {
    model, entities, statements, number, start, end, used, mapped: kind === "map",
    x: Float64Array.from(at, (point) => point[0]), y: Float64Array.from(at, (point) => point[1]),
    w: Float64Array.from(entities, (entity) => entity.size[0]), h: Float64Array.from(entities, (entity) => entity.size[1]),
    wide: Float64Array.from(entities, (entity) => entity.size[0]), high: Float64Array.from(entities, (entity) => entity.size[1]),
    grown: new Float64Array(count).fill(1), labelled: new Uint8Array(count).fill(1),
    order: Uint32Array.from(entities, (_, box) => box)
      .sort((a, b) => used[b] - used[a] || entities[b].degree - entities[a].degree || a - b),
    lane: lanes(start, end), own: ownLines(start, end), side: new Map(),
    outlines: entities.map((entity) => graph.words.categories?.get(entity.category)?.outline ?? "box"),
    width: Float64Array.from(statements, (statement) => widthOf(statement, graph.words) * (crowd && statement.supporting < 2 ? 0.8 : 1)),
    tone: Float64Array.from(statements, (statement) => (crowd ? toneOf(statement) : 1)),
    names: [], boxes: null, more: new Uint32Array(count),
  };
  turn(made);
  dress(made, model);
  return made;
}

/** Turn lines from a box to itself to where there is room for them; call when boxes were moved. @param {Chart} made */
export function turn(made) {
  made.side = sides(made);
}

/** Take over what does not change places: what is selected, lit, marked, pinned and expanded. @param {Chart} made @param {Model} model */
export function dress(made, model) {
  made.model = model;
  made.more = Uint32Array.from(made.entities, (entity) => beyond(model, entity));
}

/**
 * Whether a scene has places of its own, is a part of the map freed of the rest, or the map itself.
 * @param {number} count
 * @param {number} whole
 */
const kindOf = (count, whole) => (count <= SMALL ? "own" : count <= PART && count < 0.6 * whole ? "part" : "map");

/**
 * @param {"own" | "part" | "map"} kind
 * @param {Entity[]} entities
 * @param {Uint32Array} start
 * @param {Uint32Array} end
 * @param {number} aspect
 * @param {Map<Entity, Point>} moved
 * @returns {Point[]}
 */
function places(kind, entities, start, end, aspect, moved) {
  const boxes = entities.map((entity) => {
    const [x, y] = moved.get(entity) ?? [entity.x, entity.y];
    return { x, y, w: entity.size[0], h: entity.size[1], fixed: moved.has(entity) };
  });
  if (kind === "own") return spread(boxes, [...start].map((from, line) => [from, end[line]]), aspect);
  if (kind === "part") return tightened(boxes, aspect);
  return boxes.map(({ x, y }) => [x, y]);
}

/** How strongly a line is drawn among very many: by how much stands behind it. @param {Statement} statement */
function toneOf({ status, supporting }) {
  if (status !== "supported" && status !== "contested") return 0.45;
  return supporting >= 3 ? 1 : supporting === 2 ? 0.85 : 0.62;
}

/**
 * By how much each line lies off the straight way, so that those between the same two are side by side.
 * @param {Uint32Array} start
 * @param {Uint32Array} end
 */
export function lanes(start, end) {
  /** @type {Sure<number, number[]>} */
  const between = new Map();
  for (let line = 0; line < start.length; line++) {
    if (start[line] === end[line]) continue;
    const key = Math.min(start[line], end[line]) * 2 ** 26 + Math.max(start[line], end[line]);
    if (!between.has(key)) between.set(key, []);
    between.get(key).push(line);
  }
  const lane = new Float64Array(start.length);
  for (const lines of between.values()) {
    if (lines.length < 2) continue;
    const step = Math.min(LANE, 120 / (lines.length - 1));
    lines.forEach((line, at) => {
      const off = (at - (lines.length - 1) / 2) * step;
      // Seen from the other end, the same side is the other side.
      lane[line] = start[line] <= end[line] ? off : -off;
    });
  }
  return lane;
}

const STANDING = ["supported", "contested", "title-only", "asserted-only", "no-evidence", "refuted"];

/** The numbers of statements, the best supported first. @param {Statement[]} statements */
export function strongest(statements) {
  const ranks = Float64Array.from(statements, (statement) => 10 * -statement.supporting + STANDING.indexOf(statement.status));
  return Uint32Array.from(statements, (_, line) => line).sort((a, b) => ranks[a] - ranks[b] || a - b);
}

// --- How large boxes are drawn -------------------------------------------------------------------

/**
 * A frame about a point.
 * @param {number} x
 * @param {number} y
 * @param {number} w
 * @param {number} h
 * @param {number} [margin]
 * @returns {Frame}
 */
export const frameAt = (x, y, w, h, margin = 0) =>
  [x - w / 2 - margin, y - h / 2 - margin, x + w / 2 + margin, y + h / 2 + margin];
/** Whether two frames overlap. @param {ArrayLike<number>} a @param {ArrayLike<number>} b */
export const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
/** The frame of a box as it is drawn. @param {Chart} chart @param {number} box @returns {Frame} */
export const boxAt = ({ x, y, wide, high }, box) => frameAt(x[box], y[box], wide[box], high[box]);
/** @param {Frame} frame @param {number} x @param {number} y */
const within = (frame, x, y) => frame[0] < x && x < frame[2] && frame[1] < y && y < frame[3];

/** Boxes by the cell of a square grid that they touch, so that neighbours are found at once. @param {number} cell */
export function grid(cell) {
  /** @type {Sure<number, { item: number, frame: Frame }[]>} */
  const cells = new Map();
  /** @param {Frame} frame @param {(key: number) => boolean} visit */
  const each = ([left, top, right, bottom], visit) => {
    for (let i = Math.floor(left / cell); i <= Math.floor(right / cell); i++)
      for (let j = Math.floor(top / cell); j <= Math.floor(bottom / cell); j++) if (visit(i * 65536 + j)) return true;
    return false;
  };
  return {
    /** @param {number} item @param {Frame} frame */
    add(item, frame) {
      each(frame, (key) => {
        if (!cells.has(key)) cells.set(key, []);
        cells.get(key).push({ item, frame });
        return false;
      });
    },
    /**
     * Whether a box in the cells that a frame touches passes the test.
     * @param {Frame} frame
     * @param {(entry: { item: number, frame: Frame }) => boolean} test
     */
    some: (frame, test) => each(frame, (key) => cells.get(key)?.some(test) ?? false),
  };
}

/**
 * Decide how large each box is drawn at a scale. Where all labels can be read, boxes have their own
 * size. Where they cannot, it is as on a map: the most connected boxes grow until their labels can be
 * read, as many as there is room for, and the others shrink to a sign of their category.
 * @param {Chart} made its `wide`, `high`, `grown`, `labelled`, `names` and `boxes` are set
 * @param {number} scale
 * @param {number[] | null} view the frame that is seen, where the rest need not be decided
 */
export function sized(made, scale, view = null) {
  const { x, y, w, h, entities, model: { lit, state: { selected } } } = made;
  const shrink = Math.min(1, Math.max(0.55, scale * 3)) / scale, sign = [SIGN[0] * shrink, SIGN[1] * shrink];
  const chosen = selected?.kind === "entity" ? selected.id : null;
  /** @param {number} box */
  const first = (box) => (entities[box].id === chosen ? 2 : lit?.entities.has(entities[box]) ? 1 : 0);
  /** @param {number} box */
  const isSeen = (box) => overlap(frameAt(x[box], y[box], 2 * w[box], 2 * h[box]), /** @type {number[]} */ (view));
  const seen = view ? made.order.filter(isSeen) : made.order;
  const order = lit ? [...seen].sort((a, b) => first(b) - first(a)) : seen;
  /** @param {number} box */
  const dim = (box) => lit !== null && !lit.entities.has(entities[box]);
  const all = grid(260 / Math.min(1, scale * 2)), labelled = grid(260 / Math.min(1, scale * 2));
  if (scale > 0.15) for (const box of order) if (!dim(box)) all.add(box, [x[box], y[box], x[box], y[box]]);
  made.names = [];
  // No box grows beyond the drawing, which is as large as the stage when all of it is shown.
  const edges = frameOf(made), [left, top, right, bottom] = edges, edge = 16 / scale;
  /** @param {Frame} frame */
  const outside = (frame) =>
    frame[0] < left - edge || frame[1] < top - edge || frame[2] > right + edge || frame[3] > bottom + edge;
  for (const box of order) {
    const { prominence, font } = entities[box];
    const wanted = Math.max(1, READABLE[prominence] / (font * scale));
    const crowded = wanted > 1 && (dim(box) || wanted > GROWN || (() => {
      const frame = frameAt(x[box], y[box], w[box] * wanted, h[box] * wanted, 3 / scale);
      const around = frameAt(x[box], y[box], w[box] * wanted, h[box] * wanted, (prominence === 2 ? -4 : 5) / scale);
      return outside(frame) || labelled.some(frame, (other) => overlap(frame, other.frame))
        || all.some(around, ({ item }) => item !== box && within(around, x[item], y[item]));
    })());
    made.labelled[box] = crowded ? 0 : 1;
    made.grown[box] = crowded ? 1 : wanted;
    made.wide[box] = crowded ? Math.min(w[box], sign[0]) : w[box] * wanted;
    made.high[box] = crowded ? Math.min(h[box], sign[1]) : h[box] * wanted;
    if (!crowded) labelled.add(box, frameAt(x[box], y[box], made.wide[box], made.high[box], 3 / scale));
  }
  // Names of hubs that found no room for a box stand over the drawing.
  if (scale < AFAR)
    for (const box of order)
      if (!made.labelled[box] && !dim(box) && (entities[box].prominence > 0 || first(box) > 0))
        float(made, labelled, box, scale, edges);
  made.boxes = labelled;
}

/**
 * The name of a hub, where there is room for it.
 * @param {Frame} drawn of the whole drawing
 * @param {Chart} made
 * @param {ReturnType<typeof grid>} taken
 * @param {number} box
 * @param {number} scale
 */
function float(made, taken, box, scale, drawn) {
  const { lines } = made.entities[box], { x, y } = made;
  const longest = Math.max(...lines.map((text) => text.length));
  // At the border it stands further in, so that wide letters, too, are seen whole where all of the drawing is.
  const half = (longest * 7.4) / 2 / scale, middle = Math.max(drawn[0] + half, Math.min(drawn[2] - half, x[box]));
  const frame = frameAt(middle, y[box], (longest * 6.4 + 8) / scale, (lines.length * 14 + 4) / scale);
  if (taken.some(frame, (other) => overlap(frame, other.frame))) return;
  taken.add(box, frame);
  made.names.push({ entity: box, frame });
}

// --- Lines ---------------------------------------------------------------------------------------

/**
 * The point of a line at a share of the way between its ends; it bends by its lane.
 * @param {Chart} made
 * @param {number} line
 * @param {number} share
 */
export function pointOf(made, line, share) {
  const { x, y, start, end, lane } = made, a = start[line], b = end[line];
  if (a === b) return alongArch(archOf(made, line), share);
  const dx = x[b] - x[a], dy = y[b] - y[a], length = Math.hypot(dx, dy) || 1;
  const side = 4 * share * (1 - share) * lane[line];
  return { x: x[a] + dx * share + (dy / length) * side, y: y[a] + dy * share - (dx / length) * side };
}

/**
 * The point of a line so far from the middle of its end, and the direction of the line there.
 * @param {Chart} made
 * @param {number} line
 * @param {number} distance
 */
export function backOf(made, line, distance) {
  const x = made.x[made.end[line]], y = made.y[made.end[line]];
  let low = 0.5, high = 1; // shares of the way; the point is between them
  for (let step = 0; step < 12; step++) {
    const share = (low + high) / 2, at = pointOf(made, line, share);
    if (Math.hypot(at.x - x, at.y - y) > distance) low = share;
    else high = share;
  }
  const at = pointOf(made, line, low), next = pointOf(made, line, low + 0.01);
  return { ...at, turn: Math.atan2(next.y - at.y, next.x - at.x) };
}

/**
 * The shares of the way between which a line is not under the boxes of its ends.
 * @param {Chart} made
 * @param {number} line
 */
function free({ x, y, start, end, wide, high }, line) {
  const a = start[line], b = end[line];
  if (a === b) return [0, 1];
  const dx = Math.abs(x[b] - x[a]) || 1e-9, dy = Math.abs(y[b] - y[a]) || 1e-9;
  /** @param {number} box */
  const cut = (box) => Math.min(wide[box] / 2 / dx, high[box] / 2 / dy, 0.5);
  return [cut(a), 1 - cut(b)];
}

/**
 * A place for a mark on a line: between its boxes, and not on one that has a label; null where none is.
 * @param {Chart} made
 * @param {number} line
 */
export function markAt(made, line) {
  const [from, to] = free(made, line);
  for (const share of [0.5, 0.4, 0.6, 0.3, 0.7]) {
    const at = pointOf(made, line, from + (to - from) * share);
    if (!made.boxes?.some([at.x, at.y, at.x, at.y], ({ frame }) => within(frame, at.x, at.y))) return at;
  }
  return null;
}

/**
 * The frame of these entities at their own sizes, with the lines from all of them to themselves.
 * @param {Chart} made
 * @param {Entity[]} [some]
 * @returns {Frame}
 */
export function frameOf(made, some = made.entities) {
  const { x, y, w, h, number, entities, start, own } = made;
  /** @type {Frame} */
  const frame = [Infinity, Infinity, -Infinity, -Infinity];
  /** @param {number} left @param {number} top @param {number} right @param {number} bottom */
  const hold = (left, top, right, bottom) => {
    frame[0] = Math.min(frame[0], left);
    frame[1] = Math.min(frame[1], top);
    frame[2] = Math.max(frame[2], right);
    frame[3] = Math.max(frame[3], bottom);
  };
  for (const entity of some) {
    const box = number.get(entity);
    if (box !== undefined) hold(x[box] - w[box] / 2, y[box] - h[box] / 2, x[box] + w[box] / 2, y[box] + h[box] / 2);
  }
  if (!own.size) return frame;
  const there = new Set(some), plain = atOwnSize(made);
  for (const line of own.keys()) {
    if (!there.has(entities[start[line]])) continue;
    for (const share of [0.2, 0.35, 0.5, 0.65, 0.8]) {
      const at = pointOf(plain, line, share);
      hold(at.x - 2, at.y - 2, at.x + 2, at.y + 2);
    }
  }
  return frame;
}

/** A chart with all boxes at their own size, as where every label can be read. @param {Chart} made @returns {Chart} */
export const atOwnSize = (made) => ({ ...made, wide: made.w, high: made.h, grown: new Float64Array(made.w.length).fill(1) });

// --- What is at a point --------------------------------------------------------------------------

/**
 * Where the button for more neighbours stands: half over the corner of the box.
 * @param {Chart} made
 * @param {number} box
 */
export const moreAt = ({ x, y, wide, high, grown }, box) =>
  ({ x: x[box] + wide[box] / 2 - 4 * grown[box], y: y[box] + high[box] / 2 + 4 * grown[box] });

/** Whether a box has that button at this scale. @param {Chart} made @param {number} box @param {number} scale */
export const hasMore = ({ more, labelled, entities, model }, box, scale) =>
  labelled[box] === 1 && scale > 0.5 && (more[box] > 0 || model.state.plus.includes(entities[box].id))
  && (model.lit === null || model.lit.entities.has(entities[box]));

/**
 * What of a chart is at a point of it: a box, its button for more, or a line.
 * @param {Chart} made
 * @param {number} px
 * @param {number} py
 * @param {number} scale
 * @returns {Hit}
 */
export function under(made, px, py, scale) {
  const { x, y, wide, high, entities, statements, names, grown, labelled, model: { lit } } = made;
  let best = -1, least = Infinity;
  for (let box = 0; box < x.length; box++) {
    const dx = Math.abs(px - x[box]), dy = Math.abs(py - y[box]);
    if (dx > wide[box] / 2 + 14 * grown[box] || dy > high[box] / 2 + 14 * grown[box]) continue;
    if (hasMore(made, box, scale)) {
      const at = moreAt(made, box), by = grown[box];
      if (Math.abs(px - at.x) < 15 * by && Math.abs(py - at.y) < 10 * by) return { entity: entities[box], more: true };
    }
    if (dx > wide[box] / 2 + 3 / scale || dy > high[box] / 2 + 3 / scale) continue;
    // Boxes with labels lie over those without, bright ones over dim ones.
    const far = dx + dy + (labelled[box] ? 0 : 1e6) + (lit && !lit.entities.has(entities[box]) ? 1e7 : 0);
    if (far < least) [best, least] = [box, far];
  }
  if (best >= 0) return { entity: entities[best] };
  const name = names.find(({ frame }) => within(frame, px, py));
  if (name) return { entity: entities[name.entity] };
  const line = lineAt(made, px, py, 6 / scale);
  return line < 0 ? {} : { statement: statements[line] };
}

/**
 * The line nearest to a point, or -1 where none is within reach; bright ones go before dim ones.
 * @param {Chart} made
 * @param {number} px
 * @param {number} py
 * @param {number} reach
 */
function lineAt(made, px, py, reach) {
  const { x, y, start, end, lane, statements, model: { lit } } = made;
  let best = -1, least = reach;
  for (let line = 0; line < start.length; line++) {
    const a = start[line], b = end[line];
    let far;
    if (a === b) far = farFromArch(archOf(made, line), px, py);
    else {
      const dx = x[b] - x[a], dy = y[b] - y[a], ox = px - x[a], oy = py - y[a], square = dx * dx + dy * dy || 1;
      const share = (ox * dx + oy * dy) / square;
      if (share < 0 || share > 1) continue;
      far = Math.abs((ox * dy - oy * dx) / Math.sqrt(square) - 4 * share * (1 - share) * lane[line]);
    }
    if (far >= reach) continue;
    if (lit && !lit.statements.has(statements[line])) far = far / 4 + reach * 0.75;
    if (far < least) [best, least] = [line, far];
  }
  return best;
}

/**
 * The nearest entity in a direction.
 * @param {Chart} chart
 * @param {Entity} entity
 * @param {Point} way across and down
 * @returns {Entity | null}
 */
export const neighbour = ({ x, y, number, entities }, entity, way) =>
  entities[ahead(x, y, /** @type {number} */ (number.get(entity)), way, 4)] ?? null;

/**
 * The statements of an entity that are drawn, clockwise from the top.
 * @param {Chart} chart
 * @param {Entity} entity
 */
export function around({ x, y, number, statements, start, end }, entity) {
  const own = /** @type {number} */ (number.get(entity));
  /** @type {{ turn: number, line: number, statement: Statement }[]} */
  const touching = [];
  statements.forEach((statement, line) => {
    if (start[line] !== own && end[line] !== own) return;
    const other = start[line] === own ? end[line] : start[line];
    touching.push({ turn: clockwise(x[other] - x[own], y[other] - y[own]), line, statement });
  });
  return touching.sort((a, b) => a.turn - b.turn || a.line - b.line).map(({ statement }) => statement);
}
