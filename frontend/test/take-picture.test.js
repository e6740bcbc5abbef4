// What stands beside a drawing that is taken away.

import assert from "node:assert/strict";
import { test } from "node:test";
import { legendOf, wrapped } from "../src/take/picture.js";

const byKey = (rows) => new Map(rows.map((row) => [row.key, row]));
const words = {
  categories: byKey([{ key: "cell", label: "cell" }, { key: "chemical", label: "chemical" }, { key: "food", label: "food" }]),
  groups: byKey([{ key: "raises", label: "raises", head: "arrow" }, { key: "lowers", label: "lowers", head: "bar" }]),
  statuses: byKey([{ key: "supported", label: "supported", widths: [1.6, 2.5, 3.4, 4.3] },
    { key: "refuted", label: "refuted", widths: [1, 1, 1, 1] }]),
  marks: byKey([{ key: "up", label: "goes up" }, { key: "down", label: "goes down" }, { key: "", label: "not reached" }]),
};
const statement = (more) => ({ predicate: "increases", group: "raises", status: "supported", supporting: 1, negated: false, ...more });
const cell = { category: "cell" }, chemical = { category: "chemical" };
const legend = (statements, marks = null) =>
  legendOf({ graph: { words }, statements, entities: [chemical, cell], marks })
    .map(({ title, rows }) => [title, rows.map((row) => row.label)]);

test("a legend explains what is drawn, in the order of the vocabulary, and nothing else", () => {
  assert.deepEqual(legend([statement()]), [
    ["Entities", ["cell", "chemical"]],
    ["Statements", ["raises"]],
    ["How well they stand", ["supported"]],
  ]);
});

test("a legend explains what is required, what is negated, and widths where they differ", () => {
  const some = [statement({ predicate: "requires" }), statement({ negated: true, status: "refuted", group: "lowers" }),
    statement({ supporting: 9 })];
  assert.deepEqual(legend(some).slice(1), [
    ["Statements", ["raises", "lowers", "is required by", "is not so"]],
    ["How well they stand", ["supported", "refuted"]],
    ["Independent sources", ["1", "4 or more"]],
  ]);
});

test("a legend of a change says what happens to what is drawn", () => {
  const marks = new Map([[cell, { key: "down" }]]);
  assert.deepEqual(legend([statement()], marks)[0], ["What happens to it", ["goes down", "not reached"]]);
});

test("a text is put on lines that are short enough, and a long word on one of its own", () => {
  assert.deepEqual(wrapped("one two three", 5), ["one two", "three"]);
  assert.deepEqual(wrapped("a extraordinarily b", 3), ["a", "extraordinarily", "b"]);
  assert.deepEqual(wrapped("", 3), [""]);
});
