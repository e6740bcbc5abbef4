// How one entity acts on another: what follows for the two, and all simple signed paths between them, for
// reading. The same search and order as src/trabecula/reason/{paths,explain}.py, where the reasons stand;
// test/cases holds the two together.

import { plural } from "../dom.js";
import { byId } from "../order.js";
import { STEPS as CONCLUDING, conclusionsOver } from "./conclusions.js";
import { breaks } from "./context.js";
import { following, influencedBy, influences, touching, weakness, wrongStatus } from "./influence.js";
import { basis } from "./standing.js";

/** @typedef {ReturnType<typeof linksOf>} Links */

/** The steps of a path where nothing else is asked for, and the most that can be asked for. */
export const STEPS = 3;
export const MAX_STEPS = 8;
/** How many steps the search tries before it stops and says so. */
export const BOUND = 100_000;

/**
 * Whether a statement is a link of structure, which is crossed only where that is asked for.
 * @param {Statement} statement
 */
const isStructure = (statement) => Boolean(statement.word.structure);

/**
 * How `start` acts on `end` in at most `steps` steps.
 *
 * @param {Graph} graph
 * @param {Entity} start
 * @param {Entity} end
 * @param {object} [asked]
 * @param {number} [asked.steps]
 * @param {Entity[]} [asked.via] every path passes all of these
 * @param {Entity[]} [asked.avoid] and none of these
 * @param {string[]} [asked.status] the statuses of statements that are followed; none means the usual
 * @param {boolean} [asked.structure] whether links of structure are crossed
 * @param {number} [asked.bound] how many steps the search may try
 * @param {number} [asked.concluding] the most acting steps from which anything is concluded
 * @returns {{ start: Entity, end: Entity, steps: number, structure: boolean, bound: number,
 *   conclusion: Conclusion | null, ways: { sign: number, paths: number, supported: number, best: Path | null }[],
 *   paths: Path[], beside: Statement[], stopped: number, distance: number, refused: string | null }}
 *   `paths` are the best first; `ways` are those of each sign; `beside` is what is said of the two directly and
 *   is on no path; of `stopped` steps, and more, not all paths were looked at (0: all were); `distance` is
 *   how far the two are apart at least (0: nothing leads there); `refused` says why no answer can be.
 */
export function explain(graph, start, end, asked = {}) {
  const { steps = STEPS, via = [], avoid = [], status = [], structure = false, bound = BOUND } = asked;
  const refused = refusal(start, end, steps, via, avoid) ?? wrongStatus(status);
  const links = linksOf(following(status), new Set(avoid), structure);
  const searched = refused ? { trails: [], stopped: 0 } : search(links, start, end, steps, new Set(via), bound);
  const paths = ranked(searched.trails).map((trail) => new Path(trail));
  const ways = [1, -1, 0].map((sign) => {
    const those = paths.filter((path) => path.sign === sign);
    return { sign, paths: those.length, supported: those.filter((path) => path.supported).length, best: those[0] ?? null };
  });
  const least = paths.length ? paths[0].steps.length : 0;
  const direct = new Set(paths.filter((path) => path.steps.length === 1).map((path) => path.steps[0].statement));
  /** @param {Statement} statement */
  const isBeside = (statement) => (statement.subject === end || statement.object === end) && !direct.has(statement);
  return {
    start,
    end,
    steps,
    structure,
    bound,
    conclusion: refused ? null : conclusionsOver(graph, status, avoid).between(start, end, asked.concluding ?? CONCLUDING),
    ways,
    paths,
    beside: refused ? [] : touching(start).filter(isBeside),
    stopped: searched.stopped,
    distance: refused ? 0 : least || distance(links, start, end),
    refused,
  };
}

/** What was looked at and what was not, in sentences. @param {ReturnType<typeof explain>} answer */
export function extent(answer) {
  if (answer.refused) return "";
  const { paths, steps, stopped, distance: far, structure, bound } = answer;
  /** @param {number} number */
  const count = (number) => plural(number, "step");
  const sentences = [];
  if (stopped)
    sentences.push(
      `The search stopped at its bound of ${bound.toLocaleString("en-GB")} steps tried: paths of ${count(stopped)} ` +
        "were not all looked at, longer ones not at all.",
    );
  else if (!paths.length && !far)
    sentences.push("Nothing that may be followed leads from the one to the other at any distance.");
  else if (far > steps) sentences.push(`No path of up to ${count(steps)} was found; the shortest has ${far}.`);
  else sentences.push(`All paths of up to ${count(steps)} were looked at, longer ones not.`);
  if (!paths.length && !structure) sentences.push("Links of structure (part of, kind of …) were not crossed.");
  return sentences.join(" ");
}

/**
 * Why a question cannot have an answer, as Python says it with names for ids; null where it can.
 * @param {Entity} start
 * @param {Entity} end
 * @param {number} steps
 * @param {Entity[]} via
 * @param {Entity[]} avoid
 */
