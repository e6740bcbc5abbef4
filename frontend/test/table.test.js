// The rows of the Table view: their order, their pages, where keys lead, and what they are made of.

import assert from "node:assert/strict";
import { test } from "node:test";
import { arranged, COLUMNS, direction, led, PAGE, pageOf, pagesOf, PLACES, rangeWords, same } from "../src/draw/columns.js";
import { markRow, row } from "../src/draw/rows.js";
import { event, page } from "./page.js";
import { small } from "./small.js";

const rows = (labels) => new Map(labels.map((label) => [label, { key: label, label }]));
const words = { statuses: rows(["supported", "contested", "refuted"]), methods: rows(["cohort", "review"]), species: rows([]),
  topics: rows(["PTH"]) };

let number = 0;
const statement = (subject, label, object, more = {}) => ({
  number: number++, subject: { name: subject }, word: { label }, object: { name: object },
  status: "supported", supporting: 1, disputing: 0, studies: [""], species: [""], topic: "", ...more,
});
const first = statement("beta", "raises", "x 10", { status: "refuted", supporting: 0 });
const second = statement("Alpha", "raises", "x 9", { supporting: 12, topic: "PTH" });
const third = statement("alpha", "lowers", "x 10", { supporting: 2, status: "contested", studies: ["review", "cohort"] });
const fourth = statement("alpha", "lowers", "x 9", { studies: ["cohort"] });
const by = (key, turned = false) => arranged([first, second, third, fourth], words, { key, turned });

test("names sort without regard to capitals and with numbers as numbers", () => {
  assert.deepEqual(by("subject"), [fourth, third, second, first]);
  assert.deepEqual(by("object"), [fourth, second, third, first]);
});

test("turning an order turns the column and leaves the order of what is alike in it", () => {
  assert.deepEqual(by("subject", true), [first, fourth, third, second]);
});

test("counts begin with the most, and statuses with the best known", () => {
  assert.deepEqual(by("supporting"), [second, third, fourth, first]);
  assert.deepEqual(by("supporting", true), [first, fourth, third, second]);
  assert.deepEqual(by("status"), [fourth, second, third, first]);
});

test("lists sort by their words, what is not stated among them", () => {
  assert.deepEqual(by("studies"), [fourth, second, first, third]);
  assert.deepEqual(by("topic"), [fourth, third, first, second]);
});

test("an order that was found is found again by column", () => {
  const orders = new Map(), sort = { key: "topic", turned: false };
  const arrangedFirst = arranged([first, second, third, fourth], words, sort, orders);
  assert.deepEqual([...orders.keys()].sort(), ["object", "predicate", "subject", "topic"]);
  orders.set("topic", new Map([[first, 0], [second, 1], [third, 2], [fourth, 3]]));
  assert.deepEqual(arranged([fourth, third, second, first], words, sort, orders), [first, second, third, fourth]);
  assert.notDeepEqual(arrangedFirst, [first, second, third, fourth]);
});

test("a heading says ascending where the least comes first", () => {
  const ways = (turned) => COLUMNS.filter(({ key }) => direction({ key, turned }) === "descending").map(({ key }) => key);
  assert.deepEqual(ways(false), ["supporting", "disputing"]);
  assert.deepEqual(ways(true).length, COLUMNS.length - 2);
});

test("there is always a page, and its range is told", () => {
  assert.deepEqual([0, 1, PAGE, PAGE + 1].map(pagesOf), [1, 1, 1, 2]);
  assert.deepEqual([0, PAGE - 1, PAGE].map(pageOf), [0, 0, 1]);
  assert.equal(rangeWords(0, 0), "");
  assert.equal(rangeWords(0, 7), "Rows 1–7 of 7");
  assert.equal(rangeWords(6, 1300), "Rows 1,201–1,300 of 1,300");
});

test("keys lead from row to row and from side to side, and not beyond", () => {
  const from = { index: 5, place: 1 }, to = (key, at = from) => led(key, at, 12);
  assert.deepEqual(["ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End"].map((key) => to(key).index), [4, 6, 0, 11, 0, 11]);
  assert.deepEqual(["ArrowLeft", "ArrowRight"].map((key) => PLACES[to(key).place]), ["subject", "object"]);
  assert.deepEqual(to("ArrowUp", { index: 0, place: 2 }), { index: 0, place: 2 });
  assert.deepEqual([to("ArrowLeft", { index: 5, place: 0 }), to("ArrowRight", { index: 5, place: 2 }), to("x")], [null, null, null]);
});

test("lists are the same where each place is", () => {
  assert.deepEqual([same([1, 2], [1, 2]), same([1, 2], [2, 1]), same([1], [1, 2])], [true, false, false]);
});

/** A row of a small graph, with what its clicks did. */
function made(state = {}) {
  page();
  const graph = small([["a inhibits b", { negated: true, supporting: 1200, topic: "" }]]), [statement] = graph.statements;
  graph.words.groups.set("lowers", { key: "lowers", label: "lowers, prevents", colour: "#000", head: "bar" });
  graph.words.statuses.set("supported", { key: "supported", label: "supported", words: "", dashes: [], mark: "", widths: [1, 2, 3, 4] });
  graph.words.marks.set("up", { key: "up", label: "rises", glyph: "↑" });
  const did = [], told = (name) => (subject, ...more) => did.push([name, subject.id, ...more.map((value) => value?.id ?? value)]);
  const model = { graph, marks: new Map([[graph.entity.get("a"), { key: "up" }]]), lit: null, state: { selected: null }, ...state };
  const tr = row(statement, 41, model, { row: told("row"), evidence: told("evidence"), entity: told("entity") });
  const clicked = (element, detail) => {
    const click = event("click", { detail });
    element.dispatchEvent(click);
    return click;
  };
  return { tr, statement, model, did, clicked };
}

test("a row says what the statement says, with what would happen, and its number among all rows", () => {
  const { tr } = made();
  assert.equal(tr.textContent, "↑rises: anot: inhibits, lowers, prevents; open the evidencebsupported1,2000not statednot statednone");
  assert.equal(tr.getAttribute("aria-rowindex"), "43"); // the headings are the first
  assert.deepEqual(PLACES.map((place) => tr.querySelector(`[data-place="${place}"]`)?.getAttribute("tabindex")), ["-1", "-1", "-1"]);
});

test("a click on a name or on what is said is not one on the row, and tells whether it was the Enter key", () => {
  const { tr, did, clicked } = made();
  clicked(tr, 1);
  clicked(tr.querySelector('[data-place="predicate"]'), 0);
  clicked(tr.querySelector('[data-place="object"]'), 1);
  assert.deepEqual(did, [["row", "s0"], ["evidence", "s0", true], ["entity", "s0", "object", "b", false]]);
});

test("what is selected is current in its row, and what goes with it is lit", () => {
  const { tr, statement, model } = made(), place = (name) => tr.querySelector(`[data-place="${name}"]`).getAttribute("aria-current");
  const seen = (selected, lit = null) => {
    markRow(tr, statement, { ...model, lit, state: { selected } });
    return [tr.getAttribute("aria-current"), place("subject"), place("object"), tr.classList.contains("lit")];
  };
  const lit = { statements: new Set([statement]), entities: new Set() };
  assert.deepEqual(seen({ kind: "statement", id: "s0" }, lit), ["true", null, null, false]);
  assert.deepEqual(seen({ kind: "entity", id: "b" }, lit), [null, null, "true", true]);
  assert.deepEqual(seen(null), [null, null, null, false]);
});
