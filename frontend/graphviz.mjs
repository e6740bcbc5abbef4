// Graphviz out of its package: the package keeps its WebAssembly as text and unpacks it in script,
// which takes longer than all the rest of the start. The page keeps it compressed like its other
// parts, and the browser unpacks it.

import { readFile } from "node:fs/promises";

const PACKAGE = /@hpcc-js[\\/]wasm-graphviz[\\/]dist[\\/]index\.js$/;

/** The WebAssembly that the package would start, as bytes. */
export async function wasm() {
  const { instantiate } = WebAssembly;
  let found = null;
  WebAssembly.instantiate = (bytes, imports) => {
    found = Buffer.from(bytes);
    return instantiate(bytes, imports);
  };
  try {
    const { Graphviz } = await import("@hpcc-js/wasm-graphviz");
    await Graphviz.load();
  } finally {
    WebAssembly.instantiate = instantiate;
  }
  if (!found) throw new Error("@hpcc-js/wasm-graphviz starts otherwise than it did; see frontend/graphviz.mjs");
  return found;
}

/** For esbuild: the package without the text, started on what `globalThis.graphvizWasm` holds. */
export const withoutWasm = {
  name: "graphviz without its WebAssembly",
  setup(build) {
    build.onLoad({ filter: PACKAGE }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const [unpacked, binary, , , text] = /(\w+)\?\?=(\w+)\((\w+)\((\w+)\)\)/.exec(source) ?? [];
      const start = source.indexOf(`${text}='`), end = source.indexOf(`',${binary};function `);
      if (!unpacked || start < 0 || end - start < 500_000)
        throw new Error("@hpcc-js/wasm-graphviz keeps its WebAssembly otherwise than it did; see frontend/graphviz.mjs");
      const contents = `${source.slice(0, start)}${text}=''${source.slice(end + 1)}`
        .replace(unpacked, () => `${binary}??=globalThis.graphvizWasm`);
      return { contents, loader: "js" };
    });
  },
};
