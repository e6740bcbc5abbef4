// What the views ask for, wait for, and hand over.

import assert from "node:assert/strict";
import { test } from "node:test";
import { awaited } from "../src/draw/awaited.js";
import { chart } from "../src/draw/chart.js";
import { barOf, changes, coarseAt, edgeOf, isHeavy } from "../src/draw/edges.js";
import { SUPERSEDED } from "../src/draw/graphviz.js";
import { FEWEST, pace, slices } from "../src/draw/pace.js";
import { frameOf, hitOf, hub, linesOf, middleOf, neighbour } from "../src/draw/where.js";
import { requestOf, signature, stageFor } from "../src/draw/request.js";
import { visible } from "../src/scene.js";
import { start } from "../src/state.js";
import { small } from "./small.js";

const model = (graph, state = {}) => visible(graph, { ...start(), ...state });

// --- The Mechanism -------------------------------------------------------------------------------

test("a stage of nearly the same size is the same stage", () => {
  const first = stageFor([1000, 700], null);
  assert.deepEqual(first, [960, 640]);
  assert.equal(stageFor([1080, 640], first), first);
  assert.deepEqual(stageFor([1400, 700], first), [1360, 640]);
  assert.deepEqual(stageFor([10, 10], null), [240, 240]);
});

const heads = (graph) => {
  for (const [key, head] of [["raises", "arrow"], ["lowers", "bar"], ["structure", ""]]) graph.words.groups.set(key, { key, head });
  return graph;
};
const graph = heads(small(["a increases b", "c requires a", "a part_of c", ["a decreases d", { negated: true, supporting: 9 }]],
  { entities: { d: { category: "condition" }, a: { category: "food" } } }));

test("a layout is asked for with boxes in the order in which influence tends to flow, and lines by what supports them", () => {
  const { boxes, lines, stage } = requestOf(model(graph), [800, 600]);
  assert.deepEqual([boxes.map(({ order }) => order), boxes[0].w, boxes[0].outline, stage], [[-3, 0, 0, 3], 80, "box", [800, 600]]);
  // What is required stands before what requires it; of a part nothing flows.
  assert.deepEqual(lines.map(({ from, to, weight, mark }) => [from, to, weight, mark]),
    [[0, 1, 2, false], [0, 2, 2, false], [0, 2, 0, false], [0, 3, 4, true]]);
});

test("a drawing is another where its boxes, lines, marks, stage or colours are", () => {
  const of = (state = {}, stage = [800, 600], dark = false) => {
    const some = model(graph, state);
    return signature(some, requestOf(some, stage), dark);
  };
  const others = [of({ minus: ["d"] }), of({}, [960, 600]), of({}, [800, 600], true)];
  assert.equal(new Set([of(), ...others]).size, 4);
  assert.equal(of({ selected: { kind: "entity", id: "a" }, pin: ["b"] }), of());
  // A path that is chosen numbers its steps on the lines.
  const scene = { kind: "paths", from: "a", to: "b", steps: 2, path: null };
  assert.notEqual(of({ scene }), of({ scene: { ...scene, path: 0 } }));
});

/** Layouts that come when they are told to. */
function awaiting() {
  const asked = new Map(), told = [];
  const layout = awaited((request) => new Promise((resolve, reject) => asked.set(request, { resolve, reject })), {
    draw: (laid) => told.push(`draw ${laid}`), fail: (error) => told.push(`fail ${error.message}`), wait: (yes) => told.push(yes),
  });
  return { asked, told, layout };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

test("a layout is drawn when it comes, and what is drawn is not asked for again", async () => {
  const { asked, told, layout } = awaiting();
  const first = layout.want("r1", "one");
  asked.get("r1").resolve("L1");
  assert.deepEqual([await first, told], [false, ["draw L1", false]]);
  assert.deepEqual([await layout.want("r2", "one"), asked.size], [true, 1]);
});

test("a layout that is wanted no more is left aside, in whichever order they come", async () => {
  const { asked, told, layout } = awaiting();
  const both = [layout.want("r1", "one"), layout.want("r2", "two")];
  asked.get("r2").resolve("L2");
  await settled();
  asked.get("r1").resolve("L1");
  await Promise.all(both);
  assert.deepEqual(told.filter((words) => words !== false), ["draw L2"]);
  assert.equal(await layout.want("r3", "two"), true);
});

test("what is under way is not asked for twice; what was drawn before is asked for anew after it was wiped", async () => {
  const { asked, layout } = awaiting();
  layout.want("r1", "one");
  assert.deepEqual([await layout.want("again", "one"), asked.has("again")], [false, false]);
  asked.get("r1").resolve("L1");
  await settled();
  layout.forget();
  layout.want("r2", "one");
  assert.ok(asked.has("r2"));
});

test("a view that is hidden wants nothing: neither a drawing nor a failure comes", async () => {
  for (const end of ["resolve", "reject"]) {
    const { asked, told, layout } = awaiting();
    const wanted = layout.want("r1", "one");
    layout.rest();
    asked.get("r1")[end](new Error("too late"));
    await wanted;
    assert.deepEqual(told, []);
  }
});

test("a failure is told, but not that another layout was asked for", async () => {
  const { asked, told, layout } = awaiting();
  let wanted = layout.want("r1", "one");
  asked.get("r1").reject(new Error("no memory"));
  await wanted;
  wanted = layout.want("r2", "two");
  asked.get("r2").reject(new Error(SUPERSEDED));
  await wanted;
  assert.deepEqual(told.filter((words) => typeof words === "string"), ["fail no memory"]);
});

test("it is said that one waits, but only where it takes a while", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { told, layout } = awaiting();
  layout.want("r1", "one");
  t.mock.timers.tick(149);
  assert.deepEqual(told, []);
  t.mock.timers.tick(1);
  assert.deepEqual(told, [true]);
});

