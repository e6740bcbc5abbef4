// The core of a graph: the part in which its statements hold together most, as src/trabecula/reason/core.py
// finds it. Python sends that of the whole graph; this is for what a lens lets through.

import { columnsOf } from "./columns.js";
import { conclusionsOf } from "./conclusions.js";
import { following } from "./influence.js";
import { quantitiesOf } from "./quantities.js";

/** A graph of so few statements is its own core, and a core has so many entities. */
const SMALL = 48, CORE = 18;
/** Beyond so many sources one more makes a statement no more central. */
const SOURCES = 3;

const weightOf = (statement) => Math.min(statement.supporting, SOURCES);

/** @returns {Statement[]} in the order of the graph */
export function core(graph) {
  const { statements } = graph;
  if (statements.length <= SMALL) return statements;
  const columns = columnsOf(graph), { entities, subjects, objects } = columns;
  const acts = acting(graph, columns);
  const supported = acts.filter((one) => statements[one].status === "supported");
  const best = new Map(); // the best statement of each pair, by the pair
  for (const one of supported.length ? supported : acts) {
    const ends = [subjects[one], objects[one]].sort((a, b) => a - b), pair = ends.join();
    if (!best.has(pair) || weightOf(statements[one]) > weightOf(statements[best.get(pair).one])) best.set(pair, { one, ends });
  }
  const links = [...best.values()].map(({ one, ends }) => ({ ends, weight: Math.max(weightOf(statements[one]), 1) }));
  const kept = densest(links, entities.length);
  const among = [...best.values()].filter(({ ends }) => ends.every((end) => kept.has(end))).map(({ one }) => one);
  let inside = inOnePiece(columns, direct(columns, concluded(graph, columns, among)));
  if (!inside.length)
    inside = [...statements.keys()].sort((a, b) => statements[b].supporting - statements[a].supporting || a - b).slice(0, SMALL);
  return inside.sort((a, b) => a - b).map((one) => statements[one]);
}

/**
 * The statements that one entity changes or is needed by another and that may be followed: two names of one quantity
 * act on nothing, and what has no direction is neither end.
 */
function acting({ statements, about }, columns) {
  const { subjects, objects, number } = columns, { of } = quantitiesOf(columns), follow = following();
  const endless = new Set(about.directionless.map((entity) => of[/** @type {number} */ (number.get(entity))]));
  return [...statements.keys()].filter((one) => {
    const ends = [of[subjects[one]], of[objects[one]]];
    return ["changes", "needs"].includes(statements[one].word.kind) && follow(statements[one]) && ends[0] !== ends[1] &&
      !ends.some((end) => endless.has(end));
  });
}

/** The ends of a statement in the direction in which it acts. */
function endsOf({ statements, subjects, objects }, one) {
  return statements[one].word.influence === "reverse" ? [objects[one], subjects[one]] : [subjects[one], objects[one]];
}

/** The statements whose sign is what follows from all that is said of the two. */
function concluded(graph, columns, some) {
  const { between } = conclusionsOf(graph, following());
  return some.filter((one) => {
    const [start, end] = endsOf(columns, one);
    return (between(columns.entities[start], columns.entities[end], 1).sign ?? 0) === graph.statements[one].word.sign;
  });
}

/**
 * The statements without those that two steps, each no worse founded, tell as well. The least founded are looked at
 * first, and what is left out is no step any more.
 */
function direct(columns, some) {
  const { statements } = columns, weight = (one) => weightOf(statements[one]), sign = (one) => statements[one].word.sign;
  const onward = new Map(); // by start, by end the statement
  for (const one of some) {
    const [start, end] = endsOf(columns, one);
    if (!onward.has(start)) onward.set(start, new Map());
    onward.get(start).set(end, one);
  }
  for (const one of [...some].sort((a, b) => weight(a) - weight(b) || a - b)) {
    const [start, end] = endsOf(columns, one);
    const told = [...onward.get(start)].some(([between, step]) => {
      const last = onward.get(between)?.get(end);
      return last !== undefined && sign(one) && sign(step) * sign(last) === sign(one) &&
        Math.min(weight(step), weight(last)) >= weight(one);
    });
    if (told) onward.get(start).delete(end);
  }
  return [...onward.values()].flatMap((ends) => [...ends.values()]).sort((a, b) => a - b);
}

/** The statements of the largest part that hangs together. */
function inOnePiece(columns, some) {
  const near = new Map();
  for (const one of some) {
    const [start, end] = endsOf(columns, one);
    for (const [from, to] of [[start, end], [end, start]]) {
      if (!near.has(from)) near.set(from, []);
      near.get(from).push(to);
    }
  }
  const part = largest([...near.keys()], (one) => near.get(one));
  return some.filter((one) => endsOf(columns, one).every((end) => part.has(end)));
}

/** So many entities, at most, that hold together: the one on which least rests goes first, again and again. */
function densest(links, count) {
  const near = new Map(), rests = new Int32Array(count).fill(-1);
  for (const { ends: [one, other], weight } of links)
    for (const [from, to] of [[one, other], [other, one]]) {
      if (!near.has(from)) near.set(from, []);
      near.get(from).push([to, weight]);
      rests[from] = Math.max(rests[from], 0) + weight;
    }
  for (let left = near.size; left > CORE; left--) {
    let least = -1;
    for (let place = 0; place < count; place++)
      if (rests[place] >= 0 && (least < 0 || rests[place] < rests[least])) least = place;
    rests[least] = -1;
    for (const [other, weight] of near.get(least)) if (rests[other] >= 0) rests[other] -= weight;
  }
  const left = [...near.keys()].filter((one) => rests[one] >= 0).sort((a, b) => a - b);
  return largest(left, (one) => near.get(one).map(([other]) => other).filter((other) => rests[other] >= 0));
}

/** Of the parts that hang together the largest, the first of several. */
function largest(nodes, beside) {
  let most = new Set(nodes.slice(0, 1));
  const seen = new Set();
  for (const start of nodes) {
    if (seen.has(start)) continue;
    const part = new Set([start]);
    for (const one of part) for (const other of beside(one)) part.add(other); // grows while it is gone through
    for (const one of part) seen.add(one);
    if (part.size > most.size) most = part;
  }
  return most;
}
