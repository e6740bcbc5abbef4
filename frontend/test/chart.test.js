import assert from "node:assert/strict";
import { test } from "node:test";
import {
  around, backOf, chart, frameAt, frameOf, grid, hasMore, lanes, markAt, moreAt, neighbour, overlap, pointOf,
  rendererFor, sized, strongest, under,
} from "../src/draw/chart.js";

const words = {
  statuses: new Map([["supported", { widths: [1.6, 2.5, 3.4, 4.3] }], ["refuted", { widths: [0.9, 0.9, 0.9, 0.9] }]]),
};

/** A model of boxes at places, joined by statements: [start, end, fields]. */
function model(places, joins, state = {}) {
  const entities = places.map(([x, y, fields], number) => ({
    number, id: `e${number}`, x, y, size: [100, 40], lines: ["a name"], font: 14, prominence: 0,
    degree: 0, out: [], into: [], ...fields,
  }));
  const ends = (subject, object) => ({ subject, object, start: subject, end: object });
  const statements = joins.map(([a, b, fields], number) => ({
    number, id: `s${number}`, ...ends(entities[a], entities[b]), status: "supported", supporting: 1, ...fields,
  }));
  for (const statement of statements) {
    statement.subject.out.push(statement);
    statement.object.into.push(statement);
    statement.subject.degree += 1;
    statement.object.degree += 1;
  }
  return {
    graph: { words, entities, statements }, entities, statements, inScene: new Set(statements),
    lit: null, marks: null, state: { selected: null, plus: [], pin: [], ...state },
  };
}

/** So many entities that the map's places are kept, in a square with so much between them. */
const field = (step, count = 200) =>
  Array.from({ length: count }, (_, number) => [(number % 20) * step, Math.floor(number / 20) * step]);

test("a small scene gets places of its own, a large one those of the map", () => {
  assert.notDeepEqual([...chart(model([[0, 0], [5000, 5000]], [[0, 1]])).x], [0, 5000]);
  const made = chart(model(field(300), []));
  assert.deepEqual([made.x[21], made.y[21]], [300, 300]);
});

test("a box that was put somewhere by hand is there", () => {
  const some = model([[0, 0], [500, 500]], [[0, 1]]);
  const made = chart(some, { moved: new Map([[some.entities[1], [77, -33]]]) });
  assert.deepEqual([made.x[1], made.y[1]], [77, -33]);
});

test("lines between the same two lie side by side, whichever way they point", () => {
  assert.deepEqual([...lanes(Uint32Array.of(0, 0, 1, 2), Uint32Array.of(1, 1, 0, 0))], [-17, 0, -17, 0]);
  const made = chart(model(field(300), [[0, 1], [1, 0]]));
  const [first, second] = [pointOf(made, 0, 0.5), pointOf(made, 1, 0.5)];
  assert.deepEqual([first.x, second.x], [150, 150]);
  assert.equal(Math.abs(first.y - second.y), 17);
});

test("a point before the end of a line lies on it, where it bends, too", () => {
  const made = chart(model(field(300), [[0, 1], [0, 1]]));
  for (const line of [0, 1]) {
    const { x, y, turn } = backOf(made, line, 80);
    assert.ok(Math.abs(Math.hypot(300 - x, y) - 80) < 1);
    assert.equal(Math.sign(turn), Math.sign(made.lane[line]));
    assert.equal(Math.sign(y), -Math.sign(made.lane[line]));
  }
});

test("where all labels can be read, boxes have their own size", () => {
  const made = chart(model(field(300), []));
  sized(made, 1);
  assert.deepEqual([...new Set(made.labelled)], [1]);
  assert.deepEqual([...new Set(made.wide)], [100]);
});

test("from afar the most connected boxes grow until they can be read, and others become signs", () => {
  const made = chart(model(field(200), Array.from({ length: 30 }, (_, number) => [110, number])));
  sized(made, 0.25);
  assert.equal(made.labelled[110], 1);
  assert.ok(made.grown[110] * 14 * 0.25 >= 9.5);
  assert.equal(made.labelled[111], 0);
  assert.equal(made.wide[111] * 0.25, 17 * 0.75);
});

test("no two boxes with labels overlap at any scale", () => {
  const made = chart(model(field(150), []));
  for (const scale of [0.2, 0.3, 0.45, 0.6]) {
    sized(made, scale);
    const shown = [...made.labelled.keys()].filter((box) => made.labelled[box]);
    const frames = shown.map((box) => frameAt(made.x[box], made.y[box], made.wide[box], made.high[box]));
    assert.deepEqual(frames.filter((frame, at) => frames.slice(at + 1).some((other) => overlap(frame, other))), []);
  }
});

test("a hub without room for its box shows its name", () => {
  const hub = (number) => (number === 105 ? { prominence: 2, font: 22 } : {});
  const made = chart(model(field(110).map(([x, y], number) => [x, y, hub(number)]), [[105, 1]]));
  sized(made, 0.05);
  assert.deepEqual(made.names.map(({ entity }) => entity), [105]);
});

