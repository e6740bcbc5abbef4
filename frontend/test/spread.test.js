import assert from "node:assert/strict";
import { test } from "node:test";
import { spread, tightened } from "../src/draw/spread.js";

const box = (x, y, w = 120, h = 40, fixed = false) => ({ x, y, w, h, fixed });

/** Pairs of boxes that overlap. */
function touching(at, boxes) {
  const pairs = [];
  at.forEach(([x, y], place) => at.slice(place + 1).forEach(([ox, oy], step) => {
    const other = place + 1 + step;
    const near = (a, b, first, second) => 2 * Math.abs(a - b) < first + second;
    const [first, second] = [boxes[place], boxes[other]];
    if (near(x, ox, first.w, second.w) && near(y, oy, first.h, second.h)) pairs.push([place, other]);
  }));
  return pairs;
}

// A tangle that is the same every time.
function tangle(count, more) {
  let state = 7;
  const draw = (most) => (state = (state * 48271) % 2147483647) % most;
  const boxes = Array.from({ length: count }, () => box(draw(4000), draw(4000), 60 + draw(110), draw(2) ? 24 : 42));
  const lines = Array.from({ length: count - 1 }, (_, number) => [number + 1, draw(number + 1)]);
  for (let number = 0; number < more; number++) lines.push([draw(count), draw(count)]);
  return { boxes, lines };
}

test("no two boxes overlap", () => {
  const heap = { boxes: Array.from({ length: 20 }, () => box(0, 0)), lines: [] };
  for (const { boxes, lines } of [tangle(30, 20), tangle(150, 150), heap])
    assert.deepEqual(touching(spread(boxes, lines), boxes), []);
});

test("a scene has the same places every time", () => {
  const { boxes, lines } = tangle(60, 40);
  assert.deepEqual(spread(boxes, lines), spread(boxes, lines));
});

test("a scene of thirty is seen at once at nearly its own size", () => {
  const { boxes, lines } = tangle(30, 20), at = spread(boxes, lines, 1.2);
  const [wide, high] = [0, 1].map((axis) => {
    const some = at.map((point) => point[axis]);
    return Math.max(...some) - Math.min(...some);
  });
  assert.ok(wide < 1150 && high < 950, `${wide} × ${high}`);
});

test("what the map has left of everything else stays left, and what it has above stays above", () => {
  const boxes = [box(0, 0), box(3000, 200), box(3100, 2500)], lines = [[0, 1], [1, 2]];
  const [left, middle, below] = spread(boxes, lines);
  assert.ok(left[0] < middle[0]);
  assert.ok(middle[1] < below[1]);
});

test("a box that is fixed stays, and others make room", () => {
  const boxes = [box(0, 0, 120, 40, true), ...Array.from({ length: 6 }, (_, number) => box(10 * number, 10))];
  const at = spread(boxes, boxes.map((_, number) => [0, number]).slice(1));
  assert.deepEqual(at[0], [0, 0]);
  assert.deepEqual(touching(at, boxes), []);
});

test("parts that no line joins lie beside each other", () => {
  const boxes = Array.from({ length: 12 }, (_, number) => box(number, number));
  const at = spread(boxes, [[0, 1], [2, 3], [4, 5], [6, 7], [8, 9], [10, 11]]);
  assert.deepEqual(touching(at, boxes), []);
});

test("nothing and one box have places, too", () => {
  assert.deepEqual(spread([], []), []);
  assert.equal(spread([box(5, 5)], [[0, 0]]).length, 1);
});

test("a part of a map loses the room that the rest took, and keeps its order", () => {
  const { boxes } = tangle(400, 0), at = tightened(boxes);
  assert.deepEqual(touching(at, boxes), []);
  const wide = Math.max(...at.map(([x]) => x)) - Math.min(...at.map(([x]) => x));
  assert.ok(wide < 3200, `${wide}`);
  const order = (some) => some.map((x, number) => [x, number]).sort(([a], [b]) => a - b).map(([, number]) => number);
  const left = new Set(order(boxes.map(({ x }) => x)).slice(0, 100));
  const stayed = order(at.map(([x]) => x)).slice(0, 100).filter((number) => left.has(number)).length;
  assert.ok(stayed >= 90, `${stayed}`);
});
