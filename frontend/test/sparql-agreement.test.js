// What Python says of the same queries, identifiers and answers; tests/frontend/sparql_cases.py
// makes the cases, and others at random.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { vocabulary } from "../src/sparql/completion.js";
import { explained, WORDS } from "../src/sparql/diagnosis.js";
import { lint } from "../src/sparql/lint.js";
import { nearest } from "../src/sparql/nearest.js";
import { part } from "../src/sparql/part.js";
import { csv, json, read } from "../src/sparql/results.js";
import { screen } from "../src/sparql/screening.js";
import { names } from "../src/sparql/terms.js";
import { tokens } from "../src/sparql/tokens.js";
import { defaultGraph } from "../src/sparql/trig.js";
import { turtle as written } from "../src/sparql/turtle.js";
import { small } from "./small.js";

const path = process.env.TRABECULA_SPARQL_CASES ?? join(import.meta.dirname, "sparql-cases.json");
const cases = JSON.parse(readFileSync(path, "utf8"));
const namespaces = names(cases.prefixes);

/** What a refusal says; null where there is none. */
function refusal(text) {
  try {
    screen(text);
    return null;
  } catch (error) {
    return error.message;
  }
}

test("a query is cut into the same tokens", () => {
  for (const [text, expected] of cases.tokens ?? [])
    assert.deepEqual(tokens(text).map((token) => [token.kind, token.text]), expected, JSON.stringify(text));
});

test("the screen refuses the same queries in the same words", () => {
  for (const { text, told } of cases.screened) assert.equal(refusal(text), told, JSON.stringify(text));
});

test("what the engine says of a mistake is explained in the same words", () => {
  for (const { text, message, told } of cases.explained.filter((query) => query.told !== null))
    assert.equal(explained(text, message, namespaces.spaces).message, told, `${JSON.stringify(text)} ${message}`);
});

test("the nearest words are the same", () => {
  const sorted = [...WORDS].sort();
  for (const { word, found: close } of cases.nearest) assert.deepEqual(nearest(word, sorted), close, word);
});

test("the RDF of a part is the same file", () => {
  const { trig, parts } = cases.rdf;
  const triples = defaultGraph(trig);
  const expand = (curie) => namespaces.iri(curie, "entity");
  for (const { statements, entities, turtle } of parts) {
    const chosen = statements.map((id) => namespaces.spaces.get("statement") + id);
    const records = part(triples, chosen, entities.map(expand), expand);
    assert.equal(written(records, namespaces), turtle);
  }
});

test("IRIs are shortened alike", () => {
  for (const [iri, short] of cases.shortened ?? []) assert.equal(namespaces.shorten(iri), short);
});

test("identifiers stand for the same IRIs", () => {
  for (const [identifier, iri] of cases.entities ?? []) assert.equal(namespaces.iri(identifier, "entity"), iri);
  for (const [identifier, iri] of cases.sources ?? []) assert.equal(namespaces.iri(identifier, "source"), iri);
});

test("rows are in the same order, and files have the same bytes", () => {
  for (const { query, body, csv: rows, json: whole } of cases.answers) {
    const answer = read(query, "SELECT", body);
    assert.equal(csv(answer), rows);
    assert.equal(json(answer), whole);
  }
});

test("the commonest warnings are the same", () => {
  if (!cases.linted) return;
  const { facts, entities, source, terms, properties, meant, queries } = cases.linted;
  const evidenced = ["a requires b", { evidence: [{ source }] }];
  const named = Object.fromEntries(entities.map((id) => [id, { name: id }]));
  const graph = small([evidenced], { entities: named, more: { terms, properties, meant } });
  const words = vocabulary(graph, namespaces, facts);
  for (const { text, told } of queries) assert.deepEqual(lint(text, graph, words), told, text);
});
