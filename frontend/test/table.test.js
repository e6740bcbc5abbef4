// The order of the rows of the Table view.

import assert from "node:assert/strict";
import { test } from "node:test";
import { arranged } from "../src/draw/columns.js";

const rows = (labels) => new Map(labels.map((label) => [label, { key: label, label }]));
const words = { statuses: rows(["supported", "contested", "refuted"]), methods: rows(["cohort", "review"]), species: rows([]), topics: rows(["PTH"]) };

let number = 0;
const statement = (subject, label, object, more = {}) => ({
  number: number++, subject: { name: subject }, word: { label }, object: { name: object },
  status: "supported", supporting: 1, disputing: 0, studies: [""], species: [""], topic: "", ...more,
});
const one = statement("beta", "raises", "x 10", { status: "refuted", supporting: 0 });
const two = statement("Alpha", "raises", "x 9", { supporting: 12, topic: "PTH" });
const three = statement("alpha", "lowers", "x 10", { supporting: 2, status: "contested", studies: ["review", "cohort"] });
const four = statement("alpha", "lowers", "x 9", { studies: ["cohort"] });
const by = (key, turned = false) => arranged([one, two, three, four], words, { key, turned });

test("names sort without regard to capitals and with numbers as numbers", () => {
  assert.deepEqual(by("subject"), [four, three, two, one]);
  assert.deepEqual(by("object"), [four, two, three, one]);
});

test("turning an order turns the column and leaves the order of what is alike in it", () => {
  assert.deepEqual(by("subject", true), [one, four, three, two]);
});

test("counts begin with the most, and statuses with the best known", () => {
  assert.deepEqual(by("supporting"), [two, three, four, one]);
  assert.deepEqual(by("supporting", true), [one, four, three, two]);
  assert.deepEqual(by("status"), [four, two, three, one]);
});

test("lists sort by their words, what is not stated among them", () => {
  assert.deepEqual(by("studies"), [four, two, one, three]);
  assert.deepEqual(by("topic"), [four, three, one, two]);
});
