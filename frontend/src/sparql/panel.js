// The drawer in which the graph is asked in SPARQL: the shipped queries with their parameters, an
// editor, and the answer. Parts that weigh something, the editor and the engine, start when it is
// opened; a link that opens it starts no engine and runs nothing.

import { inline, text as script } from "../app/assets.js";
import { $, h, plural } from "../dom.js";
import { create as answers, duration, size } from "./answer.js";
import { choice } from "./choice.js";
import { SECONDS, ask, facts, listen, prepare, rest, start, stop } from "./client.js";
import { complete, vocabulary } from "./completion.js";
import { grip } from "./grip.js";
import { suited } from "./library.js";
import { lint } from "./lint.js";
import { parameters } from "./parameters.js";
import { names, subjects } from "./terms.js";

const LIMITS = [[10, "10 s"], [SECONDS, "30 s"], [120, "2 min"], [600, "10 min"]];
/** The query that an empty drawer opens with. */
const FIRST = "who-requires";
/** How long the engine waits behind a closed drawer, in milliseconds. */
const REST = 120_000;
/** Below this width the answer stands under the query. */
const NARROW = 640;
/** How long after the last key a text is kept in the address, in milliseconds. */
const PAUSE = 400;

/**
 * What the editor needs of the drawer.
 * @typedef {Pick<Parameters<NonNullable<typeof trabeculaEditor>["create"]>[1], "complete" | "run" | "leave">
 *   & { changed: () => void }} Written
 * @typedef {ReturnType<typeof paper>} Paper
 * @typedef {Results & { milliseconds: number }} Asked
 * @typedef {Error & { mistake?: import("./tokens.js").Mistake | null, parameter?: string }} Fault  of a query, or of a
 *   parameter's value
 * @typedef {object} Parts
 * @property {DrawerAct} act
 * @property {HTMLElement} answer
 * @property {ReturnType<typeof answers>} shown
 * @property {Paper} sheet
 * @property {ReturnType<typeof parameters>} form
 * @property {ReturnType<typeof mistakes>} problem
 * @property {Graph} graph
 * @property {ReturnType<typeof learner>} words
 */
const MAC = /Mac|iP(hone|ad|od)/.test(globalThis.navigator?.platform ?? "");
const HINT = "SELECT ?statement WHERE { ?statement tb:status \"contested\" }";
const LEAVE = "Tab leaves the editor. Control and Enter run the query. Control and space complete a word.";

/**
 * @param {HTMLElement} host the element of the drawer
 * @param {DrawerAct} act
 * @param {Graph} graph the graph of `records.js`
 */
export function create(host, act, graph) {
  prepare(graph);
  /** @type {ReturnType<typeof furnished> | null} */
  let drawer = null; // made when it is first opened
  let first = true;
  let tired = 0;

  function close() {
    const within = host.contains(document.activeElement);
    host.hidden = true;
    stop(); // nobody waits for the answer any more
    tired = setTimeout(rest, REST);
    if (within) $("ask")?.focus();
  }

  return {
    /** @param {Model} model */
    show({ state: { query } }) {
      const link = first && query !== null;
      first = false;
      if (query === null) {
        if (!host.hidden) close();
        return;
      }
      drawer ??= furnished(host, act, graph);
      const fresh = Boolean(host.hidden);
      host.hidden = false;
      clearTimeout(tired);
      drawer.show(query, fresh);
      if (link) return;
      drawer.wake();
      if (fresh) drawer.focus();
    },
    close,
  };
}

