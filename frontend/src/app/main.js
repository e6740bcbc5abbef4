// The page: one state, shown by a view, the legend, the panel and the address.

import { addressOf, arrival, told } from "./address.js";
import { bytes } from "./assets.js";
import { $, h, plural } from "../dom.js";
import { isTooMuch } from "../draw/instead.js";
import * as mechanism from "../draw/mechanism.js";
import * as overview from "../draw/overview.js";
import * as table from "../draw/table.js";
import * as embed from "./embed.js";
import * as keys from "./keys.js";
import * as legend from "./legend.js";
import { about } from "../panel/about.js";
import * as panel from "../panel/index.js";
import { past } from "./past.js";
import { graph as joined, sentence } from "../records.js";
import { leaves, near, visible } from "../scene.js";
import * as sceneBar from "./scene-bar.js";
import * as scenes from "../scenes.js";
import { inRows } from "../columns.js";
import * as search from "./search.js";
import { dark, printing } from "../shapes.js";
import * as sparql from "../sparql/panel.js";
import * as story from "./story.js";
import { surroundings } from "./surroundings.js";
import { expanded, hiding, pinning, start } from "../state.js";
import * as take from "../take/menu.js";

/** @type {[State["view"], string, { create(host: HTMLElement, act: Act, graph: Graph): View }, string][]} */
const VIEWS = [
  ["mechanism", "Mechanism", mechanism, "M"],
  ["overview", "Overview", overview, "O"],
  ["table", "Table", table, "T"],
];

const data = JSON.parse(new TextDecoder().decode(await bytes("data")));
for (const records of ["entities", "statements", "sources"]) data[records] = inRows(data[records]);
const graph = joined(data);

/** @type {Map<string, View>} */
const views = new Map(); // made when they are first shown
const been = past((hash) => {
  const notice = arrive(hash);
  show({ notice });
});
/** @type {State} */
let state;
/** @type {Model} what of the state is visible */
let model;

/** Take over the state that an address names; what is to be said of it. @param {string} hash */
function arrive(hash) {
  const { state: named, notice, unread } = arrival(graph, hash);
  state = named;
  // A browser is slow in all it does at an address of a million letters.
  if (unread) been.keep(addressOf(graph, state));
  return notice;
}

// --- Acts: each makes a new state ---------------------------------------------------------------

/** @param {State} next @param {{ silent?: boolean }} [how] */
function become(next, { silent = false } = {}) {
  const before = addressOf(graph, state), address = addressOf(graph, next);
  state = next;
  if (address !== before) been.push(address);
  show({ silent });
}

const entityOf = (/** @type {string} */ id) => graph.entity.get(id);

/** A mechanism of more statements can be drawn, but hardly followed by eye. */
const FOLLOWED = 250;

/**
 * The steps around an entity that are shown where nobody says how many: 1, or none where the mechanism of a hub and its
 * neighbours could hardly be read.
 * @param {string} id
 */
function readable(id) {
  const entity = entityOf(id);
  return entity && state.view === "mechanism" && near([entity], 1).length > FOLLOWED ? 0 : 1;
}

/**
 * What views, panels and keys may do.
 * @type {Act}
 */
