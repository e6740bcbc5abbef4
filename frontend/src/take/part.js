// What is taken away: statements with the entities and sources that they mention, in the order of
// the graph. `Graph.only` in Python gives the same part.

import { byCodePoint, byId } from "../order.js";

/**
 * The part of the graph that these statements are.
 * @param {Statement[]} statements
 * @param {object} [itself] what the graph says of itself, which is said of every part
 * @returns {{ entities: Entity[], undescribed: Entity[], sources: Source[], statements: Statement[], itself: object }}
 *   entities and sources by id; those that the graph only names are none of its records
 */
export function part(statements, itself = {}) {
  const sorted = [...new Set(statements)].sort((a, b) => a.number - b.number);
  const ends = [...new Set(sorted.flatMap((statement) => [statement.subject, statement.object]))];
  const sources = new Set(sorted.flatMap((statement) => statement.evidence.flatMap((row) => row.source.records)));
  return {
    entities: ends.filter((entity) => !entity.bare).sort(byId),
    undescribed: ends.filter((entity) => entity.bare),
    sources: [...sources].filter((source) => !source.bare).sort(byId),
    statements: sorted,
    itself,
  };
}

// The general categories of `files.forbidden_character`, and every blank but the plain one.
const FORBIDDEN = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;

/**
 * Why a part cannot be written to any file, in words; empty where it can. Python refuses the same:
 * XML holds no control characters, and invisible marks of direction make a text look like another.
 * @param {ReturnType<typeof part>} part
 */
export function refused({ entities, undescribed, sources, statements }) {
  for (const record of [...entities, ...undescribed, ...sources, ...statements]) {
    const [character] = FORBIDDEN.exec(texts(record).join("\u0020")) ?? [];
    if (character) {
      const code = Number(character.codePointAt(0)).toString(16).toUpperCase().padStart(4, "0");
      return `${record.id} holds the character U+${code}, which no file may hold.`;
    }
  }
  return "";
}

/** @param {Evidence} row */
const evidenceTexts = (row) => [
  row.stance, row.strength, row.method, row.species, row.system, row.summary, row.locator, ...pairs(row.context).flat(),
  ...pairs(row.effect).flat(),
];

/** @param {Record<string, any>} record @returns {string[]} */
function texts(record) {
  if (record.evidence) {
    return [record.predicate, record.topic, ...pairs(record.qualifiers).flat(), ...record.evidence.flatMap(evidenceTexts)];
  }
  const { synonyms = [], authors = [], xrefs = [] } = record;
  const references = xrefs.flatMap((/** @type {any} */ x) => (x.curie ? [x.curie, x.label ?? ""] : [x])); // of entities, of sources
  return [...Object.values(record).filter((value) => typeof value === "string"), ...synonyms, ...authors, ...references];
}

/**
 * A context as pairs, in its order; a key that has several values is in several pairs.
 * @param {Record<string, string | string[]> | undefined} context
 * @returns {[string, string][]}
 */
export const pairs = (context) =>
  Object.entries(context ?? {}).flatMap(([key, value]) => [value].flat().map((item) => [key, item]));

/** A context as files say it: `intake=dietary; severity=mild`. @param {Context} context */
export const inWords = (context) => pairs(context).map((pair) => pair.join("=")).join("; ");

/**
 * The label of a predicate; one that no vocabulary has is given one where the page is made.
 * @param {Statement} statement
 */
export const label = (statement) => statement.word.label;

/** The ids of the sources of some evidence, each once, in the order of the evidence. @param {Evidence[]} rows */
export const sourceIds = (rows) => [...new Set(rows.map((row) => row.source.id))];

/** Texts in the order of Python. @param {Iterable<string>} some */
export const sorted = (some) => [...some].sort(byCodePoint);
