// From the routes that a layout gives to the lines that are drawn: ends set side by side along the
// borders of boxes and clear of their outlines, wiggles taken out where there is room, and places
// on lines for heads and marks. Pure.

import { border, head } from "../shapes.js";

/**
 * @typedef {[number, number]} Point
 * @typedef {Point[]} Chain  the first point, then three for each Bézier curve
 * @typedef {{ x: number, y: number, w: number, h: number, outline: string }} Place  a box where it stands
 * @typedef {{ from: number, to: number, head: string, width: number, mark: boolean }} Drawn  numbers of places
 * @typedef {{ points: Chain, tip: Point, way: Point, halo: Chain, mark: Point | null }} Line
 *   the chain as far as the head, the tip of the head and its direction, what of the chain parts the
 *   lines that it crosses, and where its mark stands
 */

const SEPARATE = 15; // pixels between ends at one side of a box, where there is room
const CROWDED = 10; // pixels between ends below which some go round the corner
const STEEPER = 0.4; // how far ends are turned towards the straight way in
const FREE = 6; // pixels between a line and a box that it passes
const MARK = 9; // radius of a mark

// --- Chains of Béziers ---------------------------------------------------------------------------

const between = (a, b, share) => [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];

/** The points of a chain. */
export const pointsOf = (flat) => Array.from({ length: flat.length / 2 }, (_, number) => [flat[2 * number], flat[2 * number + 1]]);

function split([a, b, c, d], share) {
  const ab = between(a, b, share), bc = between(b, c, share), cd = between(c, d, share);
  const abc = between(ab, bc, share), bcd = between(bc, cd, share), middle = between(abc, bcd, share);
  return [[a, ab, abc, middle], [middle, bcd, cd, d]];
}

/** Points along a chain, so many a curve, with the length of the way to each. */
export function walk(chain, steps = 16) {
  const count = ((chain.length - 1) / 3) * steps + 1;
  const x = new Float64Array(count), y = new Float64Array(count), far = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const curve = Math.min(Math.floor(i / steps), (chain.length - 1) / 3 - 1), t = i / steps - curve, u = 1 - t;
    const a = u * u * u, b = 3 * u * u * t, c = 3 * u * t * t, d = t * t * t, p = 3 * curve;
    x[i] = a * chain[p][0] + b * chain[p + 1][0] + c * chain[p + 2][0] + d * chain[p + 3][0];
    y[i] = a * chain[p][1] + b * chain[p + 1][1] + c * chain[p + 2][1] + d * chain[p + 3][1];
    if (i) far[i] = far[i - 1] + Math.hypot(x[i] - x[i - 1], y[i] - y[i - 1]);
  }
  return { x, y, far, length: far[count - 1], steps };
}

/** The number of the piece of a walk in which a length lies, and the share of it. */
function piece({ far }, length) {
  let low = 0, high = far.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (far[middle] <= length) low = middle;
    else high = middle;
  }
  return [low, far[high] > far[low] ? Math.max(0, Math.min(1, (length - far[low]) / (far[high] - far[low]))) : 0];
}

/** The point at a length along a walk. */
export function along(walked, length) {
  const [at, share] = piece(walked, length), { x, y } = walked;
  return [x[at] + (x[at + 1] - x[at]) * share, y[at] + (y[at + 1] - y[at]) * share];
}

/** The chain without so much of its start and of its end; empty where nothing is left. */
export function trimmed(chain, start, end, walked = walk(chain)) {
  if (start + end >= walked.length - 1) return [];
  const place = (length) => {
    const [at, share] = piece(walked, length), curve = Math.min(Math.floor(at / walked.steps), (chain.length - 1) / 3 - 1);
    return [curve, (at + share) / walked.steps - curve];
  };
  const [first, low] = place(start), [last, high] = place(walked.length - end);
  const kept = [];
  for (let curve = first; curve <= last; curve++) {
    let part = chain.slice(3 * curve, 3 * curve + 4);
    if (curve === last) part = split(part, high)[0];
    if (curve === first) part = split(part, curve === last ? low / Math.max(high, 1e-9) : low)[1];
    kept.push(...(kept.length ? part.slice(1) : part));
  }
  return kept;
}

