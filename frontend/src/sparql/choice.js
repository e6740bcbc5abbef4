// A box in which one types, with a list to choose from.

import { h } from "../dom.js";

let boxes = 0;

/**
 * @typedef {{title: string, detail?: string, value: unknown}} Row
 * @param {object} options
 * @param {string} options.label the name of the box
 * @param {string} [options.hint] what it says while it is empty
 * @param {(typed: string) => Row[]} options.rows what can be chosen
 * @param {string} options.nothing what the list says when there is nothing
 * @param {(row: Row) => void} options.take called with what was chosen
 * @param {(typed: string) => void} [options.typed] called with what was written instead, on leaving
 */
export function choice({ label, hint = "", rows, nothing, take, typed }) {
  const id = `choice-${++boxes}`;
  const list = h("ul", { id, role: "listbox", "aria-label": label, class: "choices", hidden: true });
  const box = h("input", {
    type: "text", class: "field", role: "combobox", autocomplete: "off", spellcheck: "false", placeholder: hint,
    "aria-label": label, "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list",
  });
  let shown = [], active = -1, settled = "";

  function open(all = false) {
    shown = rows(all ? "" : box.value);
    active = all ? shown.findIndex((row) => row.title === box.value) : shown.length - 1 && 0;
    const none = () => h("li", { role: "option", "aria-disabled": "true", class: "nothing" }, nothing);
    list.replaceChildren(...(shown.length ? shown.map(option) : [none()]));
    list.hidden = false;
    box.setAttribute("aria-expanded", "true");
    mark();
  }

  const option = (row, number) => h("li", {
    id: `${id}-${number}`, role: "option",
    onmousedown: (event) => {
      event.preventDefault();
      choose(number);
    },
  }, h("span", { class: "name" }, row.title), row.detail && h("small", {}, row.detail));

  function close() {
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  }

  function mark() {
    [...list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === active)));
    if (active < 0) box.removeAttribute("aria-activedescendant");
    else {
      box.setAttribute("aria-activedescendant", `${id}-${active}`);
      list.children[active].scrollIntoView({ block: "nearest" });
    }
  }

  function choose(number) {
    const row = shown[number];
    if (!row) return;
    write(row.title);
    close();
    take(row);
  }

  function write(text) {
    box.value = text;
    settled = text;
  }

  box.addEventListener("input", () => open());
  box.addEventListener("focus", () => box.select());
  box.addEventListener("click", () => list.hidden && open(true));
  box.addEventListener("blur", () => {
    close();
    if (box.value === settled) return;
    if (typed) {
      settled = box.value;
      typed(box.value);
    } else box.value = settled;
  });
  box.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return; // those are others'
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      if (list.hidden) open(true);
      else if (shown.length) active = (active + step + shown.length) % shown.length;
      mark();
    } else if (event.key === "Enter") {
      if (list.hidden) open(true);
      else choose(active);
    } else if (event.key === "Escape" && !list.hidden) {
      box.value = settled;
      close();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });

  return { element: h("span", { class: "choice" }, box, list), box, write };
}
