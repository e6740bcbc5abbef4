// The box in which one types, with a list to choose from.

import assert from "node:assert/strict";
import { test } from "node:test";
import { combobox, entities, fields } from "../src/parts/combobox.js";
import { create as search } from "../src/app/search.js";
import { chooser } from "../src/panel/chooser.js";
import { choice } from "../src/sparql/choice.js";
import { event, page } from "./page.js";
import { small } from "./small.js";

const { element } = page();
const WORDS = ["alpha", "beta", "beth"];

/** What a reader does with a box and sees of its list. */
function used(box, list) {
  const keys = (...names) => names.map((key) => {
    const pressed = event("keydown", { key, ctrlKey: false, metaKey: false, altKey: false });
    box.dispatchEvent(pressed);
    return pressed.defaultPrevented;
  });
  return {
    keys,
    type(text) {
      box.value = text;
      box.dispatchEvent(event("input"));
    },
    on: (type) => box.dispatchEvent(event(type)),
    press(number) {
      const pressed = event("mousedown");
      list.children[number].dispatchEvent(pressed);
      return pressed.defaultPrevented;
    },
    get shown() { return list.hidden ? null : list.children.map((row) => row.textContent); },
    get at() {
      const id = box.getAttribute("aria-activedescendant"),
        marked = list.children.filter((row) => row.getAttribute("aria-selected") === "true");
      assert.deepEqual(id ? [id] : [], marked.map((row) => row.id)); // the two never differ
      assert.equal(box.getAttribute("aria-expanded"), String(!list.hidden));
      return marked[0]?.textContent ?? null;
    },
  };
}

function made(more = {}) {
  const taken = [], { box, list } = fields("Words", { list: "words" });
  const { write } = combobox(box, list, {
    rows: (typed) => WORDS.filter((word) => word.startsWith(typed)),
    option: (word) => word, nothing: "None.", take: (word) => taken.push(word), ...more,
  });
  return Object.assign(used(box, list), { box, list, taken, write });
}
const whole = { whole: true, title: (word) => word };

test("what is typed opens the list at its first row, and Enter takes it", () => {
  const field = made({ title: (word) => word });
  field.type("be");
  assert.deepEqual([field.shown, field.at], [["beta", "beth"], "beta"]);
  assert.deepEqual([field.keys("ArrowDown", "ArrowDown", "ArrowUp", "Enter"), field.taken, field.box.value, field.shown],
    [[true, true, true, true], ["beth"], "beth", null]);
});

test("what finds nothing says so, and has no row to point at or to take", () => {
  const field = made();
  field.type("x");
  assert.deepEqual([field.shown, field.at], [["None."], null]);
  field.keys("Enter");
  assert.deepEqual([field.taken, field.list.children[0].getAttribute("aria-disabled")], [[], "true"]);
  field.type("");
  assert.deepEqual([field.shown, made({ rows: () => [], ...whole }).at], [WORDS, null]);
  const asked = made({ nothing: (word) => `No ${word}.` });
  asked.type("x");
  assert.deepEqual(asked.shown, ["No x."]);
  const empty = made({ rows: () => [] });
  empty.type(" ");
  assert.equal(empty.shown, null);
});

test("Escape takes back what was typed once, and is the page's then; so does leaving", () => {
  const field = made();
  field.write("alpha");
  field.type("be");
  assert.deepEqual([field.keys("Escape", "Escape"), field.box.value, field.shown], [[true, false], "alpha", null]);
  field.type("be");
  field.on("blur");
  assert.deepEqual([field.box.value, field.shown, field.taken], ["alpha", null, []]);
});

test("what was written instead can be kept", () => {
  const left = [], field = made({ leave: (typed) => left.push(typed) });
  field.type("be");
  field.on("blur");
  field.box.value = "";
  field.on("blur"); // as it was
  assert.deepEqual(left, ["be"]);
});

