import assert from "node:assert/strict";
import { test } from "node:test";
import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { arrange, components, dotText, parsed, ranks, sequence } from "../src/draw/layout.js";

const graphviz = await Graphviz.load();
const dot = (text) => graphviz.layout(text, "json0", "dot");

const box = (w = 90, h = 30, order = 0) => ({ w, h, order, outline: "box" });
const line = (from, to, weight = 2) => ({ from, to, weight });

/** A request from pairs of numbers. */
function asked(count, pairs, stage = [800, 700], more = {}) {
  const boxes = Array.from({ length: count }, () => box());
  return { boxes, lines: pairs.map(([from, to, weight]) => line(from, to, weight)), stage, ...more };
}

/** A tangle that is the same every time: a tree, and lines across it, some of which close loops. */
function tangle(count, more) {
  let seed = 11;
  const draw = (most) => (seed = (seed * 48271) % 2147483647) % most;
  const pairs = Array.from({ length: count - 1 }, (_, number) => [draw(number + 1), number + 1]);
  for (let number = 0; number < more; number++) pairs.push([draw(count), draw(count)]);
  const request = asked(count, pairs);
  request.boxes = request.boxes.map(() => box(50 + draw(90), 24 + 14 * draw(3)));
  return request;
}

/** Pairs of boxes that overlap. */
function touching({ x, y, w, h }) {
  const pairs = [];
  for (let a = 0; a < x.length; a++)
    for (let b = a + 1; b < x.length; b++)
      if (2 * Math.abs(x[a] - x[b]) < w[a] + w[b] && 2 * Math.abs(y[a] - y[b]) < h[a] + h[b]) pairs.push([a, b]);
  return pairs;
}

// --- Order and ranks -----------------------------------------------------------------------------

test("without loops no line points backwards", () => {
  const { boxes, lines } = asked(6, [[5, 3], [3, 1], [1, 0], [5, 0], [4, 2], [2, 0]]);
  const places = sequence(boxes, lines);
  assert.deepEqual(lines.filter(({ from, to }) => places[from] > places[to]), []);
});

test("a loop is opened at its weakest line", () => {
  const { boxes, lines } = asked(3, [[0, 1, 4], [1, 2, 4], [2, 0, 1]]);
  const places = sequence(boxes, lines);
  assert.deepEqual(lines.filter(({ from, to }) => places[from] > places[to]), [line(2, 0, 1)]);
});

test("what tends to be upstream comes first where a loop leaves the choice", () => {
  const boxes = [box(90, 30, 3), box(90, 30, -3)];
  const places = sequence(boxes, [line(0, 1), line(1, 0)]);
  assert.ok(places[1] < places[0]);
});

test("no rank is wider than its limit, and influence goes down the ranks", () => {
  const { boxes, lines } = asked(9, [[0, 1], [0, 2], [0, 3], [0, 4], [0, 5], [0, 6], [0, 7], [7, 8]]);
  const places = sequence(boxes, lines), wide = boxes.map(() => 100);
  const rank = ranks(boxes, lines, places, wide, 9, 320);
  for (const at of rank) assert.ok(rank.filter((other) => other === at).length <= 3);
  for (const { from, to } of lines) assert.ok(rank[from] < rank[to]);
  assert.deepEqual([...new Set(rank)].sort(), [0, 1, 2, 3].slice(0, new Set(rank).size));
});

// --- Graphviz ------------------------------------------------------------------------------------

test("boxes and lines are asked for by number, and lines of loops the other way round", () => {
  const boxes = [box(72, 36), box(144, 36)];
  const how = { places: [0, 1], rank: [0, 1], down: true, apart: 9, margin: 0, between: 36 };
  const text = dotText(boxes, [line(0, 1), line(1, 0, 0)], how);
  assert.equal(text, [
    "digraph{graph[rankdir=TB nodesep=0.1250 ranksep=0.5000 splines=true mclimit=2]",
    'node[shape=box fixedsize=true label=""]',
    "edge[arrowhead=none]",
    "0[width=1.0000 height=0.5000]",
    "1[width=2.0000 height=0.5000]",
    "{rank=same r0[width=.01 height=.01 style=invis] 0}",
    "{rank=same r1[width=.01 height=.01 style=invis] 1}",
    "r0->r1[style=invis weight=0]",
    "0->1[id=0 weight=2]",
    "0->1[id=1 weight=1]}",
  ].join("\n"));
});

