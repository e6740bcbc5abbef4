// The drawer in which the graph is asked in SPARQL: the shipped queries with their parameters, an
// editor, and the answer. Parts that weigh something, the editor and the engine, start when it is
// opened; a link that opens it starts no engine and runs nothing.

import { inline, text as script } from "../assets.js";
import { $, h } from "../dom.js";
import { matches } from "../find.js";
import { create as answers, duration, size } from "./answer.js";
import { choice } from "./choice.js";
import { SECONDS, ask, facts, listen, prepare, rest, start, stop } from "./client.js";
import { complete, vocabulary } from "./completion.js";
import { bind, suited, suiting, unfilled } from "./library.js";
import { lint } from "./lint.js";
import { names, subjects } from "./terms.js";

const LIMITS = [[10, "10 s"], [SECONDS, "30 s"], [120, "2 min"], [600, "10 min"]];
/** The query that an empty drawer opens with. */
const FIRST = "who-requires";
/** Heights in pixels: the least that shows a query and an answer, and what stays of the graph. */
const LEAST = 190, LEFT = 120, STEP = 24;
/** How long the engine waits behind a closed drawer, in milliseconds. */
const REST = 120_000;
/** Below this width the answer stands under the query. */
const NARROW = 640;

const MAC = /Mac|iP(hone|ad|od)/.test(navigator.platform);
const HINT = "SELECT ?what WHERE { ?what tb:requires entity:magnesium }";
const LEAVE = "Tab leaves the editor. Control and Enter run the query. Control and space complete a word.";

/**
 * @param {HTMLElement} host the element of the drawer
 * @param {object} act
 * @param {object} graph the graph of `records.js`
 */
export function create(host, act, graph) {
  prepare(graph);
  const known = names(graph.prefixes);
  let drawer = null; // made when it is first opened
  let first = true;
  let tired = 0;

  return {
    show({ state: { query } }) {
      const link = first && query !== null;
      first = false;
      if (query === null) {
        if (!host.hidden) close();
        return;
      }
      drawer ??= furnish(host, act, graph, known);
      const fresh = host.hidden;
      host.hidden = false;
      clearTimeout(tired);
      drawer.show(query, fresh);
      if (link) return;
      drawer.wake();
      if (fresh) drawer.focus();
    },
    close,
  };

  function close() {
    const within = host.contains(document.activeElement);
    host.hidden = true;
    stop(); // nobody waits for the answer any more
    tired = setTimeout(rest, REST);
    if (within) $("ask")?.focus();
  }
}

