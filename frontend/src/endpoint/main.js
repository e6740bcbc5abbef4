// The query page of a server: the drawer of the explorer, filling the page, over an engine that is the
// server. What a row names is shown in the explorer, which is another page.

import "../sparql/editor.js";
import { $ } from "../dom.js";
import { graph as records } from "../records.js";
import { near } from "../scenes.js";
import { create } from "../sparql/panel.js";
import { encode, start } from "../state.js";

/** Characters of a query that an address holds; servers take no longer ones. */
const LONGEST = 8_000;

/** Show a state in the explorer. @param {Partial<State>} change */
function go(change) {
  if (Object.keys(change).every((name) => name === "query")) return; // the page is the drawer
  location.assign(`/#${encode({ ...start(), ...change, query: null })}`);
}

/** @type {DrawerAct} */
const act = {
  go,
  choose: (kind, id) => go({ ...(kind === "entity" ? { scene: near([id]) } : {}), selected: { kind, id } }),
  keep({ query }) {
    const kept = query && query.length < LONGEST ? `?query=${encodeURIComponent(query)}` : location.pathname;
    history.replaceState(null, "", kept);
  },
  announce(text) { $("live").textContent = text; },
  notify(text) { $("live").textContent = text; },
};

const drawer = create($("drawer"), act, records(JSON.parse($("names").textContent)));
drawer.show(/** @type {any} */ ({ state: { query: new URLSearchParams(location.search).get("query") ?? "" } }));