const act = {
  go: (patch) => become({ ...state, ...patch }),
  choose(kind, id, { focus = false } = {}) {
    become({ ...state, selected: { kind, id }, ...(kind === "entity" ? { minus: state.minus.filter((other) => other !== id) } : {}) });
    const entity = kind === "entity" ? entityOf(id) : undefined, statement = entity ? undefined : graph.statement.get(id);
    if (entity && focus) current()?.reveal?.(entity);
    if (focus) parts.panel.focusHeading(); // which is read out
    else if (entity) act.announce(`${entity.name} selected`);
    else if (statement) act.announce(`${sentence(statement)} selected`);
  },
  /** Take over what changes while one types: no step to go back to, and nothing to draw anew. */
  keep(patch) {
    state = { ...state, ...patch };
    been.keep(addressOf(graph, state));
    notebook.tell(state);
  },
  clear: () => become({ ...state, selected: null }),
  back: been.back,
  /** Show a scene of the story, from 1. */
  tell(number) {
    const most = graph.story?.scenes.length ?? 0;
    if (number >= 1 && number <= most) become(told(graph, number, state.embed));
  },
  /** All statements, as a map where they are too many for a mechanism. */
  everything() {
    const many = isTooMuch(graph.entities.length, graph.statements.length);
    const view = state.view === "mechanism" && many ? "overview" : state.view;
    become({ ...state, view, scene: scenes.everything(), plus: [], minus: [], selected: null });
  },
  home: () => become({ ...start(), view: state.view, story: state.story, embed: state.embed }),
  expand: (id) => announced(become(expanded(state, id)), `${entityOf(id)?.name} expanded`),
  collapse(id) {
    const entity = entityOf(id);
    if (!entity) return;
    if (state.plus.includes(id)) become({ ...state, plus: state.plus.filter((other) => other !== id) });
    else become(hiding(state, leaves(model, entity).map((leaf) => leaf.id)));
    act.announce(`${entity.name} collapsed`);
  },
  hide: (id) => announced(become(hiding(state, [id])), `${entityOf(id)?.name} hidden`),
  pin: (id) => announced(become(pinning(state, id)), `${entityOf(id)?.name} ${state.pin.includes(id) ? "pinned" : "no longer pinned"}`),
  focus: (id, steps = readable(id)) =>
    become({ ...state, scene: scenes.near([id], steps), plus: [], minus: [], selected: { kind: "entity", id } }),
  view: (name) => become({ ...state, view: name }),
  announce(text) {
    // The same words twice are two messages.
    $("live").textContent = "";
    requestAnimationFrame(() => { $("live").textContent = text; });
  },
  notify(text) {
    $("notice").textContent = text;
    $("notice").hidden = !text;
  },
  /** A view calls it when what it was told to show is on the screen. */
  drawn() {
    document.documentElement.dataset.ready = "true";
    document.documentElement.dataset.still = "true";
    document.documentElement.dataset.drawn ??= String(Math.round(performance.now()));
    parts.story.drawn();
  },
};
/** @param {unknown} _ @param {string} words */
const announced = (_, words) => act.announce(words);
const notebook = surroundings({ graph, state: () => state, become });

// --- Parts --------------------------------------------------------------------------------------

const parts = {
  legend: legend.create($("filters"), act, graph),
  panel: panel.create($("panel"), act, graph),
  scene: sceneBar.create($("scene"), act, graph),
  sparql: graph.queries.length ? sparql.create($("drawer"), act, graph) : { show() {} },
  take: take.create($("dialog"), act, graph),
  story: graph.story ? story.create($("story"), act, graph) : { show() {}, drawn() {}, paper() {} },
  caption: embed.create($("caption")),
};

search.create($("search"), $("found"), graph, (entity) => {
  const shown = model.entities.includes(entity);
  if (shown) act.choose("entity", entity.id, { focus: true });
  else {
    act.focus(entity.id);
    parts.panel.focusHeading();
  }
});

const viewButtons = new Map(VIEWS.map(([name, label, , key]) => [name, h("button", {
  type: "button", title: `${label} (${key})`, "data-view": name, onclick: () => act.view(name),
}, label)]));
$("views").append(...viewButtons.values());

