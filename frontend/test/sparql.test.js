// The pure parts of the SPARQL drawer that Python has no twin of: completion, the form of a query,
// what an answer leads to, and Turtle.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { named } from "../src/sparql/answer.js";
import { complete, vocabulary } from "../src/sparql/completion.js";
import { bind, entityCalled, suited, suiting, unfilled } from "../src/sparql/library.js";
import { lint } from "../src/sparql/lint.js";
import { read } from "../src/sparql/results.js";
import { MAX_QUERY_BYTES, screen } from "../src/sparql/screening.js";
import { names, subjects } from "../src/sparql/terms.js";
import { code, formOf, orders, pointed } from "../src/sparql/tokens.js";
import { turtle } from "../src/sparql/turtle.js";
import { small } from "./small.js";

const { prefixes } = JSON.parse(readFileSync(join(import.meta.dirname, "sparql-cases.json"), "utf8"));
const namespaces = names(prefixes);

const evidenced = { evidence: [{ source: "PMID:1" }, { source: "article" }] };
const graph = small(["atp requires magnesium", ["magnesium inhibits pth", evidenced]], {
  entities: {
    magnesium: {
      name: "magnesium", synonyms: ["Mg", "Mg²⁺"], xrefs: [{ match: "exact", curie: "CHEBI:25107", label: "" }],
    },
    pth: { name: "PTH", synonyms: ["parathyroid hormone", "Mg"] },
    "vitamin-d": { name: "vitamin D" },
    "CL:0000062": { name: "osteoblast" },
  },
});
const tb = namespaces.spaces.get("tb");
const words = vocabulary(graph, namespaces, {
  properties: [
    [`${tb}requires`, 3], [`${tb}status`, 2], [`${tb}stance`, 2],
    [`${namespaces.spaces.get("rdfs")}label`, 9], ["http://h/unknown", 1],
  ],
  classes: [[`${tb}Statement`, 2]],
  values: [[`${tb}status`, "contested"], [`${tb}status`, "supported"], [`${tb}stance`, "disputes"]],
  datatypes: [[`${tb}status`, "http://www.w3.org/2001/XMLSchema#string"]],
});

/** What is offered at the end of a text, as it would be written. */
function offered(text, { asked = false, at = text.length } = {}) {
  const completions = complete(text, at, words, asked);
  return completions && completions.options.map((option) => text.slice(0, completions.from) + option.apply + text.slice(at));
}

// --- Completion -----------------------------------------------------------------------------------

test("entities are completed by name, synonym and identifier", () => {
  assert.deepEqual(offered("ASK { magn"), ["ASK { entity:magnesium"]);
  assert.deepEqual(offered("ASK { parathyroid"), ["ASK { entity:pth"]);
  assert.deepEqual(offered("ASK { entity:hormone"), ["ASK { entity:pth"]);
  assert.deepEqual(offered("ASK { CL:"), ["ASK { CL:0000062"]);
  assert.deepEqual(offered("ASK { osteobl"), ["ASK { CL:0000062"]);
  assert.deepEqual(offered("ASK { ?x a vitamin d"), ["ASK { ?x a entity:vitamin-d"]);
});

test("terms are completed by name and by label, with their uses", () => {
  assert.deepEqual(offered("ASK { ?x tb:sta"), ["ASK { ?x tb:stance", "ASK { ?x tb:status", "ASK { ?x tb:Statement"]);
  assert.deepEqual(offered("ASK { ?x requires"), ["ASK { ?x tb:requires"]);
  const [option] = complete("ASK { ?x tb:requi", 17, words).options;
  assert.deepEqual([option.label, option.detail], ["tb:requires", "requires · 3 uses"]);
  assert.equal(words.terms.some(({ written }) => written.includes("unknown")), false);
});

