// Turtle as the files of trabecula have it: prefixes in order, one block a subject, in the order in
// which the triples come.

import { STRING } from "./terms.js";

const XSD = "http://www.w3.org/2001/XMLSchema#";
const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
// Literals that Turtle can say without quotation marks.
const SHORT = new Map([
  [`${XSD}boolean`, /^(?:true|false)$/],
  [`${XSD}integer`, /^[+-]?[0-9]+$/],
  [`${XSD}decimal`, /^[+-]?[0-9]*\.[0-9]+$/],
  [`${XSD}double`, /^[+-]?(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)[eE][+-]?[0-9]+$/],
]);

const CHARS_U = "A-Za-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D" +
  "\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}_";
const FIRST = new RegExp(`^[${CHARS_U}:0-9]$`, "u");
const LATER = new RegExp(`^[${CHARS_U}:0-9\\-\\u00B7\\u0300-\\u036F\\u203F\\u2040]$`, "u");
const ESCAPABLE = new Set("_~.-!$&'()*+,;=/?#@%");

/** The local part of a prefixed name with its escapes; null where it cannot be said so. @param {string} text */
function local(text) {
  const letters = [...text];
  const parts = letters.map((letter, index) => {
    const within = index > 0 && index < letters.length - 1;
    const plain = index === 0 ? FIRST.test(letter) : LATER.test(letter) || (letter === "." && within);
    return plain ? letter : ESCAPABLE.has(letter) ? `\\${letter}` : null;
  });
  return parts.includes(null) ? null : parts.join("");
}

const ESCAPES = new Map([
  ["\b", "\\b"], ["\t", "\\t"], ["\n", "\\n"], ["\r", "\\r"], ["\f", "\\f"], ['"', '\\"'], ["\\", "\\\\"],
]);

/** A text as a literal, which SPARQL writes alike. @param {string} text */
export const quoted = (text) =>
  `"${text.replace(/[\0-\x1f"\\\x7f\ufffe\uffff]/g, (letter) =>
    ESCAPES.get(letter) ?? `\\u${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`)}"`;

// As whole lines are sorted: `hgnc.genegroup:` before `HGNC:`.
/** @param {[string, string]} first @param {[string, string]} second */
const byFolded = ([a], [b]) => (`${a}:`.toLowerCase() < `${b}:`.toLowerCase() ? -1 : 1);

/**
 * The triples as Turtle, grouped by subject in the order in which subjects first come.
 * @param {import("./terms.js").Term[][]} triples
 * @param {ReturnType<typeof import("./terms.js").names>} namespaces
 */
export function turtle(triples, namespaces) {
  /** @type {Map<string, string>} */
  const used = new Map();

  /** @param {string} value */
  function iri(value) {
    const split = namespaces.split(value);
    if (split) used.set(split[0], namespaces.spaces.get(split[0]));
    const name = split && local(split[1]);
    return !split || name === null ? `<${value}>` : `${split[0]}:${name}`;
  }

  /** @param {Term} term @returns {string} */
  function spelt(term) {
    if (term.type === "uri") return iri(term.value);
    if (term.type === "bnode") return `_:${term.value}`;
    if (term["xml:lang"]) return `${quoted(term.value)}@${term["xml:lang"]}`;
    const { datatype } = term;
    if (!datatype || datatype === STRING) return quoted(term.value);
    if (SHORT.get(datatype)?.test(term.value)) return term.value;
    return `${quoted(term.value)}^^${iri(datatype)}`;
  }

  /** @param {Term} term */
  const key = (term) => `${term.type} ${term.value}`;
  /** @type {Sure<string, { subject: Term, pairs: { predicate: string, objects: Term[] }[] }>} */
  const blocks = new Map();
  for (const [subject, predicate, object] of triples) {
    const block = blocks.get(key(subject)) ?? blocks.set(key(subject), { subject, pairs: [] }).get(key(subject));
    const last = block.pairs.at(-1);
    if (last?.predicate === predicate.value) last.objects.push(object);
    else block.pairs.push({ predicate: predicate.value, objects: [object] });
  }
  const written = [...blocks.values()].map(({ subject, pairs }) => {
    const lines = pairs.map(({ predicate, objects }) => {
      const name = iri(predicate);
      return `${predicate === TYPE ? "a" : name} ${objects.map(spelt).join(" , ")}`;
    });
    return `${spelt(subject)} ${lines.join(" ;\n    ")} .\n`;
  });
  const prefixes = [...used].sort(byFolded).map(([name, space]) => `@prefix ${name}: <${space}> .\n`).join("");
  return [prefixes, ...written].filter(Boolean).join("\n");
}
