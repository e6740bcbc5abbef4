// From the address that the page was opened with to what it shows. An address may come from another
// graph or version, or be longer than anything that could be shown: what of it cannot be meant is left
// out, and said.

import { entitiesOf } from "../scenes.js";
import { decode, encode, FIELDS, LONGEST_QUERY, renewed, start } from "../state.js";

/** The longest address that is read: some 10,000 identifiers. */
export const LONGEST = 250_000;
const NOT_HERE = "What this address names is not in this graph.";
/** @param {number} number */
const count = (number) => number.toLocaleString("en-GB");

/**
 * The state that an address names, and what is to be said of it.
 * @param {Graph} graph
 * @param {string} hash the part of the address behind `#`, with or without it
 * @returns {{ state: State, notice: string, unread?: boolean }} `unread` where the address was not read at all
 */
export function arrival(graph, hash) {
  const opening = graph.story ? told(graph, 1) : decode(graph.page.opening), address = hash.replace(/^#/, "");
  if (!address) return { state: opening, notice: "" };
  if (address.length > LONGEST) {
    return { state: opening, unread: true,
      notice: `This address has ${count(address.length)} characters, more than the ${count(LONGEST)} ` +
      "that are read: the page shows what it opens with." };
  }
  const asked = decode(address);
  // An address may name a scene of the story alone, or where one went from there.
  if (isOfStory(graph, asked)) return { state: told(graph, asked.story ?? 1, asked.embed), notice: "" };
  const named = renewed(asked, graph), state = sound(graph, named), notices = [];
  if (unknownIn(graph, named)) notices.push(NOT_HERE);
  if (named.query && named.query.length > LONGEST_QUERY) {
    state.query = "";
    notices.push(`The query in this address has ${count(named.query.length)} characters, more than the ` +
      `${count(LONGEST_QUERY)} that can be asked; it is left out.`);
  }
  return { state, notice: notices.join(" ") };
}

/**
 * The state that a scene of the story shows, by its number from 1; the last one where there are not so many.
 * @param {Graph} graph
 * @param {number} number
 * @param {boolean} [embed]
 * @returns {State}
 */
export function told(graph, number, embed = false) {
  const scenes = graph.story?.scenes ?? [], at = Math.min(number, scenes.length);
  return { ...sound(graph, decode(scenes[at - 1]?.address ?? "")), story: at || null, embed };
}

/** Whether an address says no more than which scene of the story, if that. @param {Graph} graph @param {State} asked */
const isOfStory = (graph, asked) =>
  graph.story !== null && encode({ ...asked, story: null, embed: false }) === encode(start()) && (asked.story !== null || asked.embed);

/**
 * The address of a state; that of a page just opened is empty, unless it opens with something of its own.
 * @param {Graph} graph
 * @param {State} state
 */
export const addressOf = (graph, state) => encode(state) || (graph.page.opening || graph.story ? "scene=core" : "");

// The values of each filter: in which table of words they are.
/** @type {Record<Field, keyof Words>} */
const TABLES = {
  category: "categories", group: "groups", predicate: "predicates", status: "statuses", topic: "topics", study: "methods",
  species: "species",
};

/**
 * A state without entities and values of filters that the graph has not.
 * @param {Graph} graph
 * @param {State} state
 * @returns {State}
 */
export function sound(graph, state) {
  /** @param {string[]} ids */
  const here = (ids) => ids.filter((id) => graph.entity.has(id));
  /** @param {Field} field */
  const existing = (field) => state.hidden[field].filter((key) => key === "" || graph.words[TABLES[field]]?.has(key));
  return {
    ...state,
    plus: here(state.plus),
    minus: here(state.minus),
    pin: here(state.pin),
    hidden: /** @type {State["hidden"]} */ (Object.fromEntries(FIELDS.map((field) => [field, existing(field)]))),
    lens: { ...state.lens, without: papers(graph, state.lens.without) },
    story: graph.story && state.story ? Math.min(state.story, graph.story.scenes.length) : null,
  };
}

/** Sources by the one id of each, those apart that the graph has not. @param {Graph} graph @param {string[]} ids */
const papers = (graph, ids) => [...new Set(ids.flatMap((id) => graph.sources.get(id)?.paper ?? []))];

/**
 * Whether a state names what the graph has not: an address of another graph or version.
 * @param {Graph} graph
 * @param {State} state
 */
export function unknownIn(graph, state) {
  const { selected, scene } = state;
  if (selected && !(selected.kind === "entity" ? graph.entity : graph.whole.statement).has(selected.id)) return true;
  const entities = [...entitiesOf(scene), ...state.plus, ...state.minus, ...state.pin];
  if (entities.some((id) => id && !graph.entity.has(id))) return true;
  if (state.lens.without.some((id) => !graph.sources.has(id))) return true;
  if (scene.kind === "loops") return Boolean(scene.id) && !graph.whole.loop.has(scene.id);
  if (scene.kind === "conflicts") return Boolean(scene.id) && !graph.conflict.has(scene.id);
  return false;
}
