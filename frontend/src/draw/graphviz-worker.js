// Layouts, worked out beside the page: Graphviz takes its time over a large graph.

import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { arrange } from "./layout.js";
import { finished, frameOf } from "./lines.js";

const loading = Graphviz.load();

addEventListener("message", async ({ data: { request } }) => {
  try {
    const graphviz = await loading, began = performance.now();
    const { routes, ...layout } = arrange(request, (text) => graphviz.layout(text, "json0", "dot"));
    const places = request.boxes.map(({ outline }, box) => ({ x: layout.x[box], y: layout.y[box], w: layout.w[box], h: layout.h[box], outline }));
    const lines = finished(places, request.lines, routes, { down: layout.down, smooth: !request.simple });
    postMessage({ layout: { ...layout, lines, frame: frameOf(places, lines), took: performance.now() - began } });
  } catch (error) {
    postMessage({ error: String(error) });
  }
});
