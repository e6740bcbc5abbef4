// What part of a drawing is seen.

import assert from "node:assert/strict";
import { test } from "node:test";
import { between, centred, confined, eased, fitting, glide, onStage, revealing, seenAt, zoomed } from "../src/draw/sight.js";
import { frames } from "./page.js";

const STAGE = [1000, 600];
const near = (values, other) => values.forEach((value, at) => assert.ok(Math.abs(value - other[at]) < 1e-9, `${values} is not ${other}`));

test("a frame that is fitted stands in the middle of the room it has, and touches two sides of it", () => {
  const room = [10, 20, 60, 40], sight = fitting([-500, 0, 1500, 200], STAGE, { room });
  near(seenAt(sight, -500, 100), [40, (10 + 540) / 2]);
  near(seenAt(sight, 1500, 100), [980, 275]);
});

test("what is small is not drawn larger than the most, and what is huge not smaller than the least", () => {
  assert.equal(fitting([0, 0, 10, 10], STAGE).scale, 1.15);
  assert.equal(fitting([0, 0, 10, 10], STAGE, { most: 3 }).scale, 3);
  assert.equal(fitting([0, 0, 1e6, 10], STAGE, { least: 0.08 }).scale, 0.08);
  near(seenAt(fitting([0, 0, 1e6, 10], STAGE, { least: 0.08 }), 5e5, 5), [500, 300]);
});

test("a stage without room is fitted to all the same", () => {
  const { scale } = fitting([0, 0, 400, 100], [10, 10]);
  assert.equal(scale, 0.1);
});

test("zooming leaves what is under the pointer where it is", () => {
  const before = { scale: 0.5, x: 70, y: -30 }, at = [220, 90];
  const point = [(at[0] - before.x) / 0.5, (at[1] - before.y) / 0.5];
  near(seenAt(zoomed(before, 2, at), ...point), at);
  assert.equal(zoomed(before, 2, at).scale, 2);
});

test("a point can be brought to the middle", () => near(seenAt(centred(0.7, [33, 44], STAGE), 33, 44), [500, 300]));

test("what is seen as it is moves nothing, what is not moves as little as shows it", () => {
  const sight = { scale: 1, x: 0, y: 0 };
  assert.equal(revealing(sight, [100, 100, 200, 150], STAGE, [40, 40, 40, 40]), null);
  assert.deepEqual(revealing(sight, [-30, 590, 50, 620], STAGE, [10, 40, 10, 40]), { scale: 1, x: 70, y: -30 });
  assert.deepEqual(revealing(sight, [980, 5, 990, 9], STAGE, [14, 16, 14, 16]), { scale: 1, x: -6, y: 9 });
});

test("what is too large to be seen whole has its middle in the middle, and then stays", () => {
  const frame = [0, 0, 3000, 50], moved = revealing({ scale: 1, x: 0, y: 100 }, frame, STAGE, [40, 40, 40, 40]);
  assert.equal(moved.x, -1000);
  assert.equal(revealing(moved, frame, STAGE, [40, 40, 40, 40]), null);
});

test("a drawing larger than the stage has no edge far inside it, a smaller one stands in the middle", () => {
  const large = [0, 0, 4000, 400];
  assert.deepEqual(confined({ scale: 1, x: 300, y: 0 }, large, STAGE), { scale: 1, x: 26, y: 100 });
  assert.deepEqual(confined({ scale: 1, x: -9999, y: 7 }, large, STAGE), { scale: 1, x: 1000 - 26 - 4000, y: 100 });
  assert.equal(confined({ scale: 1, x: -500, y: 0 }, large, STAGE).x, -500);
});

test("a point is on the stage or it is not", () => {
  assert.deepEqual([[5, 5], [-1, 5], [5, 601], [1001, 5]].map((point) => onStage(point, STAGE)), [true, false, false, false]);
});

test("a way between two sights begins with the one, ends with the other, and doubles in equal times", () => {
  const from = { scale: 0.25, x: 0, y: 0 }, to = { scale: 4, x: 100, y: -50 };
  assert.deepEqual(between(from, to, 0), from);
  assert.deepEqual(between(from, to, 1), to);
  assert.equal(between(from, to, 0.5).scale, 1);
  assert.deepEqual(between(from, { ...to, scale: 0.25 }, 0.5), { scale: 0.25, x: 50, y: -25 });
});

test("a movement is slow at its ends, ends where it should, and can be ended", () => {
  assert.deepEqual([0, 0.5, 1].map(eased), [0, 0.5, 1]);
  assert.ok(eased(0.1) < 0.1 && eased(0.9) > 0.9);
  const pass = frames(), shares = [];
  let now = 0;
  glide(100, (share) => void shares.push(share), () => now);
  for (now of [50, 120]) pass();
  assert.deepEqual([shares, pass()], [[0, 0.5, 1], 0]);
  glide(100, () => false, () => 0);
  assert.equal(pass(), 0);
});
