// The Table view: what the drawings show, as rows that can be read, sorted and walked by keys.

import { h, plural } from "../dom.js";
import { words as sceneWords } from "../scene-bar.js";
import { arranged, columnOf, COLUMNS, direction, led, PAGE, pageOf, pagesOf, PLACES, rangeWords, same } from "./columns.js";
import { markRow, row } from "./rows.js";

/** Rows that are printed at most: some 150 pages. */
const PRINTED = 5000;
const LONE = 60; // entities without a row that are named

/** @param {Model} model */
const captionOf = (model) => `${sceneWords(model)}: ${plural(model.statements.length, "statement")}, one a row`;

/** @typedef {{ statement: Statement | null, place: string }} Stop  what the Tab key stops at in the rows */

/**
 * Make the view in an element.
 * @param {HTMLElement} host
 * @param {Act} act
 * @param {Graph} graph
 * @returns {View}
 */
export function create(host, act, graph) {
  /** @type {Model} */
  let model;
  let sort = { key: "subject", turned: false };
  /** @type {Statement[]} the statements, arranged */
  let sorted = [];
  let known = new Map(); // what they are sorted by, by column
  let page = 0;
  /** @type {Map<Statement, HTMLElement>} the rows of this page */
  let rows = new Map();
  /** @type {Stop} */
  let active = { statement: null, place: "predicate" };
  /** @type {Stop | null} where the keys were when they opened the evidence */
  let left = null;

  const { caption, headings, body, table, scroll, none, lone } = elements(sortBy);
  const pages = pager(turn);
  host.append(scroll, pages.element);

  // --- Rows -------------------------------------------------------------------------------------

  /** @param {string} key */
  function sortBy(key) {
    sort = { key, turned: sort.key === key && !sort.turned };
    arrange();
    page = 0;
    draw();
    scroll.scrollTop = 0;
    act.announce(`Sorted by ${columnOf(key).label.toLowerCase()}, ${direction(sort)}`);
  }

  function arrange() {
    sorted = arranged(model.statements, graph.words, sort, known);
  }

  /** @type {import("./rows.js").Does} */
  const does = {
    row(statement) {
      left = null;
      go(statement, "predicate");
      act.choose("statement", statement.id);
    },
    evidence(statement, keys) {
      go(statement, "predicate");
      left = keys ? { statement, place: "predicate" } : null;
      act.choose("statement", statement.id, { focus: keys });
    },
    entity(statement, place, entity, keys) {
      go(statement, place);
      act.choose("entity", entity.id, { focus: keys });
    },
  };

  /** Draw the page of rows anew; the focus stays where it was, if that is still there. */
  function draw() {
    const focused = body.contains(document.activeElement);
    page = Math.min(Math.max(page, 0), pagesOf(sorted.length) - 1);
    const shown = sorted.slice(page * PAGE, (page + 1) * PAGE);
    rows = new Map(shown.map((one, place) => [one, row(one, page * PAGE + place, model, does)]));
    body.replaceChildren(...rows.values());
    table.setAttribute("aria-rowcount", String(sorted.length + 1));
    if (!active.statement || !rows.has(active.statement)) active = { ...active, statement: shown[0] ?? null };
    stop();
    if (focused) button(active)?.focus({ preventScroll: true });
    for (const [key, heading] of headings) turned(heading, key === sort.key ? direction(sort) : "none");
    pages.show(page, sorted.length);
    table.hidden = !sorted.length;
    mark();
  }

  /** Mark what is selected and what goes with it. */
  function mark() {
    for (const [statement, tr] of rows) markRow(tr, statement, model);
  }

  /** @param {number} to */
  function turn(to) {
    page = to;
    active = { ...active, statement: sorted[to * PAGE] ?? null };
    draw();
    scroll.scrollTop = 0;
  }

  // --- On paper ---------------------------------------------------------------------------------

  // Whoever holds the paper cannot turn to the next page of rows.
  addEventListener("beforeprint", () => {
    if (!model || host.hidden || !sorted.length) return;
    const shown = sorted.slice(0, PRINTED);
    body.replaceChildren(...shown.map((one, place) => rows.get(one) ?? row(one, place, model, does)));
    const over = sorted.length - shown.length;
    caption.textContent = over > 0 ? `${captionOf(model)}. The first ${shown.length.toLocaleString("en-GB")} are printed, ` +
      `${over.toLocaleString("en-GB")} are left out: take them all as a CSV file` : captionOf(model);
  });
  addEventListener("afterprint", () => {
    if (!model || !sorted.length) return;
    body.replaceChildren(...rows.values());
    caption.textContent = captionOf(model);
  });

  // --- Keys -------------------------------------------------------------------------------------

  /** @param {Stop} at @returns {HTMLButtonElement | null} */
  const button = ({ statement, place }) =>
    (statement && rows.get(statement)?.querySelector(`[data-place="${place}"]`)) ?? null;

  /** Make the active button the only one that the Tab key stops at. */
  function stop() {
    for (const one of /** @type {NodeListOf<HTMLElement>} */ (body.querySelectorAll('button[tabindex="0"]'))) one.tabIndex = -1;
    const one = button(active);
    if (one) one.tabIndex = 0;
  }

  /** @param {Statement | null} statement @param {string} place */
  function go(statement, place) {
    active = { statement, place };
    stop();
  }

  /**
   * Bring the row of a statement to the page and into sight.
   * @param {Statement | null} statement
   * @param {{ focus?: boolean, place?: string }} [how]
   */
  function bring(statement, { focus = false, place = active.place } = {}) {
    const index = statement ? sorted.indexOf(statement) : -1;
    if (!statement || index < 0) return;
    go(statement, place);
    if (pageOf(index) !== page) {
      page = pageOf(index);
      draw();
    }
    if (focus) button(active)?.focus({ preventScroll: true });
    rows.get(statement)?.scrollIntoView({ block: "nearest" });
  }

  body.addEventListener("keydown", (event) => {
    const at = placeOf(event);
    if (!at || event.ctrlKey || event.metaKey || event.altKey || !active.statement) return;
    const to = led(event.key, { index: sorted.indexOf(active.statement), place: PLACES.indexOf(at) }, sorted.length);
    if (!to) return;
    bring(sorted[to.index], { focus: true, place: PLACES[to.place] });
    event.preventDefault();
    event.stopPropagation();
  });
  body.addEventListener("focusin", (event) => {
    const place = placeOf(event), id = /** @type {Element} */ (event.target).closest("tr")?.dataset.id;
    if (place && id !== undefined) go(graph.statement.get(id) ?? null, place);
  });

  // --- The view ---------------------------------------------------------------------------------

  /** What has no row: nothing at all, and entities of which nothing visible is said. */
  function rest() {
    none.hidden = model.statements.length > 0;
    none.textContent = graph.statements.length
      ? "No statement is visible. Clear filters, or choose another scene."
      : "This graph holds no statements.";
    const told = new Set(model.statements.flatMap((one) => [one.subject, one.object]));
    const others = model.entities.filter((one) => !told.has(one));
    lone.hidden = !others.length;
    const named = (/** @type {Entity} */ one) =>
      h("button", { type: "button", class: "name", onclick: () => act.choose("entity", one.id) }, one.name);
    lone.replaceChildren(`${plural(others.length, "entity", "entities")} without a visible statement: `,
      ...others.slice(0, LONE).flatMap((one, place) => [place ? ", " : "", named(one)]),
      others.length > LONE ? ` and ${(others.length - LONE).toLocaleString("en-GB")} more` : "");
  }

  /** Other statements than before: those one was at stay on the page. */
  function take() {
    known = new Map();
    arrange();
    const place = active.statement ? sorted.indexOf(active.statement) : -1;
    page = Math.max(0, pageOf(place));
    if (place < 0) scroll.scrollTop = 0;
  }

  /** Whoever opened the evidence by the keys and closed it comes back to the row. */
  function comeBack() {
    const at = document.activeElement;
    if (left && (!at || at === document.body || at.closest("#panel"))) bring(left.statement, { ...left, focus: true });
    left = null;
  }

  return {
    show(next) {
      const before = model, { selected } = next.state;
      model = next;
      const changed = !before || !same(before.statements, next.statements);
      const moved = selected && before?.state.selected?.id !== selected.id;
      caption.textContent = captionOf(next);
      if (changed) take();
      if (changed || before.marks !== next.marks) draw();
      else mark();
      rest();
      const chosen = selected?.kind === "statement" ? graph.statement.get(selected.id) : undefined;
      if (chosen && (changed || moved)) bring(chosen);
      if (!selected && left) comeBack();
      act.drawn();
    },
    hide() {},
    fit() { scroll.scrollTop = 0; },
    zoom() {},
    pan() {},
    /** Bring the first row that names an entity into sight. */
    reveal(one) {
      bring(sorted.find((some) => some.subject === one || some.object === one) ?? null);
    },
  };
}

