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
    get shown() { return list.hidden ? null : list.children.map((one) => one.textContent); },
    get at() {
      const id = box.getAttribute("aria-activedescendant"), marked = list.children.filter((one) => one.getAttribute("aria-selected") === "true");
      assert.deepEqual(id ? [id] : [], marked.map((one) => one.id)); // the two never differ
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
  const one = made({ title: (word) => word });
  one.type("be");
  assert.deepEqual([one.shown, one.at], [["beta", "beth"], "beta"]);
  assert.deepEqual([one.keys("ArrowDown", "ArrowDown", "ArrowUp", "Enter"), one.taken, one.box.value, one.shown],
    [[true, true, true, true], ["beth"], "beth", null]);
});

test("what finds nothing says so, and has no row to point at or to take", () => {
  const one = made();
  one.type("x");
  assert.deepEqual([one.shown, one.at], [["None."], null]);
  one.keys("Enter");
  assert.deepEqual([one.taken, one.list.children[0].getAttribute("aria-disabled")], [[], "true"]);
  one.type("");
  assert.deepEqual([one.shown, made({ rows: () => [], ...whole }).at], [WORDS, null]);
  const asked = made({ nothing: (word) => `No ${word}.` });
  asked.type("x");
  assert.deepEqual(asked.shown, ["No x."]);
  const empty = made({ rows: () => [] });
  empty.type(" ");
  assert.equal(empty.shown, null);
});

test("Escape takes back what was typed once, and is the page's then; so does leaving", () => {
  const one = made();
  one.write("alpha");
  one.type("be");
  assert.deepEqual([one.keys("Escape", "Escape"), one.box.value, one.shown], [[true, false], "alpha", null]);
  one.type("be");
  one.on("blur");
  assert.deepEqual([one.box.value, one.shown, one.taken], ["alpha", null, []]);
});

test("what was written instead can be kept", () => {
  const left = [], one = made({ leave: (typed) => left.push(typed) });
  one.type("be");
  one.on("blur");
  one.box.value = "";
  one.on("blur"); // as it was
  assert.deepEqual(left, ["be"]);
});

test("a press takes a row and leaves the focus in the box", () => {
  const one = made();
  one.type("be");
  assert.deepEqual([one.press(1), one.taken, one.box.value], [true, ["beth"], ""]);
});

test("a closed list stays closed but for a down arrow in what is typed", () => {
  const one = made();
  assert.deepEqual([one.keys("ArrowDown", "ArrowUp", "Enter"), one.shown], [[false, false, false], null]);
  one.on("click");
  assert.equal(one.shown, null);
  one.box.value = "b";
  assert.deepEqual([one.keys("ArrowDown"), one.at], [[true], "beta"]);
});

test("the whole list opens at what was taken, by a click, an arrow or Enter", () => {
  for (const open of [(one) => one.on("click"), (one) => one.keys("ArrowUp"), (one) => one.keys("Enter")]) {
    const one = made(whole);
    one.write("beta");
    open(one);
    assert.deepEqual([one.shown, one.at], [WORDS, "beta"]);
  }
  const other = made(whole);
  other.on("click");
  assert.deepEqual([other.shown, other.at], [WORDS, null]);
  other.keys("ArrowDown", "Enter");
  assert.deepEqual(other.taken, ["alpha"]);
});

test("keys with Control are others'", () => {
  const one = made(), pressed = event("keydown", { key: "Enter", ctrlKey: true });
  one.type("be");
  one.box.dispatchEvent(pressed);
  assert.deepEqual([pressed.defaultPrevented, one.taken], [false, []]);
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
  const box = element("input"), list = element("ul"), found = [];
  list.hidden = true;
  search(box, list, graph, (entity) => found.push(entity.id));
  const one = used(box, list);
  one.type("calcit");
  one.keys("Enter");
  assert.deepEqual([found, box.value], [["calcitonin"], ""]);
  one.type("calc");
  one.on("blur");
  assert.equal(box.value, "calc"); // it waits
  one.on("focus");
  assert.equal(one.shown.length, 2);
  let left = 0;
  box.blur = () => left++;
  assert.deepEqual([one.keys("Escape"), box.value, one.keys("Escape"), left], [[true], "", [true], 1]);
});

test("a chooser shows what was chosen and forgets what was only typed", () => {
  const found = [], host = chooser({ graph, label: "From", id: "from", value: graph.entity.get("calcium"), take: (one) => found.push(one.id) });
  const [box, list] = host.children, one = used(box, list);
  assert.deepEqual([box.value, box.dataset.id], ["calcium", "from"]);
  one.on("focus");
  assert.equal(box.selected, true);
  one.type("calcit");
  one.on("blur");
  assert.equal(box.value, "calcium");
  one.type("calcit");
  one.keys("Enter");
  one.on("blur");
  assert.deepEqual([box.value, found], ["calcitonin", ["calcitonin"]]);
});

test("a field of the drawer keeps what was written where it may be anything", () => {
  const typed = [], { element: host, box } = choice({
    label: "Word", rows: () => [{ title: "t", detail: "more", value: 1 }], nothing: "None.", take() {}, typed: (text) => typed.push(text),
  });
  const one = used(box, host.children[1]);
  one.type("own");
  one.on("blur");
  one.type("other");
  one.keys("Escape");
  assert.deepEqual([typed, box.value], [["own"], "own"]);
});
