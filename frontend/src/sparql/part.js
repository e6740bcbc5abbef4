// The RDF of a part of the graph, taken from the RDF of the whole: the same triples, in the same
// order, that `trabecula extract` writes for these statements and the entities and sources they
// name. What the whole says in the light of all its records is said anew in the light of the part's:
// plain triples, and the labels on the IRIs of cross-references.

import { byCodePoint } from "../order.js";

const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const RDFS = "http://www.w3.org/2000/01/rdf-schema#";
const SKOS = "http://www.w3.org/2004/02/skos/core#";
const DCT = "http://purl.org/dc/terms/";
const TB = "https://w3id.org/trabecula/ontology#";

const OWL = "http://www.w3.org/2002/07/owl#";

/** @typedef {{ match: string, iri: string, label: string, text: string }} Reference  a cross-reference, and its literal */
const CROSS_REFERENCE = `${TB}crossReference`;
/** What a graph without records says. */
const EMPTY = ["https://w3id.org/trabecula/empty", `${RDF}type`, `${TB}EmptyGraph`];
const MATCH = new RegExp(`^${SKOS}(\\w+)Match$`);

/** @param {string} value @returns {Term} */
const uri = (value) => ({ type: "uri", value });
/** @param {string} value @returns {Term} */
const literal = (value) => ({ type: "literal", value });

/**
 * @param {Term[][]} triples the default graph of the whole, in its order
 * @param {Iterable<string>} statements IRIs of the statements of the part
 * @param {Iterable<string>} more IRIs of entities that it holds beside those its statements name
 * @param {(curie: string) => string} expand the IRI of the identifier of a cross-reference
 * @returns {Term[][]}
 */
