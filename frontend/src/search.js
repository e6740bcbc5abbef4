// The search box: suggestions as one types.

import { h } from "./dom.js";
import { matches } from "./find.js";
import { categorySwatch } from "./shapes.js";

/** Make the box of an input and its list find entities; `take(entity)` gets what is chosen. */
export function create(box, found, graph, take) {
  let hits = [], active = -1;

  function suggest() {
    hits = matches(graph, box.value);
    active = hits.length ? 0 : -1;
    const nothing = box.value.trim() && !hits.length;
    found.replaceChildren(
      ...hits.map(({ entity, by }, number) => h("li", {
        id: `found-${number}`, role: "option",
        onmousedown: (event) => { event.preventDefault(); choose(number); },
      },
      categorySwatch(graph.words.categories.get(entity.category)),
      h("span", { class: "name" }, entity.name, by && h("small", {}, ` ${by}`)),
      h("span", { class: "count", title: "statements" }, entity.degree))),
      ...(nothing ? [h("li", { class: "nothing" }, "Nothing in this graph is called that.")] : []));
    open(hits.length > 0 || nothing);
    mark();
  }

  function open(yes) {
    found.hidden = !yes;
    box.setAttribute("aria-expanded", String(Boolean(yes)));
  }

  function mark() {
    [...found.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === active)));
    if (active < 0) box.removeAttribute("aria-activedescendant");
    else {
      box.setAttribute("aria-activedescendant", `found-${active}`);
      found.children[active].scrollIntoView({ block: "nearest" });
    }
  }

  function choose(number) {
    const hit = hits[number];
    if (!hit) return;
    box.value = "";
    hits = [];
    open(false);
    take(hit.entity);
  }

  box.addEventListener("input", suggest);
  box.addEventListener("focus", () => box.value && suggest());
  box.addEventListener("blur", () => open(false));
  box.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && hits.length) {
      active = (active + step + hits.length) % hits.length;
      mark();
    } else if (event.key === "Enter") choose(active);
    else if (event.key === "Escape") {
      if (box.value) box.value = "";
      else box.blur();
      hits = [];
      open(false);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
