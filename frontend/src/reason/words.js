// A conclusion in words: what follows, on what it rests, and what becomes of what. The words are those of
// src/trabecula/words/{conclusions,whatif}.py, so that page and terminal say the same; the labels and definitions
// come with the data, from the vocabulary that both read.

import { plural } from "../dom.js";
import { byCodePoint } from "../order.js";
import { BEFALLING, isFirm, OBSERVED } from "./conclusions.js";
import { choiceOf } from "./lens.js";
import { basis, BASES } from "./standing.js";

/**
 * @typedef {import("./whatif.js").Outcome} Outcome
 * @typedef {import("./whatif.js").Answer} Answer
 */

const MORE = new Map([[1, "more"], [-1, "less"]]);
const STANDS = new Map([["lack", "lacking"], ["normal", "normal"], ["excess", "in excess"]]);
const PLAIN = { raised: "raises {}", lowered: "lowers {}" };
/** @param {string} text */
const capital = (text) => `${text[0].toUpperCase()}${text.slice(1)}`;
/** @param {string | string[]} value */
const several = (value) => (Array.isArray(value) ? value : [value]);

/**
 * In which interval of what is called so: `where calcium is lacking`; empty for none.
 * @param {string} interval
 * @param {string} name
 */
const where = (interval, name) => (STANDS.has(interval) ? `where ${name} is ${STANDS.get(interval)}` : "");

/**
 * What more of something does to an entity, by its category: `promotes bone resorption`.
 * @param {Pick<Graph, "words">} graph
 * @param {Entity} entity
 * @param {number} sign
 * @param {string} [name]
 */
export function acts({ words }, entity, sign, name = entity.name) {
  const row = words.categories.get(entity.category);
  return (sign > 0 ? (row?.raised ?? PLAIN.raised) : (row?.lowered ?? PLAIN.lowered)).replace("{}", () => name);
}

/**
 * `more calcium`, `hypocalcaemia`: of what befalls a body, and of a lack, it is not more.
 * @param {Graph} graph
 * @param {Entity} start
 * @param {Conclusion} conclusion
 */
const much = (graph, start, { asked }) => (asked || BEFALLING.has(start.kin) ? start.name : `more ${amount(graph, start)}`);

/** That of which there is more or less, by the category of an entity. @param {Pick<Graph, "words">} graph @param {Entity} entity */
const amount = ({ words }, { category, name }) => (words.categories.get(category)?.amount ?? "{}").replace("{}", () => name);

/**
 * On what a verb of change rests, and as what its object was looked at if not by its name.
 * @param {Pick<Graph, "statement" | "words">} graph
 * @param {Entity} end
 * @param {Conclusion} conclusion
 */
function knownOf({ statement, words }, end, { basis, restsOn }) {
  if (!basis) return "";
  const label = `: ${words.bases.get(basis).label}`,
    looked = new Set(restsOn.map((id) => /** @type {Statement} */ (statement.get(id)).object));
  if (looked.has(end) || basis === "defined" || !looked.size) return label;
  return `${label}, as ${listed([...looked].map(({ name }) => name).sort(byCodePoint))}`;
}

/** `a`, `a and b`, `a, b and c`. @param {string[]} some */
const listed = (some) => (some.length > 1 ? `${some.slice(0, -1).join(", ")} and ${some.at(-1)}` : some[0]);

/** Whether two names of one quantity were asked about. @param {Conclusion} conclusion */
const isNaming = (conclusion) => isFirm(conclusion) && !conclusion.steps;

/**
 * What follows in one sentence that says no more than it rests on.
 * @param {Graph} graph
 * @param {Entity} start
 * @param {Entity} end
 * @param {Conclusion} conclusion
 */
export function headline(graph, start, end, conclusion) {
  const first = start.name, second = end.name, { sign } = /** @type {{ sign: number }} */ (conclusion), more = MORE.get(sign);
  const placed = conclusion.interval && conclusion.interval !== conclusion.asked ? ` ${where(conclusion.interval, first)}` : "";
  if (isNaming(conclusion)) return `${first} and ${second} name one quantity: more of the one is ${more} of the other`;
  switch (conclusion.relation) {
    case "raises":
    case "lowers":
      return `${first} ${acts(graph, end, sign)}${placed}${knownOf(graph, end, conclusion)}`;
    case "goes-with-more":
    case "goes-with-less":
      return `${first} ${graph.words.relations.get(conclusion.relation).label} ${amount(graph, end)}${placed}: observed, not tested`;
    case "depends":
      return `it depends how ${first} acts on ${second}`;
    case "contested":
      if (conclusion.rank === OBSERVED)
        return `contested: that ${first} goes with ${more ?? "more or with less"} ${amount(graph, end)}`;
      return `contested: ${sign ? `that ${first} ${acts(graph, end, sign)}` : `which way ${first} acts on ${second}`}`;
    case "suggested":
    case "conceivable":
      return `${conclusion.relation}: with ${much(graph, start, conclusion)} ${more} ${amount(graph, end)}${placed}`;
    case "needed-for":
      return sign < 0
        ? `a need: ${second} cannot go on without what ${first} is the lack of`
        : `${first} is needed for ${second}: a lack is passed on, more gives no more`;
    case "only-article":
      return sign
        ? `only the article implies that with ${much(graph, start, conclusion)} comes ${more} ${amount(graph, end)}`
        : `only the article speaks of ${first} and ${second}`;
    case "cannot-say":
      return `cannot say what ${first} does to ${second}`;
    default:
      return `nothing here says what ${first} does to ${second}`;
  }
}

