// What would follow if something went up or down: the rules of src/trabecula/reason/whatif.py, where the
// reasons stand; test/cases holds the two together.

import { byId } from "../order.js";
import { conclusionsOver, DIRECT, MOST, NOTHING, STEPS, turned } from "./conclusions.js";
import { following, influencedBy, wrongStatus } from "./influence.js";

export { MOST, STEPS };

/** What can become of a quantity, by the direction that its conclusion has. */
export const VERDICTS = ["up", "down", "open"];
const VERDICT = new Map([[1, "up"], [-1, "down"], [0, "open"]]);

/**
 * What becomes of one quantity, told of the entity that stands for it.
 *
 * @typedef {object} Outcome
 * @property {Entity} entity
 * @property {number} way +1 where it rises, -1 where it falls, 0 where that does not follow
 * @property {"up" | "down" | "open"} verdict
 * @property {import("./conclusions.js").Conclusion} conclusion its signs are those of the change: +1 where it rises
 * @property {Entity[]} causes the changed entities from which it follows
 * @property {[Entity, number][]} names the other names of the quantity, each with +1 or, for names of a lack, -1
 *
 * @param {Graph} graph
 * @param {{ up?: Entity[], down?: Entity[], fixed?: Entity[] }} given
 * @param {{ steps?: number, status?: string[] }} [asked] `status`: of statements that are followed; none means the usual
 * @returns {{ changed: [Entity, number][], fixed: Entity[], names: [Entity, number][], held: Entity[],
 *   outcomes: Outcome[], unreached: number, stopped: boolean, steps: number, status: string[], refused: string | null }}
 *   the outcomes are the best founded and nearest first; `names` are other names of what is changed, each with
 *   the way it moves, `held` those of what is held; of `unreached` quantities nothing follows
 */
export function whatif(graph, given, asked = {}) {
  const { steps = STEPS, status = [] } = asked;
  const { changed, fixed, refused: wrong } = assume(given);
  const answer = { changed, fixed, names: [], held: [], outcomes: [], unreached: 0, stopped: false, steps, status };
  const refused = wrong ?? refusal(steps) ?? wrongStatus(status);
  if (refused) return { ...answer, refused };

  const known = conclusionsOver(graph, status);
  const { columns: { entities, number }, quantities: { of, ways, intervals, names } } = known;
  const moved = new Map(); // by quantity the entity that is changed, the way of the quantity, and the interval
  for (const [entity, direction] of changed) {
    const place = number.get(entity), way = direction * ways[place], quantity = of[place];
    if (!moved.has(quantity)) moved.set(quantity, { entity, way, asked: way * intervals[place] > 0 ? intervals[place] : 0 });
    const before = moved.get(quantity);
    if (before.way !== way)
      return { ...answer, refused: `${before.entity.name} and ${entity.name} are names of one quantity and cannot go apart` };
  }
  const held = new Set([...fixed.map((entity) => of[number.get(entity)]), ...moved.keys()]);
  const told = new Map();
  let stopped = false;
  for (const [start, { entity, way, asked: interval }] of [...moved].sort(([a], [b]) => a - b)) {
    const rest = new Set([...held].filter((quantity) => quantity !== start));
    for (const [end, found] of known.following(start, way, interval, steps, rest)) {
      stopped ||= found.stopped;
      if (found.rank === NOTHING || held.has(end)) continue;
      if (!told.has(end)) told.set(end, []);
      told.get(end).push([entity, turned(found, way)]);
    }
  }
  const own = new Set([...changed.map(([entity]) => entity), ...fixed]);
  const others = (quantity) => names[quantity].filter((name) => !own.has(entities[name]));
  /** @type {any[]} see `Outcome` */
  const outcomes = [...told].map(([end, each]) => ({
    entity: entities[end],
    ...decided(each),
    causes: each.map(([entity]) => entity),
    names: names[end].filter((name) => name !== end).map((name) => [entities[name], ways[name]]),
  }));
  return {
    ...answer,
    names: [...moved].flatMap(([quantity, { way }]) => others(quantity).map((name) => [entities[name], way * ways[name]]))
      .sort(([a], [b]) => byId(a, b)),
    held: fixed.flatMap((entity) => others(of[number.get(entity)]).map((name) => entities[name])),
    outcomes: outcomes.sort(bestFirst),
    // Through a lens the graph has those entities only that something is still said of.
    unreached: new Set(of.filter((quantity, place) =>
      !told.has(quantity) && !held.has(quantity) && (!graph.seen || entities[place].degree > 0))).size,
    stopped,
    refused: null,
  };
}

