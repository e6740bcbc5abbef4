// The graph as the page holds it. Whatever an imported graph calls its entities, they are kept in
// Maps and arrays, never as keys of an object.

import { DIMENSIONS, compareBy } from "./reason/context.js";

const byKey = (/** @type {any[]} */ rows) => new Map(rows.map((row) => [row.key, row]));

const several = (value) => (Array.isArray(value) ? value : [value]);

/** Context as a reader says it. */
export const contextWords = (context) =>
  Object.entries(context ?? {}).flatMap(([key, value]) => several(value).map((one) => `${key.replaceAll("_", " ")}: ${one}`)).join("; ");

/** The predicate; for one that only an imported graph has, a relation that carries nothing. */
const unknownWord = (key) => ({ key, label: key.replaceAll("_", " "), inverse: `${key} (reversed)`, definition: "",
  influence: "none", sign: 0, kind: "", state: "", structure: "", symmetric: false });

/** An identifier and its page, in whose address $1 stands for what follows the prefix. */
const linked = ([text, address]) =>
  [text, text === address ? address : address.replace("$1", () => text.slice(text.indexOf(":") + 1))];

/**
 * The records of the page's data, joined with each other; see README.md for their fields.
 * @param {any} data what `page/payload.py` writes
 * @returns {Graph}
 */
export function graph(data) {
  compareBy(data.dimensions ?? DIMENSIONS);
  const words = /** @type {any} */ (Object.fromEntries(Object.entries(data.words).map(([name, rows]) => [name, byKey(rows)])));
  for (const [key, word] of words.predicates) words.predicates.set(key, { kind: "", state: "", structure: "", symmetric: false, ...word });
  const sources = new Map(data.sources.map((row) => [row.id, { authors: [], xrefs: [], kind: "", title: "", year: "", journal: "", paper: row.id, counted: row.id, ...row, links: (row.links ?? []).map(linked) }]));
  const papers = new Map(); // the records of each, of which there is one almost always
  for (const one of sources.values()) papers.set(one.paper, [...(papers.get(one.paper) ?? []), one]);
  for (const one of sources.values()) one.records = papers.get(one.paper);
  // Rules that hold for diseases hold for what another vocabulary calls one.
  const kinOf = (category) => words.categories?.get(category)?.kin ?? category;
  const entities = data.entities.map((row, number) => ({
    synonyms: [], xrefs: [], description: "", taxon: "", ...row, links: (row.links ?? []).map(linked), kin: kinOf(row.category), number,
    out: [], into: [], degree: 0,
  }));
  const entity = new Map(entities.map((one) => [one.id, one]));
  const statements = data.statements.map((row, number) => joined(row, number, { words, entity, sources }));
  const statement = new Map(statements.map((one) => [one.id, one]));
  wired(entities, statements);
  // A statement is an id, or its place among those of the page, which is shorter.
  const called = (/** @type {string | number} */ key) => (typeof key === "number" ? data.statements[key].key : key);
  const loops = data.loops.rows.map((row) => ({
    ...row,
    entities: row.entities.map((id) => entity.get(id)),
    statements: row.statements.map(called).map((id) => statement.get(id)),
    weakest: called(row.weakest),
  }));
  const conflicts = data.conflicts.rows.map((row) => ({
    ...row,
    start: entity.get(row.start),
    end: entity.get(row.end),
    sides: row.sides.map((side) => ({
      ...side,
      statements: side.statements.map(called).map((id) => statement.get(id)),
      voices: (side.voices ?? []).map(([key, place]) => [called(key), place]),
    })),
  }));
  const core = data.core.map((id) => statement.get(id));
  const { directionless = [], intervals = [], focus = [] } = data.about ?? {};
  const known = (ids) => ids.map((id) => entity.get(id)).filter(Boolean);
  return {
    page: data.page,
    itself: data.itself ?? {},
    words,
    about: {
      directionless: known(directionless),
      focus: known(focus),
      intervals: intervals.flatMap(([key, id, values]) => known([id]).map((one) => [key, one, new Map(values)])),
    },
    // All that the page holds; what stands beside it is what a lens lets through, which is all at first.
    whole: { statements, statement, loops, loop: new Map(loops.map((one) => [one.id, one])), loopsSaid: data.loops, core },
    seen: "",
    entities,
    statements,
    sources,
    entity,
    statement,
    loops,
    loop: new Map(loops.map((one) => [one.id, one])),
    loopsSaid: data.loops,
    conflicts,
    conflict: new Map(conflicts.map((one) => [one.id, one])),
    conflictsSaid: { found: conflicts.length, ...data.conflicts },
    core,
    questions: data.questions,
    queries: data.queries,
    terms: data.terms,
    story: data.story ?? null,
    prefixes: data.prefixes,
    spelling: data.spelling,
  };
}

function joined(row, number, { words, entity, sources }) {
  const { source, target, key, ...rest } = row;
  const subject = entity.get(source), object = entity.get(target);
  const word = words.predicates.get(row.predicate) ?? unknownWord(row.predicate);
  const evidence = row.evidence.map((one) => ({
    stance: "supports", strength: "", method: "", species: "", system: "", summary: "", locator: "", context: {}, ...one,
    source: sources.get(one.source),
  }));
  const reversed = word.influence === "reverse";
  return {
    negated: false, topic: "", qualifiers: {}, reading: "", reviews: [], ...rest,
    number, id: key, subject, object, word, evidence, reversed,
    start: reversed ? object : subject,
    end: reversed ? subject : object,
    ...looked(evidence),
    hidden: 0, // pieces of evidence that a lens does not let through
    said: contextWords(row.qualifiers),
    leftOut: new Map(Object.entries(row.left_out ?? {})), // pieces of evidence that are not here, by stance
  };
}

/** By which studies and in which species evidence looked; `""` where it names none. */
export function looked(evidence) {
  const weighed = evidence.filter((one) => one.strength !== "asserted" && !one.retracted);
  const named = (field) => (weighed.length ? [...new Set(weighed.map((one) => one[field]))] : [""]);
  return { studies: named("method"), species: named("species") };
}

/** Tell entities of which statements they are the ends. */
export function wired(entities, statements) {
  for (const one of entities) {
    one.out = [];
    one.into = [];
  }
  for (const one of statements) {
    one.subject.out.push(one);
    if (one.object !== one.subject) one.object.into.push(one);
  }
  for (const one of entities) one.degree = one.out.length + one.into.length;
}

/**
 * The sides that are taken of a statement, and whether anybody takes one: what a retracted source
 * says counts for nothing. A statement without evidence, as imported graphs have, is not silent.
 * @param {Statement} statement
 */
export function taken(statement) {
  const heard = statement.evidence.filter((row) => !row.retracted), stances = new Set(heard.map((row) => row.stance));
  return {
    denied: stances.has("disputes") && !stances.has("supports"),
    silent: !heard.length && statement.evidence.length > 0,
  };
}

/** A statement as a sentence. @param {Statement} statement */
export const sentence = (statement) =>
  `${statement.negated ? "not: " : ""}${statement.subject.name} ${statement.word.label} ${statement.object.name}${statement.said ? ` (${statement.said})` : ""}`;
