// What may be meant by the words that stand before the cursor: terms of the graph, names and synonyms
// of its entities, values of closed lists, prefixes, keywords, and the variables of the query.

import { plural } from "../dom.js";
import { WORDS } from "./diagnosis.js";
import { code, iriOf, declared, tokens } from "./tokens.js";

const FUNCTIONS = new Set(`
  abs avg bnode bound ceil coalesce concat contains count datatype day encode_for_uri exists floor group_concat hours if
  iri isblank isiri isliteral isnumeric isuri lang langmatches lcase max md5 min minutes month now rand regex replace
  round sameterm sample seconds sha1 sha256 sha384 sha512 str strafter strbefore strdt strends strlang strlen strstarts
  struuid substr sum timezone tz ucase uri uuid year`.trim().split(/\s+/));
// What a query may not say, or is of no use in one, is not offered.
const UNSAID = new Set(`
  add clear copy create data delete drop insert into load move service silent to using with a by all default
  triple subject predicate object istriple haslang haslangdir langdir strlangdir lateral adjust`.trim().split(/\s+/));
const KEYWORDS = WORDS.filter((word) => !UNSAID.has(word)).map((word) => word.toUpperCase());
const MOST = 60;
const XSD = "http://www.w3.org/2001/XMLSchema#";

/**
 * @template R
 * @typedef {{ record: R, best: number, by: string }} Hit  with the name that fits best, and how well: 0 is best
 */
/**
 * @typedef {object} Option
 * @property {string} label what is shown
 * @property {string} [detail] what is shown beside it
 * @property {string} [info] more about it
 * @property {string} apply what is written
 */

/**
 * The words that can be completed to: those of the page, and those that its RDF uses.
 * @param {Graph} graph the graph of `records.js`
 * @param {Names} namespaces
 * @param {Facts} facts those of `client.facts`
 */
export function vocabulary(graph, namespaces, facts = { properties: [], classes: [], values: [], datatypes: [] }) {
  /** @type {Map<string, { iri: string, names: string[], info: string, uses?: number }>} */
  const terms = new Map();
  const tb = namespaces.spaces.get("tb");
  for (const word of graph.words.predicates.values()) {
    const iri = namespaces.iri(word.key, "tb");
    if (iri) terms.set(iri, { iri, names: [word.label], info: word.definition });
  }
  for (const [iri, uses] of [...facts.properties, ...facts.classes]) {
    const term = terms.get(iri) ?? { iri, names: [], info: "" };
    terms.set(iri, { ...term, uses: (term.uses ?? 0) + uses });
  }
  /** @type {Map<string, string[]>} */
  const values = new Map();
  for (const [property, value] of facts.values) values.set(property, [...(values.get(property) ?? []), value]);
  const { statuses, topics, strengths } = graph.words;
  for (const [name, rows] of /** @type {[string, Map<string, Row>][]} */ (
    [["status", statuses], ["topic", topics], ["strength", strengths]])) {
    const keys = new Set([...(rows?.keys() ?? [])].filter(Boolean));
    if (keys.size && !values.has(tb + name)) values.set(tb + name, [...keys]);
  }
  /** @type {Sure<string, Set<string>>} */
  const datatypes = new Map();
  for (const [property, datatype] of facts.datatypes)
    datatypes.set(property, (datatypes.get(property) ?? new Set()).add(datatype.replace(XSD, "")));
  /** @param {string} key */
  const about = (key) => statuses?.get(key)?.words ?? topics?.get(key)?.label ?? "";
  return {
    namespaces,
    about,
    values,
    datatypes,
    terms: [...terms.values()].map((term) => ({
      written: namespaces.written(term.iri),
      names: term.names,
      detail: [term.names[0], term.uses && plural(term.uses, "use")].filter(Boolean).join(" · "),
      info: term.info,
    })).filter((term) => !term.written.startsWith("<")),
    entities: graph.entities.map((entity) => ({
      written: namespaces.written(namespaces.iri(entity.id, "entity") || entity.id),
      name: entity.name,
      names: [entity.name, ...entity.synonyms],
    })),
    sources: [...graph.sources.values()].map((source) => ({
      written: namespaces.written(namespaces.iri(source.id, "source") || source.id),
      name: [source.title || source.id, source.year].filter(Boolean).join(", "),
      names: [source.title, source.id].filter(Boolean),
    })),
  };
}

