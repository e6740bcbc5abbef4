// What keys and a pointer do in a drawing, whatever draws it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { onceAFrame, pointer, pointOn, pressing, toggle } from "../src/draw/pointer.js";
import { placed, tip } from "../src/draw/tip.js";
import { walk } from "../src/draw/walk.js";
import { ahead, clockwise, next } from "../src/draw/ways.js";
import { acting, event, frames, page } from "./page.js";

const { element } = page();
const [a, b] = ["a", "b"].map((id) => ({ id, name: id }));
const [upper, lower] = ["one", "two"].map((id) => ({ id }));

test("an arrow leads to what is near and ahead, not to what is aside or behind", () => {
  const x = [0, 100, 40, -50, 60], y = [0, 0, 90, 0, 5];
  const from = (way) => ahead(x, y, 0, way, 8);
  assert.deepEqual([[1, 0], [-1, 0], [0, 1], [0, -1]].map(from), [4, 3, 2, -1]);
  assert.equal(ahead([0, 5], [0, 0], 0, [1, 0], 8), -1); // hardly ahead at all
});

test("directions are told clockwise from the top", () => {
  const turns = [[0, -1], [1, 0], [0, 1], [-1, 0]].map(([x, y]) => clockwise(x, y));
  assert.deepEqual(turns.map((turn) => turn / (Math.PI / 2)), [0, 1, 2, 3]);
});

test("a round begins at its first or last and has no end", () => {
  assert.equal(next([upper, lower], null, 1), upper);
  assert.equal(next([upper, lower], null, -1), lower);
  assert.equal(next([upper, lower], lower, 1), upper);
  assert.equal(next([upper, lower], { id: "of another box" }, -1), lower);
});

/** A drawing of two boxes with two lines, walked through; `keys` presses keys and says which were taken. */
function walked({ at = () => a, first = () => null, pans = false, drawn = true } = {}) {
  const stage = element(), { act, calls } = acting();
  const way = walk(stage, act, {
    state: () => (drawn ? { plus: ["b"] } : undefined), at, first, pans,
    neighbour: (entity, [dx]) => (dx > 0 ? b : null),
    lines: (entity) => (entity === a ? [upper, lower] : []),
    words: (line) => `line ${line.id}\nin words`,
    step: (entity) => calls.push(["step", entity.id]),
    reached: (line) => calls.push(["reached", line.id]),
    left: () => calls.push(["left"]),
  });
  const keys = (...names) => names.map((name) => {
    const [, shift, key] = /^(Shift\+)?(.+)$/.exec(name);
    const pressed = event("keydown", { key, shiftKey: Boolean(shift), ctrlKey: false, metaKey: false, altKey: false });
    stage.dispatchEvent(pressed);
    return pressed.defaultPrevented;
  });
  return { way, keys, calls };
}

test("full stop and comma go through the lines of a box, and Enter opens the line that was reached", () => {
  const { keys, calls, way } = walked();
  assert.deepEqual(keys(".", ".", ">", ",", "Enter"), [true, true, true, true, true]);
  assert.deepEqual(calls.filter(([what]) => what === "reached").map(([, id]) => id), ["one", "two", "one", "two"]);
  assert.deepEqual(calls.find(([what]) => what === "announce"), ["announce", "1 of 2: line one, in words"]);
  assert.deepEqual([calls.at(-1), way.line], [["choose", "statement", "two"], lower]);
});

test("Escape leaves a line; without one it is the page's", () => {
  const { keys, calls } = walked();
  assert.deepEqual(keys("Escape", ".", "Escape", "Escape", "Enter"), [false, true, true, false, true]);
  assert.deepEqual(calls.filter(([what]) => what === "left").length, 1);
  assert.deepEqual(calls.at(-1), ["choose", "entity", "a"]);
});

test("an arrow leaves the line and goes to a box; where none is, it does nothing but is taken", () => {
  const { keys, calls } = walked();
  assert.deepEqual(keys(".", "ArrowRight", "ArrowLeft"), [true, true, true]);
  assert.deepEqual(calls.slice(-2), [["left"], ["step", "b"]]);
});

test("from no box an arrow leads to the first, and where there is no first it is the page's", () => {
  const there = walked({ at: () => null, first: () => b });
  assert.deepEqual([there.keys("ArrowUp", ".", "Enter", "e"), there.calls], [[true, false, false, false], [["step", "b"]]]);
  assert.deepEqual(walked({ at: () => null }).keys("ArrowUp"), [false]);
});

test("Shift with an arrow goes through the lines, or is left to the page that moves the drawing", () => {
  const through = walked(), moving = walked({ pans: true });
  assert.deepEqual([through.keys("Shift+ArrowRight", "Shift+ArrowUp"), through.way.line], [[true, true], lower]);
  assert.deepEqual([moving.keys("Shift+ArrowRight"), moving.calls], [[false], []]);
});

