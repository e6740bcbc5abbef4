// Layouts, worked out beside the page: Graphviz takes its time over a large graph.

import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { unpacked } from "../app/unpacked.js";
import { arrange } from "./layout.js";
import { complete } from "./lines.js";

/** @type {Promise<any> | null} */
let loading = null;

/** @param {{ folded?: Uint8Array<ArrayBuffer>, wasm?: Uint8Array<ArrayBuffer> }} told */
async function load({ folded, wasm }) {
  const code = wasm ?? (folded && await unpacked(folded));
  /** @type {any} */ (globalThis).graphvizWasm = code;
  const graphviz = await Graphviz.load();
  postMessage({ ready: true, wasm: folded && code });
  return graphviz;
}

// The first message brings the WebAssembly, packed to the first worker of a page, which gives it back
// unpacked; every other one asks for a layout.
addEventListener("message", async ({ data: { folded, wasm, request } }) => {
  if (!request) {
    loading = load({ folded, wasm });
    loading.catch((error) => postMessage({ error: String(error) }));
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
