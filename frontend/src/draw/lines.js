// From the routes that a layout gives to the lines that are drawn: ends set side by side along the
// borders of boxes and clear of their outlines, wiggles taken out where there is room, and places
// on lines for heads and marks. Pure.

import { border, head } from "../shapes.js";
import { along, between, pointsOf, trimmed, unit, walk } from "./chain.js";
import { MANY } from "./layout.js";
import { nearby } from "./nearby.js";
import { blocked, smoothed, softened } from "./smooth.js";

/**
 * @typedef {import("./chain.js").Point} Point
 * @typedef {import("./chain.js").Chain} Chain
 * @typedef {{ x: number, y: number, w: number, h: number, outline: string }} Place  a box where it stands
 * @typedef {{ from: number, to: number, head: string, width: number, mark: boolean }} Drawn  numbers of places
 * @typedef {{ points: Chain, tip: Point, way: Point, halo: Chain, mark: Point | null }} Line
 *   the chain as far as the head, the tip of the head and its direction, what of the chain parts the
 *   lines that it crosses, and where its mark stands
 * @typedef {{ x: number[], y: number[], w: number[], h: number[], lines: Line[], frame: Frame }} Laid
 *   the boxes and lines as they are drawn, and the frame of all of them
 */

/**
 * @typedef {{ line: number, last: boolean, end: Point, look: Point, loop: boolean, seen?: number }} Meeting  an end of a
 *   line at a box, the point from which it comes there, and the angle at which that is seen
 * @typedef {{ corners: number[][], left: number, right: number, top: number, bottom: number }} Outline
 */
const SEPARATE = 15; // pixels between ends at one side of a box, where there is room
const CROWDED = 10; // pixels between ends below which some go round the corner
const STEEPER = 0.4; // how far ends are turned towards the straight way in
const FAR = 30; // pixels from the frame of a box beyond which its outline does not matter
const MARK = 9; // radius of a mark

// --- Sides of boxes ------------------------------------------------------------------------------

/**
 * Which side of a box a line ends at: twice the axis along the side (0: top and bottom), and one more
 * at the bottom or at the right. What comes in near a corner goes to the side that faces the flow,
 * unless it comes flat along that side.
 * @param {Place} place
 * @param {Point} end
 * @param {Point} look
 * @param {boolean} down
 */
function sideOf({ x, y, w, h }, [px, py], [lx, ly], down) {
  const across = (px - x) / (w / 2), along = (py - y) / (h / 2), flat = 2.5;
  const nearest = Math.abs(along) >= Math.abs(across);
  const [dx, dy] = [Math.abs(lx - px), Math.abs(ly - py)];
  const upright = down
    ? nearest || (Math.abs(along) >= 0.5 && dx < flat * dy)
    : nearest && (Math.abs(across) < 0.5 || dy > flat * dx);
  return upright ? Number(along > 0) : 2 + Number(across > 0);
}

// How much of the top and bottom of an outline its corners take away.
const CORNERS = new Map([
  ["hexagon", 12], ["octagon", 10], ["slanted", 12], ["trapezium", 10], ["tag", 11],
]);

/** Half of the part of a side at which lines may end. @param {Place} place @param {number} axis */
function open({ outline, w, h }, axis) {
  const side = axis ? h : w;
  const rounded = outline === "ellipse" ? 0.15 * w : outline === "stadium" ? 0.36 * h : 9;
  const cut = axis ? 5 : CORNERS.get(outline) ?? rounded;
  return Math.max(0, side / 2 - Math.min(cut, side * 0.4));
}

/**
 * Places for ends along a side, in their order: as near to where they want to be and as far apart as
 * there is room for.
 * @param {number[]} wanted in order, from the middle of the side
 * @param {number} half
 * @param {number} apart
 */
export function spaced(wanted, half, apart) {
  const gap = Math.min(apart, wanted.length > 1 ? (2 * half) / (wanted.length - 1) : apart);
  // Ends that push each other stand around the mean of what they want.
  /** @type {{ total: number, count: number }[]} */
  const groups = [];
  for (const place of wanted) {
    let group = { total: place, count: 1 };
    /** @param {{ total: number, count: number }} group */
    const start = ({ total, count }) => total / count - ((count - 1) * gap) / 2;
    for (let before = groups.at(-1); before && start(before) + before.count * gap > start(group); before = groups.at(-1)) {
      groups.pop();
      group = { total: before.total + group.total, count: before.count + group.count };
    }
    groups.push(group);
  }
  const places = groups.flatMap(({ total, count }) =>
    Array.from({ length: count }, (_, number) => total / count + (number - (count - 1) / 2) * gap));
  for (let i = 0; i < places.length; i++) places[i] = Math.max(places[i], -half + i * gap);
  for (let i = places.length - 1; i >= 0; i--) places[i] = Math.min(places[i], half - (places.length - 1 - i) * gap);
  return places;
}

