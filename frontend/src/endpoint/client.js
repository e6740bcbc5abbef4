// The engine as the query page sees it: the server that sent the page. It stands in the place of
// sparql/client.js, which asks the engine within a page; build.mjs puts it there.

import { read } from "../sparql/results.js";
import { names } from "../sparql/terms.js";
import { QueryError, code, formOf } from "../sparql/tokens.js";

/** How long a query may take, in seconds, unless the reader says otherwise. */
export const SECONDS = 30;
const ENDPOINT = "/sparql";
/** Properties of our ontology whose values can be offered one by one. */
const CLOSED = ["status", "topic", "stance", "strength", "method", "species", "sourceKind", "studyType", "organism"];
/** Where the server says that a mistake is. */
const PLACE = /^line (\d+), column (\d+): ([^]*?)(?:\n|$)/;

/** @type {Set<(now: Phase) => void>} */
const listeners = new Set();
/** @type {Phase} */
let phase = { phase: "off", triples: 0 };
let namespaces = names([]);
/** @type {AbortController | null} */
let asking = null;
/** @type {Promise<void> | null} */
let started = null;
/** @type {Promise<Facts> | null} */
let learnt = null;

/** Say of which graph the answers are: its prefixes need no declaration. @param {Graph} graph */
export function prepare(graph) {
  namespaces = names(graph.prefixes);
}

/**
 * Be told what the server does, now and at every change.
 * @param {(now: Phase) => void} listener
 */
export function listen(listener) {
  listeners.add(listener);
  listener(phase);
}

/** @param {Partial<Phase>} change */
function tell(change) {
  phase = { ...phase, ...change };
  for (const listener of listeners) listener(phase);
}

/** Ask whether the server answers, and how much it holds; once. @returns {Promise<void>} */
export const start = () => (started ??= begin());

async function begin() {
  tell({ phase: "starting" });
  try {
    const health = await (await fetch("/health")).json();
    tell({ phase: "ready", triples: health.quads });
  } catch {
    started = null;
    tell({ phase: "off" });
    throw new QueryError("the server does not answer");
  }
}

/** The server needs no rest. */
export function rest() {}

/** Stop the query that is being answered: the server ends one whose client has gone. */
export function stop() {
  asking?.abort(new QueryError("stopped"));
}

/** The text of an answer. @param {string} query @param {string} accept @param {AbortSignal} signal */
async function bodyOf(query, accept, signal) {
  let response;
  try {
    response = await fetch(ENDPOINT, {
      method: "POST", signal, headers: { Accept: accept, "Content-Type": "application/sparql-query" }, body: query,
    });
    const text = await response.text();
    if (response.ok) return text;
    throw mistaken(query, text.trim());
  } catch (error) {
    if (error instanceof QueryError) throw error;
    throw new QueryError(response ? "the answer broke off; narrow the query" : "the server does not answer");
  }
}

/**
 * The error for a query that the server refuses, with the place if it names one.
 * @param {string} query
 * @param {string} text
 */
function mistaken(query, text) {
  const place = PLACE.exec(text);
  if (!place) return new QueryError(text);
  const [line, column] = [Number(place[1]), Number(place[2])];
  const before = query.split("\n").slice(0, line - 1).reduce((sum, row) => sum + row.length + 1, 0);
  // The server counts characters, and the editor units of UTF-16.
  const start = before + [...(query.split("\n")[line - 1] ?? "")].slice(0, column - 1).join("").length;
  return new QueryError({ line, column, start, end: start + 1, message: place[3], text });
}

/**
 * The answer to a query, with `milliseconds` that it took.
 * @param {string} query
 * @param {number} [seconds] the time limit
 * @returns {Promise<import("../sparql/results.js").Answer & {milliseconds: number}>}
 * @throws {QueryError} for a query that is refused, cannot be read, fails, or takes too long
 */
export async function ask(query, seconds = SECONDS) {
  const words = code(query);
  if (!words.length) throw new QueryError("the query is empty");
  await start();
  const form = formOf(words);
  const triples = form === "CONSTRUCT" || form === "DESCRIBE";
  const controller = new AbortController();
  asking = controller;
  const clock = setTimeout(() => controller.abort(new QueryError(`the query took longer than ${seconds} s`)), seconds * 1000);
  const begun = performance.now();
  tell({ phase: "asking" });
  try {
    const body = await bodyOf(query, triples ? "application/n-triples" : "application/sparql-results+json", controller.signal);
    return { ...read(query, form, body), warnings: [], milliseconds: performance.now() - begun };
  } finally {
    clearTimeout(clock);
    asking = null;
    tell({ phase: "ready" });
  }
}

/**
 * The terms that the RDF uses, for completion.
 * @returns {Promise<Facts>}
 */
export const facts = () => (learnt ??= learn());

async function learn() {
  const rows = async (/** @type {string} */ query, /** @type {string[]} */ ...columns) => {
    const text = await bodyOf(query, "application/sparql-results+json", AbortSignal.timeout(SECONDS * 1000));
    return JSON.parse(text).results.bindings.map((/** @type {Record<string, Term>} */ binding) =>
      columns.map((name) => binding[name].value));
  };
  const counted = async (/** @type {string} */ pattern) =>
    (await rows(`SELECT ?term (COUNT(*) AS ?uses) { ${pattern} } GROUP BY ?term`, "term", "uses"))
    .map((/** @type {[string, string]} */ [term, uses]) => [term, Number(uses)]);
  const tb = namespaces.spaces.get("tb");
  const [properties, classes, values, datatypes] = await Promise.all([
    counted("?s ?term ?o"),
    counted("?s a ?term"),
    rows(`SELECT DISTINCT ?property ?value { VALUES ?property { ${CLOSED.map((name) => `<${tb}${name}>`).join(" ")} }
      ?s ?property ?value } ORDER BY ?property ?value`, "property", "value"),
    rows(`SELECT DISTINCT ?property ?datatype { ?s ?property ?value FILTER(ISLITERAL(?value))
      BIND(DATATYPE(?value) AS ?datatype) } ORDER BY ?property ?datatype`, "property", "datatype"),
  ]);
  return { properties, classes, values, datatypes };
}
