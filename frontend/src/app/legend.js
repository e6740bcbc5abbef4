// The legend is the filter: each row says what a sign means, how many there are in the scene, and
// hides them.

import { h, svg } from "../dom.js";
import { counted } from "../filter.js";
import { briefly } from "../panel/words.js";
import { choiceOf, CHOICES, isClear, turning } from "../reason/lens.js";
import { categorySwatch, lineSwatch, markSwatch } from "../shapes.js";
import { filtering } from "../state.js";

/**
 * Field, heading, table of words, swatch, and whether it is open to begin with.
 * @type {[Field, string, keyof Words, (row: Row) => SVGSVGElement | null, boolean][]}
 */
const GROUPS = [
  ["category", "Entities", "categories", (row) => categorySwatch(/** @type {Category} */ (row)), true],
  ["group", "What a statement says", "groups", (row) => lineSwatch(/** @type {LineGroup} */ (row)), true],
  ["status", "How well it stands", "statuses", (row) => lineSwatch(null, /** @type {Status} */ (row)), true],
  ["predicate", "Predicate", "predicates", () => null, false],
  ["topic", "Topic", "topics", () => null, false],
  ["study", "Study type", "methods", () => null, false],
  ["species", "Species", "species", () => null, false],
];

/**
 * Make the legend; `show(model)` brings it up to date.
 * @param {HTMLElement} host
 * @param {Act} act
 * @param {Graph} graph
 */
