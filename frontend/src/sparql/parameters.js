// The form of a shipped query: a field for each of its parameters, whose values are written into its
// text at once, so that what stands in the editor is what is asked.

import { h } from "../dom.js";
import { matches } from "../find.js";
import { choice } from "./choice.js";
import { bind, suiting, unfilled } from "./library.js";

/** Rows of a list that are offered while nothing is typed. */
const MOST = 200;

/**
 * @param {object} options
 * @param {Graph} options.graph the graph of `records.js`
 * @param {Names} options.namespaces
 * @param {(text: string, problem: Error | null) => void} options.write called with the text that the
 *   form makes, and what is wrong with a value that was given
 */
export function parameters({ graph, namespaces, write }) {
  const element = h("div", { class: "parameters", hidden: true });
  const restore = h("button", { type: "button", class: "button", hidden: true, onclick: fill },
    "Undo my changes to the text");
  /** @type {Query} */
  let query;
  /** @type {Map<string, string>} */
  let values = new Map();
  let written = "";
  /** @type {any} */
  let gap = null; // what is wrong with the values

  /** @returns {any[]} */
  const fields = () => [...element.querySelectorAll("[data-parameter]")];

  /** Take another query, with its default values. @param {Query} chosen */
  function take(chosen) {
    query = suiting(chosen, graph);
    values = new Map();
    element.replaceChildren(...query.parameters.map(labelled), restore);
    element.hidden = !query.parameters.length;
    fill();
  }

  /** Write the text of the query with the values of the form. */
  function fill() {
    gap = null;
    try {
      written = bind(query, values, { graph, namespaces });
    } catch (error) {
      gap = error;
      written = unfilled(query, values, { graph, namespaces });
    }
    /** @param {HTMLElement} field */
    const isWrong = (field) => field.dataset.parameter === gap?.parameter;
    for (const field of fields()) field.setAttribute("aria-invalid", String(isWrong(field)));
    write(written, gap && values.get(gap.parameter) ? gap : null);
  }

  /** Say whether a text is still that of the form, which speaks for no other. @param {string} text */
  function compare(text) {
    const own = query !== undefined && text !== written;
    restore.hidden = !own;
    for (const field of fields()) field.disabled = own;
  }

  /** What is missing or wrong in a text that is still that of the form. @param {string} text */
  const missing = (text) => (query && text === written ? gap : null);

  /** Go to the field of a parameter. @param {string} name */
  const focus = (name) => fields().find((field) => field.dataset.parameter === name)?.focus();

  // --- Fields -------------------------------------------------------------------------------------

  /** @param {Parameter} parameter */
  function labelled(parameter) {
    const { name, type, description } = parameter;
    const { input, shown = input } = field(parameter, (value) => {
      values.set(name, value);
      fill();
    });
    input.dataset.parameter = name;
    const needed = type === "text" && !parameter.default;
    return h("label", { title: description },
      h("span", {}, `${name}: ${description}`), shown, needed && h("small", {}, "needed"));
  }

  /**
   * @param {Parameter} parameter
   * @param {(value: string) => void} set
   * @returns {{ input: HTMLInputElement | HTMLSelectElement, shown?: HTMLElement }}
   */
  function field(parameter, set) {
    /** @type {Record<string, Map<string, { label: string }>>} */
    const listed = { predicate: graph.words.predicates, status: graph.words.statuses, topic: graph.words.topics };
    const { type, default: usual } = parameter;
    if (type === "entity") return chosen(parameter, entityRows, graph.entity.get(usual ?? "")?.name, set);
    if (type === "source") return chosen(parameter, sourceRows, usual, set);
    if (listed[type]) return selected(usual, listed[type], set);
    const whole = type === "integer";
    const input = h("input", {
      class: "field", type: whole ? "number" : "text", min: whole ? 0 : null, value: usual ?? "", spellcheck: "false",
      oninput: () => set(input.value),
    });
    return { input };
  }

  /**
   * @param {Parameter} parameter
   * @param {(typed: string) => import("./choice.js").Row<string>[]} rows
   * @param {string | null | undefined} usual
   * @param {(value: string) => void} set
   */
  function chosen({ name, description }, rows, usual, set) {
    const box = choice({
      label: `${name}: ${description}`, rows, nothing: "Nothing in this graph is called that.",
      take: ({ value }) => set(value), typed: set,
    });
    box.write(usual ?? "");
    return { input: box.box, shown: box.element };
  }

  /** @param {string | null} usual @param {Map<string, { label: string }>} rows @param {(value: string) => void} set */
  function selected(usual, rows, set) {
    const keys = new Set([...(usual ? [usual] : []), ...rows.keys()].filter(Boolean));
    const input = h("select", { class: "field", onchange: () => set(input.value) },
      !usual && h("option", { value: "" }, "choose"),
      [...keys].map((key) => h("option", { value: key, selected: key === usual }, rows.get(key)?.label ?? key)));
    return { input };
  }

  /** @param {string} typed */
  function entityRows(typed) {
    const entities = typed ? matches(graph, typed, 20).map(({ entity }) => entity) : graph.entities.slice(0, MOST);
    /** @param {Entity} entity */
    const category = (entity) => graph.words.categories?.get(entity.category)?.label;
    return entities.map((entity) => ({ title: entity.name, detail: category(entity), value: entity.id }));
  }

  /** @param {string} typed */
  function sourceRows(typed) {
    const wanted = typed.toLowerCase();
    /** @param {Source} source */
    const has = (source) => [source.id, source.title, source.year].some((text) => text.toLowerCase().includes(wanted));
    /** @param {Source} source */
    const detail = (source) => [source.title, source.year].filter(Boolean).join(", ");
    return [...graph.sources.values()].filter(has).slice(0, MOST)
      .map((source) => ({ title: source.id, detail: detail(source), value: source.id }));
  }

  return { element, take, compare, missing, focus };
}
