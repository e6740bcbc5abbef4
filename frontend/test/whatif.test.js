import assert from "node:assert/strict";
import { test } from "node:test";
import {
  counts, EFFECTS, effectWords, EFFORT, extent, LOOP_EFFORT, LOOP_STEPS, marks, OUTCOMES, statementsOf, STEPS, whatif,
} from "../src/whatif.js";
import { agrees, digest, pathRow, rows } from "./agreement.js";
import { small } from "./small.js";

const ids = (records) => records.map((one) => one.id);

function outcomeRow(outcome) {
  const row = {
    entity: outcome.entity.id,
    verdict: outcome.verdict,
    distance: outcome.distance,
    nearer: outcome.nearer,
    turned: outcome.turned,
    loops: [...new Set(outcome.loops.map((loop) => loop.effect))].sort(),
  };
  for (const name of ["up", "down", "unknown"]) {
    const path = outcome[name];
    if (path) row[name] = { ...pathRow(path), ways: path.steps.map((step) => step.way) };
  }
  return row;
}

const HOW = "write name=up or name=down for something";

const loopRow = (loop) => JSON.stringify([loop.effect, loop.sign, ids(loop.statements).sort()]);

agrees("whatif", (graph, { up = [], down = [], fixed = [], ...asked }, answer) => {
  const entities = (some) => some.map((id) => graph.entity.get(id));
  const found = whatif(graph, { up: entities(up), down: entities(down), fixed: entities(fixed) }, asked);
  // On the page nothing is written as name=up.
  if (found.refused) return { refused: found.refused.replace("let something go up or down", HOW) };
  const all = found.outcomes.map(outcomeRow);
  return {
    changed: found.changed.map(([entity, way]) => [entity.id, way]),
    fixed: ids(found.fixed),
    names: ids(found.names),
    counts: counts(found),
    unsettled: ids(found.unsettled),
    turned: ids(found.outcomes.filter((one) => one.turned).map((one) => one.entity)),
    outcomes: all.slice(0, answer.outcomes?.length),
    digest: digest(all),
    unreached: digest(ids(found.unreached)),
    loops: [found.loopsComplete, found.loops.length, digest(found.loops.map(loopRow).sort())],
    drawn: digest(ids(statementsOf(found)).sort()),
  };
});

test("the words and bounds are those of Python", () => {
  const [words] = rows("words");
  assert.deepEqual(Object.entries(OUTCOMES), Object.entries(words.outcomes));
  assert.deepEqual([STEPS, EFFORT, LOOP_STEPS, LOOP_EFFORT], words.bounds.whatif);
});

const asked = (graph, up, fixed = [], more = {}) => {
  const entities = (some) => some.map((id) => graph.entity.get(id));
  return whatif(graph, { up: entities(up), fixed: entities(fixed) }, more);
};
const outcome = (found, id) => found.outcomes.find((one) => one.entity.id === id);

test("an outcome, its paths and their steps are told in words", () => {
  const graph = small(["a inhibits b", "b inhibits c", "b affects d", "a inhibits c"]);
  const found = asked(graph, ["a"]);
  assert.equal(outcome(found, "b").words, "Every consistent path lowers it.");
  assert.equal(outcome(found, "b").down.words, "It falls in 1 step");
  const c = outcome(found, "c");
  assert.equal(c.words, "Some paths raise it and others lower it; the shorter one lowers it.");
  assert.equal(c.up.words, "It rises in 2 steps");
  assert.deepEqual(c.up.steps.map((step) => [step.way, step.words]), [[-1, "b falls"], [1, "c rises"]]);
  const d = outcome(found, "d");
  assert.equal(d.words, "Something acts on it, in a direction that no statement says.");
  assert.equal(d.unknown.words, "It is acted on, in a direction that is not said, in 2 steps");
  assert.equal(d.unknown.steps[1].words, "d changes, which way is not said");
});

test("feedback is told in words, and the loop of the graph's own list is found", () => {
  const graph = small([
    "a increases b", "b increases c", "c inhibits b", "c increases a", "c increases d", "d increases c",
  ]);
  const listed = { id: "one", statements: [graph.statements[2], graph.statements[1]] };
  graph.loops.push(listed);
  const found = asked(graph, ["a"]);
  const b = outcome(found, "b");
  assert.equal(b.turned, true);
  assert.equal(b.words, "Every consistent path raises it. By feedback its change is dampened, not turned round.");
  assert.equal(outcome(found, "d").words, "Every consistent path raises it. By feedback its change is amplified.");
  assert.deepEqual(
    found.loops.map((loop) => [loop.effect, loop.kind, ids(loop.entities).join(""), effectWords(loop)]),
    [
      ["dampens", "balancing", "bc", "dampens what changes in it"],
      ["amplifies", "reinforcing", "cd", "amplifies what changes in it"],
      ["returns", "reinforcing", "abc", "acts back on what is changed, which is held here: amplified if it were free"],
    ],
  );
  assert.deepEqual(found.loops.map((loop) => loop.loop), [listed, null, null]);
  const held = asked(graph, ["a"], ["d"]);
  assert.equal(effectWords(held.loops.find((loop) => loop.effect === "cut")), EFFECTS.cut);
});

test("marks say what is changed, held and reached", () => {
  const graph = small(["a increases b", "b increases c", "d increases b"]);
  const found = whatif(graph, { down: [graph.entity.get("a")], fixed: [graph.entity.get("c")] });
  assert.deepEqual([...marks(found)].map(([entity, mark]) => [entity.id, mark.key, mark.words]), [
    ["a", "changed-down", "It is assumed to go down."],
    ["c", "fixed", "It is held as it is: no change reaches it or passes it."],
    ["b", "down", "Every consistent path lowers it."],
  ]);
  // Where what is held stops the change is drawn too; what does not come into it is not.
  assert.deepEqual(statementsOf(found), graph.statements.slice(0, 2));
  assert.deepEqual(ids(found.unreached), ["d"]);
  assert.deepEqual(counts(found), { up: 0, down: 1, ambiguous: 0, unknown: 0, unreached: 1 });
});

test("what cannot be asked is refused in words, and the answer is empty", () => {
  const graph = small(["a increases b"]);
  const a = graph.entity.get("a");
  const refused = (given, more) => whatif(graph, given, more).refused;
  assert.equal(refused({}), "nothing is changed: let something go up or down");
  assert.equal(refused({ up: [a], down: [a] }), "a cannot be both up and down");
  assert.equal(refused({ up: [a] }, { steps: 0 }), "0 is no number of steps for a path: give 1 to 8");
  assert.match(refused({ up: [a] }, { status: ["no"] }), /^there is no status "no": choose among supported, /);
  const found = whatif(graph, { fixed: [a] });
  assert.deepEqual([found.outcomes, found.unreached, statementsOf(found), extent(found)], [[], [], [], ""]);
});

test("where the search stops at its bound, that is said", () => {
  // The walk a b c b comes back to b turned round; whether a path does is not settled without effort.
  const graph = small(["a increases b", "b increases c", "c inhibits b"]);
  const found = asked(graph, ["a"], [], { effort: 0 });
  assert.deepEqual(ids(found.unsettled), ["b"]);
  assert.match(outcome(found, "b").words, /Whether there is another direction too is not settled\.$/);
  assert.equal(
    extent(found),
    "Paths of up to 3 steps were looked at. " +
      "How much, how soon and which of two opposite ways prevails does not follow. " +
      "The search stopped at its bound: of 1 entity it is not settled whether there is another direction too. " +
      "Loops of up to 4 steps were looked for.",
  );
});
