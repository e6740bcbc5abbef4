// The rows of the Table view as elements.

import { h } from "../dom.js";
import { badge } from "../panel/parts.js";
import { headOf, lineSwatch } from "../shapes.js";
import { columnOf, labelOf, list, same } from "./columns.js";

/**
 * What a click in a row does; `keys` tells whether it was one of the Enter key.
 * @typedef {object} Does
 * @property {(statement: Statement) => void} row
 * @property {(statement: Statement, keys: boolean) => void} evidence
 * @property {(statement: Statement, place: string, entity: Entity, keys: boolean) => void} entity
 */

/** @param {string} key @param {...any} content */
function cell(key, ...content) {
  const { label, long = label } = columnOf(key);
  return h("td", { role: "cell", class: key, "data-label": long }, content);
}

/** A cell of words. @param {string} key @param {any} content */
const fact = (key, content) => cell(key, h("span", { class: "words" }, content));
const quiet = (/** @type {string} */ words) => h("span", { class: "quiet" }, words);
const number = (/** @type {number} */ count) =>
  h("span", { class: count ? "" : "quiet" }, count.toLocaleString("en-GB"));
const stated = (/** @type {string[]} */ keys, /** @type {Map<string, Row>} */ map) =>
  (same(keys, [""]) ? quiet("not stated") : list(keys, map));

/**
 * A button whose click is not one on its row.
 * @param {object} attributes
 * @param {(keys: boolean) => void} act
 * @param {...any} content
 */
const button = (attributes, act, ...content) => h("button", { type: "button", tabindex: -1, ...attributes,
  onclick: (/** @type {MouseEvent} */ event) => {
    event.stopPropagation();
    act(event.detail === 0);
  } }, content);

/** An entity, with what would happen to it. */
function named(/** @type {Entity} */ entity, /** @type {string} */ place, /** @type {Model} */ { marks, graph: { words } },
  /** @type {(keys: boolean) => void} */ act) {
  const mark = marks?.get(entity), meaning = mark && words.marks.get(mark.key);
  return button({ class: "name", "data-place": place }, act,
    meaning && h("span", { class: "glyph", title: meaning.label },
      h("span", { "aria-hidden": "true" }, meaning.glyph), h("span", { class: "unseen" }, `${meaning.label}: `)),
    entity.name);
}

/** What is said of the two, with the line that says it in the drawings. */
function says(/** @type {Statement} */ statement, /** @type {Words} */ words, /** @type {(keys: boolean) => void} */ act) {
  const group = words.groups.get(statement.group);
  return button({ class: `says ${statement.group}`, "data-place": "predicate" }, act,
    lineSwatch(group, words.statuses.get(statement.status), headOf(statement, words)),
    h("span", {}, statement.negated && h("strong", {}, "not: "), statement.word.label,
      statement.qualified && h("small", {}, ` (${statement.qualified})`),
      h("span", { class: "unseen" }, `, ${group.label}; open the evidence`)));
}

/**
 * The row of a statement.
 * @param {Statement} statement
 * @param {number} index from 0
 * @param {Model} model
 * @param {Does} does
 */
export function row(statement, index, model, does) {
  const { words } = model.graph, end = (/** @type {"subject" | "object"} */ place) =>
    named(statement[place], place, model, (keys) => does.entity(statement, place, statement[place], keys));
  return h("tr", { role: "row", "aria-rowindex": index + 2, "data-id": statement.id, onclick: () => does.row(statement) },
    h("th", { scope: "row", role: "rowheader", class: "subject" }, end("subject")),
    cell("predicate", says(statement, words, (keys) => does.evidence(statement, keys))),
    cell("object", end("object")),
    cell("status", badge(words.statuses.get(statement.status))),
    cell("supporting", number(statement.supporting)),
    cell("disputing", number(statement.disputing)),
    fact("studies", stated(statement.studies, words.methods)),
    fact("species", stated(statement.species, words.species)),
    fact("topic", statement.topic ? labelOf(words.topics, statement.topic) : quiet("none")));
}

/**
 * Mark a row where it is selected, or names what is, and where it goes with it.
 * @param {HTMLElement} tr
 * @param {Statement} statement
 * @param {Model} model
 */
export function markRow(tr, statement, { lit, state: { selected } }) {
  const chosen = selected?.kind === "statement" && statement.id === selected.id;
  current(tr, chosen);
  tr.classList.toggle("lit", !chosen && Boolean(lit?.statements.has(statement)));
  for (const place of /** @type {("subject" | "object")[]} */ (["subject", "object"])) {
    const name = tr.querySelector(`[data-place="${place}"]`);
    if (name) current(name, selected?.kind === "entity" && statement[place].id === selected.id);
  }
}

/** @param {Element} element @param {boolean} yes */
function current(element, yes) {
  if (yes) element.setAttribute("aria-current", "true");
  else element.removeAttribute("aria-current");
}
