// The state is what its address says, whatever an address says.

import assert from "node:assert/strict";
import { test } from "node:test";
import { decode, encode, expanded, filtering, hiding, pinning, renewed, start } from "../src/state.js";

const STATES = [
  { view: "table" },
  { scene: { kind: "all" } },
  { scene: { kind: "near", of: ["calcitriol"], steps: 2 } },
  { scene: { kind: "near", of: ["calcitriol"], steps: 0 } },
  { scene: { kind: "near", of: ["CHEBI:17823", "a,b", "a&b=c#d%20 +é油"], steps: 1 } },
  { scene: { kind: "paths", from: "magnesium", to: "osteoporosis", steps: 4, path: null } },
  { scene: { kind: "paths", from: "magnesium", to: "", steps: 6, path: 3 } },
  { scene: { kind: "whatif", up: ["x"], down: ["y", "z"], fixed: ["w"], steps: 3, status: ["supported"] } },
  { scene: { kind: "loops", id: "" } },
  { scene: { kind: "loops", id: "a94b6ceae33411ee" } },
  { scene: { kind: "conflicts", id: "x" } },
  { scene: { kind: "chosen", of: ["a", "b"], statements: ["1", "2"] } },
  { plus: ["a", "b"], minus: ["c"], pin: ["d"], min: 3, loose: true },
  { hidden: { ...start().hidden, status: ["refuted", ""], study: ["", "cohort"], predicate: ["biolink:affects"] } },
  { selected: { kind: "entity", id: "calcitriol" } },
  { selected: { kind: "statement", id: "1f" }, query: "SELECT * {\n ?s ?p ?o } # 100%" },
  { query: "" },
  { story: 3 },
  { scene: { kind: "all" }, story: 12, embed: true },
  { lens: { trust: ["measured", "human"], without: ["PMID:1", "article"] } },
];

test("a state comes back from its address", () => {
  for (const some of STATES) {
    const state = { ...start(), ...some };
    assert.deepEqual(decode(encode(state)), state);
    assert.deepEqual(decode(`#${encode(state)}`), state);
  }
});

test("the state of a page just opened has no address", () => assert.equal(encode(start()), ""));

test("the address of an identifier can be read", () => {
  const state = { ...start(), scene: { kind: "near", of: ["CHEBI:17823"], steps: 1 } };
  assert.equal(encode(state), "scene=near&of=CHEBI:17823");
});

test("what an address says wrongly is as at the start", () => {
  for (const text of ["view=nonsense", "scene=near", "scene=__proto__", "steps=9", "%", "%E0%A4%A", "hide-colour=red",
    "min=-1", "min=x", "=&=&"])
    assert.deepEqual(decode(text), start());
  assert.equal(decode("scene=paths&from=a&to=b&steps=99").scene.steps, 3);
  assert.equal(decode("scene=paths&from=a&to=b&path=0").scene.path, null);
  assert.equal(decode("scene=whatif&up=a&steps=5").scene.steps, 2);
  assert.deepEqual(decode("trust=measured,mouse&without=x").lens, { trust: [], without: ["x"] });
});

test("an entity changes one way only", () => {
  const { scene } = decode("scene=whatif&up=a&down=a&fixed=a&down=b");
  assert.deepEqual([scene.up, scene.down, scene.fixed], [["a"], ["b"], []]);
});

test("addresses of earlier pages still name a loop", () =>
  assert.deepEqual(decode("#loop=ab").scene, { kind: "loops", id: "ab" }));

test("addresses of earlier pages still name statements and conflicts", () => {
  const old = "0117046438003526", now = "s01170464380035261e2d3c4b5a697887", other = "c2656657e799380921e2d3c4b5a697887";
  const graph = { whole: { statement: new Map([["s1", 1], [now, 2]]) }, conflict: new Map([[other, 3]]) };
  const state = (address) => renewed(decode(address), graph);
  assert.deepEqual(state(`statement=${old}`).selected, { kind: "statement", id: now });
  assert.deepEqual(state(`entity=${old}`).selected, { kind: "entity", id: old });
  assert.deepEqual(state(`scene=chosen&of=a&with=${old}&with=s1&with=0000000000000000`).scene.statements, [now, "s1", "0000000000000000"]);
  assert.equal(state("scene=conflicts&id=2656657e79938092").scene.id, other);
  for (const same of [`statement=${now}`, "scene=loops&id=0117046438003526", ""]) assert.deepEqual(state(same), decode(same));
});

test("what is expanded is hidden no longer, and the other way round", () => {
  const state = expanded(hiding(start(), ["a", "b"]), "a");
  assert.deepEqual([state.plus, state.minus], [["a"], ["b"]]);
  const hidden = hiding({ ...pinning(state, "a"), selected: { kind: "entity", id: "a" } }, ["a"]);
  assert.deepEqual([hidden.plus, hidden.minus, hidden.pin, hidden.selected], [[], ["b", "a"], [], null]);
});

test("a pin is set and taken away", () => {
  const pinned = pinning(start(), "a");
  assert.deepEqual(pinned.pin, ["a"]);
  assert.deepEqual(pinning(pinned, "a").pin, []);
});

test("a filter hides a value once and shows it again", () => {
  const hidden = filtering(filtering(start(), "status", "refuted", false), "status", "refuted", false);
  assert.deepEqual(hidden.hidden.status, ["refuted"]);
  assert.deepEqual(filtering(hidden, "status", "refuted", true), start());
});
