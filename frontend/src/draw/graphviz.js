// The client of the worker that makes layouts: it keeps the last ones, and does not wait for ever.

import { text, worker } from "../assets.js";

const PATIENCE = 4000; // milliseconds until a layout is asked for with simpler settings
const KEPT = 24;

/**
 * Somewhere to ask for layouts.
 * @param {() => Promise<Worker>} [start]
 * @returns {{ ask(request: import("./layout.js").Request): Promise<object>, warm(): void }} `ask` gives what
 *   the worker answers, and fails with an `Error` whose message can be shown; only the last is answered
 */
export function layouts(start = async () => worker(await text("graphviz-worker"))) {
  const kept = new Map();
  let running = null; // the worker, or the promise of it
  let busy = null; // what is asked of it now

  function stop() {
    Promise.resolve(running).then((one) => one?.terminate(), () => {});
    running = null;
  }

  function once(request, patience) {
    running ??= start();
    const mine = running;
    return new Promise((resolve, reject) => {
      const cancel = () => {
        clearTimeout(timer);
        stop();
        reject(new Error("superseded"));
      };
      const fail = (words) => {
        clearTimeout(timer);
        if (busy?.cancel === cancel) busy = null;
        if (running === mine) stop();
        reject(new Error(words));
      };
      let timer = 0;
      busy = { cancel };
      mine.then((one) => {
        // The time that the worker takes to start does not count.
        timer = setTimeout(() => fail("late"), patience);
        one.onerror = (event) => fail(event.message || "the worker failed");
        one.onmessage = ({ data }) => {
          clearTimeout(timer);
          busy = null;
          if (data.error) fail(data.error);
          else resolve(data.layout);
        };
        one.postMessage({ request });
      }, (error) => fail(error.message));
    });
  }

  async function ask(request) {
    const key = JSON.stringify(request);
    const before = kept.get(key);
    if (before) return before;
    // What was asked before is no longer wanted: the worker is stopped, for it cannot be told.
    busy?.cancel();
    let layout;
    try {
      layout = await once(request, PATIENCE);
    } catch (error) {
      if (error.message === "superseded") throw error;
      layout = await once({ ...request, simple: true }, 2 * PATIENCE);
    }
    kept.set(key, layout);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value);
    return layout;
  }

  return { ask, warm: () => { running ??= start(); } };
}
