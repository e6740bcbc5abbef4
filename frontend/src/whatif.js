// What would follow if something went up or down: a change carried along the statements. The same
// answers as src/trabecula/reason/whatif.py, where the reasons and the papers stand; the words are
// those of src/trabecula/views/whatif.py. test/cases holds the two together.

import { plural } from "./dom.js";
import { following, influencedBy, weakness, wrongStatus } from "./influence.js";
import { loopsAmong } from "./feedback.js";
import { byId } from "./order.js";
import { isStepCount, MAX_STEPS, Path } from "./paths.js";
import { keyOf, quantitiesOf, searchOf, stepsOf } from "./propagation.js";

/** The steps of a path where nothing else is asked for. */
export const STEPS = 3;
/** How many paths are walked one by one, where running round loops must be told from arriving. */
export const EFFORT = 200_000;
/** The longest loops that are looked for, and how many steps are looked at for them. */
export const LOOP_STEPS = 4;
export const LOOP_EFFORT = 20_000;

/** What can happen to an entity, and what it means. */
export const OUTCOMES = {
  up: "every consistent path raises it",
  down: "every consistent path lowers it",
  ambiguous: "some paths raise it and others lower it",
  unknown: "something acts on it, in a direction that no statement says",
  unreached: "no path leads to it",
};

/** What a loop does to a change; see `effectWords`. */
export const EFFECTS = {
  dampens: "dampens what changes in it",
  amplifies: "amplifies what changes in it",
  unknown: "acts back in a direction that is not said",
  cut: "cut, because something in it is held fixed",
  returns: "acts back on what is changed, which is held here",
};

/**
 * What follows within so many steps if entities go up or down, others held fixed.
 *
 * @typedef {object} Outcome
 * @property {Entity} entity
 * @property {"up" | "down" | "ambiguous" | "unknown"} verdict
 * @property {Way | null} up
 * @property {Way | null} down
 * @property {Way | null} unknown best paths: shortest, and of those the one with the best weakest statement
 * @property {Way[]} paths those of them that the verdict rests on, the shorter first
 * @property {number} distance the steps of the first of these
 * @property {number} nearer the direction of the shorter path; 0 where both ways are equally long
 * @property {boolean} turned the opposite direction comes about too, but only by going round a loop
 * @property {object[]} loops the feedback loops through it that nothing given cuts
 * @property {string} words the verdict in sentences
 *
 * @param {Graph} graph
 * @param {{ up?: Entity[], down?: Entity[], fixed?: Entity[] }} given
 * @param {object} [asked]
 * @param {number} [asked.steps]
 * @param {string[]} [asked.status] the statuses of statements that are followed; none means the usual
 * @param {number} [asked.effort] how many paths may be walked one by one
 * @returns {{ changed: [Entity, number][], fixed: Entity[], names: Entity[], outcomes: Outcome[],
 *   unreached: Entity[], unsettled: Entity[], loops: any[], loopsComplete: number, steps: number,
 *   status: string[], refused: string | null }}
 *   the outcomes are the nearest and best known first; `names` are other names of what is changed; of
 *   the `unsettled` it is not known whether there is another direction or a shorter path, because the
 *   search stopped at its bound; loops of up to `loopsComplete` steps are all there.
 */
