// The search box: suggestions as one types.

import { combobox, entities } from "../parts/combobox.js";

/** Words from which on what is typed is no name but a question. */
const QUESTION = 4;

/**
 * Make the box of an input and its list find entities; `take(entity)` gets what is chosen.
 * @param {HTMLInputElement} box
 * @param {HTMLElement} list
 * @param {Graph} graph
 * @param {(entity: Entity) => void} take
 */
export function create(box, list, graph, take) {
  const named = entities(graph);
  const { open } = combobox(box, list, {
    ...named,
    nothing: (typed) => {
      const asked = typed.trim().split(/\s+/).length >= QUESTION;
      return asked ? `${named.nothing} How one thing acts on another is asked under Paths, and what follows under What if.` : named.nothing;
    },
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
