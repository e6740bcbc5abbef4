// The graph as the page holds it. Whatever an imported graph calls its entities, they are kept in
// Maps and arrays, never as keys of an object.

import { DIMENSIONS, compareBy } from "./reason/context.js";

const byKey = (/** @type {any[]} */ rows) => new Map(rows.map((row) => [row.key, row]));

/** @template T @param {T | T[]} value @returns {T[]} */
const several = (value) => (Array.isArray(value) ? value : [value]);

/** Context as a reader says it. @param {Context | undefined} context */
export const contextWords = (context) =>
  Object.entries(context ?? {}).flatMap(([key, value]) => several(value).map((part) => `${key.replaceAll("_", " ")}: ${part}`)).join("; ");

/**
 * The predicate; for one that only an imported graph has, a relation that carries nothing.
 * @param {string} key
 * @returns {Word}
 */
const unknownWord = (key) => ({ key, label: key.replaceAll("_", " "), inverse: `${key} (reversed)`, definition: "",
  influence: "none", sign: 0, kind: "", state: "", structure: "", symmetric: false });

/**
 * An identifier and its page, in whose address $1 stands for what follows the prefix.
 * @param {[string, string]} link
 * @returns {[string, string]}
 */
const linked = ([text, address]) =>
  [text, text === address ? address : address.replace("$1", () => text.slice(text.indexOf(":") + 1))];

/**
 * The records of the page's data, joined with each other; see README.md for their fields.
 * @param {Payload} data what `page/payload.py` writes
 * @returns {Graph}
 */
export function graph(data) {
  compareBy(data.dimensions ?? DIMENSIONS);
  const words = /** @type {any} */ (Object.fromEntries(Object.entries(data.words).map(([name, rows]) => [name, byKey(rows)])));
  for (const [key, word] of words.predicates) words.predicates.set(key, { kind: "", state: "", structure: "", symmetric: false, ...word });
  const sources = /** @type {Map<string, Source>} */ (new Map(data.sources.map((row) => [row.id, {
    authors: [], xrefs: [], kind: "", title: "", year: "", journal: "", paper: row.id, counted: row.id, ...row,
    links: (row.links ?? []).map(linked),
  }])));
  /** @type {Map<string, Source[]>} */
  const papers = new Map(); // the records of each, of which there is one almost always
  for (const source of sources.values()) papers.set(source.paper, [...(papers.get(source.paper) ?? []), source]);
  for (const source of sources.values()) source.records = papers.get(source.paper) ?? [];
  // Rules that hold for diseases hold for what another vocabulary calls one.
  /** @param {string} category */
  const kinOf = (category) => words.categories?.get(category)?.kin ?? category;
  const entities = data.entities.map((row, number) => /** @type {Entity} */ ({
    synonyms: [], xrefs: [], description: "", taxon: "", ...row, links: (row.links ?? []).map(linked), kin: kinOf(row.category), number,
    out: [], into: [], degree: 0,
  }));
  const entity = new Map(entities.map((entity) => [entity.id, entity]));
  const statements = data.statements.map((row, number) => joined(row, number, { words, entity, sources }));
  const statement = new Map(statements.map((statement) => [statement.id, statement]));
  wired(entities, statements);
  // A statement is an id, or its place among those of the page, which is shorter.
  const called = (/** @type {string | number} */ key) => (typeof key === "number" ? data.statements[key].key : key);
  const entityOf = (/** @type {string} */ id) => /** @type {Entity} */ (entity.get(id));
  const statementOf = (/** @type {string | number} */ key) => /** @type {Statement} */ (statement.get(called(key)));
  const loops = data.loops.rows.map((row) => /** @type {Loop} */ ({
    ...row,
    entities: row.entities.map(entityOf),
    statements: row.statements.map(statementOf),
    weakest: called(row.weakest),
  }));
  const conflicts = data.conflicts.rows.map((row) => /** @type {Conflict} */ ({
    ...row,
    start: entityOf(row.start),
    end: entityOf(row.end),
    sides: row.sides.map((side) => ({
      ...side,
      statements: side.statements.map(statementOf),
      voices: (side.voices ?? []).map(([key, place]) => [called(key), place]),
    })),
  }));
  const core = data.core.map(statementOf);
  const { directionless = [], intervals = [], focus = [] } = data.about ?? {};
  /** @param {string[]} ids @returns {Entity[]} */
  const entitiesOf = (ids) => /** @type {Entity[]} */ (ids.map((id) => entity.get(id)).filter(Boolean));
  return {
    page: /** @type {Page} */ (data.page),
    itself: data.itself ?? {},
    words,
    about: {
      directionless: entitiesOf(directionless),
      focus: entitiesOf(focus),
      intervals: intervals.flatMap(([key, id, values]) => entitiesOf([id]).map((named) =>
        /** @type {Graph["about"]["intervals"][number]} */ ([key, named, new Map(values)]))),
    },
    // All that the page holds; what stands beside it is what a lens lets through, which is all at first.
    whole: { statements, statement, loops, loop: new Map(loops.map((loop) => [loop.id, loop])), loopsSaid: data.loops, core },
    seen: "",
    entities,
    statements,
    sources,
    entity,
    statement,
    loops,
    loop: new Map(loops.map((loop) => [loop.id, loop])),
    loopsSaid: data.loops,
    conflicts,
    conflict: new Map(conflicts.map((conflict) => [conflict.id, conflict])),
    conflictsSaid: /** @type {ConflictsSaid} */ ({ count: conflicts.length, .../** @type {object} */ (data.conflicts) }),
    core,
    questions: data.questions,
    queries: data.queries,
    terms: data.terms,
    properties: data.properties,
    meant: data.meant,
    story: data.story ?? null,
    prefixes: data.prefixes,
    spelling: data.spelling,
  };
}