// 0 is the beginning of a text, then of a word in it, then anywhere in it.
/** @param {string} text @param {string} wanted */
function rank(text, wanted) {
  const at = text.toLowerCase().indexOf(wanted);
  if (at < 0) return Infinity;
  if (at === 0) return text.length === wanted.length ? 0 : 1;
  return /[\p{L}\p{N}]/u.test(text[at - 1]) ? 3 : 2;
}

/**
 * Those of which some name holds what was typed, the nearest first.
 * @template R
 * @param {R[]} records
 * @param {string} typed
 * @param {(record: R) => string[]} namesOf
 * @returns {Hit<R>[]}
 */
function fitting(records, typed, namesOf) {
  const wanted = typed.toLowerCase();
  const hits = records.flatMap((record) => {
    let best = Infinity, by = "";
    namesOf(record).forEach((name, number) => {
      const score = rank(name, wanted) + (number ? 0.5 : 0);
      if (score < best) [best, by] = [score, name];
    });
    return best < Infinity ? [{ record, best, by }] : [];
  });
  return hits.sort((a, b) => a.best - b.best || a.by.length - b.by.length || (a.by < b.by ? -1 : 1));
}

/** @param {string} written */
const local = (written) => written.slice(written.indexOf(":") + 1);

/** @param {Hit<Vocabulary["entities"][number]>} hit @returns {Option} */
const entityOption = ({ record, by }) => ({
  label: record.name,
  detail: by && by !== record.name && by !== local(record.written) ? `${by} · ${record.written}` : record.written,
  apply: record.written,
});
/** @param {Hit<Vocabulary["sources"][number]>} hit @returns {Option} */
const sourceOption = ({ record }) => ({ label: record.written, detail: record.name, apply: record.written });
/** @param {Hit<Vocabulary["terms"][number]>} hit @returns {Option} */
const termOption = ({ record: { written, detail, info } }) => ({ label: written, detail, info, apply: written });

/**
 * What can stand at a place of a query: options for the text from `from` to the place, or null.
 * @param {string} text
 * @param {number} at where the cursor is
 * @param {Vocabulary} words
 * @param {boolean} asked whether the reader asked for it, with nothing typed
 * @returns {{from: number, options: Option[]} | null}
 */
export function complete(text, at, words, asked = false) {
  const before = tokens(text.slice(0, at));
  const last = before.at(-1);
  if (last?.kind === "broken") return inString(text, last.start + 1, at, before.slice(0, -1), words);
  if (!last || last.end < at) return asked ? { from: at, options: anything(words, "") } : null;
  if (last.kind === "variable" || last.text === "?" || last.text === "$") return ofVariables(text, last);
  if (last.kind === "name") return ofNames(last, words);
  if (last.kind === "word")
    return ofSeveral(text, at, before, words)
      ?? completions(last.start, asked || last.text.length > 1 ? anything(words, last.text) : []);
  if (last.kind === "mark" && asked) return { from: at, options: anything(words, "") };
  return null;
}

/** @param {number} from @param {Option[]} options */
const completions = (from, options) => (options.length ? { from, options: options.slice(0, MOST) } : null);

/** @param {string} text @param {Token} last */
function ofVariables(text, last) {
  const others = tokens(text).filter((token) => token.kind === "variable" && token.start !== last.start);
  const names = new Set(others.map((token) => `${last.text[0]}${token.text.slice(1)}`));
  const typed = last.text.toLowerCase();
  const options = [...names].filter((name) => name.toLowerCase().startsWith(typed) && name !== last.text);
  return completions(last.start, options.map((name) => ({ label: name, apply: name })));
}

/** @param {Token} last @param {Vocabulary} words */
function ofNames(last, words) {
  const colon = last.text.indexOf(":") + 1;
  const [prefix, typed] = [last.text.slice(0, colon), last.text.slice(colon)];
  /** @param {{ written: string }} record */
  const mine = (record) => record.written.startsWith(prefix);
  return completions(last.start, [
    ...fitting(words.terms.filter(mine), typed, (entry) => [local(entry.written), ...entry.names]).map(termOption),
    ...fitting(words.entities.filter(mine), typed, (entry) => [local(entry.written), ...entry.names]).map(entityOption),
    ...fitting(words.sources.filter(mine), typed, (entry) => [local(entry.written), ...entry.names]).map(sourceOption),
  ]);
}

