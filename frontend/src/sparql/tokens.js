// The words of a SPARQL query: enough of the grammar to see what is text and what is code. The same
// as trabecula/sparql/tokens.py, and as fast on any input.

const FOUR = "(?:[0-9A-CE-Fa-ce-f][0-9A-Fa-f]{3}|[Dd][0-7][0-9A-Fa-f]{2})"; // no surrogates
const ESCAPE = String.raw`\\(?:[tbnrf"'\\]|u${FOUR}|U(?:0000${FOUR}|00(?:0[1-9A-Fa-f]|10)[0-9A-Fa-f]{4}))`;
// What Python's \w stands for: letters and numbers of any script.
const WORD = String.raw`\p{L}\p{N}_`;
const PATTERN = [
  String.raw`(?<comment>#[^\r\n]*)`,
  String.raw`(?<string>"""(?:[^"\\]|${ESCAPE}|"{1,2}(?!"))*"""|'''(?:[^'\\]|${ESCAPE}|'{1,2}(?!'))*'''` +
    String.raw`|(?!""")"(?:[^"\\\r\n]|${ESCAPE})*"|(?!''')'(?:[^'\\\r\n]|${ESCAPE})*')`,
  `(?<broken>["'])`,
  String.raw`(?<iri><[^\x00-\x20<>"{}|^\x60]*>)`,
  "(?<variable>[?$][A-Za-z0-9_]+)",
  String.raw`(?<label>_:[${WORD}.\-\xb7]*)`,
  String.raw`(?<name>(?:(?!\p{Nd}|_)[${WORD}][${WORD}.\-]*)?:` +
    String.raw`(?:[${WORD}:.\-\xb7]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%])*)`,
  String.raw`(?<word>(?!\p{Nd})[${WORD}][${WORD}.\-]*)`,
  String.raw`(?<number>\p{Nd}[\p{Nd}.]*)`,
  String.raw`(?<mark>[^\s\x1c-\x1f\x85])`, // Python's white space has some more than ours
].join("|");
// A byte order mark is white space here and not there.
const TOKEN = new RegExp(`${PATTERN}|(?<bom>\ufeff)`, "gsu");
const KINDS = ["comment", "string", "broken", "iri", "variable", "label", "name", "word", "number", "mark"];
const ABSOLUTE = /^<[A-Za-z][A-Za-z0-9+.-]*:\/\//;

/**
 * A piece of a query: what kind it is, its text, and where it begins and ends.
 * @typedef {{kind: string, text: string, start: number, end: number}} Token
 */

/**
 * The tokens of a query in order; white space is left out. A quotation mark that begins no valid
 * string is the last token, of kind `broken`: what comes after it could be text or code.
 * @param {string} text
 * @returns {Token[]}
 */
export function tokens(text) {
  const lexed = [];
  for (const match of text.matchAll(TOKEN)) {
    const kind = KINDS.find((name) => match.groups?.[name] !== undefined) ?? "mark";
    lexed.push({ kind, text: match[0], start: match.index, end: match.index + match[0].length });
    if (kind === "broken") break;
  }
  return lexed;
}

/** The tokens of a query without its comments. @param {string} text */
export const code = (text) => tokens(text).filter((token) => token.kind !== "comment");

/**
 * Whether a token is this keyword, in any case.
 * @param {Token | undefined} token
 * @param {string} word
 * @returns {boolean}
 */
export const says = (token, word) => token?.kind === "word" && token.text.toUpperCase() === word;

/**
 * Whether an IRI could also be read as a comparison, with other text after it hidden: in
 * `FILTER(?a<?b)#>` the engine sees `<`, `?b`, `)` and a comment. Only `#` and `'` make the two
 * readings go apart, and none but an IRI holds `//`.
 * @param {Token} token
 */
