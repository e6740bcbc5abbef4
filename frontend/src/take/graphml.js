// GraphML for Cytoscape, yEd and igraph: the same bytes as formats/graphml.py writes by networkx.

import { inWords, label, sorted, sourceIds } from "./part.js";
import { taken } from "../records.js";

const HEAD = {
  xmlns: "http://graphml.graphdrawing.org/xmlns",
  "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
  "xsi:schemaLocation": "http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd",
};

// ASCII, so that no program can mistake the encoding.
const ascii = (text) => [...text].map((one) => (one < "\x80" ? one : `&#${one.codePointAt(0)};`)).join("");
const MARKS = new Map([["&", "&amp;"], ["<", "&lt;"], [">", "&gt;"]]);
const escaped = (text) => ascii(text.replace(/[&<>]/g, (mark) => MARKS.get(mark)));
const attribute = ([name, value]) => ` ${name}="${escaped(value).replaceAll('"', "&quot;")}"`;
const attributes = (values) => Object.entries(values).map(attribute).join("");

// GraphML ids are NMTOKENs: other characters are written by their code.
const token = (id) => id.replace(/[^\w.:-]/gu, (mark) => `_x${mark.codePointAt(0).toString(16).toUpperCase()}_`);

const TYPES = { string: "string", number: "long", boolean: "boolean" };
const WORDS = new Map([[true, "True"], [false, "False"]]);

/** Keys by name, type and scope, numbered as they first occur. */
function keys() {
  const found = new Map();
  const id = (name, value, scope) => {
    const key = [name, TYPES[typeof value], scope].join(" ");
    if (!found.has(key)) found.set(key, `d${found.size}`);
    return found.get(key);
  };
  const lines = () => [...found].reverse().map(([key, number]) => {
    const [name, type, scope] = key.split(" ");
    return `  <key${attributes({ id: number, for: scope, "attr.name": name, "attr.type": type })} />`;
  });
  return { id, lines };
}

const described = (one) => ({
  name: one.name,
  category: one.category,
  synonyms: one.synonyms.join(" | "),
  xrefs: one.xrefs.map((x) => `${x.match} ${x.curie} ${x.label ?? ""}`.trimEnd()).join(" | "),
  description: one.description,
  taxon: one.taxon,
});

/** Whether a statement may be repeated without its evidence. */
function sayable(one) {
  const { denied, silent } = taken(one);
  return !one.negated && !denied && !silent && one.status !== "refuted";
}

const said = (one) => ({
  predicate: one.predicate,
  label: label(one),
  sign: one.sign,
  status: one.status,
  negated: one.negated,
  sayable: sayable(one),
  supporting: one.supporting,
  disputing: one.disputing,
  qualifiers: inWords(one.qualifiers),
  topic: one.topic,
  sources: sorted(sourceIds(one.evidence)).join(" | "),
});

/** Statements by subject and then by object, each in the order in which it first occurs. */
function bySubject(statements) {
  const found = new Map();
  for (const one of statements) {
    if (!found.has(one.subject)) found.set(one.subject, new Map());
    const objects = found.get(one.subject);
    if (!objects.has(one.object)) objects.set(one.object, []);
    objects.get(one.object).push(one);
  }
  return found;
}

/**
 * A part as GraphML.
 * @param {ReturnType<typeof import("./part.js").part>} part
 * @returns {string}
 */
export function graphml({ entities, undescribed, statements }) {
  const { id, lines } = keys();
  const element = (tag, values, data) => [
    `    <${tag}${attributes(values)}>`,
    ...Object.entries(data).filter(([, value]) => value !== "").map(([name, value]) =>
      `      <data key="${id(name, value, tag)}">${escaped(WORDS.get(value) ?? String(value))}</data>`),
    `    </${tag}>`,
  ];
  const nodes = [
    ...entities.map((one) => [one, described(one)]),
    ...undescribed.map((one) => [one, {}]),
  ].map(([one, data]) => [one, element("node", { id: token(one.id) }, { ...data, identifier: one.id })]);
  const outward = bySubject(statements);
  const edges = nodes.flatMap(([one]) => [...(outward.get(one)?.values() ?? [])].flat()).flatMap((one) =>
    element("edge", { source: token(one.subject.id), target: token(one.object.id), id: one.id }, said(one)));
  const all = [...nodes.flatMap(([, some]) => some), ...edges];
  const body = all.length
    ? ['  <graph edgedefault="directed">', ...all, "  </graph>"]
    : ['  <graph edgedefault="directed" />'];
  const head = ['<?xml version="1.0" encoding="UTF-8"?>', `<graphml${attributes(HEAD)}>`];
  return [...head, ...lines(), ...body, "</graphml>"].map((line) => `${line}\n`).join("");
}
