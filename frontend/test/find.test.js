// Entities are found by name, synonym and identifier, the likeliest first.

import assert from "node:assert/strict";
import { test } from "node:test";
import { matches } from "../src/find.js";
import { small } from "./small.js";

const GRAPH = small(["calcitriol increases calcium", "calcium increases calcification", "calcium decreases pth"], { entities: {
  calcitriol: { synonyms: ["1,25(OH)2D3"], xrefs: [{ match: "exact", curie: "CHEBI:17823", label: "calcitriol" }] },
  pth: { name: "parathyroid hormone" },
  "__proto__x": { name: "Ångström" },
} });
const found = (text) => matches(GRAPH, text).map(({ entity, by }) => (by ? `${entity.id} by ${by}` : entity.id));

test("a whole name comes before its beginning, and what is connected before what is not", () =>
  assert.deepEqual(found("calci"), ["calcium", "calcification", "calcitriol"]));

test("synonyms and identifiers find their entity and say so", () => {
  assert.deepEqual(found("1,25(oh)"), ["calcitriol by 1,25(OH)2D3"]);
  assert.deepEqual(found("chebi:17823"), ["calcitriol by CHEBI:17823"]);
  assert.deepEqual(found("PTH"), ["pth by pth"]);
});

test("case and accents do not matter", () => assert.deepEqual(found("angstrom"), ["__proto__x"]));

test("nothing is found for nothing", () => assert.deepEqual([found(" "), found("zzz")], [[], []]));
