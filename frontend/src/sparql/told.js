// The RDF in the page is folded into columns, and leaves to the records beside it what these tell as well: see
// src/trabecula/page/folding.py, where the form is told.

/**
 * What the records hold of the RDF, column by column: the list that the numbers are places in. `texts` of
 * src/trabecula/page/folding.py gives the same.
 * @param {Graph} graph
 * @returns {string[]}
 */
export function texts({ entities, whole: { statements }, sources: byId }) {
  const sources = [...byId.values()], evidence = statements.flatMap((statement) => statement.evidence);
  const xrefs = entities.flatMap((entity) => entity.xrefs);
  return [
    ...entities.map((entity) => short("entity", entity.id)),
    ...entities.map((entity) => entity.id),
    ...entities.map((entity) => entity.name),
    ...entities.map((entity) => entity.description),
    ...entities.flatMap((entity) => entity.synonyms),
    ...xrefs.map((xref) => short("entity", xref.curie)),
    ...xrefs.map((xref) => xref.label ?? ""),
    ...statements.map((statement) => `statement:${statement.id}`),
    ...statements.map((statement) => short("entity", statement.subject.id)),
    ...statements.map((statement) => short("entity", statement.object.id)),
    ...statements.map((statement) => `${statement.subject.name} ${statement.word.label} ${statement.object.name}`),
    ...statements.flatMap((statement) => statement.reviews.map(({ date, kind, reader, rows }) => `${date} ${kind} ${reader} ${rows}`)),
    ...evidence.map((row) => short("source", row.source.id)),
    ...evidence.map((row) => row.summary),
    ...sources.map((source) => short("source", source.id)),
    ...sources.map((source) => quoted(source.id)),
    .../** @type {const} */ (["id", "title", "journal", "note", "url"]).flatMap((key) => sources.map((source) => source[key] ?? "")),
    ...sources.map((source) => source.authors.join("; ")),
  ];
}

/** The short name that Turtle has for an identifier, as a rule. @param {string} kind @param {string} id */
function short(kind, id) {
  const colon = id.indexOf(":");
  return colon < 0 ? `${kind}:${id}` : id.slice(0, colon + 1) + id.slice(colon + 1).replace(/[~!$&'()*+,;=/?#@%]/g, "\\$&");
}

/** An identifier as a part of an IRI. @param {string} id */
const quoted = (id) =>
  encodeURIComponent(id.replace(/[\ud800-\udfff]/gu, "?")).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

// What a number can stand for, as it is and as it has been left out; texts, for no number is looked for in them.
const TOKENS = /"(?:\x1a(-?[0-9]+);|[^"\\]*(?:\\.[^"\\]*)*)"|\x1a(-?[0-9]+);|\x1b(-?[0-9]+);|:(e[0-9a-f]{32})(?![0-9A-Za-z_])/g;

/**
 * A text with what its numbers stand for; each says how far to go from where the last one of its kind led,
 * in the list or among the ids that the text has in full. The same for one part after the other.
 * @param {string[]} told
 */
function restoring(told) {
  let place = 0, again = 0;
  /** @type {string[]} */
  const ids = [];
  return (/** @type {string} */ part) => part.replace(TOKENS, (whole, quotes, named, repeated, id) => {
    if (quotes !== undefined) return `"${told[(place += Number(quotes))]}"`;
    if (named !== undefined) return told[(place += Number(named))];
    if (repeated !== undefined) return ids[(again += Number(repeated))];
    if (id !== undefined) ids.push(id);
    return whole;
  });
}

/** The first letter of a column in the shape of a text; before it, that of a line told whole. */
const FIRST = 0x23;

/**
 * The text that was folded.
 * @param {string} text
 * @param {string[]} told
 */
export function unfolded(text, told) {
  const [shape, named, ...parts] = text.split("\x1c"), restored = restoring(told);
  const ends = named.split("\x1d").map((end) => end.split("\x1e"));
  /** @type {string[][]} the lines told whole, then the values of each column */
  const columns = [];
  for (const part of parts)
    columns.push(part.startsWith("\x1d") ? columns[Number(part.slice(1)) + 1] : restored(part).split("\n"));
  const at = columns.map(() => 0), lines = [];
  for (let line = 0; line < shape.length; line++) {
    const column = shape.charCodeAt(line) - FIRST + 1;
    if (column < 1) lines.push(columns[0][at[0]++]);
    else lines.push(ends[column - 1][0] + columns[column][at[column]++] + ends[column - 1][1]);
  }
  return lines.join("\n");
}
