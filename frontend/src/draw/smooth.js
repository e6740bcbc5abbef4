// Lines made smoother than a layout gives them, as far as boxes and other lines leave room: wiggles
// taken out, turns rounded, lines that run over each other moved apart. Pure.

import { along, trimmed, unit, walk } from "./chain.js";
import { nearby } from "./nearby.js";

/**
 * @typedef {import("./chain.js").Chain} Chain
 * @typedef {{ x: Float64Array, y: Float64Array }} Walked  points along a chain
 * @typedef {{ x: number, y: number, w: number, h: number }} Box
 * @typedef {{ from: number, to: number }} Ends  of a line: numbers of boxes
 */
const FREE = 6; // pixels between a line and a box that it passes
const SIDE = 7; // pixels between lines below which they look like one
const STEP = 12; // pixels between the points at which lines are compared

// --- Room ----------------------------------------------------------------------------------------

/**
 * Whether a walk passes through a box that is not one of its ends, or too near to it.
 * @param {Walked} walked
 * @param {Box[]} places
 * @param {Ends} ends
 * @param {number} free
 */
export function blocked({ x, y }, places, { from, to }, free) {
  for (let box = 0; box < places.length; box++) {
    if (box === from || box === to) continue;
    const { x: bx, y: by, w, h } = places[box];
    for (let i = 0; i < x.length; i++)
      if (Math.abs(x[i] - bx) < w / 2 + free && Math.abs(y[i] - by) < h / 2 + free) return true;
  }
  return false;
}

/** Points along a chain at even lengths, for comparing it with others. @param {Chain} chain @returns {Walked} */
function paced(chain) {
  const walked = walk(chain), count = Math.max(4, Math.ceil(walked.length / STEP)) + 1;
  const x = new Float64Array(count), y = new Float64Array(count);
  for (let i = 0; i < count; i++) [x[i], y[i]] = along(walked, (walked.length * i) / (count - 1));
  return { x, y };
}

/**
 * The lines as they are now, to be asked how often another would cross them or run over them.
 * @param {Chain[]} chains
 */
function crowd(chains) {
  /** @type {ReturnType<typeof nearby<{ line: number, walked: Walked, i: number }>>} */
  const field = nearby();
  /** @type {Walked[]} */
  const walks = [];
  /** @param {number} line @param {Walked} walked */
  function put(line, walked) {
    const { x, y } = walks[line] = walked;
    for (let i = 1; i < x.length; i++) field.add((x[i - 1] + x[i]) / 2, (y[i - 1] + y[i]) / 2, { line, walked, i });
  }
  chains.forEach((chain, line) => chain.length >= 4 && put(line, paced(chain)));
  return {
    put,
    of: (/** @type {number} */ line) => walks[line],
    /**
     * Crossings, and a part of one for each point that lies on another line.
     * @param {number} line
     * @param {Walked} walked
     */
    conflicts(line, { x, y }) {
      let crossings = 0;
      for (let i = 1; i < x.length; i++) {
        const ax = x[i - 1], ay = y[i - 1], bx = x[i], by = y[i];
        const [left, right] = [Math.min(ax, bx) - STEP, Math.max(ax, bx) + STEP];
        const [top, bottom] = [Math.min(ay, by) - STEP, Math.max(ay, by) + STEP];
        field.each(left, top, right, bottom, (other) => {
          // What a line was before it was changed is still there, and does not count.
          if (other.line === line || walks[other.line] !== other.walked) return;
          const { walked: { x: ox, y: oy }, i: at } = other;
          const cx = ox[at - 1], cy = oy[at - 1], dx = ox[at], dy = oy[at];
          const cross = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx);
          if (Math.abs(cross) > 1e-9) {
            const t = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / cross;
            const s = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / cross;
            if (t >= 0 && t < 1 && s >= 0 && s < 1) crossings += 1;
          }
          if (i > 3 && i < x.length - 3 && Math.hypot(dx - bx, dy - by) < SIDE) crossings += 0.4;
        });
      }
      return crossings;
    },
  };
}