const short = (number) => String(Math.round(number * 10) / 10);

/** Path data of a chain. */
export const pathOf = (chain) =>
  chain.length < 4 ? "" : `M${chain[0].map(short).join(" ")}C${chain.slice(1).map((point) => point.map(short).join(" ")).join(" ")}`;

// --- Sides of boxes ------------------------------------------------------------------------------

/** Which side of a box a line ends at: the axis along the side (0: top and bottom) and its sign. */
function sideOf({ x, y, w, h }, [px, py]) {
  const across = (px - x) / (w / 2), down = (py - y) / (h / 2);
  return Math.abs(down) >= Math.abs(across) ? [0, Math.sign(down) || 1] : [1, Math.sign(across) || 1];
}

/** Half of the part of a side at which lines may end: an outline takes away its corners. */
function open({ outline, w, h }, axis) {
  const side = axis ? h : w;
  const cut = axis ? 5 : { ellipse: 0.15 * w, stadium: 0.36 * h, hexagon: 12, octagon: 10, slanted: 12, trapezium: 10, tag: 11 }[outline] ?? 9;
  return Math.max(0, side / 2 - Math.min(cut, side * 0.4));
}

/**
 * Places for ends along a side, in their order: as near to where they want to be and as far apart as
 * there is room for.
 * @param {number[]} wanted in order, from the middle of the side
 */
export function spaced(wanted, half, apart) {
  const gap = Math.min(apart, wanted.length > 1 ? (2 * half) / (wanted.length - 1) : apart);
  // Ends that push each other stand around the mean of what they want.
  const groups = [];
  for (const place of wanted) {
    let group = { total: place, count: 1 };
    const start = ({ total, count }) => total / count - ((count - 1) * gap) / 2;
    while (groups.length && start(groups.at(-1)) + groups.at(-1).count * gap > start(group)) {
      const before = groups.pop();
      group = { total: before.total + group.total, count: before.count + group.count };
    }
    groups.push(group);
  }
  const places = groups.flatMap(({ total, count }) => Array.from({ length: count }, (_, number) => total / count + (number - (count - 1) / 2) * gap));
  for (let i = 0; i < places.length; i++) places[i] = Math.max(places[i], -half + i * gap);
  for (let i = places.length - 1; i >= 0; i--) places[i] = Math.min(places[i], half - (places.length - 1 - i) * gap);
  return places;
}

/** The ends of lines by the side of the box that they are at, each with where it comes from. */
function endsOf(places, lines, chains, down) {
  const sides = new Map();
  lines.forEach(({ from, to }, line) => {
    const chain = chains[line];
    if (!chain.length) return;
    const walked = walk(chain, 8);
    for (const [box, last] of [[from, false], [to, true]]) {
      const end = last ? chain.at(-1) : chain[0];
      const near = Math.min(42, walked.length * 0.55);
      const one = { line, last, end, look: along(walked, last ? walked.length - near : near), loop: from === to };
      const [axis, sign] = sideOf(places[box], end);
      const key = 4 * box + 2 * axis + (sign > 0);
      if (!sides.has(key)) sides.set(key, []);
      sides.get(key).push(one);
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
      for (const one of some.splice(room)) {
        const key = 4 * box + 2 * (1 - minor) + (one.look[minor] > middle);
        if (!sides.has(key)) sides.set(key, []);
        sides.get(key).push(one);
      }
    }
  });
  return sides;
}

/** Move an end of a chain to a side of its box, and turn it towards the side. */
function moveEnd(chain, last, end, axis, sign) {
  const [at, near, far] = last ? [chain.length - 1, chain.length - 2, chain.length - 3] : [0, 1, 2];
  const by = [end[0] - chain[at][0], end[1] - chain[at][1]];
  const moved = (point, share) => [point[0] + by[0] * share, point[1] + by[1] * share];
  chain[at] = end;
  chain[near] = moved(chain[near], 0.8);
  // Where the chain goes on behind this curve, its joint must stay smooth.
  if (chain.length === 4) chain[far] = moved(chain[far], 0.3);
  const reach = Math.hypot(chain[near][0] - end[0], chain[near][1] - end[1]);
  const straight = [...end];
  straight[1 - axis] += sign * reach;
  chain[near] = between(chain[near], straight, STEEPER);
}

