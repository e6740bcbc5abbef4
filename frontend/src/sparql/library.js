// The shipped queries with values for their parameters, as trabecula/sparql/catalogue.py puts them in:
// a value becomes one whole term, so that none can change what the query asks.

import { QueryError, tokens } from "./tokens.js";
import { quoted } from "./turtle.js";

const DIGITS = /^[0-9]{1,9}$/;

/**
 * The entity with this id, name, synonym or identifier, ignoring case; null where none or several have it.
 * @param {Graph} graph
 * @param {string} name
 */
export function entityCalled(graph, name) {
  if (graph.entity.has(name)) return graph.entity.get(name);
  const wanted = name.trim().toLowerCase();
  /** @type {((entity: Entity) => string[])[]} */
  const ways = [
    (entity) => [entity.id],
    (entity) => [entity.name],
    (entity) => entity.synonyms,
    (entity) => entity.xrefs.filter((xref) => xref.match === "exact").map((xref) => xref.curie),
  ];
  for (const way of ways) {
    const entities = graph.entities.filter((entity) => way(entity).some((text) => text.toLowerCase() === wanted));
    if (entities.length) return entities.length === 1 ? entities[0] : null;
  }
  return null;
}

/** @typedef {{ graph: Graph, namespaces: Names }} Context  what values are taken from */
/** @type {Record<string, (value: string, context: Context) => string>} */
const TYPES = {
  entity(value, { graph, namespaces }) {
    const entity = entityCalled(graph, value);
    if (!entity) throw new QueryError(`no entity of this graph is called “${value}”`);
    return namespaces.written(namespaces.iri(entity.id, "entity"));
  },
  source(value, { graph, namespaces }) {
    if (!graph.sources.has(value)) throw new QueryError(`this graph has no source “${value}”`);
    return namespaces.written(namespaces.iri(value, "source"));
  },
  predicate(value, { namespaces }) {
    const iri = namespaces.iri(value, "tb");
    if (!iri) throw new QueryError(`“${value}” is no predicate`);
    return namespaces.written(iri);
  },
  status: quoted,
  topic: quoted,
  text: quoted,
  integer(value) {
    // Bare digits, because LIMIT takes no literal.
    if (!DIGITS.test(value)) throw new QueryError(`“${value}” is no whole number of at most nine digits`);
    return String(Number(value));
  },
};

/**
 * The text of a query of the library with its parameters replaced, ready to be asked.
 * @param {Query} query * @param {Map<string, string>} values what was given; defaults stand in for what was not
 * @param {Context} context
 * @throws {QueryError} for a value that is missing or does not fit; `parameter` names it
 */
export function bind(query, values, context) {
  const terms = new Map();
  for (const parameter of query.parameters) {
    const value = values.get(parameter.name) || parameter.default;
    try {
      if (!value) throw new QueryError(`${parameter.name} is missing: ${parameter.description}`);
      terms.set(`$${parameter.name}`, TYPES[parameter.type](value, context));
    } catch (error) {
      throw Object.assign(/** @type {Error} */ (error), { parameter: parameter.name });
    }
  }
  return filled(query, terms);
}

/** @param {Query} query @param {Map<string, string>} terms */
function filled(query, terms) {
  let text = "", end = 0;
  for (const token of tokens(query.text)) {
    if (token.kind !== "variable" || !terms.has(token.text)) continue;
    text += query.text.slice(end, token.start) + terms.get(token.text);
    end = token.end;
  }
  return `# ${query.title}\n${text}${query.text.slice(end)}`;
}

/**
 * The query with a gap for every value that is missing or does not fit.
 * @param {Query} query
 * @param {Map<string, string>} values
 * @param {Context} context
 */
export function unfilled(query, values, context) {
  const terms = new Map(query.parameters.map(({ name, type, default: usual }) => {
    try {
      return [`$${name}`, TYPES[type](values.get(name) || usual || "", context)];
    } catch {
      return [`$${name}`, '""'];
    }
  }));
  return filled(query, terms);
}

/**
 * The query as this graph can be asked it: entities and sources that it does not have are replaced as
 * defaults by those that most is said of.
 * @param {Query} query
 * @param {Graph} graph
 * @returns {Query}
 */
export function suiting(query, graph) {
  const entities = [...graph.entities].sort((first, second) => second.degree - first.degree).map(({ id }) => id);
  const sources = [...graph.sources.keys()];
  /** @type {Record<string, Map<string, unknown>>} */
  const has = { entity: graph.entity, source: graph.sources };
  const parameters = query.parameters.map((parameter) => {
    const { type, default: usual } = parameter;
    if (!usual || !has[type] || has[type].has(usual)) return parameter;
    return { ...parameter, default: (type === "entity" ? entities : sources).shift() ?? null };
  });
  return { ...query, parameters };
}

/**
 * The queries that have all these words in their title or name; those that have them as written come first.
 * @param {Query[]} queries
 * @param {string} text
 */
export function suited(queries, text) {
  const wanted = text.trim().toLowerCase();
  const words = wanted.split(/\s+/).filter(Boolean);
  /** @param {Query} query */
  const wording = ({ title, name, also }) => [title, name, ...also].join(" ").toLowerCase();
  /** @param {Query} query */
  const far = (query) => {
    const at = wording(query).indexOf(wanted);
    return at < 0 ? Infinity : at;
  };
  return queries.filter((query) => words.every((word) => wording(query).includes(word)))
    .sort((first, second) => (far(first) === far(second) ? 0 : far(first) - far(second)));
}
