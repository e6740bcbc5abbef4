// Citing the sources behind what is visible: the same lines as `trabecula cite` prints.

const bare = (text) => text.replace(/\.+$/, "");

/** Where to find a source: its identifier and page, or its address. */
function reference(source) {
  const page = source.links.find(([text]) => text === source.id)?.[1];
  if (page) return `${source.id} <${page}>`;
  return source.url ? `<${source.url}>` : source.id;
}

/** A source as a reference: authors, year, title, journal, identifier. */
export function line(source) {
  const head = [source.authors.join(", "), source.year ? `(${source.year})` : "(no date)"].filter(Boolean).join(" ");
  return [head, source.title || "untitled", source.journal, reference(source)].filter(Boolean).map(bare).join(". ");
}

/**
 * The sources of a part as references, one a line, sorted by id.
 * @param {ReturnType<import("./part.js").part>} part
 * @returns {string}
 */
export const references = ({ sources }) => sources.map((source) => `${line(source)}\n`).join("");
