// Which way statements act, which of them are followed, and how weak they are as links: what
// src/trabecula/graph.py and reason/paths.py say, on the records of the page.

import { taken } from "../records.js";

/** Statuses of statements that are followed where nothing else is asked for, strongest first. */
export const FOLLOWED = ["supported", "contested", "title-only", "asserted-only", "no-evidence"];
/** All statuses, from the strongest to the weakest link of a path. */
export const STATUSES = [...FOLLOWED, "refuted"];

const RANK = new Map(STATUSES.map((status, rank) => [status, rank]));

const isLoop = (/** @type {Statement} */ statement) => statement.subject === statement.object;
const flowsOn = (/** @type {Statement} */ statement) => statement.word.influence === "forward" || statement.word.influence === "both";
const flowsBack = (/** @type {Statement} */ statement) => statement.word.influence === "reverse" || statement.word.influence === "both";

/** The statements whose object is the entity, in the order of the graph; `into` lacks those about itself. @param {Entity} entity */
export function into(entity) {
  const own = entity.out.filter(isLoop);
  return own.length ? [...entity.into, ...own].sort((a, b) => a.number - b.number) : entity.into;
}

/** The statements about an entity, first those of which it is the subject. @param {Entity} entity */
export const touching = (entity) => [...entity.out, ...entity.into];

/**
 * What a change of an entity acts on next: what is required acts on what requires it.
 * @param {Entity} entity
 * @returns {{ statement: Statement, end: Entity }[]} in the order of the graph
 */
export const influences = (entity) => [
  ...entity.out.filter(flowsOn).map((statement) => ({ statement, end: statement.object })),
  ...into(entity).filter(flowsBack).map((statement) => ({ statement, end: statement.subject })),
];

/**
 * What acts on an entity.
 * @param {Entity} entity
 * @returns {{ statement: Statement, start: Entity }[]} in the order of the graph
 */
export const influencedBy = (entity) => [
  ...into(entity).filter(flowsOn).map((statement) => ({ statement, start: statement.subject })),
  ...entity.out.filter(flowsBack).map((statement) => ({ statement, start: statement.object })),
];

/** Whether the article alone speaks of a statement, and denies it; or nothing but what was retracted. @param {Statement} statement */
function denied(statement) {
  if (statement.status !== "asserted-only" && statement.status !== "no-evidence") return false;
  const { denied, silent } = taken(statement);
  return denied || silent;
}

/**
 * Whether paths lead over a statement: it is not negated and has one of the statuses. What the
 * article alone denies counts as refuted here.
 * @param {Statement} statement
 * @param {Iterable<string>} statuses none means `FOLLOWED`
 */
export function followed(statement, statuses = FOLLOWED) {
  return following(statuses)(statement);
}

/**
 * The test of `followed` for many statements.
 * @param {Iterable<string>} [statuses]
 * @returns {(statement: Statement) => boolean}
 */
export function following(statuses = []) {
  const some = new Set(statuses);
  const wanted = some.size ? some : new Set(FOLLOWED);
  return (statement) => !statement.negated && wanted.has(denied(statement) ? "refuted" : statement.status);
}

/** What is wrong with a choice of statuses, as a sentence; null where nothing is. @param {Iterable<string>} statuses */
export function wrongStatus(statuses) {
  const wrong = [...statuses].find((status) => !RANK.has(status));
  if (wrong === undefined) return null;
  return `there is no status ${JSON.stringify(wrong)}: choose among ${STATUSES.join(", ")}`;
}

/** How weak the status of a statement is: its place among `STATUSES`. */
export const rank = (/** @type {Statement} */ statement) => RANK.get(statement.status) ?? STATUSES.length;

/**
 * How weak a statement is as a link, by its status, then by how few sources support it; the greater, the weaker.
 * @param {Statement} statement
 */
export const weakness = (statement) => rank(statement) * 2 ** 32 - statement.supporting;
