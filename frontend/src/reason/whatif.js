// What would follow if something went up or down: the rules of src/trabecula/reason/whatif.py, where the
// reasons stand; test/cases holds the two together.

import { byId } from "../order.js";
import {
  besideItsLack, concluded, conclusionsOver, DIRECT, isDoubted, MOST, NOTHING, OBSERVED, SAID, STEPS, SUPPORTED, turned,
} from "./conclusions.js";
import { following, influencedBy, wrongStatus } from "./influence.js";
import { LACK } from "./quantities.js";
import { settle } from "./settle.js";

export { MOST, STEPS };

/**
 * @typedef {ReturnType<typeof whatif>} Answer
 * @typedef {{ way: number, conclusion: Conclusion }} Settled the direction that the signs alone decide, and how it comes
 */

/**
 * How a quantity is changed: the entity that is named, and the way of the quantity. Of a lack or an excess, whether
 * it comes or goes, it is asked what follows as it comes.
 *
 * @typedef {{ entity: Entity, way: number, askedWay: number, interval: number }} Change
 */

/** The most quantities that are looked at to find what is settled. */
const REACH = 2_000;

/** Categories of what is done to a body, or met by it. */
const OUTSIDE = new Set(["intervention", "exposure"]);
/** What can become of a quantity, by the direction that its conclusion has. */
export const VERDICTS = ["up", "down", "open", "implied"];
const VERDICT = new Map([[1, "up"], [-1, "down"], [0, "open"]]);

/**
 * What becomes of one quantity, told of the entity that stands for it.
 *
 * @typedef {object} Outcome
 * @property {Entity} entity
 * @property {number} way +1 where it rises, -1 where it falls, 0 where that does not follow
 * @property {"up" | "down" | "open" | "implied"} verdict `implied` where only the article says so
 * @property {Conclusion} conclusion its signs are those of the change: +1 where it rises
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

  const conclusions = conclusionsOver(graph, status);
  const { columns: { entities, number }, quantities: { of, ways, intervals, names } } = conclusions;
  /** @type {Sure<number, Change>} */
  const moved = new Map();
  for (const [entity, direction] of changed) {
    const place = number.get(entity), way = direction * ways[place], quantity = of[place], interval = intervals[place];
    if (!moved.has(quantity)) moved.set(quantity, { entity, way, askedWay: interval || way, interval });
    const before = moved.get(quantity);
    if (before.way !== way)
      return { ...answer, refused: `${before.entity.name} and ${entity.name} are names of one quantity and cannot go apart` };
  }
  const held = new Set([...fixed.map((entity) => of[number.get(entity)]), ...moved.keys()]);
  const settled = settledBy(conclusions, moved, held);
  /** @type {Map<number, [Entity, Conclusion][]>} */
  const told = new Map();
  let stopped = false;
  for (const [start, change] of [...moved].sort(([a], [b]) => a - b)) {
    const { entity, way } = change, rest = new Set([...held].filter((quantity) => quantity !== start));
    for (const [end, conclusion] of followingFrom(conclusions, start, change, steps, rest)) {
      stopped ||= conclusion.stopped;
      if (conclusion.rank === NOTHING || held.has(end)) continue;
      // What is done to a body, or met by it, does not follow from what it is seen with.
      if (conclusion.rank === OBSERVED && OUTSIDE.has(entities[end].kin)) continue;
      if (!told.has(end)) told.set(end, []);
      /** @type {[Entity, Conclusion][]} */ (told.get(end)).push([entity, turned(conclusion, way)]);
    }
  }
  const own = new Set([...changed.map(([entity]) => entity), ...fixed]);
  /** @param {number} quantity */
  const others = (quantity) => names[quantity].filter((name) => !own.has(entities[name]));
  /** @type {any[]} see `Outcome` */
  const outcomes = [...new Set([...told.keys(), ...settled.keys()])].filter((end) => !held.has(end)).map((end) => ({
    entity: entities[end],
    ...decided((told.get(end) ?? []).map(([, conclusion]) => conclusion), settled.get(end)),
    causes: (told.get(end) ?? []).map(([entity]) => entity),
    names: names[end].filter((name) => name !== end).map((name) => [entities[name], ways[name]]),
  }));
  return {
    ...answer,
    names: [...moved].flatMap(([quantity, { way }]) => others(quantity)
      .map((name) => /** @type {[Entity, number]} */ ([entities[name], way * ways[name]])))
      .sort(([a], [b]) => byId(a, b)),
    held: fixed.flatMap((entity) => others(of[number.get(entity)]).map((name) => entities[name])),
    outcomes: outcomes.sort(bestFirst),
    // Through a lens the graph has those entities only that something is still said of.
    unreached: new Set(of.filter((quantity, place) =>
      !told.has(quantity) && !settled.has(quantity) && !held.has(quantity) && (!graph.seen || entities[place].degree > 0))).size,
    stopped,
    refused: null,
  };
}

