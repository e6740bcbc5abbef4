import assert from "node:assert/strict";
import { test } from "node:test";
import { DIMENSIONS, INCLUDES, TAXA } from "../src/reason/context.js";
import { FOLLOWED, STATUSES } from "../src/reason/influence.js";
import { BOUND, explain, extent, MAX_STEPS, STEPS } from "../src/reason/paths.js";
import { agrees, concluded, digest, pathRow, rows } from "./agreement.js";
import { small } from "./small.js";

agrees("explain", (graph, { start, end, via = [], avoid = [], ...rest }, answer) => {
  const entity = (id) => graph.entity.get(id);
  const asked = { ...rest, via: via.map(entity), avoid: avoid.map(entity) };
  const found = explain(graph, entity(start), entity(end), asked);
  if (found.refused) return { refused: found.refused };
  const all = found.paths.map(pathRow);
  return {
    conclusion: concluded(graph, found.start, found.end, found.conclusion),
    ways: found.ways.map((way) => [way.paths, way.supported, way.best && found.paths.indexOf(way.best)]),
    stopped: found.stopped,
    distance: found.distance,
    beside: found.beside.map((one) => one.id),
    paths: all.slice(0, answer.paths?.length),
    digest: digest(all),
  };
});

test("the tables are those of Python", () => {
  const [words] = rows("words");
  assert.deepEqual(DIMENSIONS, words.dimensions);
  assert.deepEqual([...TAXA].sort(), words.taxa);
  assert.deepEqual([...INCLUDES].map(([key, kinds]) => [key, [...kinds].sort()]).sort(), words.includes);
  assert.deepEqual(FOLLOWED, words.followed);
  assert.deepEqual(STATUSES, words.statuses);
  assert.deepEqual([STEPS, MAX_STEPS, BOUND], words.bounds.paths);
});

const between = (graph, start, end, asked) => explain(graph, graph.entity.get(start), graph.entity.get(end), asked);

test("what lowers what lowers something raises it", () => {
  const graph = small(["a inhibits b", "b decreases c"]);
  const found = between(graph, "a", "c");
  assert.deepEqual(found.paths[0].entities.map((one) => one.id), ["a", "b", "c"]);
  assert.equal(found.paths[0].sign, 1);
});

test("a question without an answer is refused in words, and the answer is empty", () => {
  const graph = small(["a increases b"]);
  const found = between(graph, "a", "a");
  assert.equal(found.refused, "start and end are both a; a path leads to something else");
  assert.deepEqual([found.conclusion, found.paths, found.beside, found.distance], [null, [], [], 0]);
  const none = { paths: 0, supported: 0, best: null };
  assert.deepEqual(found.ways, [{ sign: 1, ...none }, { sign: -1, ...none }, { sign: 0, ...none }]);
  assert.equal(between(graph, "a", "b", { steps: 1.5 }).refused, "1.5 is no number of steps for a path: give 1 to 8");
  assert.equal(
    between(graph, "a", "b", { status: ["true"] }).refused,
    'there is no status "true": choose among supported, contested, title-only, asserted-only, no-evidence, refuted',
  );
});

test("what was not looked at is said", () => {
  const graph = small(["a increases b", "b increases c", "c part_of d", "b affects c"]);
  const said = (end, asked) => extent(between(graph, "a", end, asked));
  assert.equal(said("c"), "All paths of up to 3 steps were looked at, longer ones not.");
  assert.equal(
    said("c", { steps: 1 }),
    "No path of up to 1 step was found; the shortest has 2. " +
      "Links of structure (part of, kind of …) were not crossed.",
  );
  assert.equal(
    said("d"),
    "Nothing that may be followed leads from the one to the other at any distance. " +
      "Links of structure (part of, kind of …) were not crossed.",
  );
  assert.equal(said("d", { structure: true }), "All paths of up to 3 steps were looked at, longer ones not.");
  assert.equal(
    said("c", { bound: 2 }),
    "The search stopped at its bound of 2 steps tried: paths of 2 steps were not all looked at, longer ones not at all.",
  );
});