/** A drawing of the graph: a in the middle, the others around it. */
function around() {
  const [a, b, c, d] = graph.entities, at = (x, y) => ({ x, y, w: 80, h: 30 });
  const line = (points) => ({ points: [points[0]], tip: points[1] });
  return {
    boxes: new Map([[a, at(0, 0)], [b, at(0, 100)], [c, at(100, 10)], [d, at(-100, 0)]]),
    lines: new Map([[[0, 15], [0, 85]], [[40, 5], [60, 8]], [[60, 12], [40, 9]], [[-40, 0], [-60, 0]]]
      .map((points, number) => [graph.statements[number], line(points)])),
  };
}

test("in a drawing keys go to the nearest box in a direction, and clockwise through the lines of a box", () => {
  const drawing = around(), [a, b, c, d] = graph.entities;
  assert.deepEqual([[0, 1], [1, 0], [-1, 0], [0, -1]].map((way) => neighbour(drawing, a, way)?.id), ["b", "c", "d", undefined]);
  assert.deepEqual(linesOf(drawing, a).map(({ id }) => id), ["s1", "s2", "s0", "s3"]);
  assert.deepEqual([b, c, d].map((entity) => linesOf(drawing, entity).length), [1, 2, 1]);
  assert.deepEqual(frameOf(drawing.boxes.get(c)), [60, -5, 140, 25]);
});

test("an element of a drawing belongs to a box, to its button, to a line, or to nothing", () => {
  const element = (dataset, more = false) => ({ closest: (selector) => (selector === ".beyond" ? more : dataset && { dataset }) });
  const hit = (...given) => hitOf(element(...given), graph);
  assert.deepEqual(hit({ entity: "2" }), { entity: graph.entities[2], more: false });
  assert.deepEqual(hit({ entity: "0" }, true), { entity: graph.entities[0], more: true });
  assert.deepEqual(hit({ statement: "3" }), { statement: graph.statements[3] });
  assert.deepEqual([hit(null), hitOf({}, graph)], [{}, {}]);
});

test("what is too large to be seen whole shows what is selected, expanded or asked about, else its hub", () => {
  const of = (state) => middleOf(model(graph, state)).id;
  assert.equal(hub(model(graph)).id, "a");
  assert.equal(of({}), "a");
  assert.equal(of({ scene: { kind: "near", of: ["c"], steps: 1 } }), "c");
  assert.equal(of({ plus: ["b", "d"] }), "d");
  assert.equal(of({ scene: { kind: "paths", from: "elsewhere", to: "d", steps: 3, path: null } }), "d");
  assert.equal(of({ scene: { kind: "whatif", up: [], down: [], fixed: ["c"], steps: 2, status: [] } }), "c");
  assert.equal(of({ selected: { kind: "entity", id: "b" } }), "b");
  assert.equal(of({ selected: { kind: "entity", id: "b" }, minus: ["b"] }), "a");
});

// --- The Overview --------------------------------------------------------------------------------

const drawn = (state = {}) => {
  const made = chart(model(graph, state), { moved: new Map(graph.entities.map((entity, at) => [entity, [at * 300, (at % 2) * 200]])) });
  const looks = { statements: made.statements.map(() => ({ colour: "#111", dashes: [4, 2], mark: "" })),
    entities: made.entities.map(() => ({ outline: "box" })) };
  return { made, looks };
};

test("lines are bolder from afar, but not where there are very many", () => {
  assert.deepEqual([2, 0.75, 0.74, 0.5, 0.3, 0.1].map((scale) => coarseAt(scale, false)), [1, 1, 1.6, 1.6, 2.6, 3.6]);
  assert.equal(coarseAt(0.1, true), 1);
  assert.deepEqual([isHeavy({ statements: Array(1500) }), isHeavy({ statements: Array(1501) })], [false, true]);
});