/** Why it is no more than it is. @param {Pick<Graph, "words">} graph @param {Conclusion} conclusion */
export function reason({ words }, conclusion) {
  let why = words.relations.get(conclusion.relation).definition;
  const { relation, steps } = conclusion;
  if (isNaming(conclusion)) why = "what says so tells what the words mean, and not what somebody found";
  else if (isFirm(conclusion) && conclusion.basis === "curated")
    why = `${words.bases.get("curated").definition}: more of the one, ${MORE.get(conclusion.sign || 1)} of the other`;
  else if (relation === "suggested" && steps === 1)
    why = "said of the quantity at large, a state or a class of it, not of what was asked about";
  else if ((relation === "suggested" || relation === "conceivable") && steps > 1) why += ` (${plural(steps, "step")})`;
  else if (relation === "conceivable") why = "only a title, or a statement without evidence, says so";
  else if ((relation === "contested" || relation === "cannot-say") && conclusion.sign) why += "; no statement points the other way";
  return conclusion.stopped ? `${why}; the search stopped at its bound, so there may be more` : why;
}

/**
 * Where a case holds: `where calcium is lacking, as intermittent PTH (species rat)`. The interval that was `asked` about
 * goes without saying: hypocalcaemia is not lacking.
 * @param {Pick<Graph, "entity">} graph
 * @param {Entity} start
 * @param {Case} context
 * @param {string} [asked]
 */
export function place({ entity }, start, { interval, state, context }, asked = "") {
  const pairs = Object.entries(context).flatMap(([key, value]) => several(value).map((text) => `${key.replaceAll("_", " ")} ${text}`));
  const parts = [
    interval !== asked && where(interval, start.name),
    state && `as ${/** @type {Entity} */ (entity.get(state)).name}`,
    pairs.length > 0 && `(${pairs.join("; ")})`,
  ];
  return parts.filter(Boolean).join(" ") || "where nothing is said of the context";
}

// --- What if --------------------------------------------------------------------------------------

/**
 * How a conclusion is known, without the verb: `measured in people`, `suggested, settled`.
 * @param {Pick<Graph, "words">} graph
 * @param {Conclusion} conclusion
 */
export function knownBy({ words }, { settled, relation, basis }) {
  const how = relation === "needed-for" ? "needs what falls short" : isFirm({ relation })
    ? (basis ? words.bases.get(basis).label : "stated") : words.relations.get(relation).label;
  return settled ? `${how}, settled` : how;
}

const MOVES = new Map([[1, "rises"], [-1, "falls"]]);

/**
 * What becomes of a name of a quantity, in sentences: a verb only where the conclusion has one. `way` is -1 for
 * names of a lack, which move the other way.
 * @param {Graph} graph
 * @param {Outcome} outcome
 * @param {Entity} [name]
 * @param {number} [way]
 */
export function becomes(graph, outcome, name = outcome.entity, way = 1) {
  const { conclusion } = outcome, { relation, sign } = /** @type {{ relation: string, sign: number }} */ (conclusion),
    by = knownBy(graph, conclusion);
  const moves = sign * way;
  const told = capital(by);
  if (isFirm(conclusion)) return `This ${acts(graph, name, moves, "it")}: ${by}.`;
  if (relation === "needed-for") return way < 0 ? "It is the lack of what needs what falls short." : "It needs what falls short.";
  if (relation === "goes-with-more" || relation === "goes-with-less") return `Observed with ${MORE.get(moves)} of it, not tested.`;
  return sign ? `${told}: ${MORE.get(moves)} of it.` : `${told}: ${graph.words.relations.get(relation).definition}.`;
}

/** @param {number} moves @param {boolean} firm */
const markOf = (moves, firm) => (moves ? `${firm ? "" : "hint-"}${moves > 0 ? "up" : "down"}` : "open");
/** @param {Outcome} outcome @param {number} turn */
const markOfOutcome = ({ way, verdict, conclusion }, turn) => (verdict === "implied" ? verdict : markOf(way * turn, isFirm(conclusion)));

