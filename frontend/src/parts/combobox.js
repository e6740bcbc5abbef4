// A box in which one types, with a list to choose from: the search, the fields of the panel, and those of the drawer.

import { h } from "../dom.js";
import { matches } from "../find.js";
import { categorySwatch } from "../shapes.js";

let lists = 0;

/**
 * A box and its list, to be made a combobox.
 * @param {string} label
 * @param {{ hint?: string, list: string, [attribute: string]: any }} more what the box says while it is empty, the class
 *   of the list, and attributes of the box
 */
export function fields(label, { hint = "", list: kind, ...more }) {
  const id = `${kind}-${++lists}`;
  const list = h("ul", { id, role: "listbox", "aria-label": `${label}: suggestions`, class: kind, hidden: true });
  const box = h("input", {
    type: "text", class: "field", role: "combobox", autocomplete: "off", spellcheck: "false", placeholder: hint,
    "aria-label": label, "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list", ...more,
  });
  return { box, list };
}

/**
 * Make a box and its list a combobox.
 * @template R
 * @param {HTMLInputElement} box
 * @param {HTMLElement} list
 * @param {object} choices
 * @param {(typed: string) => R[]} choices.rows what can be chosen
 * @param {(row: R) => any} choices.option a row as content of the list
 * @param {string | ((typed: string) => string)} choices.nothing what the list says when there is nothing
 * @param {(row: R) => void} choices.take called with what was chosen
 * @param {(row: R) => string} [choices.title] what the box says of it; nothing else
 * @param {boolean} [choices.whole] whether a click or an arrow opens the whole list, at what the box says
 * @param {(typed: string) => void} [choices.leave] called with what was written instead, on leaving; it is taken back
 *   else
 */
export function combobox(box, list, { rows, option, nothing, take, title = () => "", whole = false, leave }) {
  /** @type {R[]} */
  let shown = [];
  let active = -1, settled = "";

  /** @param {string} typed @param {number} [at] the row to begin at */
  function open(typed, at) {
    shown = rows(typed);
    active = at === undefined ? Math.min(0, shown.length - 1) : at;
    const none = h("li", { role: "option", "aria-disabled": "true", class: "nothing quiet" },
      typeof nothing === "function" ? nothing(typed) : nothing);
    list.replaceChildren(...(shown.length ? shown.map(item) : typed.trim() || whole ? [none] : []));
    expand(list.children.length > 0);
    mark();
  }

  /** The whole list, at the row that was taken. */
  function openAll() {
    if (whole) open("", rows("").findIndex((row) => title(row) === box.value));
  }

  /** @param {R} row @param {number} number */
  const item = (row, number) => h("li", {
    id: `${list.id}-${number}`, role: "option",
    onmousedown: (/** @type {Event} */ event) => {
      event.preventDefault(); // the box keeps the focus
      choose(number);
    },
  }, option(row));

  /** @param {boolean} yes */
  function expand(yes) {
    list.hidden = !yes;
    box.setAttribute("aria-expanded", String(yes));
    if (!yes) box.removeAttribute("aria-activedescendant");
  }

  function mark() {
    [...list.children].forEach((option, number) => option.setAttribute("aria-selected", String(number === active)));
    if (active < 0) box.removeAttribute("aria-activedescendant");
    else {
      box.setAttribute("aria-activedescendant", `${list.id}-${active}`);
      list.children[active].scrollIntoView({ block: "nearest" });
    }
  }

  /** @param {number} number */
  function choose(number) {
    const row = shown[number];
    if (row === undefined) return;
    expand(false);
    write(title(row));
    take(row);
  }

  /** @param {string} words */
  function write(words) {
    box.value = settled = words;
  }

  function back() {
    box.value = settled;
  }

  /** Whether a key did something. @param {string} key */
  function does(key) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step && !list.hidden && shown.length) {
      active = (active + step + shown.length) % shown.length;
      mark();
    } else if ((step || key === "Enter") && list.hidden && whole) openAll();
    else if (step === 1 && box.value.trim()) open(box.value);
    else if (key === "Enter" && !list.hidden) choose(active);
    else if (key === "Escape" && !list.hidden) {
      expand(false);
      back();
    } else return false;
    return true;
  }

  box.addEventListener("input", () => open(box.value));
  box.addEventListener("click", () => {
    if (list.hidden) openAll();
  });
  box.addEventListener("blur", () => {
    expand(false);
    if (box.value !== settled) (leave ?? back)(box.value);
  });
  box.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return; // those are others'
    if (!does(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  return { open, write };
}

/**
 * What a combobox in which an entity is chosen by its name offers; see `matches`.
 * @param {Graph} graph
 * @param {number} [most]
 */
export const entities = (graph, most) => ({
  rows: (/** @type {string} */ typed) => matches(graph, typed, most),
  option: (/** @type {{ entity: Entity, by: string }} */ { entity, by }) => [
    categorySwatch(graph.words.categories.get(entity.category)),
    h("span", { class: "name" }, entity.name, by && h("small", {}, ` ${by}`)),
    h("span", { class: "count", title: "statements" }, entity.degree),
  ],
  nothing: "Nothing in this graph is called that.",
});
