// From the address that the page was opened with to what it shows. An address may come from another
// graph or version, or be longer than anything that could be shown: what of it cannot be meant is left
// out, and said.

import { decode, encode, FIELDS, LONGEST_QUERY, renewed } from "../state.js";

/** The longest address that is read: some 10,000 identifiers. */
export const LONGEST = 250_000;
const NOT_HERE = "What this address names is not in this graph.";
const count = (number) => number.toLocaleString("en-GB");

/**
 * The state that an address names, and what is to be said of it.
 * @param {Graph} graph
 * @param {string} hash the part of the address behind `#`, with or without it
 * @returns {{ state: State, said: string, unread?: boolean }} `unread` where the address was not read at all
 */
export function arrival(graph, hash) {
  const opening = decode(graph.page.opening), address = hash.replace(/^#/, "");
  if (!address) return { state: opening, said: "" };
  if (address.length > LONGEST) {
    return { state: opening, unread: true, said: `This address has ${count(address.length)} characters, more than the ${count(LONGEST)} ` +
      "that are read: the page shows what it opens with." };
  }
  const named = renewed(decode(address), graph), state = sound(graph, named), said = [];
  if (unknownIn(graph, named)) said.push(NOT_HERE);
  if (named.query && named.query.length > LONGEST_QUERY) {
    state.query = "";
    said.push(`The query in this address has ${count(named.query.length)} characters, more than the ` +
      `${count(LONGEST_QUERY)} that can be asked; it is left out.`);
  }
  return { state, said: said.join(" ") };
}

/** The address of a state; that of a page just opened is empty, unless it opens with something of its own. */
export const addressOf = (graph, state) => encode(state) || (graph.page.opening ? "scene=core" : "");

// The values of each filter: in which table of words they are.
const TABLES = {
  category: "categories", group: "groups", predicate: "predicates", status: "statuses", topic: "topics", study: "methods",
  species: "species",
};

/** A state without entities and values of filters that the graph has not. */
export function sound(graph, state) {
  const here = (ids) => ids.filter((id) => graph.entity.has(id));
  const known = (field) => state.hidden[field].filter((key) => key === "" || graph.words[TABLES[field]]?.has(key));
  return {
    ...state,
    plus: here(state.plus),
    minus: here(state.minus),
    pin: here(state.pin),
    hidden: Object.fromEntries(FIELDS.map((field) => [field, known(field)])),
    lens: { ...state.lens, without: papers(graph, state.lens.without) },
  };
}

/** Sources by the one id of each, those apart that the graph has not. */
const papers = (graph, ids) => [...new Set(ids.flatMap((id) => graph.sources.get(id)?.paper ?? []))];

/** Whether a state names what the graph has not: an address of another graph or version. */
export function unknownIn(graph, state) {
  const { selected, scene } = state;
  if (selected && !(selected.kind === "entity" ? graph.entity : graph.whole.statement).has(selected.id)) return true;
  const entities = [
    ...(scene.of ?? []),
    scene.from,
    scene.to,
    ...state.plus,
    ...state.minus,
    ...state.pin,
    ...(scene.up ?? []),
    ...(scene.down ?? []),
    ...(scene.fixed ?? []),
  ];
  if (entities.some((id) => id && !graph.entity.has(id))) return true;
  if (state.lens.without.some((id) => !graph.sources.has(id))) return true;
  if (scene.kind === "loops") return Boolean(scene.id) && !graph.whole.loop.has(scene.id);
  if (scene.kind === "conflicts") return Boolean(scene.id) && !graph.conflict.has(scene.id);
  return false;
}