/**
 * A chain of one curve between the same ends, which leave their boxes nearly as they did.
 * @param {Chain} chain
 * @param {boolean} down
 * @returns {Chain}
 */
function simple(chain, down) {
  const a = chain[0], d = chain[chain.length - 1], length = Math.hypot(d[0] - a[0], d[1] - a[1]);
  /** @param {Point} at @param {Point} near @param {Point} other */
  const toward = (at, near, other) => {
    const own = unit(near[0] - at[0], near[1] - at[1]), straight = unit(other[0] - at[0], other[1] - at[1]);
    const flow = down ? [0, Math.sign(other[1] - at[1])] : [Math.sign(other[0] - at[0]), 0];
    return unit(own[0] * 0.4 + straight[0] * 0.5 + flow[0] * 0.5, own[1] * 0.4 + straight[1] * 0.5 + flow[1] * 0.5);
  };
  const [sx, sy] = toward(a, chain[1], d), [ex, ey] = toward(d, chain[chain.length - 2], a), pull = length * 0.36;
  return [a, [a[0] + sx * pull, a[1] + sy * pull], [d[0] + ex * pull, d[1] + ey * pull], d];
}

/** How much a walk turns, in whole turns. @param {Walked} walked */
function turning({ x, y }) {
  let turned = 0, before = NaN;
  for (let i = 1; i < x.length; i++) {
    const angle = Math.atan2(y[i] - y[i - 1], x[i] - x[i - 1]);
    if (!Number.isNaN(before)) {
      const by = Math.abs(angle - before);
      turned += Math.min(by, 2 * Math.PI - by);
    }
    before = angle;
  }
  return turned / (2 * Math.PI);
}

// --- Smoothing -----------------------------------------------------------------------------------

/**
 * The chains, made smoother; those given are changed.
 * @param {Box[]} places
 * @param {Ends[]} lines
 * @param {Chain[]} chains
 * @param {boolean} down
 */
export function smoothed(places, lines, chains, down) {
  straighten(places, lines, chains, down);
  chains.forEach((chain, line) => (chains[line] = rounded(chain, places, lines[line])));
  separate(places, lines, chains, down);
}

/**
 * The chain with rounded joints, where a curve does not go on in the direction of the one before.
 * @param {Chain} chain
 * @returns {Chain}
 */
export function softened(chain) {
  if (chain.length <= 4) return chain;
  const soft = chain.map(([x, y]) => /** @type {Point} */ ([x, y]));
  for (let joint = 3; joint < chain.length - 1; joint += 3) {
    const [p, before, after] = [chain[joint], chain[joint - 3], chain[joint + 3]];
    const come = unit(p[0] - chain[joint - 1][0], p[1] - chain[joint - 1][1]);
    const go = unit(chain[joint + 1][0] - p[0], chain[joint + 1][1] - p[1]);
    const [wx, wy] = unit(come[0] + go[0], come[1] + go[1]);
    /** @param {Point} point */
    const away = ([x, y]) => Math.hypot(x - p[0], y - p[1]);
    /** @param {Point} other @param {Point} control */
    const long = (other, control) => Math.max(away(control), 0.3 * away(other));
    const back = long(before, chain[joint - 1]), on = long(after, chain[joint + 1]);
    soft[joint - 1] = [p[0] - wx * back, p[1] - wy * back];
    soft[joint + 1] = [p[0] + wx * on, p[1] + wy * on];
  }
  return soft;
}

/**
 * Take out wiggles: one curve instead of many where it passes no box and crosses no more lines.
 * @param {Box[]} places
 * @param {Ends[]} lines
 * @param {Chain[]} chains
 * @param {boolean} down
 */
function straighten(places, lines, chains, down) {
  const others = crowd(chains);
  chains.forEach((chain, line) => {
    if (chain.length < 4 || lines[line].from === lines[line].to) return;
    const fresh = simple(chain, down), walked = paced(fresh);
    if (turning(walked) > turning(others.of(line)) + 0.02 || blocked(walked, places, lines[line], FREE)) return;
    if (others.conflicts(line, walked) > others.conflicts(line, others.of(line)) + 0.01) return;
    chains[line] = fresh;
    others.put(line, walked);
  });
}

