// Entities are found as Python finds them, on the cases that tests/frontend/search_cases.py writes.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { edits, matches } from "../src/find.js";
import { small } from "./small.js";

const path = process.env.TRABECULA_SEARCH ?? new URL("search-cases.json", import.meta.url);
const { tables: [spelling], entities, cases } = JSON.parse(readFileSync(path, "utf8"));

const GRAPH = small([], { entities: Object.fromEntries(entities.map((entity) => [entity.id, entity])), more: { spelling } });

test("the page finds what Python finds, in its order, and says why", () => {
  const rounded = (score) => Math.round(score * 1e6) / 1e6;
  for (const [typed, hits] of cases) {
    const ranked = matches(GRAPH, typed).map(({ entity, field, text, how, score }) => [entity.id, field, text, how, rounded(score)]);
    assert.deepEqual({ typed, found: ranked }, { typed, found: hits });
  }
});

test("a synonym or an identifier that was met is shown, and a name is not shown again", () => {
  const by = (typed) => matches(GRAPH, typed, 1).map((hit) => [hit.entity.name, hit.by]);
  assert.deepEqual(by("TGFB1"), [["TGF-beta 1", "TGFB1"]]);
  assert.deepEqual(by("chebi:17823"), [["calcitriol", "CHEBI:17823"]]);
  assert.deepEqual(by("beta catenin"), [["β-catenin", ""]]);
  assert.deepEqual(by("made of"), [["vitamin D", "in its description"]]);
});

test("a letter that is other, too much, missing or swapped is one edit", () => {
  const far = (word, other) => edits(word, other, 3);
  assert.deepEqual(["abcd", "abxd", "abcxd", "abd", "abdc", "badc"].map((other) => far("abcd", other)), [0, 1, 1, 1, 1, 2]);
  assert.equal(far("abcd", "efgh"), Infinity);
  assert.equal(edits("fgf23", "fgf21", 1), Infinity, "digits are not forgiven");
});