export function whatif(graph, given, asked = {}) {
  const { steps = STEPS, status = [], effort = EFFORT } = asked;
  const assumed = assume(given);
  const refused = assumed.refused ?? refusal(steps) ?? wrongStatus(status);
  const answer = { changed: assumed.changed, fixed: assumed.fixed, steps, status, refused };
  if (refused)
    return { ...answer, names: [], outcomes: [], unreached: [], unsettled: [], loops: [], loopsComplete: 0 };

  const held = new Set([...assumed.changed.map(([entity]) => entity), ...assumed.fixed]);
  const quantities = quantitiesOf(assumed.changed);
  const search = searchOf(held, quantities, following(status));
  const { found, metItself } = search.consistent(assumed.changed, steps);
  const doubtful = (metItself ? search.arrived(assumed.changed, steps) : [])
    .map((one) => ({ ...one, longest: found.has(one.state.key) ? lengthOf(found.get(one.state.key)) - 1 : steps }))
    .filter(({ far, longest }) => far <= longest);
  const unsettled = search.settle(assumed.changed, doubtful, found, effort);
  const reached = new Set([...found.values()].map(({ state }) => state.entity));
  const around = loopsAmong(new Set([...reached, ...held]), search.follow, LOOP_STEPS, LOOP_EFFORT);
  const loops = around.found.map((path) => loopOf(graph, path, held, quantities.names, assumed.fixed));

  const holding = new Map([...reached].map((entity) => [entity, /** @type {any[]} */ ([])]));
  for (const loop of loops.filter((one) => one.effect !== "cut" && one.effect !== "returns"))
    for (const entity of loop.entities) holding.get(entity)?.push(loop);
  const absent = doubtful.filter(({ state }) => state.direction && !found.has(state.key));
  const circular = new Set(absent.map(({ state }) => state.entity));
  const inDoubt = new Set(unsettled);
  const ways = new Map(assumed.changed);
  const outcomes = [...reached].map((entity) => {
    const [up, down, unknown] = [1, -1, 0].map((way) => {
      const known = found.get(keyOf(entity, way));
      return known ? wayOf(stepsOf(known.trail), ways) : null;
    });
    const settled = !inDoubt.has(entity);
    const turns = circular.has(entity) && settled;
    return outcomeOf({ entity, up, down, unknown, loops: holding.get(entity), turns, settled });
  });
  return {
    ...answer,
    names: [...quantities.names].filter((entity) => !held.has(entity)).sort(byId),
    outcomes: nearestFirst(outcomes),
    unreached: graph.entities.filter((entity) => !reached.has(entity) && !held.has(entity)).sort(byId),
    unsettled,
    loops,
    loopsComplete: around.complete,
  };
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
    changed: changed.map(([entity, value]) => /** @type {[Entity, number]} */ ([entity, value === "up" ? 1 : -1])).sort(([a], [b]) => byId(a, b)),
    fixed: [...given].filter(([, value]) => value === "fixed").map(([entity]) => entity).sort(byId),
    refused,
  };
}

const refusal = (steps) =>
  isStepCount(steps) ? null : `${steps} is no number of steps for a path: give 1 to ${MAX_STEPS}`;

const lengthOf = ({ trail }) => stepsOf(trail).length;

/** A path by which a change arrives. */
class Way extends Path {
  /** The direction in which its end changes: up (+1), down (-1) or unknown (0). */
  get way() {
    return /** @type {any} */ (this.steps.at(-1)).way;
  }

  get words() {
    return `It ${VERBS.get(this.way)} in ${count(this.steps.length)}`;
  }
}

/** The path of these steps, each with the `way` in which its end changes and with words for that. */
function wayOf(steps, changed) {
  let way = changed.get(steps[0].start);
  return new Way(steps.map(({ statement, start, end, sign }) => {
    way = way * sign || 0;
    return { statement, start, end, sign, way, words: `${end.name} ${CHANGES.get(way)}` };
  }));
}

function outcomeOf({ entity, up, down, unknown, loops, turns, settled }) {
  const verdict = up && down ? "ambiguous" : up ? "up" : down ? "down" : "unknown";
  const signed = [up, down].filter(Boolean).sort((a, b) => a.steps.length - b.steps.length);
  const paths = signed.length ? signed : [unknown];
  const turned = turns && (verdict === "up" || verdict === "down");
  const even = signed.length === 2 && up.steps.length === down.steps.length;
  const nearer = signed.length && !even ? signed[0].way : 0;
  const outcome = { entity, verdict, distance: paths[0].steps.length, nearer, turned, up, down, unknown, paths, loops };
  return { ...outcome, words: said(outcome, settled) };
}

/** The nearest first, then the best known. */
function nearestFirst(outcomes) {
  const weakest = new Map(outcomes.map((one) => [one, weakness(one.paths[0].weakest)]));
  return outcomes.sort((one, other) =>
    one.distance - other.distance || weakest.get(one) - weakest.get(other) || byId(one.entity, other.entity));
}

// --- Feedback ----------------------------------------------------------------------------------

const KINDS = new Map([[1, "reinforcing"], [-1, "balancing"], [0, "unknown"]]);
const ACTS = new Map([[1, "amplifies"], [-1, "dampens"], [0, "unknown"]]);

/** A loop with what it does here; `loop` is the same one among those of the graph, where they list it. */
function loopOf(graph, path, held, names, fixed) {
  const entities = path.entities.slice(0, -1);
  const statements = path.steps.map((step) => step.statement);
  const given = entities.some((entity) => held.has(entity) || names.has(entity));
  const cut = entities.some((entity) => fixed.includes(entity));
  return {
    sign: path.sign,
    kind: KINDS.get(path.sign),
    effect: cut ? "cut" : given ? "returns" : ACTS.get(path.sign),
    entities,
    statements,
    steps: path.steps,
    weakest: path.weakest,
    loop: listed(graph).get(nameOf(statements)) ?? null,
  };
}

const lists = new WeakMap();

