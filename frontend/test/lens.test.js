// The evidence lens: what it lets through, that it is taken off again, and that the page says what it does.

import assert from "node:assert/strict";
import { test } from "node:test";
import { see, turning } from "../src/reason/lens.js";
import { explain } from "../src/reason/paths.js";
import { lensWords, marks } from "../src/reason/words.js";
import { visible } from "../src/scene.js";
import { start } from "../src/state.js";
import { small } from "./small.js";

const row = (source, strength, more = {}) => ({ source, strength, ...more });
const made = () => small([
  ["a increases b", { evidence: [row("trial", "direct", { species: "human" }), row("review", "review")], supporting: 2 }],
  ["b increases c", { evidence: [row("rats", "direct", { species: "rat" })] }],
  ["b decreases d", { evidence: [row("review", "review")] }],
  ["c increases d", { evidence: [row("article", "asserted")], status: "asserted-only", supporting: 0 }],
  ["low-a deficiency_of a", { evidence: [row("ontology", "reference")] }],
]);
const PEOPLE = { trust: ["measured", "human"], without: [] };
const told = (graph) => graph.statements.map((statement) =>
  `${statement.subject.id} ${statement.object.id} ${statement.status} ${statement.supporting}`);

test("statements are what the evidence makes of them that counts, and those of which none speaks are left out", () => {
  const graph = made();
  see(graph, PEOPLE);
  // The article's words stay, and so do names.
  assert.deepEqual(told(graph), ["a b supported 1", "c d asserted-only 0", "low-a a supported 1"]);
  assert.deepEqual(graph.statements.map((statement) => [statement.number, statement.hidden]), [[0, 1], [1, 0], [2, 0]]);
  assert.deepEqual(graph.entity.get("b").out, []);
  assert.equal(graph.core.length, 3);
});

test("without a source it is as if that had said nothing, even of a name", () => {
  const graph = made(), source = graph.sources.get("ontology");
  const before = explain(graph, graph.entity.get("low-a"), graph.entity.get("b")).conclusion;
  see(graph, turning({ trust: [], without: [] }, source));
  const after = explain(graph, graph.entity.get("low-a"), graph.entity.get("b")).conclusion;
  assert.deepEqual([before.relation, after.relation], ["suggested", "nothing"]);
  assert.deepEqual(turning(turning(PEOPLE, source), source), PEOPLE);
});

test("a lens that is taken off leaves no trace", () => {
  const graph = made(), before = graph.statements;
  const degrees = () => graph.entities.map((entity) => [entity.id, entity.degree, entity.out.length]);
  const all = degrees();
  see(graph, PEOPLE);
  assert.notDeepEqual(degrees(), all);
  see(graph);
  assert.equal(graph.statements, before);
  assert.deepEqual(degrees(), all);
});

test("what is drawn, concluded and marked is what the lens of the state lets through", () => {
  const graph = made();
  const at = (lens) => visible(graph,
    { ...start(), lens, scene: { kind: "whatif", up: ["a"], down: [], fixed: [], steps: 2, status: [] } });
  const keys = (model) => Object.fromEntries([...marks(model.answer, graph)].map(([entity, { key }]) => [entity.id, key]));
  const whole = { a: "changed-up", "low-a": "down", b: "up", c: "hint-up", d: "hint-down" };
  assert.deepEqual(keys(at({ trust: [], without: [] })), whole);
  assert.deepEqual(keys(at(PEOPLE)), { a: "changed-up", "low-a": "down", b: "up" });
  assert.match(at(PEOPLE).notes[0], /^2 left out by what counts$/);
  assert.deepEqual(keys(at({ trust: [], without: [] })), whole);
});

test("the page says what counts in a sentence", () => {
  const graph = made(), name = ({ id }) => id;
  const words = (trust, without) => lensWords(graph, { trust, without }, name);
  assert.equal(words([], []), "");
  assert.equal(words(["measured", "human"], []), "Only what was measured in people counts");
  assert.equal(words(["read"], ["trial"]), "Only what was read counts; left out: trial");
  assert.equal(words([], ["trial", "rats"]), "Left out: trial, rats");
});
