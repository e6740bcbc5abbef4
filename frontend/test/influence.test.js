import assert from "node:assert/strict";
import { test } from "node:test";
import { followed, influencedBy, influences, weakness } from "../src/reason/influence.js";
import { byCodePoint, byPlaces } from "../src/order.js";
import { small } from "./small.js";

const textOf = (statement) => `${statement.subject.id} ${statement.predicate} ${statement.object.id}`;
const told = (steps) => steps.map((step) => [textOf(step.statement), (step.end ?? step.start).id]);

test("influence goes as predicates say, what is required acting on what requires it", () => {
  const graph = small(["a increases b", "a requires c", "a level_of d", "a part_of e"]);
  const [a, b, c, d, e] = graph.entities;
  assert.deepEqual(told(influences(a)), [["a increases b", "b"], ["a level_of d", "d"]]);
  assert.deepEqual(told(influencedBy(a)), [["a requires c", "c"], ["a level_of d", "d"]]);
  assert.deepEqual(told(influences(c)), [["a requires c", "a"]]);
  assert.deepEqual(told(influences(d)), [["a level_of d", "a"]]);
  assert.deepEqual(told(influencedBy(b)), [["a increases b", "a"]]);
  assert.deepEqual([influences(e), influencedBy(e)], [[], []]);
});

test("what an entity does to itself is found once either way, in the order of the graph", () => {
  const graph = small(["a increases a", "a requires a", "b requires a"]);
  const [a] = graph.entities;
  const both = [["a increases a", "a"], ["a requires a", "a"], ["b requires a", "b"]];
  assert.deepEqual(told(influences(a)), both);
  assert.deepEqual(told(influencedBy(a)), both.slice(0, 2));
});

test("what is negated, refuted or denied by the article alone is not followed", () => {
  const row = (stance, strength) => [{ source: "x", stance, strength }];
  const graph = small([
    "a increases b",
    ["a increases c", { negated: true }],
    ["a increases d", { status: "refuted", evidence: row("disputes", "direct") }],
    ["a increases e", { status: "asserted-only", evidence: row("disputes", "asserted") }],
    ["a increases f", { status: "asserted-only", evidence: row("supports", "asserted") }],
    ["a increases g", { status: "asserted-only", evidence: [] }],
    ["a increases h", { status: "contested" }],
  ]);
  const ends = (...asked) => graph.statements.filter((statement) => followed(statement, ...asked)).map((statement) => statement.object.id);
  assert.deepEqual(ends(), ["b", "f", "g", "h"]);
  assert.deepEqual(ends(["asserted-only"]), ["f", "g"]);
  assert.deepEqual(ends(["refuted"]), ["d", "e"]);
  assert.deepEqual(ends([]), ["b", "f", "g", "h"]);
});

test("a statement is weaker by its status first and by fewer sources then", () => {
  const of = (status, supporting) => weakness({ status, supporting });
  const order = [
    of("supported", 9), of("supported", 1), of("contested", 9), of("title-only", 0), of("asserted-only", 0),
    of("refuted", 0),
  ];
  assert.deepEqual(order, [...order].sort((a, b) => a - b));
  assert.equal(new Set(order).size, order.length);
});

test("texts are in the order of their code points", () => {
  const order = [
    "", "A", "a", "ab", "é", "\ud7ff", "\ud83d", "\ud83dz", "\ud83d\uffff", "\udc00", "\ue000", "\uffff",
    "𐀀", "𝜏", "𝜏a", "😀",
  ];
  for (const [place, statement] of order.entries())
    for (const [other, text] of order.entries())
      assert.equal(Math.sign(byCodePoint(statement, text)), Math.sign(place - other), JSON.stringify([statement, text]));
});

test("lists are in the order of the first place in which they differ", () => {
  const order = [[], [1], [1, 1], [1, 2], [2]];
  for (const [place, statement] of order.entries())
    for (const [other, list] of order.entries())
      assert.equal(Math.sign(byPlaces(statement, list, (a, b) => a - b)), Math.sign(place - other));
});
