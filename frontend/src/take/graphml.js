// GraphML for Cytoscape, yEd, Gephi and igraph: the same bytes as formats/graphml.py writes.

import { inWords, label, pairs, sorted, sourceIds } from "./part.js";
import { taken } from "../records.js";
import { fields } from "./json.js";
import { byCodePoint } from "../order.js";

const SPACES =
  ' xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml" xmlns:yed="http://www.yworks.com/xml/yed/3"';
const MARKS = /** @type {Sure<string, string>} */ (new Map([["&", "&amp;"], ["<", "&lt;"], [">", "&gt;"]]));
/** @param {string} text */
const escaped = (text) => text.replace(/[&<>]/g, (mark) => MARKS.get(mark));
/** @type {Record<string, string>} */
const TYPES = { string: "string", number: "int", boolean: "boolean" };
const BETWEEN = " | ";
// A list of texts as Python shows it.
const SHOWN = /^\[('[^'\\]*'|"[^"\\]*")(,\s*('[^'\\]*'|"[^"\\]*"))*\]$/;

// GraphML ids are NMTOKENs: other characters are written by their code.
/** @param {string} id */
const token = (id) => id.replace(/[^\w.:-]/gu, (mark) => `_x${Number(mark.codePointAt(0)).toString(16).toUpperCase()}_`);

/** A value as JSON with the blanks of Python. @param {unknown} value @returns {string} */
function spaced(value) {
  if (Array.isArray(value)) return `[${value.map(spaced).join(", ")}]`;
  if (typeof value === "object" && value !== null)
    return `{${Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${spaced(inner)}`).join(", ")}}`;
  return JSON.stringify(value);
}

/** Whether a text would be taken for a list by who reads it. @param {string} text */
function isList(text) {
  if (!text.startsWith("[")) return false;
  if (SHOWN.test(text)) return true;
  try {
    const parsed = JSON.parse(text);
    return Array.isArray(parsed) && parsed.every((entry) => typeof entry === "string");
  } catch {
    return false;
  }
}

/** @param {unknown[]} some @param {unknown[]} others */
const same = (some, others) => some.length === others.length && some.every((value, place) => value === others[place]);

/** Several values as one text: `mapping.joined` in Python. @param {string[]} values */
function joined(values) {
  const text = values.join(BETWEEN);
  const back = text ? text.split(BETWEEN) : [];
  return !isList(text) && same(back, values) ? text : spaced(values);
}

/** A context as text that reads back: `mapping.paired` in Python. @param {Context} context */
function paired(context) {
  const text = inWords(context), given = pairs(context).map(([key, value]) => `${key}=${value}`);
  const parts = text ? text.split("; ") : [];
  const isPlain = !text.startsWith("{") && same([...parts].sort(byCodePoint), given) && pairs(context).every(([key, value]) =>
    key && value && !key.includes("="));
  return isPlain ? text : spaced(context);
}

/** @param {Entity} entity */
const described = (entity) => ({
  name: entity.name,
  category: entity.category,
  synonyms: joined(entity.synonyms),
  xrefs: joined(entity.xrefs.map((x) => `${x.match} ${x.curie} ${x.label ?? ""}`.trimEnd())),
  description: entity.description,
  taxon: entity.taxon,
  label: entity.name,
});

/** Whether a statement may be repeated without its evidence. @param {Statement} statement */
function sayable(statement) {
  const { denied, silent } = taken(statement);
  return !denied && !silent && statement.status !== "refuted";
}

/** What a statement says of its ends: `not: increases`, `inhibits (refuted)`. @param {Statement} statement */
function inShort(statement) {
  const words = statement.negated ? `not: ${label(statement)}` : label(statement);
  if (statement.status === "refuted") return `${words} (refuted)`;
  return sayable(statement) ? words : `${words} (denied)`;
}

/** @param {Statement} statement */
const attributes = (statement, short = inShort(statement)) => ({
  statement: statement.id,
  predicate: statement.predicate,
  label: short,
  interaction: short,
  sign: statement.sign,
  status: statement.status,
  negated: statement.negated,
  sayable: !statement.negated && sayable(statement),
  supporting: statement.supporting,
  disputing: statement.disputing,
  qualifiers: paired(statement.qualifiers),
  topic: statement.topic,
  sources: joined(sorted(sourceIds(statement.evidence))),
  evidence: statement.evidence.length ? spaced(statement.evidence.map(fields)) : "",
});

/**
 * Attributes that say something.
 * @returns {Record<string, any>}
 * @param {Record<string, any>} values
 */
const kept = (values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== "" && value !== undefined));

/**
 * The declarations of what nodes, or edges, have.
 * @param {"node" | "edge"} kind
 * @param {{ values: Record<string, any> }[]} rows
 */
function keys(kind, rows) {
  const types = new Map(rows.flatMap(({ values }) => Object.entries(values).map(([name, value]) => [name, TYPES[typeof value]])));
  const declared = [...types].map(([name, type]) => `  <key id="${kind}_${name}" for="${kind}" attr.name="${name}" attr.type="${type}"/>`);
  return [...declared, `  <key id="yed_${kind}" for="${kind}" yfiles.type="${kind}graphics"/>`];
}

/** @param {"node" | "edge"} kind @param {Record<string, any>} values */
const data = (kind, values) =>
  Object.entries(values).map(([name, value]) => `      <data key="${kind}_${name}">${escaped(String(value))}</data>`);

/**
 * A part as GraphML.
 * @param {ReturnType<typeof import("./part.js").part>} part
 * @returns {string}
 */
export function graphml({ entities, undescribed, statements, itself }) {
  const bare = [...undescribed].sort((a, b) => byCodePoint(a.id, b.id));
  const nodes = [
    ...entities.map((entity) => ({ entity, values: kept({ identifier: entity.id, ...described(entity) }) })),
    ...bare.map((entity) => ({ entity, values: kept({ identifier: entity.id }) })),
  ];
  const edges = statements.map((statement) => ({ statement, values: kept(attributes(statement)) }));
  const { about } = /** @type {{ about?: { title?: string } }} */ (itself);
  const title = about?.title ?? "";
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<graphml${SPACES}>`,
    ...keys("node", nodes),
    ...keys("edge", edges),
    `  <graph${title && ` id="${token(title)}"`} edgedefault="directed">`,
    ...nodes.flatMap(({ entity, values }) => [
      `    <node id="${token(entity.id)}">`,
      ...data("node", values),
      `      <data key="yed_node"><y:ShapeNode><y:NodeLabel>${escaped(values.name ?? entity.id)}</y:NodeLabel></y:ShapeNode></data>`,
      "    </node>",
    ]),
    ...edges.flatMap(({ statement, values }) => [
      `    <edge id="${statement.id}" source="${token(statement.subject.id)}" target="${token(statement.object.id)}">`,
      ...data("edge", values),
      '      <data key="yed_edge"><y:PolyLineEdge><y:Arrows source="none" target="standard"/>' +
        `<y:EdgeLabel>${escaped(values.label)}</y:EdgeLabel></y:PolyLineEdge></data>`,
      "    </edge>",
    ]),
    "  </graph>",
    "</graphml>",
  ];
  return lines.map((line) => `${line}\n`).join("");
}
