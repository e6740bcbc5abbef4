// The selection for what is visible, as text; that it selects just that, tests/browser shows.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { graph } from "../src/records.js";
import { start } from "../src/state.js";
import { command, selection, shell } from "../src/take/command.js";
import { fileName } from "../src/take/names.js";

const GROUPS = { 1: "raises", "-1": "lowers", 0: "unsigned" };

function page(document, more = {}) {
  return graph({
    page: { left_out: [0, 0], ...more },
    words: { predicates: [] },
    entities: document.nodes,
    statements: document.edges.map((edge) => ({ ...edge, group: GROUPS[edge.sign] })),
    sources: document.sources,
    loops: { rows: [], count: 0, bounded: false },
    conflicts: { rows: [], kinds: [{ key: "direct", sought: true }, { key: "indirect", sought: false }] },
    core: [document.edges[0].key],
    questions: [],
    queries: [],
  });
}

const document = JSON.parse(await readFile(new URL("../../tests/data/json/tiny.json", import.meta.url), "utf8"));
const tiny = page(document);
const selected = (patch, of = tiny) => selection({ ...start(), scene: { kind: "all" }, ...patch }, of);
const hiding = (hidden) => selected({ hidden: { ...start().hidden, ...hidden } });
const near = (of, steps = 1) => ({ scene: { kind: "near", of, steps } });

test("scenes are said in the grammar", () => {
  assert.equal(selected({}), "all()");
  assert.equal(selected(near(["magnesium"])), "near(magnesium)");
  assert.equal(selected(near(["magnesium", "pth", "nobody"], 2)), "near(magnesium, 2) | near(pth, 2)");
  assert.equal(selected(near(["CL:0000062"])), "near(CL:0000062)");
  assert.equal(selected(near(["magnesium"], 0)), "subject(magnesium) | object(magnesium)");
  assert.equal(selected({ scene: { kind: "conflicts", id: "" } }), "conflict(direct)");
  assert.equal(selected({ scene: { kind: "core" } }), "core()");
  assert.equal(selected({ scene: { kind: "whatif", up: [], down: [], fixed: [], steps: 3, status: [] } }), "core()");
});

test("a filter takes away what it hides, and an unknown value of it nothing", () => {
  assert.equal(hiding({ status: ["refuted", "title-only"] }), "all() & !status(refuted, title-only)");
  assert.equal(hiding({ category: ["cell"], predicate: ["increases"], topic: [""] }),
    'all() & !category(cell) & !predicate(increases) & !topic("not stated")');
  assert.equal(hiding({ group: ["raises", "lowers", "lack"] }), "all() & !(sign(+) & influence()) & !(sign(-) & influence())");
  assert.equal(hiding({ group: ["unsigned"] }), "all() & !(sign(0) & influence())");
  assert.equal(hiding({ topic: ["unheard-of"], group: ["structure"] }), "all()");
  assert.equal(selected({ min: 2 }), "all() & sources(2)");
});

test("a type of study that is hidden leaves statements that have another", () => {
  assert.equal(hiding({ study: ["cohort", "review"] }), 'all() & study("not stated", cell-culture, randomised-trial, unknown)');
  const kept = hiding({ study: ["cohort", "review", "", "unknown", "randomised-trial", "cell-culture"] });
  assert.equal(kept, "all() & !all()");
});

test("what was brought in and put away is said of both ends", () => {
  assert.equal(selected({ ...near(["bmd"]), plus: ["pth"], minus: ["magnesium"] }),
    "(near(bmd) | subject(pth) | object(pth)) & !(subject(magnesium) | object(magnesium))");
});

test("a scene without a selector of its own, or of a part of a graph, lists its statements", () => {
  const ids = tiny.statements.map((statement) => statement.id).join(", ");
  assert.equal(selected({}, page(document, { left_out: [0, 3] })), `statement(${ids})`);
  const [first] = tiny.statements;
  assert.equal(selected({ scene: { kind: "chosen", of: [], statements: [first.id] } }), `statement(${first.id})`);
  assert.equal(selected({ scene: { kind: "loops", id: "" } }), "!all()");
});

test("on the page of a part, everything is that part, and what is near is listed", () => {
  const part = page(document, { selection: "topic(pth)|topic(energy)" });
  assert.equal(selected({}, part), "topic(pth)|topic(energy)");
  assert.equal(selected({ min: 1, plus: ["pth"] }, part), "(topic(pth)|topic(energy)) & sources(1)");
  assert.equal(selected(near(["bmd"]), part), `statement(${tiny.entity.get("bmd").into[0].id})`);
});

