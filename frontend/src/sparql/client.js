// The engine as the page sees it: started when it is first needed, asked, and ended where a query
// takes too long. Everything runs in a worker; nothing leaves the page.

import { bytes, text as script, worker as spawn } from "../app/assets.js";
import { explained } from "./diagnosis.js";
import { read } from "./results.js";
import { screen } from "./screening.js";
import { names } from "./terms.js";
import { texts } from "./told.js";
import { turtle as written } from "./turtle.js";
import { QueryError, atTop, code, declared, formOf, iriOf, says } from "./tokens.js";

/** How long a query may take, in seconds, unless the reader says otherwise. */
export const SECONDS = 30;
/** The largest answer, in rows: more than anybody reads, and as many as a page can hold. */
export const MAX_ROWS = 200_000;

// Compiled once; every worker gets the same.
/** @type {Promise<WebAssembly.Module> | null} */
let compiled = null;
const engine = () => (compiled ??= bytes("oxigraph").then((/** @type {BufferSource} */ code) => WebAssembly.compile(code)));

/** @type {Set<(now: Phase) => void>} */
const listeners = new Set();
/** @type {Map<number, { worker: Worker, resolve: (answer: any) => void, reject: (why: Error) => void }>} */
const waiting = new Map();
/** @type {[string, string, string][]} */
let prefixes = [];
let namespaces = names([]);
/** @type {() => string[]} */
let told = () => [];
/** @type {Phase} */
let phase = { phase: "off", triples: 0 };
/** @type {{ ready: Promise<any>, worker?: Worker } | null} */
let running = null;
/** @type {Promise<Facts> | null} */
let learnt = null;
let last = 0;

/**
 * Say of which graph the RDF is: its prefixes need no declaration, and texts of its records are there only once.
 * @param {Graph} graph
 */
export function prepare(graph) {
  told = () => texts(graph); // only where somebody asks: they take as long as to read the graph
  prefixes = graph.prefixes;
  namespaces = names(prefixes);
}

/**
 * Be told what the engine does, now and at every change.
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

/** @param {Worker} worker @param {{ ask: string, [field: string]: unknown }} message @returns {Promise<any>} */
function post(worker, message) {
  const id = ++last;
  return new Promise((resolve, reject) => {
    waiting.set(id, { worker, resolve, reject });
    worker.postMessage({ id, ...message });
  });
}

/** @param {boolean} asked whether the RDF is to be queried */
async function begin(asked) {
  const [source, module, data] = await Promise.all([script("sparql-worker"), asked ? engine() : null, bytes("store")]);
  const worker = spawn(source);
  worker.onmessage = ({ data: { id, ...answer } }) => {
    waiting.get(id)?.resolve(answer);
    waiting.delete(id);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    drop(worker, new QueryError("the engine could not be started in this browser"));
  };
  const answer = await post(worker, { ask: "open", module, data, told: told() });
  if (answer.kind) {
    drop(worker, null);
    throw new QueryError(`the engine could not be started: ${answer.message}`);
  }
  return { worker, ...answer };
}

/** End a worker; who waits for it is told why. @param {Worker} worker @param {Error | null} why */
function drop(worker, why) {
  worker.terminate();
  for (const [id, request] of waiting)
    if (request.worker === worker) {
      waiting.delete(id);
      if (why) request.reject(why);
    }
}

/** Start the engine, if it does not run yet. Resolves once it can be asked. */
export function start() {
  if (!running) {
    tell({ phase: "starting" });
    const starting = begin(true);
    running = { ready: starting };
    starting.then(
      ({ worker, size }) => {
        if (running?.ready === starting) {
          running.worker = worker;
          tell({ phase: "ready", triples: size });
        } else drop(worker, null);
      },
      () => {
        if (running?.ready === starting) running = null;
        tell({ phase: "off" });
      },
    );
  }
  return running.ready;
}

/** End what runs and start anew at once, so that the next question need not wait. @param {Error | null} why */
function restart(why) {
  const old = running;
  running = null;
  if (old?.worker) drop(old.worker, why);
  start().catch(() => {});
}

/** End the engine while nothing is asked: it holds some 180 MB. The next question starts it anew. */
export function rest() {
  if (phase.phase !== "ready") return;
  if (running?.worker) drop(running.worker, null);
  running = null;
  tell({ phase: "off" });
}

/** Stop the query that is being answered. */
export function stop() {
  if (phase.phase === "asking") restart(new QueryError("stopped"));
}

/**
 * The answer to a query, with `milliseconds` that the engine took.
 * @param {string} query
 * @param {number} [seconds] the time limit
 * @returns {Promise<import("./results.js").Answer & {milliseconds: number}>}
 * @throws {QueryError} for a query that is refused, cannot be read, fails, or takes too long
 */