test("sources are completed by their prefix and title", () => {
  assert.deepEqual(offered("ASK { ?x dct:source PMID:"), ["ASK { ?x dct:source PMID:1"]);
  assert.deepEqual(offered("ASK { ?x dct:source source:art"), ["ASK { ?x dct:source source:article"]);
});

test("values of closed lists are completed where they are an object or compared", () => {
  assert.deepEqual(offered('ASK { ?x tb:status "con'), ['ASK { ?x tb:status "contested"']);
  const second = "ASK { ?x tb:status 'supported', ";
  assert.deepEqual(offered(`${second}'`), [`${second}'contested'`, `${second}'supported'`]);
  const listed = 'ASK { ?x tb:status ?y FILTER(?y NOT IN ("a", ';
  assert.deepEqual(offered(`${listed}"con`), [`${listed}"contested"`]);
  assert.deepEqual(offered('ASK { ?x tb:stance ?y VALUES ?y { "'), ['ASK { ?x tb:stance ?y VALUES ?y { "disputes"']);
  // The quotation mark that closes is there already.
  assert.deepEqual(offered('ASK { ?x tb:status "con" }', { at: 23 }), ['ASK { ?x tb:status "contested" }']);
  assert.equal(offered('ASK { ?x rdfs:label "con'), null);
});

test("variables, keywords and prefixes are completed", () => {
  assert.deepEqual(offered("SELECT ?what ?name { ?wh"), ["SELECT ?what ?name { ?what"]);
  assert.deepEqual(offered("SELECT ?what { $"), ["SELECT ?what { $what"]);
  assert.deepEqual(offered("SELE"), ["SELECT"]);
  assert.deepEqual(offered("SELECT (COUN"), ["SELECT (COUNT("]);
  assert.deepEqual(offered("ASK { ?x skos"), ["ASK { ?x skos:"]);
  assert.equal(offered("INSER"), null);
  assert.equal(offered("SERVI"), null);
});

test("nothing is offered unasked where nothing is typed, nor in comments and IRIs", () => {
  assert.equal(offered("ASK { "), null);
  assert.equal(offered("# magn"), null);
  assert.equal(offered("ASK { <http://h/magn>"), null);
  assert.equal(offered("ASK { ", { asked: true }).includes("ASK { FILTER"), true);
});

// --- The library ------------------------------------------------------------------------------

const query = {
  name: "who-requires", title: "What requires an entity", also: [],
  text: "SELECT ?entity { ?entity tb:requires $entity ; rdfs:label '$entity' } # $entity\nLIMIT $count\n",
  parameters: [
    { name: "entity", type: "entity", default: "magnesium", description: "what is required" },
    { name: "count", type: "integer", default: null, description: "how many" },
  ],
};
const context = { graph, namespaces };
const bound = (values) => bind(query, new Map(Object.entries(values)), context);

test("values stand for parameters, and for nothing else", () => {
  assert.equal(bound({ count: "007" }), [
    "# What requires an entity",
    "SELECT ?entity { ?entity tb:requires entity:magnesium ; rdfs:label '$entity' } # $entity",
    "LIMIT 7",
    "",
  ].join("\n"));
  assert.match(bound({ entity: "osteoblast", count: "1" }), /tb:requires CL:0000062 ;/);
  assert.match(bound({ entity: "CHEBI:25107", count: "1" }), /tb:requires entity:magnesium ;/);
});

test("a value that is missing or does not fit is named", () => {
  const told = (values) => {
    try {
      return bound(values);
    } catch (error) {
      return [error.parameter, error.message];
    }
  };
  assert.deepEqual(told({}), ["count", "count is missing: how many"]);
  assert.deepEqual(told({ count: "1 } #" }), ["count", "“1 } #” is no whole number of at most nine digits"]);
  assert.deepEqual(told({ count: "1", entity: "iron" }), ["entity", "no entity of this graph is called “iron”"]);
  assert.match(unfilled(query, new Map(), context), /LIMIT ""/);
});

