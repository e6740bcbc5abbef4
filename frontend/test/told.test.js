import assert from "node:assert/strict";
import { test } from "node:test";
import { bytesOf } from "../src/app/letters.js";
import { graph } from "../src/records.js";
import { texts, unfolded } from "../src/sparql/told.js";

// A text of one column, a line told whole among its lines; that all RDF comes back is held by tests/frontend/test_told.py.
const folded = (whole, ...values) => ["#".repeat(values.length) + "!", "    p \x1e ;", whole, values.join("\n")].join("\x1c");
const lines = (...values) => values.map((value) => `    p ${value} ;\n`).join("");

test("lines come from their columns, in the order of the whole", () => {
  const text = ["#!$#$", "a \x1e .\x1d\x1eb", "told", "1\n2", "\x1d0"].join("\x1c");
  assert.equal(unfolded(text, []), "a 1 .\ntold\n1b\na 2 .\n2b");
});

test("numbers lead on from one another, forwards and back", () => {
  const told = ["bone mass", "", "PTH (1\u201384)", "calcitriol $& $1"];
  assert.equal(unfolded(folded("z", '"\x1a2;"', '"\x1a-2;" , "x" , \x1a3;', '"nothing; 1;"'), told),
    `${lines('"PTH (1\u201384)"', '"bone mass" , "x" , calcitriol $& $1', '"nothing; 1;"')}z`);
});

test("an id is written in full once and numbered after that; what a literal says is no id", () => {
  const evidence = `e${"1".repeat(32)}`, other = `e${"2".repeat(32)}`;
  const text = folded(`x:${evidence} a "y:${other} \\""`, `x:${other}`, "x:\x1b1;", "x:\x1b-1; , x:\x1b1;");
  assert.equal(unfolded(text, []), `${lines(`x:${other}`, `x:${other}`, `x:${evidence} , x:${other}`)}x:${evidence} a "y:${other} \\""`);
});

test("texts are those of the records column by column, whatever lens they are seen through", () => {
  const some = graph({
    page: {}, words: { predicates: [{ key: "binds", label: "binds to" }], statuses: [] }, core: [], loops: { rows: [] },
      conflicts: { rows: [] },
    entities: [
      { id: "a", name: "A", category: "cell", synonyms: ["a1", "a2"],
        xrefs: [{ match: "exact", curie: "CL:1", label: "one" }, { match: "close", curie: "x:2/3" }] },
      { id: "b", name: "B", category: "cell", description: "what it is" },
    ],
    statements: [{ source: "a", target: "b", key: "s1", predicate: "binds", sign: 0, status: "supported", supporting: 1, disputing: 0,
      evidence: [{ source: "doi:1/(2)", summary: "It did." }, { source: "doi:1/(2)" }],
      reviews: [{ date: "2026", kind: "k", reader: "r", rows: "12" }] }],
    sources: [{ id: "doi:1/(2)", title: "T", authors: ["Roe R", "Doe J"], note: "n", url: "u" }],
  });
  some.statements = [];
  assert.deepEqual(texts(some), [
    "entity:a", "entity:b", "a", "b", "A", "B", "", "what it is", "a1", "a2", "CL:1", "x:2\\/3", "one", "",
    "statement:s1", "entity:a", "entity:b", "A binds to B", "2026 k r 12",
    "doi:1\\/\\(2\\)", "doi:1\\/\\(2\\)", "It did.", "", "doi:1\\/\\(2\\)", "doi%3A1%2F%282%29", "doi:1/(2)", "T", "", "n",
      "u", "Roe R; Doe J",
  ]);
});

test("letters are bytes: two of them thirteen bits, one alone at the end six", () => {
  assert.deepEqual([...bytesOf("")], []);
  assert.deepEqual([...bytesOf("~!")], [255]);
  assert.deepEqual([...bytesOf("  ! ")], [0, 0, 22]);
  assert.deepEqual([...bytesOf(" ~!")], [2, 208]);
});
