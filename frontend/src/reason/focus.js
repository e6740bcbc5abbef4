// The core of a graph that says what it is about, as src/trabecula/reason/focus.py finds it, where the reasons stand.

import { concluded, direct, endsOf, inOnePiece, peeled } from "./dense.js";
import { EXCESS, LACK } from "./quantities.js";

/** A statement and the quantities that it ties. @typedef {{ statement: number, ends: number[] }} Tie */

/**
 * Of the chosen statements those around what the graph is about, as many as are readable; none where none of them
 * speaks of it.
 * @returns {number[]}
 * @param {Graph} graph
 * @param {Columns} columns
 * @param {Quantities} quantities
 * @param {number[]} chosen
 * @param {number} entities
 * @param {number} statements
 */
export function around(graph, columns, quantities, chosen, entities, statements) {
  /** @param {number} a @param {number} b */
  const byNumber = (a, b) => a - b;
  const asked = [...new Set(graph.about.focus.map((entity) => columns.number.get(entity)))].sort(byNumber);
  if (!asked.length) return [];
  const { of, ways, intervals } = quantities, about = [...new Set(asked.map((entity) => of[entity]))];
  /** @param {number} statement */
  const between = (statement) => endsOf(columns, statement).map((end) => of[end]);
  /** @param {number} statement */
  const sign = (statement) => endsOf(columns, statement).reduce((so, end) => so * ways[end], graph.statements[statement].word.sign);
  /**
   * Whether signs agree, and no step speaks of a lack where another does of an excess.
   * @param {number} statement
   * @param {number} step
   * @param {number} last
   */
  const told = (statement, step, last) => {
    const [[start, end], [first, middle], [onward, target]] = [statement, step, last].map((number) => endsOf(columns, number));
    const apart = [[start, first], [middle, onward], [target, end]].some(([a, b]) => intervals[a] * intervals[b] === LACK * EXCESS);
    return !apart && sign(statement) && sign(step) * sign(last) === sign(statement);
  };
  const near = nearest(chosen.map((statement) => ({ statement, ends: between(statement) })), about, entities);
  const best = bestOf(columns, concluded(graph, columns, near), of, asked);
  const kept = joined(best, about), order = peeled(columns, best, kept);
  /** @type {number[]} */
  let shown = [];
  for (let count = Math.max(entities, kept.size); count >= Math.max(kept.size, 1); count--) {
    const few = new Set(order.slice(-count));
    const inside = best.filter(({ ends }) => ends.every((end) => few.has(end))).map(({ statement }) => statement).sort(byNumber);
    const links = direct(columns, new Map(inside.map((statement) => [statement, between(statement)])), told);
    shown = named(columns, quantities, inOnePiece(links, about), asked);
    if (shown.length <= statements && boxes(columns, shown).size <= entities) break;
  }
  return shown;
}

/**
 * The statements among the nodes nearest to some, as many steps away as it takes to so many, and among those on the
 * fewest steps between.
 * @param {Tie[]} links
 * @param {number[]} about
 * @param {number} count
 */
function nearest(links, about, count) {
  const near = beside(links.map(({ ends }) => ends)), reached = new Set();
  let edge = new Set(about.filter((node) => near.has(node)));
  while (edge.size && reached.size < count) {
    for (const node of edge) reached.add(node);
    edge = new Set([...edge].flatMap((node) => near.get(node)).filter((node) => !reached.has(node)));
  }
  for (const node of joined(links, about)) reached.add(node);
  return links.filter(({ ends }) => ends.every((end) => reached.has(end))).map(({ statement }) => statement);
}

/**
 * The best known statement of how one quantity acts on another, each way; of equal ones that which calls both by their
 * usual names, those that the graph is about.
 * @param {Columns} columns
 * @param {number[]} some
 * @param {number[]} of
 * @param {number[]} asked
 */
function bestOf(columns, some, of, asked) {
  /** @type {Map<string, Tie & { supporting: number, usual: number }>} */
  const best = new Map();
  for (const statement of some) {
    const both = endsOf(columns, statement), ends = both.map((end) => of[end]), key = ends.join();
    const usual = both.filter((end) => asked.includes(end) || of[end] === end).length;
    const { supporting } = columns.statements[statement], leading = best.get(key);
    if (!leading || supporting > leading.supporting || (supporting === leading.supporting && usual > leading.usual))
      best.set(key, { statement, ends, supporting, usual });
  }
  return [...best.values()];
}

/**
 * What a graph is about, as far as it is in any pair, and the fewest nodes between.
 * @param {Tie[]} best
 * @param {number[]} about
 */
function joined(best, about) {
  const near = beside(best.map(({ ends }) => ends).sort(([a, b], [c, d]) => a - c || b - d));
  const there = about.filter((node) => near.has(node)), waiting = there.slice(0, 1);
  const before = new Map(waiting.map((node) => [node, node]));
  for (const node of waiting) // grows while it is gone through
    for (const other of near.get(node))
      if (!before.has(other)) {
        before.set(other, node);
        waiting.push(other);
      }
  const kept = new Set();
  for (const node of there) for (let step = node; !kept.has(step); step = before.get(step) ?? step) kept.add(step);
  return kept;
}

/**
 * The statements with those that tie the names by which they call one quantity.
 * @param {Columns} columns
 * @param {Quantities} quantities
 * @param {number[]} some
 * @param {number[]} asked
 */
function named(columns, { of, naming }, some, asked) {
  const shown = new Set(some), names = new Map();
  for (const entity of boxes(columns, some)) names.set(of[entity], [...(names.get(of[entity]) ?? []), entity]);
  for (const entity of asked) if (names.has(of[entity])) names.get(of[entity]).push(entity);
  for (const [quantity, entities] of names) {
    const first = entities.includes(quantity) ? quantity : Math.min(...entities);
    for (const entity of new Set(entities)) for (const statement of naming(first, entity)) shown.add(statement);
  }
  return [...shown].sort((a, b) => a - b);
}

/** The entities that statements are of. @param {Columns} columns @param {number[]} some */
const boxes = ({ subjects, objects }, some) => new Set(some.flatMap((statement) => [subjects[statement], objects[statement]]));

/** By node those that a pair joins it to, in the order of the pairs. @param {number[][]} pairs */
function beside(pairs) {
  const near = new Map();
  for (const [first, second] of pairs)
    for (const [from, to] of [[first, second], [second, first]]) {
      if (!near.has(from)) near.set(from, []);
      near.get(from).push(to);
    }
  return near;
}