test("the answer is read from the top left, and lines run from their start", () => {
  const answer = JSON.stringify({
    bb: "0,0,100,200",
    objects: [{ name: "0", pos: "50,180" }, { name: "1", pos: "40,20" }, { name: "r0", pos: "90,180" }],
    edges: [
      { id: "0", pos: "50,160 50,120 45,80 40,40" },
      { id: "1", pos: "s,50,160 e,40,40 50,150 50,120 45,80 40,50" },
      { pos: "1,1 2,2 3,3 4,4" },
    ],
  });
  const layout = parsed(answer, [box(), box()], [line(0, 1), line(1, 0)], [0, 1], true);
  assert.deepEqual(layout, {
    x: [50, 40], y: [20, 180], width: 100, height: 200, down: true,
    routes: [[50, 40, 50, 80, 45, 120, 40, 160], [40, 150, 45, 120, 50, 80, 50, 50]],
  });
});

// --- Layouts -------------------------------------------------------------------------------------

test("influence flows down where there are no loops", () => {
  const request = asked(5, [[4, 3], [3, 2], [2, 1], [1, 0], [4, 0]], [500, 900]);
  const { y, down } = arrange(request, dot);
  assert.equal(down, true);
  for (const { from, to } of request.lines) assert.ok(y[from] < y[to]);
});

test("where a stage is wide and low, influence flows from left to right", () => {
  const request = asked(8, [[0, 1], [1, 2], [2, 3], [3, 4], [4, 5], [5, 6], [6, 7]], [1200, 160]);
  const { x, down } = arrange(request, dot);
  assert.equal(down, false);
  for (const { from, to } of request.lines) assert.ok(x[from] < x[to]);
});

test("boxes never overlap, and every line has a route", () => {
  const star = Array.from({ length: 29 }, (_, number) => [0, number + 1]);
  for (const request of [tangle(40, 30), tangle(12, 0), asked(7, [[0, 1], [2, 3]]), asked(30, star)]) {
    const layout = arrange(request, dot);
    assert.deepEqual(touching(layout), []);
    for (const route of layout.routes) assert.equal(route.length % 6, 2);
    assert.equal(layout.routes.length, request.lines.length);
  }
});

test("a hub grows so that its lines find room, and nothing else does", () => {
  const { w, h } = arrange(asked(31, Array.from({ length: 30 }, (_, number) => [0, number + 1])), dot);
  assert.ok(Math.max(w[0], h[0]) > 150);
  assert.deepEqual([...new Set(w.slice(1)), ...new Set(h.slice(1))], [90, 30]);
});

test("what is not connected stands beside the rest, inside the frame", () => {
  const request = asked(9, [[0, 1], [1, 2], [3, 4]]);
  const parts = components(request.boxes, request.lines).map(({ boxNumbers }) => boxNumbers);
  assert.deepEqual(parts, [[0, 1, 2], [3, 4], [5], [6], [7], [8]]);
  const { x, y, w, h, width, height } = arrange(request, dot);
  for (let box = 0; box < 9; box++) {
    assert.ok(x[box] - w[box] / 2 >= -1 && x[box] + w[box] / 2 <= width + 1);
    assert.ok(y[box] - h[box] / 2 >= -1 && y[box] + h[box] / 2 <= height + 1);
  }
});

test("the same request gives the same layout", () => {
  assert.deepEqual(arrange(tangle(25, 15), dot), arrange(tangle(25, 15), dot));
});

test("a layout that would do is told before a better one is looked for", () => {
  const told = [];
  const layout = arrange(tangle(40, 30), dot, (better) => told.push(better));
  assert.ok(told.length >= 1);
  assert.equal(told[0].routes.length, layout.routes.length);
});

test("a request for speed runs Graphviz once for each part", () => {
  let runs = 0;
  arrange({ ...tangle(40, 30), simple: true }, (text) => {
    runs += 1;
    return dot(text);
  });
  assert.equal(runs, 1);
});