test("a line is told with its head, bend and tone, dashes and width as bold as the root of the scale", () => {
  const { made, looks } = drawn();
  const [plain, bold] = [1, 4].map((coarse) => edgeOf(made, looks, 0, coarse));
  assert.deepEqual([plain.from, plain.to, plain.color.opacity, plain.dashes], [0, 1, 1, [4, 2]]);
  assert.equal(bold.width, 2 * plain.width);
  assert.deepEqual(bold.dashes, [8, 4]);
  // Two lines between the same boxes bend, each to its side.
  const pair = [1, 2].map((line) => edgeOf(made, looks, line, 1).smooth);
  assert.deepEqual([plain.smooth, new Set(pair.map(({ type }) => type)).size], [false, 2]);
  // Nothing flows along the second of them; what lowers ends in a bar, and what is needed in an arrow with a bar of ours.
  assert.deepEqual([0, 1, 2, 3].map((line) => edgeOf(made, looks, line, 1).arrows.to?.type), ["arrow", "arrow", undefined, "bar"]);
});

test("what is selected is bright, and all else nearly out of sight", () => {
  const { made, looks } = drawn({ selected: { kind: "statement", id: "s0" } });
  const [bright, dim] = [0, 3].map((line) => edgeOf(made, looks, line, 1));
  assert.deepEqual([bright.color.opacity, dim.color.opacity], [1, 0.07]);
  assert.ok(bright.width > edgeOf(drawn().made, looks, 0, 1).width);
});

test("of lines only those are told that look different from what was told", () => {
  const { made, looks } = drawn(), told = new Map();
  const count = (coarse) => [...changes(made, looks, coarse, told)].flat().length;
  assert.deepEqual([count(1), count(1), count(1.6)], [4, 0, 4]);
  looks.statements[1] = { ...looks.statements[1], colour: "#222" };
  assert.deepEqual([...changes(made, looks, 1.6, told)].flat().map(({ id }) => id), [1]);
});

test("many lines are told in slices, and those from a box to itself never", () => {
  const many = small([...Array.from({ length: 900 }, (_, at) => `a increases n${at}`), "a increases a"]);
  const made = chart(model(many)), looks = { statements: made.statements.map(() => ({ colour: "#111", dashes: [] })) };
  assert.deepEqual([...changes(made, looks, 1, new Map())].map((slice) => slice.length), [400, 400, 100]);
});

test("what is necessary has a bar across its line before the head, where the line is long enough", () => {
  const { made, looks } = drawn();
  assert.equal(barOf(made, looks, 0, 1), null);
  const { from, to, opacity } = barOf(made, looks, 1, 1), [x, y] = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
  const end = made.end[1], far = Math.hypot(made.x[end] - x, made.y[end] - y);
  assert.equal(opacity, 1);
  assert.ok(far > made.wide[end] / 2 && far < made.wide[end] / 2 + 40, `${far} pixels from the middle of the box`);
  made.x[end] = made.x[made.start[1]] + 60;
  made.y[end] = made.y[made.start[1]];
  assert.equal(barOf(made, looks, 1, 1), null);
});

test("a frame that comes late draws fewer lines, one in time more, one after a rest as many", () => {
  const speed = pace(50_000), first = speed.at(10_000);
  const late = speed.at(10_050), again = speed.at(10_060), even = speed.at(10_085), rested = speed.at(20_000);
  assert.deepEqual([first, late, again, even, rested], [3000, 2100, 2415, 2415, 2415]);
});

test("there is an end to how few and how many a frame draws", () => {
  const slow = pace(50_000), fast = pace(4000);
  for (let turn = 1; turn < 40; turn++) [slow.at(turn * 100), fast.at(turn * 10)];
  assert.deepEqual([slow.at(4100), fast.at(400)], [FEWEST, 4000]);
});

test("batches are drawn in slices, each line once and in order", () => {
  const batches = [{ lines: [1, 2, 3] }, { lines: [] }, { lines: [4, 5, 6, 7] }], drawn = [];
  const more = slices(batches, ({ lines }, from, count) => {
    const some = lines.slice(from, from + count);
    drawn.push(...some);
    return [from + some.length, some.length];
  });
  assert.deepEqual([more(2), [...drawn]], [true, [1, 2]]);
  assert.deepEqual([more(3), [...drawn]], [true, [1, 2, 3, 4, 5]]);
  assert.deepEqual([more(9), drawn], [false, [1, 2, 3, 4, 5, 6, 7]]);
  assert.equal(slices([], () => [0, 0])(5), false);
});
