// Lines from a box to itself: arches one over the other, each with an end of its own, on the side of the
// box that has most room. Pure.

import { reach } from "../shapes.js";

const ENDS = 11; // pixels between the ends of neighbouring arches, where there is room
// Pixels to the points that draw the first arch, how much further they are for each next one, and at most.
const LOWEST = 30, FURTHER = 20, HIGHEST = 170;
const CLEAR = 3; // pixels between the tip of a head and the box

/** @type {Point[]} directions out of a box: up, down, to the right, to the left; of equals the first is taken */
const SIDES = [[0, -1], [0, 1], [1, 0], [-1, 0]];

/**
 * @typedef {{ place: number, of: number }} Own  which of so many arches at its box
 * @typedef {{ points: [Point, Point, Point, Point], tip: Point, turn: number }} Arch  a Bézier curve, with where
 *   it arrives and in which direction
 */

/** Which lines of a chart go from a box to itself. @param {Uint32Array} start @param {Uint32Array} end @returns {Map<number, Own>} */
export function ownLines(start, end) {
  /** @type {Sure<number, number[]>} */
  const at = new Map();
  for (let line = 0; line < start.length; line++) {
    if (start[line] !== end[line]) continue;
    if (!at.has(start[line])) at.set(start[line], []);
    at.get(start[line]).push(line);
  }
  return new Map([...at.values()].flatMap((lines) => lines.map((line, place) => [line, { place, of: lines.length }])));
}

/**
 * For each box with lines to itself the side on which other lines are fewest.
 * @param {{ x: Float64Array, y: Float64Array, start: Uint32Array, end: Uint32Array, own: Map<number, Own> }} chart
 * @returns {Map<number, Point>} directions by the number of the box
 */
export function sides({ x, y, start, end, own }) {
  const crowds = new Map([...own.keys()].map((line) => [start[line], [0, 0, 0, 0]]));
  if (!crowds.size) return new Map();
  /** @param {number} box @param {number} other */
  const count = (box, other) => {
    const crowd = crowds.get(box), dx = x[other] - x[box], dy = y[other] - y[box], far = Math.hypot(dx, dy) || 1;
    if (crowd) SIDES.forEach(([right, down], side) => { crowd[side] += Math.max(0, (dx * right + dy * down) / far) ** 2; });
  };
  for (let line = 0; line < start.length; line++) {
    if (start[line] === end[line]) continue;
    count(start[line], end[line]);
    count(end[line], start[line]);
  }
  return new Map([...crowds].map(([box, crowd]) => [box, SIDES[crowd.indexOf(Math.min(...crowd))]]));
}

/**
 * Where an arch ends at a box, as seen with the side it stands on at the top and the middle of the box at
 * (0, 0): on that side, or round its corner where there are many.
 * @param {number} half
 * @param {number} deep
 * @param {number} aside
 * @returns {{ at: Point, way: Point, lower: number }} with the direction out of it, and how far it is below the side
 */
function foot(half, deep, aside) {
  if (aside <= 0.8 * half) return { at: [aside, deep], way: [0.5, 1], lower: 0 };
  const lower = Math.min(aside - 0.8 * half, 1.6 * deep);
  return { at: [half, deep - lower], way: [0.85, 1], lower };
}

/**
 * The arch of a line.
 * @param {import("./chart.js").Chart} chart
 * @param {number} line one of `chart.own`
 * @returns {Arch}
 */
export function archOf({ x, y, wide, high, grown, outlines, start, own, side }, line) {
  const box = start[line], by = grown[box], { place, of } = /** @type {Own} */ (own.get(line));
  const [right, down] = /** @type {Point} */ (side.get(box)), [along, across] = right ? [high[box], wide[box]] : [wide[box], high[box]];
  const further = of > 1 ? Math.min(FURTHER, (HIGHEST - LOWEST) / (of - 1)) : 0;
  const apart = Math.min(by * ENDS, (0.4 * along + 0.8 * across) / of);
  const { at, way, lower } = foot(along / 2, across / 2, apart * (place + 0.7));
  const far = by * (LOWEST + place * further) + lower / 0.75; // a curve comes three quarters as far as its points
  const turned = (/** @type {number[]} */ [aside, out], /** @type {number} */ mirror) =>
    [mirror * aside * -down + out * right, mirror * aside * right + out * down];
  const end = (/** @type {number} */ mirror, /** @type {number} */ gap) => {
    const [px, py] = turned(at, mirror), angle = Math.atan2(py, px);
    const off = reach(outlines[box], wide[box], high[box], angle) + gap;
    const [wx, wy] = turned(way, mirror), [ex, ey] = [x[box] + Math.cos(angle) * off, y[box] + Math.sin(angle) * off];
    return /** @type {[Point, Point]} */ ([[ex, ey], [ex + wx * far, ey + wy * far]]);
  };
  const [from, firstHandle] = end(-1, 0), [tip, secondHandle] = end(1, CLEAR);
  return { points: [from, firstHandle, secondHandle, tip], tip, turn: Math.atan2(tip[1] - secondHandle[1], tip[0] - secondHandle[0]) };
}

/** The point of an arch at a share of its way. @param {Pick<Arch, "points">} arch @param {number} share */
export function alongArch({ points }, share) {
  const rest = 1 - share, parts = [rest ** 3, 3 * rest ** 2 * share, 3 * rest * share ** 2, share ** 3];
  const [x, y] = [0, 1].map((axis) => points.reduce((sum, point, number) => sum + parts[number] * point[axis], 0));
  return { x, y };
}

/** How far a point is from an arch. @param {Arch} arch @param {number} px @param {number} py */
export function farFromArch(arch, px, py) {
  let least = Infinity;
  for (let step = 0; step <= 24; step++) {
    const { x, y } = alongArch(arch, step / 24);
    least = Math.min(least, Math.hypot(px - x, py - y));
  }
  return least;
}

/**
 * An arch that ends so far before its tip, for a head that is put there.
 * @returns {Arch["points"]}
 * @param {Arch} arch
 * @param {number} back
 */
export function shortened({ points: [from, firstHandle, secondHandle, [x, y]], turn }, back) {
  const by = [-Math.cos(turn) * back, -Math.sin(turn) * back];
  return [from, firstHandle, [secondHandle[0] + by[0], secondHandle[1] + by[1]], [x + by[0], y + by[1]]];
}
