// The graph by number, as src/trabecula/columns.py has it: entities in the order of their ids, statements in
// that of the graph. What reasons walks these numbers.

import { byId } from "../order.js";

/**
 * @param {{ entities: Entity[], statements: Statement[] }} graph
 * @returns {Columns}
 */
export function columnsOf({ entities: some, statements }) {
  const entities = [...some].sort(byId);
  const number = /** @type {any} every entity is in it */ (new Map(entities.map((entity, place) => [entity, place])));
  const places = (/** @type {Entity[]} */ ends) => ends.map((entity) => /** @type {number} */ (number.get(entity)));
  const subjects = places(statements.map((statement) => statement.subject)),
    objects = places(statements.map((statement) => statement.object));
  return { entities, statements, number, subjects, objects, bySubject: grouped(subjects, entities), byObject: grouped(objects, entities) };
}

/** The statements by one of their ends. @param {number[]} ends @param {Entity[]} entities */
function grouped(ends, entities) {
  const groups = entities.map(() => /** @type {number[]} */ ([]));
  ends.forEach((end, statement) => groups[end].push(statement));
  return groups;
}
