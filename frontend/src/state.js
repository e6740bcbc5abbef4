// What is shown, as one value, and that value as an address and back. Unknown parts of an address
// are left aside: a link from another version still shows what it can.

import { CHOICES, CLEAR } from "./reason/lens.js";
import { chosen, conflicts, core, everything, LEAST, loops, MOST, near, paths, STEPS, whatif } from "./scenes.js";

/** @type {State["view"][]} */
export const VIEWS = ["mechanism", "overview", "table"];
/** @type {Field[]} */
export const FIELDS = ["category", "group", "predicate", "status", "topic", "study", "species"];
/** Letters of the longest query that is kept in an address: none that is longer can be asked. */
export const LONGEST_QUERY = 64 * 1024;
/** @type {("up" | "down" | "fixed")[]} */
export const DIRECTIONS = ["up", "down", "fixed"];

const none = () => /** @type {State["hidden"]} */ (
  Object.fromEntries(FIELDS.map((field) => [field, /** @type {string[]} */ ([])])));

/**
 * The state of a page that was just opened.
 * @returns {State}
 */
export const start = () => ({
  view: "mechanism",
  scene: core(),
  plus: [],
  minus: [],
  pin: [],
  hidden: none(),
  min: 0,
  selected: null,
  loose: false,
  lens: CLEAR,
  query: null,
  story: null,
  embed: false,
});

/** The state as the part of an address behind `#`; what is as at the start is left out. @param {State} state */
export function encode(state) {
  const parameters = new URLSearchParams();
  const add = (/** @type {string} */ name, /** @type {string[]} */ values) => values.forEach((value) => parameters.append(name, value));
  if (state.view !== "mechanism") parameters.set("view", state.view);
  const { scene } = state;
  if (scene.kind !== "core") parameters.set("scene", scene.kind);
  if (scene.kind === "near") add("of", scene.of);
  if (scene.kind === "paths") {
    for (const name of /** @type {const} */ (["from", "to"])) if (scene[name]) parameters.set(name, scene[name]);
    if (scene.path !== null && scene.path !== undefined) parameters.set("path", String(scene.path + 1));
  }
  if (scene.kind === "whatif") {
    for (const way of DIRECTIONS) add(way, scene[way]);
    add("follow", scene.status);
  }
  if ("steps" in scene && scene.steps !== STEPS[scene.kind]) parameters.set("steps", String(scene.steps));
  if ((scene.kind === "loops" || scene.kind === "conflicts") && scene.id) parameters.set("id", scene.id);
  if (scene.kind === "chosen") {
    add("of", scene.of);
    add("with", scene.statements);
  }
  add("plus", state.plus);
  add("minus", state.minus);
  add("pin", state.pin);
  for (const field of FIELDS) add(`hide-${field}`, state.hidden[field]);
  if (state.min) parameters.set("min", String(state.min));
  if (state.loose) parameters.set("loose", "yes");
  if (state.lens.trust.length) parameters.set("trust", state.lens.trust.join());
  add("without", state.lens.without);
  if (state.selected) parameters.set(state.selected.kind, state.selected.id);
  if (state.query !== null) parameters.set("query", state.query.length > LONGEST_QUERY ? "" : state.query);
  if (state.story !== null) parameters.set("story", String(state.story));
  if (state.embed) parameters.set("embed", "1");
  // Readable where a colon or a comma does no harm.
  return parameters.toString().replaceAll("%3A", ":").replaceAll("%2C", ",");
}

/**
 * The state that an address names. Never throws: what it does not know is as at the start.
 * @param {string} text
 */
