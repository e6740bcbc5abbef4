// Outlines of categories, heads of lines and the swatches that explain them: SVG path data, which a
// canvas understands as well, so that every view and the legend show the same signs.

import { svg } from "./dom.js";

// --- Outlines ------------------------------------------------------------------------------------

// How much the cut corners, points and notches of an outline take of its width or height, at most.
/** @type {Record<string, (y: number) => number>} */
const CUT = {
  octagon: (y) => Math.min(9, y * 0.6),
  hexagon: (y) => Math.min(12, y * 0.8),
  ribbon: (y) => Math.min(9, y * 0.6),
  slanted: (y) => Math.min(12, y * 0.8),
  trapezium: (y) => Math.min(11, y * 0.7),
  house: (y) => Math.min(11, y * 0.7),
  tag: (y) => Math.min(13, y * 0.8),
  note: (y) => Math.min(10, y * 0.7),
};

/** @param {number[][]} points */
const polygon = (points) => `M${points.map(([x, y]) => `${x} ${y}`).join("L")}Z`;

/** @param {number} x @param {number} y @param {number} r */
function rounded(x, y, r) {
  /** @param {number} dx @param {number} dy */
  const arc = (dx, dy) => `a${r} ${r} 0 0 1 ${dx} ${dy}`;
  return `M${-x + r} ${-y}H${x - r}${arc(r, r)}V${y - r}${arc(-r, r)}H${-x + r}${arc(-r, -r)}V${-y + r}${arc(r, -r)}Z`;
}

/**
 * Outlines by name: from half a width and half a height to path data around (0, 0).
 * @type {Record<string, (x: number, y: number) => string>}
 */
export const OUTLINES = {
  box: (x, y) => polygon([[-x, -y], [x, -y], [x, y], [-x, y]]),
  round: (x, y) => rounded(x, y, Math.min(7, y)),
  stadium: (x, y) => rounded(x, y, Math.min(x, y)),
  ellipse: (x, y) => `M${-x} 0A${x} ${y} 0 0 1 ${x} 0A${x} ${y} 0 0 1 ${-x} 0Z`,
  octagon: (x, y, c = CUT.octagon(y)) =>
    polygon([[-x + c, -y], [x - c, -y], [x, -y + c], [x, y - c], [x - c, y], [-x + c, y], [-x, y - c], [-x, -y + c]]),
  hexagon: (x, y, c = CUT.hexagon(y)) => polygon([[-x + c, -y], [x - c, -y], [x, 0], [x - c, y], [-x + c, y], [-x, 0]]),
  ribbon: (x, y, c = CUT.ribbon(y)) => polygon([[-x, -y], [x, -y], [x - c, 0], [x, y], [-x, y], [-x + c, 0]]),
  slanted: (x, y, c = CUT.slanted(y)) => polygon([[-x + c, -y], [x, -y], [x - c, y], [-x, y]]),
  trapezium: (x, y, c = CUT.trapezium(y)) => polygon([[-x + c, -y], [x - c, -y], [x, y], [-x, y]]),
  house: (x, y, c = CUT.house(y)) => polygon([[0, -y], [x, -y + c], [x, y], [-x, y], [-x, -y + c]]),
  tag: (x, y, c = CUT.tag(y)) => polygon([[-x, -y], [x - c, -y], [x, 0], [x - c, y], [-x, y]]),
  note: (x, y, c = CUT.note(y)) =>
    `${polygon([[-x, -y], [x - c, -y], [x, -y + c], [x, y], [-x, y]])}M${x - c} ${-y}V${-y + c}H${x}`,
  leaf: (x, y, r = Math.min(14, y)) =>
    `M${-x} ${-y}H${x - r}A${r} ${r} 0 0 1 ${x} ${-y + r}V${y}H${-x + r}A${r} ${r} 0 0 1 ${-x} ${y - r}Z`,
  ticket: (x, y, r = Math.min(7, y * 0.5)) =>
    `M${-x + r} ${-y}H${x - r}A${r} ${r} 0 0 0 ${x} ${-y + r}V${y - r}A${r} ${r} 0 0 0 ${x - r} ${y}` +
    `H${-x + r}A${r} ${r} 0 0 0 ${-x} ${y - r}V${-y + r}A${r} ${r} 0 0 0 ${-x + r} ${-y}Z`,
  barrel: (x, y, b = Math.min(8, x * 0.3)) =>
    `M${-x + b} ${-y}H${x - b}Q${x + b * 0.6} 0 ${x - b} ${y}H${-x + b}Q${-x - b * 0.6} 0 ${-x + b} ${-y}Z`,
};

