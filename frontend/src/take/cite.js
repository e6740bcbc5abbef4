// Citing the sources behind what is visible: the same lines as `trabecula cite` prints.

import { byId } from "../order.js";

/** @param {string} text */
const bare = (text) => text.replace(/\.+$/, "");
/** What asks or calls out is not stopped again. @param {string} text */
const stopped = (text) => (/[?!]["'”’]*$/.test(text) ? text : `${text}.`);

/** Where to find a source: its identifier and page, or its address. @param {Source} source */
function reference(source) {
  const page = source.links.find(([text]) => text === source.id)?.[1];
  if (page) return `${source.id} <${page}>`;
  return source.url ? `<${source.url}>` : source.id;
}

/**
 * Where a source was published: journal, volume, issue and pages.
 * @param {{ journal: string, volume?: string, issue?: string, pages?: string }} source
 */
export function place({ journal, volume = "", issue = "", pages = "" }) {
  const numbers = [`${volume}${issue && `(${issue})`}`, pages].filter(Boolean).join(":");
  return [journal, numbers].filter(Boolean).join(" ");
}

/** A source as a reference: authors, year, title, journal, identifier. @param {Source} source */
export function line(source) {
  const dated = source.year ? `(${source.year})` : source.title ? "(no date)" : "";
  const head = [source.authors.join(", "), dated].filter(Boolean).join(" ");
  const standing = source.standing ? `[${source.standing.replaceAll("-", " ")}]` : "";
  const told = [head, source.title || "[title not recorded]", place(source), reference(source), standing].filter(Boolean).map(bare);
  return [...told.slice(0, -1).map(stopped), ...told.slice(-1)].join(" ");
}

const STANDINGS = ["retracted", "corrected", "expression-of-concern"];
const FIELDS = [
  "id", "title", "kind", "study_type", "year", "authors", "journal", "organism", "abstract_read", "group", "xrefs", "url",
  "reference", "note", "standing", "standing_date", "volume", "issue", "pages",
];
/** @param {Record<string, any>} source */
const fullness = (source) => FIELDS.filter((name) => source[name] && source[name].length !== 0).length;

/**
 * One record of several of a paper: the fullest, with what became of any of them.
 * @param {Source[]} records
 * @returns {Source}
 */
function joined(records) {
  const sorted = [...records].sort(byId);
  const [best] = sorted.sort((a, b) => Number(b.abstract_read === true) - Number(a.abstract_read === true) || fullness(b) - fullness(a));
  const standing = STANDINGS.find((name) => records.some((record) => record.standing === name));
  return { ...best, standing };
}

/**
 * The sources of a part as references, one a line, sorted by id.
 * @param {ReturnType<typeof import("./part.js").part>} part
 * @returns {string}
 */
export function references({ sources }) {
  const papers = new Set(sources.map((source) => source.records));
  return [...papers].map(joined).sort(byId).map((source) => `${line(source)}\n`).join("");
}
