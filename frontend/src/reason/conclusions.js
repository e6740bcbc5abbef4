// What follows from all statements together for one quantity and another. The rules of
// src/trabecula/reason/conclusions.py, where the table of ranks and the reasons stand, one by one and by the
// same names; test/cases holds the two together.

import { columnsOf } from "./columns.js";
import { apart, settings, settingsOf } from "./context.js";
import { following } from "./influence.js";
import { EXCESS, INTERVALS, LACK, NORMAL, quantitiesOf, UNSAID } from "./quantities.js";
import { ARTICLE, bestTier, CHANGES, DOUBTED, GOES_WITH, NEEDS, READ, sayingsOf, WEAK } from "./sayings.js";
import { BASES, basis, weighs } from "./standing.js";

/** The acting steps of a conclusion where nothing else is asked for, and the most there can be. */
export const STEPS = 2;
export const MOST = 3;
/** How many steps are tried between two quantities before the search stops. */
export const EFFORT = 200_000;
/** Ranks of conclusions, the best first. */
export const DIRECT = 1, OBSERVED = 3, SUPPORTED = 5, SAID = 8, NOTHING = 10;
const DISPUTED = 2, NEEDED = 4, WEAKER = 6, LONGER = 7, UNSIGNED = 9;

/** Categories of what is done to a body or befalls it. */
export const BEFALLING = new Set(["intervention", "condition"]);
const APPLIES = new Map([[1, new Set([UNSAID, EXCESS, NORMAL])], [-1, new Set([UNSAID, LACK, NORMAL])]]);
const BY_CHAIN = new Map([[SUPPORTED, "suggested"], [WEAKER, "conceivable"], [SAID, "only-article"]]);

/**
 * A conclusion, of which nothing follows but what is said.
 * @param {Partial<Conclusion>} [more]
 * @returns {Conclusion}
 */
export const concluded = (more) => ({
  relation: "nothing", sign: null, interval: "", asked: "", basis: "", settled: false, contexts: [], against: [],
  restsOn: [], also: [], path: [], steps: 0, rank: NOTHING, stopped: false, ...more,
});

/** Whether it is a verb of change. @param {Pick<Conclusion, "relation">} conclusion */
export const isFirm = ({ relation }) => relation === "raises" || relation === "lowers";

/** @param {number} sign */
const verb = (sign) => (sign > 0 ? "raises" : "lowers");
/** @template T @param {Iterable<T>} some @returns {T[]} */
const unique = (some) => [...new Set(some)];
/** @param {Saying[]} sayings */
const signsOf = (sayings) => unique(sayings.map((saying) => saying.sign));
/** @param {Link[]} chain */
const signOf = (chain) => chain.reduce((sign, link) => sign * link.sign, 1) || 0;

/** @template K, V @param {Map<K, V[]>} map @param {K} key @param {V} value */
function put(map, key, value) {
  if (map.has(key)) /** @type {V[]} */ (map.get(key)).push(value);
  else map.set(key, [value]);
}

/**
 * Those that name an interval, if any does, for they speak of it more exactly than the rest; of these the ones that
 * no qualifier limits to some other context, if there are any.
 * @param {Saying[]} sayings
 */
function nearest(sayings) {
  const named = sayings.filter((saying) => saying.interval !== UNSAID), near = named.length ? named : sayings;
  const free = near.filter((saying) => !saying.limited);
  return free.length ? free : near;
}

/** Those of the best tier that have a sign, if sources were read for it. @param {Saying[]} sayings */
const readOf = (sayings) => nearest(bestTier(sayings).filter((saying) => saying.tier <= DOUBTED));

/** Whether each statement that decides a step is disputed, or only the article's. @param {Link} link */
export const isDoubted = ({ tier, sayings }) => tier === ARTICLE || sayings.every((saying) => saying.contested);

/** Whether all that decides a step speaks of an excess. @param {Link} link */
const isOfExcess = ({ sayings }) => sayings.every((saying) => saying.interval === EXCESS);

/** Whether something that decides a step speaks of a lack. @param {Link} link */
const isOfLack = ({ sayings }) => sayings.some((saying) => saying.interval === LACK);

/** Whether all that decides a step speaks of a lack or a need. @param {Link} link */
const isOfShortfall = ({ sayings }) => sayings.every((saying) => saying.kind === NEEDS || saying.interval === LACK);

/**
 * Whether a step goes no further than where the next one, of a lack or an excess, begins.
 * @param {Link} before
 * @param {Link} after
 */
const isSpared = (before, after) =>
  before.sayings.every((saying) => saying.endInterval !== (before.sign > 0 ? EXCESS : LACK)
    && saying.interval !== LACK && saying.interval !== EXCESS) &&
  (before.sign > 0 ? isOfExcess(after) : isOfShortfall(after));

/**
 * Whether a step, whose start goes one way, only ends one extreme and the next one is of the other: without what brings
 * an excess about there is none, and what is said to mend a lack brings no excess about unless that is said as well.
 * @param {Link} before
 * @param {Link} after
 * @param {number} way
 */
