import assert from "node:assert/strict";
import { test } from "node:test";
import { border, HEADS, head, headOf, lineSwatch, outline, OUTLINES, reach, widthOf } from "../src/shapes.js";
import { page } from "./page.js";

const near = (value, other, by = 0.01) => Math.abs(value - other) <= by;
const numbers = (d) => d.match(/-?\d+(\.\d+)?(e-?\d+)?/g).map(Number);

test("every outline is one path that begins and ends", () => {
  for (const name of Object.keys(OUTLINES)) {
    const d = outline(name, 120, 40);
    assert.match(d, /^M/);
    assert.match(d, name === "note" ? /Z M|ZM/ : /Z$/);
    assert.ok(numbers(d).every(Number.isFinite), name);
  }
});

test("an outline that is not known is a box, whatever it is called", () => {
  for (const name of ["", "no such outline", "constructor", "toString", "__proto__"])
    assert.equal(outline(name, 40, 20), "M-20 -10L20 -10L20 10L-20 10Z");
});

test("the border of every outline reaches its edges and does not leave them", () => {
  for (const name of Object.keys(OUTLINES)) {
    const corners = border(name, 120, 40), across = corners.map(([x]) => x), down = corners.map(([, y]) => y);
    assert.ok(near(Math.max(...across), 60, 0.6) && near(Math.min(...across), -60, 0.6), name);
    assert.ok(near(Math.max(...down), 20, 0.6) && near(Math.min(...down), -20, 0.6), name);
  }
});

test("a straight line ends at the border", () => {
  assert.equal(reach("box", 80, 30, 0), 40);
  assert.ok(near(reach("box", 80, 30, Math.PI / 2), 15));
  assert.ok(near(reach("ellipse", 80, 30, Math.PI / 2), 15));
  assert.ok(reach("ribbon", 80, 30, 0) < 40);
});

test("heads point right, with their tip where the line leads", () => {
  for (const [name, made] of Object.entries(HEADS)) {
    const { d, back, clear } = made(2);
    const across = [...d.matchAll(/[ML](-?[\d.]+) /g)].map(([, x]) => Number(x));
    assert.equal(Math.max(...across), 0, name);
    assert.ok(back > 0 && clear >= 2, name);
  }
  assert.deepEqual(head("", 2), head("constructor", 2));
});

test("a T-bar stands clear of the box by more than an arrow does", () => {
  assert.ok(head("bar", 2).clear >= 3);
  assert.ok(head("bar", 2).clear > head("arrow", 2).clear);
});

test("what is required has the head of what is necessary, unless it is denied", () => {
  const heads = [["raises", "arrow"], ["unsigned", "vee"], ["structure", ""]];
  const words = { groups: new Map(heads.map(([key, name]) => [key, { head: name }])) };
  assert.equal(headOf({ predicate: "requires", group: "raises" }, words), "needs");
  assert.equal(headOf({ predicate: "requires", group: "unsigned" }, words), "vee");
  assert.equal(headOf({ predicate: "increases", group: "raises" }, words), "arrow");
  assert.equal(headOf({ predicate: "part_of", group: "structure" }, words), "");
  assert.equal(headOf({ predicate: "other", group: "not known" }, words), "");
});

test("a line is the wider the more sources support it, up to four", () => {
  const words = { statuses: new Map([["supported", { widths: [1.6, 2.5, 3.4, 4.3] }]]) };
  const widths = [0, 1, 2, 3, 4, 50].map((supporting) => widthOf({ status: "supported", supporting }, words));
  assert.deepEqual(widths, [1.6, 1.6, 2.5, 3.4, 4.3, 4.3]);
});

test("a line whose sign is a mark shows it beside the mark of its status", () => {
  page();
  const marks = (group, status) => {
    const swatch = lineSwatch({ mark: group, head: "", light: "", dark: "" }, { mark: status, widths: [1, 1], dashes: [] });
    return swatch.children.filter(({ tag }) => tag === "text").map((text) => [text.textContent, text.getAttribute("x")]);
  };
  assert.deepEqual(marks("+", "?"), [["+", "-7"], ["?", "7"]]);
  assert.deepEqual(marks("", "?"), [["?", "-4"]]);
  assert.deepEqual(marks("+", ""), [["+", "-4"]]);
});