/**
 * The ends of lines by the side of the box that they are at, each with where it comes from.
 * @param {Place[]} places
 * @param {Drawn[]} lines
 * @param {Chain[]} chains
 * @param {boolean} down
 */
function endsOf(places, lines, chains, down) {
  /** @type {Sure<number, Meeting[]>} */
  const sides = new Map();
  lines.forEach(({ from, to }, line) => {
    const chain = chains[line];
    if (!chain.length) return;
    const walked = walk(chain, 8);
    for (const [box, last] of /** @type {[number, boolean][]} */ ([[from, false], [to, true]])) {
      const end = last ? chain[chain.length - 1] : chain[0];
      const near = Math.min(42, walked.length * 0.55);
      const meeting = { line, last, end, look: along(walked, last ? walked.length - near : near), loop: from === to };
      const key = 4 * box + sideOf(places[box], end, meeting.look, down);
      if (!sides.has(key)) sides.set(key, []);
      sides.get(key).push(meeting);
    }
  });
  // What has no room at a short side goes round the corner, to the side where there is more.
  const minor = down ? 1 : 0;
  places.forEach((place, box) => {
    for (const sign of [0, 1]) {
      const some = sides.get(4 * box + 2 * minor + sign);
      if (!some) continue;
      const room = Math.max(1, Math.floor((2 * open(place, minor)) / CROWDED) + 1);
      const middle = minor ? place.y : place.x;
      some.sort((a, b) => Math.abs(a.look[minor] - middle) - Math.abs(b.look[minor] - middle) || a.line - b.line);
      for (const meeting of some.splice(room)) {
        const key = 4 * box + 2 * (1 - minor) + Number(meeting.look[minor] > middle);
        if (!sides.has(key)) sides.set(key, []);
        sides.get(key).push(meeting);
      }
    }
  });
  return sides;
}

/**
 * Move an end of a chain to a side of its box, and turn it towards the side.
 * @param {Chain} chain
 * @param {boolean} last
 * @param {Point} end
 * @param {number} axis
 * @param {number} sign
 */
function moveEnd(chain, last, end, axis, sign) {
  const [at, near, far] = last ? [chain.length - 1, chain.length - 2, chain.length - 3] : [0, 1, 2];
  const by = [end[0] - chain[at][0], end[1] - chain[at][1]];
  /** @param {Point} point @param {number} share @returns {Point} */
  const moved = (point, share) => [point[0] + by[0] * share, point[1] + by[1] * share];
  chain[at] = end;
  chain[near] = moved(chain[near], 0.8);
  // Where the chain goes on behind this curve, its joint must stay smooth.
  if (chain.length === 4) chain[far] = moved(chain[far], 0.3);
  const reach = Math.hypot(chain[near][0] - end[0], chain[near][1] - end[1]);
  /** @type {Point} */
  const straight = [end[0], end[1]];
  straight[1 - axis] += sign * reach;
  chain[near] = between(chain[near], straight, STEEPER);
}

// --- Finished lines ------------------------------------------------------------------------------

/**
 * The lines as they are drawn.
 * @param {Place[]} places
 * @param {Drawn[]} lines
 * @param {number[][]} routes of `arrange`
 * @param {{ down: boolean, smooth?: boolean }} how
 * @returns {Line[]}
 */