/**
 * What becomes of each entity that is changed, held or reached, under all names of its quantity.
 * @returns {Map<Entity, { key: string, words: string }>} keys are those of `words.marks`
 * @param {Answer} answer
 * @param {Graph} graph
 */
export function marks(answer, graph) {
  const marked = new Map();
  for (const outcome of answer.outcomes)
    for (const [name, way] of /** @type {[Entity, number][]} */ ([[outcome.entity, 1], ...outcome.names]))
      marked.set(name, { key: markOfOutcome(outcome, way), words: becomes(graph, outcome, name, way) });
  for (const [name, way] of answer.names)
    marked.set(name, { key: markOf(way, true), words: `It ${MOVES.get(way)}: one quantity with what is changed.` });
  for (const name of answer.held) marked.set(name, { key: "fixed", words: "It is held: one quantity with what is held." });
  for (const [entity, way] of answer.changed)
    marked.set(entity, { key: way > 0 ? "changed-up" : "changed-down", words: `It is assumed to go ${way > 0 ? "up" : "down"}.` });
  for (const entity of answer.fixed) marked.set(entity, { key: "fixed", words: "It is held as it is: no change enters it." });
  return marked;
}

/**
 * Outcomes by how well they are known, the best first: each group with a heading and what it means.
 * @returns {{ title: string, words: string, outcomes: import("./whatif.js").Outcome[] }[]}
 * @param {Pick<Graph, "words">} graph
 * @param {Outcome[]} outcomes
 */
export function byStanding({ words }, outcomes) {
  /** @param {string} key */
  const meaning = (key) => words.relations.get(key).definition;
  /** @type {[string, string, (conclusion: Conclusion) => boolean][]} */
  const groups = [
    ["Tested or reviewed", "sources that were read spoke of the two", isFirm],
    ["Depends, or contested", "sources that were read differ", ({ relation }) => relation === "depends" || relation === "contested"],
    ["Observed together", "nobody changed the one to see the other", ({ relation }) => relation.startsWith("goes-with")],
    ["Needs what falls short", meaning("needed-for"), ({ relation }) => relation === "needed-for"],
    ["Suggested", meaning("suggested"), ({ relation }) => relation === "suggested"],
    ["Conceivable", meaning("conceivable"), ({ relation }) => relation === "conceivable"],
    ["Only the article", meaning("only-article"), ({ relation }) => relation === "only-article"],
    ["Cannot say", meaning("cannot-say"), () => true],
  ];
  const left = new Set(outcomes);
  return groups.map(([title, meaning, test]) => {
    const those = [...left].filter(({ conclusion }) => test(conclusion));
    for (const outcome of those) left.delete(outcome);
    /** @param {Outcome} outcome */
    const place = ({ conclusion: { basis } }) => (basis ? BASES.indexOf(basis) : BASES.length);
    return { title, words: meaning, outcomes: those.sort((a, b) => place(a) - place(b)) };
  }).filter((group) => group.outcomes.length);
}

/** What was looked at, what was not, and what none of this says. @param {Answer} answer */
export function extent({ steps, stopped, outcomes }) {
  const sentences = [
    `Conclusions of up to ${plural(steps, "step")}.`,
    outcomes.some(({ conclusion }) => conclusion.settled) &&
      "What is settled does not depend on that: the signs of all ways there decide it together, feedback and all.",
    "How much and how soon does not follow.",
    stopped && "The search stopped at its bound, so there may be more.",
  ];
  return sentences.filter(Boolean).join(" ");
}

// --- A statement ----------------------------------------------------------------------------------

/**
 * What the support of a statement rests on: a row of `words.bases`; null where it is not supported.
 * @param {Pick<Graph, "words">} graph
 * @param {Statement} statement
 */
export function basisOf({ words }, { status, evidence }) {
  if (status !== "supported") return null;
  return words.bases.get(basis(evidence)) ?? null;
}

// --- A lens ---------------------------------------------------------------------------------------

/**
 * What a lens lets count, in a sentence; empty where that is everything. `name` says what a source is called.
 * @param {Pick<Graph, "sources">} graph
 * @param {Lens} lens
 * @param {(source: Source) => string} name
 */
export function lensWords({ sources }, lens, name) {
  const gone = lens.without.map((id) => name(/** @type {Source} */ (sources.get(id)))).join(", ");
  const parts = [lens.trust.length && `only what was ${choiceOf(lens).label} counts`, gone && `left out: ${gone}`].filter(Boolean);
  return parts.length ? capital(parts.join("; ")) : "";
}