function isCrossed(before, after, way) {
  const direction = way * before.sign, behind = direction > 0 ? LACK : EXCESS;
  if (!(direction > 0 ? isOfExcess(after) : isOfShortfall(after))) return false;
  const ends = new Set(before.sayings.map((saying) => saying.endInterval));
  return ends.has(behind) && (ends.size === 1 || (way > 0 && !ends.has(-behind)));
}

/** The interval that all of them name; empty where they do not. @param {Saying[]} sayings */
function intervalOf(sayings) {
  const intervals = unique(sayings.map((saying) => saying.interval));
  return intervals.length === 1 ? INTERVALS.get(intervals[0]) : "";
}

/** A context as values: a key that has several has them as a list. @param {Setting} setting */
const contextOf = (setting) => Object.fromEntries([...setting].map(([key, some]) => [key, some.length > 1 ? some : some[0]]));

/**
 * Answers questions about a graph; keeps what it worked out.
 * @param {Graph} graph
 * @param {(statement: Statement) => boolean} follow
 * @returns {Conclusions}
 */
export function conclusionsOf(graph, follow) {
  const columns = columnsOf(graph), quantities = quantitiesOf(columns);
  const { entities, statements, number } = columns;
  const { of, ways, intervals } = quantities;
  const sayings = sayingsOf(columns, quantities, follow, graph.about.intervals);
  const directionless = new Set(graph.about.directionless.map((entity) => of[number.get(entity)]));
  const lacking = new Set(of.filter((_, entity) => intervals[entity] === LACK)); // there less is something
  const befalling = new Set(of.filter((quantity) => BEFALLING.has(entities[quantity].kin) && !lacking.has(quantity)));
  const processes = new Set(of.filter((quantity) => entities[quantity].kin === "process"));
  const exposures = new Set(of.filter((quantity) => entities[quantity].kin === "exposure" && !lacking.has(quantity)));
  /** @type {Sure<number, Sure<number, Link>>} */
  const linksBy = new Map(); // the links from a quantity that changes one way

  /** @param {Saying[]} some */
  const ids = (some) => unique(some.map((saying) => statements[saying.statement].id));
  /** @param {number} statement */
  const settingsIn = (statement) => settings(statements[statement]);

  // --- Questions ---------------------------------------------------------------------------------

  /** What follows for two entities. @param {Entity} start @param {Entity} end @param {number} [steps] */
  function between(start, end, steps = STEPS) {
    const first = number.get(start), second = number.get(end);
    const turn = ways[first] * ways[second];
    if (of[first] === of[second]) return named(first, second, turn);
    const answers = waysOf(first).map((way) => asked(of[first], of[second], ...way, steps));
    let conclusion = answers.length === 2 ? both(.../** @type {[Conclusion, Conclusion]} */ (answers)) : answers[0];
    if ((answers.length === 2 || intervals[first] === EXCESS) && lacking.has(of[first]))
      conclusion = besideItsLack(conclusion, asked(of[first], of[second], -1, LACK, steps));
    if (isFirm(conclusion) && intervals[second] && !isSpokenOf(conclusion, second))
      conclusion = { ...conclusion, relation: "suggested", basis: "", rank: SUPPORTED };
    return { ...turned(conclusion, turn), asked: INTERVALS.get(intervals[first]) };
  }

  /**
   * Whether a statement that decides speaks of the lack or excess that an entity names.
   * @param {Conclusion} conclusion
   * @param {number} end
   */
  function isSpokenOf({ restsOn }, end) {
    const resting = new Set(restsOn);
    return statements.some(({ id }, place) => resting.has(id) && [columns.objects[place], columns.subjects[place]].some((entity) =>
      of[entity] === of[end] && intervals[entity] === intervals[end]));
  }

  /**
   * In which ways the quantity of an entity is asked about, and in which interval: of a lack the fall, of an excess the
   * rise, of what happens to a body or is done to it that it does.
   * @param {number} entity
   * @returns {[way: number, interval: number][]}
   */
  function waysOf(entity) {
    if (intervals[entity] === LACK) return [[-1, LACK]];
    if (befalling.has(of[entity])) return [[1, UNSAID]];
    return intervals[entity] === EXCESS ? [[1, EXCESS]] : [[1, UNSAID], [-1, UNSAID]];
  }

  /**
   * By quantity what follows if one changes one way, none of those held being passed.
   * @param {number} start
   * @param {number} way
   * @param {number} interval
   * @param {number} [steps]
   * @param {Set<number>} [held]
   */
  function followingOf(start, way, interval, steps = STEPS, held = new Set()) {
    const direct = new Map(), byEnd = new Map();
    for (const saying of sayings.of(start)) put(direct, saying.end, saying);
    const { chains, stopped } = chainsOf(start, -1, way, interval, Math.min(steps, MOST), held);
    for (const chain of chains) put(byEnd, /** @type {Link} */ (chain.at(-1)).end, chain);
    const inherited = sayings.classes(start).filter(({ state }) => !held.has(of[state]));
    const ends = new Set([...direct.keys(), ...byEnd.keys(), ...[...sayings.states(start), ...inherited].map((saying) => saying.end)]);
    return new Map([...ends].filter((end) => !held.has(end) && end !== start).sort((a, b) => a - b).map((end) =>
      [end, decided(start, end, way, interval, direct.get(end) ?? [], byEnd.get(end) ?? [], stopped)]));
  }

  /**
   * Two names of one quantity: what says that they are.
   * @param {number} start
   * @param {number} end
   * @param {number} turn
   */
  function named(start, end, turn) {
    const interval = INTERVALS.get(intervals[start]), restsOn = quantities.naming(start, end).map((statement) => statements[statement].id);
    return concluded({ relation: verb(turn), sign: turn, basis: "defined", interval, asked: interval, restsOn, rank: DIRECT });
  }

  /**
   * What follows for one quantity if another changes one way.
   * @param {number} start
   * @param {number} end
   * @param {number} way
   * @param {number} interval
   * @param {number} steps
   */
  function asked(start, end, way, interval, steps) {
    const direct = sayings.of(start).filter((saying) => saying.end === end);
    const { chains, stopped } = chainsOf(start, end, way, interval, Math.min(steps, MOST));
    return decided(start, end, way, interval, direct, chains, stopped);
  }

  /**
   * What the first rank that has anything says.
   * @param {number} start
   * @param {number} end
   * @param {number} way
   * @param {number} interval
   * @param {Saying[]} direct
   * @param {Link[][]} chains
   * @param {boolean} stopped
   */
  function decided(start, end, way, interval, direct, chains, stopped) {
    if (directionless.has(end) || directionless.has(start)) return withoutDirection(direct);
    const applying = direct.filter((saying) => APPLIES.get(way)?.has(saying.interval));
    const changing = applying.filter((saying) => saying.kind === CHANGES);
    let conclusion = read(changing, way, interval);
    if (!conclusion || (interval === UNSAID && conclusion.interval)) conclusion = depending(start, end, way) ?? conclusion;
    conclusion ??= observed(applying) ?? needed(applying, way) ?? ofStates(start, end, way)
      ?? ofClass(start, end, way, interval, chains) ?? chainedBy(chains.filter((chain) => chain.length <= STEPS), way, interval, stopped);
    if (!conclusion || conclusion.rank >= WEAKER) conclusion = titled(applying, way) ?? conclusion;
    if (!conclusion || conclusion.rank === SAID) {
      const further = chainedBy(chains.filter((chain) => chain.length > STEPS), way, interval, stopped);
      conclusion = further && further.rank < SAID ? { ...further, rank: LONGER } : (byArticle(applying, way) ?? conclusion ?? further);
    }
    if (conclusion?.sign && [SUPPORTED, WEAKER, LONGER].includes(conclusion.rank)) conclusion = tested(conclusion, start, end);
    if (!conclusion) {
      const unsigned = changing.filter((saying) => !saying.sign && saying.tier !== ARTICLE);
      if (!unsigned.length) return concluded({ stopped });
      conclusion = concluded({ relation: "cannot-say", restsOn: ids(unsigned), rank: UNSIGNED, steps: 1 });
    }
    return weighed(conclusion, interval === UNSAID ? direct : applying, start, end);
  }

  /**
   * A hypothesis that was tested, and found not to be so, is contested. That two things were not seen to vary together
   * tests nothing: nobody changed the one.
   * @param {Conclusion} conclusion
   * @param {number} start
   * @param {number} end
   */
  function tested(conclusion, start, end) {
    const against = denying(start, end, conclusion.sign);
    return against.length ? { ...conclusion, relation: "contested", sign: null, settled: false, against, path: [] } : conclusion;
  }

  /**
   * The statements by which nobody holds it to be so.
   * @param {number} start
   * @param {number} end
   * @param {number | null} sign
   * @param {(statement: number) => boolean} [counts]
   */
  const deniedIn = (start, end, sign, counts = (_statement) => true) =>
    sayings.denied(start, end).filter(([statement, deniedSign]) => deniedSign === sign && counts(statement))
      .map(([statement]) => statements[statement].id);

  /** The same, after somebody tested it. @param {number} start @param {number} end @param {number | null} sign */
  const denying = (start, end, sign) => deniedIn(start, end, sign, (statement) => !sayings.correlates(statement));

  /**
   * Of what there is no more and no less: that it acts, or is acted on, is all there is to say.
   * @param {Saying[]} direct
   */
  function withoutDirection(direct) {
    const acting = direct.filter((saying) => saying.kind === CHANGES || saying.kind === NEEDS);
    const founded = acting.filter((saying) => saying.tier !== ARTICLE);
    if (!acting.length) return concluded();
    if (!founded.length) return concluded({ relation: "only-article", restsOn: ids(acting), rank: SAID, steps: 1 });
    return concluded({ relation: "cannot-say", restsOn: ids(founded), rank: UNSIGNED, steps: 1 });
  }

  // --- Ranks -------------------------------------------------------------------------------------

  /**
   * By statements of the two that were read: where it falls those decide that speak of a lack, where it rises
   * those that speak of an excess, and only then the others.
   * @param {Saying[]} changing
   * @param {number} way
   * @param {number} interval
   */
  function read(changing, way, interval) {
    const exact = readOf(changing.filter((saying) => saying.interval === (way < 0 ? LACK : EXCESS)));
    const deciding = exact.length ? exact : readOf(changing);
    if (!deciding.length) return null;
    const conclusion = agreed(deciding, deciding[0].tier === READ ? DIRECT : DISPUTED);
    const general = interval !== UNSAID && deciding.every((saying) => saying.interval !== interval);
    return isFirm(conclusion) && general ? { ...conclusion, relation: "suggested", basis: "", rank: SUPPORTED, steps: 1 } : conclusion;
  }

  /** What statements of one rank say together. @param {Saying[]} deciding @param {number} rank */
  function agreed(deciding, rank) {
    const signs = signsOf(deciding);
    const common = { restsOn: ids(deciding), interval: intervalOf(deciding), steps: 1, rank };
    /** @param {boolean} apart @param {Partial<Conclusion>} [more] */
    const dependent = (apart, more) =>
      concluded({ ...common, relation: apart ? "depends" : "contested", contexts: apart ? cases(deciding) : [], ...more });
    if (signs.length === 2) return dependent(differ(deciding));
    const [sign] = signs;
    const clean = deciding.filter((saying) => !saying.contested);
    if (!clean.length) return dependent(deniedElsewhere(deciding), { sign });
    const bases = new Set(clean.map((saying) => basis(statements[saying.statement].evidence)));
    return concluded({
      ...common, relation: verb(sign), sign, basis: BASES.find((name) => bases.has(name)) ?? "", contexts: narrow(clean, sign),
    });
  }

  /** By associations. @param {Saying[]} applying */
  function observed(applying) {
    const deciding = bestTier(applying.filter((saying) => saying.kind === GOES_WITH && saying.tier <= DOUBTED));
    if (!deciding.length) return null;
    const signs = signsOf(deciding), sign = signs.length === 1 ? signs[0] : null;
    const common = { sign, restsOn: ids(deciding), steps: 1, rank: OBSERVED };
    if (!sign || deciding.every((saying) => saying.contested)) return concluded({ ...common, relation: "contested" });
    return concluded({ ...common, relation: sign > 0 ? "goes-with-more" : "goes-with-less", interval: intervalOf(deciding) });
  }

  /** By a need, of which only a shortfall is passed on. @param {Saying[]} applying @param {number} way */
  function needed(applying, way) {
    const read = applying.filter((saying) => saying.kind === NEEDS && saying.tier <= DOUBTED);
    if (way > 0 || !read.length) return null;
    const clean = read.filter((saying) => !saying.contested);
    const common = { sign: 1, interval: "lack", steps: 1, rank: NEEDED };
    if (!clean.length) return concluded({ ...common, relation: "contested", restsOn: ids(read) });
    return concluded({ ...common, relation: "needed-for", restsOn: ids(clean) });
  }

  /**
   * By what is said of states of the first, such as its intermittent release.
   * @param {number} start
   * @param {number} end
   * @param {number} way
   */
  function ofStates(start, end, way) {
    if (way < 0) return null; // more of a state says nothing of less of the thing
    return ofNear(sayings.states(start).filter((saying) => saying.end === end && APPLIES.get(1)?.has(saying.interval)));
  }

  /** By what is said of states of the first, or of its classes. @param {Saying[]} applying */
  function ofNear(applying) {
    const deciding = bestTier(applying).filter((saying) => saying.tier <= DOUBTED);
    if (!deciding.length) return null;
    const conclusion = agreed(deciding, SUPPORTED);
    return isFirm(conclusion) ? { ...conclusion, relation: "suggested", basis: "", contexts: cases(deciding) } : conclusion;
  }

  /**
   * By what is said of a class that the first is of; open where its own chains oppose that. What is contested of a class,
   * or depends, says nothing of one kind of it.
   * @param {number} start
   * @param {number} end
   * @param {number} way
   * @param {number} interval
   * @param {Link[][]} chains
   */
  function ofClass(start, end, way, interval, chains) {
    const inherited = ofNear(sayings.classes(start).filter((saying) =>
      saying.end === end && !directionless.has(of[saying.state]) && (saying.interval === LACK) === (way < 0)));
    if (inherited?.relation !== "suggested" || !inherited.sign) return null;
    const own = chainedBy(chains.filter((chain) => chain.length <= STEPS), way, interval, false);
    if (!own || own.rank > SUPPORTED || own.sign !== -inherited.sign) return inherited;
    const restsOn = unique([...inherited.restsOn, ...own.restsOn]);
    return concluded({ relation: "cannot-say", restsOn, steps: own.steps, rank: SUPPORTED });
  }

  /**
   * By states of the first that do the opposite of each other: it depends on the state.
   * @param {number} start
   * @param {number} end
   * @param {number} way
   */
  function depending(start, end, way) {
    const conclusion = ofStates(start, end, way);
    return conclusion?.relation === "depends" ? { ...conclusion, rank: DISPUTED } : null;
  }

  /**
   * By titles, or by statements that name no evidence: of a change, else of a need.
   * @param {Saying[]} applying
   * @param {number} way
   */
  function titled(applying, way) {
    const all = applying.filter((saying) => saying.tier === WEAK && saying.sign);
    const changing = nearest(all.filter((saying) => saying.kind === CHANGES));
    const deciding = changing.length ? changing : all.filter((saying) => saying.kind === NEEDS && way < 0);
    const signs = signsOf(deciding), interval = changing.length ? intervalOf(deciding) : "lack";
    if (signs.length !== 1) return null;
    return concluded({
      relation: "conceivable", sign: signs[0], interval, restsOn: ids(deciding), steps: 1, rank: WEAKER,
    });
  }

  /** By sentences of the article about the two. @param {Saying[]} applying @param {number} way */
  function byArticle(applying, way) {
    const deciding = applying.filter((saying) => (saying.kind !== NEEDS || way < 0) && saying.tier === ARTICLE && saying.sign);
    const signs = signsOf(deciding);
    if (!signs.length) return null;
    return concluded({
      relation: "only-article", sign: signs.length === 1 ? signs[0] : null, interval: intervalOf(deciding),
      restsOn: ids(deciding), steps: 1, rank: SAID,
    });
  }

  // --- Chains ------------------------------------------------------------------------------------

  /**
   * By chains: those of the best rank, and of these the shortest, vote.
   * @param {Link[][]} chains
   * @param {number} way
   * @param {number} interval
   * @param {boolean} stopped
   */
  function chainedBy(chains, way, interval, stopped) {
    if (!chains.length) return null;
    const ranked = chains.map((chain) => ({ chain, rank: rankOf(chain) }));
    const rank = ranked.reduce((best, entry) => Math.min(best, entry.rank), NOTHING);
    const ofRank = ranked.filter((entry) => entry.rank === rank).map(({ chain }) => chain);
    const fewest = ofRank.reduce((least, chain) => Math.min(least, chain.length), Infinity);
    const voting = ofRank.filter((chain) => chain.length === fewest);
    const signs = unique(voting.map(signOf)), sign = signs.length === 1 ? signs[0] : 0;
    const undone = sign && rank < SAID ? undoneBy(voting, way, interval) : [];
    const path = passed(voting.slice(0, 1));
    if (undone.length)
      return concluded({ relation: "cannot-say", restsOn: passed([...voting, ...undone]), steps: fewest, rank, stopped, path });
    const restsOn = passed(voting), resting = new Set(restsOn);
    const opposed = ranked.filter((entry) => entry.rank < SAID && sign && signOf(entry.chain) === -sign).map(({ chain }) => chain);
    return concluded({
      relation: sign || rank === SAID ? BY_CHAIN.get(rank) : "cannot-say",
      sign: sign || null, restsOn, steps: fewest, rank, interval: sign ? ofChains(voting, way) : "", stopped,
      against: rank < SAID ? passed(opposed).filter((id) => !resting.has(id)) : [],
      path,
    });
  }

  /**
   * How what starts the chains undoes each of them; empty where it leaves one standing, or where what they say was
   * tested and denied. A chain is undone where its middle leads to the end by way of something that the start is read to
   * move the other way.
   * @param {Link[][]} chains
   * @param {number} way
   * @param {number} interval
   */
  function undoneBy(chains, way, interval) {
    const { start } = chains[0][0], { end } = chains[0][chains[0].length - 1];
    if (denying(start, end, signOf(chains[0])).length) return [];
    const opening = openingOf(start, way, interval), undone = [];
    for (const chain of chains) {
      const round = turnedRound(chain, way, opening);
      if (!round.length) return [];
      undone.push(...round);
    }
    return undone;
  }

  /**
   * Each step of the start to what lies between a middle and the end, and the two steps by it.
   * @param {Link[]} chain
   * @param {number} way
   * @param {Map<number, Link>} opening
   */
  function turnedRound(chain, way, opening) {
    const passes = new Set([chain[0].start, ...chain.map((link) => link.end)]), { end } = chain[chain.length - 1];
    const whole = signOf(chain), round = [];
    let sign = 1;
    for (const link of chain.slice(0, -1)) {
      sign *= link.sign;
      const onto = linksOf(link.end, way * sign);
      for (const first of [...opening.values()].sort((a, b) => a.end - b.end)) {
        const onward = onto.get(first.end);
        if (!onward || first.tier !== READ || !first.sign || onward.sign * sign !== -first.sign) continue;
        if (onward.tier > DOUBTED || passes.has(first.end)) continue;
        const last = linksOf(first.end, way * sign * onward.sign).get(end);
        if (last && last.tier <= DOUBTED && sign * onward.sign * last.sign === whole) round.push([first, onward, last]);
      }
    }
    return round;
  }

  /** What is settled by all ways together, told by one chain of any length. @param {Link[]} chain */
  function byChain(chain) {
    const rank = rankOf(chain), ids = passed([chain]), settled = concluded({
      relation: BY_CHAIN.get(rank), sign: signOf(chain), settled: true, restsOn: ids, path: ids, steps: chain.length, rank,
    });
    return tested(settled, chain[0].start, chain[chain.length - 1].end);
  }

  /** The ids of the statements that chains rest on, in their order. @param {Link[][]} chains */
  function passed(chains) {
    const passing = new Set();
    for (const chain of chains) for (const link of chain) for (const saying of link.sayings) passing.add(statements[saying.statement].id);
    return [...passing];
  }

  /**
   * The interval in which chains hold: that of their first steps, where all have the same.
   * @param {Link[][]} chains
   * @param {number} way
   */
  function ofChains(chains, way) {
    if (way < 0 && chains.every((chain) => chain.some((link) => link.sayings.some((saying) => saying.kind === NEEDS)))) return "lack";
    const firstIntervals = unique(chains.map((chain) => intervalOf(chain[0].sayings)));
    return firstIntervals.length === 1 ? firstIntervals[0] : "";
  }

  /** The rank of a chain by its weakest step and its breaks of context. @param {Link[]} chain */
  function rankOf(chain) {
    const worst = chain.reduce((tier, link) => Math.max(tier, link.tier), READ);
    if (worst === ARTICLE) return SAID;
    /** @param {Link} link @param {number} place */
    const weak = (link, place) =>
      place > 0 && (isSpared(chain[place - 1], link) || isOverstated(chain[place - 1], link)
        || broken(chain[place - 1], link) || isAnswer(link));
    return worst > READ || chain.some(weak) ? WEAKER : SUPPORTED;
  }

  /**
   * Whether a step is how a process makes good what is short, or takes off what is too much: what brought that about may
   * have done so through that very process.
   * @param {Link} link
   */
  function isAnswer(link) {
    if (!(link.sign > 0 ? isOfExcess(link) : isOfShortfall(link)) || !processes.has(link.end)) return false;
    const back = linksOf(link.end, 1).get(link.start);
    return Boolean(back) && link.sign * back.sign < 0;
  }

  /**
   * Whether two steps share no context, or all that is stated of one key of it differs.
   * @param {Link} before
   * @param {Link} after
   */
  function broken(before, after) {
    const [here, there] = [before, after].map((link) => link.sayings.map((saying) => settingsIn(saying.statement)));
    if (here.every((a) => there.every((b) => a.length > 0 && b.length > 0 && apart(a, b).length > 0))) return true;
    const [stated, onward] = [here, there].map(statedIn);
    return [...stated].some(([key, values]) => onward.has(key) && ![...values].some((value) => onward.get(key).has(value)));
  }

  /**
   * By key of context, species and system apart, the values that any setting states.
   * @param {Setting[][]} places
   */
  function statedIn(places) {
    /** @type {Sure<string, Set<string>>} */
    const stated = new Map();
    for (const [key, values] of places.flat().flatMap((setting) => [...setting]))
      if (key !== "species" && key !== "system") stated.set(key, new Set([...(stated.get(key) ?? []), ...values]));
    return stated;
  }

  /**
   * Whether a step is said of what is severe alone, after one that nobody calls severe.
   * @param {Link} before
   * @param {Link} after
   */
  function isOverstated(before, after) {
    return after.sayings.every((saying) => severityOf(saying.statement)[0]) &&
      !before.sayings.some((saying) => severityOf(saying.statement)[1]);
  }

  /** Whether all, and whether any, sources that support a statement speak of what is severe. @param {number} statement */
  function severityOf(statement) {
    const { qualifiers, evidence } = statements[statement];
    const rows = evidence.filter((row) => row.stance === "supports" && weighs(row));
    /** @param {Context} context */
    const severe = ({ severity }) => [severity].flat().includes("severe");
    const placed = rows.map((row) => severe(row.context) || severe(qualifiers));
    return [placed.length > 0 && placed.every(Boolean), placed.some(Boolean)];
  }

  /**
   * The chains of two to so many steps to a quantity, or to any where `end` is negative.
   * @param {number} start
   * @param {number} end
   * @param {number} way
   * @param {number} interval
   * @param {number} steps
   * @param {Set<number>} [held]
   */
  function chainsOf(start, end, way, interval, steps, held = new Set()) {
    /** @type {Link[][]} */
    const chains = [];
    /** @type {[Link[], number][]} the chains to go on from, each with the way its end goes */
    const waiting = [[[], way]];
    // That a cause is gone lets things rise to where they are without it, and no further.
    const absent = way < 0 && interval === UNSAID;
    let tried = 0;
    while (waiting.length) {
      const [chain, direction] = /** @type {[Link[], number]} */ (waiting.pop());
      const before = chain.at(-1), here = before ? before.end : start;
      const links = chain.length ? linksOf(here, direction) : openingOf(start, way, interval), last = chain.length === steps - 1;
      const onward = last && end >= 0 ? (links.has(end) ? [links.get(end)] : []) : links.values();
      for (const link of onward) {
        if (++tried > EFFORT) return { chains, stopped: true };
        if (link.end === start || held.has(link.end) || chain.some((step) => step.end === link.end)) continue;
        if (absent && direction > 0 && isOfExcess(link)) continue;
        if (before && isCrossed(before, link, direction * before.sign)) continue;
        if (chain.length && (end === link.end || end < 0)) chains.push([...chain, link]);
        if (link.sign && !directionless.has(link.end) && !last && link.end !== end)
          waiting.push([[...chain, link], direction * link.sign]);
      }
    }
    return { chains, stopped: false };
  }

  /**
   * By where it leads, each step with which a chain may begin: to be without what one is exposed to is a lack only where
   * somebody speaks of that.
   * @param {number} start
   * @param {number} way
   * @param {number} interval
   */
  function openingOf(start, way, interval) {
    const links = linksOf(start, way);
    if (way > 0 || interval !== UNSAID || !exposures.has(start)) return links;
    return /** @type {Sure<number, Link>} */ (new Map([...links].filter(([, link]) => isOfLack(link))));
  }

  /**
   * By where it leads, each step from a quantity that rises (+1) or falls (-1).
   * @param {number} quantity
   * @param {number} way
   */
  function linksOf(quantity, way) {
    const key = quantity * 2 + (way > 0 ? 1 : 0);
    if (!linksBy.has(key)) linksBy.set(key,
      /** @type {any} */ (new Map(/** @type {Iterable<[number, Link]>} */ (stepsFrom(quantity, way)))));
    return linksBy.get(key);
  }

  /**
   * By where it leads the sign of what a quantity does, 0 where that is not known: it is where rise and fall have
   * one sign, disputed by nobody. The article says nothing here.
   * @param {number} quantity
   */
  function arcs(quantity) {
    const rising = linksOf(quantity, 1), falling = linksOf(quantity, -1), signs = new Map();
    for (const { end, kind, tier } of sayings.of(quantity))
      if ((kind === CHANGES || kind === NEEDS) && tier !== ARTICLE) signs.set(end, 0);
    for (const end of signs.keys()) {
      const up = rising.get(end), down = falling.get(end);
      if (up && down && up.sign === down.sign && !isDoubted(up) && !isDoubted(down)) signs.set(end, up.sign);
    }
    return signs;
  }

  /** @param {number} quantity @param {number} way */
  function* stepsFrom(quantity, way) {
    if (directionless.has(quantity)) return;
    const ends = new Map();
    for (const saying of sayings.of(quantity))
      if ((saying.kind === CHANGES || (saying.kind === NEEDS && way < 0)) && APPLIES.get(way)?.has(saying.interval))
        put(ends, saying.end, saying);
    for (const [end, direct] of ends) {
      const deciding = nearest(bestTier(direct));
      if (!deciding.length) continue;
      const signs = signsOf(deciding);
      const tier = Math.max(deciding[0].tier, deciding.every((saying) => saying.contested) ? DOUBTED : READ);
      yield [end, { start: quantity, end, sign: signs.length === 1 ? signs[0] : 0, tier, sayings: deciding }];
    }
  }

  // --- What goes with a conclusion ---------------------------------------------------------------

  /**
   * The conclusion with what else is said of the two directly.
   * @param {Conclusion} conclusion
   * @param {Saying[]} direct
   * @param {number} start
   * @param {number} end
   */
  function weighed(conclusion, direct, start, end) {
    if (conclusion.sign === null) return conclusion;
    const rest = direct.filter((saying) => saying.sign && saying.kind !== NEEDS);
    const against = ids(rest.filter((saying) => saying.sign === -/** @type {number} */ (conclusion.sign)));
    const denied = deniedIn(start, end, conclusion.sign);
    const also = ids(rest.filter((saying) => saying.sign === conclusion.sign));
    return {
      ...conclusion,
      against: unique([...against, ...denied, ...conclusion.against]),
      also: also.filter((id) => !conclusion.restsOn.includes(id)),
    };
  }

  /** Whether all that raises looked elsewhere than all that lowers. @param {Saying[]} deciding */
  function differ(deciding) {
    /** @param {Saying} first @param {Saying} second */
    const toldApart = (first, second) =>
      first.state !== second.state ||
      (first.interval !== UNSAID && second.interval !== UNSAID && first.interval !== second.interval) ||
      apart(settingsIn(first.statement), settingsIn(second.statement)).length > 0;
    return deciding.every((raising) =>
      deciding.every((lowering) => !(raising.sign > 0 && lowering.sign < 0) || toldApart(raising, lowering)));
  }

  /** Whether all who dispute these statements looked elsewhere than all who support them. @param {Saying[]} deciding */
  const deniedElsewhere = (deciding) =>
    deciding.every(({ statement }) => {
      const here = settingsIn(statement), there = settingsOf(statements[statement], "disputes");
      return here.length > 0 && there.length > 0 && apart(here, there).length > 0;
    });

  /** What holds where, one case for each sign, state, interval and context. @param {Saying[]} deciding */
  function cases(deciding) {
    const byCase = new Map();
    for (const saying of deciding) {
      const state = saying.state >= 0 ? entities[saying.state].id : "", places = settingsIn(saying.statement);
      for (const setting of places.length ? places : [new Map()]) {
        const told = { relation: verb(saying.sign), interval: INTERVALS.get(saying.interval), context: contextOf(setting), state };
        const key = JSON.stringify(told);
        if (!byCase.has(key)) byCase.set(key, { told, sayings: [] });
        byCase.get(key).sayings.push(saying);
      }
    }
    return [...byCase.values()].map(({ told, sayings }) => ({ ...told, statements: ids(sayings) }));
  }

  /**
   * Where it holds, if every deciding statement says of itself where it does.
   * @param {Saying[]} deciding
   * @param {number} sign
   */
  function narrow(deciding, sign) {
    const qualified = deciding.map((saying) => statements[saying.statement].qualifiers);
    if (!qualified.every((context) => Object.keys(context).length)) return [];
    const distinct = new Map(qualified.map((context) => [JSON.stringify(context), context]));
    return [...distinct.values()].map((context) => ({ relation: verb(sign), interval: "", context, state: "", statements: [] }));
  }

  return { columns, quantities, directionless, lacking, between, following: followingOf, links: linksOf, arcs, byChain };
}

