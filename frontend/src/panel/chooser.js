// A field in which an entity is chosen by its name: suggestions as one types.

import { h } from "../dom.js";
import { combobox, entities, fields } from "../parts/combobox.js";

/**
 * A labelled field; `take(entity)` gets what is chosen, `value` is the entity that it shows.
 * @param {{ graph: Graph, label: string, id: string, value?: Entity | null, placeholder?: string,
 *   take: (entity: Entity) => void }} asked
 */
export function chooser({ graph, label, id, value = null, placeholder = "name, synonym or identifier", take }) {
  const { box, list } = fields(label, { hint: placeholder, list: "suggestions", "data-id": id });
  const { write } = combobox(box, list, {
    ...entities(graph, 8),
    title: ({ entity }) => entity.name,
    take: ({ entity }) => take(entity),
  });
  write(value?.name ?? "");
  box.addEventListener("focus", () => box.select());
  return h("div", { class: "chooser" }, box, list);
}

/**
 * A choice of how many steps, as a labelled field.
 * @param {number} value
 * @param {(steps: number) => void} take
 * @param {string} [id]
 * @param {number} [most]
 */
export const stepsField = (value, take, id = "steps", most = 8) =>
  h("label", { class: "labelled" },
    "up to ",
    h("select", { class: "field", "data-id": id, onchange: (/** @type {OfSelect} */ event) => take(Number(event.target.value)) },
      Array.from({ length: most }, (_, place) =>
        h("option", { value: place + 1, selected: place + 1 === value }, place + 1),
      ),
    ),
    value === 1 ? " step" : " steps",
  );
