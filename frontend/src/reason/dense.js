// What makes a part of a graph dense and readable, as src/trabecula/reason/dense.py has it. Nodes are entities or
// quantities, by number; statements are numbers, too, of the columns of a graph.

import { conclusionsOf } from "./conclusions.js";
import { following } from "./influence.js";

/** Beyond so many sources one more makes a statement no more central. */
const SOURCES = 3;

/**
 * By how many independent sources a statement is known, as far as more of them matter.
 * @param {Pick<Columns, "statements">} columns
 * @param {number} statement
 */
export const weight = ({ statements }, statement) => Math.min(statements[statement].supporting, SOURCES);

/**
 * The ends of a statement in the direction in which it acts.
 * @param {Pick<Columns, "statements" | "subjects" | "objects">} columns
 * @param {number} statement
 */
export function endsOf({ statements, subjects, objects }, statement) {
  const ends = [subjects[statement], objects[statement]];
  return statements[statement].word.influence === "reverse" ? ends.reverse() : ends;
}

/**
 * The statements whose sign is what follows from all that is said of the two.
 * @param {Graph} graph
 * @param {Columns} columns
 * @param {number[]} some
 */
export function concluded(graph, columns, some) {
  const { between } = conclusionsOf(graph, following());
  return some.filter((statement) => {
    const [start, end] = endsOf(columns, statement);
    return (between(columns.entities[start], columns.entities[end], 1).sign ?? 0) === graph.statements[statement].word.sign;
  });
}

/**
 * The nodes in the order in which they are taken away, that on which least rests first. What is kept is never taken
 * away, and stands last.
 * @param {Columns} columns
 * @param {{ statement: number, ends: number[] }[]} best the statement of each pair
 */
export function peeled(columns, best, kept = new Set()) {
  const near = new Map();
  for (const { statement, ends: [start, end] } of best) {
    const link = Math.max(weight(columns, statement), near.get(start)?.get(end) ?? 1);
    for (const [from, to] of [[start, end], [end, start]]) {
      if (!near.has(from)) near.set(from, new Map());
      near.get(from).set(to, link);
    }
  }
  const nodes = [...near.keys()].sort((a, b) => a - b), order = [];
  const rests = new Int32Array(columns.entities.length).fill(-1); // of what is not kept and not taken away
  const others = nodes.filter((node) => !kept.has(node));
  for (const node of others) rests[node] = [...near.get(node).values()].reduce((all, link) => all + link, 0);
  while (order.length < others.length) {
    let least = -1;
    for (let node = 0; node < rests.length; node++)
      if (rests[node] >= 0 && (least < 0 || rests[node] < rests[least])) least = node;
    rests[least] = -1;
    order.push(least);
    for (const [other, link] of near.get(least)) if (rests[other] >= 0) rests[other] -= link;
  }
  return [...order, ...nodes.filter((node) => kept.has(node))];
}

/**
 * The statements without those that two steps, each no worse founded, tell as well. The least founded are looked at
 * first, and what is left out is no step any more.
 * @param {Columns} columns
 * @param {Map<number, number[]>} links the ends of each, in the order of the statements
 * @param {(statement: number, step: number, last: number) => unknown} told whether a statement is what two steps say
 * @returns {Map<number, number[]>}
 */
export function direct(columns, links, told) {
  /** @param {number} statement */
  const weighs = (statement) => weight(columns, statement), onward = new Map(); // by start, by end the statement
  for (const [statement, [start, end]] of links) {
    if (!onward.has(start)) onward.set(start, new Map());
    onward.get(start).set(end, statement);
  }
  for (const statement of [...links.keys()].sort((a, b) => weighs(a) - weighs(b) || a - b)) {
    const [start, end] = /** @type {number[]} */ (links.get(statement));
    const again = [...onward.get(start)].some(([between, step]) => {
      const last = onward.get(between)?.get(end);
      return last !== undefined && Math.min(weighs(step), weighs(last)) >= weighs(statement) && told(statement, step, last);
    });
    if (again) onward.get(start).delete(end);
  }
  const left = [...onward.values()].flatMap((ends) => [...ends.values()]).sort((a, b) => a - b);
  return new Map(left.map((statement) => [statement, /** @type {number[]} */ (links.get(statement))]));
}

/**
 * The statements of the part that has most of some nodes, and is the largest of such: the first of several.
 * @param {Map<number, number[]>} links
 * @param {number[]} [about]
 */
export function inOnePiece(links, about = []) {
  const part = parts([...links.values()]).reduce((most, piece) => {
    const more = within(piece, about) - within(most, about) || piece.size - most.size;
    return more > 0 ? piece : most;
  }, new Set());
  return [...links.keys()].filter((statement) => /** @type {number[]} */ (links.get(statement)).every((end) => part.has(end)));
}

/** @param {Set<number>} part @param {number[]} some */
const within = (part, some) => some.filter((node) => part.has(node)).length;

/**
 * What hangs together by pairs, in the order in which it is first mentioned. @returns {Set<number>[]}
 * @param {number[][]} pairs
 */
export function parts(pairs) {
  const near = new Map(), seen = new Set(), pieces = [];
  for (const [first, second] of pairs)
    for (const [from, to] of [[first, second], [second, first]]) near.set(from, [...(near.get(from) ?? []), to]);
  for (const start of near.keys()) {
    if (seen.has(start)) continue;
    const part = new Set([start]);
    for (const node of part) for (const other of near.get(node)) part.add(other); // grows while it is gone through
    for (const node of part) seen.add(node);
    pieces.push(part);
  }
  return pieces;
}