/**
 * What follows for a quantity of which it is not said whether it rises or falls.
 * @param {Conclusion} rise
 * @param {Conclusion} fall
 */
function both(rise, fall) {
  if (JSON.stringify(rise) === JSON.stringify(fall) || fall.rank === NOTHING) return rise;
  if (rise.rank === NOTHING) return { ...fall, interval: fall.interval || "lack" };
  const opposed = rise.sign !== null && fall.sign === -rise.sign;
  const apart = opposed && Math.max(rise.rank, fall.rank) <= WEAKER;
  const alike = isFirm(rise) && !isFirm(fall) ? fall.rank < SUPPORTED : rise.rank < fall.rank || isFirm(fall) === isFirm(rise);
  if (rise.rank !== fall.rank && !(apart && alike)) {
    const [best, other] = rise.rank < fall.rank ? [rise, fall] : [fall, rise];
    return {
      ...best, interval: best.interval || (best === fall ? "lack" : ""),
      against: unique([...best.against, ...(opposed && other.rank < SAID ? other.restsOn : [])]),
    };
  }
  const restsOn = unique([...rise.restsOn, ...fall.restsOn]);
  if (rise.sign === fall.sign && rise.relation === fall.relation)
    return {
      ...rise, interval: rise.interval === fall.interval ? rise.interval : "", restsOn,
      also: unique([...rise.also, ...fall.also]).filter((id) => !restsOn.includes(id)),
      against: unique([...rise.against, ...fall.against]),
      contexts: distinctCases([...rise.contexts, ...fall.contexts]),
    };
  if (opposed && (isFirm(rise) || isFirm(fall)))
    return concluded({
      // Where only an excess does otherwise, the sign is that of what is said of the quantity at large.
      relation: "depends", sign: isFirm(fall) && !fall.interval && rise.interval === "excess" ? fall.sign : null,
      restsOn, steps: 1, rank: rise.rank,
      contexts: /** @type {[Conclusion, string][]} */ ([[rise, ""], [fall, rise.interval ? "" : "lack"]])
        .map(([{ relation, interval, restsOn: statements }, place]) =>
        ({ relation, interval: interval || place, context: {}, state: "", statements })),
    });
  for (const conclusion of [rise, fall])
    if (conclusion.relation === "depends" || conclusion.relation === "contested")
      return opposed ? { ...conclusion, sign: null } : conclusion;
  if (rise.rank === SAID) return { ...rise, sign: null, restsOn };
  return concluded({
    relation: "cannot-say", restsOn, steps: Math.max(rise.steps, fall.steps), rank: Math.min(rise.rank, fall.rank),
  });
}