function furnish(host, act, graph, known) {
  const records = subjects(graph, known);
  const context = { graph, known };
  let words = vocabulary(graph, known);
  let learning = null, learnt = false;
  let editor = null;
  let pending = ""; // what the editor gets once it is there
  let kept = null; // the text that the state has
  let chosen = null; // the query of the library that the form is about
  let written = ""; // the text that the form wrote last
  let gap = null; // what is wrong with the values of the form
  let values = new Map();
  let timer = 0;

  const text = () => (editor ? editor.text() : pending);

  // --- Parts ------------------------------------------------------------------------------------

  const engine = h("p", { class: "engine quiet" });
  const library = choice({
    label: "Examples",
    hint: `Choose one of ${graph.queries.length} examples`,
    nothing: "No example has these words.",
    rows: (typed) => suited(graph.queries, typed).map((query) => ({ title: query.title, value: query })),
    take: ({ value }) => take(value),
  });
  const form = h("div", { class: "parameters", hidden: true });
  const sheet = h("div", { class: "sheet" });
  const mistake = h("p", { class: "mistake", role: "alert", hidden: true });
  const runButton = h("button", { type: "button", class: "button main", title: "Run the query (Ctrl+Enter)", onclick: run }, "Run");
  const stopButton = h("button", { type: "button", class: "button", title: "Stop the query; the engine starts anew, which takes a moment", onclick: stop, hidden: true }, "Stop");
  const limit = h("select", { class: "field", "aria-label": "Time limit" }, LIMITS.map(([seconds, label]) => h("option", { value: seconds, selected: seconds === SECONDS }, label)));
  const elapsed = h("span", { class: "elapsed quiet" });
  const answer = h("div", { class: "answer" });
  const answered = answers(answer, act, records, known);
  const grip = h("div", { class: "grip", role: "separator", tabindex: "0", "aria-orientation": "horizontal", "aria-label": "Height of the query drawer" });
  const shut = h("button", { type: "button", class: "close", "aria-label": "Close the query drawer", onclick: () => act.go({ query: null }) }, "×");

  host.replaceChildren(
    grip,
    h("div", { class: "top" }, h("h2", {}, "SPARQL"), library.element, engine, shut),
    h("div", { class: "both" },
      h("div", { class: "asking" }, form, sheet, mistake,
        h("div", { class: "buttons" }, runButton, stopButton, h("kbd", { "aria-hidden": "true" }, MAC ? "⌘ Enter" : "Ctrl Enter"), h("label", { class: "limit" }, h("span", {}, "at most"), limit), elapsed)),
      answer));
  answered.clear("The answer will stand here. Choose an example or write a query, then run it.");

  // --- Text ---------------------------------------------------------------------------------------

  const loading = loadEditor();

  async function loadEditor() {
    if (!globalThis.trabeculaEditor) inline(await script("editor"));
    editor = globalThis.trabeculaEditor.create(sheet, {
      label: "Query in SPARQL",
      description: LEAVE,
      hint: HINT,
      complete: (query, at, asked) => complete(query, at, words, asked),
      changed,
      run,
      leave: () => (runButton.hidden ? stopButton : runButton).focus(),
    });
    editor.write(pending);
  }

  function changed(query) {
    say(null);
    editor.mark([]);
    keep(query);
    note();
  }

  /** Keep a text in the address, a moment after the last key. */
  function keep(query) {
    clearTimeout(timer);
    timer = setTimeout(() => settle(query), 400);
  }

  function settle(query) {
    clearTimeout(timer);
    if (host.hidden || query === kept) return;
    kept = query;
    act.keep({ query });
  }

  function write(query) {
    pending = query;
    editor?.write(query);
    editor?.mark([]);
    say(null);
  }

  // --- Examples -----------------------------------------------------------------------------------

  function take(query) {
    chosen = suiting(query, graph);
    values = new Map();
    library.write(query.title);
    form.replaceChildren(...chosen.parameters.map(fieldOf), restore);
    form.hidden = !chosen.parameters.length;
    fill();
  }

  const restore = h("button", { type: "button", class: "button", hidden: true, onclick: () => {
    fill();
    act.announce("The query is as the example has it");
  } }, "Undo my changes to the text");

  /** Write the example with the values of the form. */
  function fill() {
    gap = null;
    try {
      written = bind(chosen, values, context);
    } catch (error) {
      gap = error;
      written = unfilled(chosen, values, context);
    }
    write(written);
    keep(written);
    for (const field of form.querySelectorAll("[data-parameter]")) field.setAttribute("aria-invalid", String(field.dataset.parameter === gap?.parameter));
    if (gap && values.get(gap.parameter)) say(gap);
    note();
  }

  /** Say that the form no longer speaks for the text, where that is so. */
  function note() {
    const own = Boolean(chosen) && text() !== written;
    restore.hidden = !own;
    for (const field of form.querySelectorAll("[data-parameter]")) field.disabled = own;
  }

  function fieldOf(parameter) {
    const { name, type, description } = parameter;
    const set = (value) => {
      values.set(name, value);
      fill();
    };
    const box = field(parameter, set);
    box.input.dataset.parameter = name;
    return h("label", { title: description }, h("span", {}, `${name}: ${description}`), box.element ?? box.input, type === "text" && !parameter.default && h("small", {}, "needed"));
  }

  function field({ name, type, default: usual, description }, set) {
    if (type === "entity" || type === "source") {
      const rows = type === "entity" ? entityRows : sourceRows;
      const box = choice({ label: `${name}: ${description}`, rows, nothing: "Nothing in this graph is called that.", take: ({ value }) => set(value), typed: set });
      box.write(type === "entity" ? (graph.entity.get(usual)?.name ?? usual ?? "") : (usual ?? ""));
      return { input: box.box, element: box.element };
    }
    const listed = { predicate: graph.words.predicates, status: graph.words.statuses, topic: graph.words.topics }[type];
    if (listed) {
      const keys = new Set([...(usual ? [usual] : []), ...listed.keys()].filter(Boolean));
      const input = h("select", { class: "field", onchange: () => set(input.value) },
        !usual && h("option", { value: "" }, "choose"),
        [...keys].map((key) => h("option", { value: key, selected: key === usual }, listed.get(key)?.label ?? key)));
      return { input };
    }
    const input = h("input", {
      class: "field", type: type === "integer" ? "number" : "text", min: type === "integer" ? 0 : null, value: usual ?? "", spellcheck: "false",
      oninput: () => set(input.value),
    });
    return { input };
  }

  const entityRows = (typed) => (typed ? matches(graph, typed, 20).map(({ entity }) => entity) : graph.entities.slice(0, 200))
    .map((entity) => ({ title: entity.name, detail: graph.words.categories?.get(entity.category)?.label, value: entity.id }));

  function sourceRows(typed) {
    const wanted = typed.toLowerCase();
    return [...graph.sources.values()]
      .filter((source) => [source.id, source.title, source.year].some((one) => one.toLowerCase().includes(wanted)))
      .slice(0, 200)
      .map((source) => ({ title: source.id, detail: [source.title, source.year].filter(Boolean).join(", "), value: source.id }));
  }

  // --- Asking -------------------------------------------------------------------------------------

  let clock = 0;
  let asked = 0; // only the answer to the last question is shown

  async function run() {
    const query = text();
    if (gap && query === written) {
      say(gap);
      form.querySelector(`[data-parameter="${gap.parameter}"]`)?.focus();
      return;
    }
    const turn = ++asked;
    settle(query);
    say(null);
    editor?.mark([]);
    const begun = performance.now();
    const tick = () => { elapsed.textContent = duration(performance.now() - begun); };
    clearInterval(clock);
    clock = setInterval(tick, 100);
    busy(true);
    answered.clear("Asking …");
    try {
      const result = await ask(query, Number(limit.value));
      if (turn !== asked) return;
      learn();
      if (learnt) result.warnings.push(...lint(query, graph, words));
      answered.show(result);
      act.announce(`${size(result)} in ${duration(result.milliseconds)}${result.warnings.length ? `. Warning: ${result.warnings.join(". ")}` : ""}`);
    } catch (error) {
      if (turn !== asked) return;
      const stopped = error.message === "stopped";
      const took = duration(performance.now() - begun);
      answered.clear(stopped ? `Stopped after ${took}. The engine starts anew; that takes a moment.` : "No answer.");
      if (stopped) act.announce(`Stopped after ${took}`);
      else say(error);
    } finally {
      if (turn === asked) {
        clearInterval(clock);
        elapsed.textContent = "";
        busy(false);
      }
    }
  }

  function busy(yes) {
    const within = document.activeElement === (yes ? runButton : stopButton);
    runButton.hidden = yes;
    stopButton.hidden = !yes;
    answer.setAttribute("aria-busy", String(yes));
    if (within) (yes ? stopButton : runButton).focus();
  }

  /** Say what is wrong with the query, and mark the place. */
  function say(error) {
    mistake.hidden = !error;
    mistake.replaceChildren();
    if (!error) return;
    const place = error.mistake;
    if (!place) {
      mistake.append(error.message);
      return;
    }
    mistake.append(
      h("button", { type: "button", class: "lead", onclick: () => editor?.go(place.start), title: "Go to the place" }, `line ${place.line}, column ${place.column}`),
      `: ${place.message}`);
    editor?.mark([place]);
  }

  /** Ask once which terms the RDF uses, for completion and warnings. */
  function learn() {
    learning ??= facts().then((said) => {
      words = vocabulary(graph, known, said);
      learnt = true;
    }, () => { learning = null; });
  }

  // --- The drawer -------------------------------------------------------------------------------

  const phases = {
    off: () => "the engine starts with the first question",
    starting: () => "starting the engine …",
    ready: ({ triples }) => `ready, ${triples.toLocaleString("en-GB")} triples`,
    asking: () => "asking …",
  };
  listen((now) => {
    engine.textContent = phases[now.phase](now);
    host.dataset.engine = now.phase;
  });

  let height = 0;

  /** Give the drawer a height between its bounds. */
  function stretch(wanted) {
    const room = host.parentElement.clientHeight;
    const most = Math.max(LEAST, room - LEFT);
    height = Math.round(Math.min(most, Math.max(LEAST, wanted)));
    host.style.setProperty("--height", `${height}px`);
    for (const [name, value] of [["valuemin", LEAST], ["valuemax", most], ["valuenow", height]]) grip.setAttribute(`aria-${name}`, String(value));
    grip.setAttribute("aria-valuetext", `${height} pixels`);
  }

  grip.addEventListener("pointerdown", (event) => {
    const { clientY } = event, from = host.offsetHeight;
    grip.setPointerCapture(event.pointerId);
    const move = (to) => stretch(from + clientY - to.clientY);
    grip.addEventListener("pointermove", move);
    grip.addEventListener("lostpointercapture", () => grip.removeEventListener("pointermove", move), { once: true });
    event.preventDefault();
  });
  grip.addEventListener("keydown", (event) => {
    const to = { ArrowUp: height + STEP, ArrowDown: height - STEP, PageUp: height + 5 * STEP, PageDown: height - 5 * STEP, Home: Infinity, End: LEAST }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    stretch(to);
  });

  host.addEventListener("keydown", (event) => {
    if (event.defaultPrevented) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run();
    else if (event.key === "Escape") act.go({ query: null });
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  new ResizeObserver(() => host.classList.toggle("narrow", host.clientWidth < NARROW)).observe(host);

  /** Start the engine. Opened by a link, the drawer waits for the reader to do something in it. */
  function wake() {
    host.removeEventListener("focusin", wake);
    start().then(learn, say);
  }
  host.addEventListener("focusin", wake);

  return {
    wake,
    // On a touch screen the editor would bring the keyboard with it.
    focus: () => (matchMedia("(pointer: coarse)").matches ? shut.focus() : loading.then(() => host.hidden || editor.focus())),
    show(query, fresh) {
      if (fresh) stretch(height || host.parentElement.clientHeight * 0.5);
      if (query === kept) return;
      if (query === "" && text()) {
        // Opened again: what was written is still there.
        kept = query;
        settle(text());
      } else if (query === "" && !text() && fresh) {
        kept = query;
        take(graph.queries.find((one) => one.name === FIRST) ?? graph.queries[0]);
      } else {
        kept = query;
        write(query);
        note();
      }
    },
  };
}
