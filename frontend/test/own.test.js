// Lines from a box to itself are drawn apart, like lines between two boxes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { chart, frameOf, pointOf, sized, turn, under } from "../src/draw/chart.js";
import { alongArch, archOf, farFromArch, ownLines, shortened, sides } from "../src/draw/own.js";

const words = { statuses: new Map([["supported", { widths: [1.6, 2.5, 3.4, 4.3] }]]) };

/** Boxes at places far from each other, with lines [start, end]; many enough to stay where they are. */
function made(joins, size = [100, 40]) {
  const entities = Array.from({ length: 200 }, (_, number) => ({
    number, id: `e${number}`, x: (number % 20) * 600, y: Math.floor(number / 20) * 600, size, lines: ["a"], font: 14,
    prominence: 0, degree: 0, out: [], into: [],
  }));
  const statements = joins.map(([a, b], number) => ({
    number, id: `s${number}`, subject: entities[a], object: entities[b], start: entities[a], end: entities[b],
    status: "supported", supporting: 1,
  }));
  const graph = { words, entities, statements };
  const model = { graph, entities, statements, inScene: new Set(), lit: null, marks: null, state: { selected: null, plus: [], pin: [] } };
  const drawn = chart(model);
  sized(drawn, 1);
  return drawn;
}

const far = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);
const tips = (drawn, lines) => lines.map((line) => archOf(drawn, line).tip).map(([x, y]) => ({ x, y }));

test("loops at one box lie one over the other, with ends side by side, however many and at whatever box", () => {
  for (const size of [[100, 40], [24, 34], [180, 30]]) {
    for (const count of [2, 3, 5]) {
      const drawn = made(Array.from({ length: count }, () => [21, 21]), size), lines = [...drawn.own.keys()];
      assert.equal(lines.length, count);
      const tops = lines.map((line) => pointOf(drawn, line, 0.5)), ends = tips(drawn, lines);
      for (let line = 1; line < count; line++) {
        assert.ok(far(tops[line], tops[line - 1]) > 8, `tops of ${count} at ${size}`);
        assert.ok(far(ends[line], ends[line - 1]) > 4, `ends of ${count} at ${size}`);
      }
    }
  }
});

test("a loop begins and ends at its box and is nowhere in it", () => {
  const drawn = made([[21, 21], [21, 21], [21, 21]]);
  for (const line of drawn.own.keys()) {
    const arch = archOf(drawn, line);
    for (const share of [0.05, 0.3, 0.5, 0.7, 0.95]) {
      const { x, y } = alongArch(arch, share);
      assert.ok(Math.abs(x - 600) > 50 || Math.abs(y - 600) > 20);
    }
    const [x, y] = arch.tip;
    assert.ok(Math.abs(x - 600) <= 56 && Math.abs(y - 600) <= 30);
  }
});

test("loops stand where other lines are fewest, and turn when boxes are moved", () => {
  const above = made([[21, 21], [21, 1], [21, 0], [21, 2]]); // the others are above
  assert.deepEqual(above.side.get(21), [0, 1]);
  const below = made([[21, 21], [21, 41]]);
  assert.deepEqual(below.side.get(21), [0, -1]);
  below.y[41] = -600;
  turn(below);
  assert.deepEqual(below.side.get(21), [0, 1]);
  assert.equal(sides(made([[0, 1]])).size, 0);
});

test("a point finds the loop that it is on", () => {
  const drawn = made([[21, 21], [21, 21], [21, 41], [21, 41]]);
  for (const line of [0, 1, 2, 3]) {
    const { x, y } = pointOf(drawn, line, 0.5);
    assert.equal(under(drawn, x, y, 1).statement, drawn.statements[line]);
  }
});

test("a loop is within the frame that is fitted to, and a head takes nothing from its direction", () => {
  const drawn = made([[0, 0]]);
  const top = pointOf(drawn, 0, 0.5);
  assert.ok(frameOf(drawn)[1] <= top.y && top.y < -20);
  const arch = archOf(drawn, 0), [, , other, to] = shortened(arch, 8);
  assert.ok(Math.abs(Math.hypot(to[0] - arch.tip[0], to[1] - arch.tip[1]) - 8) < 1e-9);
  assert.ok(Math.abs(Math.atan2(to[1] - other[1], to[0] - other[0]) - arch.turn) < 1e-9);
  assert.ok(farFromArch(arch, top.x, top.y) < 0.5);
  assert.equal(ownLines(Uint32Array.of(0, 1), Uint32Array.of(1, 0)).size, 0);
});