test("names that the grammar or the graph does not know make it list statements", () => {
  const quoted = structuredClone(document);
  const rename = (id) => (id === "bmd" ? 'b "m" d' : id);
  quoted.nodes.forEach((node) => { node.id = rename(node.id); });
  quoted.edges.forEach((edge) => { edge.target = rename(edge.target); });
  assert.match(selected(near(['b "m" d']), page(quoted)), /^statement\(s[0-9a-f]{32}\)$/);
  const bare = structuredClone(document);
  bare.nodes.find((node) => node.id === "bmd").bare = true;
  assert.match(selected(near(["bmd"]), page(bare)), /^statement\(s[0-9a-f]{32}\)$/);
});

test("more statements than a command can list have none", () => {
  const edges = Array.from({ length: 1001 }, (_, number) => ({ ...document.edges[0], key: String(number) }));
  assert.equal(selected({}, page({ ...document, edges }, { left_out: [0, 1] })), "");
});

test("a command is one word to a shell, whatever is in it", () => {
  assert.equal(shell(`near("Paget's")`), `'near("Paget'\\''s")'`);
  assert.equal(command("all()"), "trabecula extract 'all()' -o part.ttl");
  assert.equal(command("all()", { source: "my graph.ttl" }), "trabecula extract 'all()' --graph 'my graph.ttl' -o part.ttl");
});

test("what would command the terminal it is pasted into stands in no command", () => {
  for (const bad of ["\n", "\r", "\u001b[2J", "\u009b", "\u202e", "\u2028"]) {
    assert.equal(command("all()", { source: `a${bad}b.ttl` }), "");
    const odd = structuredClone(document);
    const rename = (id) => (id === "bmd" ? `b${bad}m` : id);
    odd.nodes.forEach((node) => { node.id = rename(node.id); });
    odd.edges.forEach((edge) => { edge.target = rename(edge.target); });
    assert.match(selected(near([`b${bad}m`]), page(odd)), /^statement\([0-9a-z]+\)$/);
  }
});

test("files are called after the page and the scene", () => {
  const name = (scene, title = "trabecula") => fileName(title, { ...start(), scene });
  assert.equal(name({ kind: "core" }), "trabecula-core");
  assert.equal(name({ kind: "near", of: ["calcitriol"], steps: 1 }), "trabecula-near-calcitriol");
  assert.equal(name({ kind: "near", of: ["CL:0000062"], steps: 1 }, "Größe & Ähnliches"), "gro-e-ahnliches-near-cl-0000062");
  assert.equal(name({ kind: "paths", from: "a", to: "b", steps: 4, path: null }), "trabecula-paths-a-b");
  assert.equal(name({ kind: "whatif", up: ["a"], down: ["b", "c"], fixed: [], steps: 3, status: [] }),
    "trabecula-what-if-a-up-b-down-c-down");
  assert.equal(name({ kind: "all" }, "../../etc"), "etc-all");
  assert.equal(name({ kind: "core" }, "trabecula: magnesium and bone health, with evidence"), "trabecula-core");
  assert.equal(name({ kind: "core" }, "What is known of calcium and of vitamin D"), "what-is-known-of-calcium-and-of-core");
  assert.equal(name({ kind: "core" }, "油"), "core");
  assert.equal(name({ kind: "core" }, "x".repeat(200)), `${"x".repeat(32)}-core`);
  assert.equal(name({ kind: "near", of: ["x".repeat(200)], steps: 1 }), `trabecula-near-${"x".repeat(65)}`);
  const many = Array.from({ length: 40 }, (_, number) => `entity ${number}`);
  assert.equal(name({ kind: "near", of: many, steps: 1 }), "trabecula-near-entity-0-entity-1-entity-2-entity-3-entity-4-entity-5-entity-6");
});

test("a command looks through the lens that the page is seen through", () => {
  const lens = { trust: ["measured", "human"], without: ["PMID:1", "a b"] };
  assert.equal(command("all()", {}, lens), "trabecula extract 'all()' --trust measured,human --without PMID:1 --without 'a b' -o part.ttl");
  assert.equal(command("all()", {}, { trust: [], without: ["\u202e"] }), "");
  const [{ id }] = tiny.whole.statements;
  assert.equal(selected({ lens: { trust: ["measured"], without: [] }, selected: { kind: "statement", id } }), "all()");
  assert.equal(selected({}), "all()"); // and is seen whole again
});
