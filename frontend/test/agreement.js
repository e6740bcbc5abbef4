// The cases that hold the page's reasoning to that of Python, and what the page says in their form;
// tests/frontend/reasoning.py writes them and says the same for Python.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { graph } from "../src/records.js";

const folder = process.env.TRABECULA_CASES ?? fileURLToPath(new URL("cases", import.meta.url));
const shipped = process.env.TRABECULA_GRAPH;

const read = (path) => JSON.parse(readFileSync(path, "utf8"));

/** The rows of a file of cases. */
export const rows = (name) => read(join(folder, `${name}.json`));

/** A graph in node-link form as the page has it; an entity that has no node is known by its id. */
function made({ nodes, edges }) {
  const known = new Set(nodes.map((node) => node.id));
  const ends = new Set(edges.flatMap((edge) => [edge.source, edge.target]));
  const missing = [...ends].filter((id) => !known.has(id)).map((id) => ({ id, name: id, category: "" }));
  const [{ predicates }] = rows("words");
  return graph({
    words: { predicates }, entities: [...nodes, ...missing], statements: edges, sources: [], loops: { rows: [] },
    conflicts: { rows: [] }, core: [],
  });
}

/**
 * The graphs of the cases by name; the one that trabecula ships is not kept here again, and is there
 * where `TRABECULA_GRAPH` names it in node-link form (tests/frontend/test_reasoning_cases.py).
 */
export function graphs() {
  const named = new Map(rows("graphs").map((data) => [data.name, made(data)]));
  return shipped ? named.set("shipped", made(read(shipped))) : named;
}

/** Why a case cannot be put, as `node:test` wants it; false where it can. */
export const unasked = (known, name) => !known.has(name) && "TRABECULA_GRAPH does not name the shipped graph";

const ids = (records) => records.map((one) => one.id);

/** Sixteen digits that stand for a value; the same in Python. */
export const digest = (value) => createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);

/** A path in the form of the cases. */
export function pathRow(path) {
  const row = {
    sign: path.sign,
    entities: ids(path.entities),
    statements: ids(path.steps.map((step) => step.statement)),
    signs: path.steps.map((step) => step.sign),
    weakest: path.weakest.id,
    contested: ids(path.contested),
    breaks: path.breaks.map(({ first, second, differences }) =>
      [first, second, ...differences.map(({ dimension, here, there }) => [dimension, here, there])]),
  };
  return Object.fromEntries(Object.entries(row).filter(([, value]) => !Array.isArray(value) || value.length));
}
