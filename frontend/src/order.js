// The order of Python, which the graph is sorted by and in which ties of the reasoning are broken.

const isHigh = (/** @type {number} */ unit) => unit >= 0xd800 && unit <= 0xdbff;

/**
 * The order of two texts by code point; `<` compares UTF-16 units, which puts what lies beyond the
 * first plane before the last of it.
 * @param {string} one
 * @param {string} other
 * @returns {number} negative, 0 or positive
 */
export function byCodePoint(one, other) {
  const shared = Math.min(one.length, other.length);
  let place = 0;
  while (place < shared && one.charCodeAt(place) === other.charCodeAt(place)) place++;
  if (place === shared) return one.length - other.length;
  // In the middle of a pair it is the whole pairs that differ.
  const apart = (/** @type {number} */ from) => Number(one.codePointAt(from)) - Number(other.codePointAt(from));
  return (place > 0 && isHigh(one.charCodeAt(place - 1)) && apart(place - 1)) || apart(place);
}

/**
 * The order of two lists by the first place in which they differ, the shorter first.
 * @template T
 * @param {T[]} one
 * @param {T[]} other
 * @param {(a: T, b: T) => number} compare
 */
export function byPlaces(one, other, compare) {
  const shared = Math.min(one.length, other.length);
  for (let place = 0; place < shared; place++) {
    const order = compare(one[place], other[place]);
    if (order) return order;
  }
  return one.length - other.length;
}

/** The order of entities by their ids. @param {{ id: string }} one @param {{ id: string }} other */
export const byId = (one, other) => byCodePoint(one.id, other.id);
