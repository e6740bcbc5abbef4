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

/**
 * A text with what its numbers stand for; each says how far to go in the list from where the last one led.
 * @param {string} text
 * @param {string[]} told
 */
export function restored(text, told) {
  let place = 0;
  return text.replace(/\x1a(-?[0-9]+);/g, (_, steps) => told[(place += Number(steps))]);
}