// --- Room ----------------------------------------------------------------------------------------

/** Whether a walk passes through a box that is not one of its ends, or too near to it. */
function blocked({ x, y }, places, { from, to }, free) {
  for (let box = 0; box < places.length; box++) {
    if (box === from || box === to) continue;
    const { x: bx, y: by, w, h } = places[box];
    for (let i = 0; i < x.length; i++) if (Math.abs(x[i] - bx) < w / 2 + free && Math.abs(y[i] - by) < h / 2 + free) return true;
  }
  return false;
}

/** How often a walk crosses others, and how many of its points lie on one of them. */
function conflicts(one, others, self) {
  let found = 0;
  others.forEach((other, number) => {
    if (number === self || !other) return;
    if (one.left > other.right || other.left > one.right || one.top > other.bottom || other.top > one.bottom) return;
    found += crossings(one, other);
  });
  return found;
}

function crossings(a, b) {
  let found = 0;
  for (let i = 1; i < a.x.length; i++) {
    const ax = a.x[i - 1], ay = a.y[i - 1], dx = a.x[i] - ax, dy = a.y[i] - ay;
    const left = Math.min(ax, a.x[i]) - 3, right = Math.max(ax, a.x[i]) + 3, top = Math.min(ay, a.y[i]) - 3, bottom = Math.max(ay, a.y[i]) + 3;
    if (left > b.right || right < b.left || top > b.bottom || bottom < b.top) continue;
    for (let j = 1; j < b.x.length; j++) {
      const bx = b.x[j - 1], by = b.y[j - 1], cx = b.x[j], cy = b.y[j];
      if ((bx < left && cx < left) || (bx > right && cx > right) || (by < top && cy < top) || (by > bottom && cy > bottom)) continue;
      const ex = cx - bx, ey = cy - by, cross = dx * ey - dy * ex;
      if (Math.abs(cross) > 1e-9) {
        const t = ((bx - ax) * ey - (by - ay) * ex) / cross, s = ((bx - ax) * dy - (by - ay) * dx) / cross;
        if (t >= 0 && t < 1 && s >= 0 && s < 1) found += 1;
      }
      // Side by side, and so near that they look like one line.
      if (Math.hypot(cx - a.x[i], cy - a.y[i]) < 4 && i > 3 && i < a.x.length - 3) found += 0.4;
    }
  }
  return found;
}

function framed(walked) {
  const { x, y } = walked;
  let left = Infinity, right = -Infinity, top = Infinity, bottom = -Infinity;
  for (let i = 0; i < x.length; i++) {
    left = Math.min(left, x[i]);
    right = Math.max(right, x[i]);
    top = Math.min(top, y[i]);
    bottom = Math.max(bottom, y[i]);
  }
  return Object.assign(walked, { left, right, top, bottom });
}

/** A chain of one curve between the same ends, which leave their boxes nearly as they did. */
function simple(chain, down) {
  const a = chain[0], d = chain.at(-1), length = Math.hypot(d[0] - a[0], d[1] - a[1]);
  const toward = (at, near, other) => {
    const own = unit(near[0] - at[0], near[1] - at[1]), straight = unit(other[0] - at[0], other[1] - at[1]);
    const flow = down ? [0, Math.sign(other[1] - at[1])] : [Math.sign(other[0] - at[0]), 0];
    return unit(own[0] * 0.4 + straight[0] * 0.5 + flow[0] * 0.5, own[1] * 0.4 + straight[1] * 0.5 + flow[1] * 0.5);
  };
  const [sx, sy] = toward(a, chain[1], d), [ex, ey] = toward(d, chain.at(-2), a), pull = length * 0.36;
  return [a, [a[0] + sx * pull, a[1] + sy * pull], [d[0] + ex * pull, d[1] + ey * pull], d];
}

