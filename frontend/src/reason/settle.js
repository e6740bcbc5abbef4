// Which way each quantity goes for good when some are pushed, where the signs alone decide it: qualitative
// comparative statics. The method and the papers stand in src/trabecula/reason/settle.py and determinants.py; the
// functions here have the names that they have there.

/** The most quantities of a feedback component whose determinants are worked out, and the most products for all. */
export const LARGEST = 32;
export const EFFORT = 500_000;

// The signs that the terms of a sum have, as a set in the bits of a number: none means nothing. A term with an arc
// of unknown sign is DARK, one behind something unsettled is OPEN.
const PLUS = 1, MINUS = 2, DARK = 4, OPEN = 8;
const BITS = [PLUS, MINUS, DARK, OPEN];
const BIT = new Map([[1, PLUS], [-1, MINUS], [0, DARK]]);
const SIGN = new Map([[0, 0], [PLUS, 1], [MINUS, -1]]);
/**
 * Sets of signs by the number of a quantity.
 * @typedef {Sure<number, number>} Line
 * @typedef {Map<number, Line>} Onward what each quantity acts on, and with which signs
 * @typedef {{ largest: number, effort: number }} Budget how large a component may be, how many products are left
 */

/** What is not settled. */
const UNSETTLED = null;

/** The signs of the products of two sums. @param {number} first @param {number} second */
function times(first, second) {
  let both = 0;
  for (const a of BITS)
    for (const b of BITS)
      if (first & a && second & b) {
        const doubt = Math.max(a, b);
        both |= doubt > MINUS ? doubt : a === b ? PLUS : MINUS;
      }
  return both;
}

const ALL = Array.from({ length: 16 }, (_, place) => place);
const PRODUCT = ALL.map((first) => ALL.map((second) => times(first, second)));
const NEGATIVE = PRODUCT[MINUS];

/**
 * The settled responses if quantities are set to new values and stay there, others held fixed.
 * @param {number} count quantities are the numbers below it
 * @param {[number, number, number][]} arcs start, end, and the sign: 0 where it is not known
 * @param {Map<number, number>} changed up (+1) or down (-1)
 * @param {Iterable<number>} held
 * @param {{ largest?: number, effort?: number }} [bounds]
 * @returns {Map<number, number>} +1, -1, or 0 for what nothing moves; what is not settled is not in it
 */
export function settle(count, arcs, changed, held = [], { largest = LARGEST, effort = EFFORT } = {}) {
  /** @type {Onward} */
  const onward = new Map();
  const fixed = new Set(held);
  for (const [start, end, sign] of arcs) {
    if (fixed.has(start) || fixed.has(end) || changed.has(end)) continue;
    if (!onward.has(start)) onward.set(start, new Map());
    const ends = /** @type {Line} */ (onward.get(start));
    ends.set(end, (ends.get(end) ?? 0) | /** @type {number} */ (BIT.get(sign)));
  }
  const starts = [...changed.keys()].sort((a, b) => a - b);
  const pushed = new Map(starts.map((start) => [start, /** @type {number} */ (BIT.get(/** @type {number} */ (changed.get(start))))]));
  const budget = { largest, effort }, signs = new Map();
  for (const members of components(count, starts, onward)) {
    const pushes = members.map((member) => pushed.get(member) ?? 0);
    const byPlace = pushes.some(Boolean) ? responses(members, onward, pushes, budget) : members.map(() => 0);
    members.forEach((member, place) => {
      const response = byPlace[place];
      if (response !== UNSETTLED) signs.set(member, SIGN.get(response));
      const passed = PRODUCT[response === UNSETTLED ? OPEN : response];
      for (const [end, bits] of onward.get(member) ?? []) pushed.set(end, (pushed.get(end) ?? 0) | passed[bits]);
    });
  }
  return signs;
}

/**
 * What the starts reach, in its feedback components, each before those that it acts on (Tarjan).
 * @param {number} count
 * @param {number[]} starts
 * @param {Onward} onward
 */
