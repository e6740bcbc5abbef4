import assert from "node:assert/strict";
import { test } from "node:test";
import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { along, pathOf, trimmed, walk } from "../src/draw/chain.js";
import { arrange } from "../src/draw/layout.js";
import { complete, finished, spaced } from "../src/draw/lines.js";
import { border } from "../src/shapes.js";

const graphviz = await Graphviz.load();
const dot = (text) => graphviz.layout(text, "json0", "dot");
const OUTLINES = [
  "box", "round", "stadium", "ellipse", "octagon", "hexagon", "ribbon", "slanted", "house", "note", "barrel",
];
const HEADS = ["arrow", "bar", "vee", "needs", ""];

/** A layered graph with loops, parallel lines and a line from a box to itself. */
function made() {
  let seed = 5;
  const draw = (most) => (seed = (seed * 48271) % 2147483647) % most;
  const boxes = Array.from({ length: 26 }, (_, number) => ({
    w: 70 + draw(80), h: 28 + 16 * draw(3), order: 0, outline: OUTLINES[number % OUTLINES.length],
  }));
  const tree = Array.from({ length: 25 }, (_, number) => [draw(number + 1), number + 1]);
  const pairs = [...tree, [3, 0], [7, 2], [4, 4], [0, 1], [0, 1], [9, 20], [1, 15]];
  const lines = pairs.map(([from, to], number) => ({
    from, to, weight: 2, head: HEADS[number % HEADS.length], width: 1.6 + draw(3), mark: number % 4 === 0,
  }));
  return { boxes, lines, stage: [800, 700] };
}

const request = made();
const whole = arrange(request, dot);
const layout = complete(request, whole);
const place = (box) => ({ x: layout.x[box], y: layout.y[box], w: layout.w[box], h: layout.h[box] });

/** How far a point is from the border of a box, outside it. */
function away(box, [px, py]) {
  const { x, y, w, h } = place(box);
  const corners = border(request.boxes[box].outline, w, h).map(([bx, by]) => [bx + x, by + y]);
  let least = Infinity;
  corners.forEach(([ax, ay], number) => {
    const [bx, by] = corners[(number + 1) % corners.length], dx = bx - ax, dy = by - ay;
    const share = Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy || 1)));
    least = Math.min(least, Math.hypot(px - ax - dx * share, py - ay - dy * share));
  });
  return least;
}

test("every line is drawn", () => {
  assert.deepEqual(layout.lines.filter(({ points }) => points.length < 4), []);
});

test("no line runs through a box that is not one of its ends", () => {
  const through = [];
  layout.lines.forEach(({ points }, number) => {
    const { x, y } = walk(points);
    request.boxes.forEach((_, box) => {
      const { from, to } = request.lines[number], at = place(box);
      if (box === from || box === to) return;
      const within = (px, py) => Math.abs(px - at.x) < at.w / 2 - 1 && Math.abs(py - at.y) < at.h / 2 - 1;
      if (x.some((px, step) => within(px, y[step]))) through.push([number, box]);
    });
  });
  assert.deepEqual(through, []);
});

test("tips are clear of the box that they point at, and T-bars by more", () => {
  layout.lines.forEach(({ tip }, number) => {
    const { to, head } = request.lines[number], far = away(to, tip);
    assert.ok(far >= (head === "bar" ? 3 : 1.2), `${number} ${head} ${far}`);
    assert.ok(far < 16, `${number} ${head} ${far}`);
  });
});

test("both ends of a T-bar are clear of the box", () => {
  layout.lines.forEach(({ tip, way }, number) => {
    const { to, head, width } = request.lines[number];
    if (head !== "bar") return;
    for (const side of [-1, 1]) {
      const half = (6 + width * 0.5) * side;
      assert.ok(away(to, [tip[0] - way[1] * half, tip[1] + way[0] * half]) > 2, String(number));
    }
  });
});

test("statements between the same two things end side by side", () => {
  const same = layout.lines.filter((_, number) => request.lines[number].from === 0 && request.lines[number].to === 1)
    .map(({ tip }) => tip);
  assert.ok(same.length >= 2);
  same.forEach((line, number) => same.slice(number + 1).forEach((other) => {
    assert.ok(Math.hypot(line[0] - other[0], line[1] - other[1]) > 8);
  }));
});

test("marks are on their line and clear of boxes and of each other", () => {
  const marks = layout.lines.flatMap(({ mark, points }) => (mark ? [[mark, walk(points)]] : []));
  assert.equal(marks.length, request.lines.filter(({ mark }) => mark).length);
  for (const [[mx, my], { x, y }] of marks) {
    assert.ok(Math.min(...x.map((px, step) => Math.hypot(px - mx, y[step] - my))) < 8);
    request.boxes.forEach((_, box) => {
      const at = place(box);
      assert.ok(Math.abs(mx - at.x) > at.w / 2 || Math.abs(my - at.y) > at.h / 2);
    });
  }
});

test("everything drawn is within the frame", () => {
  const [left, top, right, bottom] = layout.frame;
  for (const { points } of layout.lines) {
    const { x, y } = walk(points);
    assert.ok(x.every((value) => value >= left && value <= right) && y.every((value) => value >= top && value <= bottom));
  }
});

test("smoothing changes no ends and draws the same twice", () => {
  const places = request.boxes.map((drawn, box) => ({ ...place(box), outline: drawn.outline }));
  const again = () => finished(places, request.lines, whole.routes, { down: whole.down });
  assert.deepEqual(again(), again());
});

test("ends keep apart, stay on their side and in their order", () => {
  assert.deepEqual(spaced([0], 50, 15), [0]);
  assert.deepEqual(spaced([0, 0, 0], 50, 15), [-15, 0, 15]);
  assert.deepEqual(spaced([-40, 30, 32], 50, 15), [-40, 23.5, 38.5]);
  assert.deepEqual(spaced([48, 49, 50], 50, 15), [20, 35, 50]);
  assert.deepEqual(spaced([0, 0, 0, 0, 0], 20, 15), [-20, -10, 0, 10, 20]);
  assert.deepEqual(spaced([], 20, 15), []);
});

test("a chain is cut at lengths from its start and end", () => {
  const straight = [[0, 0], [10, 0], [20, 0], [30, 0], [40, 0], [50, 0], [60, 0]];
  const cut = trimmed(straight, 12, 8);
  assert.ok(Math.abs(cut[0][0] - 12) < 1e-6 && Math.abs(cut.at(-1)[0] - 52) < 1e-6);
  assert.ok(Math.abs(walk(cut).length - 40) < 1e-6);
  assert.deepEqual(trimmed(straight, 40, 30), []);
  assert.deepEqual(along(walk(straight), 15).map(Math.round), [15, 0]);
  assert.equal(pathOf(straight.slice(0, 4)), "M0 0C10 0 20 0 30 0");
  assert.equal(pathOf([]), "");
});
