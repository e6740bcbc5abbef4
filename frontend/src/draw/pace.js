// How much is drawn at once where there is too much for one frame: as many lines as a frame has time for, and all of
// them a slice a frame. Pure.

// Milliseconds between frames: below the one there is time for more lines, above the other for fewer.
const SMOOTH = 20, ROUGH = 34;
const RESTED = 400; // between those of two movements
const FIRST = 3000; // lines a frame
/** Lines that a frame draws at least. */
export const FEWEST = 800;

/**
 * How many lines a frame has time for. A browser draws after it was told to: how long that took is seen from when the
 * next frame comes.
 * @param {number} limit lines that are drawn at most
 */
export function pace(limit) {
  let most = FIRST, before = 0;
  return {
    /** The lines that the frame of this time may draw. @param {number} now milliseconds */
    at(now) {
      const gap = now - before;
      before = now;
      if (gap > RESTED) return most;
      if (gap > ROUGH) most = Math.max(FEWEST, Math.round(most * 0.7));
      else if (gap < SMOOTH) most = Math.min(limit, Math.round(most * 1.15));
      return most;
    },
  };
}

/**
 * What draws batches from the first to the last, so many lines each time it is called; true while there are more.
 * @template {{ lines: number[] }} B
 * @param {B[]} batches
 * @param {(batch: B, from: number, count: number) => [number, number]} stroke the line to go on with, and how many
 *   were drawn
 * @returns {(most: number) => boolean}
 */
export function slices(batches, stroke) {
  let batch = 0, from = 0;
  return (most) => {
    for (let left = most; batch < batches.length && left > 0;) {
      const [next, drawn] = stroke(batches[batch], from, left);
      left -= drawn;
      [batch, from] = next >= batches[batch].lines.length ? [batch + 1, 0] : [batch, next];
    }
    return batch < batches.length;
  };
}
