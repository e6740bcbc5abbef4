// Warnings about what a query says that is valid and yet finds nothing: the commonest of those that
// trabecula/sparql/linting gives, and in its words.

import { matches } from "../find.js";
import { unknownPrefix } from "./diagnosis.js";
import { valued } from "./lint-values.js";
import { nearest } from "./nearest.js";
import { code, declared, iriOf, splitName, usedNames } from "./tokens.js";

/** @typedef {{ terms: Set<string>, nodes: Set<string> }} Data  what the graph's RDF has, as it is written in a query */
const MAX_WARNINGS = 10;

/**
 * What looks like a mistake in a query to this graph; empty when nothing does.
 * @param {string} text
 * @param {Graph} graph the graph of `records.js`
 * @param {Vocabulary} words with the facts of the RDF
 * @returns {string[]}
 */
export function lint(text, graph, words) {
  const query = code(text);
  const warnings = new Set();
  for (const part of [named, valued])
    for (const warning of part(query, graph, words)) {
      warnings.add(warning);
      if (warnings.size === MAX_WARNINGS) return [...warnings];
    }
  return [...warnings];
}

// --- Names ----------------------------------------------------------------------------------------

/** @param {Token[]} query @param {Graph} graph @param {Vocabulary} words @returns {Generator<string>} */
function* named(query, graph, words) {
  const { namespaces } = words;
  const own = declared(query);
  const all = new Map([...namespaces.spaces, ...own]);
  for (const name of usedNames(query)) if (!all.has(splitName(name)[0])) yield unknownPrefix(splitName(name)[0], all);
  const data = inData(words, graph);
  const strange = strangePrefixes(query, own, namespaces, data);
  yield* strange.values();
  const [tb, entity] = [namespaces.spaces.get("tb"), namespaces.spaces.get("entity")];
  for (const token of [...query.filter((token) => token.kind === "iri"), ...usedNames(query)]) {
    const iri = iriOf(token, all);
    if (token.kind === "iri" && all.has(iri.split(":")[0])) yield noPrefixedName(token, iri, namespaces);
    else if (token.kind === "name" && strange.has(splitName(token)[0])) continue;
    else if (iri.startsWith(tb) && iri.length > tb.length && !data.terms.has(namespaces.written(iri)))
      yield unused(iri.slice(tb.length), words, data.terms);
    else if (iri.startsWith(entity) && iri.length > entity.length && !data.nodes.has(namespaces.written(iri)))
      yield absent(iri.slice(entity.length), graph, namespaces);
    else if (token.kind === "iri") yield* otherPlace(token, iri, namespaces, data);
  }
  for (const name of asProperties(query)) if (!own.has(splitName(name)[0])) yield* misspelt(name.text, graph, data);
}

const BEFORE = new Set([";", "]", ")", "/", "^", "|"]), AFTER = new Set(["[", "(", "+", "*", "?", "/", "|"]);

/** The names that stand where a property does: between two nodes, or in a path. @param {Token[]} query */
const asProperties = (query) => query.filter((token, index) => {
  const before = query[index - 1], after = query[index + 1];
  const isNode = (/** @type {Token} */ other) => ["variable", "name", "iri", "string", "number"].includes(other.kind);
  return token.kind === "name" && before && after
    && (isNode(before) || BEFORE.has(before.text)) && (isNode(after) || AFTER.has(after.text));
});

/**
 * A property of a vocabulary that everybody has, and that does not have it.
 * @param {string} name
 * @param {Graph} graph
 * @param {Data} data
 */
function* misspelt(name, { properties, meant }, { terms, nodes }) {
  const at = name.indexOf(":") + 1, space = name.slice(0, at), local = name.slice(at);
  const inside = properties.filter((property) => property.startsWith(space)).map((property) => property.slice(at));
  if (!inside.length || space === "biolink:" || inside.includes(local) || terms.has(name) || nodes.has(name)) return;
  const [close] = nearest(local, inside, 1), other = Object.hasOwn(meant, local) ? meant[local] : close && space + close;
  if (other) yield `nothing in the graph's RDF uses ${name}; did you mean ${other}?`;
}

/**
 * What the graph's RDF has, or may have, as it is written in a query: terms, and entities and sources.
 * @param {Vocabulary} words
 * @param {Graph} graph
 */