export function decode(text) {
  const parameters = new URLSearchParams(text.replace(/^#/, ""));
  const state = start();
  /** @param {string} name */
  const single = (name) => parameters.get(name) ?? "";
  /** @param {string} name */
  const all = (name) => [...new Set(parameters.getAll(name))];
  /** @param {string} name @param {number} least @param {number} most @param {number} usual */
  const number = (name, least, most, usual) => {
    const value = Number(parameters.get(name) ?? usual);
    return Number.isInteger(value) && value >= least && value <= most ? value : usual;
  };
  state.view = VIEWS.find((name) => name === single("view")) ?? state.view;
  const kind = single("scene");
  const steps = kind === "near" || kind === "paths" || kind === "whatif" ? number("steps", LEAST[kind], MOST[kind], STEPS[kind]) : 0;
  if (kind === "all") state.scene = everything();
  else if (kind === "near" && all("of").length) state.scene = near(all("of"), steps);
  else if (kind === "paths") {
    const path = number("path", 1, 1e6, 0);
    state.scene = paths(single("from"), single("to"), steps, path ? path - 1 : null);
  } else if (kind === "whatif") {
    const taken = new Set();
    /** @param {string[]} ids */
    const fresh = (ids) => ids.filter((id) => !taken.has(id) && taken.add(id));
    const [up, down, fixed] = DIRECTIONS.map((way) => fresh(all(way)));
    state.scene = whatif({ up, down, fixed }, steps, all("follow"));
  } else if (kind === "loops") state.scene = loops(single("id"));
  else if (kind === "conflicts") state.scene = conflicts(single("id"));
  else if (kind === "chosen") state.scene = chosen(all("of"), all("with"));
  // The addresses of earlier pages named a loop alone.
  else if (parameters.has("loop")) state.scene = loops(single("loop"));
  for (const name of /** @type {const} */ (["plus", "minus", "pin"])) state[name] = all(name);
  for (const field of FIELDS) state.hidden[field] = all(`hide-${field}`);
  state.min = number("min", 0, 1e6, 0);
  state.loose = single("loose") === "yes";
  const { trust } = CHOICES.find((choice) => choice.trust.join() === single("trust")) ?? CLEAR;
  state.lens = { trust, without: all("without") };
  if (parameters.has("statement")) state.selected = { kind: "statement", id: single("statement") };
  else if (parameters.has("entity")) state.selected = { kind: "entity", id: single("entity") };
  if (parameters.has("query")) state.query = single("query");
  state.story = number("story", 1, 1e4, 0) || null;
  state.embed = single("embed") === "1";
  return state;
}

const OLD = /^[0-9a-f]{16}$/;

/**
 * The id among these that an id of trabecula 0.1 has become: a letter, its sixteen digits, and more.
 * @param {Map<string, unknown>} ids
 * @param {string} id
 */
const today = (ids, id) => (OLD.test(id) && !ids.has(id) ? [...ids.keys()].find((current) => current.startsWith(id, 1)) ?? id : id);

/**
 * The state of an address that an earlier page made, with statements and conflicts by the ids that they have now.
 * @param {State} state
 * @param {Graph} graph
 * @returns {State}
 */
export function renewed(state, graph) {
  const { selected, scene } = state;
  return {
    ...state,
    selected: selected?.kind === "statement" ? { ...selected, id: today(graph.whole.statement, selected.id) } : selected,
    scene: {
      ...scene,
      ...(scene.kind === "chosen" ? { statements: scene.statements.map((id) => today(graph.whole.statement, id)) } : {}),
      ...(scene.kind === "conflicts" ? { id: today(graph.conflict, scene.id) } : {}),
    },
  };
}

/** @param {string[]} list @param {string} id */
const without = (list, id) => list.filter((other) => other !== id);
/** @param {string[]} list @param {string} id */
const with_ = (list, id) => [...without(list, id), id];

/** The state with an entity's neighbours brought in. @param {State} state @param {string} id */
export const expanded = (state, id) => ({ ...state, plus: with_(state.plus, id), minus: without(state.minus, id) });

/** The state with these entities put out of sight. @param {State} state @param {string[]} ids */
export const hiding = (state, ids) => ({
  ...state,
  minus: ids.reduce(with_, state.minus),
  plus: state.plus.filter((id) => !ids.includes(id)),
  pin: state.pin.filter((id) => !ids.includes(id)),
  selected: state.selected && ids.includes(state.selected.id) ? null : state.selected,
});

/** The state with an entity pinned, or pinned no longer. @param {State} state @param {string} id */
export const pinning = (state, id) => ({
  ...state,
  pin: state.pin.includes(id) ? without(state.pin, id) : with_(state.pin, id),
  minus: without(state.minus, id),
});

/**
 * The state with one value of a filter shown or hidden.
 * @param {State} state
 * @param {Field} field
 * @param {string} key
 * @param {boolean} shown
 */
export const filtering = (state, field, key, shown) => ({
  ...state,
  hidden: { ...state.hidden, [field]: shown ? without(state.hidden[field], key) : with_(state.hidden[field], key) },
});

/** Whether anything is filtered or hidden by hand. @param {State} state */
export const narrowed = (state) => state.min > 0 || state.minus.length > 0 || FIELDS.some((field) => state.hidden[field].length);
