// The answer to a query, shown: a table whose entities and statements lead into the graph, a yes or
// no, or Turtle.

import { download, anchor, h, plural } from "../dom.js";
import { sentence } from "../records.js";
import { chosen } from "../scenes.js";
import { csv, json } from "./results.js";
import { compare, datatypeOf, place, STRING } from "./terms.js";
import { turtle } from "./turtle.js";

/** Rows that are shown at once. */
export const ROWS = 500;
/** Entities, and statements, that a scene of what is chosen holds. */
const MOST = 1_500;
/** Characters of Turtle that are shown; the file has them all. */
const LETTERS = 200_000;

const TYPES = { csv: "text/csv", json: "application/sparql-results+json", ttl: "text/turtle" };

/** Whether the drawer lies over what it leads to, as it does on a phone. */
const covers = () => matchMedia("(max-width: 900px)").matches;

/** How long something took, in words. @param {number} milliseconds */
export const duration = (milliseconds) =>
  milliseconds < 1000 ? `${Math.max(1, Math.round(milliseconds))} ms` : `${(milliseconds / 1000).toFixed(1)} s`;

/** How large an answer is, in words. @param {Results} answer */
export function size(answer) {
  if (answer.form === "ask") return answer.answer ? "Yes" : "No";
  if (answer.form === "construct") return plural(answer.triples.length, "triple");
  return plural(answer.rows.length, "row");
}

/**
 * The entities and statements of the graph that an answer names, as a scene of what is chosen.
 * Ends of the statements are left out: the statements bring them.
 * @param {Pick<Results, "rows" | "triples">} answer
 * @param {Map<string, Named>} records
 * @param {Names} namespaces
 */
export function named(answer, records, namespaces) {
  const entities = new Map(), statements = new Map();
  /** @param {Term | undefined} term */
  const add = (term) => {
    const hit = term?.type === "uri" ? about(term.value, records, namespaces) : null;
    if (hit?.kind === "entity") entities.set(hit.record.id, hit.record);
    if (hit?.kind === "statement") statements.set(hit.record.id, hit.record);
  };
  for (const row of answer.rows) row.forEach(add);
  for (const [subject, predicate, object] of answer.triples) {
    add(subject);
    add(object);
    for (const statement of between(subject, predicate, object, records, namespaces)) statements.set(statement.id, statement);
  }
  for (const statement of statements.values()) for (const end of [statement.subject, statement.object]) entities.delete(end.id);
  return { of: [...entities.keys()], statements: [...statements.keys()] };
}

/**
 * The statements that a plain triple repeats.
 * @param {Term} subject
 * @param {Term} predicate
 * @param {Term} object
 * @param {Map<string, Named>} records
 * @param {Names} namespaces
 */
function between(subject, predicate, object, records, namespaces) {
  const [start, end] = [subject, object].map((term) => records.get(term.value));
  if (start?.kind !== "entity" || end?.kind !== "entity") return [];
  return start.record.out.filter((statement) =>
    statement.object === end.record && !statement.negated && namespaces.iri(statement.predicate, "tb") === predicate.value);
}

/**
 * What an IRI stands for in the page; evidence stands for its statement.
 * @param {string} iri
 * @param {Map<string, Named>} records
 * @param {Names} namespaces
 */
function about(iri, records, namespaces) {
  const evidence = namespaces.spaces.get("evidence");
  if (!iri.startsWith(evidence)) return records.get(iri);
  return records.get(namespaces.spaces.get("statement") + iri.slice(evidence.length).split("-")[0]);
}

/**
 * @param {HTMLElement} host
 * @param {DrawerAct} act
 * @param {Map<string, Named>} records those of `subjects`
 * @param {Names} namespaces
 */