/**
 * By quantity what follows from a change of one, beside what its lack does if it rises.
 * @param {Conclusions} conclusions
 * @param {number} start
 * @param {Change} change
 * @param {number} steps
 * @param {Set<number>} held
 */
function followingFrom(conclusions, start, { askedWay, interval }, steps, held) {
  const every = conclusions.following(start, askedWay, interval, steps, held);
  if (askedWay < 0 || !conclusions.lacking.has(start)) return every;
  const lack = conclusions.following(start, -1, LACK, steps, held), nothing = concluded();
  return new Map([...every].map(([end, conclusion]) => [end, besideItsLack(conclusion, lack.get(end) ?? nothing)]));
}

/**
 * What follows for a quantity from each change, and from what is settled.
 * @param {Conclusion[]} conclusions
 * @param {Settled | undefined} settled
 */
function decided(conclusions, settled) {
  let best = conclusions.reduce((first, conclusion) => (conclusion.rank < first.rank ? conclusion : first), conclusions[0] ?? concluded());
  let way = best.sign ?? 0;
  if (way && conclusions.some((conclusion) => conclusion.sign === -way)) {
    best = {
      ...best, relation: "cannot-say", sign: null, basis: "", interval: "", contexts: [], path: [], against: [], also: [],
      restsOn: [...new Set(conclusions.flatMap((conclusion) => conclusion.restsOn))], rank: Math.max(best.rank, DIRECT + 1),
    };
    way = 0;
  }
  if (settled && settled.way === way && best.rank < SAID) best = { ...best, settled: true };
  // Only a chain, an article or nothing says otherwise: all ways there together decide.
  else if (settled && ((best.rank >= SUPPORTED && best.relation !== "contested") || (best.relation === "cannot-say" && !way)))
    return judged(settled.conclusion.settled ? settled.way : 0, settled.conclusion);
  return judged(way, best);
}

/** @param {number} way @param {Conclusion} conclusion */
const judged = (way, conclusion) =>
  ({ way, verdict: conclusion.relation === "only-article" ? "implied" : VERDICT.get(way), conclusion });

/** @param {Outcome} first @param {Outcome} second */
const bestFirst = (first, second) =>
  first.conclusion.rank - second.conclusion.rank || Number(!first.conclusion.settled) - Number(!second.conclusion.settled) ||
  first.conclusion.steps - second.conclusion.steps || byId(first.entity, second.entity);

/** @param {Iterable<number>} numbers */
const inOrder = (numbers) => [...numbers].sort((a, b) => a - b);

/**
 * By quantity the direction that the signs alone decide, and a chain by which it comes; empty where more than
 * `REACH` quantities are reached. From what is changed the steps are those of its way; further on a step counts by
 * its sign only where rise and fall have the same.
 * @param {Conclusions} conclusions
 * @param {Sure<number, Change>} changed
 * @param {Set<number>} held
 */
function settledBy(conclusions, changed, held) {
  const onward = new Map(), waiting = inOrder(changed.keys()), reached = new Set(waiting);
  for (const quantity of waiting) { // grows while it is gone through
    if (reached.size > REACH) return new Map();
    const signs = conclusions.arcs(quantity), change = changed.get(quantity);
    const links = change ? conclusions.links(quantity, change.askedWay) : new Map();
    for (const end of [...signs.keys()]) {
      const link = links.get(end);
      if (changed.has(end)) signs.delete(end);
      else if (link && !isDoubted(link)) signs.set(end, link.sign);
    }
    onward.set(quantity, signs);
    const fresh = inOrder([...signs.keys()].filter((end) => !held.has(end) && !reached.has(end)));
    for (const end of fresh) reached.add(end);
    waiting.push(...fresh);
  }
  const quantities = inOrder(new Set([...onward.keys(), ...held])),
    number = new Map(quantities.map((quantity, place) => [quantity, place]));
  const arcs = [...onward].flatMap(([start, signs]) => [...signs].filter(([end]) => number.has(end) && !held.has(end))
    .map(([end, sign]) => [number.get(start), number.get(end), sign]));
  const settled = settle(quantities.length, /** @type {[number, number, number][]} */ (arcs),
    /** @type {Map<number, number>} */ (new Map([...changed].map(([quantity, { way }]) => [number.get(quantity), way]))),
    /** @type {number[]} */ ([...held].filter((quantity) => !changed.has(quantity)).map((quantity) => number.get(quantity))));
  const signs = new Map([...settled].filter(([, sign]) => sign).map(([place, sign]) => [quantities[place], sign]));
  return shortest(conclusions, changed, signs, onward);
}