test("what the graph does not have is no default; what most is said of is", () => {
  const [entity, count] = query.parameters;
  const source = { name: "source", type: "source", default: "other" };
  const other = { ...query, parameters: [{ ...entity, default: "iron" }, source, count] };
  assert.deepEqual(suiting(other, graph).parameters.map((parameter) => parameter.default), ["magnesium", "PMID:1", null]);
  assert.deepEqual(suiting(query, graph).parameters, query.parameters);
});

test("text stays a text, whatever it holds", () => {
  const parameters = [{ name: "text", type: "text", default: null, description: "what" }];
  const find = { title: "Find", text: "ASK { ?x ?y $text }", parameters };
  assert.equal(bind(find, new Map([["text", 'a" } # \\\n']]), context), '# Find\nASK { ?x ?y "a\\" } # \\\\\\n" }');
});

test("a name that two entities have means neither of them; an id comes before a name", () => {
  assert.equal(entityCalled(graph, "Mg"), null);
  assert.equal(entityCalled(graph, "mg²⁺").id, "magnesium");
  assert.equal(entityCalled(graph, "Parathyroid Hormone").id, "pth");
});

test("examples are found by their words, those that have them as written first", () => {
  const titled = (...titles) => titles.map((title) => ({ title, name: "", also: [] }));
  const [far, near] = ["What depends on an entity through what it requires", "What requires an entity"];
  const rows = titled(far, near, "Contested");
  assert.deepEqual(suited(rows, "requires an entity").map(({ title }) => title), [near, far]);
  assert.equal(suited(rows, "").length, 3);
  assert.deepEqual(suited(rows, "magnesium"), []);
});

// --- Queries --------------------------------------------------------------------------------------

test("the form of a query is its first word after the prologue", () => {
  assert.equal(formOf(code("PREFIX select: <http://ask/> BASE <http://h/> # ask\nconstruct { }")), "CONSTRUCT");
  assert.equal(formOf(code("")), "");
});

test("only the order of the query itself is kept", () => {
  assert.equal(orders(code("SELECT * { } ORDER BY ?x")), true);
  assert.equal(orders(code("SELECT * { { SELECT * { } ORDER BY ?x } }")), false);
  assert.equal(orders(code("SELECT * { } # ORDER BY ?x")), false);
});

test("columns are counted in characters, places in the units of the editor", () => {
  const text = "ASK {\n '𝄞é' oops }";
  const { start, line, column } = pointed(text, text.indexOf("oops"), "what");
  assert.deepEqual([line, column, text.slice(start, start + 4)], [2, 7, "oops"]);
});

test("a query has a size, in bytes", () => {
  const padding = " ".repeat(MAX_QUERY_BYTES - 11);
  screen(`ASK { } #é${padding}`);
  const told = `the query has ${MAX_QUERY_BYTES + 1} bytes; the limit is ${MAX_QUERY_BYTES}`;
  assert.throws(() => screen(`ASK { } #é ${padding}`), { message: told });
});

test("warnings name what is meant", () => {
  const text = 'ASK { entity:magnesum tb:requres ?x ; tb:status "contestd" . <entity:atp> ?y zz:a }';
  assert.deepEqual(lint(text, graph, words), [
    "unknown prefix zz: declare it with PREFIX",
    "<entity:atp> is not the prefixed name; write entity:atp without < and >",
    "the graph has no entity:magnesum; did you mean entity:magnesium?",
    "nothing in the graph's RDF uses tb:requres; did you mean tb:requires?",
    'tb:status is never "contestd"; did you mean contested?',
  ]);
  assert.deepEqual(lint("PREFIX tb: <http://h/> ASK { ?x tb:mine entity:atp ; a tb:Thing }", graph, words), [
    `PREFIX tb: is <http://h/> in this query; the data have <${tb}>`,
  ]);
});

// --- Answers --------------------------------------------------------------------------------------

