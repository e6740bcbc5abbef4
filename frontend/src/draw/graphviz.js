// The client of the worker that makes layouts: it keeps the last ones, and does not wait for ever.

import { packed, text, worker } from "../app/assets.js";
import { MANY } from "./layout.js";
import { complete } from "./lines.js";

const PATIENCE = 4000; // milliseconds until a layout is asked for with simpler settings
const MOST = 15000; // milliseconds until it is given up
const GRACE = 400; // milliseconds that a layout no longer wanted may take before its worker is ended
const KEPT = 24;

/** @typedef {import("./lines.js").Laid} Laid */
/** The worker, once it can be asked. */
const readied = async (/** @type {Promise<Worker>} */ starting) => {
  const engine = await starting;
  return /** @type {Promise<Worker>} */ (new Promise((resolve, reject) => {
    engine.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(engine));
    engine.onerror = (event) => reject(new Error(event.message || "Graphviz could not be started"));
  }));
};

/** @type {Uint8Array<ArrayBuffer> | null} */
let wasm = null; // unpacked, once a worker has done that

/** A worker. The first one unpacks Graphviz beside the page, which has enough to do when it is opened. */
async function startWorker() {
  const engine = worker(await text("graphviz-worker"));
  engine.addEventListener("message", ({ data }) => { wasm ??= data.wasm ?? null; });
  engine.postMessage(wasm ? { wasm } : { folded: packed("graphviz") });
  return engine;
}

/** What `ask` fails with when another layout was asked for meanwhile. */
export const SUPERSEDED = "superseded";

const pause = (/** @type {number} */ time) => new Promise((resolve) => setTimeout(resolve, time));

/**
 * Somewhere to ask for layouts.
 * @param {() => Promise<Worker>} [start]
 * @returns {{ ask(request: import("./layout.js").Request): Promise<import("./lines.js").Laid>, warm(): void, end(): void }}
 *   `ask` gives what the worker answers; `warm` has the worker start before it is needed; `end` ends it until it is again
 */
export function layouts(start = startWorker) {
  /** @type {Map<string, Laid>} */
  const kept = new Map();
  /** @type {Promise<Worker> | null} */
  let running = null;
  /** @type {{ done: Promise<unknown> | null, cancel(): void } | null} */
  let current = null; // what it is asked now
  let turns = 0;

  const begin = () => (running ??= readied(start()));

  function end() {
    running?.then((engine) => engine.terminate(), () => {});
    running = null;
  }

  /** @param {import("./layout.js").Request} request @param {number} patience */
  function once(request, patience) {
    let timer = 0;
    /** @type {(words: string) => void} */
    let cancel;
    /** @type {import("./layout.js").Layout | null} */
    let meanwhile = null;
    /** @type {{ done: Promise<unknown> | null, cancel(): void }} */
    const asked = { done: null, cancel: () => cancel(SUPERSEDED) };
    const answer = new Promise((resolve, reject) => {
      cancel = (words) => {
        end();
        reject(new Error(words));
      };
      begin().then((engine) => {
        // The time that the worker takes to start does not count.
        timer = +setTimeout(() => {
          if (!meanwhile) return cancel("Graphviz takes too long");
          end();
          return resolve(complete(request, meanwhile));
        }, patience);
        engine.onerror = (event) => cancel(event.message || "Graphviz failed");
        engine.onmessage = ({ data }) => {
          if (data.error) cancel(data.error);
          else if (data.layout) resolve(data.layout);
          else meanwhile = data.meanwhile;
        };
        engine.postMessage({ request });
      }, (error) => cancel(error.message)); // the next one starts anew
    }).finally(() => {
      clearTimeout(timer);
      if (current === asked) current = null;
    });
    asked.done = answer.catch(() => {});
    current = asked;
    return answer;
  }

  /** @param {import("./layout.js").Request} request */
  async function ask(request) {
    const turn = ++turns, key = JSON.stringify(request);
    if (kept.has(key)) return kept.get(key);
    if (current) {
      await Promise.race([current.done, pause(GRACE)]);
      if (turn !== turns) throw new Error(SUPERSEDED);
      current?.cancel();
    }
    const large = request.lines.length > MANY; // it is simple as it is
    let layout;
    try {
      layout = await once(request, large ? MOST : PATIENCE);
    } catch (error) {
      if (turn !== turns || (error instanceof Error && error.message === SUPERSEDED)) throw new Error(SUPERSEDED);
      if (large) throw error;
      layout = await once({ ...request, simple: true }, MOST);
    }
    kept.set(key, layout);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value ?? "");
    return layout;
  }

  return { ask, warm: () => void begin().catch(() => {}), end };
}
