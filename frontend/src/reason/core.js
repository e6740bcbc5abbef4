// The core of a graph: the part in which its statements hold together most, as src/trabecula/reason/core.py
// finds it. Python sends that of the whole graph; this is for what a lens lets through.

import { columnsOf } from "./columns.js";
import { concluded, direct, endsOf, inOnePiece, parts, peeled, weight } from "./dense.js";
import { around } from "./focus.js";
import { following } from "./influence.js";
import { quantitiesOf } from "./quantities.js";

/** A graph of so few statements is its own core, and that of one with a focus has no more; a core has so many entities. */
const SMALL = 48, CORE = 18;

/** @returns {Statement[]} in the order of the graph @param {Graph} graph */
export function core(graph) {
  const { statements } = graph;
  if (statements.length <= SMALL) return statements;
  const columns = columnsOf(graph), quantities = quantitiesOf(columns);
  const acts = acting(graph, columns, quantities);
  const supported = acts.filter((statement) => statements[statement].status === "supported");
  const chosen = supported.length ? supported : acts;
  let inside = around(graph, columns, quantities, chosen, CORE, SMALL);
  if (!inside.length) inside = anywhere(graph, columns, chosen);
  if (!inside.length)
    inside = [...statements.keys()].sort((a, b) => statements[b].supporting - statements[a].supporting || a - b).slice(0, SMALL);
  return inside.sort((a, b) => a - b).map((statement) => statements[statement]);
}

/**
 * The statements that one entity changes or is needed by another and that may be followed: two names of one quantity
 * act on nothing, and what has no direction is neither end.
 * @param {Graph} graph
 * @param {Columns} columns
 * @param {Quantities} quantities
 */
function acting({ statements, about }, { subjects, objects, number }, { of }) {
  const follow = following();
  const endless = new Set(about.directionless.map((entity) => of[/** @type {number} */ (number.get(entity))]));
  return [...statements.keys()].filter((statement) => {
    const ends = [of[subjects[statement]], of[objects[statement]]];
    return ["changes", "needs"].includes(statements[statement].word.kind) && follow(statements[statement]) && ends[0] !== ends[1] &&
      !ends.some((end) => endless.has(end));
  });
}

/**
 * The statements that hold together most, whatever they are about.
 * @param {Graph} graph
 * @param {Columns} columns
 * @param {number[]} chosen
 */
function anywhere(graph, columns, chosen) {
  const { statements, subjects, objects } = columns;
  /** @type {Sure<string, { statement: number, ends: number[] }>} */
  const best = new Map(); // the best statement of each pair, by the pair
  for (const statement of chosen) {
    const ends = [subjects[statement], objects[statement]].sort((a, b) => a - b), pair = ends.join();
    if (!best.has(pair) || weight(columns, statement) > weight(columns, best.get(pair).statement)) best.set(pair, { statement, ends });
  }
  const links = [...best.values()], few = new Set(peeled(columns, links).slice(-CORE));
  const pairs = links.map(({ ends }) => ends).filter((ends) => ends.every((end) => few.has(end)));
  const kept = parts(pairs.sort(([a, b], [c, d]) => a - c || b - d))
    .reduce((most, part) => (part.size > most.size ? part : most), new Set());
  const inside = links.filter(({ ends }) => ends.every((end) => kept.has(end))).map(({ statement }) => statement);
  /** @param {number} statement */
  const sign = (statement) => statements[statement].word.sign;
  /** @param {number} statement @param {number} step @param {number} last */
  const told = (statement, step, last) => sign(statement) && sign(step) * sign(last) === sign(statement);
  const founded = new Map(concluded(graph, columns, inside).map((statement) => [statement, endsOf(columns, statement)]));
  return inOnePiece(direct(columns, founded, told));
}
