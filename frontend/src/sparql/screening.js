// The screen: what a query may not say, decided from its text before any engine sees it, in the
// words of trabecula/sparql/screening.py. The engine in the page reaches no network anyway; the
// same query is answered or refused here and on the command line.

import { QueryError, doubtful, pointed, tokens } from "./tokens.js";

/** The longest query, in bytes of UTF-8. */
export const MAX_QUERY_BYTES = 1024 * 1024;
/** How deep brackets of any kind may be nested, and how many unary operators may follow each other. */
export const MAX_DEPTH = 100;

const FORMS = ["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"];
export const UPDATES = ["INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "ADD", "MOVE", "COPY", "WITH"];

/** Kinds of token that hold text of the user's, in which a keyword means nothing. */
const TEXT = new Set(["comment", "string", "iri", "variable"]);
const PROLOGUE = new Set(["BASE", "PREFIX", "VERSION"]);
const SERVICE = /service/i;
const [OPEN, CLOSE, UNARY] = ["{([", "})]", "!^+-"].map((marks) => new Set(marks));
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/**
 * Pass over a query that may be asked.
 * @param {string} text
 * @throws {QueryError} saying where and why: `SERVICE`, an update, a text too long or too deeply
 *   nested, a string that does not end
 */
export function screen(text) {
  /** @param {number} start @param {string} message @param {number} [end] */
  const refuse = (start, message, end) => {
    throw new QueryError(pointed(text, start, message, end));
  };
  const lone = LONE_SURROGATE.exec(text);
  if (lone) refuse(lone.index, "the query is not valid Unicode");
  const size = new TextEncoder().encode(text).length;
  if (size > MAX_QUERY_BYTES) throw new QueryError(`the query has ${size} bytes; the limit is ${MAX_QUERY_BYTES}`);
  let form = "", depth = 0, unary = 0;
  for (const token of tokens(text)) {
    if (token.kind === "broken") refuse(token.start, "the string that begins here does not end", token.end);
    if (doubtful(token) && SERVICE.test(text.slice(token.start)))
      refuse(
        token.start,
        "this could be an IRI or a comparison with a comment, and SERVICE follows: " +
          "put a space after < if it is a comparison, use a prefixed name if it is an IRI",
        token.end,
      );
    if (!TEXT.has(token.kind)) {
      const match = SERVICE.exec(token.text);
      const name = token.kind === "name" ? "; if this is a name, write its full IRI between < and >" : "";
      if (match) refuse(token.start + match.index, `SERVICE is refused: nothing is fetched${name}`, token.end);
    }
    if (token.kind === "word" && !form) {
      const word = token.text.toUpperCase();
      const reading = `queries read (${FORMS.join(", ")}) and never change the data`;
      if (UPDATES.includes(word)) refuse(token.start, `${word} is refused: ${reading}`, token.end);
      if (!PROLOGUE.has(word)) form = word;
    }
    if (token.kind !== "comment") {
      unary = UNARY.has(token.text) ? unary + 1 : 0;
      depth += Number(OPEN.has(token.text)) - Number(CLOSE.has(token.text));
    }
    if (Math.max(depth, unary) > MAX_DEPTH) refuse(token.start, `nested more than ${MAX_DEPTH} deep`, token.end);
  }
}