export function part(triples, statements, more, expand) {
  /** @type {Sure<string, [predicate: string, object: Term][]>} */
  const whole = new Map();
  for (const [subject, predicate, object] of triples) {
    if (!whole.has(subject.value)) whole.set(subject.value, []);
    whole.get(subject.value).push([predicate.value, object]);
  }
  /** @param {string} subject @param {string} predicate */
  const all = (subject, predicate) =>
    (whole.get(subject) ?? []).filter(([name]) => name === predicate).map(([, object]) => object.value);
  /** @param {string} subject @param {string} predicate */
  const first = (subject, predicate) => all(subject, predicate)[0];
  /** @param {string} iri */
  const isEntity = (iri) => all(iri, `${DCT}identifier`).length > 0 && !all(iri, `${RDF}type`).includes(`${TB}Source`);

  const kept = new Set();
  const plainly = new Set(); // plain triples
  const entities = new Set();
  for (const iri of more) entities.add(iri);
  for (const statement of statements) {
    if (!whole.has(statement)) continue;
    kept.add(statement);
    const ends = ["subject", "object"].map((end) => first(statement, RDF + end));
    for (const end of ends) if (isEntity(end)) entities.add(end);
    const evidence = all(statement, `${TB}hasEvidence`);
    for (const row of evidence) {
      kept.add(row);
      for (const source of all(row, `${DCT}source`)) if (whole.has(source)) kept.add(source);
    }
    const stances = evidence.filter((row) => first(row, `${TB}retracted`) !== "true").map((row) => first(row, `${TB}stance`));
    const silent = evidence.length > 0 && !stances.length;
    const negated = first(statement, `${TB}negated`) === "true";
    if (!negated && !silent && sayable(stances, first(statement, `${TB}status`)))
      plainly.add(key(ends[0], first(statement, `${RDF}predicate`), ends[1]));
  }

  // What the whole says of itself, and the words that it declares, are said of every part.
  const itself = [...whole.keys()].filter((iri) =>
    all(iri, `${TB}about`).length > 0 || all(iri, `${RDF}type`).some((type) => type.startsWith(OWL)));
  for (const iri of itself) kept.add(iri);

  const references = /** @type {Sure<string, Reference[]>} */ (new Map([...entities].map((iri) => [iri, referencesOf(iri)])));
  /** @param {string} iri */
  const isRecord = (iri) => entities.has(iri) || (kept.has(iri) && !all(iri, `${RDF}type`).includes(`${TB}Evidence`));
  const common = commonLabels(references, isRecord);

  /**
   * The cross-references of an entity in order: match, IRI, label, and the words that keep the label.
   * @param {string} entity
   */
  function referencesOf(entity) {
    const pairs = whole.get(entity) ?? [];
    const words = new Map();
    for (const text of all(entity, CROSS_REFERENCE)) {
      const [, match, curie, label] = /^(\S*) (\S*) (.*)$/s.exec(text) ?? [];
      words.set(key(match, expand(curie)), [text, label]);
    }
    return pairs.flatMap(([predicate, object]) => {
      const match = MATCH.exec(predicate)?.[1];
      if (!match) return [];
      const common = isEntity(object.value) ? "" : (first(object.value, `${RDFS}label`) ?? "");
      const [text, label] = words.get(key(match, object.value)) ?? ["", common];
      return [{ match, iri: object.value, label, text }];
    });
  }

  /** @type {Set<string> | null} */
  let everyPlain = null;
  /** @type {Term[][]} */
  const described = [];
  for (const [subject, pairs] of whole) {
    /** @param {string} predicate @param {Term} object */
    const add = (predicate, object) => described.push([uri(subject), uri(predicate), object]);
    const own = entities.has(subject);
    /** @param {string} predicate @param {Term} object */
    const isSaid = (predicate, object) => plainly.has(key(subject, predicate, object.value));
    const after = own ? pairs.findLastIndex(([predicate]) => MATCH.test(predicate)) : -1;
    for (const [index, [predicate, object]] of pairs.entries()) {
      const lasting = own && predicate !== CROSS_REFERENCE && !isPlain(predicate, object, subject);
      if (lasting || kept.has(subject) || isSaid(predicate, object)) add(predicate, object);
      if (index !== after) continue;
      for (const text of inWords(references.get(subject), common)) add(CROSS_REFERENCE, literal(text));
    }
  }

  /**
   * Whether a triple about an entity is a statement repeated without its evidence.
   * @param {string} predicate
   * @param {Term} object
   * @param {string} subject
   */
  function isPlain(predicate, object, subject) {
    return object.type === "uri" && plain().has(key(subject, predicate, object.value));
  }

  function plain() {
    everyPlain ??= new Set([...whole.keys()].filter((iri) => first(iri, `${RDF}subject`)).map((iri) =>
      key(first(iri, `${RDF}subject`), first(iri, `${RDF}predicate`), first(iri, `${RDF}object`))));
    return everyPlain;
  }

  for (const [iri, label] of [...common].sort(([a], [b]) => byCodePoint(a, b)))
    described.push([uri(iri), uri(`${RDFS}label`), literal(label)]);
  return described.some(([subject]) => !itself.includes(subject.value)) ? described : [...described, EMPTY.map(uri)];
}

/** @param {...string} parts */
const key = (...parts) => parts.join(" ");

/**
 * Whether a statement may be repeated without its evidence; see `evidence.py`.
 * @param {string[]} stances
 * @param {string} status
 */
function sayable(stances, status) {
  const sides = new Set(stances.filter((stance) => stance === "supports" || stance === "disputes"));
  return !(sides.size === 1 && sides.has("disputes")) && status !== "refuted";
}

/**
 * The labels that can stand on the IRIs of cross-references: those nobody in the part contradicts.
 * @param {Map<string, Reference[]>} references
 * @param {(iri: string) => boolean} isRecord
 */
function commonLabels(references, isRecord) {
  /** @type {Sure<string, Set<string>>} */
  const labels = new Map();
  for (const { iri, label } of [...references.values()].flat()) {
    if (!labels.has(iri)) labels.set(iri, new Set());
    labels.get(iri).add(label);
  }
  /** @param {[string, Set<string>]} entry */
  const agreed = ([iri, labels]) => labels.size === 1 && !labels.has("") && !isRecord(iri);
  return new Map([...labels].filter(agreed).map(([iri, [label]]) => [iri, label]));
}

/**
 * The literals that keep the labels which their IRIs cannot tell.
 * @param {Reference[]} references
 * @param {Map<string, string>} common
 */
const inWords = (references, common) =>
  references.filter(({ iri, label, text }) => text && label && common.get(iri) !== label).map(({ text }) => text);
