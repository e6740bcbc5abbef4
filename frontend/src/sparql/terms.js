// Identifiers and IRIs, and the terms of RDF: written short for people, ordered as Python orders
// them. A term is as SPARQL results in JSON have it: `{ type: "uri" | "bnode" | "literal", value }`
// with `datatype` and `xml:lang` where there are any, and `undefined` where a variable is unbound.

import { byCodePoint } from "../order.js";

/**
 * @typedef {{type: string, value: string, datatype?: string, "xml:lang"?: string}} Term
 */

/** @typedef {[kind: number, value: number, ...texts: string[]]} Place  of a term in the order of all */
const XSD = "http://www.w3.org/2001/XMLSchema#";
const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
export const STRING = `${XSD}string`;
const NUMBERS = new Set(
  ["integer", "decimal", "double", "float", "nonNegativeInteger", "gYear"].map((name) => XSD + name));

// --- Identifiers --------------------------------------------------------------------------------

/** @param {string} letter */
const coded = (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`;

/**
 * Percent-encoding that leaves letters, digits, `_.-~` and what else is `safe`.
 * @param {string} text
 * @param {string} safe
 */
export const quote = (text, safe) =>
  encodeURIComponent(text.toWellFormed?.() ?? text)
    .replace(/[!'()*]/g, (letter) => (safe.includes(letter) ? letter : coded(letter)))
    .replace(/%[0-9A-F]{2}/g, (code) => {
      const letter = String.fromCharCode(parseInt(code.slice(1), 16));
      return safe.includes(letter) ? letter : code;
    });

/** What CURIEs leave as it is. */
export const CURIE_SAFE = "/:;@!$&'()*+,=~.-_";

/**
 * The text without its percent-encoding; bytes that are no UTF-8 become replacement characters.
 * @param {string} text
 */
const unquote = (text) =>
  text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => {
    const bytes = Uint8Array.from(run.slice(1).split("%"), (code) => parseInt(code, 16));
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  });

/** What may stand in a prefixed name, whatever an engine makes of the rest. */
const PLAIN = /^[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?$/;

/**
 * What is known about identifiers: the namespaces by prefix, and functions between the two worlds.
 * @param {[string, string, string][]} prefixes name, namespace, and the address of the page to read
 *   with `$1` for the identifier
 */
export function names(prefixes) {
  const spaces = /** @type {Sure<string, string>} */ (new Map(prefixes.map(([name, space]) => [name, space])));
  const curies = new Map(prefixes.filter(([, , page]) => page).map(([name, space, page]) => [name, { space, page }]));
  const longestFirst = [...prefixes].sort((a, b) => b[1].length - a[1].length || byCodePoint(a[0], b[0]));

  /** The prefix of an IRI and the rest; null where none fits. @param {string} iri */
  function split(iri) {
    const parts = longestFirst.find(([, space]) => iri.startsWith(space) && iri.length > space.length);
    return parts ? [parts[0], iri.slice(parts[1].length)] : null;
  }

  /**
   * The IRI of an identifier of the namespace with the prefix `ours`; empty for an unknown prefix.
   * @param {string} identifier
   * @param {string} ours
   */
  function iri(identifier, ours) {
    if (/^https?:\/\//.test(identifier)) return identifier;
    const colon = identifier.indexOf(":");
    if (colon < 0) return spaces.get(ours) + quote(identifier, "");
    const [prefix, local] = [identifier.slice(0, colon), identifier.slice(colon + 1)];
    if (!spaces.has(prefix)) return "";
    return spaces.get(prefix) + quote(local, curies.has(prefix) ? CURIE_SAFE : "");
  }

  /** An IRI as a prefixed name for people to read; unchanged when no prefix fits. @param {string} iri */
  function shorten(iri) {
    const parts = split(iri);
    if (!parts) return iri;
    const short = `${parts[0]}:${unquote(parts[1])}`;
    return UNSEEN.test(short) ? iri : short;
  }

  /** An IRI as it may stand in a query: a prefixed name where that is safe, else the whole. @param {string} iri */
  function written(iri) {
    const parts = split(iri);
    return parts && PLAIN.test(parts[1]) ? `${parts[0]}:${parts[1]}` : `<${iri}>`;
  }

  /** The https page about what an IRI names; empty where there is none. @param {string} iri */
  function page(iri) {
    const parts = split(iri);
    const prefix = parts && curies.get(parts[0]);
    return prefix ? prefix.page.replace("$1", () => quote(unquote(parts[1]), CURIE_SAFE)) : "";
  }

  return { spaces, split, iri, shorten, written, page };
}

/**
 * The records of the page by the IRIs that stand for them.
 * @param {Graph} graph the graph of `records.js`
 * @param {Names} namespaces
 * @returns {Map<string, Named>}
 */
export function subjects(graph, namespaces) {
  const byIri = new Map();
  const space = namespaces.spaces.get("statement");
  for (const source of graph.sources.values()) byIri.set(namespaces.iri(source.id, "source"), { kind: "source", record: source });
  for (const entity of graph.entities) byIri.set(namespaces.iri(entity.id, "entity"), { kind: "entity", record: entity });
  for (const statement of graph.statements) byIri.set(space + statement.id, { kind: "statement", record: statement });
  byIri.delete("");
  return byIri;
}

// --- Terms --------------------------------------------------------------------------------------

/** What nobody sees of a text, as `identifiers.seen` has it. */
const UNSEEN = /[\x00-\x20\x7f-\xa0\xad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ud800-\uf8ff\ufeff\ufff0-\uffff\u{e0000}-\u{10ffff}]/u;

const isNumber = /^[ \t\n\r]*[+-]?(?:(?:\d+(?:_\d+)*)?\.?\d+(?:_\d+)*\.?(?:e[+-]?\d+)?|inf|infinity|nan)[ \t\n\r]*$/i;

/** @param {string} text */
function number(text) {
  if (!isNumber.test(text)) return null;
  const plain = text.trim().replaceAll("_", "").toLowerCase();
  if (plain.endsWith("nan")) return NaN;
  return /inf/.test(plain) ? (plain[0] === "-" ? -Infinity : Infinity) : Number(plain);
}

/** The datatype of a literal. @param {Term} term */
export const datatypeOf = (term) => (term["xml:lang"] ? `${RDF}langString` : (term.datatype ?? STRING));

/**
 * Where a term stands among others: unbound, blank nodes, IRIs, numbers, other literals.
 * @param {Term | undefined} term
 * @returns {Place}
 */
export function place(term) {
  if (!term) return [0, 0, "", "", ""];
  if (term.type !== "literal") return [term.type === "uri" ? 2 : 1, 0, term.value, "", ""];
  const datatype = datatypeOf(term);
  const value = NUMBERS.has(datatype) ? number(term.value) : null;
  const rest = [term.value, datatype, term["xml:lang"] ?? ""];
  return value === null ? [4, 0, ...rest] : [3, value, ...rest];
}

/** The order of two places. @param {Place} first @param {Place} second */
export function compare(first, second) {
  for (let index = 0; index < 2; index++) {
    if (first[index] < second[index]) return -1;
    if (first[index] > second[index]) return 1;
  }
  for (let index = 2; index < 5; index++) {
    const order = byCodePoint(String(first[index]), String(second[index]));
    if (order) return order;
  }
  return 0;
}

/** The rows, sorted by their terms from left to right. @template {(Term | undefined)[]} R @param {R[]} rows */
export function sorted(rows) {
  const places = /** @type {Sure<R, Place[]>} */ (new Map(rows.map((row) => [row, row.map(place)])));
  return [...rows].sort((first, second) => {
    const [mine, its] = [places.get(first), places.get(second)];
    for (let index = 0; index < mine.length; index++) {
      const order = compare(mine[index], its[index]);
      if (order) return order;
    }
    return 0;
  });
}
