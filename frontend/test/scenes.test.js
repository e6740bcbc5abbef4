// Scenes are made in one place, and each comes back from its address.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as scenes from "../src/scenes.js";
import { decode, encode, start } from "../src/state.js";

const MADE = [
  scenes.core(), scenes.everything(), scenes.near(["a", "b"]), scenes.near(["a"], 3), scenes.paths("a", "b"),
  scenes.paths("", "b", 6, 2), scenes.whatif(), scenes.whatif({ up: ["a"], fixed: ["c"] }, 1, ["supported"]), scenes.loops(),
  scenes.loops("l1"), scenes.conflicts(), scenes.conflicts("c1"), scenes.chosen(["a"], ["s1"]),
];

test("every scene comes back from its address as it was", () => {
  for (const scene of MADE) assert.deepEqual(decode(encode({ ...start(), scene })).scene, scene);
});

test("a scene begins with the steps of its kind, and has no more than the most", () => {
  for (const [kind, steps] of Object.entries(scenes.STEPS)) {
    const made = MADE.find((scene) => scene.kind === kind);
    assert.equal(made.steps, steps);
    assert.equal(decode(`scene=${kind}&of=a&steps=${scenes.MOST[kind]}`).scene.steps, scenes.MOST[kind]);
    assert.equal(decode(`scene=${kind}&of=a&steps=${scenes.MOST[kind] + 1}`).scene.steps, steps);
  }
});

test("two scenes of a kind share nothing that could be changed", () => {
  scenes.whatif().up.push("a");
  assert.deepEqual(scenes.whatif().up, []);
});
