// The Table view: what the drawings show, as rows that can be read, sorted and walked by keys.

import { h, plural } from "../dom.js";
import { words as sceneWords } from "../app/scene-bar.js";
import { arranged, columnOf, COLUMNS, direction, led, PAGE, pageOf, pagesOf, PLACES, rangeWords, same } from "./columns.js";
import { markRow, row } from "./rows.js";

/** Rows that are printed at most: some 150 pages. */
const PRINTED = 5000;
const LONE = 60; // entities without a row that are named

/** @param {Model} model */
const captionOf = (model) => `${sceneWords(model)}: ${plural(model.statements.length, "statement")}, one a row`;

/**
 * @typedef {{ statement: Statement | null, place: string }} Stop  what the Tab key stops at in the rows
 * @typedef {object} Shown  what the parts of the view share
 * @property {Graph} graph
 * @property {Model} model
 * @property {Statement[]} sorted  the statements, arranged
 * @property {number} page
 * @property {Map<Statement, HTMLElement>} rows  of this page
 * @property {Stop} active
 * @property {Stop | null} left  where the keys were when they opened the evidence
 */

/** @type {any} at first: the model comes when the view is first told to show one */
const NOTHING = { sorted: [], page: 0, rows: new Map(), active: { statement: null, place: "predicate" }, left: null };

/**
 * Make the view in an element.
 * @param {HTMLElement} host
 * @param {Act} act
 * @param {Graph} graph
 * @returns {View}
 */
export function create(host, act, graph) {
  /** @type {Shown} */
  const shown = { ...NOTHING, graph };
  const { caption, headings, body, table, scroll, none, lone } = elements(sortBy);
  const pages = pager(turn), stops = stopping(shown, body, draw), does = acting(shown, act, stops.go);
  host.append(scroll, pages.element);
  onPaper(host, shown, { body, caption, make: (statement, index) => row(statement, index, shown.model, does) });
  let sort = { key: "subject", turned: false };
  let orders = new Map(); // what the statements are sorted by, by column

  /** @param {string} key */
  function sortBy(key) {
    sort = { key, turned: sort.key === key && !sort.turned };
    arrange();
    shown.page = 0;
    draw();
    scroll.scrollTop = 0;
    act.announce(`Sorted by ${columnOf(key).label.toLowerCase()}, ${direction(sort)}`);
  }

  function arrange() {
    shown.sorted = arranged(shown.model.statements, graph.words, sort, orders);
  }

  /** Draw the page of rows anew; the focus stays where it was, if that is still there. */
  function draw() {
    const focused = body.contains(document.activeElement), { sorted, model } = shown;
    const page = shown.page = Math.min(Math.max(shown.page, 0), pagesOf(sorted.length) - 1);
    const some = sorted.slice(page * PAGE, (page + 1) * PAGE);
    shown.rows = new Map(some.map((statement, place) => [statement, row(statement, page * PAGE + place, model, does)]));
    body.replaceChildren(...shown.rows.values());
    table.setAttribute("aria-rowcount", String(sorted.length + 1));
    stops.stay(some[0] ?? null, focused);
    for (const [key, heading] of headings) turned(heading, key === sort.key ? direction(sort) : "none");
    pages.show(page, sorted.length);
    table.hidden = !sorted.length;
    mark();
  }

  /** Mark what is selected and what goes with it. */
  function mark() {
    for (const [statement, tr] of shown.rows) markRow(tr, statement, shown.model);
  }

  /** @param {number} to */
  function turn(to) {
    shown.page = to;
    shown.active = { ...shown.active, statement: shown.sorted[to * PAGE] ?? null };
    draw();
    scroll.scrollTop = 0;
  }

  /** Other statements than before: those one was at stay on the page. */
  function take() {
    orders = new Map();
    arrange();
    const { statement } = shown.active, place = statement ? shown.sorted.indexOf(statement) : -1;
    shown.page = Math.max(0, pageOf(place));
    if (place < 0) scroll.scrollTop = 0;
  }

  return {
    show(next) {
      const before = shown.model, { selected } = next.state;
      shown.model = next;
      const changed = !before || !same(before.statements, next.statements);
      const moved = selected && before?.state.selected?.id !== selected.id;
      caption.textContent = captionOf(next);
      if (changed) take();
      if (changed || before.marks !== next.marks) draw();
      else mark();
      rest(next, act, none, lone);
      const chosen = selected?.kind === "statement" ? graph.statement.get(selected.id) : undefined;
      if (chosen && (changed || moved)) stops.bring(chosen);
      if (!selected) stops.comeBack();
      act.drawn();
    },
    hide() {},
    fit() { scroll.scrollTop = 0; },
    zoom() {},
    pan() {},
    /** Bring the first row that names an entity into sight. */
    reveal(entity) {
      stops.bring(shown.sorted.find((some) => some.subject === entity || some.object === entity) ?? null);
    },
  };
}

/**
 * What a click in a row does.
 * @param {Shown} shown
 * @param {Act} act
 * @param {(statement: Statement, place: string) => void} go
 * @returns {import("./rows.js").Does}
 */
const acting = (shown, act, go) => ({
  row(statement) {
    shown.left = null;
    go(statement, "predicate");
    act.choose("statement", statement.id);
  },
  evidence(statement, keys) {
    go(statement, "predicate");
    shown.left = keys ? { statement, place: "predicate" } : null;
    act.choose("statement", statement.id, { focus: keys });
  },
  entity(statement, place, entity, keys) {
    go(statement, place);
    act.choose("entity", entity.id, { focus: keys });
  },
});