test("the name of a hub at the border stands within the drawing", () => {
  const name = "a name of some length";
  for (const [number, where] of [[100, "left"], [119, "right"], [110, "inside"]]) {
    const hub = (place) => (place === number ? { prominence: 2, font: 22, lines: [name] } : {});
    const made = chart(model(field(110).map(([x, y], place) => [x, y, hub(place)]), [[number, 1]]));
    sized(made, 0.1);
    const [{ frame: [from, , to] }] = made.names, [left, , right] = frameOf(made), half = (name.length * 7.4) / 2 / 0.1;
    const middle = { left: left + half, right: right - half, inside: made.x[110] }[where];
    assert.ok(Math.abs((from + to) / 2 - middle) < 1e-6, where);
  }
});

test("what is lit is labelled before what is not", () => {
  const some = model(field(130), Array.from({ length: 30 }, (_, number) => [110, number]));
  some.lit = { entities: new Set([some.entities[111]]), statements: new Set() };
  const made = chart(some);
  sized(made, 0.25);
  assert.deepEqual([made.labelled[110], made.labelled[111]], [0, 1]);
});

test("a point finds the box, the button for more, the line, or nothing", () => {
  const some = model(field(300), [[0, 1], [0, 20]]);
  some.inScene = new Set([some.statements[0]]);
  const made = chart(some);
  sized(made, 1);
  assert.equal(under(made, 10, 5, 1).entity, some.entities[0]);
  const { x, y } = moreAt(made, 0);
  assert.equal(hasMore(made, 0, 1), true);
  assert.deepEqual(under(made, x, y, 1), { entity: some.entities[0], more: true });
  assert.equal(under(made, 150, 2, 1).statement, some.statements[0]);
  assert.equal(under(made, 2, 150, 1).statement, some.statements[1]);
  assert.deepEqual(under(made, 150, 150, 1), {});
});

test("a bright line is found before a nearer one that is dim", () => {
  const some = model(field(300), [[0, 40], [20, 21]]);
  const at = [3, 150];
  assert.equal(under(chart(some), ...at, 1).statement, some.statements[0]);
  const two = model(field(300), [[0, 40], [0, 60]]);
  two.lit = { entities: new Set(), statements: new Set([two.statements[1]]) };
  assert.equal(under(chart(two), ...at, 1).statement, two.statements[1]);
});

test("a mark stands between the boxes and on none that has a label", () => {
  const made = chart(model(field(300), [[0, 2]]));
  sized(made, 1);
  const { x, y } = markAt(made, 0);
  assert.ok(x > 50 && x < 550 && Math.abs(x - 300) > 50, `${x}`);
  assert.equal(y, 0);
});

test("arrow keys go to the nearest box in their direction", () => {
  const some = model(field(300), []), made = chart(some);
  assert.equal(neighbour(made, some.entities[21], [1, 0]), some.entities[22]);
  assert.equal(neighbour(made, some.entities[21], [0, -1]), some.entities[1]);
  assert.equal(neighbour(made, some.entities[0], [-1, 0]), null);
});

test("lines of a box are gone through clockwise from the top", () => {
  const some = model(field(300), [[21, 20], [21, 1], [41, 21], [21, 22], [0, 2]]);
  assert.deepEqual(around(chart(some), some.entities[21]).map(({ id }) => id), ["s1", "s3", "s2", "s0"]);
});

test("among very many statements those with little behind them are fainter", () => {
  const standing = (number) => ({ supporting: number === 0 ? 3 : 1, status: number === 1 ? "refuted" : "supported" });
  const joins = Array.from({ length: 301 }, (_, number) => [number % 200, (number + 7) % 200, standing(number)]);
  const { tone } = chart(model(field(300), joins));
  assert.equal(tone[0], 1);
  assert.ok(tone[1] < tone[2] && tone[2] < tone[0]);
  assert.deepEqual([...new Set(chart(model(field(300), joins.slice(0, 300))).tone)], [1]);
});

test("the best supported statements come first", () => {
  const fields = [{ status: "refuted" }, {}, { supporting: 4 }, { supporting: 0, status: "title-only" }];
  const some = model(field(300), fields.map((more) => [0, 1, more]));
  assert.deepEqual([...strongest(some.statements)], [2, 1, 0, 3]);
});

test("vis-network draws what it can carry", () => {
  assert.equal(rendererFor(387, 750), "network");
  assert.equal(rendererFor(10_000, 30_000), "large");
  assert.equal(rendererFor(10, 3_000), "large");
});

test("a grid finds what a frame touches, below zero, too", () => {
  const cells = grid(100);
  cells.add("a", [-150, -150, -120, -120]);
  const finds = (frame) => cells.some(frame, ({ item }) => item === "a");
  assert.deepEqual([finds([-160, -130, -155, -125]), finds([10, 10, 20, 20])], [true, false]);
});

test("the frame of some entities holds their boxes", () => {
  const some = model(field(300), []);
  assert.deepEqual(frameOf(chart(some), [some.entities[0], some.entities[21]]), [-50, -20, 350, 320]);
});
