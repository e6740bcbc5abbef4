// Warnings about what a query says that is valid and yet finds nothing: the commonest of those that
// trabecula/sparql/linting.py gives, and in its words.

import { matches } from "../find.js";
import { unknownPrefix } from "./diagnosis.js";
import { nearest } from "./nearest.js";
import { code, declared, iriOf, splitName, unquoted, usedNames } from "./tokens.js";

const MAX_WARNINGS = 10;

/**
 * What looks like a mistake in a query to this graph; empty when nothing does.
 * @param {string} text
 * @param {object} graph the graph of `records.js`
 * @param {ReturnType<typeof import("./completion.js").vocabulary>} words with the facts of the RDF
 * @returns {string[]}
 */
export function lint(text, graph, words) {
  const { spaces } = words.known;
  const query = code(text);
  const all = new Map([...spaces, ...declared(query)]);
  const found = new Set();
  for (const name of usedNames(query)) {
    const [prefix] = splitName(name);
    if (!all.has(prefix)) found.add(unknownPrefix(prefix, all));
  }
  const terms = new Set(words.terms.map((one) => one.written));
  const entities = new Set(words.entities.map((one) => one.written));
  for (const token of [...query.filter((one) => one.kind === "iri"), ...usedNames(query)]) {
    const iri = iriOf(token, all);
    const [tb, entity] = [spaces.get("tb"), spaces.get("entity")];
    if (token.kind === "iri" && all.has(iri.split(":")[0]))
      found.add(`${token.text} is not the prefixed name; write ${iri} without < and >`);
    else if (iri.startsWith(tb) && iri.length > tb.length && !terms.has(words.known.written(iri)))
      found.add(unused(iri.slice(tb.length), terms));
    else if (iri.startsWith(entity) && iri.length > entity.length && !entities.has(words.known.written(iri)))
      found.add(absent(iri.slice(entity.length), graph, words.known));
  }
  for (const warning of values(query, all, words)) found.add(warning);
  return [...found].slice(0, MAX_WARNINGS);
}

function unused(local, terms) {
  const ours = [...terms].filter((one) => one.startsWith("tb:")).map((one) => one.slice("tb:".length));
  const [close] = nearest(local, ours.sort(), 1);
  return `nothing in the graph's RDF uses tb:${local}${close ? `; did you mean tb:${close}?` : ""}`;
}

function absent(slug, graph, known) {
  const name = slug.replaceAll("_", " ").replaceAll("-", " ");
  const near = nearest(slug, graph.entities.map((one) => one.id), 1)[0] ?? matches(graph, name, 1)[0]?.entity.id;
  return `the graph has no entity:${slug}${near ? `; did you mean ${known.written(known.iri(near, "entity"))}?` : ""}`;
}

/** Literals that stand after a property whose values form a closed list, and are none of them. */
function* values(query, spaces, words) {
  const tb = spaces.get("tb");
  const closed = ["status", "stance", "strength"].map((name) => tb + name);
  for (const [index, token] of query.entries()) {
    if (token.kind !== "name" && token.kind !== "iri") continue;
    const iri = iriOf(token, spaces);
    const known = words.values.get(iri);
    if (!closed.includes(iri) || !known) continue;
    for (let next = index + 1; query[next]?.kind === "string"; next += 2) {
      const value = unquoted(query[next]);
      const close = nearest(value, known, 1);
      const meant = (close.length ? close : known).join(" or ");
      if (!known.includes(value)) yield `tb:${iri.slice(tb.length)} is never "${value}"; did you mean ${meant}?`;
      if (query[next + 1]?.text !== ",") break;
    }
  }
}