const uri = (value) => ({ type: "uri", value });
const [statement, evidence, entity] = ["statement", "evidence", "entity"].map((name) => namespaces.spaces.get(name));

test("an answer leads to the statements it names, and to entities that these do not bring", () => {
  const records = subjects(graph, namespaces);
  const namedIn = (rows, triples = []) => named({ rows, triples }, records, namespaces);
  const rows = [
    [uri(`${statement}s1`), uri(`${entity}magnesium`)],
    [uri(`${entity}vitamin-d`), undefined],
    [uri("http://h/"), { type: "literal", value: "a" }],
  ];
  assert.deepEqual(namedIn(rows), { of: ["vitamin-d"], statements: ["s1"] });
  assert.deepEqual(namedIn([[uri(`${evidence}s0-0a1b2c3d`)]]), { of: [], statements: ["s0"] });
  const triples = [["atp", "magnesium"], ["pth", "atp"]].map(([subject, other]) =>
    [uri(`${entity}${subject}`), uri(`${tb}requires`), uri(`${entity}${other}`)]);
  assert.deepEqual(namedIn([], triples), { of: ["pth"], statements: ["s0"] });
});

test("triples are read from N-Triples, each once and in order", () => {
  const line = '<http://h/b> <http://h/p> "a \\"b\\"\\n\\u00e9"@en .\n';
  const body = `${line}_:x1 <http://h/p> "1"^^<http://h/t> .\n${line}`;
  assert.deepEqual(read("", "CONSTRUCT", body).triples, [
    [{ type: "bnode", value: "b0" }, uri("http://h/p"), { type: "literal", value: "1", datatype: "http://h/t" }],
    [uri("http://h/b"), uri("http://h/p"), { type: "literal", value: 'a "b"\né', "xml:lang": "en" }],
  ]);
  const quotedTriple = "<http://h/a> <http://h/p> <<( <http://h/a> <http://h/p> <http://h/a> )>> .\n";
  assert.throws(() => read("", "CONSTRUCT", quotedTriple), /RDF 1.2 terms/);
});

test("rows with triple terms or directions are refused", () => {
  const body = (term) => JSON.stringify({ head: { vars: ["x"] }, results: { bindings: [{ x: term }] } });
  assert.throws(() => read("", "SELECT", body({ type: "triple", value: {} })), /RDF 1.2 terms/);
  const directed = { type: "literal", value: "a", "xml:lang": "en", "its:dir": "ltr" };
  assert.throws(() => read("", "SELECT", body(directed)), /RDF 1.2 terms/);
});

test("Turtle says what can be said short, and the rest in full", () => {
  const XSD = namespaces.spaces.get("xsd");
  const literal = (value, datatype) => ({ type: "literal", value, ...(datatype ? { datatype: XSD + datatype } : {}) });
  const objects = [
    literal("1", "integer"), literal("01.50", "decimal"), literal("1e3", "double"), literal("true", "boolean"),
    literal("one", "integer"), literal("1999", "gYear"), literal('"\\\t\u0001', "string"),
    { type: "literal", value: "ö", "xml:lang": "de" },
  ];
  const triples = [
    [uri("http://h/a b"), uri(`${namespaces.spaces.get("rdf")}type`), uri(`${entity}a.b.`)],
    ...objects.map((object) => [uri("http://h/a b"), uri(`${tb}sign`), object]),
  ];
  assert.equal(turtle(triples, namespaces), [
    "@prefix entity: <https://w3id.org/trabecula/entity/> .",
    "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .",
    "@prefix tb: <https://w3id.org/trabecula/ontology#> .",
    "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .",
    "",
    "<http://h/a b> a entity:a.b\\. ;",
    '    tb:sign 1 , 01.50 , 1e3 , true , "one"^^xsd:integer , "1999"^^xsd:gYear , "\\"\\\\\\t\\u0001" , "ö"@de .',
    "",
  ].join("\n"));
});