function inData({ terms, entities, sources }, graph) {
  /** @param {{ written: string }[]} records */
  const written = (records) => new Set(records.map((record) => record.written));
  const ours = graph.terms.map((local) => `tb:${local}`);
  return { terms: new Set([...written(terms), ...ours]), nodes: written([...entities, ...sources]) };
}

/** @param {Token} token @param {string} iri @param {Names} namespaces */
function noPrefixedName(token, iri, namespaces) {
  const whole = namespaces.iri(iri, "entity");
  const meant = whole ? namespaces.written(whole) : iri;
  return `${token.text} is not the prefixed name; write ${meant}${meant === iri ? " without < and >" : ""}`;
}

/** An IRI without its scheme, `www.` and the mark at its end. @param {string} iri */
function place(iri) {
  const rest = iri.replace(/^[A-Za-z][A-Za-z0-9+.-]*:\/\//, "");
  const slash = rest === iri ? -1 : rest.indexOf("/");
  const [host, path] = slash < 0 ? [rest, ""] : [rest.slice(0, slash), rest.slice(slash)];
  return ((rest === iri ? host : host.toLowerCase().replace(/^www\./, "")) + path).replace(/[/#]+$/, "");
}

/**
 * Declared prefixes whose namespace is not that of the data, with what to say of each.
 * @param {Token[]} query
 * @param {Map<string, string>} own
 * @param {Names} namespaces
 * @param {Data} data
 */
function strangePrefixes(query, own, namespaces, { terms, nodes }) {
  const places = new Map([...namespaces.spaces.values()].map((space) => [place(space), space]));
  const messages = new Map();
  for (const [prefix, space] of own) {
    const meant = places.get(place(space)) ?? namespaces.spaces.get(prefix) ?? space;
    const names = usedNames(query).filter((name) => splitName(name)[0] === prefix);
    const written = names.map((name) => namespaces.written(iriOf(name, own)));
    if (meant !== space && !written.every((name) => terms.has(name) || nodes.has(name)))
      messages.set(prefix, `PREFIX ${prefix}: is <${space}> in this query; the data have <${meant}>`);
  }
  return messages;
}

/**
 * A whole IRI in a namespace that differs in its scheme, `www.` or last character.
 * @param {Token} token
 * @param {string} iri
 * @param {Names} namespaces
 * @param {Data} data
 * @returns {Generator<string>}
 */
function* otherPlace(token, iri, namespaces, { terms, nodes }) {
  if (namespaces.split(iri)) return;
  for (const space of namespaces.spaces.values()) {
    const rest = place(iri).startsWith(place(space)) ? place(iri).slice(place(space).length).replace(/^[/#]+/, "") : "";
    const meant = rest && namespaces.written(space + rest);
    if (meant && nodes.has(meant)) return yield `the graph has no ${token.text}; did you mean ${meant}?`;
    if (meant && terms.has(meant)) return yield `nothing in the graph's RDF uses ${token.text}; did you mean ${meant}?`;
  }
}

/** @param {string} local @param {Vocabulary} words @param {Set<string>} terms */
function unused(local, { values, entities }, terms) {
  const about = `nothing in the graph's RDF uses tb:${local}`;
  if ([...values.values()].flat().includes(local)) return `${about}; did you mean the text "${local}"?`;
  if (entities.some((entity) => entity.written === `entity:${local}`)) return `${about}; did you mean entity:${local}?`;
  const ours = [...terms].filter((term) => term.startsWith("tb:")).map((term) => term.slice("tb:".length));
  const [close] = nearest(local, ours.sort(), 1);
  return `${about}${close ? `; did you mean tb:${close}?` : ""}`;
}

/** @param {string} slug @param {Graph} graph @param {Names} namespaces */
function absent(slug, graph, namespaces) {
  const name = slug.replaceAll("_", " ").replaceAll("-", " ");
  const near = nearest(slug, graph.entities.map((entity) => entity.id), 1)[0] ?? matches(graph, name, 1)[0]?.entity.id;
  return `the graph has no entity:${slug}${near ? `; did you mean ${namespaces.written(namespaces.iri(near, "entity"))}?` : ""}`;
}
