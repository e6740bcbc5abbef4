// What is visible is the scene with what was expanded, without what is filtered or hidden.

import assert from "node:assert/strict";
import { test } from "node:test";
import { beyond, leaves, visible } from "../src/scene.js";
import { expanded, filtering, hiding, pinning, start } from "../src/state.js";
import { small } from "./small.js";

const CHAIN = () => small(["a increases b", "b decreases c", "d requires c", "d part_of e", "e increases f"]);
const shown = (model) => model.statements.map((statement) => statement.id).join(" ");
const names = (model) => model.entities.map((entity) => entity.id).join("");
const near = (of, steps) => ({ ...start(), scene: { kind: "near", of, steps } });

test("near takes the statements among what is reached, whichever way they point", () => {
  const graph = CHAIN();
  assert.equal(shown(visible(graph, near(["c"], 1))), "s1 s2");
  assert.equal(shown(visible(graph, near(["c"], 2))), "s0 s1 s2 s3");
  assert.equal(shown(visible(graph, near(["a", "f"], 1))), "s0 s4");
  assert.equal(shown(visible(small(["a increases b", "b decreases c", "c increases a"]), near(["a"], 0))), "s0 s2");
});

test("an entity that a scene names is shown even alone, and one nobody knows is left aside", () => {
  const graph = small(["a increases b"], { entities: { lone: {} } });
  assert.equal(names(visible(graph, near(["lone"], 1))), "lone");
  assert.equal(names(visible(graph, near(["nobody"], 1))), "");
});

test("expanding brings an entity's statements, and collapsing hides what hangs on it alone", () => {
  const graph = CHAIN();
  const state = expanded(near(["a"], 1), "b");
  const model = visible(graph, state);
  assert.equal(shown(model), "s0 s1");
  assert.equal(beyond(model, graph.entity.get("c")), 1);
  assert.deepEqual(leaves(model, graph.entity.get("b")).map((entity) => entity.id), ["a", "c"]);
  assert.deepEqual(leaves(visible(graph, pinning(state, "c")), graph.entity.get("b")).map((entity) => entity.id), ["a"]);
});

test("of many outcomes those are drawn that are known best, and the others counted", () => {
  const evidence = [{ source: "x", stance: "supports", strength: "review", context: [] }];
  const fan = (from, to, count) => Array.from({ length: count }, (_, at) => [`${from} increases ${to}${at}`, { evidence }]);
  const asking = { ...start(), scene: { kind: "whatif", up: ["a"], down: [], fixed: [], steps: 2, status: [] } };
  const drawn = (first, second) => {
    const { statements, notes } = visible(small([...fan("a", "b", first), ...fan("b0", "c", second)]), asking);
    return [statements.length, notes];
  };
  assert.deepEqual(drawn(60, 59), [119, []]); // a, 60 and 59 are as many as may be drawn
  assert.deepEqual(drawn(60, 60), [60, ["60 outcomes listed and not drawn"]]);
  assert.deepEqual(drawn(130, 1), [130, ["1 outcome listed and not drawn"]]); // the best known are always drawn
});

test("an outcome that is chosen is drawn, and no longer counted as not drawn", () => {
  const evidence = [{ source: "x", stance: "supports", strength: "review", context: [] }];
  const fan = Array.from({ length: 125 }, (_, at) => [`a increases b${at}`, { evidence }]);
  const graph = small([...fan, ["b0 increases c", { evidence }], ["b0 increases d", { evidence }]]);
  const asking = { ...start(), scene: { kind: "whatif", up: ["a"], down: [], fixed: [], steps: 2, status: [] } };
  assert.deepEqual(visible(graph, asking).notes, ["2 outcomes listed and not drawn"]);
  const model = visible(graph, { ...asking, selected: { kind: "entity", id: "c" } });
  assert.deepEqual([model.statements.length, model.notes], [126, ["1 outcome listed and not drawn"]]);
});

test("a chain that goes on from another name of what it came to is drawn in one piece", () => {
  const evidence = [{ source: "x", stance: "supports", strength: "review", context: [] }];
  const texts = ["a increases low-b", "low-b deficiency_of b", "b increases c"];
  const graph = small(texts.map((text) => [text, { evidence }]));
  const asking = { ...start(), scene: { kind: "whatif", up: ["a"], down: [], fixed: [], steps: 2, status: [] } };
  assert.equal(shown(visible(graph, asking)), "s0 s1 s2");
  const { lit } = visible(graph, { ...asking, selected: { kind: "entity", id: "c" } });
  assert.equal([...lit.statements].map(({ id }) => id).join(" "), "s0 s2 s1");
});

test("hidden entities take their statements with them", () => {
  const model = visible(CHAIN(), hiding(start(), ["d"]));
  assert.equal(shown(model), "s0 s1 s4");
  assert.deepEqual(model.notes, ["1 hidden by hand"]);
});

test("a pinned entity stays when its statements are filtered away", () => {
  const state = pinning(filtering({ ...start() }, "predicate", "increases", false), "a");
  assert.equal(shown(visible(CHAIN(), state)), "s1 s2 s3");
  assert.equal(names(visible(CHAIN(), state)), "abcde");
});

test("lines are drawn the way influence flows", () => {
  const [, , requires] = CHAIN().statements;
  assert.deepEqual([requires.start.id, requires.end.id, requires.reversed], ["c", "d", true]);
});

test("a selected entity lights what touches it, a selected statement its ends", () => {
  const graph = CHAIN();
  const lit = (kind, id) => visible(graph, { ...start(), selected: { kind, id } }).lit;
  assert.deepEqual([...lit("entity", "c").statements].map((statement) => statement.id), ["s1", "s2"]);
  assert.deepEqual([...lit("statement", "s3").entities].map((entity) => entity.id), ["d", "e"]);
  assert.equal(lit("entity", "nobody"), null);
  assert.equal(visible(graph, { ...near(["a"], 1), selected: { kind: "entity", id: "f" } }).lit, null, "what stands alone pales nothing");
});

test("a selected entity is shown in every scene", () =>
  assert.equal(names(visible(CHAIN(), { ...near(["a"], 1), selected: { kind: "entity", id: "f" } })), "abf"));

test("a selected statement is shown in every scene, whatever the filters", () => {
  const selected = { kind: "statement", id: "s4" };
  assert.equal(shown(visible(CHAIN(), { ...near(["a"], 1), selected })), "s0 s4");
  assert.equal(shown(visible(CHAIN(), filtering({ ...near(["a"], 1), selected }, "predicate", "increases", false))), "s4");
});

test("entities without statements are shown on request, or where there is nothing else", () => {
  const graph = small(["a increases b"], { entities: { lone: {} } });
  assert.equal(names(visible(graph, start())), "ab");
  assert.equal(names(visible(graph, { ...start(), loose: true })), "ablone");
  assert.equal(names(visible(small([], { entities: { lone: {} } }), start())), "lone");
});
