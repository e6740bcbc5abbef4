// Ways through a drawing: to the next place in a direction, and around a box. Pure.

/**
 * The nearest of some places in a direction: near rather than straight ahead, but not behind.
 * @param {ArrayLike<number>} x
 * @param {ArrayLike<number>} y
 * @param {number} from one of them
 * @param {Point} way across and down
 * @param {number} least pixels that it is ahead
 * @returns {number} -1 where there is none
 */
export function ahead(x, y, from, [dx, dy], least) {
  let best = -1, nearest = Infinity;
  for (let box = 0; box < x.length; box++) {
    const right = x[box] - x[from], down = y[box] - y[from];
    const far = right * dx + down * dy, aside = Math.abs(right * dy) + Math.abs(down * dx);
    if (box === from || far < least || aside > 2.4 * far + 20) continue;
    if (far + 2 * aside < nearest) [best, nearest] = [box, far + 2 * aside];
  }
  return best;
}

/** How far a direction is turned, clockwise from the top. @param {number} dx @param {number} dy */
export const clockwise = (dx, dy) => (Math.atan2(dy, dx) + 2.5 * Math.PI) % (2 * Math.PI);

/**
 * The next of a round, or the first or last of it where one is at none of them.
 * @template T
 * @param {T[]} round
 * @param {T | null} current
 * @param {number} by 1 or -1
 * @returns {T}
 */
export function next(round, current, by) {
  const at = current === null ? -1 : round.indexOf(current);
  return round[at < 0 ? (by > 0 ? 0 : round.length - 1) : (at + by + round.length) % round.length];
}
