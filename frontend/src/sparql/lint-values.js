// Warnings about literals that no value of a property equals: language tags, years and numbers of
// another datatype, and values that are not in a closed list. In the words of
// trabecula/sparql/linting/literals.py and expressions.py.

import { nearest } from "./nearest.js";
import { declared, iriOf, says, unquoted } from "./tokens.js";

const XSD = "http://www.w3.org/2001/XMLSchema#";
const NAMES = new Map(Object.entries({
  string: "texts", integer: "whole numbers", boolean: "true and false", gYear: "years", anyURI: "addresses",
}));
const KINDS = new Map(Object.entries({
  string: "a text", integer: "a number", decimal: "a number", boolean: "true or false", gYear: "a year", anyURI: "an address",
}));
/** @typedef {{ value: string, kind: string, shown: string, end: number }} Literal  in a query, and where it ends there */
const CLOSED = ["status", "stance", "strength"];
const TRUTHS = new Map(Object.entries({ true: "true", 1: "true", yes: "true", false: "false", 0: "false", no: "false" }));

/**
 * Warnings about the literals of a query.
 * @param {Token[]} query
 * @param {Graph} _graph
 * @param {Vocabulary} words
 * @returns {Generator<string>}
 */
export function* valued(query, _graph, words) {
  const all = new Map([...words.namespaces.spaces, ...declared(query)]);
  /** @param {Token} token */
  const isProperty = (token) =>
    (token.kind === "name" || token.kind === "iri") && words.datatypes.has(iriOf(token, all));
  const bound = new Map();
  query.forEach((token, index) => {
    if (isProperty(token) && query[index + 1]?.kind === "variable") bound.set(query[index + 1].text.slice(1), token);
  });
  for (const [index, token] of query.entries()) {
    if (isProperty(token))
      for (const literal of listed(query, index + 1, ",", all)) yield* misfit(literal, token, words, all, "is");
    const property = token.kind === "variable" && bound.get(token.text.slice(1));
    if (property)
      for (const [how, literal] of compared(query, index, all))
        yield* /[<>]/.test(how) ? uneven(token, how, literal, property, words, all) : misfit(literal, property, words, all, how);
  }
}

// --- What stands in the query ---------------------------------------------------------------------

