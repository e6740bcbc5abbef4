import assert from "node:assert/strict";
import { test } from "node:test";
import { settle } from "../src/reason/settle.js";
import { rows } from "./agreement.js";

test("what the signs of a system settle is what Python finds, within the same bounds", () => {
  let some = 0;
  for (const { answer, count, arcs, changed, held, bounds } of rows("settle")) {
    const signs = settle(count, arcs, new Map(changed), held, bounds);
    assert.deepEqual([...signs].sort(([a], [b]) => a - b), answer, JSON.stringify({ count, arcs, changed, held, bounds }));
    some += answer.length;
  }
  assert.ok(some > 300);
});

test("a change that a loop returns turned round is settled only where the rest cannot outdo it", () => {
  // b and c balance each other; c and d reinforce each other and may be stronger than what damps them.
  const arcs = [[0, 1, 1], [1, 2, 1], [2, 1, -1]], pushed = new Map([[0, 1]]);
  assert.deepEqual([...settle(3, arcs, pushed)], [[0, 1], [1, 1], [2, 1]]);
  const more = settle(4, [...arcs, [2, 3, 1], [3, 2, 1]], pushed);
  assert.equal(more.has(1), false);
  assert.equal(more.get(2), 1);
});
