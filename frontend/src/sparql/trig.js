// Reads the TriG that the page carries, which is what trabecula writes: prefixes, then a block for
// each subject, then the named graphs. In the order of the text, which the engine does not keep.

import { unescaped } from "./results.js";
import { STRING } from "./terms.js";

const XSD = "http://www.w3.org/2001/XMLSchema#";
const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const TOKEN = /<([^>]*)>|"((?:[^"\\]|\\.)*)"|\^\^|@[A-Za-z][A-Za-z0-9-]*|[{};,]|(?:\\.|[^\s\\"<>{};,^])+/gs;
/** @type {[RegExp, string][]} */
const PLAIN = [
  [/^(?:true|false)$/, `${XSD}boolean`],
  [/^[+-]?[0-9]+$/, `${XSD}integer`],
  [/^[+-]?[0-9]*\.[0-9]+$/, `${XSD}decimal`],
  [/^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+$/, `${XSD}double`],
];

/**
 * The triples of the default graph.
 * @param {string} text
 * @returns {import("./terms.js").Term[][]}
 */
export function defaultGraph(text) {
  const words = text.matchAll(TOKEN);
  const spaces = new Map();
  /** @type {Term[][]} */
  const triples = [];
  /** @type {any} the token that is read next; nothing at the end */
  let word = words.next().value;
  const next = () => { word = words.next().value; };

  /** An IRI or a name as a term. */
  function node() {
    const [written, iri] = word;
    next();
    if (iri !== undefined) return { type: "uri", value: iri };
    const colon = written.indexOf(":");
    return { type: "uri", value: spaces.get(written.slice(0, colon)) + written.slice(colon + 1).replace(/\\(.)/g, "$1") };
  }

  function object() {
    const [written, , quoted] = word;
    if (quoted !== undefined) return literal(unescaped(quoted));
    const short = PLAIN.find(([pattern]) => pattern.test(written));
    if (!short) return node();
    next();
    return { type: "literal", value: written, datatype: short[1] };
  }

  /** @param {string} value */
  function literal(value) {
    next();
    if (word?.[0].startsWith("@")) {
      const language = word[0].slice(1);
      next();
      return { type: "literal", value, "xml:lang": language };
    }
    if (word?.[0] !== "^^") return { type: "literal", value, datatype: STRING };
    next();
    return { type: "literal", value, datatype: node().value };
  }

  /** The rest of a block: predicates with their objects. @param {Term} subject @param {boolean} kept */
  function block(subject, kept) {
    do {
      if (word[0] === ";") next();
      const predicate = word[0] === "a" ? { type: "uri", value: TYPE } : null;
      if (predicate) next();
      const verb = predicate ?? node();
      do {
        if (word[0] === ",") next();
        const triple = [subject, verb, object()];
        if (kept) triples.push(triple);
      } while (word?.[0] === ",");
    } while (word?.[0] === ";");
    next(); // the full stop
  }

  while (word) {
    if (word[0] === "@prefix") {
      next();
      const name = word[0].slice(0, -1);
      next();
      spaces.set(name, word[1]);
      next();
      next();
      continue;
    }
    const subject = node();
    if (word[0] !== "{") block(subject, true);
    else {
      next();
      while (word[0] !== "}") block(node(), false);
      next();
    }
  }
  return triples;
}
