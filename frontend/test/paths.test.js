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
  const explained = explain(graph, entity(start), entity(end), asked);
  if (explained.refused) return { refused: explained.refused };
  const all = explained.paths.map(pathRow);
  return {
    conclusion: concluded(graph, explained.start, explained.end, explained.conclusion),
    ways: explained.ways.map((way) => [way.paths, way.supported, way.best && explained.paths.indexOf(way.best)]),
    stopped: explained.stopped,
    distance: explained.distance,
    beside: explained.beside.map((statement) => statement.id),
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
  const explained = between(graph, "a", "c");
  assert.deepEqual(explained.paths[0].entities.map((entity) => entity.id), ["a", "b", "c"]);
  assert.equal(explained.paths[0].sign, 1);
});

test("a question without an answer is refused in words, and the answer is empty", () => {
  const graph = small(["a increases b"]);
  const explained = between(graph, "a", "a");
  assert.equal(explained.refused, "start and end are both a; a path leads to something else");
  assert.deepEqual([explained.conclusion, explained.paths, explained.beside, explained.distance], [null, [], [], 0]);
  const none = { paths: 0, supported: 0, best: null };
  assert.deepEqual(explained.ways, [{ sign: 1, ...none }, { sign: -1, ...none }, { sign: 0, ...none }]);
  assert.equal(between(graph, "a", "b", { steps: 1.5 }).refused, "1.5 is no number of steps for a path: give 1 to 8");
  assert.equal(
    between(graph, "a", "b", { status: ["true"] }).refused,
    'there is no status "true": choose among supported, contested, title-only, asserted-only, no-evidence, refuted',
  );
});

test("what was not looked at is said", () => {
  const graph = small(["a increases b", "b increases c", "c part_of d", "b affects c"]);
  const told = (end, asked) => extent(between(graph, "a", end, asked));
  assert.equal(told("c"), "All paths of up to 3 steps were looked at, longer ones not.");
  assert.equal(
    told("c", { steps: 1 }),
    "No path of up to 1 step was found; the shortest has 2. " +
      "Links of structure (part of, kind of …) were not crossed.",
  );
  assert.equal(
    told("d"),
    "Nothing that may be followed leads from the one to the other at any distance. " +
      "Links of structure (part of, kind of …) were not crossed.",
  );
  assert.equal(told("d", { structure: true }), "All paths of up to 3 steps were looked at, longer ones not.");
  assert.equal(
    told("c", { bound: 2 }),
    "The search stopped at its bound of 2 steps tried: paths of 2 steps were not all looked at, longer ones not at all.",
  );
});
