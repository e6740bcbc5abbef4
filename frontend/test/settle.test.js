import assert from "node:assert/strict";
import { test } from "node:test";
import { settled } from "../src/draw/settle.js";

const box = (fixed = false) => ({ w: 100, h: 40, fixed });
const gap = [20, 20];

test("a box on a line between two others goes beside it", () => {
  const points = [[0, 0], [300, 0], [150, 10], [150, 200]];
  const [, , between] = settled(points, [box(true), box(true), box(), box()], [[0, 1], [2, 3]], gap);
  assert.ok(Math.abs(between[1]) >= 23, `${between}`);
});

test("a drawing without lines under boxes and without crossings stays as it is", () => {
  const points = [[0, 0], [300, 0], [150, 200]];
  assert.deepEqual(settled(points, [box(), box(), box()], [[0, 1], [1, 2], [2, 2]], gap), points);
});

test("a box that is fixed stays, even on a line", () => {
  const points = [[0, 0], [300, 0], [150, 0], [0, 300], [300, 300]];
  assert.deepEqual(settled(points, [box(true), box(true), box(true), box(true), box(true)], [[0, 1]], gap), points);
});

test("lines that cross are uncrossed where there is room", () => {
  const points = [[0, 0], [400, 0], [200, 250], [200, -30]];
  const crossed = ([a, b, c, d]) => {
    const side = (p, q, r) => Math.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]));
    return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);
  };
  assert.equal(crossed(points), true);
  assert.equal(crossed(settled(points, points.map(() => box()), [[0, 1], [2, 3]], gap)), false);
});