/** @type {[Scene["kind"], string, string, () => Scene][]} */
const asked = [
  ["paths", "Paths", "How one thing acts on another", () => scenes.paths(selectedEntity(), "")],
  ["whatif", "What if", "What would follow if something rose or fell", () => scenes.whatif({ down: [selectedEntity()].filter(Boolean) })],
  ["loops", "Loops", "Feedback loops", () => scenes.loops()],
  ["conflicts", "Conflicts", "Where the sources disagree", () => scenes.conflicts()],
];
const selectedEntity = () => (state.selected?.kind === "entity" ? state.selected.id : "");
const sceneButtons = new Map(asked.map(([kind, label, words, scene]) => [kind, h("button", {
  type: "button", title: words, "data-scene": kind,
  onclick: () => act.go({ scene: scene(), plus: [], minus: [], selected: null }),
}, label)]));
const undo = h("button", { type: "button", id: "undo", title: "Undo (Backspace, or the browser's back)", onclick: act.back }, "↶ Undo");
const query = h("button", { type: "button", id: "ask", title: "Ask in SPARQL (Q)", "aria-expanded": "false",
  onclick: () => act.go({ query: state.query === null ? "" : null }) }, "SPARQL");
$("bar").append(
  undo, ...sceneButtons.values(), ...(graph.queries.length ? [query] : []),
  h("button", { type: "button", id: "take", "aria-haspopup": "dialog",
    onclick: () => parts.take.open(model, views.get(state.view)) }, "Take away"),
  h("button", { type: "button", id: "about", "aria-haspopup": "dialog",
    onclick: () => about($("dialog"), graph, act, () => state.lens) }, "About"));

/** @returns {any} the view that is shown */
const current = () => views.get(state.view);
$("zoom-in").addEventListener("click", () => current().zoom(1.3));
$("zoom-out").addEventListener("click", () => current().zoom(1 / 1.3));
$("fit").addEventListener("click", () => current().fit());
document.querySelector(".skip")?.addEventListener("click", (event) => {
  event.preventDefault(); // the address belongs to the state
  $("panel").focus();
});

keys.listen({
  act,
  state: () => state,
  view: current,
  search: () => $("search").focus(),
});

// --- Showing ------------------------------------------------------------------------------------

/** @param {State["view"]} name */
function viewOf(name) {
  const existing = views.get(name);
  if (existing) return existing;
  const [, , module] = VIEWS.find(([key]) => key === name) ?? VIEWS[0];
  const view = module.create($(name), act, graph);
  views.set(name, view);
  return view;
}

function show({ silent = false, notice = "" } = {}) {
  model = visible(graph, state);
  delete document.documentElement.dataset.still;
  for (const [name, button] of viewButtons) button.setAttribute("aria-pressed", String(name === state.view));
  for (const [kind, button] of sceneButtons) button.setAttribute("aria-pressed", String(kind === state.scene.kind));
  query.setAttribute("aria-expanded", String(state.query !== null));
  undo.disabled = been.depth === 0;
  for (const [name] of VIEWS) {
    $(name).hidden = name !== state.view;
    if (name !== state.view) views.get(name)?.hide();
  }
  $("tools").hidden = state.view === "table";
  act.notify(notice);
  $("tip").hidden = true;
  parts.caption.show(model);
  parts.story.show(model);
  parts.scene.show(model);
  parts.legend.show(model);
  const told = parts.panel.show(model);
  parts.sparql.show(model);
  viewOf(state.view).show(model);
  notebook.tell(state);
  const shown = `${plural(model.statements.length, "statement")} and ${plural(model.entities.length, "entity", "entities")} shown`;
  if (!silent) act.announce(told ? `${told}. ${shown}` : shown);
}

const scheme = matchMedia("(prefers-color-scheme: dark)");
scheme.addEventListener("change", () => show({ silent: true }));

/** Paper is white, whatever the screen is. @param {boolean} yes */
function onPaper(yes) {
  const before = dark();
  printing(yes);
  if (dark() !== before) show({ silent: true });
  if (yes) parts.story.paper();
}
addEventListener("beforeprint", () => onPaper(true));
addEventListener("afterprint", () => onPaper(false));

let resized = 0;
new ResizeObserver(() => {
  cancelAnimationFrame(resized);
  resized = requestAnimationFrame(() => current()?.resize?.());
}).observe($("stage"));

const narrow = matchMedia("(max-width: 900px)");
const fold = () => { $("legend").open = !narrow.matches; };
narrow.addEventListener("change", fold);
fold();

show({ silent: true, notice: arrive(location.hash) });
