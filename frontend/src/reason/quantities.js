// Quantities: which entities are names of one thing that goes up and down, and in which interval. The rules of
// src/trabecula/quantities.py, where the reasons stand. They are worked out here, and not in Python, because a
// name goes where the one source that gives it is left out.

import { following } from "./influence.js";
import { isUnspoken } from "./standing.js";

/** The intervals by code: below the normal range, not said, above it; `NORMAL` only contexts say. */
export const LACK = -1, UNSAID = 0, EXCESS = 1, NORMAL = 2;
export const INTERVALS = /** @type {Sure<number, string>} */ (new Map([[LACK, "lack"], [UNSAID, ""], [EXCESS, "excess"],
  [NORMAL, "normal"]]));

/** The states that name one quantity: the way of the name, its interval. */
const STATES = new Map([["level", [1, UNSAID]], ["lack", [-1, LACK]], ["excess", [1, EXCESS]]]);
const joins = following(["supported", "title-only", "no-evidence"]);

/**
 * By entity the number of the one that stands for its quantity, +1 or, for names of a lack, -1, and the
 * interval; and by quantity its names, in their order. `naming` gives the fewest statements, by number, that say
 * two entities to be names of one quantity.
 * @param {Columns} columns
 * @returns {Quantities}
 */
export function quantitiesOf({ entities, statements, subjects, objects }) {
  /** @type {Map<number, [other: number, way: number, statement: number][]>} */
  const links = new Map();
  /** @type {[number, number][]} */
  const levels = [];
  const intervals = entities.map(() => /** @type {number} */ (UNSAID)), named = entities.map(() => 0);
  /** @param {number} first @param {number} second @param {number} way @param {number} number */
  const join = (first, second, way, number) => links.set(first, [...(links.get(first) ?? []), [second, way, number]]);
  statements.forEach((statement, number) => {
    const { kind, state } = statement.word;
    const [way, interval] = (kind === "names" && STATES.get(state)) || [0, UNSAID];
    if (!way || !joins(statement) || isUnspoken(statement)) return;
    const subject = subjects[number], object = objects[number];
    if (subject === object || (interval !== UNSAID && intervals[subject] === -interval)) return;
    join(subject, object, way, number);
    join(object, subject, way, number);
    named[object]++;
    if (interval) intervals[subject] = interval;
    else levels.push([subject, object]);
  });
  // What has most names stands for the quantity; it is reached first.
  const roots = [...links.keys()].sort((a, b) =>
    Number(intervals[a] !== UNSAID) - Number(intervals[b] !== UNSAID) || named[b] - named[a] || a - b);
  const of = entities.map((_, number) => number), ways = entities.map(() => 1), seen = new Set();
  for (const root of roots) {
    if (seen.has(root)) continue;
    seen.add(root);
    const waiting = [root];
    for (const entity of waiting) // grows while it is gone through
      for (const [other, way] of /** @type {[number, number, number][]} */ (links.get(entity)))
        if (!seen.has(other)) {
          seen.add(other);
          of[other] = root;
          ways[other] = ways[entity] * way;
          waiting.push(other);
        }
  }
  for (const [subject, object] of levels) // the level of a lack is in it
    if (!intervals[subject] && ways[subject] === ways[object]) intervals[subject] = intervals[object];
  const names = entities.map(() => /** @type {number[]} */ ([]));
  of.forEach((quantity, entity) => names[quantity].push(entity));
  /** @type {Quantities["naming"]} */
  function naming(start, end) {
    /** @type {Map<number, number[]>} */
    const routes = new Map([[start, []]]);
    const waiting = [start];
    for (const entity of waiting) { // grows while it is gone through
      if (entity === end) break;
      for (const [other, way, number] of links.get(entity) ?? [])
        if (!routes.has(other) && ways[other] === ways[entity] * way) {
          routes.set(other, [...(routes.get(entity) ?? []), number]);
          waiting.push(other);
        }
    }
    return routes.get(end) ?? [];
  }
  return { of, ways, intervals, names, naming };
}
