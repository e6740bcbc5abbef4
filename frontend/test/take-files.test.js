// What is taken away as a file, held to the golden files that the Python writers are held to.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { graph } from "../src/records.js";
import { line, references } from "../src/take/cite.js";
import { csv, folded } from "../src/take/csv.js";
import { graphml } from "../src/take/graphml.js";
import { json } from "../src/take/json.js";
import { part, refused } from "../src/take/part.js";

const golden = (name) => readFile(new URL(`../../tests/data/${name}`, import.meta.url), "utf8");

const predicate = (key, influence = "forward") =>
  ({ key, label: key, inverse: `is ${key} by`, definition: `The subject ${key} the object.`, influence, sign: 0 });

/** The page's graph of node-link JSON: the page's rows have the same fields. */
function page({ nodes, edges, sources }) {
  return graph({
    page: {},
    words: { predicates: [predicate("activates"), predicate("inhibits"), predicate("decreases"), predicate("increases"),
      predicate("requires", "reverse")] },
    entities: nodes,
    statements: edges,
    sources,
    loops: { rows: [] },
    conflicts: { rows: [] },
    core: [],
    questions: [],
    queries: [],
  });
}

/** What the page's rows have besides: the size of an effect in words, and who read a statement. */
const besides = ({ edges, ...rest }) => ({
  ...rest,
  edges: edges.map((statement) => ({
    ...statement,
    reading: statement.reviews ? "twice" : "once",
    evidence: statement.evidence.map((row) => (row.effect ? { ...row, numbers: NUMBERS } : row)),
  })),
});
const NUMBERS = "mean difference −0.40 mmol/L (95 % interval −0.75 to −0.05), with placebo; n = 48; 300 mg/d given; over 2 years";

const tiny = page(besides(JSON.parse(await golden("json/tiny.json"))));
const edge = (values) => ({
  source: "a", target: "b", key: "0", predicate: "requires", negated: false, sign: 1, status: "supported",
  supporting: 1, disputing: 0, evidence: [], ...values,
});
const node = (id, values = {}) => ({ id, name: id, category: "chemical", ...values });

test("a part has the entities and sources of its statements, sorted, and no more", () => {
  const some = part([tiny.statements[2], tiny.statements[0], tiny.statements[2]]);
  assert.deepEqual(some.statements, [tiny.statements[0], tiny.statements[2]]);
  assert.deepEqual(some.entities.map((entity) => entity.id), ["CL:0000062", "magnesium", "pth"]);
  assert.deepEqual(some.sources.map((source) => source.id), ["article", "comment", "survey"]);
});

test("CSV is what Python writes", async () => {
  assert.equal(csv(part(tiny.statements)), await golden("csv/tiny.csv"));
});

test("JSON is what Python writes, but for the entity without statements", async () => {
  const document = JSON.parse(await golden("json/tiny.json"));
  document.nodes = document.nodes.filter((record) => record.id !== "fish-oil");
  assert.equal(json(part(tiny.statements)), `${JSON.stringify(document, null, 1)}\n`);
});

test("JSON has what the graph says of itself", () => {
  const itself = { name: "tiny", about: { title: "tiny", licence: "CC0-1.0" } };
  assert.deepEqual(JSON.parse(json(part(tiny.statements, itself))).graph, itself);
});

test("GraphML is what Python writes, but for the entity without statements", async () => {
  const text = await golden("graphml/tiny.graphml");
  const without = text.replace(/ {4}<node id="fish-oil">[^]*?<\/node>\n/, "");
  assert.notEqual(without, text);
  assert.equal(graphml(part(tiny.statements)), without);
});

test("what the graph only names is in GraphML by its identifier and in JSON not at all", () => {
  const bare = page({
    nodes: [node("a"), node("b/ü", { bare: true })],
    edges: [edge({ target: "b/ü", evidence: [{ source: "s" }] })],
    sources: [{ id: "s", bare: true, abstract_read: false }],
  });
  const some = part(bare.statements);
  assert.match(graphml(some), /<node id="b_x2F__xFC_">\n {6}<data key="node_identifier">b\/ü<\/data>/);
  assert.deepEqual(JSON.parse(json(some)).nodes.map((record) => record.id), ["a"]);
  assert.deepEqual(JSON.parse(json(some)).sources, []);
});