const SHARP = Math.PI / 5; // turn within `WITHIN` pixels that is rounded
const WITHIN = 22;
const RADII = [90, 60, 40, 26];

/**
 * The chain with its sharp turns rounded as widely as boxes allow.
 * @param {Chain} chain
 * @param {Box[]} places
 * @param {Ends} ends
 */
function rounded(chain, places, ends) {
  for (let turn = 0; turn < 4 && chain.length >= 4; turn++) {
    const walked = walk(chain), way = (/** @type {number} */ far) => {
      const a = along(walked, Math.max(far - 3, 0)), b = along(walked, Math.min(far + 3, walked.length));
      return Math.atan2(b[1] - a[1], b[0] - a[0]);
    };
    let most = SHARP, at = -1;
    for (let far = WITHIN; far < walked.length - WITHIN; far += 5) {
      const by = Math.abs(way(far + WITHIN / 2) - way(far - WITHIN / 2)), turned = Math.min(by, 2 * Math.PI - by);
      if (turned > most) [most, at] = [turned, far];
    }
    if (at < 0) break;
    const fresh = RADII.map((radius) => bridged(chain, walked, at, radius))
      .find((curve) => curve && !blocked(walk(curve, 10), places, ends, FREE));
    if (!fresh || turning(walk(fresh, 8)) > turning(walk(chain, 8)) + 0.01) break;
    chain = fresh;
  }
  return chain;
}

/**
 * The chain with one curve for what lies around a length along it.
 * @param {Chain} chain
 * @param {import("./chain.js").Walk} walked
 * @param {number} at
 * @param {number} radius
 * @returns {Chain | null}
 */
function bridged(chain, walked, at, radius) {
  const before = Math.min(radius, at - 8), after = Math.min(radius, walked.length - at - 8);
  if (before < 10 || after < 10) return null;
  const head = trimmed(chain, 0, walked.length - at + before, walked), tail = trimmed(chain, at + after, 0, walked);
  if (head.length < 4 || tail.length < 4) return null;
  const a = head[head.length - 1], d = tail[0], pull = 0.42 * Math.hypot(d[0] - a[0], d[1] - a[1]);
  const out = unit(a[0] - head[head.length - 2][0], a[1] - head[head.length - 2][1]), back = unit(d[0] - tail[1][0], d[1] - tail[1][1]);
  /** @returns {Point} */
  const pulled = (/** @type {Point} */ [x, y], /** @type {Point} */ way) => [x + way[0] * pull, y + way[1] * pull];
  return [...head, pulled(a, out), pulled(d, back), ...tail];
}

/**
 * Move lines that run over each other a little apart.
 * @param {Box[]} places
 * @param {Ends[]} lines
 * @param {Chain[]} chains
 * @param {boolean} down
 */
function separate(places, lines, chains, down) {
  const others = crowd(chains), axis = down ? 0 : 1;
  chains.forEach((chain, line) => {
    if (chain.length < 4 || lines[line].from === lines[line].to) return;
    let least = others.conflicts(line, others.of(line)) - 0.7;
    /** @type {{ fresh: Chain, walked: Walked } | undefined} */
    let best;
    if (least < 0) return;
    for (const by of [7, -7, 12, -12]) {
      const fresh = chain.map((point, number) => {
        const share = Math.min(number, chain.length - 1 - number, 2) / 2; // the ends stay where they are
        return /** @type {Point} */ (axis ? [point[0], point[1] + by * share] : [point[0] + by * share, point[1]]);
      });
      const walked = paced(fresh);
      if (blocked(walked, places, lines[line], 4)) continue;
      const crossings = others.conflicts(line, walked);
      if (crossings < least) [least, best] = [crossings, { fresh, walked }];
    }
    if (!best) return;
    chains[line] = best.fresh;
    others.put(line, best.walked);
  });
}