export function finished(places, lines, routes, { down, smooth = true }) {
  const chains = routes.map(pointsOf);
  const given = chains.map((chain) => chain.map(([x, y]) => /** @type {Point} */ ([x, y])));
  for (const [key, some] of endsOf(places, lines, chains, down)) {
    const place = places[key >> 2], axis = (key >> 1) & 1, sign = key & 1 ? 1 : -1;
    const middle = axis ? place.y : place.x, half = open(place, axis);
    const edge = (axis ? place.x + (sign * place.w) / 2 : place.y + (sign * place.h) / 2);
    // In the order of the angles at which they are seen from the middle of the side.
    for (const meeting of some)
      meeting.seen = Math.atan2(meeting.look[axis] - middle, Math.max(sign * (meeting.look[1 - axis] - edge), 0) + 8);
    some.sort((a, b) => Number(a.seen) - Number(b.seen) || a.line - b.line || Number(a.last) - Number(b.last));
    const wanted = some.map((meeting) =>
      Math.max(-half, Math.min(half, meeting.loop ? meeting.end[axis] - middle : Math.tan(Number(meeting.seen)) * 12)));
    spaced(wanted, half, SEPARATE).forEach((offset, number) => {
      const meeting = some[number], end = /** @type {Point} */ (axis ? [edge, middle + offset] : [middle + offset, edge]);
      moveEnd(chains[meeting.line], meeting.last, end, axis, sign);
    });
  }
  chains.forEach((chain, line) => {
    if (chain.length < 4 || !blocked(walk(chain, 8), places, lines[line], 1)) return;
    // Only as much of the change as keeps clear of other boxes: the ends alone.
    const old = given[line];
    if (!blocked(walk(old, 8), places, lines[line], 1)) chains[line] = [chain[0], ...old.slice(1, -1), chain[chain.length - 1]];
  });
  chains.forEach((chain, line) => {
    const soft = softened(chain);
    if (soft !== chain && !blocked(walk(soft, 8), places, lines[line], 2)) chains[line] = soft;
  });
  if (smooth) smoothed(places, lines, chains, down);
  const outlines = places.map(({ x, y, w, h, outline }) => ({
    corners: border(outline, w, h).map(([bx, by]) => [bx + x, by + y]),
    left: x - w / 2, right: x + w / 2, top: y - h / 2, bottom: y + h / 2,
  }));
  /** @type {Line[]} */
  const drawn = chains.map((chain, line) =>
    chain.length < 4
      ? { points: [], tip: [0, 0], way: [1, 0], halo: [], mark: null }
      : clipped(chain, places, outlines, lines[line]));
  setMarks(drawn, places, lines);
  return drawn;
}

/**
 * How far a point is from a polygon, below 0 inside; beyond `FAR` about as far as from its frame.
 * @param {Outline} outline
 * @param {Point} point
 */
function distance({ corners, left, right, top, bottom }, [x, y]) {
  const off = Math.max(left - x, x - right, top - y, y - bottom);
  if (off > FAR) return off;
  let nearest = Infinity, inside = false;
  for (let i = 0, j = corners.length - 1; i < corners.length; j = i++) {
    const [ax, ay] = corners[i], [bx, by] = corners[j], dx = bx - ax, dy = by - ay;
    const share = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
    nearest = Math.min(nearest, (x - ax - dx * share) ** 2 + (y - ay - dy * share) ** 2);
    if (ay > y !== by > y && x < ax + (dx * (y - ay)) / dy) inside = !inside;
  }
  return (inside ? -1 : 1) * Math.sqrt(nearest);
}

/**
 * Cut a chain where it comes near the outlines of its boxes, with room for the head.
 * @param {Chain} chain
 * @param {Place[]} places
 * @param {Outline[]} outlines
 * @param {Drawn} line
 * @returns {Line}
 */
function clipped(chain, places, outlines, { from, to, head: name, width }) {
  // A way on into the boxes, so that the line meets the outlines wherever they are.
  const into = (/** @type {number} */ box, /** @type {Point} */ end) => between(end, [places[box].x, places[box].y], 0.6);
  const start = into(from, chain[0]), last = chain[chain.length - 1], stop = into(to, last);
  const whole = [start, between(start, chain[0], 1 / 3), between(start, chain[0], 2 / 3), ...chain,
    between(last, stop, 1 / 3), between(last, stop, 2 / 3), stop];
  const walked = walk(whole), { back, clear } = head(name, width);
  const cut = leaving(walked, outlines[from], 1, false);
  let end = leaving(walked, outlines[to], clear, true);
  const half = name === "bar" || name === "needs" ? 6 + width * 0.5 : 4;
  // A head that comes in at a slant has a corner nearer to the box than its tip.
  for (let turn = 0; turn < 6; turn++) {
    const at = along(walked, walked.length - end), before = along(walked, walked.length - end - 5);
    const [wx, wy] = unit(at[0] - before[0], at[1] - before[1]);
    const corners = [-half, half].map((side) => distance(outlines[to], [at[0] - wy * side, at[1] + wx * side]));
    const lack = (name === "bar" ? clear - 0.4 : 0.8) - Math.min(...corners);
    if (lack <= 0.05 || end + lack + back > walked.length / 2) break;
    end += lack;
  }
  const tip = along(walked, walked.length - end), before = along(walked, walked.length - end - Math.max(back, 5));
  const points = trimmed(whole, cut, end + back, walked);
  const halo = trimmed(whole, cut + 16, end + back + 16, walked);
  return { points, tip, way: unit(tip[0] - before[0], tip[1] - before[1]), halo, mark: null };
}

/**
 * The length from an end of a walk at which it has left an outline by so much for good.
 * @param {import("./chain.js").Walk} walked
 * @param {Outline} outline
 * @param {number} clear
 * @param {boolean} fromEnd
 */