test("a part without statements is a file without records", () => {
  const none = part([]);
  assert.equal(csv(none).split("\n").length, 2);
  assert.deepEqual(JSON.parse(json(none)).edges, []);
  assert.match(graphml(none), /<graph edgedefault="directed">\n {2}<\/graph>\n<\/graphml>\n$/);
});

test("a cell that a spreadsheet would run gets an apostrophe, and marks are quoted", () => {
  const odd = page({ nodes: [node("a", { name: '=1+1,"x"' }), node("b", { name: "-b" })], edges: [edge({})], sources: [] });
  assert.match(csv(part(odd.statements)), /\n"'=1\+1,""x""",requires,'-b,/);
});

test("capitals are folded as Python folds them", () => {
  assert.equal(folded("Straße ẞ ΣΟΦΟΣ ı İ µ ﬁ Ꭰ ꭰ 𐐀"), "strasse ss σοφοσ ı i̇ μ fi Ꭰ Ꭰ 𐐨");
});

test("characters that no file may hold are refused with their code", () => {
  const evil = page({ nodes: [node("a", { description: "left\u202Eright" }), node("b")], edges: [edge({})], sources: [] });
  assert.equal(refused(part(evil.statements)), "a holds the character U+202E, which no file may hold.");
  const controlled = page({ nodes: [node("a"), node("b")],
    edges: [edge({ evidence: [{ source: "s", summary: "a\u0007b" }] })], sources: [{ id: "s" }] });
  assert.equal(refused(part(controlled.statements)), "0 holds the character U+0007, which no file may hold.");
  assert.equal(refused(part(tiny.statements)), "");
});

test("a source is cited with authors, year, title, journal and where it is found", () => {
  const source = { id: "PMID:1", title: "A title.", year: "1998", journal: "J 2:24", authors: ["Roe R", "Doe J."],
    links: [["PMID:1", "https://pubmed.ncbi.nlm.nih.gov/1/"]] };
  assert.equal(line(source), "Roe R, Doe J. (1998). A title. J 2:24. PMID:1 <https://pubmed.ncbi.nlm.nih.gov/1/>");
  assert.equal(line({ id: "s", title: "", year: "", journal: "", authors: [], links: [], url: "https://example.org/" }),
    "[title not recorded]. <https://example.org/>");
  assert.equal(line({ id: "s", title: 'Who "wins?"', year: "", journal: "", authors: [], links: [] }), '(no date). Who "wins?" s');
  assert.equal(line({ id: "s", title: "T", year: "", journal: "", authors: [], links: [] }), "(no date). T. s");
});

test("a paper that has two records is cited once, by the fullest, and as retracted where one of them says so", () => {
  const sources = [
    { id: "PMID:1", title: "A title", abstract_read: true, links: [], authors: ["Roe R"] },
    { id: "doi:10.1/a", paper: "PMID:1", title: "A title", standing: "retracted", links: [] },
    { id: "x", title: "Another", standing: "expression-of-concern", links: [] },
  ];
  const some = page({ nodes: [node("a"), node("b")], edges: [edge({ evidence: [{ source: "doi:10.1/a" }, { source: "x" }] })], sources });
  assert.equal(references(part(some.statements)),
    "Roe R (no date). A title. PMID:1. [retracted]\n(no date). Another. x. [expression of concern]\n");
});

test("what a retracted source says is in no column of those for or against", () => {
  const some = page({ nodes: [node("a"), node("b")], edges: [edge({ status: "asserted-only", supporting: 0,
    evidence: [{ source: "x", summary: "So.", retracted: true }] })], sources: [{ id: "x", standing: "retracted" }] });
  assert.match(csv(part(some.statements)), /,asserted-only,0,0,,,,,x \(retracted\): So\.,/);
  assert.match(graphml(part(some.statements)), /key="edge_sayable">false</);
});

test("references are one a line, sorted by the ids of the sources", () => {
  const lines = references(part(tiny.statements)).trimEnd().split("\n");
  assert.deepEqual(lines.map((reference) => reference.split(". ").at(1)),
    ["An article", "A comment on it", "A trial of magnesium: α < β", "survey"]);
});
