// The filters: which statements they let through, and how many there are of each kind. A statement
// of several kinds of study passes while one of them is not hidden.

import { FIELDS } from "./state.js";

/** @type {Record<Exclude<Field, "category">, (statement: Statement) => string[]>} */
const VALUES = {
  group: (statement) => [statement.group],
  predicate: (statement) => [statement.predicate],
  status: (statement) => [statement.status],
  topic: (statement) => [statement.topic],
  study: (statement) => statement.studies,
  species: (statement) => statement.species,
};

/**
 * The test for statements that the filters of a state let through.
 * @param {Pick<State, "hidden" | "min">} state
 * @returns {(statement: Statement) => boolean}
 */
export function passes(state) {
  const hidden = Object.fromEntries(FIELDS.map((field) => [field, new Set(state.hidden[field])]));
  const tests = Object.entries(VALUES).filter(([field]) => hidden[field].size);
  return (statement) =>
    statement.supporting >= state.min &&
    !hidden.category.has(statement.subject.category) &&
    !hidden.category.has(statement.object.category) &&
    tests.every(([field, values]) => values(statement).some((value) => !hidden[field].has(value)));
}

/**
 * How many statements (of categories: entities) there are of each value of a filter.
 * @param {Iterable<Statement>} statements
 * @param {Iterable<Entity>} entities
 * @returns {Record<Field, Map<string, number>>}
 */
export function counted(statements, entities) {
  const counts = /** @type {Record<Field, Map<string, number>>} */ (Object.fromEntries(FIELDS.map((field) => [field, new Map()])));
  /** @param {Map<string, number>} map @param {string} key */
  const add = (map, key) => map.set(key, (map.get(key) ?? 0) + 1);
  for (const entity of entities) add(counts.category, entity.category);
  for (const statement of statements)
    for (const [field, values] of Object.entries(VALUES))
      for (const value of values(statement)) add(counts[/** @type {Field} */ (field)], value);
  return counts;
}