function components(count, starts, onward) {
  /** @type {number[][]} */
  const parts = [];
  /** @type {Line} */
  const low = new Map();
  /** @type {number[]} */
  const stack = [];
  for (const start of starts) {
    if (low.has(start)) continue;
    /** @type {{ here: number, number: number, ends: Iterator<number> }[]} */
    const trail = [];
    const enter = (/** @type {number} */ here) => {
      trail.push({ here, number: low.size, ends: [...(onward.get(here)?.keys() ?? [])].values() });
      low.set(here, low.size);
      stack.push(here);
    };
    enter(start);
    while (trail.length) {
      const { here, number, ends } = /** @type {typeof trail[0]} */ (trail.at(-1));
      const { value: end, done } = ends.next();
      if (!done) {
        if (low.has(end)) low.set(here, Math.min(low.get(here), low.get(end)));
        else enter(end);
        continue;
      }
      trail.pop();
      if (low.get(here) === number) {
        const members = stack.splice(stack.indexOf(here));
        for (const member of members) low.set(member, count); // later than all others
        parts.push(members.sort((a, b) => a - b));
      } else if (trail.length) {
        const before = /** @type {typeof trail[0]} */ (trail.at(-1)).here;
        low.set(before, Math.min(low.get(before), low.get(here)));
      }
    }
  }
  return parts.reverse();
}

/** What returns a quantity to where it was, by itself: each damps itself. @param {number} member @param {Onward} onward */
const diagonal = (member, onward) => NEGATIVE[onward.get(member)?.get(member) ?? 0] | PLUS;

/**
 * The signs of the equations of a component; members have numbers by their place in it.
 * @param {number[]} members
 * @param {Onward} onward
 */
function equations(members, onward) {
  const place = /** @type {Line} */ (new Map(members.map((member, number) => [member, number])));
  const rows = members.map((member, number) => /** @type {Line} */ (new Map([[number, diagonal(member, onward)]])));
  for (const [member, number] of place)
    for (const [end, bits] of onward.get(member) ?? [])
      if (place.has(end) && end !== member) rows[place.get(end)].set(number, NEGATIVE[bits]);
  return rows;
}

/**
 * The sign of each response of a component to pushes on its members.
 * @param {number[]} members
 * @param {Onward} onward
 * @param {number[]} pushes
 * @param {Budget} budget
 * @returns {(number | null)[]}
 */
function responses(members, onward, pushes, budget) {
  const unsettled = members.map(() => UNSETTLED);
  // Each member answers to each push on another, for all damp themselves.
  if (pushes.some((bits) => !SIGN.has(bits))) return unsettled;
  const sides = sidesOf(members, onward);
  if (sides) {
    const push = sides.reduce((all, side, place) => all | PRODUCT[side][pushes[place]], 0);
    return sides.map((side) => told(PRODUCT[side][push]));
  }
  if (members.length > budget.largest) return unsettled;
  const rows = equations(members, onward), sums = determinants(rows, pushes, budget);
  if (!sums || !(sums.whole & ~MINUS)) return unsettled;
  return deduced(rows, pushes, sums.replaced.map(told));
}

/** The one sign of a sum, if it has one. @param {number} bits */
const told = (bits) => (SIGN.has(bits) ? bits : UNSETTLED);

/**
 * On which side each member stands if all loops of more than one member reinforce; null if there are no sides.
 * @param {number[]} members
 * @param {Onward} onward
 */
function sidesOf(members, onward) {
  const inside = new Set(members), side = /** @type {Line} */ (new Map([[members[0], PLUS]])), pending = [members[0]];
  while (pending.length) {
    const here = /** @type {number} */ (pending.pop()), passed = PRODUCT[side.get(here)];
    for (const [end, bits] of onward.get(here) ?? []) {
      if (end === here || !inside.has(end)) continue;
      if (!SIGN.has(passed[bits])) return null;
      if (!side.has(end)) {
        side.set(end, passed[bits]);
        pending.push(end);
      } else if (side.get(end) !== passed[bits]) return null;
    }
  }
  return members.map((member) => side.get(member));
}

/**
 * The signs of the terms of the determinant, and of those with each column replaced by the pushes, which stand
 * beside it as one more column; null where that takes more products than may be taken.
 * @param {Line[]} rows
 * @param {number[]} pushes
 * @param {Budget} budget
 */
function determinants(rows, pushes, budget) {
  const size = rows.length, order = narrow(rows), place = /** @type {Line} */ (new Map(order.map((number, at) => [number, at])));
  const lines = order.map((number) => {
    const line = /** @type {Line} */ (new Map([...rows[number]].map(([column, bits]) => [place.get(column), bits])));
    return pushes[number] ? line.set(size, pushes[number]) : line;
  });
  const sums = minors(lines, budget);
  if (!sums) return null;
  const every = 2 ** (size + 1) - 1, replaced = rows.map(() => 0);
  order.forEach((number, at) => {
    const bits = sums.get(every - 2 ** at) ?? 0;
    // The pushes stand behind all others here, and in the place of this column by Cramer's rule.
    replaced[number] = (size - 1 - at) & 1 ? NEGATIVE[bits] : bits;
  });
  return { whole: sums.get(every - 2 ** size) ?? 0, replaced };
}