function refusal(start, end, steps, via, avoid) {
  if (start === end) return `start and end are both ${start.name}; a path leads to something else`;
  if (!isStepCount(steps)) return `${steps} is no number of steps for a path: give 1 to ${MAX_STEPS}`;
  const passed = new Set(via), avoided = new Set(avoid);
  for (const entity of [start, end]) {
    if (avoided.has(entity)) return `${entity.name} cannot be avoided: it is an end of the path`;
    if (passed.has(entity)) return `${entity.name} is an end of the path; via names what lies between`;
  }
  const [both] = [...passed].filter((entity) => avoided.has(entity)).sort(byId);
  if (both) return `${both.name} cannot be both passed and avoided`;
  if (passed.size < steps) return null;
  return `a path of ${plural(steps, "step")} is too short to pass ${plural(passed.size, "entity", "entities")}`;
}

/** Whether paths can be asked for of so many steps. @param {number} steps */
export const isStepCount = (steps) => Number.isInteger(steps) && steps >= 1 && steps <= MAX_STEPS;

// --- Search ------------------------------------------------------------------------------------

/**
 * All trails of at most so many steps, shorter ones first, and where the search stopped.
 * @param {Links} links
 * @param {Entity} start
 * @param {Entity} end
 * @param {number} steps
 * @param {Set<Entity>} via
 * @param {number} bound
 */
function search(links, start, end, steps, via, bound) {
  const inner = levels(links, start, end, steps);
  const passing = [];
  let tried = 0;
  for (let length = via.size + 1; length <= steps; length++)
    for (const trail of trails(links, start, end, inner(length))) {
      tried++;
      if (tried > bound) return { trails: passing, stopped: length };
      if (trail.length === length && passesAll(trail, via)) passing.push([...trail]);
    }
  return { trails: passing, stopped: 0 };
}

/** @param {Step[]} trail @param {Set<Entity>} via */
function passesAll(trail, via) {
  if (!via.size) return true;
  const passed = new Set(trail.map((step) => step.end));
  return [...via].every((entity) => passed.has(entity));
}

/**
 * How many steps `end` is away from `start` at least; 0 where nothing leads there.
 * @param {Links} links
 * @param {Entity} start
 * @param {Entity} end
 */
function distance(links, start, end) {
  const reached = new Set([start]);
  let edge = [start];
  for (let far = 1; edge.length; far++) {
    const next = [];
    for (const entity of edge)
      for (const step of links.onward(entity)) {
        if (step.end === end) return far;
        if (reached.has(step.end)) continue;
        reached.add(step.end);
        next.push(step.end);
      }
    edge = next;
  }
  return 0;
}

/**
 * The steps that may be taken from an entity, and whence one may come; each asked for once.
 * @param {(statement: Statement) => boolean} follow
 * @param {Set<Entity>} avoid
 * @param {boolean} structure
 */
function linksOf(follow, avoid, structure) {
  /** @type {Map<Entity, Step[]>} */
  const remembered = new Map();
  /** @param {Statement} statement @param {Entity} entity @param {Entity} other */
  const open = (statement, entity, other) => other !== entity && !avoid.has(other) && follow(statement);

  /** @param {Entity} entity */
  function structural(entity) {
    if (!structure) return [];
    return touching(entity)
      .filter(isStructure)
      .map((statement) => ({ statement, other: statement.subject === entity ? statement.object : statement.subject }));
  }

  /** @param {Entity} entity */
  function stepsFrom(entity) {
    /** @type {Step[]} */
    const steps = [];
    for (const { statement, end } of influences(entity))
      if (open(statement, entity, end)) steps.push({ statement, start: entity, end, sign: statement.sign });
    for (const { statement, other } of structural(entity)) {
      const up = statement.word.structure === "kind" && statement.subject === entity;
      if (open(statement, entity, other)) steps.push({ statement, start: entity, end: other, sign: up ? 1 : 0 });
    }
    return steps;
  }

  return {
    onward(/** @type {Entity} */ entity) {
      let steps = remembered.get(entity);
      if (!steps) remembered.set(entity, (steps = stepsFrom(entity)));
      return steps;
    },
    *back(/** @type {Entity} */ entity) {
      for (const { statement, start } of influencedBy(entity)) if (open(statement, entity, start)) yield start;
      for (const { statement, other } of structural(entity)) if (open(statement, entity, other)) yield other;
    },
  };
}

/**
 * Which entities can stand at places 1 to `length` - 1 of a path, as far as walks from both ends
 * can tell that are half as long as the longest path: nothing further away is looked at.
 * @returns {(length: number) => Set<Entity>[]}
 * @param {Links} links
 * @param {Entity} start
 * @param {Entity} end
 * @param {number} steps
 */
function levels(links, start, end, steps) {
  const half = Math.floor(steps / 2);
  const ahead = [new Set([start])], behind = [new Set([end])];
  for (let place = 0; place < half; place++) {
    const reached = new Set();
    for (const entity of ahead[place]) for (const step of links.onward(entity)) reached.add(step.end);
    reached.delete(start);
    reached.delete(end);
    ahead.push(reached);
  }
  for (let place = 0; place < steps - half; place++) {
    const reached = new Set();
    for (const entity of behind[place]) for (const before of links.back(entity)) reached.add(before);
    reached.delete(start);
    reached.delete(end);
    behind.push(reached);
  }
  return (length) => {
    const places = [];
    let after = behind[0];
    for (let place = length - 1; place > 0; place--) {
      const left = length - place, next = after;
      if (left >= behind.length)
        after = sifted(ahead[place], (entity) => links.onward(entity).some((step) => next.has(step.end)));
      else if (place < ahead.length) after = sifted(behind[left], (entity) => ahead[place].has(entity));
      else after = behind[left];
      places.unshift(after);
    }
    return places;
  };
}