/**
 * Where the keys are in the rows, and where they lead.
 * @param {Shown} shown
 * @param {HTMLElement} body
 * @param {() => void} draw called where another page is to be shown
 */
function stopping(shown, body, draw) {
  /** @returns {HTMLElement | null} */
  const button = ({ statement, place } = shown.active) =>
    (statement && shown.rows.get(statement)?.querySelector(`[data-place="${place}"]`)) ?? null;

  /** Make the active button the only one that the Tab key stops at. */
  function stop() {
    for (const control of /** @type {NodeListOf<HTMLElement>} */ (body.querySelectorAll('button[tabindex="0"]'))) control.tabIndex = -1;
    const stop = button();
    if (stop) stop.tabIndex = 0;
  }

  /** @param {Statement | null} statement @param {string} place */
  function go(statement, place) {
    shown.active = { statement, place };
    stop();
  }

  /**
   * Bring the row of a statement to the page and into sight.
   * @param {Statement | null} statement
   * @param {{ focus?: boolean, place?: string }} [how]
   */
  function bring(statement, { focus = false, place = shown.active.place } = {}) {
    const index = statement ? shown.sorted.indexOf(statement) : -1;
    if (!statement || index < 0) return;
    go(statement, place);
    if (pageOf(index) !== shown.page) {
      shown.page = pageOf(index);
      draw();
    }
    if (focus) button()?.focus({ preventScroll: true });
    shown.rows.get(statement)?.scrollIntoView({ block: "nearest" });
  }

  body.addEventListener("keydown", (event) => {
    const at = placeOf(event), { active: { statement }, sorted } = shown;
    if (!at || event.ctrlKey || event.metaKey || event.altKey || !statement) return;
    const to = led(event.key, { index: sorted.indexOf(statement), place: PLACES.indexOf(at) }, sorted.length);
    if (!to) return;
    bring(sorted[to.index], { focus: true, place: PLACES[to.place] });
    event.preventDefault();
    event.stopPropagation();
  });
  body.addEventListener("focusin", (event) => {
    const place = placeOf(event), id = /** @type {Element} */ (event.target).closest("tr")?.dataset.id;
    if (place && id !== undefined) go(shown.graph.statement.get(id) ?? null, place);
  });

  return {
    go,
    bring,
    /** Stay in a row that is still there, or go to the first. @param {Statement | null} first @param {boolean} focused */
    stay(first, focused) {
      const { active: { statement, place }, rows } = shown;
      go(statement && rows.has(statement) ? statement : first, place);
      if (focused) button()?.focus({ preventScroll: true });
    },
    /** Whoever opened the evidence by the keys and closed it comes back to the row. */
    comeBack() {
      const at = document.activeElement, { left } = shown;
      if (left && (!at || at === document.body || at.closest("#panel"))) bring(left.statement, { ...left, focus: true });
      shown.left = null;
    },
  };
}

/**
 * On paper: whoever holds it cannot turn to the next page of rows.
 * @param {HTMLElement} host
 * @param {Shown} shown
 * @param {{ body: HTMLElement, caption: HTMLElement, make: (statement: Statement, index: number) => HTMLElement }} table
 */
function onPaper(host, shown, { body, caption, make }) {
  addEventListener("beforeprint", () => {
    const { model, sorted, rows } = shown;
    if (!model || host.hidden || !sorted.length) return;
    const some = sorted.slice(0, PRINTED), over = sorted.length - some.length;
    body.replaceChildren(...some.map((statement, place) => rows.get(statement) ?? make(statement, place)));
    caption.textContent = over > 0 ? `${captionOf(model)}. The first ${some.length.toLocaleString("en-GB")} are printed, ` +
      `${over.toLocaleString("en-GB")} are left out: take them all as a CSV file` : captionOf(model);
  });
  addEventListener("afterprint", () => {
    if (!shown.model || !shown.sorted.length) return;
    body.replaceChildren(...shown.rows.values());
    caption.textContent = captionOf(shown.model);
  });
}

/**
 * What has no row: nothing at all, and entities of which nothing visible is said.
 * @param {Model} model
 * @param {Act} act
 * @param {HTMLElement} none says the one
 * @param {HTMLElement} lone names the others
 */
function rest({ graph, statements, entities }, act, none, lone) {
  none.hidden = statements.length > 0;
  none.textContent = graph.statements.length
    ? "No statement is visible. Clear filters, or choose another scene."
    : "This graph holds no statements.";
  const told = new Set(statements.flatMap((statement) => [statement.subject, statement.object]));
  const others = entities.filter((entity) => !told.has(entity));
  lone.hidden = !others.length;
  const named = (/** @type {Entity} */ entity) =>
    h("button", { type: "button", class: "name", onclick: () => act.choose("entity", entity.id) }, entity.name);
  lone.replaceChildren(`${plural(others.length, "entity", "entities")} without a visible statement: `,
    ...others.slice(0, LONE).flatMap((entity, place) => [place ? ", " : "", named(entity)]),
    others.length > LONE ? ` and ${(others.length - LONE).toLocaleString("en-GB")} more` : "");
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
      for (const control of back) control.disabled = at === 0;
      for (const control of on) control.disabled = at === last;
    },
  };
}
