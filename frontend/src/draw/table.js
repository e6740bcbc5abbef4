// The Table view: what the drawings show, as rows that can be read, sorted and walked by keys.

import { h, plural } from "../dom.js";
import { badge } from "../panel/parts.js";
import { words as sceneWords } from "../scene-bar.js";
import { headOf, lineSwatch } from "../shapes.js";

/** Rows on a page: a browser lays out so many at once without a pause. */
export const PAGE = 200;
/** Rows that are printed at most: some 150 pages. */
export const PRINTED = 5000;
const LONE = 60; // entities without a row that are named

const collator = new Intl.Collator("en-GB", { sensitivity: "base", numeric: true });

const labelOf = (map, key) => map?.get(key)?.label ?? (key || "not stated");
const list = (keys, map) => keys.map((key) => labelOf(map, key)).join(", ");

/**
 * The columns: key, heading, its long form, and what a row is sorted by: a text, or a number, which
 * sorts from the largest unless the least comes first.
 */
export const COLUMNS = [
  { key: "subject", label: "Subject", by: (one) => one.subject.name },
  { key: "predicate", label: "Predicate", by: (one) => one.word.label },
  { key: "object", label: "Object", by: (one) => one.object.name },
  { key: "status", label: "Status", by: (one, words) => [...words.statuses.keys()].indexOf(one.status), least: true },
  { key: "supporting", label: "For", long: "Sources for", by: (one) => one.supporting },
  { key: "disputing", label: "Against", long: "Sources against", by: (one) => one.disputing },
  { key: "studies", label: "Study types", by: (one, words) => list(one.studies, words.methods) },
  { key: "species", label: "Species", by: (one, words) => list(one.species, words.species) },
  { key: "topic", label: "Topic", by: (one, words) => labelOf(words.topics, one.topic) },
];

/** Numbers that sort as the values do: texts are compared once each and not in every comparison. */
function ranks(statements, column, words) {
  const values = new Map(statements.map((one) => [one, column.by(one, words)]));
  const some = [...new Set(values.values())];
  if (some.every((value) => typeof value === "number")) {
    return new Map(statements.map((one) => [one, column.least ? values.get(one) : -values.get(one)]));
  }
  const order = new Map();
  let rank = 0;
  some.sort(collator.compare).forEach((value, place) => {
    if (place && collator.compare(some[place - 1], value)) rank = place;
    order.set(value, rank);
  });
  return new Map(statements.map((one) => [one, order.get(values.get(one))]));
}

/**
 * The statements in the order of a column; what is alike there, by subject, predicate and object.
 * @param {Statement[]} statements
 * @param {object} words of the graph
 * @param {{ key: string, turned: boolean }} sort
 * @param {Map} [known] the ranks found before for these statements, by column
 * @returns {Statement[]}
 */
export function arranged(statements, words, { key, turned }, known = new Map()) {
  const [first, ...rest] = [key, "subject", "predicate", "object"].map((name) => {
    if (!known.has(name)) known.set(name, ranks(statements, COLUMNS.find((column) => column.key === name), words));
    return known.get(name);
  });
  const way = turned ? -1 : 1;
  return [...statements].sort((a, b) => {
    const order = way * (first.get(a) - first.get(b));
    if (order) return order;
    for (const rank of rest) if (rank.get(a) !== rank.get(b)) return rank.get(a) - rank.get(b);
    return a.number - b.number;
  });
}

const captionOf = (model) => `${sceneWords(model)}: ${plural(model.statements.length, "statement")}, one a row`;

const same = (one, other) => one.length === other.length && one.every((value, place) => value === other[place]);

/** What the keys stop at in a row, from left to right. */
const PLACES = ["subject", "predicate", "object"];