/**
 * Path data of an outline of this width and height, around (0, 0); a box where the name is not known.
 * @param {string} name
 * @param {number} width
 * @param {number} height
 */
export const outline = (name, width, height) =>
  (Object.hasOwn(OUTLINES, name) ? OUTLINES[name] : OUTLINES.box)(width / 2, height / 2);

/**
 * The corners of an outline where it is made of straight lines; `null` where it is round.
 * @param {string} name
 * @param {number} x
 * @param {number} y
 * @returns {number[][]}
 */
function corners(name, x, y) {
  const c = Object.hasOwn(CUT, name) ? CUT[name](y) : 0;
  if (name === "octagon")
    return [[-x + c, -y], [x - c, -y], [x, -y + c], [x, y - c], [x - c, y], [-x + c, y], [-x, y - c], [-x, -y + c]];
  if (name === "hexagon") return [[-x + c, -y], [x - c, -y], [x, 0], [x - c, y], [-x + c, y], [-x, 0]];
  if (name === "ribbon") return [[-x, -y], [x, -y], [x - c, 0], [x, y], [-x, y], [-x + c, 0]];
  if (name === "slanted") return [[-x + c, -y], [x, -y], [x - c, y], [-x, y]];
  if (name === "trapezium") return [[-x + c, -y], [x - c, -y], [x, y], [-x, y]];
  if (name === "house") return [[0, -y], [x, -y + c], [x, y], [-x, y], [-x, -y + c]];
  if (name === "tag") return [[-x, -y], [x - c, -y], [x, 0], [x - c, y], [-x, y]];
  if (name === "note") return [[-x, -y], [x - c, -y], [x, -y + c], [x, y], [-x, y]];
  if (name === "ellipse") return around(24, (turn) => [x * Math.cos(turn), y * Math.sin(turn)]);
  if (name === "stadium" || name === "round" || name === "leaf") {
    const r = name === "stadium" ? Math.min(x, y) : Math.min(name === "round" ? 7 : 14, y);
    const soft = (/** @type {number[]} */ [sx, sy]) =>
      around(16, (turn) => [sx * (x - r) + r * Math.cos(turn), sy * (y - r) + r * Math.sin(turn)])
      .filter(([px, py]) => px * sx >= (x - r) * 0.999 * sx * sx && py * sy >= (y - r) * 0.999 * sy * sy);
    return hull(name === "leaf"
      ? [...soft([1, -1]), [x, y], ...soft([-1, 1]), [-x, -y]]
      : [[1, -1], [1, 1], [-1, 1], [-1, -1]].flatMap(soft));
  }
  return [[-x, -y], [x, -y], [x, y], [-x, y]];
}

/** @param {number} count @param {(turn: number) => number[]} at */
const around = (count, at) => Array.from({ length: count }, (_, number) => at((2 * Math.PI * number) / count));

/** The points of a convex outline, in order around its middle. @param {number[][]} points */
const hull = (points) => points.sort(([ax, ay], [bx, by]) => Math.atan2(ay, ax) - Math.atan2(by, bx));

/**
 * The border of an outline as the corners of a polygon around (0, 0); round ones as many short sides.
 * @param {string} name
 * @param {number} width
 * @param {number} height
 */