function listed(graph) {
  let known = lists.get(graph);
  if (!known) lists.set(graph, (known = new Map((graph.loops ?? []).map((loop) => [nameOf(loop.statements), loop]))));
  return known;
}

const nameOf = (statements) => statements.map((one) => one.id).sort().join(" ");

// --- Words -------------------------------------------------------------------------------------

const VERBS = new Map([[1, "rises"], [-1, "falls"], [0, "is acted on, in a direction that is not said,"]]);
const CHANGES = new Map([[1, "rises"], [-1, "falls"], [0, "changes, which way is not said"]]);
const DIRECTIONS = new Map([[1, "up"], [-1, "down"]]);

const count = (number) => plural(number, "step");

/** What a loop does here, in words. */
export function effectWords(loop) {
  const free = new Map([[1, "amplified"], [-1, "dampened"], [0, "changed"]]);
  const told = EFFECTS[loop.effect];
  return loop.effect === "returns" ? `${told}: ${free.get(loop.sign)} if it were free` : told;
}

/** The verdict in sentences, with what loops do to it and what is not settled. */
function said(outcome, settled) {
  let verdict = OUTCOMES[outcome.verdict];
  if (outcome.verdict === "ambiguous" && outcome.nearer)
    verdict += `; the shorter one ${outcome.nearer > 0 ? "raises" : "lowers"} it`;
  const sentences = [`${verdict[0].toUpperCase()}${verdict.slice(1)}.`];
  if (outcome.loops.length || outcome.turned) sentences.push(`By feedback its change is ${feedbackWords(outcome)}.`);
  if (!settled) sentences.push("Whether there is another direction too is not settled.");
  return sentences.join(" ");
}

/** What the loops through an entity do to its change. */
function feedbackWords(outcome) {
  const effects = new Set(outcome.loops.map((loop) => loop.effect));
  const words = [["dampens", "dampened"], ["amplifies", "amplified"], ["unknown", "changed"]];
  const told = words.filter(([effect]) => effects.has(effect)).map(([, word]) => word);
  return [...told, ...(outcome.turned ? ["not turned round"] : [])].join(", ");
}

/**
 * What happens to each entity that is changed, held or reached.
 * @returns {Map<Entity, { key: string, words: string }>} keys are those of `words.marks`
 */
export function marks(answer) {
  const marked = new Map();
  for (const [entity, way] of answer.changed)
    marked.set(entity, { key: `changed-${DIRECTIONS.get(way)}`, words: `It is assumed to go ${DIRECTIONS.get(way)}.` });
  for (const entity of answer.fixed)
    marked.set(entity, { key: "fixed", words: "It is held as it is: no change reaches it or passes it." });
  for (const outcome of answer.outcomes) marked.set(outcome.entity, { key: outcome.verdict, words: outcome.words });
  return marked;
}

/** How many entities have which outcome, by key of `OUTCOMES`. */
export function counts(answer) {
  const verdicts = answer.outcomes.map((outcome) => outcome.verdict);
  const number = (verdict) => verdicts.filter((one) => one === verdict).length;
  const reached = Object.fromEntries(Object.keys(OUTCOMES).map((verdict) => [verdict, number(verdict)]));
  return { ...reached, unreached: answer.unreached.length };
}

/** What was looked at, what was not, and what none of this says, in sentences. */
export function extent(answer) {
  if (answer.refused) return "";
  const told = [
    `Paths of up to ${count(answer.steps)} were looked at.`,
    "How much, how soon and which of two opposite ways prevails does not follow.",
  ];
  if (answer.unsettled.length)
    told.push(
      `The search stopped at its bound: of ${plural(answer.unsettled.length, "entity", "entities")} it is not settled whether there is ` +
        "another direction too.",
    );
  told.push(
    answer.loopsComplete
      ? `Loops of up to ${count(answer.loopsComplete)} were looked for.`
      : "There are too many entities to look for loops among them.",
  );
  return told.join(" ");
}

// --- A picture ---------------------------------------------------------------------------------

/**
 * The statements to draw: the best paths, and where what is held stops a change.
 * @returns {Statement[]} in the order of the graph
 */
export function statementsOf(answer) {
  const drawn = new Set(answer.outcomes.flatMap((outcome) => outcome.paths).flatMap((path) => path.statements));
  const reached = answer.outcomes.map((outcome) => outcome.entity);
  const moving = new Set([...reached, ...answer.changed.map(([entity]) => entity)]);
  const follow = following(answer.status);
  for (const entity of answer.fixed)
    for (const { statement, start } of influencedBy(entity))
      if (moving.has(start) && follow(statement)) drawn.add(statement);
  return [...drawn].sort((a, b) => a.number - b.number);
}