/** Make the view; see README.md for what it gets. */
export function create(host, act, graph) {
  const { words } = graph;
  let model = null;
  let sort = { key: "subject", turned: false };
  let sorted = []; // the statements, arranged
  let known = new Map(); // what they are sorted by, by column
  let page = 0;
  let rows = new Map(); // of this page: statement -> tr
  let active = { statement: null, place: "predicate" }; // the one stop of the Tab key in the rows
  let left = null; // where the keys were when they opened the evidence

  const caption = h("caption");
  const headings = new Map(COLUMNS.map((column) => [column.key, heading(column)]));
  const body = h("tbody", { role: "rowgroup" });
  const table = h("table", { role: "table" },
    caption,
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, [...headings.values()])),
    body);
  const none = h("p", { class: "none", hidden: true });
  const lone = h("p", { class: "lone", hidden: true });
  const range = h("span", { class: "range", role: "status" });
  const turns = [
    ["first", "First page", "«", () => 0],
    ["before", "Page before", "‹", () => page - 1],
    ["next", "Next page", "›", () => page + 1],
    ["last", "Last page", "»", () => pages() - 1],
  ].map(([key, name, glyph, to]) => {
    const said = { "aria-label": name, title: name };
    return [key, h("button", { type: "button", class: "button", ...said, onclick: () => turn(to()) }, glyph)];
  });
  const pager = h("nav", { class: "pager", "aria-label": "Pages of the table" },
    turns.slice(0, 2).map(([, button]) => button), range, turns.slice(2).map(([, button]) => button));
  const scroll = h("div", { class: "scroll" }, table, none, lone);
  host.append(scroll, pager);

  const pages = () => Math.max(1, Math.ceil(sorted.length / PAGE));

  // --- Headings ---------------------------------------------------------------------------------

  function heading({ key, label, long = label }) {
    const button = h("button", { type: "button", title: `Sort by ${long.toLowerCase()}`, onclick: () => sortBy(key) },
      long === label ? label : [h("span", { "aria-hidden": "true" }, label), h("span", { class: "unseen" }, long)],
      h("span", { class: "way", "aria-hidden": "true" }));
    return h("th", { scope: "col", role: "columnheader", class: key }, button);
  }

  function sortBy(key) {
    sort = { key, turned: sort.key === key && !sort.turned };
    arrange();
    page = 0;
    draw();
    scroll.scrollTop = 0;
    act.announce(`Sorted by ${COLUMNS.find((column) => column.key === key).label.toLowerCase()}, ${direction(key)}`);
  }

  /** Whether numbers begin with the most, in the words of ARIA. */
  function direction(key) {
    const most = key === "supporting" || key === "disputing";
    return most !== sort.turned ? "descending" : "ascending";
  }

  function arrange() {
    sorted = arranged(model.statements, words, sort, known);
  }

  // --- Rows -------------------------------------------------------------------------------------

  function entity(one, place, statement) {
    const mark = model.marks?.get(one);
    const said = mark && words.marks.get(mark.key);
    return h("button", { type: "button", class: "name", "data-place": place, tabindex: -1,
      onclick: (event) => {
        event.stopPropagation();
        go(statement, place);
        act.choose("entity", one.id, { focus: event.detail === 0 });
      } },
    said && h("span", { class: "glyph", title: said.label },
      h("span", { "aria-hidden": "true" }, said.glyph), h("span", { class: "unseen" }, `${said.label}: `)),
    one.name);
  }

  function cell(key, ...content) {
    const { label, long = label } = COLUMNS.find((column) => column.key === key);
    return h("td", { role: "cell", class: key, "data-label": long }, content);
  }

  const number = (count) => h("span", { class: count ? "" : "quiet" }, count.toLocaleString("en-GB"));

  function row(statement, index) {
    const group = words.groups.get(statement.group);
    const stated = (keys, map) => (same(keys, [""]) ? h("span", { class: "quiet" }, "not stated") : list(keys, map));
    return h("tr", { role: "row", "aria-rowindex": index + 2, "data-id": statement.id,
      onclick() {
        left = null;
        go(statement, "predicate");
        act.choose("statement", statement.id);
      } },
    h("th", { scope: "row", role: "rowheader", class: "subject" }, entity(statement.subject, "subject", statement)),
    cell("predicate",
      h("button", { type: "button", class: `says ${statement.group}`, "data-place": "predicate", tabindex: -1,
        onclick: (event) => {
          event.stopPropagation();
          const keys = event.detail === 0;
          go(statement, "predicate");
          left = keys ? { statement, place: "predicate" } : null;
          act.choose("statement", statement.id, { focus: keys });
        } },
      lineSwatch(group, words.statuses.get(statement.status), headOf(statement, words)),
      h("span", {}, statement.negated && h("strong", {}, "not: "), statement.word.label,
        statement.said && h("small", {}, ` (${statement.said})`),
        h("span", { class: "unseen" }, `, ${group.label}; open the evidence`)))),
    cell("object", entity(statement.object, "object", statement)),
    cell("status", badge(words.statuses.get(statement.status))),
    cell("supporting", number(statement.supporting)),
    cell("disputing", number(statement.disputing)),
    cell("studies", stated(statement.studies, words.methods)),
    cell("species", stated(statement.species, words.species)),
    cell("topic", statement.topic ? labelOf(words.topics, statement.topic) : h("span", { class: "quiet" }, "none")));
  }

  /** Draw the page of rows anew; the focus stays where it was, if that is still there. */
  function draw() {
    const focused = body.contains(document.activeElement);
    page = Math.min(Math.max(page, 0), pages() - 1);
    const shown = sorted.slice(page * PAGE, (page + 1) * PAGE);
    rows = new Map(shown.map((one, place) => [one, row(one, page * PAGE + place)]));
    body.replaceChildren(...rows.values());
    table.setAttribute("aria-rowcount", sorted.length + 1);
    if (!rows.has(active.statement)) active = { ...active, statement: shown[0] ?? null };
    stop();
    if (focused) button(active)?.focus({ preventScroll: true });
    for (const [key, th] of headings) {
      const way = key === sort.key ? direction(key) : "none";
      th.setAttribute("aria-sort", way);
      th.querySelector(".way").textContent = { ascending: " ▲", descending: " ▼", none: "" }[way];
    }
    const [first, last, all] = [page * PAGE + 1, page * PAGE + shown.length, sorted.length]
      .map((count) => count.toLocaleString("en-GB"));
    range.textContent = sorted.length ? `Rows ${first}–${last} of ${all}` : "";
    pager.hidden = pages() < 2;
    for (const [key, one] of turns) one.disabled = page === (key === "first" || key === "before" ? 0 : pages() - 1);
    table.hidden = !sorted.length;
    mark();
  }

  /** Mark what is selected and what goes with it. */
  function mark() {
    const { selected } = model.state;
    for (const [statement, tr] of rows) {
      const chosen = selected?.kind === "statement" && statement.id === selected.id;
      if (chosen) tr.setAttribute("aria-current", "true");
      else tr.removeAttribute("aria-current");
      tr.classList.toggle("lit", !chosen && Boolean(model.lit?.statements.has(statement)));
      for (const [place, one] of [["subject", statement.subject], ["object", statement.object]]) {
        const name = tr.querySelector(`[data-place="${place}"]`);
        if (selected?.kind === "entity" && one.id === selected.id) name.setAttribute("aria-current", "true");
        else name.removeAttribute("aria-current");
      }
    }
  }

  // --- On paper ---------------------------------------------------------------------------------

  // Whoever holds the paper cannot turn to the next page of rows.
  addEventListener("beforeprint", () => {
    if (!model || host.hidden || !sorted.length) return;
    const shown = sorted.slice(0, PRINTED);
    body.replaceChildren(...shown.map((one, place) => rows.get(one) ?? row(one, place)));
    const left = sorted.length - shown.length;
    caption.textContent = left > 0 ? `${captionOf(model)}. The first ${shown.length.toLocaleString("en-GB")} are printed, ` +
      `${left.toLocaleString("en-GB")} are left out: take them all as a CSV file` : captionOf(model);
  });
  addEventListener("afterprint", () => {
    if (!model || !sorted.length) return;
    body.replaceChildren(...rows.values());
    caption.textContent = captionOf(model);
  });

  function turn(to) {
    page = to;
    active = { ...active, statement: sorted[to * PAGE] ?? null };
    draw();
    scroll.scrollTop = 0;
  }

  // --- Keys -------------------------------------------------------------------------------------

  const button = ({ statement, place }) => rows.get(statement)?.querySelector(`[data-place="${place}"]`);

  /** Make the active button the only one that the Tab key stops at. */
  function stop() {
    for (const one of body.querySelectorAll('button[tabindex="0"]')) one.tabIndex = -1;
    const one = button(active);
    if (one) one.tabIndex = 0;
  }

  function go(statement, place) {
    active = { statement, place };
    stop();
  }

  /** Bring the row of a statement to the page and into sight. */
  function bring(statement, { focus = false, place = active.place, block = "nearest" } = {}) {
    const index = sorted.indexOf(statement);
    if (index < 0) return;
    const there = Math.floor(index / PAGE);
    go(statement, place);
    if (there !== page) {
      page = there;
      draw();
    }
    if (focus) button(active).focus({ preventScroll: true });
    rows.get(statement).scrollIntoView({ block });
  }

  body.addEventListener("keydown", (event) => {
    const at = event.target.closest?.("[data-place]");
    if (!at || event.ctrlKey || event.metaKey || event.altKey) return;
    const index = sorted.indexOf(active.statement), place = PLACES.indexOf(at.dataset.place);
    const last = sorted.length - 1;
    const rowKeys = new Map(Object.entries({
      ArrowUp: index - 1, ArrowDown: index + 1, PageUp: index - 10, PageDown: index + 10, Home: 0, End: last,
    }));
    const side = PLACES[{ ArrowLeft: place - 1, ArrowRight: place + 1 }[event.key]];
    if (rowKeys.has(event.key)) {
      const to = Math.min(Math.max(rowKeys.get(event.key), 0), last);
      bring(sorted[to], { focus: true, place: PLACES[place] });
    } else if (side) bring(active.statement, { focus: true, place: side });
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  body.addEventListener("focusin", (event) => {
    const place = event.target.closest?.("[data-place]")?.dataset.place;
    const id = event.target.closest?.("tr")?.dataset.id;
    if (place && id !== undefined) go(graph.statement.get(id), place);
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
    const named = (one) =>
      h("button", { type: "button", class: "name", onclick: () => act.choose("entity", one.id) }, one.name);
    lone.replaceChildren(`${plural(others.length, "entity", "entities")} without a visible statement: `,
      ...others.slice(0, LONE).flatMap((one, place) => [place ? ", " : "", named(one)]),
      others.length > LONE ? ` and ${(others.length - LONE).toLocaleString("en-GB")} more` : "");
  }

  return {
    show(next) {
      const before = model;
      model = next;
      const changed = !before || !same(before.statements, next.statements);
      const moved = next.state.selected && before?.state.selected?.id !== next.state.selected.id;
      caption.textContent = captionOf(next);
      if (changed) {
        known = new Map();
        arrange();
        page = 0;
        const place = sorted.indexOf(active.statement);
        if (place >= 0) page = Math.floor(place / PAGE);
        else scroll.scrollTop = 0;
      }
      if (changed || before.marks !== next.marks) draw();
      else mark();
      rest();
      const chosen = next.state.selected?.kind === "statement" ? graph.statement.get(next.state.selected.id) : null;
      if (chosen && (changed || moved)) bring(chosen);
      // Whoever opened the evidence by the keys and closed it comes back to the row.
      if (!next.state.selected && left) {
        const at = document.activeElement;
        if (!at || at === document.body || at.closest("#panel")) bring(left.statement, { ...left, focus: true });
        left = null;
      }
      act.drawn();
    },
    hide() {},
    fit() { scroll.scrollTop = 0; },
    zoom() {},
    pan() {},
    /** Bring the first row that names an entity into sight. */
    reveal(one) {
      const statement = sorted.find((some) => some.subject === one || some.object === one);
      if (statement) bring(statement);
    },
  };
}