/** What the keys stop at that an event is in. @param {Event} event */
const placeOf = ({ target }) =>
  /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest?.("[data-place]"))?.dataset.place;

/**
 * What the view consists of, but for its pages.
 * @param {(key: string) => void} sortBy
 */
function elements(sortBy) {
  const caption = h("caption"), body = h("tbody", { role: "rowgroup" });
  const headings = new Map(COLUMNS.map((column) => [column.key, heading(column, sortBy)]));
  const table = h("table", { role: "table" },
    caption,
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, [...headings.values()])),
    body);
  const none = h("p", { class: "none", hidden: true }), lone = h("p", { class: "lone", hidden: true });
  return { caption, headings, body, table, none, lone, scroll: h("div", { class: "scroll" }, table, none, lone) };
}

/** @param {import("./columns.js").Column} column @param {(key: string) => void} sortBy */
function heading({ key, label, long = label }, sortBy) {
  const button = h("button", { type: "button", title: `Sort by ${long.toLowerCase()}`, onclick: () => sortBy(key) },
    long === label ? label : [h("span", { "aria-hidden": "true" }, label), h("span", { class: "unseen" }, long)],
    h("span", { class: "way", "aria-hidden": "true" }));
  return h("th", { scope: "col", role: "columnheader", class: key }, button);
}