/**
 * @param {Payload["statements"][number]} row
 * @param {number} number
 * @param {Pick<Graph, "words" | "entity" | "sources">} records
 * @returns {Statement}
 */
function joined(row, number, { words, entity, sources }) {
  const { source, target, key, ...rest } = row;
  const subject = /** @type {Entity} */ (entity.get(source)), object = /** @type {Entity} */ (entity.get(target));
  const word = words.predicates.get(row.predicate) ?? unknownWord(row.predicate);
  const evidence = row.evidence.map((piece) => ({
    stance: "supports", strength: "", method: "", species: "", system: "", summary: "", locator: "", context: {}, ...piece,
    source: /** @type {Source} */ (sources.get(piece.source)),
  }));
  const reversed = word.influence === "reverse";
  return {
    negated: false, topic: "", qualifiers: {}, reading: "", reviews: [], ...rest,
    number, id: key, subject, object, word, evidence, reversed,
    start: reversed ? object : subject,
    end: reversed ? subject : object,
    ...looked(evidence),
    hidden: 0,    qualified: contextWords(row.qualifiers),
    leftOut: new Map(Object.entries(row.left_out ?? {})), // pieces of evidence that are not here, by stance
  };
}

/** By which studies and in which species evidence looked; `""` where it names none. @param {Evidence[]} evidence */
export function looked(evidence) {
  const weighed = evidence.filter((piece) => piece.strength !== "asserted" && !piece.retracted);
  /** @param {"method" | "species"} field */
  const named = (field) => (weighed.length ? [...new Set(weighed.map((piece) => piece[field]))] : [""]);
  return { studies: named("method"), species: named("species") };
}

/** Tell entities of which statements they are the ends. @param {Entity[]} entities @param {Statement[]} statements */
export function wired(entities, statements) {
  for (const entity of entities) {
    entity.out = [];
    entity.into = [];
  }
  for (const statement of statements) {
    statement.subject.out.push(statement);
    if (statement.object !== statement.subject) statement.object.into.push(statement);
  }
  for (const entity of entities) entity.degree = entity.out.length + entity.into.length;
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
export const sentence = ({ negated, subject, word, object, qualified }) =>
  `${negated ? "not: " : ""}${subject.name} ${word.label} ${object.name}${qualified ? ` (${qualified})` : ""}`;
