// The evidence lens: the same graph as if only some evidence counted. The rules of src/trabecula/lens.py, where
// the reasons stand: names and states stay, what the article says stays, a statement that nothing let through
// speaks of is left out.

import { looked, wired } from "../records.js";
import { weakness } from "./influence.js";
import { core } from "./core.js";
import { inPeople, independent, measured, status } from "./standing.js";

const READ = new Set(["direct", "association", "reference", "review"]);

/** Words for several kinds of evidence at once, each with its test of a row; `human` means living people here. */
const WIDER = /** @type {Sure<string, (row: Evidence) => boolean>} */ (new Map(/** @type {[string, (row: Evidence) => boolean][]} */ ([
  ["measured", measured],
  ["read", ({ strength }) => READ.has(strength)],
  ["human", inPeople],
])));

/** A lens through which everything is seen. @type {Lens} */
export const CLEAR = { trust: [], without: [] };

/** What can be chosen to count, each as the words of `--trust` and in words. */
export const CHOICES = [
  { trust: [], label: "everything", words: "all evidence counts" },
  { trust: ["read"], label: "read", words: "only sources whose text was read count, not titles" },
  { trust: ["measured"], label: "measured", words: "only experiments, trials and observations count, not reviews and titles" },
  { trust: ["measured", "human"], label: "measured in people",
    words: "only what was measured in people counts, not in their cells and tissue" },
];

/** The choice that a lens is. @param {Pick<Lens, "trust">} lens */
export const choiceOf = ({ trust }) => CHOICES.find((choice) => choice.trust.join() === trust.join()) ?? CHOICES[0];

/** The lens without a source, or with it again. @param {Lens} lens @param {Pick<Source, "paper">} source */
export const turning = (lens, { paper }) => ({
  ...lens,
  without: lens.without.includes(paper) ? lens.without.filter((id) => id !== paper) : [...lens.without, paper],
});

/** Whether a lens lets everything through. @param {Lens} lens */
export const isClear = ({ trust, without }) => !trust.length && !without.length;

/** The test for evidence that counts. @param {Lens} lens */
function counting({ trust, without }) {
  const tests = trust.filter((word) => WIDER.has(word)).map((word) => WIDER.get(word));
  const wanted = trust.filter((word) => !WIDER.has(word)), gone = new Set(without);
  /** @param {Evidence} row */
  const isGone = (row) => gone.has(row.source.paper);
  /** @param {Evidence} row */
  const counts = (row) =>
    row.strength === "asserted" ||
    (tests.every((test) => test(row)) &&
      wanted.every((word) => [row.species, row.system, row.method, row.strength, row.stance].includes(word)));
  return (/** @type {Statement} */ statement) => {
    const { kind, structure } = statement.word;
    const stays = kind === "names" || structure === "state";
    return statement.evidence.filter((row) => !isGone(row) && (stays || counts(row)));
  };
}

/**
 * What a statement is by the evidence that a lens lets through; null where that is none.
 * @param {Statement} statement
 * @param {Evidence[]} evidence
 */
function seenAs(statement, evidence) {
  if (!evidence.length) return null;
  if (evidence.length === statement.evidence.length) return { ...statement };
  return {
    ...statement,
    evidence,
    status: status(evidence),
    supporting: independent(evidence),
    disputing: independent(evidence, "disputes"),
    ...looked(evidence),
    hidden: statement.evidence.length - evidence.length,
  };
}

/**
 * Let the page see its graph through a lens: `statements`, `core` and `loops` are then what the lens
 * lets through, and the entities have no others. Entities stay the same records, statements become others.
 * @param {Graph} graph
 * @param {Lens} [lens]
 */
export function see(graph, lens = CLEAR) {
  const seen = isClear(lens) ? "" : JSON.stringify([lens.trust, lens.without]);
  if (seen === graph.seen) return;
  const { whole } = graph;
  const through = counting(lens);
  const statements = seen
    ? /** @type {Statement[]} */ (whole.statements.map((statement) => seenAs(statement, through(statement))).filter(Boolean))
    : whole.statements;
  if (seen) statements.forEach((statement, number) => (statement.number = number));
  wired(graph.entities, statements);
  graph.seen = seen;
  graph.statements = statements;
  graph.statement = seen ? new Map(statements.map((statement) => [statement.id, statement])) : whole.statement;
  graph.core = seen ? core(graph) : whole.core;
  graph.loops = seen
    ? /** @type {Loop[]} */ (whole.loops.map((loop) => loopOf(loop, graph.statement)).filter(Boolean)) : whole.loops;
  graph.loop = seen ? new Map(graph.loops.map((loop) => [loop.id, loop])) : whole.loop;
  graph.loopsSaid = seen ? { ...whole.loopsSaid, count: graph.loops.length } : whole.loopsSaid;
}

/**
 * A loop as it is seen; null where one of its statements is not followed any more.
 * @param {Loop} loop
 * @param {Map<string, Statement>} statement
 */
function loopOf(loop, statement) {
  const statements = /** @type {Statement[]} */ (loop.statements.map(({ id }) => statement.get(id)));
  if (!statements.every((statement) => statement && statement.status !== "refuted")) return null;
  const weakest = statements.reduce((weak, statement) => (weakness(statement) > weakness(weak) ? statement : weak));
  return { ...loop, statements, weakest: weakest.id };
}