/**
 * What chains say of a quantity at large or of an excess of it, where its lack does the same: then nothing follows.
 * @param {Conclusion} conclusion
 * @param {Conclusion} lack
 */
export function besideItsLack(conclusion, lack) {
  const chains = SUPPORTED <= conclusion.rank && conclusion.rank <= WEAKER && lack.rank <= WEAKER;
  if (!(chains && conclusion.sign && lack.sign === -conclusion.sign)) return conclusion;
  return concluded({
    relation: "cannot-say", restsOn: unique([...conclusion.restsOn, ...lack.restsOn]),
    steps: Math.max(conclusion.steps, lack.steps), rank: conclusion.rank,
  });
}

/** @param {Case[]} some */
const distinctCases = (some) => [...new Map(some.map((context) => [JSON.stringify(context), context])).values()];

const TURNED = new Map([
  ["raises", "lowers"], ["lowers", "raises"], ["goes-with-more", "goes-with-less"], ["goes-with-less", "goes-with-more"],
]);

/**
 * The conclusion about the names that were asked for, of which one may be that of a lack.
 * @param {Conclusion} conclusion
 * @param {number} turn
 */
export function turned(conclusion, turn) {
  if (turn > 0) return conclusion;
  const relation = (/** @type {string} */ name) => TURNED.get(name) ?? name;
  return {
    ...conclusion,
    relation: relation(conclusion.relation),
    sign: conclusion.sign === null ? null : -conclusion.sign,
    contexts: conclusion.contexts.map((context) => ({ ...context, relation: relation(context.relation) })),
  };
}

// --- Kept answers ---------------------------------------------------------------------------------

/** @type {WeakMap<Graph, { key: string, value: Conclusions }>} */
const kept = new WeakMap();

/**
 * The conclusions of a graph over statements of these statuses, none meaning the usual, that are not about any
 * entity to be avoided. Kept until others are asked for.
 * @param {Graph} graph
 * @param {string[]} [status]
 * @param {Entity[]} [avoid]
 * @returns {Conclusions}
 */
export function conclusionsOver(graph, status = [], avoid = []) {
  const key = JSON.stringify([graph.seen, status, avoid.map((entity) => entity.id)]);
  let last = kept.get(graph);
  if (last?.key !== key) {
    const follow = following(status), avoided = new Set(avoid);
    /** @param {Statement} statement */
    const mayPass = (statement) => follow(statement) && !avoided.has(statement.subject) && !avoided.has(statement.object);
    kept.set(graph, (last = { key, value: conclusionsOf(graph, mayPass) }));
  }
  return last.value;
}