/** The drawer with everything in it. @param {HTMLElement} host @param {DrawerAct} act @param {Graph} graph */
function furnished(host, act, graph) {
  const namespaces = names(graph.prefixes);
  const words = learner(graph, namespaces);
  const sheet = paper(act, host, {
    complete: (/** @type {string} */ query, /** @type {number} */ at, /** @type {boolean} */ asked) =>
      complete(query, at, words.now, asked),
    changed() {
      problem.say(null);
      form.compare(sheet.text());
    },
    run: () => asking.run(),
    leave: () => asking.focus(),
  });
  const problem = mistakes(sheet);
  const form = parameters({ graph, namespaces, write(query, wrong) {
    sheet.write(query);
    sheet.keep(query);
    problem.say(wrong);
    form.compare(query);
  } });
  const answer = h("div", { class: "answer" });
  const shown = answers(answer, act, subjects(graph, namespaces), namespaces);
  const asking = runner({ act, answer, shown, sheet, form, problem, graph, words });
  const edge = grip(host);
  const library = choice({
    label: "Examples",
    hint: `Choose one of ${plural(graph.queries.length, "example")}`,
    nothing: "No example has these words.",
    rows: (typed) => suited(graph.queries, typed).map((query) => ({ title: query.title, value: query })),
    take: ({ value }) => take(value),
  });
  const close = () => act.go({ query: null });
  const shut = h("button", {
    type: "button", class: "close", "aria-label": "Close the query drawer", title: "Close (Esc)", onclick: close,
  }, "×");

  /** @param {Query} query */
  function take(query) {
    library.write(query.title);
    form.take(query);
  }

  host.replaceChildren(
    edge.element,
    h("div", { class: "top" }, h("h2", {}, "SPARQL"), library.element, engine(host), shut),
    h("div", { class: "both" },
      h("div", { class: "asking" }, form.element, sheet.element, problem.element, asking.element),
      answer));
  shown.clear("The answer will stand here. Choose an example or write a query, then run it.");

  host.addEventListener("keydown", (event) => {
    if (event.defaultPrevented) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) asking.run();
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  new ResizeObserver(() => host.classList.toggle("narrow", host.clientWidth < NARROW)).observe(host);

  /** Start the engine. Opened by a link, the drawer waits for the reader to do something in it. */
  function wake() {
    host.removeEventListener("focusin", wake);
    start().then(words.learn, problem.say);
  }
  host.addEventListener("focusin", wake);

  return {
    wake,
    // On a touch screen the editor would bring the keyboard with it.
    focus: () => (matchMedia("(pointer: coarse)").matches ? shut.focus() : sheet.focus()),
    /** @param {string} query @param {boolean} fresh */
    show(query, fresh) {
      if (fresh) edge.settle();
      if (sheet.kept(query)) return;
      if (query) {
        sheet.write(query);
        problem.say(null);
        form.compare(query);
      } else if (sheet.text()) sheet.settle(); // opened again: what was written is still there
      else if (fresh) take(graph.queries.find((query) => query.name === FIRST) ?? graph.queries[0]);
    },
  };
}

// --- Parts ----------------------------------------------------------------------------------------

/** What the engine does, in words. @param {HTMLElement} host */
function engine(host) {
  const element = h("p", { class: "engine quiet" });
  /** @type {Record<Phase["phase"], (now: Phase) => string>} */
  const phases = {
    off: () => "the engine starts with the first question",
    starting: () => "starting the engine …",
    ready: ({ triples }) => `ready, ${plural(triples, "triple")}`,
    asking: () => "asking …",
  };
  listen((now) => {
    element.textContent = phases[now.phase](now);
    host.dataset.engine = now.phase;
  });
  return element;
}

/**
 * The words for completion and warnings: those of the page, then those that its RDF uses as well.
 * @param {Graph} graph
 * @param {Names} namespaces
 */
function learner(graph, namespaces) {
  const words = { now: vocabulary(graph, namespaces), whole: false, learn };
  /** @type {Promise<void> | null} */
  let learning = null;
  function learn() {
    learning ??= facts().then((learnt) => {
      words.now = vocabulary(graph, namespaces, learnt);
      words.whole = true;
    }, () => { learning = null; });
  }
  return words;
}

/**
 * The editor, and its text in the address.
 * @param {DrawerAct} act
 * @param {HTMLElement} host
 * @param {Written} written
 */
function paper(act, host, { complete: completed, changed, run, leave }) {
  const element = h("div", { class: "sheet" });
  /** @type {Editor | undefined} */
  let editor;
  let pending = ""; // what the editor gets once it is there
  /** @type {string | null} */
  let kept = null; // the text that the address has
  let timer = 0;

  const loading = (async () => {
    if (!globalThis.trabeculaEditor) inline(await script("editor"));
    const typed = () => {
      editor?.mark([]);
      keep(text());
      changed();
    };
    editor = /** @type {NonNullable<typeof trabeculaEditor>} */ (globalThis.trabeculaEditor).create(element, {
      label: "Query in SPARQL", description: LEAVE, hint: HINT, complete: completed, changed: typed, run, leave,
    });
    editor.write(pending);
  })();

  const text = () => (editor ? editor.text() : pending);

  /** Keep a text in the address, a moment after the last key. @param {string} query */
  function keep(query) {
    clearTimeout(timer);
    timer = setTimeout(() => settle(query), PAUSE);
  }

  function settle(query = text()) {
    clearTimeout(timer);
    if (host.hidden || query === kept) return;
    kept = query;
    act.keep({ query });
  }

  return {
    element,
    text,
    keep,
    settle,
    /** Whether the address had this text already; it has from now on. */
    kept(/** @type {string} */ query) {
      const same = query === kept;
      kept = query;
      return same;
    },
    write(/** @type {string} */ query) {
      pending = query;
      editor?.write(query);
      editor?.mark([]);
    },
    mark: (/** @type {Parameters<Editor["mark"]>[0]} */ places) => editor?.mark(places),
    go: (/** @type {number} */ place) => editor?.go(place),
    focus: () => loading.then(() => host.hidden || editor?.focus()),
  };
}

/** What is wrong with the query, in words and marked in the editor. @param {Paper} sheet */
function mistakes(sheet) {
  const element = h("p", { class: "mistake", role: "alert", hidden: true });
  /** @param {Fault | null} error */
  function say(error) {
    const place = error?.mistake;
    sheet.mark(place ? [place] : []);
    element.hidden = !error;
    if (!error) element.replaceChildren();
    else if (!place) element.replaceChildren(error.message);
    else {
      const go = h("button", {
        type: "button", class: "lead", title: "Go to the place", onclick: () => sheet.go(place.start),
      }, `line ${place.line}, column ${place.column}`);
      element.replaceChildren(go, `: ${place.message}`);
    }
  }
  return { element, say };
}

/** The buttons that ask and stop, and what comes of it. @param {Parts} parts */
function runner({ act, answer, shown, sheet, form, problem, graph, words }) {
  /** @param {string} label @param {Record<string, any>} attributes */
  const button = (label, attributes) => h("button", { type: "button", ...attributes }, label);
  const go = button("Run", { class: "button main", title: "Run the query (Ctrl+Enter)", onclick: run });
  const halt = button("Stop", {
    class: "button", title: "Stop the query; the engine starts anew, which takes a moment", onclick: stop, hidden: true,
  });
  const limit = h("select", { class: "field", "aria-label": "Time limit" },
    LIMITS.map(([seconds, label]) => h("option", { value: seconds, selected: seconds === SECONDS }, label)));
  const elapsed = h("span", { class: "elapsed quiet" });
  const element = h("div", { class: "buttons" },
    go, halt, h("kbd", { "aria-hidden": "true" }, MAC ? "⌘ Enter" : "Ctrl Enter"),
    h("label", { class: "limit" }, h("span", {}, "at most"), limit), elapsed);
  let asked = 0; // only the answer to the last question is shown

  async function run() {
    const query = sheet.text();
    const missing = form.missing(query);
    problem.say(missing);
    if (missing) {
      form.focus(missing.parameter);
      return;
    }
    const turn = ++asked;
    sheet.settle();
    const over = busy();
    shown.clear("Asking …");
    try {
      const result = await ask(query, Number(limit.value));
      if (turn === asked) tell(query, result);
    } catch (error) {
      if (turn === asked) fail(/** @type {Fault} */ (error), over.elapsed());
    } finally {
      over.end(turn === asked);
    }
  }

  /** @param {string} query @param {Asked} result */
  function tell(query, result) {
    words.learn();
    if (words.whole) result.warnings.push(...lint(query, graph, words.now));
    shown.show(result);
    const warned = result.warnings.length ? `. Warning: ${result.warnings.join(". ")}` : "";
    act.announce(`${size(result)} in ${duration(result.milliseconds)}${warned}`);
  }

  /** @param {Fault} error @param {string} took */
  function fail(error, took) {
    if (error.message !== "stopped") {
      shown.clear("No answer.");
      problem.say(error);
      return;
    }
    shown.clear(`Stopped after ${took}. The engine starts anew; that takes a moment.`);
    act.announce(`Stopped after ${took}`);
  }

  /** Show that a question is being answered, and since when. */
  function busy() {
    const begun = performance.now();
    const since = () => duration(performance.now() - begun);
    const clock = setInterval(() => { elapsed.textContent = since(); }, 100);
    swap(go, halt);
    answer.setAttribute("aria-busy", "true");
    return {
      elapsed: since,
      /** @param {boolean} last whether it was the last question */
      end(last) {
        clearInterval(clock);
        if (!last) return;
        elapsed.textContent = "";
        swap(halt, go);
        answer.setAttribute("aria-busy", "false");
      },
    };
  }

  /**
   * One button in the place of another, with the focus if that had it.
   * @param {HTMLElement} gone
   * @param {HTMLElement} come
   */
  function swap(gone, come) {
    const focused = document.activeElement === gone;
    gone.hidden = true;
    come.hidden = false;
    if (focused) come.focus();
  }

  return { element, run, focus: () => (go.hidden ? halt : go).focus() };
}
