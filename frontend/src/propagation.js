// A change on its way through the graph: which paths it can take, and which of them are best. The
// same search as src/trabecula/reason/propagation.py, where the reasons stand.

import { influences, into, touching, weakness } from "./influence.js";
import { byId, byPlaces } from "./order.js";

/** Predicates whose subject is too little or too much of the object, and on which side it lies. */
const SIDES = new Map([["deficiency_of", -1], ["excess_of", 1]]);
/** Predicates that give one quantity a second name. */
const NAMING = new Set([...SIDES.keys(), "level_of"]);

// --- What is changed ---------------------------------------------------------------------------

/**
 * All names that the changed quantities go by, on the side to which they are changed, and the
 * statements that do not come into it.
 * @param {[Entity, number][]} changed entities, each with +1 or -1
 * @returns {{ names: Set<Entity>, beside: Set<Statement> }}
 */
export function quantitiesOf(changed) {
  const names = new Set(), beside = new Set();
  for (const [entity, direction] of changed) {
    const states = entity.out.filter((one) => SIDES.has(one.predicate));
    const things = withLevels(states.length ? states.map((one) => one.object) : [entity]);
    const sides = new Set(states.length ? states.map((one) => SIDES.get(one.predicate)) : [direction]);
    for (const thing of things) {
      names.add(thing);
      for (const statement of into(thing)) {
        const side = SIDES.get(statement.predicate);
        if (sides.has(side)) names.add(statement.subject);
        else if (side) beside.add(statement);
      }
    }
  }
  return { names, beside };
}

/** The entities with their levels and with what they are levels of. */
function withLevels(entities) {
  const known = new Set(entities);
  for (const entity of known) // grows while it is gone through
    for (const statement of touching(entity))
      if (statement.predicate === "level_of") known.add(statement.subject).add(statement.object);
  return known;
}

// --- Paths and states --------------------------------------------------------------------------

// A state is an entity and the direction in which it changes: +1, -1 or 0. A trail is a path as its
// last step and the path before it, with how weak its steps are, weakest first: beginnings are shared.
const EMPTY = { step: null, before: null, weights: [] };

const stateOf = (entity, direction) => ({ entity, direction: direction || 0, key: keyOf(entity, direction) });

/** The number that a state goes by in Maps. */
export const keyOf = (entity, direction) => entity.number * 3 + direction + 1;

/** Whether a path has started from or come through this entity, its end apart. */
function passes(trail, entity) {
  for (let one = trail; one.step; one = one.before) if (one.step.start === entity) return true;
  return false;
}

/** The steps of a trail from the first to the last. */
export function stepsOf(trail) {
  const steps = [];
  for (let one = trail; one.step; one = one.before) steps.push(one.step);
  return steps.reverse();
}

function grown(trail, step) {
  const weight = weakness(step.statement);
  const weights = [...trail.weights, weight].sort((a, b) => b - a);
  return { step, before: trail, weights };
}

/** Keep the path if it is the best of its length to this state; of equals, the first by statements. */
function offer(best, state, trail) {
  const known = best.get(state.key);
  const order = known ? byPlaces(trail.weights, known.trail.weights, (a, b) => a - b) : -1;
  if (order < 0 || (order === 0 && precedes(trail, known.trail))) best.set(state.key, { state, trail });
}

/** Whether the statements of one path come first: the first in which they differ decides. */
function precedes(one, other) {
  let first = false;
  while (one !== other && one.step && other.step) {
    if (one.step.statement !== other.step.statement) first = one.step.statement.number < other.step.statement.number;
    one = one.before;
    other = other.before;
  }
  return first;
}

// --- Search ------------------------------------------------------------------------------------

/**
 * The search for the paths that a change can take; what is held is never entered.
 * @param {Set<Entity>} held
 * @param {{ names: Set<Entity>, beside: Set<Statement> }} quantities
 * @param {(statement: Statement) => boolean} mayFollow
 */
