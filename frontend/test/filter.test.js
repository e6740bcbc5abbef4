// Filters hide what they say and count what there is.

import assert from "node:assert/strict";
import { test } from "node:test";
import { counted, passes } from "../src/filter.js";
import { filtering, start } from "../src/state.js";
import { small } from "./small.js";

const row = (method, species) => ({ source: "PMID:1", method, species, strength: "direct" });
const GRAPH = small([
  ["a increases b", { evidence: [row("cohort", "human"), row("animal-study", "rat")], supporting: 2, topic: "pth" }],
  ["b decreases c", { evidence: [row("animal-study", "rat")], status: "contested" }],
  ["c increases a", { evidence: [{ source: "article", strength: "asserted", species: "human" }], status: "asserted-only", supporting: 0 }],
], { entities: { c: { category: "cell" } } });

const shown = (state) => GRAPH.statements.filter(passes(state)).map((statement) => statement.id).join(" ");
const hiding = (...pairs) => pairs.reduce((state, [field, key]) => filtering(state, field, key, false), start());

test("every filter hides the statements of its value", () => {
  assert.equal(shown(start()), "s0 s1 s2");
  assert.equal(shown(hiding(["status", "contested"])), "s0 s2");
  assert.equal(shown(hiding(["predicate", "increases"])), "s1");
  assert.equal(shown(hiding(["group", "lowers"])), "s0 s2");
  assert.equal(shown(hiding(["topic", "pth"])), "s1 s2");
  assert.equal(shown(hiding(["category", "cell"])), "s0");
});

test("a statement of two kinds of study stays while one of them is shown", () => {
  assert.equal(shown(hiding(["study", "animal-study"])), "s0 s2");
  assert.equal(shown(hiding(["study", "animal-study"], ["study", "cohort"])), "s2");
  assert.equal(shown(hiding(["species", "rat"])), "s0 s2");
});

test("what only the article says names no study and no species", () => {
  assert.deepEqual([GRAPH.statements[2].studies, GRAPH.statements[2].species], [[""], [""]]);
  assert.equal(shown(hiding(["study", ""])), "s0 s1");
});

test("a least number of sources hides what has fewer", () => {
  assert.equal(shown({ ...start(), min: 1 }), "s0 s1");
  assert.equal(shown({ ...start(), min: 2 }), "s0");
});

test("counts are of statements, and of categories of entities", () => {
  const counts = counted(GRAPH.statements, GRAPH.entities);
  assert.deepEqual([...counts.study], [["cohort", 1], ["animal-study", 2], ["", 1]]);
  assert.deepEqual([...counts.category], [["chemical", 2], ["cell", 1]]);
});