/** @param {Set<Entity>} set @param {(entity: Entity) => boolean} test */
const sifted = (set, test) => new Set([...set].filter(test));

/**
 * Every beginning of a path through these places, depth first; the list is used again.
 * @param {Links} links
 * @param {Entity} start
 * @param {Entity} end
 * @param {Set<Entity>[]} places
 */
function* trails(links, start, end, places) {
  const goals = [...places, new Set([end])];
  const choices = goals.map(() => new Map());
  /** @param {number} place @param {Entity} entity */
  function choose(place, entity) {
    let onward = choices[place].get(entity);
    if (!onward) choices[place].set(entity, (onward = links.onward(entity).filter((step) => goals[place].has(step.end))));
    return onward;
  }
  const trail = [];
  const passed = new Set([start]);
  const pending = [{ steps: choose(0, start), next: 0 }];
  while (pending.length) {
    const here = pending[pending.length - 1];
    if (here.next === here.steps.length) {
      pending.pop();
      if (trail.length) passed.delete(trail.pop().end);
      continue;
    }
    const step = here.steps[here.next++];
    if (passed.has(step.end) || (trail.length && turnsBack(trail.at(-1), step))) continue;
    trail.push(step);
    yield trail;
    if (trail.length === goals.length) trail.pop();
    else {
      passed.add(step.end);
      pending.push({ steps: choose(trail.length, step.end), next: 0 });
    }
  }
}

/**
 * Whether two links of structure go up and down again, from one kind or part to another.
 * @param {Step} before
 * @param {Step} step
 */
function turnsBack(before, step) {
  if (!isStructure(before.statement) || !isStructure(step.statement)) return false;
  return (before.start === before.statement.subject) !== (step.start === step.statement.subject);
}

// --- Weighing ----------------------------------------------------------------------------------

/**
 * A path of steps of which each starts where the one before it ends. There can be a great many, and
 * only few are looked at closely: most of what there is to say of one is found out when it is asked.
 *
 * @typedef {{ statement: Statement, start: Entity, end: Entity, sign: number }} Step
 */
export class Path {
  /** @param {Step[]} steps */
  constructor(steps) {
    this.steps = steps;
    /** The product of the signs of the steps: 0 where one of them is not known. */
    this.sign = product(steps.map((step) => step.sign));
  }

  /** Whether all its statements are supported. */
  get supported() {
    return this.steps.every((step) => step.statement.status === "supported");
  }

  /** @returns {Entity[]} those that it passes, with both ends */
  get entities() {
    return [this.steps[0].start, ...this.steps.map((step) => step.end)];
  }

  /** @returns {Statement[]} in its order */
  get statements() {
    return this.steps.map((step) => step.statement);
  }

  /**
   * @returns {Statement} the one on which least is to be built, the first of several that are alike; an undisputed
   * definition needs no evidence, and is told only where there is nothing else
   */
  get weakest() {
    const resting = this.statements.filter((statement) => statement.status !== "supported" || basis(statement.evidence) !== "defined");
    return (resting.length ? resting : this.statements)
      .reduce((weak, statement) => (weakness(statement) > weakness(weak) ? statement : weak));
  }

  /** @returns {Statement[]} those that sources dispute */
  get contested() {
    return this.statements.filter((statement) => statement.status === "contested" || statement.status === "refuted");
  }

  /** @returns {{ first: number, second: number, differences: Difference[] }[]} see `context.js` */
  get breaks() {
    return breaks(this.statements);
  }
}

/**
 * Trails, best first: the shorter, then the one whose weakest step is the stronger, and so on.
 * @param {Step[][]} trails
 */
function ranked(trails) {
  // Weaknesses as letters, so that to compare two trails is to compare two short texts.
  /** @type {Set<number>} */
  const all = new Set();
  for (const steps of trails) for (const step of steps) all.add(weakness(step.statement));
  const letters = /** @type {Sure<number, number>} */ (new Map([...all].sort((a, b) => a - b).map((letter, place) => [letter, place])));
  /** @param {Step} step */
  const letterOf = (step) => letters.get(weakness(step.statement));
  return trails
    .map((steps) => ({ steps, word: String.fromCharCode(...steps.map(letterOf).sort((a, b) => b - a)) }))
    .sort((a, b) => a.steps.length - b.steps.length || (a.word < b.word ? -1 : Number(a.word > b.word)))
    .map(({ steps }) => steps);
}

/** The sign of a chain from the signs of its links; never -0. @param {number[]} signs */
const product = (signs) => signs.reduce((all, sign) => all * sign, 1) || 0;
