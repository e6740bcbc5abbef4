// The cases that hold the page's reasoning to that of Python, and what the page says in their form;
// tests/frontend/reasoning.py writes them and says the same for Python.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { CLEAR, see } from "../src/reason/lens.js";
import { headline, place, reason } from "../src/reason/words.js";
import { graph } from "../src/records.js";

const folder = process.env.TRABECULA_CASES ?? fileURLToPath(new URL("cases", import.meta.url));
const shipped = process.env.TRABECULA_GRAPH;

const read = (path) => JSON.parse(readFileSync(path, "utf8"));

/** The rows of a file of cases. */
export const rows = (name) => read(join(folder, `${name}.json`));

/** A graph in node-link form as the page has it; an entity that has no node is known by its id. */
function made({ nodes, edges, sources, about, dimensions }) {
  const named = new Set(nodes.map((node) => node.id));
  const ends = new Set(edges.flatMap((edge) => [edge.source, edge.target]));
  const missing = [...ends].filter((id) => !named.has(id)).map((id) => ({ id, name: id, category: "" }));
  const [{ predicates, relations, bases, categories }] = rows("words");
  return graph({
    words: { predicates, relations, bases, categories }, entities: [...nodes, ...missing], statements: edges, sources, about, dimensions,
    loops: { rows: [] }, conflicts: { rows: [] }, core: [],
  });
}

/**
 * Test that the page answers the cases of a file as Python does, each graph in a test of its own. The
 * graph that trabecula ships is not kept here again: `TRABECULA_GRAPH` names it
 * (tests/frontend/test_reasoning_cases.py). A case that has a lens is asked through it.
 * @param {string} name
 * @param {(graph: object, asked: object, answer: object) => object} answered what the page says to a
 *   question, in the form of the cases and as fully as they have the answer
 */
export function agrees(name, answered) {
  const graphs = new Map(rows("graphs").map((data) => [data.name, data]));
  if (shipped) graphs.set("shipped", read(shipped));
  const asked = new Map();
  for (const question of rows(name)) asked.set(question.graph, [...(asked.get(question.graph) ?? []), question]);
  for (const [which, cases] of asked) {
    const skip = !graphs.has(which) && "TRABECULA_GRAPH does not name the shipped graph";
    test(`${name} agrees with Python about the graph ${which}: ${cases.length} cases`, { skip }, () => {
      const graph = made(graphs.get(which));
      for (const { answer, lens, ...question } of cases) {
        see(graph, lens ? lensOf(graph, lens) : CLEAR);
        const told = answered(graph, question, answer);
        assert.deepEqual({ question, lens, answer: told }, { question, lens, answer });
        // Byte for byte: the order of keys and of ids is that of Python too.
        assert.equal(JSON.stringify(told), JSON.stringify(answer));
      }
    });
  }
}

const lensOf = ({ sources }, [trust, without]) => ({ trust, without: without.map((id) => sources.get(id).paper) });

const ids = (records) => records.map((record) => record.id);

/** Sixteen digits that stand for a value; the same in Python. */
export const digest = (value) => createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);

/** A conclusion as `trabecula.values.conclusion` gives it. */
export const values = ({ relation, sign, interval, basis, settled, contexts, against, also, restsOn, path, steps, stopped }) => ({
  relation, sign, interval, basis: basis || null, settled,
  contexts: contexts.map(({ relation, interval, context, state, statements }) =>
    ({ relation, interval, context, state: state || null, statements })),
  against, also, rests_on: restsOn, path, steps, complete: !stopped,
});

/** A conclusion about two entities, as values and as it is said. */
export const concluded = (graph, start, end, conclusion) => ({
  values: values(conclusion),
  words: [headline(graph, start, end, conclusion), reason(graph, conclusion)],
  places: conclusion.contexts.map((context) => place(graph, start, context)),
});

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
