// Feedback loops among some entities: the search of src/trabecula/reason/loops.py, for what-if, which
// asks for the loops among just what it reaches. The loops of the whole graph come with its data.

import { influencedBy, influences, rank } from "./influence.js";
import { Path } from "./paths.js";
import { byId, byPlaces } from "./order.js";

/** The search ends before a length that has more loops. */
const LIMIT = 10_000;

/**
 * The loops of up to so many steps that pass only these entities, those of known sign and best
 * evidence first, and up to which length they are all there.
 * @param {Iterable<Entity>} within
 * @param {(statement: Statement) => boolean} follow
 * @param {number} steps
 * @param {number} effort how many steps may be looked at; at the bound the search ends with the last whole length
 * @returns {{ found: Path[], complete: number }}
 */
export function loopsAmong(within, follow, steps, effort) {
  const search = searchOf(within, follow, effort);
  const found = [];
  let complete = 0;
  try {
    for (let length = 1; length <= steps; length++) {
      const exact = [];
      for (const cycle of search.cycles(length)) {
        if (found.length + exact.length >= LIMIT) throw BOUND;
        exact.push(cycle);
      }
      found.push(...exact);
      complete = length;
    }
  } catch (stop) {
    if (stop !== BOUND) throw stop;
  }
  return { found: found.map((cycle) => new Path(cycle)).sort(bestFirst), complete };
}

/** Thrown where the search would look at more than it may. */
const BOUND = Symbol("bound");

function searchOf(within, follow, effort) {
  const roots = [...within].sort(byId);
  const places = new Map(roots.map((entity, number) => [entity, number]));
  const steps = new Map(), starts = new Map();

  function look(count) {
    effort -= count;
    if (effort < 0) throw BOUND;
  }

  function onward(entity) {
    let known = steps.get(entity);
    if (!known) {
      known = influences(entity)
        .filter(({ statement, end }) => places.has(end) && follow(statement))
        .map(({ statement, end }) => ({ statement, start: entity, end, sign: statement.sign }));
      steps.set(entity, known);
      look(known.length);
    }
    return known;
  }

  function back(entity) {
    let known = starts.get(entity);
    if (!known) {
      const open = influencedBy(entity).filter(({ statement, start }) => places.has(start) && follow(statement));
      starts.set(entity, (known = open.map((one) => one.start)));
    }
    return known;
  }

  /** How many steps there are at least from each entity to the root, where in time and not before it. */
  function near(root, length) {
    const distance = new Map([[root, 0]]);
    let edge = [root];
    for (let far = 1; far < length; far++) {
      const next = [];
      for (const entity of edge) {
        look(back(entity).length);
        for (const start of back(entity))
          if (!distance.has(start) && (places.get(start) ?? 0) > (places.get(root) ?? 0)) {
            distance.set(start, far);
            next.push(start);
          }
      }
      edge = next;
    }
    return distance;
  }

  /** The loops of just this length; each is found once, from the entity whose id is first. */
  function* cycles(length) {
    for (const root of roots) yield* cyclesFrom(root, length, near(root, length));
  }

  function* cyclesFrom(root, length, distance) {
    const trail = [];
    const passed = new Set([root]);
    const pending = [onward(root).values()];
    while (pending.length) {
      const { value: step, done } = pending.at(-1).next();
      if (done) {
        pending.pop();
        if (trail.length) passed.delete(trail.pop().end);
        continue;
      }
      look(1);
      const left = length - trail.length - 1;
      if (step.end === root) {
        if (left === 0 && isFeedback([...trail, step])) yield [...trail, step];
        continue;
      }
      const far = distance.get(step.end) ?? length;
      if (!passed.has(step.end) && far > 0 && far <= left) {
        trail.push(step);
        passed.add(step.end);
        pending.push(onward(step.end).values());
      }
    }
  }

  return { cycles };
}

/** Whether a cycle is more than one state under several names. */
function isFeedback(cycle) {
  const acting = cycle.filter((step) => step.statement.word.influence !== "both").length;
  return acting >= Math.min(2, cycle.length);
}

/** Known signs before unknown ones, then the better status, the shorter, the more sources. */
function bestFirst(one, other) {
  return (
    Number(one.sign === 0) - Number(other.sign === 0) ||
    rank(one.weakest) - rank(other.weakest) ||
    one.steps.length - other.steps.length ||
    other.weakest.supporting - one.weakest.supporting ||
    byPlaces(one.entities, other.entities, byId) ||
    byPlaces(one.steps, other.steps, (a, b) => a.statement.number - b.statement.number)
  );
}