export const border = (name, width, height) => corners(name, width / 2, height / 2);

/**
 * How far the border is from the middle in a direction: where a straight line ends. Corners that are
 * cut or rounded by less than a few pixels count as whole.
 * @param {string} name
 * @param {number} width
 * @param {number} height
 * @param {number} angle
 */
export function reach(name, width, height, angle) {
  const x = width / 2, y = height / 2;
  const across = Math.abs(Math.cos(angle)), along = Math.abs(Math.sin(angle));
  if (name === "ellipse") return 1 / Math.hypot(across / x, along / y);
  // Sides run to a point (hexagon, stadium) or are drawn in (ribbon) by so much.
  const cut = new Map([["hexagon", CUT.hexagon(y)], ["stadium", y * 0.4], ["ribbon", -CUT.ribbon(y)]]).get(name) ?? 0;
  const side = (cut < 0 ? x + cut : x) / Math.max(across + (Math.max(cut, 0) * along) / y, 1e-9);
  const end = y / Math.max(along, 1e-9);
  // A T-bar that comes in at a slant needs some room for its nearer end.
  const slant = Math.min(side < end ? along / Math.max(across, 1e-9) : across / Math.max(along, 1e-9), 2);
  return Math.min(side, end) + 4.5 * slant;
}

// --- Heads ---------------------------------------------------------------------------------------

/**
 * Heads by name, each to be filled: path data with the tip at (0, 0), pointing right, for a line of
 * one width; `back` is how far before the tip the line ends, `clear` what is left free before a box.
 * @type {Record<string, (width: number) => { d: string, back: number, clear: number }>}
 */
export const HEADS = {
  arrow: (w) => ({
    d: `M0 0L${-8 - w} ${-3.6 - w * 0.45}L${-6.2 - w * 0.9} 0L${-8 - w} ${3.6 + w * 0.45}Z`,
    back: 6 + w * 0.8,
    clear: 2,
  }),
  bar: (w) => ({ d: `M0 ${-6 - w * 0.5}V${6 + w * 0.5}H${-1.9 - w * 0.25}V${-6 - w * 0.5}Z`, back: 1.5, clear: 3.5 }),
  vee: (w) => {
    const far = -7.4 - w, half = 4.2 + w * 0.5, inner = 3 + w * 0.4;
    return {
      d: `M0 0L${far} ${-half}L${far - 1.5} ${-inner}L${-3.4 - w * 0.4} 0L${far - 1.5} ${inner}L${far} ${half}Z`,
      back: 3 + w * 0.4,
      clear: 2,
    };
  },
  needs: (w) => {
    const { d, back, clear } = HEADS.arrow(w);
    const far = -11.4 - w, half = 5.4 + w * 0.5;
    return { d: `${d}M${far} ${-half}V${half}H${far - 2}V${-half}Z`, back, clear };
  },
};

const NONE = { d: "", back: 0, clear: 1.5 };

/**
 * The head of a name for a line of a width; an empty one where a line has none.
 * @param {string} name
 * @param {number} width
 */
export const head = (name, width) => (Object.hasOwn(HEADS, name) ? HEADS[name](width) : NONE);

/**
 * The name of the head of a statement: what is required is necessary, which has a sign of its own.
 * @param {Statement} statement
 * @param {Words} words
 * @returns {string}
 */
export const headOf = (statement, words) => {
  const name = words.groups.get(statement.group)?.head ?? "";
  return name === "arrow" && statement.predicate === "requires" ? "needs" : name;
};

/**
 * What is marked on the line of a statement: that it is negated, its sign where it has no head, its status
 * where sources disagree.
 * @param {Statement} statement
 * @param {Words} words
 * @returns {string[]}
 */
export const marksOf = (statement, words) => [
  statement.negated ? "¬" : "", words.groups.get(statement.group)?.mark ?? "", words.statuses.get(statement.status)?.mark ?? "",
].filter(Boolean);

