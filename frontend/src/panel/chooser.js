// A field in which an entity is chosen by its name: suggestions as one types.

import { h } from "../dom.js";
import { matches } from "../find.js";
import { categorySwatch } from "../shapes.js";

let made = 0;

/**
 * A labelled field; `take(entity)` gets what is chosen, `value` is the entity that it shows.
 * @param {{ graph: object, label: string, id: string, value?: Entity, placeholder?: string,
 *   take: (entity: Entity) => void }} asked
 */
export function chooser({ graph, label, id, value = null, placeholder = "name, synonym or identifier", take }) {
  const list = `chosen-${++made}`;
  let hits = [],
    active = -1;
  const box = h("input", {
    type: "text",
    class: "field",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    placeholder,
    "data-id": id,
    "aria-label": label,
    "aria-expanded": "false",
    "aria-controls": list,
    "aria-autocomplete": "list",
    onfocus: () => box.select(),
    oninput: suggest,
    onblur: () => {
      open(false);
      box.value = value?.name ?? "";
    },
    onkeydown: pressed,
  });
  const found = h("ul", {
    id: list,
    class: "suggestions",
    role: "listbox",
    "aria-label": `${label}: suggestions`,
    hidden: true,
  });
  box.value = value?.name ?? "";

  function suggest() {
    hits = matches(graph, box.value, 8);
    active = hits.length ? 0 : -1;
    found.replaceChildren(
      ...hits.map(({ entity, by }, place) =>
        h("li", {
          id: `${list}-${place}`,
          role: "option",
          onmousedown: (event) => {
            event.preventDefault();
            choose(place);
          },
        },
          categorySwatch(graph.words.categories.get(entity.category)),
          h("span", { class: "words" }, entity.name, by && h("small", {}, ` ${by}`)),
          h("span", { class: "count" }, entity.degree),
        ),
      ),
    );
    if (box.value.trim() && !hits.length)
      found.append(
        h("li", { role: "option", "aria-disabled": "true", class: "quiet" }, "Nothing in this graph is called that."),
      );
    open(found.children.length > 0);
    mark();
  }

  function open(yes) {
    found.hidden = !yes;
    box.setAttribute("aria-expanded", String(yes));
  }

  function mark() {
    [...found.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === active)));
    if (active < 0) box.removeAttribute("aria-activedescendant");
    else {
      box.setAttribute("aria-activedescendant", `${list}-${active}`);
      found.children[active].scrollIntoView({ block: "nearest" });
    }
  }

  function choose(place) {
    const hit = hits[place];
    if (!hit) return;
    open(false);
    hits = [];
    value = hit.entity;
    box.value = value.name;
    take(hit.entity);
  }

  function pressed(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !found.hidden && hits.length) {
      active = (active + step + hits.length) % hits.length;
      mark();
    } else if (step === 1 && box.value.trim()) suggest();
    else if (event.key === "Enter" && !found.hidden) choose(active);
    else if (event.key === "Escape" && !found.hidden) {
      open(false);
      hits = [];
      box.value = value?.name ?? "";
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return h("div", { class: "chooser" }, box, found);
}

/** A choice of how many steps, as a labelled field. */
export const stepsField = (value, take, id = "steps", most = 8) =>
  h("label", { class: "labelled" },
    "up to ",
    h("select", { class: "field", "data-id": id, onchange: (event) => take(Number(event.target.value)) },
      Array.from({ length: most }, (_, place) =>
        h("option", { value: place + 1, selected: place + 1 === value }, place + 1),
      ),
    ),
    value === 1 ? " step" : " steps",
  );