test("a press takes a row and leaves the focus in the box", () => {
  const field = made();
  field.type("be");
  assert.deepEqual([field.press(1), field.taken, field.box.value], [true, ["beth"], ""]);
});

test("a closed list stays closed but for a down arrow in what is typed", () => {
  const field = made();
  assert.deepEqual([field.keys("ArrowDown", "ArrowUp", "Enter"), field.shown], [[false, false, false], null]);
  field.on("click");
  assert.equal(field.shown, null);
  field.box.value = "b";
  assert.deepEqual([field.keys("ArrowDown"), field.at], [[true], "beta"]);
});

test("the whole list opens at what was taken, by a click, an arrow or Enter", () => {
  for (const open of [(field) => field.on("click"), (field) => field.keys("ArrowUp"), (field) => field.keys("Enter")]) {
    const field = made(whole);
    field.write("beta");
    open(field);
    assert.deepEqual([field.shown, field.at], [WORDS, "beta"]);
  }
  const other = made(whole);
  other.on("click");
  assert.deepEqual([other.shown, other.at], [WORDS, null]);
  other.keys("ArrowDown", "Enter");
  assert.deepEqual(other.taken, ["alpha"]);
});

test("keys with Control are others'", () => {
  const field = made(), pressed = event("keydown", { key: "Enter", ctrlKey: true });
  field.type("be");
  field.box.dispatchEvent(pressed);
  assert.deepEqual([pressed.defaultPrevented, field.taken], [false, []]);
});

const graph = small(["calcium increases calcitonin"], { entities: { calcium: { synonyms: ["Ca"] } } });
graph.words.categories.set("chemical", { key: "chemical", label: "chemical", outline: "box", colours: ["#fff", "#000"] });

test("entities are found by name and synonym, and said by what they were found", () => {
  const { rows, option } = entities(graph, 1);
  assert.equal(rows("calc").length, 1);
  const [, name] = option(rows("Ca")[0]);
  assert.equal(name.textContent, "calcium Ca");
});

test("the search is empty after a choice and after Escape, and left by another", () => {
  const box = element("input"), list = element("ul"), chosen = [];
  list.hidden = true;
  search(box, list, graph, (entity) => chosen.push(entity.id));
  const field = used(box, list);
  field.type("calcit");
  field.keys("Enter");
  assert.deepEqual([chosen, box.value], [["calcitonin"], ""]);
  field.type("calc");
  field.on("blur");
  assert.equal(box.value, "calc"); // it waits
  field.on("focus");
  assert.equal(field.shown.length, 2);
  let left = 0;
  box.blur = () => left++;
  assert.deepEqual([field.keys("Escape"), box.value, field.keys("Escape"), left], [[true], "", [true], 1]);
});

test("a chooser shows what was chosen and forgets what was only typed", () => {
  const chosen = [], host = chooser({ graph, label: "From", id: "from", value: graph.entity.get("calcium"), take: (entity) =>
    chosen.push(entity.id) });
  const [box, list] = host.children, field = used(box, list);
  assert.deepEqual([box.value, box.dataset.id], ["calcium", "from"]);
  field.on("focus");
  assert.equal(box.selected, true);
  field.type("calcit");
  field.on("blur");
  assert.equal(box.value, "calcium");
  field.type("calcit");
  field.keys("Enter");
  field.on("blur");
  assert.deepEqual([box.value, chosen], ["calcitonin", ["calcitonin"]]);
});

test("a field of the drawer keeps what was written where it may be anything", () => {
  const typed = [], { element: host, box } = choice({
    label: "Word", rows: () => [{ title: "t", detail: "more", value: 1 }], nothing: "None.", take() {}, typed: (text) => typed.push(text),
  });
  const field = used(box, host.children[1]);
  field.type("own");
  field.on("blur");
  field.type("other");
  field.keys("Escape");
  assert.deepEqual([typed, box.value], [["own"], "own"]);
});
