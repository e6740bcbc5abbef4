// What part of a drawing is seen, as numbers: fitting a frame into a stage, zooming, moving as little as shows a box.
// Pure.

/** Pixels of a stage below which it is narrow, as on a telephone. */
export const NARROW = 600;

/**
 * The sight in which a frame fills a stage, but for so many pixels around it.
 * @param {Frame} frame
 * @param {Point} stage its width and height
 * @param {{ least?: number, most?: number, room?: number[] }} [how] the scales between which it stays; pixels above, at
 *   the right, below and at the left
 * @returns {Sight}
 */
export function fitting([left, top, right, bottom], [wide, high], { least = 0, most = 1.15, room = [22, 22, 22, 22] } = {}) {
  const [above, after, below, before] = room;
  const inner = [Math.max(wide - before - after, 40), Math.max(high - above - below, 40)];
  const full = Math.min(inner[0] / Math.max(right - left, 1), inner[1] / Math.max(bottom - top, 1), most);
  const scale = Math.max(full, least), [x, y] = [before + inner[0] / 2, above + inner[1] / 2];
  return { scale, x: x - (scale * (left + right)) / 2, y: y - (scale * (top + bottom)) / 2 };
}

/**
 * The sight of a scale that has a point of the drawing in its middle.
 * @param {number} scale
 * @param {Point} point
 * @param {Point} stage
 * @returns {Sight}
 */
export const centred = (scale, [x, y], [wide, high]) => ({ scale, x: wide / 2 - scale * x, y: high / 2 - scale * y });

/**
 * The sight of another scale that has the point of the drawing under (x, y) where it was.
 * @param {Sight} sight
 * @param {number} scale
 * @param {Point} at
 * @returns {Sight}
 */
export function zoomed(sight, scale, [x, y]) {
  const by = scale / sight.scale;
  return { scale, x: x - (x - sight.x) * by, y: y - (y - sight.y) * by };
}

/**
 * Where a point of the drawing is seen.
 * @param {Sight} sight
 * @param {number} x
 * @param {number} y
 * @returns {Point}
 */
export const seenAt = ({ scale, x: left, y: top }, x, y) => [x * scale + left, y * scale + top];

/** The middle of a frame. @param {Frame} frame @returns {Point} */
export const middle = ([left, top, right, bottom]) => [(left + right) / 2, (top + bottom) / 2];

/**
 * Whether that point is on the stage.
 * @param {Point} point
 * @param {Point} stage
 */
export const onStage = ([x, y], [wide, high]) => x > 0 && y > 0 && x < wide && y < high;

/**
 * By how much something moves to be seen whole with some room at both ends; to the middle where it is too large for that.
 * @param {number} low
 * @param {number} high
 * @param {number} length
 * @param {number} before
 * @param {number} after
 */
function shift(low, high, length, before, after) {
  if (high - low > length - before - after) return (before + length - after - low - high) / 2;
  return low < before ? before - low : high > length - after ? length - after - high : 0;
}

/**
 * The sight moved as little as shows a frame whole.
 * @param {Sight} sight
 * @param {Frame} frame
 * @param {Point} stage
 * @param {number[]} room pixels above, at the right, below and at the left
 * @returns {Sight | null} nothing where it is seen as it is
 */
export function revealing(sight, [left, top, right, bottom], [wide, high], [over, after, under, before]) {
  const [from, above] = seenAt(sight, left, top), [to, below] = seenAt(sight, right, bottom);
  const dx = shift(from, to, wide, before, after), dy = shift(above, below, high, over, under);
  return dx || dy ? { ...sight, x: sight.x + dx, y: sight.y + dy } : null;
}

/**
 * The sight moved so that no more of the stage is empty than has to be.
 * @param {Sight} sight
 * @param {Frame} frame of the drawing
 * @param {Point} stage
 * @param {number} [edge] pixels that may be
 * @returns {Sight}
 */
export function confined({ scale, x, y }, [left, top, right, bottom], [wide, high], edge = 26) {
  const held = (/** @type {number} */ at, /** @type {number} */ low, /** @type {number} */ far, /** @type {number} */ length) => {
    if ((far - low) * scale <= length - 2 * edge) return (length - (low + far) * scale) / 2;
    return Math.min(edge - low * scale, Math.max(length - edge - far * scale, at));
  };
  return { scale, x: held(x, left, right, wide), y: held(y, top, bottom, high) };
}

/** Slow at first and at last. @param {number} share of the way */
export const eased = (share) => share * share * (3 - 2 * share);

/**
 * A sight on the way from one to another.
 * @param {Sight} from
 * @param {Sight} to
 * @param {number} share
 * @returns {Sight}
 */
export function between(from, to, share) {
  // Scales are apart by their ratio, so that one seems to move evenly.
  const scale = from.scale * (to.scale / from.scale) ** share;
  const mix = to.scale === from.scale ? share : (scale - from.scale) / (to.scale - from.scale);
  return { scale, x: from.x + (to.x - from.x) * mix, y: from.y + (to.y - from.y) * mix };
}

/**
 * Call with the share of a time that has passed, eased, a frame after the other until it is over.
 * @param {number} time milliseconds
 * @param {(share: number) => boolean | void} step false where it is to end at once
 * @param {() => number} [clock]
 */
export function glide(time, step, clock = () => performance.now()) {
  const began = clock();
  const next = () => {
    const share = Math.min(1, (clock() - began) / time);
    if (step(eased(share)) !== false && share < 1) requestAnimationFrame(next);
  };
  next();
}
