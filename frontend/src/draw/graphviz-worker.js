// Layouts, worked out beside the page: Graphviz takes its time over a large graph.

import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { arrange } from "./layout.js";
import { complete } from "./lines.js";

/** @type {Promise<any> | null} */
let loading = null;

// The first message brings the WebAssembly, every other one asks for a layout.
addEventListener("message", async ({ data: { wasm, request } }) => {
  if (wasm) {
    /** @type {any} */ (globalThis).graphvizWasm = wasm;
    loading = Graphviz.load();
    loading.then(() => postMessage({ ready: true }), (error) => postMessage({ error: String(error) }));
    return;
  }
  try {
    const graphviz = await loading, began = performance.now();
    const dot = (/** @type {string} */ text) => graphviz.layout(text, "json0", "dot");
    // Should time run out, there is something to show.
    const layout = arrange(request, dot, (meanwhile) => postMessage({ meanwhile }));
    postMessage({ layout: { ...complete(request, layout), took: performance.now() - began } });
  } catch (error) {
    postMessage({ error: String(error) });
  }
});
