// Chains of Bézier curves, as lines are made of them: walking along them, cutting pieces out. Pure.

/**
 * @typedef {[number, number]} Point
 * @typedef {Point[]} Chain  the first point, then three for each curve
 * @typedef {{ x: Float64Array, y: Float64Array, far: Float64Array, length: number, steps: number }} Walk
 */

/**
 * The point that lies so far on the way from one to another.
 * @param {Point} a
 * @param {Point} b
 * @param {number} share
 * @returns {Point}
 */
export const between = (a, b, share) => [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];

/** The points of a chain. @param {number[]} flat @returns {Chain} */
export const pointsOf = (flat) =>
  Array.from({ length: flat.length / 2 }, (_, number) => [flat[2 * number], flat[2 * number + 1]]);

/** @param {Point[]} curve @param {number} share @returns {Chain[]} */
function split([a, b, c, d], share) {
  const ab = between(a, b, share), bc = between(b, c, share), cd = between(c, d, share);
  const abc = between(ab, bc, share), bcd = between(bc, cd, share), middle = between(abc, bcd, share);
  return [[a, ab, abc, middle], [middle, bcd, cd, d]];
}

/**
 * Points along a chain, so many a curve, with the length of the way to each.
 * @param {Chain} chain
 * @param {number} [steps]
 * @returns {Walk}
 */
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

/**
 * The number of the piece of a walk in which a length lies, and the share of it.
 * @param {Walk} walked
 * @param {number} length
 */
function piece({ far }, length) {
  let low = 0, high = far.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (far[middle] <= length) low = middle;
    else high = middle;
  }
  return [low, far[high] > far[low] ? Math.max(0, Math.min(1, (length - far[low]) / (far[high] - far[low]))) : 0];
}

/** The point at a length along a walk. @param {Walk} walked @param {number} length @returns {Point} */
export function along(walked, length) {
  const [at, share] = piece(walked, length), { x, y } = walked;
  return [x[at] + (x[at + 1] - x[at]) * share, y[at] + (y[at + 1] - y[at]) * share];
}

/**
 * The chain without so much of its start and of its end; empty where nothing is left.
 * @param {Chain} chain
 * @param {number} start
 * @param {number} end
 * @param {Walk} [walked]
 * @returns {Chain}
 */
export function trimmed(chain, start, end, walked = walk(chain)) {
  if (start + end >= walked.length - 1) return [];
  /** @param {number} length */
  const place = (length) => {
    const [at, share] = piece(walked, length);
    const curve = Math.min(Math.floor(at / walked.steps), (chain.length - 1) / 3 - 1);
    return [curve, (at + share) / walked.steps - curve];
  };
  const [first, low] = place(start), [last, high] = place(walked.length - end);
  /** @type {Chain} */
  const kept = [];
  for (let curve = first; curve <= last; curve++) {
    let part = chain.slice(3 * curve, 3 * curve + 4);
    if (curve === last) part = split(part, high)[0];
    if (curve === first) part = split(part, curve === last ? low / Math.max(high, 1e-9) : low)[1];
    kept.push(...(kept.length ? part.slice(1) : part));
  }
  return kept;
}

/** @param {number} number */
const short = (number) => String(Math.round(number * 10) / 10);

/** Path data of a chain. @param {Chain} chain */
export function pathOf(chain) {
  const [first, ...others] = chain.map((point) => point.map(short).join(" "));
  return others.length < 3 ? "" : `M${first}C${others.join(" ")}`;
}

/** The direction of a vector. @param {number} x @param {number} y @returns {Point} */
export const unit = (x, y) => {
  const length = Math.hypot(x, y) || 1;
  return [x / length, y / length];
};
