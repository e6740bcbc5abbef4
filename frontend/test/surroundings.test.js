// What a notebook is told of the page, and what of its orders the page takes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { taken, told, unknown } from "../src/app/surroundings.js";
import { decode, encode, start } from "../src/state.js";
import { small } from "./small.js";

const EVIDENCE = [{ source: "PMID:1", stance: "supports", strength: "direct", method: "rct", species: "human", system: "",
  context: {}, summary: "", locator: "" }];
const graph = small([["a increases b", { evidence: EVIDENCE }], "b increases c"]);

test("what is told is selection, scene and lens, each apart", () => {
  const state = decode("scene=near&of=a&statement=s0&trust=measured,human&without=PMID:1&query=ASK");
  assert.deepEqual(told(state), {
    selected: "s0", scene: "scene=near&of=a", lens: { trust: ["measured", "human"], without: ["PMID:1"] },
  });
  assert.deepEqual(told(start()), { selected: null, scene: "scene=core", lens: { trust: [], without: [] } });
});

test("what is told can be set again, and changes nothing", () => {
  for (const address of ["", "scene=all&view=table&entity=a", "scene=paths&from=a&to=c&plus=b&trust=read", "statement=s1&min=2"]) {
    const state = decode(address);
    assert.equal(encode(taken(graph, state, told(state))), encode(state));
    assert.equal(encode(taken(graph, start(), told(state))), encode(state));
  }
});

test("each is set for itself", () => {
  const state = decode("scene=near&of=a&entity=a&trust=read&query=ASK");
  assert.equal(encode(taken(graph, state, { selected: "s0" })), encode({ ...state, selected: { kind: "statement", id: "s0" } }));
  assert.equal(encode(taken(graph, state, { selected: null })), encode({ ...state, selected: null }));
  assert.equal(encode(taken(graph, state, { scene: "scene=all&entity=b&trust=measured" })), encode({ ...state, scene: { kind: "all" } }));
  assert.equal(encode(taken(graph, state, { lens: { trust: ["measured"], without: ["PMID:1"] } })),
    encode({ ...state, lens: { trust: ["measured"], without: ["PMID:1"] } }));
});

test("an entity that was hidden is shown when it is selected", () => {
  assert.deepEqual(taken(graph, decode("minus=a&minus=b"), { selected: "a" }).minus, ["b"]);
});

test("what the graph has not, and what is no order at all, is left aside", () => {
  const state = decode("scene=near&of=a&entity=a");
  for (const given of [null, undefined, 7, "x", [], {}, { selected: "nobody" }, { selected: 7 }, { scene: 7 },
    { lens: "measured" }, { selected: "__proto__" }]) {
    assert.equal(encode(taken(graph, state, given)), encode(state));
  }
  assert.deepEqual(taken(graph, state, { lens: { trust: ["odd"], without: ["PMID:9", 7, {}] } }).lens, { trust: [], without: [] });
  assert.equal(taken(graph, state, { scene: "plus=nobody&hide-status=odd" }).plus.length, 0);
});

test("only what is news is told, and what the notebook set is none", () => {
  const before = { selected: '"a"' };
  const state = decode("scene=near&of=a&entity=a");
  assert.deepEqual(Object.keys(unknown(told(state), before)), ["scene", "lens"]);
  assert.deepEqual(unknown(told(state), before), {});
  assert.deepEqual(unknown(told(decode("scene=near&of=a&entity=b")), before), { selected: "b" });
});