/**
 * By quantity a shortest chain of which all that it passes is settled as the chain has it.
 * @param {Conclusions} conclusions
 * @param {Sure<number, Change>} changed
 * @param {Map<number, number>} signs
 * @param {Map<number, Map<number, number>>} onward
 */
function shortest(conclusions, changed, signs, onward) {
  /** @type {Map<number, any[]>} */
  const chains = new Map([...changed.keys()].map((quantity) => [quantity, []]));
  const answers = new Map(), waiting = inOrder(changed.keys());
  for (const quantity of waiting) { // grows while it is gone through
    const chain = chains.get(quantity) ?? [], change = changed.get(chain.length ? chain[0].start : quantity);
    const way = chain.length ? /** @type {number} */ (signs.get(quantity)) : change.way;
    // Of what goes back as a lack goes it is asked, too, what follows as it comes.
    const links = conclusions.links(quantity, way * change.way * change.askedWay);
    for (const end of inOrder(onward.get(quantity)?.keys() ?? []))
      if (links.has(end) && !chains.has(end) && signs.has(end) && links.get(end).sign * way === signs.get(end)) {
        chains.set(end, [...chain, links.get(end)]);
        const conclusion = turned(conclusions.byChain([...chain, links.get(end)]), change.way);
        answers.set(end, { way: signs.get(end), conclusion });
        if (conclusion.settled) waiting.push(end);
      }
  }
  return new Map([...answers].filter(([end]) => !conclusions.directionless.has(end)));
}

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
    changed: changed.map(([entity, value]) => /** @type {[Entity, number]} */ ([entity, value === "up" ? 1 : -1]))
      .sort(([a], [b]) => byId(a, b)),
    fixed: [...given].filter(([, value]) => value === "fixed").map(([entity]) => entity).sort(byId),
    refused,
  };
}

/** @param {number} steps */
const refusal = (steps) =>
  Number.isInteger(steps) && steps >= 1 && steps <= MOST ? null : `${steps} is no number of steps for a conclusion: give 1 to ${MOST}`;

/**
 * How many outcomes there are of which verdict.
 * @param {Pick<Answer, "outcomes" | "unreached">} answer
 * @returns {{ unreached: number } & Record<string, number>}
 */
export const counts = ({ outcomes, unreached }) => ({
  ...Object.fromEntries(VERDICTS.map((verdict) => [verdict, outcomes.filter((outcome) => outcome.verdict === verdict).length])),
  unreached,
});

// --- A picture ---------------------------------------------------------------------------------

/**
 * The statements that draw outcomes: a chain, or what was said directly, for each; and where what is held stops a change.
 * @returns {Statement[]} in the order of the graph
 * @param {Graph} graph
 * @param {Answer} answer
 * @param {Outcome[]} outcomes
 */
export function statementsOf(graph, answer, outcomes) {
  const ids = outcomes.flatMap(({ conclusion }) => shownOf(conclusion));
  const drawn = new Set(ids.map((id) => /** @type {Statement} */ (graph.statement.get(id))));
  const changed = answer.changed.map(([entity]) => entity);
  const moving = new Set([...changed, ...answer.outcomes.flatMap(({ entity, names }) => [entity, ...names.map(([name]) => name)])]);
  const follow = following(answer.status);
  for (const entity of answer.fixed)
    for (const { statement, start } of influencedBy(entity))
      if (moving.has(start) && follow(statement)) drawn.add(statement);
  return [...drawn].sort((a, b) => a.number - b.number);
}

/**
 * The statements that show a conclusion: those of one chain where all point one way, else all that it rests on.
 * @param {Conclusion} conclusion
 */
export const shownOf = ({ path, sign, restsOn }) => (path.length && sign ? path : restsOn);
