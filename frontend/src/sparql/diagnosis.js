// Where and why a query cannot be read, in words a person can act on: the same as
// trabecula/sparql/diagnosis.py. The engine reports the furthest place at which it compared text with
// a keyword, which lies up to the length of that keyword after the mistake; the commonest mistakes
// are therefore looked for first, and what the engine says comes last.

import { nearest } from "./nearest.js";
import { CURIE_SAFE, quote } from "./terms.js";
import { QueryError, code, declared, pointed, says, splitName, usedNames } from "./tokens.js";

// What Python takes for white space.
const SPACE = /(?!\ufeff)[\s\x1c-\x1f\x85]/;
const PLACE = /(?:error at |at line )(\d+)(?::| column )(\d+)/;
/** @typedef {[token: Token, message: string]} Fault  where something is wrong with a query, and what */
const KEYWORD = /(?<![\p{L}\p{N}_'"])[A-Z][A-Z_]+(?![\p{L}\p{N}_'"])/gu;
const SCHEME = /^<[A-Za-z][A-Za-z0-9+.-]*:/;
const PAIRS = /** @type {Sure<string, string>} */ (new Map([["{", "}"], ["(", ")"], ["[", "]"]]));
const SHOWN = 60; // letters of a word that is none
const CLOSING = new Set(PAIRS.values());
// What the engine says of the meaning, as against what it would have liked to read.
const REASON = /(?:(?<=one of )|(?<=, )|(?<=expected ))((?:[A-Z][A-Za-z]+|\\u)(?: [\p{L}\p{N}_?'.-]+){2,})/gu;

/** The words that SPARQL knows, keywords and functions alike. */
export const WORDS = `
  a abs add all as asc ask avg base bind bnode bound by ceil clear coalesce concat construct
  contains copy count create data datatype day default delete desc describe distinct drop
  encode_for_uri exists false filter floor from graph group group_concat having hours if in insert
  into iri isblank isiri isliteral isnumeric isuri lang langmatches lcase limit load max md5 min
  minus minutes month move named not now offset optional order prefix rand reduced regex replace
  round sameterm sample seconds select separator service sha1 sha256 sha384 sha512 silent str
  strafter strbefore strdt strends strlang strlen strstarts struuid substr sum timezone to triple
  true tz ucase undef union uri using uuid values version where with year subject predicate object
  istriple haslang haslangdir langdir strlangdir lateral adjust`.trim().split(/\s+/);
const KNOWN_WORDS = new Set(WORDS);
const SORTED_WORDS = [...WORDS].sort();
const INSTEAD = new Map(Object.entries({ and: "&&", or: "||", like: "CONTAINS or REGEX", null: "BOUND" }));

/**
 * Why a query cannot be read, and where.
 * @param {string} text the query
 * @param {string} message what the engine said of it
 * @param {Map<string, string>} prefixes those that need no declaration
 * @returns {QueryError}
 */
export function explained(text, message, prefixes) {
  const query = code(text);
  if (!query.length) return new QueryError("the query is empty");
  for (const look of [pasted, bracket, prefix, relative, word, comma]) {
    const fault = look(query, prefixes);
    if (fault) return new QueryError(pointed(text, fault[0].start, fault[1], fault[0].end));
  }
  return new QueryError(pointed(text, offset(text, message), reason(message)));
}

/** A DOI after its prefix: a slash or a bracket ends a prefixed name. @param {Token[]} query @returns {Fault | null} */
function pasted(query) {
  for (const [index, token] of query.entries()) {
    if (token.kind !== "name" || !/^doi:10\./i.test(token.text)) continue;
    const text = run(query, index);
    if (text.length <= token.text.replace(/\.+$/, "").length) continue;
    const whole = `https://doi.org/${quote(text.slice("doi:".length), CURIE_SAFE)}`;
    return [token, `${text} is no prefixed name, for it has marks in it; write <${whole}>`];
  }
  return null;
}

/**
 * What stands from a token on without a blank, without what ends a term or a group.
 * @param {Token[]} query
 * @param {number} index
 */
function run(query, index) {
  let [text, end] = ["", query[index].start];
  for (let place = index; place < query.length; place++) {
    const token = query[place];
    if (token.start !== end || ["{", "}", ";", ",", "<", '"', "'"].includes(token.text)) break;
    [text, end] = [text + token.text, token.end];
  }
  /** @param {string} mark */
  const count = (mark) => text.split(mark).length;
  while (text.endsWith(".") || (text.endsWith(")") && count(")") > count("("))) text = text.slice(0, -1);
  return text;
}

/** The first bracket that does not fit, or the last one left open. @param {Token[]} query @returns {Fault | null} */
function bracket(query) {
  /** @type {Token[]} */
  const opened = [];
  for (const token of query) {
    if (PAIRS.has(token.text)) opened.push(token);
    else if (CLOSING.has(token.text)) {
      const last = opened.pop();
      if (!last) return [token, `nothing is open that this ${token.text} could close`];
      const wanted = PAIRS.get(last.text);
      if (wanted !== token.text) return [token, `found ${token.text} where ${wanted} must close what is open`];
    }
  }
  const last = opened.pop();
  return last ? [last, `this ${last.text} is never closed`] : null;
}

/** @param {Token[]} query @param {Map<string, string>} prefixes @returns {Fault | null} */
function prefix(query, prefixes) {
  const spaces = new Map([...prefixes, ...declared(query)]);
  const name = usedNames(query).find((token) => !spaces.has(splitName(token)[0]));
  return name ? [name, unknownPrefix(splitName(name)[0], spaces)] : null;
}

/**
 * The message for a prefix that is neither declared nor known.
 * @param {string} name
 * @param {Map<string, string>} spaces
 */
export function unknownPrefix(name, spaces) {
  const close = nearest(name, spaces.keys());
  const hint = close.length ? `did you mean ${close.map((candidate) => `${candidate}:`).join(" or ")}?` : "declare it with PREFIX";
  return `unknown prefix ${name}: ${hint}`;
}

/** The first IRI without a scheme, where no BASE gives it one. @param {Token[]} query @returns {Fault | null} */
function relative(query) {
  if (query.some((token) => says(token, "BASE"))) return null;
  const iri = query.find((token) => token.kind === "iri" && !SCHEME.test(token.text));
  return iri ? [iri, `${iri.text} is a relative IRI; write it in full, or as prefix:name`] : null;
}

/** @param {Token[]} query @returns {Fault | null} */
function word(query) {
  for (const [index, token] of query.entries()) {
    if (token.kind !== "word") continue;
    const folded = token.text.toLowerCase().replace(/\.+$/, "");
    const before = query[index - 1];
    // The rest of a language tag, or of a variable with letters beyond ASCII.
    if (KNOWN_WORDS.has(folded) || (before?.end === token.start && ["@", "?", "$"].includes(before.text))) continue;
    const close = INSTEAD.has(folded) ? [INSTEAD.get(folded)]
      : nearest(folded, SORTED_WORDS).map((candidate) => candidate.toUpperCase());
    const letters = [...token.text];
    const shown = letters.length <= SHOWN ? token.text : `${letters.slice(0, SHOWN).join("")}…`;
    return [token, `${shown} is no word of SPARQL${close.length ? `; did you mean ${close.join(" or ")}?` : ""}`];
  }
  return null;
}

/** A comma between the variables of SELECT. @param {Token[]} query @returns {Fault | null} */
function comma(query) {
  let depth = 0;
  for (const token of query) {
    depth += Number(token.text === "(") - Number(token.text === ")");
    if (token.text === "{") return null;
    if (token.text === "," && depth === 0) return [token, "variables are separated by spaces, not by commas"];
  }
  return null;
}

/**
 * The place the engine means, less the keyword it was comparing with there.
 * @param {string} text
 * @param {string} message
 */
function offset(text, message) {
  const match = PLACE.exec(message);
  if (!match) return 0;
  let start = 0;
  for (let line = Number(match[1]); line > 1; line--) start = text.indexOf("\n", start) + 1;
  let column = Number(match[2]) - 1;
  const cut = message.indexOf("expected");
  const expected = (cut < 0 ? "" : message.slice(cut + "expected".length)).replace(REASON, "");
  const keywords = expected.match(KEYWORD) ?? [];
  if (keywords.length && !expected.includes('"')) column -= Math.min(...keywords.map((/** @type {string} */ keyword) => keyword.length));
  // Columns are characters; what lies before this line's start is reached in characters too.
  let place = column >= 0 ? start + [...text.slice(start)].slice(0, column).join("").length
    : [...text.slice(0, start)].slice(0, column).join("").length;
  // The mistake is the next thing that is written, not the space before it.
  while (place < text.length && SPACE.test(text[place])) place++;
  let end = text.length;
  while (end > 0 && SPACE.test(text[end - 1])) end--;
  return Math.min(place, end);
}

/** @param {string} message */
function reason(message) {
  const match = [...message.matchAll(REASON)][0];
  return `the query cannot be read from here on${match ? `: ${match[1]}` : ""}`;
}