const unit = (x, y) => {
  const length = Math.hypot(x, y) || 1;
  return [x / length, y / length];
};

/** How much a walk turns, in whole turns. */
function turning({ x, y }) {
  let turned = 0, before = null;
  for (let i = 1; i < x.length; i++) {
    const angle = Math.atan2(y[i] - y[i - 1], x[i] - x[i - 1]);
    if (before !== null) {
      const by = Math.abs(angle - before);
      turned += Math.min(by, 2 * Math.PI - by);
    }
    before = angle;
  }
  return turned / (2 * Math.PI);
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
  const given = chains.map((chain) => chain.map((point) => [...point]));
  for (const [key, some] of endsOf(places, lines, chains, down)) {
    const place = places[key >> 2], axis = (key >> 1) & 1, sign = key & 1 ? 1 : -1;
    const middle = axis ? place.y : place.x, half = open(place, axis);
    const edge = (axis ? place.x + (sign * place.w) / 2 : place.y + (sign * place.h) / 2);
    // In the order of the angles at which they are seen from the middle of the side.
    for (const one of some) one.seen = Math.atan2(one.look[axis] - middle, Math.max(sign * (one.look[1 - axis] - edge), 0) + 8);
    some.sort((a, b) => a.seen - b.seen || a.line - b.line || a.last - b.last);
    const wanted = some.map((one) => Math.max(-half, Math.min(half, one.loop ? one.end[axis] - middle : Math.tan(one.seen) * 12)));
    spaced(wanted, half, SEPARATE).forEach((offset, number) => {
      const one = some[number], end = axis ? [edge, middle + offset] : [middle + offset, edge];
      moveEnd(chains[one.line], one.last, end, axis, sign);
    });
  }
  chains.forEach((chain, line) => {
    if (chain.length < 4 || !blocked(walk(chain, 8), places, lines[line], 1)) return;
    // Only as much of the change as keeps clear of other boxes: the ends alone.
    const old = given[line];
    if (!blocked(walk(old, 8), places, lines[line], 1)) chains[line] = [chain[0], ...old.slice(1, -1), chain.at(-1)];
  });
  chains.forEach((chain, line) => {
    const soft = softened(chain);
    if (soft !== chain && !blocked(walk(soft, 8), places, lines[line], 2)) chains[line] = soft;
  });
  if (smooth) straighten(places, lines, chains, down);
  const outlines = places.map(({ x, y, w, h, outline }) => border(outline, w, h).map(([bx, by]) => [bx + x, by + y]));
  const found = chains.map((chain, line) =>
    chain.length < 4 ? { points: [], tip: [0, 0], way: [1, 0], halo: [], mark: null } : clipped(chain, places, outlines, lines[line]));
  setMarks(found, places, lines);
  return found;
}

/** The chain with rounded joints, where a curve does not go on in the direction of the one before. */
function softened(chain) {
  if (chain.length <= 4) return chain;
  const soft = chain.map((point) => [...point]);
  for (let joint = 3; joint < chain.length - 1; joint += 3) {
    const [p, before, after] = [chain[joint], chain[joint - 3], chain[joint + 3]];
    const come = unit(p[0] - chain[joint - 1][0], p[1] - chain[joint - 1][1]), go = unit(chain[joint + 1][0] - p[0], chain[joint + 1][1] - p[1]);
    const [wx, wy] = unit(come[0] + go[0], come[1] + go[1]);
    const long = (other, control) => Math.max(Math.hypot(control[0] - p[0], control[1] - p[1]), 0.3 * Math.hypot(other[0] - p[0], other[1] - p[1]));
    const back = long(before, chain[joint - 1]), on = long(after, chain[joint + 1]);
    soft[joint - 1] = [p[0] - wx * back, p[1] - wy * back];
    soft[joint + 1] = [p[0] + wx * on, p[1] + wy * on];
  }
  return soft;
}

