// What the engine answers: rows, a yes or no, or triples; and how that is written down, the same
// bytes as `trabecula query -f` gives.

import { sorted } from "./terms.js";
import { QueryError, code, orders } from "./tokens.js";

/** The largest answer, in characters of the format that comes from the engine. */
export const MAX_ANSWER = 64 * 1024 * 1024;

const unsupported = () => new QueryError("the answer holds RDF 1.2 terms (triple terms or directions), not supported");

/**
 * Names for blank nodes in the order in which they appear, the same in every run.
 * @returns {(label: string) => string}
 */
function labels() {
  const names = new Map();
  return (label) => names.get(label) ?? names.set(label, `b${names.size}`).get(label);
}

/**
 * The answer to a query: `form` says which of the other fields hold it.
 * @typedef {object} Answer
 * @property {"select" | "ask" | "construct"} form
 * @property {string[]} variables
 * @property {(Term | undefined)[][]} rows in the order of the variables; undefined where unbound
 * @property {boolean} answer
 * @property {Term[][]} triples subject, predicate and object
 * @property {string[]} warnings
 */

/**
 * What the engine's text says: columns in the order of the SELECT clause, rows sorted unless the
 * query says ORDER BY.
 * @param {string} query
 * @param {string} form the form of the query, in capitals
 * @param {string} body JSON of rows or of a yes or no; N-Triples
 * @returns {Answer}
 */
export function read(query, form, body) {
  /** @type {Answer} */
  const empty = { form: "select", variables: [], rows: [], answer: false, triples: [], warnings: [] };
  if (form === "CONSTRUCT" || form === "DESCRIBE") return { ...empty, form: "construct", triples: readTriples(body) };
  const document = JSON.parse(body);
  if (typeof document.boolean === "boolean") return { ...empty, form: "ask", answer: document.boolean };
  const variables = document.head.vars;
  const label = labels();
  const rows = document.results.bindings.map((/** @type {Record<string, Term>} */ binding) => {
    const bound = new Map(Object.entries(binding));
    return variables.map((/** @type {string} */ name) => {
      const term = bound.get(name);
      return term && settled(term, label);
    });
  });
  return { ...empty, variables, rows: orders(code(query)) ? rows : sorted(rows) };
}

/** @param {Term} term @param {(label: string) => string} label @returns {Term} */
function settled(term, label) {
  if (term.type === "bnode") return { type: "bnode", value: label(term.value) };
  if (!["uri", "literal"].includes(term.type) || "its:dir" in term) throw unsupported();
  return term;
}

// --- Triples --------------------------------------------------------------------------------

const LITERAL = String.raw`"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?`;
const LINE = new RegExp(String.raw`^(<[^>]*>|_:\S+) (<[^>]*>) (?:(<[^<>]*>|_:\S+)|${LITERAL}) \.$`);
const ESCAPES = new Map(Object.entries({ t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" }));

/** A literal without the escapes of N-Triples. @param {string} text */
export const unescaped = (text) =>
  text.replace(/\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)/g, (_, escape) =>
    escape.length > 1 ? String.fromCodePoint(parseInt(escape.slice(1), 16)) : (ESCAPES.get(escape) ?? escape));

/** @param {string} body */
function readTriples(body) {
  const label = labels();
  /** @param {string} text */
  const node = (text) => (text[0] === "<"
    ? { type: "uri", value: unescaped(text.slice(1, -1)) }
    : { type: "bnode", value: label(text.slice(2)) });
  const triples = new Map();
  for (const line of body.split("\n")) {
    if (!line) continue;
    const match = LINE.exec(line);
    if (!match) throw unsupported();
    const [, subject, predicate, object, literal, language, datatype] = match;
    const value = object ? node(object) : {
      type: "literal", value: unescaped(literal),
      ...(language ? { "xml:lang": language } : {}), ...(datatype ? { datatype } : {}),
    };
    triples.set(line, [node(subject), node(predicate), value]);
  }
  return sorted([...triples.values()]);
}

// --- Written down -----------------------------------------------------------------------------

/** @param {string} text */
const cell = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * A row as Python's csv module writes it: a lone empty cell is quoted, lest the line be empty.
 * @param {string[]} cells
 */
const record = (cells) => `${cells.length === 1 && cells[0] === "" ? '""' : cells.map(cell).join(",")}\r\n`;

/** @param {Term | undefined} term */
const bare = (term) => (term ? (term.type === "bnode" ? `_:${term.value}` : term.value) : "");

/** The answer as CSV, as the W3C defines it. @param {Answer} answer */
export function csv(answer) {
  if (answer.form === "ask") return String(answer.answer);
  return [answer.variables, ...answer.rows.map((row) => row.map(bare))].map(record).join("");
}

/** The answer as SPARQL results in JSON. @param {Answer} answer */
export function json(answer) {
  if (answer.form === "ask") return `${JSON.stringify({ head: {}, boolean: answer.answer }, null, 1)}\n`;
  const bindings = answer.rows.map((row) => {
    const binding = Object.create(null);
    answer.variables.forEach((name, index) => {
      if (row[index]) binding[name] = ordered(row[index]);
    });
    return binding;
  });
  return `${JSON.stringify({ head: { vars: answer.variables }, results: { bindings } }, null, 1)}\n`;
}

/** @param {Term} term */
const ordered = ({ type, value, ...rest }) => ({ type, value, ...rest });