/** What follows for a quantity from each change. */
function decided(each) {
  const found = each.map(([, one]) => one);
  const best = found.reduce((first, one) => (one.rank < first.rank ? one : first));
  const way = best.sign ?? 0;
  if (!way || !found.some((one) => one.sign === -way)) return { way, verdict: VERDICT.get(way), conclusion: best };
  const conclusion = {
    ...best, relation: "cannot-say", sign: null, basis: "", interval: "", contexts: [], path: [],
    restsOn: [...new Set(found.flatMap((one) => one.restsOn))], rank: Math.max(best.rank, DIRECT + 1),
  };
  return { way: 0, verdict: "open", conclusion };
}

const bestFirst = (one, other) =>
  Number(!one.conclusion.settled) - Number(!other.conclusion.settled) || one.conclusion.rank - other.conclusion.rank ||
  one.conclusion.steps - other.conclusion.steps || byId(one.entity, other.entity);

/**
 * What is assumed to change and to be held, each sorted by id, and what contradicts itself.
 * @param {{ up?: Entity[], down?: Entity[], fixed?: Entity[] }} given
 * @returns {{ changed: [Entity, number][], fixed: Entity[], refused: string | null }}
 */
function assume({ up = [], down = [], fixed = [] }) {
  /** @type {Map<Entity, string>} */
  const given = new Map();
  /** @type {string | null} */
  let refused = null;
  for (const [some, value] of /** @type {[Entity[], string][]} */ ([[up, "up"], [down, "down"], [fixed, "fixed"]]))
    for (const entity of some) {
      const before = given.get(entity) ?? value;
      if (before !== value) refused ??= `${entity.name} cannot be both ${before} and ${value}`;
      given.set(entity, before);
    }
  const changed = [...given].filter(([, value]) => value !== "fixed");
  if (!changed.length) refused ??= "nothing is changed: let something go up or down";
  return {
    changed: changed.map(([entity, value]) => /** @type {[Entity, number]} */ ([entity, value === "up" ? 1 : -1])).sort(([a], [b]) => byId(a, b)),
    fixed: [...given].filter(([, value]) => value === "fixed").map(([entity]) => entity).sort(byId),
    refused,
  };
}

const refusal = (steps) =>
  Number.isInteger(steps) && steps >= 1 && steps <= MOST ? null : `${steps} is no number of steps for a conclusion: give 1 to ${MOST}`;

/** How many outcomes there are of which verdict. */
export const counts = ({ outcomes, unreached }) => ({
  ...Object.fromEntries(VERDICTS.map((verdict) => [verdict, outcomes.filter((one) => one.verdict === verdict).length])),
  unreached,
});

// --- A picture ---------------------------------------------------------------------------------

/**
 * The statements to draw: a chain, or what was said directly, for each outcome; and where what is held stops a change.
 * What only the article says is listed and not drawn.
 * @returns {Statement[]} in the order of the graph
 */
export function statementsOf(graph, answer) {
  const ids = answer.outcomes.flatMap(({ conclusion }) => (conclusion.relation === "only-article" ? [] : shownOf(conclusion)));
  const drawn = new Set(ids.map((id) => graph.statement.get(id)));
  const changed = answer.changed.map(([entity]) => entity);
  const moving = new Set([...changed, ...answer.outcomes.flatMap(({ entity, names }) => [entity, ...names.map(([name]) => name)])]);
  const follow = following(answer.status);
  for (const entity of answer.fixed)
    for (const { statement, start } of influencedBy(entity))
      if (moving.has(start) && follow(statement)) drawn.add(statement);
  return [...drawn].sort((a, b) => a.number - b.number);
}

/** The statements that show a conclusion: those of a chain, or all that it rests on directly. */
export const shownOf = (conclusion) => (conclusion.path.length ? conclusion.path : conclusion.restsOn);
