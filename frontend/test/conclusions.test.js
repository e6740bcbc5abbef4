import assert from "node:assert/strict";
import { test } from "node:test";
import { EFFORT, MOST, STEPS, conclusionsOver } from "../src/reason/conclusions.js";
import { core } from "../src/reason/core.js";
import { basis, BASES, elsewhere, onlyObserved } from "../src/reason/standing.js";
import { agrees, concluded, digest, rows } from "./agreement.js";

agrees("conclusions", (graph, { of, steps, status }, answer) => {
  const conclusions = conclusionsOver(graph, status), seen = (entity) => !graph.seen || entity.degree > 0;
  const entities = of.map((id) => graph.entity.get(id)).filter(seen);
  const all = entities.flatMap((start) => entities.filter((end) => end !== start).map((end) =>
    concluded(graph, start, end, conclusions.between(start, end, steps))));
  const relations = new Map();
  for (const { values: { relation } } of all) relations.set(relation, (relations.get(relation) ?? 0) + 1);
  return {
    relations: Object.fromEntries([...relations].sort(([a], [b]) => (a < b ? -1 : 1))),
    pairs: all.slice(0, answer.pairs.length),
    digest: digest(all),
    statements: digest(graph.statements.map((statement) =>
      [statement.id, statement.status, statement.supporting, statement.disputing, basis(statement.evidence),
        elsewhere(statement.evidence), onlyObserved(statement.evidence)])),
    core: digest(core(graph).map((statement) => statement.id)), // of the whole graph, too, though that is sent by Python
  };
});

test("the bounds and the order of bases are those of Python", () => {
  const [words] = rows("words");
  assert.deepEqual([STEPS, MOST, EFFORT], words.bounds.conclusions);
  assert.deepEqual(BASES, words.bases.map(({ key }) => key));
});