export function create(host, act, graph) {
  const open = new Map(/** @type {[string, boolean][]} */ ([["lens", true], ...GROUPS.map(([field, , , , yes]) => [field, yes])]));
  const most = graph.statements.reduce((least, statement) => Math.max(least, statement.supporting), 0);
  /** @type {State} */
  let state;

  /** @param {Field} field @param {string[]} keys */
  const set = (field, keys) => act.go({ hidden: { ...state.hidden, [field]: keys } });

  /**
   * @param {Field} field
   * @param {Row & { definition?: string }} kind
   * @param {number} count
   * @param {string[]} keys
   * @param {(row: Row) => SVGSVGElement | null} swatch
   */
  function row(field, kind, count, keys, swatch) {
    const hidden = state.hidden[field];
    const id = `${field}\u0000${kind.key}`;
    const alone = keys.every((key) => hidden.includes(key) === (key !== kind.key));
    return h("div", { class: "row" },
      h("label", { title: kind.words || kind.definition },
        h("input", { type: "checkbox", "data-id": id, "data-key": kind.key, checked: !hidden.includes(kind.key),
          onchange: (/** @type {OfInput} */ event) => act.go(filtering(state, field, kind.key, event.target.checked)) }),
        swatch(kind),
        h("span", { class: "name" }, kind.label)),
      h("button", { type: "button", class: "only", "data-id": `only ${id}`,
        "aria-label": alone ? `Show all again, not only ${kind.label}` : `Only ${kind.label}`,
        onclick: () => set(field, alone ? [] : keys.filter((key) => key !== kind.key)) }, "only"),
      h("span", { class: "count" }, count.toLocaleString("en-GB")));
  }

  /** @param {typeof GROUPS[number]} heading @param {ReturnType<typeof counted>} counts */
  function group([field, title, table, swatch], counts) {
    const hidden = state.hidden[field];
    const rows = /** @type {Row[]} */ ([...(graph.words[table]?.values() ?? [])])
      .filter((kind) => counts[field].has(kind.key) || hidden.includes(kind.key));
    const plain = { key: "", label: "none", words: "" };
    if (counts[field].has("") && !rows.some((kind) => kind.key === "")) rows.push(plain);
    if (!rows.length) return null;
    const keys = rows.map((kind) => kind.key);
    const all = h("button", { type: "button", class: "all", "data-id": `all ${field}`, "aria-label": `${title}: show all`,
      hidden: !hidden.length, onclick: () => set(field, []) }, "all");
    const many = hidden.length ? ` ${hidden.length} hidden` : "";
    return h("details", { "data-field": field, open: open.get(field) || hidden.length > 0,
      ontoggle: (/** @type {OfDetails} */ event) => open.set(field, event.currentTarget.open) },
      h("summary", { "data-id": `summary ${field}` }, h("span", { class: "title" }, title), many && h("span", { class: "many" }, many)),
      all,
      h("div", { role: "group", "aria-label": title },
        rows.map((kind) => row(field, kind, counts[field].get(kind.key) ?? 0, keys, swatch))));
  }

  function sources() {
    const number = h("output", { for: "least" }, state.min === 0 ? "any" : state.min);
    return h("div", { class: "least" },
      h("label", { for: "least" }, "Independent sources, at least"), number,
      h("input", { type: "range", id: "least", "data-id": "least", min: 0, max: Math.max(most, 1), value: state.min,
        "aria-valuetext": state.min === 0 ? "any number" : `at least ${state.min}`,
        oninput: (/** @type {OfInput} */ event) => { number.textContent = event.target.value === "0" ? "any" : event.target.value; },
        onchange: (/** @type {OfInput} */ event) => act.go({ min: Number(event.target.value) }) }));
  }

  /** What counts: the evidence lens, as switches. */
  function lens() {
    const { lens } = state, chosen = choiceOf(lens);
    return h("details", { "data-field": "lens", open: open.get("lens") || !isClear(lens),
      ontoggle: (/** @type {OfDetails} */ event) => open.set("lens", event.currentTarget.open) },
      h("summary", { "data-id": "summary lens" }, h("span", { class: "title" }, "What counts"),
        !isClear(lens) && h("span", { class: "many" }, " not all evidence")),
      h("div", { role: "radiogroup", "aria-label": "Evidence that counts" }, CHOICES.map((choice) =>
        h("div", { class: "row" }, h("label", { title: choice.words },
          h("input", { type: "radio", name: "lens", value: choice.label, "data-id": `lens ${choice.label}`, checked: choice === chosen,
            onchange: () => act.go({ lens: { ...lens, trust: choice.trust } }) }),
          h("span", { class: "name" }, choice.label))))),
      lens.without.map((id) => {
        const source = /** @type {Source} addresses name no other */ (graph.sources.get(id)), name = briefly(source);
        return h("div", { class: "row" }, h("span", { class: "name" }, "without ", name),
          h("button", { type: "button", class: "only", "data-id": `with ${id}`, "aria-label": `count again: ${name}`,
            onclick: () => act.go({ lens: turning(lens, source) }) }, "count again"));
      }),
      !isClear(lens) && h("p", { class: "widths" }, "Statuses, conclusions and the core are as if nothing else were known. The " +
        "article's own words stay, and so do names and states. Conflicts and SPARQL still tell of all evidence."));
  }

  /** @param {Model} model */
  function marks(model) {
    if (!model.marks) return null;
    const count = new Map();
    for (const entity of model.entities) {
      const key = model.marks.get(entity)?.key ?? "";
      count.set(key, (count.get(key) ?? 0) + 1);
    }
    return h("details", { open: true, class: "marks" },
      h("summary", {}, h("span", { class: "title" }, "What would happen")),
      [...graph.words.marks.values()].filter((mark) => count.has(mark.key)).map((mark) =>
        h("div", { class: "row", title: mark.words }, markSwatch(mark), h("span", { class: "name" }, mark.label),
          h("span", { class: "count" }, count.get(mark.key)))));
  }

  return {
    /** @param {Model} model */
    show(model) {
      state = model.state;
      const entities = new Set([...model.inScene].flatMap((statement) => [statement.subject, statement.object]));
      const counts = counted([...model.inScene], [...entities]);
      const loose = graph.entities.filter((entity) => entity.degree === 0).length;
      const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset?.id;
      host.replaceChildren(
        ...[
          marks(model),
          lens(),
          ...GROUPS.slice(0, 3).map((heading) => group(heading, counts)),
          sources(),
          ...GROUPS.slice(3).map((heading) => group(heading, counts)),
          loose > 0 && graph.statements.length > 0 && h("div", { class: "row" }, h("label", {},
            h("input", { type: "checkbox", id: "loose", "data-id": "loose", checked: state.loose,
              onchange: (/** @type {OfInput} */ event) => act.go({ loose: event.target.checked }) }),
            h("span", { class: "name" }, "entities without statements")), h("span", { class: "count" }, loose)),
          key(),
        ].filter((part) => part instanceof Node));
      if (focused) [.../** @type {NodeListOf<HTMLElement>} */ (host.querySelectorAll("[data-id]"))]
        .find((element) => element.dataset.id === focused)?.focus({ preventScroll: true });
    },
  };
}

const key = () => h("p", { class: "widths" },
  "A line points the way influence flows; the wider it is, the more independent sources support it: ",
  svg("svg", { viewBox: "0 0 64 12", width: 64, height: 12, "aria-hidden": "true" },
    [1.6, 2.5, 3.4, 4.3].map((width, number) => svg("path", { d: `M${number * 17} 6h13`, stroke: "currentColor", "stroke-width": width }))),
  " 1 to 4 or more. +9 at a box: so many statements of it are not drawn; click to see them.");

