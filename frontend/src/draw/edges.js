// What vis-network is told of the lines of a chart, and what it cannot draw of them: plain values and numbers. Pure.

import { headOf, reach } from "../shapes.js";
import { backOf, pointOf } from "./chart.js";

/** @typedef {import("./chart.js").Chart} Chart */

/** Statements beyond which all lines are straight, and beyond which they rest while the view moves. */
export const STRAIGHT = 1000, HEAVY = 1500;
const SLICE = 400; // lines that are handed over at once
/** Pixels between a box and the head of a line. */
export const CLEAR = 4;
const HEAD = 0.62, FAINTER = 0.82; // size of heads by the library's, and of those on faint lines by the others'
/** Pixels by which bright lines are wider; opacity of the others. */
const BRIGHTER = 0.5;
export const DIM = 0.07;

/** Whether a chart has more lines than can be drawn while the view moves. @param {Chart} chart */
export const isHeavy = (chart) => chart.statements.length > HEAVY;

/**
 * How many times finer things are from afar, where they would be too fine to be told apart: lines are drawn as bold
 * there as its root.
 * @param {number} scale
 * @param {boolean} heavy
 */
export const coarseAt = (scale, heavy) =>
  (heavy ? 1 : [[0.75, 1], [0.5, 1.6], [0.3, 2.6]].find(([least]) => scale >= least)?.[1] ?? 3.6);

/**
 * A line as it is now: whether it is lit, how opaque and how wide.
 * @param {Chart} chart
 * @param {number} line
 */
function stateOf({ statements, tone, width, model: { lit } }, line) {
  const bright = lit !== null && lit.statements.has(statements[line]);
  return {
    opacity: bright ? 1 : lit === null ? tone[line] : DIM,
    width: width[line] + (bright ? BRIGHTER : 0),
    head: HEAD * (tone[line] < 0.7 && !bright ? FAINTER : 1),
  };
}

/**
 * How a line bends, in the library's words.
 * @param {Chart} chart
 * @param {number} line
 */
function bend({ x, y, start, end, lane }, line) {
  if (!lane[line]) return /** @type {const} */ (false);
  const a = start[line], b = end[line], length = Math.hypot(x[b] - x[a], y[b] - y[a]) || 1;
  const roundness = Math.min(Math.abs(lane[line]) / (0.39 * length), 0.9);
  return { enabled: true, type: lane[line] > 0 ? "curvedCW" : "curvedCCW", roundness };
}

/**
 * A line in the library's words.
 * @param {Chart} chart
 * @param {Looks} looks
 * @param {number} line
 * @param {number} coarse
 */
export function edgeOf(chart, looks, line, coarse) {
  const statement = chart.statements[line], { colour, dashes } = looks.statements[line], bolder = Math.sqrt(coarse);
  const { opacity, width, head } = stateOf(chart, line), name = headOf(statement, chart.model.graph.words);
  const type = name === "needs" ? "arrow" : name;
  return {
    id: statement.number,
    from: statement.start.number,
    to: statement.end.number,
    arrows: name ? { to: { enabled: true, type, scaleFactor: head * bolder } } : {},
    dashes: dashes.length ? dashes.map((length) => length * bolder) : false,
    width: width * bolder,
    color: { color: colour, hover: colour, highlight: colour, opacity },
    smooth: bend(chart, line),
    chosen: false,
  };
}

/**
 * The lines that look different from what the library was told of them, in slices.
 * @param {Chart} chart
 * @param {Looks} looks
 * @param {number} coarse
 * @param {Map<number, string>} told what of each; brought up to date
 */
export function* changes(chart, looks, coarse, told) {
  let slice = [];
  for (const line of chart.statements.keys()) {
    if (chart.own.has(line)) continue; // painted with the boxes: the library knows one circle for all
    const now = edgeOf(chart, looks, line, coarse), { color: { color, opacity }, smooth } = now;
    const key = `${now.width} ${color} ${opacity} ${smooth ? `${smooth.roundness} ${smooth.type}` : ""} ${coarse}`;
    if (told.get(now.id) === key) continue;
    told.set(now.id, key);
    slice.push(now);
    if (slice.length < SLICE) continue;
    yield slice;
    slice = [];
  }
  yield slice;
}

/**
 * The bar before the arrowhead of what is necessary, which the library does not know.
 * @param {Chart} chart
 * @param {Looks} looks
 * @param {number} line
 * @param {number} coarse
 * @returns {{ from: Point, to: Point, opacity: number } | null} nothing where the line has none, or is too short
 */
export function barOf(chart, looks, line, coarse) {
  const { x, y, wide, high, start, end, statements, model: { graph: { words } } } = chart, a = start[line], b = end[line];
  if (a === b || headOf(statements[line], words) !== "needs") return null;
  const before = pointOf(chart, line, 0.9), angle = Math.atan2(y[b] - before.y, x[b] - before.x);
  const { opacity, width: plain, head } = stateOf(chart, line), bolder = Math.sqrt(coarse), width = plain * bolder;
  const long = 15 * head * bolder + 3 * width; // as long as the library's arrowheads
  const border = reach(looks.entities[b].outline, wide[b], high[b], angle);
  const back = border + CLEAR * bolder + long + 2.2 * bolder;
  if (back > Math.hypot(x[b] - x[a], y[b] - y[a]) - wide[a] / 2) return null;
  const at = backOf(chart, line, back), half = 5 * bolder + width / 2;
  const [across, down] = [half * Math.sin(at.turn), half * Math.cos(at.turn)];
  return { from: [at.x - across, at.y + down], to: [at.x + across, at.y - down], opacity };
}
