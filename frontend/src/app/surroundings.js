// What surrounds the page in a notebook: it made the page and put it into a frame, and may read and set what is selected,
// the scene and the lens. The other side is src/widget.js. A page that has an address of its own, or none around it,
// listens to nobody.

import { sound } from "./address.js";
import { CLEAR } from "../reason/lens.js";
import { decode, encode, renewed } from "../state.js";

const NAMES = ["selected", "scene", "lens"];

/** What a notebook is told of a state. @param {State} state */
export const told = (state) => ({
  selected: state.selected?.id ?? null,
  scene: encode({ ...state, selected: null, lens: CLEAR, query: null, story: null, embed: false }) || "scene=core",
  lens: { trust: [...state.lens.trust], without: [...state.lens.without] },
});

/**
 * The state with what a notebook sets of it; what the graph has not is left out.
 * @param {Graph} graph
 * @param {State} state
 * @param {any} given
 * @returns {State}
 */
export function taken(graph, state, given) {
  let next = state;
  if (typeof given?.scene === "string") {
    const { selected, lens, query, story, embed } = state;
    next = { ...sound(graph, renewed(decode(given.scene), graph)), selected, lens, query, story, embed };
  }
  if (given?.lens && typeof given.lens === "object") {
    const parameters = new URLSearchParams();
    /** @param {unknown} value */
    const all = (value) => (Array.isArray(value) ? value.map(String) : []);
    parameters.set("trust", all(given.lens.trust).join());
    for (const id of all(given.lens.without)) parameters.append("without", id);
    next = sound(graph, { ...next, lens: decode(parameters.toString()).lens });
  }
  if (given?.selected === null) next = { ...next, selected: null };
  else if (typeof given?.selected === "string") {
    const id = given.selected;
    if (graph.entity.has(id)) next = { ...next, selected: { kind: "entity", id }, minus: next.minus.filter((other) => other !== id) };
    else if (graph.whole.statement.has(id)) next = { ...next, selected: { kind: "statement", id } };
  }
  return next;
}

/**
 * What is news for the notebook, which is then known. What it has just set is none: an answer that told of all would
 * take back what it sets next, and the two would contradict each other for ever.
 * @param {Record<string, any>} shown
 * @param {Record<string, string>} sent
 */
export function unknown(shown, sent) {
  const news = Object.entries(shown).filter(([name, value]) => sent[name] !== JSON.stringify(value));
  for (const [name, value] of news) sent[name] = JSON.stringify(value);
  return Object.fromEntries(news);
}

/**
 * Listen to the notebook around the page, if there is one; `tell(state)` says what is shown.
 * @param {{ graph: Graph, state: () => State, become: (next: State) => void }} page
 */
export function surroundings({ graph, state, become }) {
  /** @type {MessagePort | null} */
  let port = null;
  /** @type {Record<string, string> | null} what the notebook knows of each, as JSON; nothing until it has spoken */
  let sent = null;
  const tell = (/** @type {State} */ shown) => {
    if (!port || !sent) return;
    const news = unknown(told(shown), sent);
    if (Object.keys(news).length) port.postMessage(news);
  };
  if (document.URL === "about:srcdoc" && parent !== window) {
    addEventListener("message", (event) => {
      if (event.source !== parent || event.data !== "trabecula" || !event.ports[0]) return;
      [port] = event.ports;
      sent = null;
      port.onmessage = ({ data }) => {
        sent ??= {};
        for (const name of NAMES) if (data && name in data) sent[name] = JSON.stringify(data[name]);
        const next = taken(graph, state(), data);
        if (encode(next) !== encode(state())) become(next);
        else tell(next);
      };
    });
    parent.postMessage("trabecula", "*"); // says nothing but that there is a page
  }
  return { tell };
}
