// The search box: suggestions as one types.

import { combobox, entities } from "../parts/combobox.js";

/**
 * Make the box of an input and its list find entities; `take(entity)` gets what is chosen.
 * @param {HTMLInputElement} box
 * @param {HTMLElement} found
 * @param {Graph} graph
 * @param {(entity: Entity) => void} take
 */
export function create(box, found, graph, take) {
  const { open } = combobox(box, found, {
    ...entities(graph),
    take: ({ entity }) => take(entity),
    leave() {}, // what was typed waits there
  });
  box.addEventListener("focus", () => {
    if (box.value) open(box.value);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    if (box.value) box.value = "";
    else box.blur();
    event.preventDefault();
    event.stopPropagation();
  });
}
