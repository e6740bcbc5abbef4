// The RDF in the page leaves texts to the records beside it, for which it has numbers: see `without` in
// src/trabecula/page/queries.py.

/**
 * Texts and ids of the records, in their order: the list that the numbers are places in. `texts` of
 * src/trabecula/page/payload.py gives the same.
 * @param {Graph} graph
 * @returns {string[]}
 */
export const texts = ({ entities, whole, sources }) => [
  ...entities.flatMap((one) => [one.name, one.description, ...one.synonyms, ...one.xrefs.map((x) => x.label ?? "")]),
  ...whole.statements.flatMap((one) => [one.id, ...one.evidence.map((row) => row.summary)]),
  ...[...sources.values()].flatMap((one) => [one.title, one.journal, one.note ?? "", one.authors.join("; ")]),
];

// What `without` looks at, as it is and as it has been left out.
const PARTS = /"(?:\x1a(-?[0-9]+);|[^"\\]*(?:\\.[^"\\]*)*)"|:(?:\x1a(-?[0-9]+);|\x1b(-?[0-9]+);|([se][0-9a-f]{32})(?![0-9A-Za-z_]))/g;

/**
 * A text with what its numbers stand for; each says how far to go from where the last one of its kind led,
 * in the list or among the ids that the text has in full.
 * @param {string} text
 * @param {string[]} told
 */
export function restored(text, told) {
  let place = 0, again = 0;
  /** @type {string[]} */
  const ids = [];
  return text.replace(PARTS, (whole, quoted, named, repeated, id) => {
    if (quoted !== undefined) return `"${told[(place += Number(quoted))]}"`;
    if (named !== undefined) return `:${told[(place += Number(named))]}`;
    if (repeated !== undefined) return `:${ids[(again += Number(repeated))]}`;
    if (id !== undefined) ids.push(id);
    return whole;
  });
}