/** @param {string} text */
const quoted = (text) => `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;

/**
 * The literal at a place of a query: its value, kind, how it is written, and where it ends; or null.
 * @param {Token[]} query
 * @param {number} index
 * @param {Map<string, string>} spaces
 * @returns {Literal | null}
 */
function read(query, index, spaces) {
  const token = query[index];
  if (token?.kind === "string") {
    const value = unquoted(token);
    if (query[index + 1]?.text === "@") {
      let [shown, end] = [`${quoted(value)}@${query[index + 2]?.text ?? ""}`, index + 3];
      while (query[end]?.text === "-" && query[end].start === query[end - 1].end) {
        shown += `-${query[end + 1]?.text ?? ""}`;
        end += 2;
      }
      return { value, kind: "langString", shown, end };
    }
    if (query[index + 1]?.text === "^" && query[index + 2]?.text === "^" && query[index + 3]) {
      const kind = iriOf(query[index + 3], spaces).replace(XSD, "");
      return { value, kind, shown: `${quoted(value)}^^${query[index + 3].text}`, end: index + 4 };
    }
    return { value, kind: "string", shown: quoted(value), end: index + 1 };
  }
  const sign = token?.kind === "mark" && (token.text === "-" || token.text === "+") ? token.text : "";
  const number = query[index + (sign ? 1 : 0)];
  if (number?.kind === "number") {
    const value = sign + number.text.replace(/\.+$/, "");
    return { value, kind: value.includes(".") ? "decimal" : "integer", shown: value, end: index + (sign ? 2 : 1) };
  }
  if (says(token, "TRUE") || says(token, "FALSE"))
    return { value: token.text.toLowerCase(), kind: "boolean", shown: token.text, end: index + 1 };
  return null;
}

/**
 * The literals that stand here, one after the other.
 * @param {Token[]} query
 * @param {number} index
 * @param {string} separator
 * @param {Map<string, string>} spaces
 */
function* listed(query, index, separator, spaces) {
  for (let literal; (literal = read(query, index, spaces)); ) {
    yield literal;
    index = literal.end;
    if (separator && query[index++]?.text !== separator) return;
  }
}

/**
 * The literals with which the variable at this place is compared, and how.
 * @param {Token[]} query
 * @param {number} index
 * @param {Map<string, string>} spaces
 * @returns {Generator<[how: string, literal: Literal]>}
 */
function* compared(query, index, spaces) {
  const words = query.slice(index + 1, index + 4).map((token) => token.text.toUpperCase());
  /** @param {string} how @param {number} skip @param {string} separator @returns {Generator<[how: string, literal: Literal]>} */
  const all = function* (how, skip, separator) {
    for (const literal of listed(query, index + skip, separator, spaces)) yield [how, literal];
  };
  if (says(query[index - 1], "VALUES") && words[0] === "{") yield* all("is", 2, "");
  else if (words[0] === "=") yield* all("=", 2, "");
  else if (words[0] === "!" && words[1] === "=") yield* all("!=", 3, "");
  else if (words[0] === "IN" && words[1] === "(") yield* all("=", 3, ",");
  else if (words[0] === "NOT" && words[1] === "IN") yield* all("!=", 4, ",");
  else if ((words[0] === "<" || words[0] === ">") && words[1] === "=") yield* all(`${words[0]}=`, 3, "");
  else if (words[0] === "<" || words[0] === ">") yield* all(words[0], 2, "");
}

// --- What is wrong with it ------------------------------------------------------------------------

/** @param {string} kind */
const isNumber = (kind) => kind === "integer" || kind === "decimal";

/**
 * What is wrong with a literal as a value of a property.
 * @param {Literal} literal
 * @param {Token} property
 * @param {Vocabulary} words
 * @param {Map<string, string>} spaces
 * @param {string} how
 * @returns {Generator<string>}
 */
function* misfit({ value, kind, shown }, property, words, spaces, how) {
  const iri = iriOf(property, spaces);
  const holds = words.datatypes.get(iri);
  const local = iri.slice(words.namespaces.spaces.get("tb").length);
  const closed = iri.startsWith(words.namespaces.spaces.get("tb")) && CLOSED.includes(local) ? words.values.get(iri) : undefined;
  if (how === "!=" && (kind === "langString" || !closed)) return;
  if (kind === "langString") return yield `${shown}: the texts of the graph have no language tag; write ${quoted(value)}`;
  if (how !== "is" && isNumber(kind) && [...holds].some(isNumber)) return;
  const name = words.namespaces.written(iri);
  const text = value.trim();
  if (holds.has("gYear") && kind !== "gYear" && /^\d{4}$/.test(text))
    yield `${name} has years as values, which ${shown} is not; write "${text}"^^xsd:gYear`;
  else if (closed && !closed.includes(value)) {
    const same = closed.find((value) => value.toLowerCase() === text.toLowerCase());
    const close = same ? [same] : nearest(value, closed, 1);
    yield `${name} is never ${shown}; did you mean ${(close.length ? close : closed).join(" or ")}?`;
  } else if (name === "tb:sign" && !(holds.has(kind) && ["1", "0", "-1"].includes(String(Number(value)))))
    yield `tb:sign is never ${shown}; its values are the numbers 1, 0, -1`;
  else if (!holds.has(kind) && [...holds].every((held) => NAMES.has(held))) {
    const [wanted] = [...holds].sort();
    const meant = as(text, wanted);
    yield `${name} has ${NAMES.get(wanted)} as values, which ${shown} is not${meant ? `; write ${meant}` : ""}`;
  }
}

/** A value as a literal of another kind; empty where it cannot be one. @param {string} value @param {string} kind */
function as(value, kind) {
  if (kind === "string") return quoted(value);
  if (kind === "integer") return /^[+-]?\d+$/.test(value) ? value : "";
  if (kind === "boolean") return TRUTHS.get(value.toLowerCase()) ?? "";
  if (kind === "gYear") return /^\d{4}/.test(value) ? `"${value.slice(0, 4)}"^^xsd:gYear` : "";
  return `${quoted(value)}^^xsd:${kind}`;
}

/**
 * A comparison of a variable with a literal of a kind that its values do not have.
 * @param {Token} variable
 * @param {string} how
 * @param {Literal} literal
 * @param {Token} property
 * @param {Vocabulary} words
 * @param {Map<string, string>} spaces
 */
function* uneven(variable, how, { value, kind, shown }, property, words, spaces) {
  const holds = [...words.datatypes.get(iriOf(property, spaces))].sort();
  const comparable = KINDS.has(kind) && holds.every((held) => KINDS.has(held));
  if (!comparable || holds.includes(kind) || (isNumber(kind) && holds.some(isNumber))) return;
  const meant = holds.length === 1 && holds[0] === "string" && isNumber(kind) ? `xsd:integer(${variable.text})`
    : holds.map((held) => as(value, held)).find(Boolean) ?? "";
  const is = holds.map((held) => KINDS.get(held)).join(" or ");
  yield `${variable.text} ${how} ${shown} is never true, for ${variable.text} is ${is} and ${shown} is ${KINDS.get(kind)}`
    + (meant ? `; write ${meant}` : "");
}
