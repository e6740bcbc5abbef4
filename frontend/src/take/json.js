// Node-link JSON of networkx, with every record: the same bytes as formats/nodelink.py writes.

/** @param {unknown} value */
const isKept = (value) =>
  value !== undefined && value !== "" && !(typeof value === "object" && value !== null && Object.keys(value).length === 0);

/** The fields that say something, in this order. @param {Record<string, any>} row @param {string[]} names */
const kept = (row, names) =>
  Object.fromEntries(names.map((name) => [name, row[name]]).filter(([, value]) => isKept(value)));

const XREF = ["match", "curie", "label"];
const ENTITY = ["synonyms", "description", "taxon", "xrefs"];
const SOURCE = [
  "title", "kind", "study_type", "year", "journal", "organism", "group", "url", "reference", "note", "standing",
  "standing_date", "volume", "issue", "pages",
  "authors", "xrefs",
];
const EVIDENCE = ["source", "stance", "strength", "method", "species", "system", "summary", "locator", "context", "effect"];

/** @param {Entity} entity */
const node = (entity) => ({
  id: entity.id, name: entity.name, category: entity.category,
  ...kept({ ...entity, xrefs: entity.xrefs.map((x) => kept(x, XREF)) }, ENTITY),
});

/** @param {Source} source */
const source = (source) => ({ id: source.id, abstract_read: source.abstract_read === true, ...kept(source, SOURCE) });

/** A row of evidence as an object, what is empty left out. @param {Evidence} row */
export const fields = (row) => kept({ ...row, source: row.source.id }, EVIDENCE);

/** @param {Statement} statement */
const edge = (statement) => ({
  source: statement.subject.id,
  target: statement.object.id,
  key: statement.id,
  predicate: statement.predicate,
  negated: statement.negated,
  sign: statement.sign,
  status: statement.status,
  supporting: statement.supporting,
  disputing: statement.disputing,
  ...kept(statement, ["qualifiers", "topic", "reviews"]),
  evidence: statement.evidence.map(fields),
});

/**
 * A part as JSON.
 * @param {ReturnType<typeof import("./part.js").part>} part
 * @returns {string}
 */
export function json({ entities, sources, statements, itself }) {
  const document = {
    directed: true,
    multigraph: true,
    graph: itself,
    nodes: entities.map(node),
    edges: statements.map(edge),
    sources: sources.map(source),
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}
