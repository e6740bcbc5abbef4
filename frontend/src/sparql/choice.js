// A field of the drawer with a list to choose from, all of it where nothing is typed.

import { h } from "../dom.js";
import { combobox, fields } from "../parts/combobox.js";

/**
 * @template V
 * @typedef {{title: string, detail?: string, value: V}} Row
 */

/**
 * @template V
 * @param {object} options
 * @param {string} options.label the name of the box
 * @param {string} [options.hint] what it says while it is empty
 * @param {(typed: string) => Row<V>[]} options.rows what can be chosen
 * @param {string} options.nothing what the list says when there is nothing
 * @param {(row: Row<V>) => void} options.take called with what was chosen
 * @param {(typed: string) => void} [options.typed] called with what was written instead, on leaving
 */
export function choice({ label, hint, rows, nothing, take, typed }) {
  const { box, list } = fields(label, { hint, list: "choices" });
  const { write } = combobox(box, list, {
    rows, nothing, take, whole: true,
    option: ({ title, detail }) => [h("span", { class: "name" }, title), detail && h("small", {}, detail)],
    title: ({ title }) => title,
    ...(typed ? { leave: own } : {}),
  });

  /** @param {string} text */
  function own(text) {
    write(text);
    typed?.(text);
  }

  box.addEventListener("focus", () => box.select());
  return { element: h("span", { class: "choice" }, box, list), box, write };
}
