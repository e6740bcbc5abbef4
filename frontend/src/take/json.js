// Node-link JSON of networkx, with every record: the same bytes as formats/nodelink.py writes.

const isKept = (value) =>
  value !== undefined && value !== "" && !(typeof value === "object" && Object.keys(value).length === 0);

/** The fields that say something, in this order. */
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

const node = (one) => ({
  id: one.id, name: one.name, category: one.category,
  ...kept({ ...one, xrefs: one.xrefs.map((x) => kept(x, XREF)) }, ENTITY),
});

const source = (one) => ({ id: one.id, abstract_read: one.abstract_read === true, ...kept(one, SOURCE) });

/** A row of evidence as an object, what is empty left out. */
export const fields = (row) => kept({ ...row, source: row.source.id }, EVIDENCE);

const edge = (one) => ({
  source: one.subject.id,
  target: one.object.id,
  key: one.id,
  predicate: one.predicate,
  negated: one.negated,
  sign: one.sign,
  status: one.status,
  supporting: one.supporting,
  disputing: one.disputing,
  ...kept(one, ["qualifiers", "topic", "reviews"]),
  evidence: one.evidence.map(fields),
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