export function create(host, act, records, namespaces) {
  /** @param {Term | undefined} term */
  function cell(term) {
    if (!term) return h("td", { class: "unbound" }, h("span", { class: "unseen" }, "unbound"));
    if (term.type === "bnode") return h("td", { class: "quiet" }, `_:${term.value}`);
    if (term.type === "literal") return literal(term);
    const short = namespaces.shorten(term.value);
    const hit = about(term.value, records, namespaces);
    if (hit?.kind === "source") {
      const link = hit.record.links.find(([, address]) => /^https:/.test(address));
      return h("td", { title: hit.record.title || null }, anchor(short, link?.[1] || namespaces.page(term.value)));
    }
    if (!hit) return h("td", {}, anchor(short, namespaces.page(term.value)));
    const words = hit.kind === "entity" ? hit.record.name : sentence(hit.record);
    const open = () => {
      if (covers()) act.go({ selected: { kind: hit.kind, id: hit.record.id }, query: null });
      else act.choose(hit.kind, hit.record.id);
      act.announce(`${words} is selected`);
    };
    const button = h("button", { type: "button", class: `lead ${hit.kind}`, title: words, onclick: open }, short);
    return h("td", {}, button);
  }

  /** @param {Term} term */
  function literal(term) {
    const datatype = datatypeOf(term);
    const numeric = place(term)[0] === 3;
    const language = term["xml:lang"];
    return h("td", {
      class: numeric ? "number" : null,
      title: datatype === STRING ? null : language ? `in ${language}` : namespaces.shorten(datatype),
    }, term.value);
  }

  /** @param {Results} answer */
  function table(answer) {
    const state = { column: -1, down: false, limit: ROWS };
    const body = h("tbody");
    const more = h("button", { type: "button", class: "button", onclick: () => {
      const first = state.limit;
      state.limit += ROWS;
      fill();
      // Focus goes on with what is new.
      (/** @type {HTMLElement | null} */ (body.children[first]?.querySelector("a, button")) ?? more).focus();
    } });
    const heads = answer.variables.map((name, column) => {
      const sign = h("span", { class: "sign", "aria-hidden": "true" });
      const button = h("button", { type: "button", onclick: () => {
        // Up, then down, then as the engine gave them.
        if (state.column !== column) Object.assign(state, { column, down: false });
        else if (!state.down) state.down = true;
        else Object.assign(state, { column: -1, down: false });
        fill();
        const way = state.down ? "descending" : "ascending";
        act.announce(state.column < 0 ? "in the order of the answer" : `sorted by ${name}, ${way}`);
      } }, name, sign);
      return { cell: h("th", { scope: "col" }, button), sign };
    });

    function ordered() {
      if (state.column < 0) return answer.rows;
      const places = /** @type {Sure<object, import("./terms.js").Place>} */ (
        new Map(answer.rows.map((row) => [row, place(row[state.column])])));
      const way = state.down ? -1 : 1;
      return [...answer.rows].sort((first, second) => way * compare(places.get(first), places.get(second)));
    }

    function fill() {
      heads.forEach(({ cell: head, sign }, column) => {
        const sorted = column === state.column;
        if (sorted) head.setAttribute("aria-sort", state.down ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
        sign.textContent = sorted ? (state.down ? "▼" : "▲") : "";
      });
      body.replaceChildren(...ordered().slice(0, state.limit).map((row) => h("tr", {}, row.map(cell))));
      const left = answer.rows.length - state.limit;
      more.hidden = left <= 0;
      const next = Math.min(ROWS, left).toLocaleString("en-GB");
      more.textContent = `Show ${next} more of ${plural(Math.max(left, 0), "row")}`;
    }

    fill();
    return h("div", { class: "rows", role: "region", tabindex: "0", "aria-label": "Rows" },
      h("table", {}, h("caption", { class: "unseen" }, `${size(answer)}; the names of columns sort`),
        h("thead", {}, h("tr", {}, heads.map((head) => head.cell))), body), more);
  }

  /** @param {Results} answer */
  function text(answer) {
    const whole = turtle(answer.triples, namespaces);
    const shown = whole.length > LETTERS ? `${whole.slice(0, whole.lastIndexOf("\n", LETTERS))}\n…` : whole;
    return [
      h("pre", { class: "rows", role: "region", tabindex: "0", "aria-label": "Triples in Turtle" }, shown),
      shown !== whole && h("p", { class: "quiet" }, "The file holds the rest."),
    ];
  }

  /** @param {Results} answer */
  function buttons(answer) {
    const all = named(answer, records, namespaces);
    const count = all.of.length + all.statements.length;
    const words = [
      all.statements.length && plural(all.statements.length, "statement"),
      all.of.length && plural(all.of.length, "entity", "entities"),
    ].filter(Boolean).join(" and ");
    const show = () => {
      const [of, statements] = [all.of.slice(0, MOST), all.statements.slice(0, MOST)];
      act.go({ scene: chosen(of, statements), plus: [], minus: [], selected: null, ...(covers() ? { query: null } : {}) });
      if (of.length < all.of.length || statements.length < all.statements.length)
        act.notify(`An address holds no more: the first ${MOST.toLocaleString("en-GB")} of ${words} are shown.`);
      else act.announce(`Shown in the graph: ${words}`);
    };
    /** @param {string} label @param {string} title @param {() => void} onclick */
    const button = (label, title, onclick) => h("button", { type: "button", class: "button", title, onclick }, label);
    /** @param {string} label @param {string} title @param {keyof typeof TYPES} suffix @param {() => string} write */
    const file = (label, title, suffix, write) => button(label, title,
      () => download(new Blob([write()], { type: `${TYPES[suffix]};charset=utf-8` }), `trabecula-query.${suffix}`));
    const rows = answer.form === "select", triples = answer.form === "construct";
    return h("div", { class: "give" },
      count > 0 && button("Show these in the graph", words, show),
      rows && file("CSV", "Download the rows as CSV", "csv", () => csv(answer)),
      rows && file("JSON", "Download the rows as SPARQL results in JSON", "json", () => json(answer)),
      triples && file("Turtle", "Download the triples", "ttl", () => turtle(answer.triples, namespaces)));
  }

  /** @param {Results} answer */
  const warnings = (answer) => answer.warnings.length > 0 &&
    h("ul", { class: "warnings" }, answer.warnings.map((warning) => h("li", {}, warning)));

  return {
    clear: (words = "") => host.replaceChildren(...(words ? [h("p", { class: "empty quiet" }, words)] : [])),
    /** @param {Results & { milliseconds: number }} answer */
    show(answer) {
      const head = h("div", { class: "sum" },
        h("p", {}, answer.form !== "ask" && [h("strong", {}, size(answer)), " · "], duration(answer.milliseconds)),
        buttons(answer));
      const shown = answer.form === "ask" ? h("p", { class: "verdict-ask" }, answer.answer ? "Yes" : "No")
        : answer.form === "construct" ? text(answer)
          : answer.rows.length ? table(answer)
            : h("p", { class: "empty quiet" }, "No row fits the query.");
      host.replaceChildren(...[head, warnings(answer), shown].flat().filter((part) => part instanceof Node));
    },
  };
}
