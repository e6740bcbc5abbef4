import assert from "node:assert/strict";
import { test } from "node:test";
import { counts, statementsOf, VERDICTS, whatif } from "../src/reason/whatif.js";
import { knownBy } from "../src/reason/words.js";
import { agrees, digest, rows, values } from "./agreement.js";

const ids = (records) => records.map((record) => record.id);

const outcomeRow = ({ entity, verdict, names, causes, conclusion }) => ({
  entity: entity.id, verdict, names: names.map(([name, way]) => [name.id, way]), causes: ids(causes),
  conclusion: values(conclusion),
});

/** What only the article says is not drawn. */
const isDrawn = ({ conclusion }) => conclusion.relation !== "only-article";

const HOW = "write name=up or name=down for something";

agrees("whatif", (graph, { up = [], down = [], fixed = [], ...asked }, answer) => {
  const entities = (some) => some.map((id) => graph.entity.get(id));
  const answered = whatif(graph, { up: entities(up), down: entities(down), fixed: entities(fixed) }, asked);
  // On the page nothing is written as name=up, and a refusal has names for ids.
  if (answered.refused) {
    const refusal = answered.refused.replace("let something go up or down", HOW);
    return { refused: [...up, ...down].reduce((text, id) => text.replaceAll(graph.entity.get(id).name, id), refusal) };
  }
  const all = answered.outcomes.map(outcomeRow);
  return {
    changed: answered.changed.map(([entity, way]) => [entity.id, way]),
    fixed: ids(answered.fixed),
    names: answered.names.map(([entity]) => entity.id),
    counts: counts(answered),
    complete: !answered.stopped,
    outcomes: all.slice(0, answer.outcomes?.length),
    digest: digest(all),
    known: answered.outcomes.map((outcome) => knownBy(graph, outcome.conclusion)),
    drawn: digest(ids(statementsOf(graph, answered, answered.outcomes.filter(isDrawn))).sort()),
  };
});

test("what can become of a quantity is what Python says", () => {
  assert.deepEqual(VERDICTS, rows("words")[0].outcomes);
});