/**
 * The width of the line of a statement: how many independent sources support it.
 * @param {Statement} statement
 * @param {Words} words
 * @returns {number}
 */
export const widthOf = (statement, words) =>
  words.statuses.get(statement.status)?.widths[Math.min(Math.max(statement.supporting, 1), 4) - 1] ?? 1.6;

// --- Colours -------------------------------------------------------------------------------------

const darkness = globalThis.matchMedia?.("(prefers-color-scheme: dark)");

let paper = false;

/** Whether the page is dark. */
export const dark = () => !paper && darkness?.matches === true;

/** Call before and after the page is printed: paper is white, whatever the screen is. @param {boolean} yes */
export const printing = (yes) => { paper = yes; };

/** Call when the page becomes dark or light. @param {() => void} told */
export const onDarkness = (told) => darkness?.addEventListener("change", () => told());

/** Fill and line of a category or a mark. @param {Coloured} row @returns {[fill: string, line: string]} */
export const coloursOf = (row) => (dark() ? row.dark : row.colours);

/** The colour of the lines of a group. @param {LineGroup} group @returns {string} */
export const colourOf = (group) => (dark() ? group.dark : group.colour);

// --- Swatches ------------------------------------------------------------------------------------

/** @param {...any} parts */
const swatch = (...parts) =>
  svg("svg", { class: "swatch", viewBox: "-15 -9 30 18", width: 30, height: 18, "aria-hidden": "true" }, parts);

/** A category as legend and panel show it; it says nothing that the words beside it do not. @param {Category} category */
export function categorySwatch(category) {
  const [inside, line] = coloursOf(category);
  return swatch(svg("path", {
    d: outline(category.outline, 26, 14), fill: inside, stroke: line, "stroke-width": 1.3, "stroke-linejoin": "round",
  }));
}

/** What happens to an entity, as legend and panel show it. @param {Mark} mark */
export function markSwatch(mark) {
  const [inside, line] = coloursOf(mark);
  return swatch(
    svg("rect", {
      x: -13, y: -8, width: 26, height: 16, rx: 4, fill: inside, stroke: line, "stroke-width": 1.4,
      "stroke-dasharray": mark.pattern === "dashed" ? "4 3" : null,
    }),
    mark.pattern === "striped" &&
      svg("path", { d: "M-11 7L3 -7M-5 7L9 -7M1 7L12 -4", stroke: line, "stroke-width": 1.6, opacity: 0.3 }),
    svg("text", { "text-anchor": "middle", y: 4.8, class: "mark-text large" }, mark.glyph));
}

/**
 * A line as legend and panel show it: of a group, of a status, or of both; `name` is another head.
 * @param {LineGroup | null | undefined} group
 * @param {Status | null} [status]
 * @param {string} [name]
 */
export function lineSwatch(group, status, name = group?.head ?? "") {
  const colour = group ? colourOf(group) : "currentColor";
  const width = status ? Math.min(status.widths[1], 2.2) : 1.8;
  const { d, back } = head(name, width), marks = [group?.mark, status?.mark].filter(Boolean);
  const places = marks.length > 1 ? [-7, 7] : [-4]; // a line whose sign is a mark may be contested, too
  return swatch(
    svg("path", {
      d: `M-14 0H${14 - back}`, stroke: colour, fill: "none", "stroke-width": width,
      "stroke-dasharray": status?.dashes.length ? status.dashes.join(" ") : null,
    }),
    d && svg("path", { d, fill: colour, transform: "translate(14 0)" }),
    marks.flatMap((mark, place) => [
      svg("circle", { cx: places[place], r: 6.5, class: "mark-disc", stroke: "currentColor", "stroke-width": 1.2 }),
      svg("text", { "text-anchor": "middle", x: places[place], y: 4, class: "mark-text" }, mark),
    ]));
}