function leaving(walked, outline, clear, fromEnd) {
  const { far, length, x, y } = walked, count = far.length;
  /** @param {number} number */
  const of = (number) => (fromEnd ? count - 1 - number : number);
  const at = (/** @type {number} */ way) => along(walked, fromEnd ? length - way : way);
  let low = 0, high = length / 2;
  for (let number = 0; number < count; number++) {
    const way = fromEnd ? length - far[of(number)] : far[number];
    if (way > length / 2) break;
    if (distance(outline, [x[of(number)], y[of(number)]]) < clear) [low, high] = [way, length / 2];
    else if (way < high) high = way;
  }
  for (let turn = 0; turn < 10; turn++) {
    const middle = (low + high) / 2;
    if (distance(outline, at(middle)) < clear) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * Places for marks: near the middle of their line, clear of boxes, of heads and of other marks.
 * @param {Line[]} curves
 * @param {Place[]} places
 * @param {Drawn[]} lines
 */
function setMarks(curves, places, lines) {
  if (!lines.some(({ mark }) => mark)) return;
  /** @type {ReturnType<typeof nearby<Point>>} */
  const taken = nearby();
  /** @type {ReturnType<typeof nearby<{ line: number, at: Point }>>} */
  const drawn = nearby();
  const walks = curves.map(({ points }) => (points.length ? walk(points) : null));
  walks.forEach((walked, line) => {
    if (!walked) return;
    taken.add(...curves[line].tip, curves[line].tip);
    for (let far = 0; far < walked.length; far += 6) {
      const at = along(walked, far);
      drawn.add(...at, { line, at });
    }
  });
  /**
   * How far the things of a field are from a point, up to so many pixels.
   * @template T
   * @param {ReturnType<typeof nearby<T>>} field
   * @param {Point} at
   * @param {number} room
   * @param {(thing: T) => Point | false} pointOf
   */
  const free = (field, [x, y], room, pointOf) => {
    let least = room;
    field.each(x - room, y - room, x + room, y + room, (thing) => {
      const point = pointOf(thing);
      if (point) least = Math.min(least, Math.hypot(point[0] - x, point[1] - y));
    });
    return least;
  };
  const clear = (/** @type {Point} */ [x, y]) => places.reduce((least, place) =>
    Math.min(least, Math.max(Math.abs(x - place.x) - place.w / 2, Math.abs(y - place.y) - place.h / 2)), MARK + 3);
  lines.forEach(({ mark }, line) => {
    const walked = walks[line];
    if (!mark || !walked) return;
    let best = -Infinity;
    /** @type {Point} */
    let place = [0, 0];
    for (const share of [0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8]) {
      const at = along(walked, walked.length * share);
      const good = 3 * clear(at) + free(taken, at, 2 * MARK + 3, (point) => point) +
        free(drawn, at, 14, (stroke) => stroke.line !== line && stroke.at) - 6 * Math.abs(share - 0.5);
      if (good > best) [best, place] = [good, at];
    }
    curves[line].mark = place;
    taken.add(...place, place);
  });
}

/**
 * A layout as it is drawn, with finished lines and its edges in the place of routes.
 * @param {import("./layout.js").Request} request
 * @param {import("./layout.js").Layout} layout
 * @returns {Laid}
 */
export function complete({ boxes, lines, simple = false }, { routes, ...layout }) {
  const { x, y, w, h, down } = layout;
  const places = boxes.map(({ outline }, box) => ({ x: x[box], y: y[box], w: w[box], h: h[box], outline: outline ?? "box" }));
  const curves = finished(places, lines, routes, { down, smooth: lines.length <= (simple ? MANY / 2 : MANY) });
  return { ...layout, lines: curves, frame: frameOf(places, curves) };
}

/**
 * The edges of everything that is drawn: left, top, right, bottom.
 * @param {Place[]} places
 * @param {Line[]} lines
 * @returns {Frame}
 */
function frameOf(places, lines) {
  /** @type {Frame} */
  const frame = [Infinity, Infinity, -Infinity, -Infinity];
  /** @param {number} x @param {number} y @param {number} room */
  const hold = (x, y, room) => {
    frame[0] = Math.min(frame[0], x - room);
    frame[1] = Math.min(frame[1], y - room);
    frame[2] = Math.max(frame[2], x + room);
    frame[3] = Math.max(frame[3], y + room);
  };
  for (const { x, y, w, h } of places) {
    hold(x - w / 2, y - h / 2, 2);
    hold(x + w / 2, y + h / 2, 2);
  }
  for (const { points, mark } of lines) {
    if (points.length) {
      const { x, y } = walk(points, 10);
      x.forEach((at, number) => hold(at, y[number], 3));
    }
    if (mark) hold(...mark, MARK);
  }
  return frame;
}