export const doubtful = (token) => token.kind === "iri" && /[#']/.test(token.text) && !ABSOLUTE.test(token.text);

/**
 * The prefixes that a query declares, with their namespaces.
 * @param {Token[]} query
 * @returns {Map<string, string>}
 */
export function declared(query) {
  const prefixes = new Map();
  query.forEach((word, index) => {
    const [name, iri] = [query[index + 1], query[index + 2]];
    const isPrefix = name?.kind === "name" && name.text.indexOf(":") === name.text.length - 1;
    if (says(word, "PREFIX") && isPrefix && iri?.kind === "iri") prefixes.set(name.text.slice(0, -1), unquoted(iri));
  });
  return prefixes;
}

/** The prefixed names that a query uses, apart from those that declare a prefix. @param {Token[]} query */
export const usedNames = (query) =>
  query.filter((token, index) => token.kind === "name" && !says(query[index - 1], "PREFIX"));

/** The prefix and the local part of a prefixed name, without its escapes. @param {Token} token */
export function splitName(token) {
  const colon = token.text.indexOf(":");
  return [token.text.slice(0, colon), token.text.slice(colon + 1).replace(/\.+$/, "").replace(/\\(.)/g, "$1")];
}

const ECHARS = new Map(Object.entries({ t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" }));

/** What a string or an IRI token stands for, without its quotation marks and escapes. @param {Token} token */
export function unquoted(token) {
  const width = /^("""|''')/.test(token.text) ? 3 : 1;
  return token.text
    .slice(width, -width)
    .replace(/\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[^])/gu, (_, escape) =>
      escape.length > 2 ? String.fromCodePoint(parseInt(escape.slice(1), 16)) : (ECHARS.get(escape) ?? escape));
}

/**
 * The IRI of an IRI or a prefixed name; empty when its prefix is not known.
 * @param {Token} token
 * @param {Map<string, string>} spaces
 */
export function iriOf(token, spaces) {
  if (token.kind === "iri") return unquoted(token);
  const [prefix, local] = splitName(token);
  return spaces.has(prefix) ? spaces.get(prefix) + local : "";
}

/** Whether the query itself, and not one nested in it, has these words one after the other. @param {Token[]} query */
export function orders(query) {
  return atTop(query, (token, index) => says(token, "ORDER") && says(query[index + 1], "BY"));
}

/**
 * Whether a test holds for a token outside all braces.
 * @param {Token[]} query
 * @param {(token: Token, index: number) => boolean} test
 */
export function atTop(query, test) {
  let depth = 0;
  return query.some((token, index) => {
    depth += Number(token.text === "{") - Number(token.text === "}");
    return depth === 0 && test(token, index);
  });
}

/** The form of a query: its first word that is not of its prologue, in capitals. @param {Token[]} query */
export function formOf(query) {
  const word = query.find((token) => token.kind === "word" && !/^(BASE|PREFIX|VERSION)$/i.test(token.text));
  return word ? word.text.toUpperCase() : "";
}

// --- Places -------------------------------------------------------------------------------------

/**
 * A mistake in a query: what is wrong, and where.
 * @typedef {{message: string, start: number, end: number, line: number, column: number, text: string}} Mistake
 */

/**
 * The mistake at an offset of a query. `text` says it with its line and column (both from 1, and in
 * characters) as Python does, without the line itself.
 * @param {string} query
 * @param {number} start
 * @param {string} message
 * @param {number} [end] where what is wrong ends
 * @returns {Mistake}
 */
export function pointed(query, start, message, end = start) {
  const before = query.slice(0, start);
  const line = before.split("\n").length;
  const column = [...before.slice(before.lastIndexOf("\n") + 1)].length + 1;
  return { message, start, end, line, column, text: `line ${line}, column ${column}: ${message}` };
}

/** A query that is not asked, or that failed; `mistake` says where, if a place is known. */
export class QueryError extends Error {
  /** @param {string | Mistake} mistake */
  constructor(mistake) {
    super(typeof mistake === "string" ? mistake : mistake.text);
    this.name = "QueryError";
    this.mistake = typeof mistake === "string" ? null : mistake;
  }
}
