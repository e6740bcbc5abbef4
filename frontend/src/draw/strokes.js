// The lines of a map on a canvas: batches of one look, from the strongest to the weakest, so that as many
// can be drawn as there is time for. The context is in the coordinates of the chart.

import { headOf, reach } from "../shapes.js";
import { pointOf } from "./chart.js";

const PIECE = 1000; // lines that are stroked together
/** Scale from which lines have heads, dashes and lanes. */
export const NEAR = 0.4;

/**
 * @typedef {object} Batch  lines of one look
 * @property {string} colour
 * @property {number[]} dashes
 * @property {number} width
 * @property {number} alpha
 * @property {boolean} bright  whether they are lit
 * @property {number[]} lines  their numbers, from the strongest to the weakest
 * @property {number[]} ranks  their places among all lines
 */

/**
 * Lines by how they look, those that others shall lie over first.
 * @param {import("./chart.js").Chart} made
 * @param {Looks} looks
 * @param {Uint32Array} ranked all lines from the strongest to the weakest
 * @returns {Batch[]}
 */
export function batched(made, looks, ranked) {
  const { statements, tone, width: widths, model: { lit } } = made;
  /** @type {Sure<string, Batch>} */
  const batches = new Map();
  ranked.forEach((line, place) => {
    const { colour, dashes } = looks.statements[line], bright = lit?.statements.has(statements[line]) ?? false;
    const alpha = lit === null ? tone[line] : bright ? 1 : 0.05, width = widths[line] + (bright ? 0.6 : 0);
    const key = `${bright} ${colour} ${dashes} ${width} ${alpha}`;
    if (!batches.has(key)) batches.set(key, { colour, dashes, width, alpha, bright, lines: [], ranks: [] });
    batches.get(key).lines.push(line);
    batches.get(key).ranks.push(place);
  });
  return [...batches.values()].sort((a, b) => Number(a.bright) - Number(b.bright) || a.alpha - b.alpha || a.width - b.width);
}

/**
 * How faint lines are where there are very many, but for when one is near.
 * @param {number} count
 * @param {number} scale
 */
function fade(count, scale) {
  const share = (3500 / count) ** 0.7 * Math.max(1, scale / 0.06);
  return Math.max(0.16, Math.min(1, share));
}

/**
 * Whether a way from one to another lies on one side of what is seen.
 * @param {number} first
 * @param {number} second
 * @param {number} low
 * @param {number} high
 */
const beside = (first, second, low, high) => (first < low && second < low) || (first > high && second > high);

/**
 * Draw lines of a batch from one on, at most so many and only those of a rank below a limit.
 * @param {CanvasRenderingContext2D} ctx
 * @param {import("./chart.js").Chart} made
 * @param {Batch} batch
 * @param {{ looks: Looks, scale: number, view: number[], from?: number, count?: number, limit?: number }} how
 * @returns {[number, number]} the one to go on with, and how many were drawn
 */
export function stroke(ctx, made, batch, { looks, scale, view, from = 0, count = Infinity, limit = Infinity }) {
  const { x, y, start, end, lane } = made, { lines, ranks } = batch, near = scale >= NEAR;
  ctx.strokeStyle = ctx.fillStyle = batch.colour;
  // Thousands of lines over each other would be a blot, and those that only pass say little.
  const alpha = batch.bright ? 1 : batch.alpha * fade(made.statements.length, scale), passing = batch.bright ? 1 : 0.2;
  /** @param {number} box */
  const inside = (box) => x[box] > view[0] && x[box] < view[2] && y[box] > view[1] && y[box] < view[3];
  let at = from, drawn = 0;
  while (at < lines.length && drawn < count && ranks[at] < limit) {
    const heads = [], ways = [new Path2D(), new Path2D()];
    ctx.lineWidth = Math.max(batch.width, (batch.bright ? 1.4 : 0.55 + batch.width * 0.14) / scale);
    ctx.setLineDash(near ? batch.dashes : []);
    for (let piece = 0; at < lines.length && piece < PIECE && ranks[at] < limit; at++) {
      const line = lines[at], a = start[line], b = end[line];
      if (a === b || beside(x[a], x[b], view[0], view[2]) || beside(y[a], y[b], view[1], view[3])) continue;
      piece += 1;
      drawn += 1;
      const way = ways[inside(a) || inside(b) ? 1 : 0];
      way.moveTo(x[a], y[a]);
      if (near && lane[line]) {
        const middle = pointOf(made, line, 0.5);
        way.quadraticCurveTo(2 * middle.x - (x[a] + x[b]) / 2, 2 * middle.y - (y[a] + y[b]) / 2, x[b], y[b]);
      } else way.lineTo(x[b], y[b]);
      if ((near || batch.bright) && inside(b)) heads.push(line);
    }
    ways.forEach((way, number) => {
      ctx.globalAlpha = number ? alpha : alpha * passing;
      ctx.stroke(way);
    });
    if (heads.length) tips(ctx, made, heads, { looks, width: batch.width, unit: Math.max(1, 0.75 / scale) });
  }
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
  return [ranks[at] >= limit ? lines.length : at, drawn];
}

/**
 * The heads of some lines of one look, so many times their size: arrows filled, bars stroked.
 * @param {CanvasRenderingContext2D} ctx
 * @param {import("./chart.js").Chart} made
 * @param {number[]} lines
 * @param {{ looks: Looks, width: number, unit: number }} how
 */
function tips(ctx, made, lines, { looks, width, unit }) {
  const { words } = made.model.graph;
  ctx.setLineDash([]);
  const filled = new Path2D(), bars = new Path2D();
  for (const line of lines) {
    const name = headOf(made.statements[line], words);
    if (!name) continue;
    const b = made.end[line], before = pointOf(made, line, 0.85);
    const turn = Math.atan2(made.y[b] - before.y, made.x[b] - before.x), ux = Math.cos(turn), uy = Math.sin(turn);
    const far = reach(looks.entities[b].outline, made.wide[b], made.high[b], turn) / unit + 3;
    /** @returns {Point} */
    const at = (/** @type {number} */ back, /** @type {number} */ side) =>
      [made.x[b] - unit * (ux * (far + back) + uy * side), made.y[b] - unit * (uy * (far + back) - ux * side)];
    const long = 9 + width, half = 3.8 + width * 0.5;
    if (name === "bar") {
      bars.moveTo(...at(0, half + 2.5));
      bars.lineTo(...at(0, -half - 2.5));
      continue;
    }
    if (name === "vee") {
      bars.moveTo(...at(long, half + 0.6));
      bars.lineTo(...at(0, 0));
      bars.lineTo(...at(long, -half - 0.6));
      continue;
    }
    filled.moveTo(...at(0, 0));
    filled.lineTo(...at(long, half));
    filled.lineTo(...at(long, -half));
    filled.closePath();
    if (name === "needs") {
      bars.moveTo(...at(long + 3, half + 1.6));
      bars.lineTo(...at(long + 3, -half - 1.6));
    }
  }
  ctx.fill(filled);
  ctx.lineWidth = 1.8 * unit;
  ctx.stroke(bars);
}