test("letters act on the box, capital or not, and unknown keys and names of objects are left alone", () => {
  const { keys, calls } = walked();
  assert.deepEqual(keys("e", "E", "h", "x", "toString", "constructor"), [true, true, true, false, false, false]);
  assert.deepEqual(calls, [["expand", "a"], ["expand", "a"], ["hide", "a"]]);
  const other = walked({ at: () => b });
  other.keys("e");
  assert.deepEqual(other.calls, [["collapse", "b"]]); // it is expanded
});

test("where nothing is drawn no key does anything", () => {
  const { keys, calls } = walked({ drawn: false });
  assert.deepEqual([keys("e", "ArrowDown", "."), calls], [[false, false, false], []]);
});

/** A drawing under a pointer that is on `hit`. */
function pointed(hit, { selected = null, clicks = () => true } = {}) {
  const stage = element(), { act, calls } = acting();
  pointer(stage, act, {
    state: () => ({ plus: [], selected }), under: () => hit, clicks,
    hover: (where) => calls.push(["hover", where?.clientX ?? null]),
    chosen: (entity) => calls.push(["chosen", entity.id]),
  });
  return { calls, send: (type, fields) => stage.dispatchEvent(event(type, { detail: 1, ...fields })) };
}

test("a click chooses a box or a line, and on nothing it clears the selection, if there is one", () => {
  const on = (hit, more) => {
    const { send, calls } = pointed(hit, more);
    send("click");
    return calls;
  };
  assert.deepEqual(on({ entity: a }), [["chosen", "a"], ["choose", "entity", "a"]]);
  assert.deepEqual(on({ statement: upper }), [["choose", "statement", "one"]]);
  assert.deepEqual(on({}), []);
  assert.deepEqual(on({}, { selected: { kind: "entity", id: "a" } }), [["clear"]]);
  assert.deepEqual(on({ entity: a, more: true }), [["expand", "a"]]);
  assert.deepEqual(on({ entity: a }, { clicks: () => false }), []);
});

test("the second click of two expands", () => {
  const { send, calls } = pointed({ entity: a });
  send("click", { detail: 2 });
  assert.deepEqual(calls, [["expand", "a"]]);
});

test("a pointer that presses or is a finger hovers over nothing", () => {
  const { send, calls } = pointed({ entity: a });
  for (const more of [{ buttons: 1 }, { pointerType: "touch", buttons: 0 }, { pointerType: "mouse", buttons: 0 }])
    send("pointermove", { clientX: 7, ...more });
  send("pointerleave");
  assert.deepEqual(calls, [["hover", 7], ["hover", null]]);
});

test("what looks once a frame looks at the last event, and at once where the pointer leaves", () => {
  const pass = frames(), seen = [], look = onceAFrame((where) => seen.push(where?.clientX ?? null));
  for (const clientX of [1, 2, 3]) look({ clientX });
  assert.deepEqual([seen, pass(), seen], [[3], 1, [3]]);
  look({ clientX: 4 });
  look(null);
  assert.deepEqual([pass(), seen], [0, [3, null]]);
});

test("a click that moved is none, nor one whose press was not seen", () => {
  const stage = element();
  let began = 0;
  const clicks = pressing(stage, () => began++), at = (clientX, clientY) => ({ clientX, clientY });
  assert.equal(clicks(at(0, 0)), false);
  stage.dispatchEvent(event("pointerdown", { isPrimary: true, ...at(50, 50) }));
  assert.deepEqual([clicks(at(53, 53)), clicks(at(50, 56)), began], [true, false, 1]);
  stage.dispatchEvent(event("pointerdown", { isPrimary: false, ...at(50, 50) })); // a second finger
  assert.equal(clicks(at(50, 50)), false);
  assert.deepEqual(pointOn(stage, at(15, 30)), [5, 10]);
});

test("a box is expanded, or collapsed where it is expanded", () => {
  const { act, calls } = acting();
  for (const plus of [[], ["a"]]) toggle(act, { plus }, a);
  assert.deepEqual(calls, [["expand", "a"], ["collapse", "a"]]);
});

test("words stand beside the pointer and never leave the stage", () => {
  const stage = [500, 300], size = [120, 40];
  assert.deepEqual(placed([100, 100], size, stage), [114, 118]);
  assert.deepEqual(placed([495, 290], size, stage), [372, 240]); // over the pointer where there is no room below
  assert.deepEqual(placed([-40, 2], [600, 400], stage), [6, 6]);
});

test("a view hides its own words and leaves those of another", () => {
  const box = element(), say = tip({ clientWidth: 500, clientHeight: 300 });
  Object.assign(box, { offsetWidth: 120, offsetHeight: 40, hidden: false });
  page({ tip: box });
  say(null);
  assert.equal(box.hidden, false);
  Object.defineProperty(box, "textContent", { writable: true });
  say("what it is", 100, 100);
  assert.deepEqual([box.textContent, box.hidden, box.style], ["what it is", false, { left: "114px", top: "118px" }]);
  say(null);
  assert.equal(box.hidden, true);
});