export async function ask(query, seconds = SECONDS) {
  screen(query);
  const words = code(query);
  if (!words.length) throw new QueryError("the query is empty");
  const { worker } = await start();
  const form = formOf(words);
  const spaces = new Map([...namespaces.spaces, ...declared(words)]);
  const graphs = [...new Set(fromGraphs(words, spaces))].sort();
  const limited = bounded(query, words, form);
  const begun = performance.now();
  tell({ phase: "asking" });
  const clock = setTimeout(() => restart(new QueryError(`the query took longer than ${seconds} s`)), seconds * 1000);
  const graph = form === "CONSTRUCT" || form === "DESCRIBE";
  /** @param {string} text */
  const put = (text) => post(worker, { ask: "query", text: `${prologue()}\n${text}`, graph, graphs });
  let reply;
  try {
    reply = await put(limited);
    // What the engine says of a mistake must be about the reader's text and no other.
    if (reply.kind === "error" && limited !== query) reply = await put(query);
  } finally {
    clearTimeout(clock);
  }
  const milliseconds = performance.now() - begun;
  if (reply.kind === "broken") {
    restart(null);
    throw new QueryError("the query needs more memory than a page has, or goes too deep; narrow it");
  }
  tell({ phase: "ready" });
  if (reply.kind === "size") throw new QueryError("the answer is larger than 64 MiB; narrow the query or add LIMIT");
  if (reply.kind) throw failure(query, reply.message);
  const answer = read(query, form, reply.body);
  const rows = `${MAX_ROWS.toLocaleString("en-GB")} rows`;
  if (answer.rows.length > MAX_ROWS)
    throw new QueryError(`the answer has more than ${rows}; narrow the query or add LIMIT`);
  const absent = graphs.filter((iri) => !reply.present.includes(iri));
  const warnings = absent.map((iri) => `FROM <${iri}>: the dataset has no such graph, and nothing is fetched`);
  return { ...answer, warnings, milliseconds };
}

/**
 * The terms that the RDF uses, for completion; resolves once the engine runs.
 * @returns {Promise<Facts>}
 */
export const facts = () => (learnt ??= start().then(({ worker }) => post(worker, { ask: "facts" })));

/** @param {string} query @param {string} message */
function failure(query, message) {
  // The line of prefixes in front is not the reader's.
  const place = /error at (\d+):(\d+)/.exec(message);
  if (!place) return new QueryError(`the query failed: ${message}`);
  return explained(query, message.replace(place[0], `error at ${Number(place[1]) - 1}:${place[2]}`), namespaces.spaces);
}

/**
 * The RDF of these statements with their evidence, sources and entities, and of these entities,
 * as Turtle: what `trabecula extract … -o part.ttl` writes.
 * @param {Iterable<string>} statementIds
 * @param {Iterable<string>} [entityIds]
 * @returns {Promise<string>}
 */
export async function turtle(statementIds, entityIds = []) {
  // A worker of its own, without the engine: it needs little memory, and only now.
  const { worker } = await begin(false);
  try {
    const reply = await post(worker, {
      ask: "part",
      statements: [...statementIds].map((id) => namespaces.spaces.get("statement") + id),
      entities: [...entityIds].map((id) => namespaces.iri(id, "entity")),
      prefixes,
    });
    if (reply.kind) throw new QueryError(`the RDF could not be written: ${reply.message}`);
    return written(reply.triples, namespaces);
  } finally {
    drop(worker, null);
  }
}

/** All prefixes that need no declaration, on one line. */
const prologue = () => [...namespaces.spaces].map(([name, space]) => `PREFIX ${name}: <${space}>`).join(" ");

/**
 * The graphs that a query names with FROM and FROM NAMED.
 * @param {Token[]} words
 * @param {Map<string, string>} spaces
 */
function* fromGraphs(words, spaces) {
  for (const [index, word] of words.entries()) {
    if (!says(word, "FROM")) continue;
    const after = words[index + (says(words[index + 1], "NAMED") ? 2 : 1)];
    if (after?.kind === "iri" || after?.kind === "name") yield iriOf(after, spaces);
  }
}

/**
 * The query with a limit where it has none, so that no answer fills the memory of the page.
 * @param {string} query
 * @param {Token[]} words
 * @param {string} form
 */
function bounded(query, words, form) {
  /** @param {Token} token */
  const limited = (token) => ["LIMIT", "OFFSET", "VALUES"].some((word) => says(token, word));
  return form !== "SELECT" || atTop(words, limited) ? query : `${query}\nLIMIT ${MAX_ROWS + 1}`;
}