/** Take out wiggles: one curve instead of many where it passes no box and crosses no more lines. */
function straighten(places, lines, chains, down) {
  const walks = chains.map((chain) => (chain.length < 4 ? null : framed(walk(chain, 10))));
  chains.forEach((chain, line) => {
    if (chain.length < 4 || lines[line].from === lines[line].to) return;
    const fresh = simple(chain, down), walked = framed(walk(fresh, 24));
    if (turning(walked) > turning(walks[line]) + 0.02 || blocked(walked, places, lines[line], FREE)) return;
    if (conflicts(walked, walks, line) > conflicts(walks[line], walks, line) + 0.01) return;
    chains[line] = fresh;
    walks[line] = framed(walk(fresh, 10));
  });
}

/** How far a point is from a polygon: below 0 inside. */
function distance(corners, [x, y]) {
  let nearest = Infinity, inside = false;
  for (let i = 0, j = corners.length - 1; i < corners.length; j = i++) {
    const [ax, ay] = corners[i], [bx, by] = corners[j], dx = bx - ax, dy = by - ay;
    const share = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
    nearest = Math.min(nearest, (x - ax - dx * share) ** 2 + (y - ay - dy * share) ** 2);
    if (ay > y !== by > y && x < ax + (dx * (y - ay)) / dy) inside = !inside;
  }
  return (inside ? -1 : 1) * Math.sqrt(nearest);
}

/** Cut a chain where it comes near the outlines of its boxes, with room for the head. */
function clipped(chain, places, outlines, { from, to, head: name, width }) {
  // A way on into the boxes, so that the line meets the outlines wherever they are.
  const into = (box, end) => between(end, [places[box].x, places[box].y], 0.6);
  const start = into(from, chain[0]), stop = into(to, chain.at(-1)), last = chain.at(-1);
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
  return { points, tip, way: unit(tip[0] - before[0], tip[1] - before[1]), halo: trimmed(whole, cut + 16, end + back + 16, walked), mark: null };
}

/** The length from an end of a walk at which it has left an outline by so much for good. */
function leaving(walked, outline, clear, fromEnd) {
  const { far, length, x, y } = walked, count = far.length;
  const of = (number) => (fromEnd ? count - 1 - number : number);
  const at = (way) => along(walked, fromEnd ? length - way : way);
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

/** Places for marks: near the middle of their line, clear of boxes, of heads and of other marks. */
function setMarks(found, places, lines) {
  const taken = found.filter(({ points }) => points.length).map(({ tip }) => tip);
  const walks = found.map(({ points }) => (points.length ? walk(points, 8) : null));
  const free = (point, others, room) => Math.min(room, ...others.map(([x, y]) => Math.hypot(point[0] - x, point[1] - y)));
  const box = ([x, y]) => Math.min(...places.map((place) => Math.max(Math.abs(x - place.x) - place.w / 2, Math.abs(y - place.y) - place.h / 2)));
  const lineAway = ([x, y], self) => {
    let nearest = 14;
    walks.forEach((one, number) => {
      if (!one || number === self) return;
      for (let i = 0; i < one.x.length; i++) nearest = Math.min(nearest, Math.hypot(one.x[i] - x, one.y[i] - y));
    });
    return nearest;
  };
  lines.forEach(({ mark }, line) => {
    if (!mark || !walks[line]) return;
    let best = -Infinity;
    for (const share of [0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8]) {
      const at = along(walks[line], walks[line].length * share);
      const good = 3 * Math.min(box(at), MARK + 3) + free(at, taken, 2 * MARK + 3) + lineAway(at, line) - 6 * Math.abs(share - 0.5);
      if (good > best) [best, found[line].mark] = [good, at];
    }
    taken.push(found[line].mark);
  });
}

/** The edges of everything that is drawn: left, top, right, bottom. */
export function frameOf(places, lines) {
  const frame = [Infinity, Infinity, -Infinity, -Infinity];
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
      x.forEach((one, number) => hold(one, y[number], 3));
    }
    if (mark) hold(...mark, MARK);
  }
  return frame;
}