export function searchOf(held, quantities, mayFollow) {
  const known = new Map();
  const follow = (statement) => !quantities.beside.has(statement) && mayFollow(statement);
  const mayEnter = (entity, statement) =>
    !held.has(entity) && (!quantities.names.has(entity) || NAMING.has(statement.predicate));

  /** The steps that a change can take from an entity, each asked for once. */
  function onward(entity) {
    let steps = known.get(entity);
    if (!steps) {
      steps = influences(entity)
        .filter(({ statement, end }) => end !== entity && mayEnter(end, statement) && follow(statement))
        .map(({ statement, end }) => ({ statement, start: entity, end, sign: statement.sign }));
      known.set(entity, steps);
    }
    return steps;
  }

  /**
   * A best consistent path to each state, found from the best paths to the states before, by key of
   * the state; and whether a path was given up because it met itself.
   */
  function consistent(starts, steps) {
    const found = new Map();
    let metItself = false;
    let edge = starts.map(([entity, direction]) => ({ state: stateOf(entity, direction), trail: EMPTY }));
    for (let far = 0; far < steps; far++) {
      const following = new Map();
      for (const { state: here, trail } of edge)
        for (const step of onward(here.entity)) {
          const state = stateOf(step.end, here.direction * step.sign);
          if (found.has(state.key)) continue;
          if (passes(trail, step.end)) {
            metItself = true;
            continue;
          }
          const best = following.get(state.key);
          if (!best || weakness(step.statement) <= best.trail.weights[0]) offer(following, state, grown(trail, step));
        }
      for (const [key, one] of following) found.set(key, one);
      edge = [...following.values()];
    }
    return { found, metItself };
  }

  /** How soon each state is arrived at by any walk, consistent or not. */
  function arrived(starts, steps) {
    const soonest = new Map();
    let edge = starts.map(([entity, direction]) => stateOf(entity, direction));
    for (let far = 1; far <= steps; far++) {
      const following = [];
      for (const here of edge)
        for (const step of onward(here.entity)) {
          const state = stateOf(step.end, here.direction * step.sign);
          if (soonest.has(state.key)) continue;
          soonest.set(state.key, { state, far });
          following.push(state);
        }
      edge = following;
    }
    return [...soonest.values()];
  }

  /**
   * Walk path after path to the states of which it is not known if, or how soon, one arrives. What
   * is found is put into `found`; what comes back are the entities still in doubt, once the effort
   * is used up.
   * @param {{ state: any, longest: number }[]} doubtful how long a path can be and tell anything new
   */
  function settle(starts, doubtful, found, effort) {
    let sought = new Map(doubtful.map((one) => [one.state.key, one]));
    const longest = doubtful.reduce((most, one) => Math.max(most, one.longest), 0);
    const near = nearTo(doubtful.map((one) => one.state.entity), longest);
    let trails = new Map(starts.map(([entity, direction]) => {
      const state = stateOf(entity, direction);
      return [state.key, { state, here: [EMPTY] }];
    }));
    for (let far = 1; far <= longest; far++) {
      const better = new Map(), longer = new Map();
      for (const { state: from, here } of trails.values())
        for (const step of onward(from.entity)) {
          if (far + (near.get(step.end) ?? longest) > longest) continue;
          const state = stateOf(step.end, from.direction * step.sign);
          for (const trail of here) {
            if (--effort < 0) return [...new Set([...sought.values()].map((one) => one.state.entity))].sort(byId);
            if (passes(trail, step.end)) continue;
            const one = grown(trail, step);
            if (!longer.has(state.key)) longer.set(state.key, { state, here: [] });
            longer.get(state.key).here.push(one);
            if (sought.has(state.key)) offer(better, state, one);
          }
        }
      for (const [key, one] of better) found.set(key, one);
      sought = new Map([...sought].filter(([key, one]) => !better.has(key) && one.longest > far));
      trails = sought.size ? longer : new Map();
    }
    return [];
  }

  /** How many steps lead from each entity to the nearest of these, up to so many. */
  function nearTo(ends, steps) {
    const back = new Map();
    for (const [start, onwards] of known)
      for (const step of onwards) {
        if (!back.has(step.end)) back.set(step.end, new Set());
        back.get(step.end).add(start);
      }
    const near = new Map(ends.map((end) => [end, 0]));
    let edge = [...near.keys()];
    for (let far = 1; far < steps; far++) {
      const following = [];
      for (const end of edge)
        for (const start of back.get(end) ?? [])
          if (!near.has(start)) {
            near.set(start, far);
            following.push(start);
          }
      edge = following;
    }
    return near;
  }

  return { follow, consistent, arrived, settle };
}