// Sets of up to 33 columns as whole numbers: the lower half of the bits and the upper.
const HALF = 17, LOW = 2 ** HALF - 1;
const halves = (/** @type {number} */ set) => [set & LOW, Math.floor(set / 2 ** HALF)];
const bit = (/** @type {number} */ column) => (column < HALF ? [1 << column, 0] : [0, 1 << (column - HALF)]);
const several = (/** @type {number} */ low, /** @type {number} */ high) =>
  Boolean((low & (low - 1)) | (high & (high - 1)) || (low && high));

/** Whether an odd number of bits is set. @param {number} bits */
function isOdd(bits) {
  let left = bits, odd = false;
  for (; left; left &= left - 1) odd = !odd;
  return odd;
}

/**
 * The signs of the terms of the determinants that leave out one column, by the columns that are used.
 * @param {Line[]} lines
 * @param {Budget} budget
 */
function minors(lines, budget) {
  const last = new Map(lines.flatMap((line, at) => [...line.keys()].map((column) => /** @type {const} */ ([column, at]))));
  let sums = new Map([[0, PLUS]]), doneLow = 0, doneHigh = 0;
  for (const [at, line] of lines.entries()) {
    const entries = [...line].map(([column, bits]) => {
      const [low, high] = bit(column);
      if (last.get(column) === at) {
        doneLow |= low;
        doneHigh |= high;
      }
      // The columns after this one.
      return { low, high, set: 2 ** column, afterLow: low ? LOW & -(low << 1) : 0, afterHigh: high ? -(high << 1) : -1, bits };
    });
    budget.effort -= sums.size * entries.length;
    if (budget.effort < 0) return null;
    const following = new Map();
    for (const [used, soFar] of sums) {
      const [usedLow, usedHigh] = halves(used);
      for (const { low, high, set, afterLow, afterHigh, bits } of entries) {
        if (usedLow & low || usedHigh & high || several(doneLow & ~(usedLow | low), doneHigh & ~(usedHigh | high))) continue;
        const term = PRODUCT[soFar][bits];
        const odd = isOdd((usedLow & afterLow) ^ (usedHigh & afterHigh)); // the sign of the permutation
        following.set(used + set, (following.get(used + set) ?? 0) | (odd ? NEGATIVE[term] : term));
      }
    }
    sums = following;
  }
  return sums;
}

/** The rows in an order in which each brings few new columns. @param {Line[]} rows */
function narrow(rows) {
  const order = [], seen = new Set(), left = new Set(rows.keys());
  while (left.size) {
    let best = -1, fewest = Infinity;
    for (const number of left) {
      const fresh = [...rows[number].keys()].filter((column) => !seen.has(column)).length;
      if (fresh < fewest) [best, fewest] = [number, fresh];
    }
    order.push(best);
    left.delete(best);
    for (const column of rows[best].keys()) seen.add(column);
  }
  return order;
}

/**
 * What follows further from one equation at a time, each of which adds up to nothing.
 * @param {Line[]} rows
 * @param {number[]} pushes
 * @param {(number | null)[]} signs
 */
function deduced(rows, pushes, signs) {
  const within = rows.map(() => /** @type {number[]} */ ([]));
  rows.forEach((row, number) => {
    for (const column of row.keys()) within[column].push(number);
  });
  const pending = [...rows.keys()];
  for (const number of pending) { // grows while it is gone through
    const row = rows[number], missing = [...row.keys()].filter((column) => signs[column] === UNSETTLED);
    if (missing.length !== 1 || row.get(missing[0]) > MINUS || !SIGN.has(row.get(missing[0]))) continue;
    let total = NEGATIVE[pushes[number]];
    for (const [column, bits] of row) if (signs[column] !== UNSETTLED) total |= PRODUCT[bits][signs[column]];
    if (!SIGN.has(total)) continue;
    signs[missing[0]] = PRODUCT[row.get(missing[0])][NEGATIVE[total]];
    pending.push(...within[missing[0]]);
  }
  return signs;
}