/**
 * Entities whose name goes over several words, of which the last is being written.
 * @param {string} text
 * @param {number} at
 * @param {Token[]} before
 * @param {Vocabulary} words
 */
function ofSeveral(text, at, before, words) {
  for (let count = Math.min(4, before.length); count > 1; count--) {
    const some = before.slice(-count);
    /** @param {Token} token @param {number} index */
    const follows = (token, index) => index === 0 || token.start === some[index - 1].end + 1;
    if (!some.every((token, index) => token.kind === "word" && follows(token, index))) continue;
    const typed = text.slice(some[0].start, at);
    const hits = fitting(words.entities, typed, (entry) => entry.names).filter((hit) => hit.best <= 2.5);
    if (hits.length) return completions(some[0].start, hits.map(entityOption));
  }
  return null;
}

/** @param {Vocabulary} words @param {string} typed @returns {Option[]} */
function anything(words, typed) {
  const wanted = typed.toUpperCase();
  /** @param {string} word */
  const keyword = (word) => (FUNCTIONS.has(word.toLowerCase())
    ? { label: word, apply: `${word}(`, detail: "function" }
    : { label: word, apply: word, detail: "" });
  const keywords = KEYWORDS.filter((word) => word.startsWith(wanted) && word !== typed).map(keyword);
  const prefixes = [...words.namespaces.spaces]
    .filter(([name]) => name.toUpperCase().startsWith(wanted))
    .map(([name, space]) => ({ label: `${name}:`, apply: `${name}:`, detail: space }));
  const terms = fitting(words.terms, typed, (entry) => [local(entry.written), ...entry.names]);
  const entities = typed ? fitting(words.entities, typed, (entry) => entry.names) : [];
  /** @template R @param {Hit<R>[]} hits @param {number} most */
  const near = (hits, most) => hits.filter((hit) => hit.best <= most);
  return [
    ...keywords,
    ...near(terms, 2.5).slice(0, 12).map(termOption),
    ...near(entities, 2.5).slice(0, 30).map(entityOption),
    ...prefixes.slice(0, typed ? 8 : 0),
  ];
}

/**
 * The values that a property can have, where a literal is its object or is compared with it.
 * @param {string} text
 * @param {number} from
 * @param {number} at
 * @param {Token[]} before
 * @param {Vocabulary} words
 */
function inString(text, from, at, before, words) {
  const query = before.filter((token) => token.kind !== "comment");
  const iri = propertyOf(query, code(text), words.namespaces);
  const values = words.values.get(iri);
  if (!values) return null;
  const typed = text.slice(from, at);
  const end = text[at] === text[from - 1] ? "" : text[from - 1];
  /** @param {string} value */
  const written = (value) => `${value.replace(/["'\\]/g, "\\$&")}${end}`;
  const hits = fitting(values.map((value) => ({ value })), typed, (entry) => [entry.value]);
  return completions(from, hits.map(({ record: { value } }) => (
    { label: value, detail: words.about(value), apply: written(value) })));
}

/**
 * The IRI of the property whose value the next literal is; empty where none is.
 * @param {Token[]} before
 * @param {Token[]} query
 * @param {Names} namespaces
 */
function propertyOf(before, query, namespaces) {
  const spaces = new Map([...namespaces.spaces, ...declared(query)]);
  let index = before.length - 1;
  const between = /^(?:[,=!({]|in|not)$/i;
  /** @param {Token | undefined} token */
  const skip = (token) => token && (token.kind === "string" || between.test(token.text));
  while (skip(before[index])) index -= 1;
  const token = before[index];
  if (token?.kind === "name" || token?.kind === "iri") return iriOf(token, spaces);
  if (token?.kind !== "variable") return "";
  /** @param {Token} other */
  const same = (other) => other.kind === "variable" && other.text.slice(1) === token.text.slice(1);
  const place = query.findIndex((other, number) => same(other) && ["name", "iri"].includes(query[number - 1]?.kind));
  return place < 0 ? "" : iriOf(query[place - 1], spaces);
}
