import assert from "node:assert/strict";
import { test } from "node:test";
import { graph } from "../src/records.js";
import { restored, texts } from "../src/sparql/told.js";

test("numbers lead on from one another, forwards and back", () => {
  const told = ["bone mass", "", "PTH (1\u201384)", "calcitriol $& $1"];
  assert.equal(restored('a "\x1a2;" ; b "\x1a-2;" , "x" , "\x1a3;" .', told), 'a "PTH (1\u201384)" ; b "bone mass" , "x" , "calcitriol $& $1" .');
  assert.equal(restored('a "nothing; 1;" .', told), 'a "nothing; 1;" .');
});

test("an id is written in full once and numbered after that; what a literal says is no id", () => {
  const [one, other] = ["e" + "1".repeat(32), "s" + "2".repeat(32)];
  const text = `x:${one} a "y:${other} \\"" ; b x:${other} . x:\x1b1; c x:\x1b-1; , x:\x1a1; .`;
  assert.equal(restored(text, ["", "s3"]), `x:${one} a "y:${other} \\"" ; b x:${other} . x:${other} c x:${one} , x:s3 .`);
});

test("texts are those of the records in their order, whatever lens they are seen through", () => {
  const some = graph({
    page: {}, words: { predicates: [], statuses: [] }, core: [], loops: { rows: [] }, conflicts: { rows: [] },
    entities: [
      { id: "a", name: "A", category: "cell", synonyms: ["a1", "a2"], xrefs: [{ match: "exact", curie: "CL:1", label: "one" }, { match: "close", curie: "CL:2" }] },
      { id: "b", name: "B", category: "cell", description: "what it is" },
    ],
    statements: [{ source: "a", target: "b", key: "s1", predicate: "binds", sign: 0, status: "supported", supporting: 1, disputing: 0,
      evidence: [{ source: "PMID:1", summary: "It did." }, { source: "PMID:1" }] }],
    sources: [{ id: "PMID:1", title: "T", authors: ["Roe R", "Doe J"], note: "n" }],
  });
  some.statements = [];
  assert.deepEqual(texts(some), ["A", "", "a1", "a2", "one", "", "B", "what it is", "s1", "It did.", "", "T", "", "n", "Roe R; Doe J"]);
});
