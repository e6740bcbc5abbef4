// An address that comes from elsewhere, or that nobody could mean, shows what can be shown and says the rest.

import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, arrival, LONGEST, unknownIn } from "../src/app/address.js";
import { isLasting, remembered } from "../src/app/past.js";
import { encode, LONGEST_QUERY, start } from "../src/state.js";
import { small } from "./small.js";

const GRAPH = small(["a increases b"]);

test("an address that names what is not there is known as such", () => {
  const at = (patch) => unknownIn(GRAPH, { ...start(), ...patch });
  assert.equal(at({}), false);
  assert.equal(at({ selected: { kind: "entity", id: "a" } }), false);
  assert.equal(at({ selected: { kind: "entity", id: "__proto__" } }), true);
  assert.equal(at({ selected: { kind: "statement", id: "a" } }), true);
  assert.equal(at({ scene: { kind: "paths", from: "a", to: "", steps: 4, path: null } }), false);
  assert.equal(at({ scene: { kind: "whatif", up: [], down: ["nobody"], fixed: [], steps: 3, status: [] } }), true);
  assert.equal(at({ scene: { kind: "near", of: ["a", "nobody"], steps: 1 } }), true);
  assert.equal(at({ scene: { kind: "loops", id: "" } }), false);
  assert.equal(at({ scene: { kind: "loops", id: "constructor" } }), true);
  assert.equal(at({ scene: { kind: "conflicts", id: "constructor" } }), true);
  assert.equal(at({ plus: ["nobody"] }), true);
});

test("what is expanded, hidden or pinned and not in the graph is left out, and said", () => {
  const { state, notice } = arrival(GRAPH, "#plus=a&plus=x&minus=y&minus=b&pin=__proto__&hide-category=nothing&hide-category=");
  assert.deepEqual([state.plus, state.minus, state.pin, state.hidden.category], [["a"], ["b"], [], [""]]);
  assert.equal(notice, "What this address names is not in this graph.");
});

test("an address too long to be meant shows what the page opens with", () => {
  const graph = small(["a increases b"], { more: { page: { opening: "view=table" } } });
  const { state, notice } = arrival(graph, `view=overview&${"&".repeat(LONGEST)}`);
  assert.deepEqual(state, { ...start(), view: "table" });
  assert.match(notice, /^This address has 250,014 characters, more than the 250,000 that are read/);
  assert.equal(arrival(graph, "#view=overview").state.view, "overview");
});

test("a query too long to be asked is left out of the address, and of the drawer", () => {
  const { state, notice } = arrival(GRAPH, `query=${"a".repeat(LONGEST_QUERY + 1)}`);
  assert.equal(state.query, "");
  assert.match(notice, /has 65,537 characters/);
  assert.equal(encode({ ...start(), query: "b".repeat(LONGEST_QUERY + 1) }), "query=");
  assert.equal(arrival(GRAPH, `query=${"a".repeat(LONGEST_QUERY)}`).notice, "");
});

test("the core has an address of its own where the page opens with something else", () => {
  const graph = small(["a increases b"], { more: { page: { opening: "scene=all" } } });
  assert.deepEqual([addressOf(graph, start()), addressOf(GRAPH, start())], ["scene=core", ""]);
  assert.deepEqual(arrival(graph, "#scene=core").state, start());
  assert.deepEqual(arrival(graph, "").state.scene, { kind: "all" });
});

test("what stands in another page or in memory has no address that leads to it", () => {
  for (const address of ["about:srcdoc", "about:blank#view=table", "data:text/html,x", "blob:null/1", "blob:https://a.org/1"])
    assert.equal(isLasting(address), false, address);
  for (const address of ["file:///home/a/page.html", "https://a.org/#x", "http://localhost:8888/files/page.html"])
    assert.equal(isLasting(address), true, address);
});

test("a page without an address remembers where it has been", () => {
  const shown = [], been = remembered((hash) => shown.push(hash));
  been.back();
  been.push("view=table");
  been.push("view=overview");
  been.keep("view=overview&query=x");
  assert.equal(been.depth, 2);
  been.back();
  been.back();
  been.back();
  assert.deepEqual([shown, been.depth], [["view=table", ""], 0]);
});
