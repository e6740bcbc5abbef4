// The order of Python, which the graph is sorted by and in which ties of the reasoning are broken.

const isHigh = (/** @type {number} */ unit) => unit >= 0xd800 && unit <= 0xdbff;

/**
 * The order of two texts by code point; `<` compares UTF-16 units, which puts what lies beyond the
 * first plane before the last of it.
 * @param {string} first
 * @param {string} second
 * @returns {number} negative, 0 or positive
 */
export function byCodePoint(first, second) {
  const shared = Math.min(first.length, second.length);
  let place = 0;
  while (place < shared && first.charCodeAt(place) === second.charCodeAt(place)) place++;
  if (place === shared) return first.length - second.length;
  // In the middle of a pair it is the whole pairs that differ.
  const apart = (/** @type {number} */ from) => Number(first.codePointAt(from)) - Number(second.codePointAt(from));
  return (place > 0 && isHigh(first.charCodeAt(place - 1)) && apart(place - 1)) || apart(place);
}

/**
 * The order of two lists by the first place in which they differ, the shorter first.
 * @template T
 * @param {T[]} first
 * @param {T[]} second
 * @param {(a: T, b: T) => number} compare
 */
export function byPlaces(first, second, compare) {
  const shared = Math.min(first.length, second.length);
  for (let place = 0; place < shared; place++) {
    const order = compare(first[place], second[place]);
    if (order) return order;
  }
  return first.length - second.length;
}

/** The order of entities by their ids. @param {{ id: string }} first @param {{ id: string }} second */
export const byId = (first, second) => byCodePoint(first.id, second.id);