/** Let a heading say which way the rows are sorted by it. @param {HTMLElement} heading @param {"ascending" | "descending" | "none"} way */
function turned(heading, way) {
  heading.setAttribute("aria-sort", way);
  const sign = heading.querySelector(".way");
  if (sign) sign.textContent = { ascending: " ▲", descending: " ▼", none: "" }[way];
}

/**
 * The buttons that turn the pages.
 * @param {(to: number) => void} turn
 */
function pager(turn) {
  let at = 0, last = 0;
  const range = h("span", { class: "range", role: "status" });
  const button = (/** @type {string} */ name, /** @type {string} */ glyph, /** @type {() => number} */ to) =>
    h("button", { type: "button", class: "button", "aria-label": name, title: name, onclick: () => turn(to()) }, glyph);
  const back = [button("First page", "«", () => 0), button("Page before", "‹", () => at - 1)];
  const on = [button("Next page", "›", () => at + 1), button("Last page", "»", () => last)];
  const element = h("nav", { class: "pager", "aria-label": "Pages of the table" }, back, range, on);
  return {
    element,
    /** @param {number} page @param {number} rows */
    show(page, rows) {
      [at, last] = [page, pagesOf(rows) - 1];
      range.textContent = rangeWords(page, rows);
      element.hidden = last === 0;
      for (const one of back) one.disabled = at === 0;
      for (const one of on) one.disabled = at === last;
    },
  };
}
