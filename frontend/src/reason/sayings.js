// Sayings: what single statements say of one quantity and another. The rules of
// src/trabecula/reason/sayings.py, where the reasons stand.

import { settings } from "./context.js";
import { EXCESS, LACK, NORMAL, UNSAID } from "./quantities.js";
import { basis, elsewhere, isUnspoken, onlyObserved } from "./standing.js";

/** Tiers, the best first: read and undisputed; disputed, or from animals and cells; titles; the article. */
export const READ = 0, DOUBTED = 1, WEAK = 2, ARTICLE = 3;
const TIERS = new Map([
  ["supported", READ], ["contested", DOUBTED], ["title-only", WEAK], ["no-evidence", WEAK], ["asserted-only", ARTICLE],
]);
/** Kinds of sayings. */
export const CHANGES = "changes", GOES_WITH = "goes with", NEEDS = "needs";
const STATED = new Map([["lack", LACK], ["normal", NORMAL], ["excess", EXCESS]]);

/**
 * What all statements say of quantities, by number.
 * @param {Columns} columns
 * @param {Quantities} quantities
 * @param {(statement: Statement) => boolean} follow
 * @param {[string, Entity, Map<string, string>][]} keys which values of a context say where a quantity stands
 * @returns {Sayings}
 */
export function sayingsOf(columns, quantities, follow, keys) {
  const { statements, subjects, objects, bySubject, byObject, number } = columns;
  const { of, ways, intervals, names } = quantities;
  const kept = statements.map((statement) => follow(statement) && !isUnspoken(statement));
  /** @type {Map<number, [string, Map<string, string>][]>} */
  const stated = new Map();
  for (const [key, entity, values] of keys) {
    const quantity = of[number.get(entity)];
    if (quantity !== undefined) stated.set(quantity, [...(stated.get(quantity) ?? []), [key, values]]);
  }
  /**
   * What is worked out of a number, once.
   * @template T
   * @param {(key: number) => T} work
   * @returns {(key: number) => T}
   */
  const remembered = (work) => {
    /** @type {Map<number, T>} */
    const values = new Map();
    return (key) => {
      if (!values.has(key)) values.set(key, work(key));
      return /** @type {T} */ (values.get(key));
    };
  };

  const read = remembered((statement) => {
    const { status, evidence } = statements[statement];
    let tier = TIERS.get(status) ?? WEAK;
    if (tier === READ && elsewhere(evidence)) tier = DOUBTED;
    else if (tier === DOUBTED && !basis(evidence)) tier = WEAK; // disputed, and only a title says so
    return /** @type {[number, boolean]} */ ([tier, onlyObserved(evidence)]);
  });

  /**
   * Whether a statement has a qualifier that says more than where the quantity stands.
   * @param {number} statement
   * @param {number} quantity
   */
  function isLimited(statement, quantity) {
    const keys = new Set((stated.get(quantity) ?? []).map(([key]) => key));
    return Object.keys(statements[statement].qualifiers).some((key) => !keys.has(key));
  }

  /** The interval of a quantity that all settings of a statement name; else `UNSAID`. @param {number} statement @param {number} quantity */
  function intervalIn(statement, quantity) {
    for (const [key, values] of stated.get(quantity) ?? []) {
      const places = settings(statements[statement]);
      const named = new Set(places.flatMap((setting) => setting.get(key) ?? []).map((value) => values.get(value) ?? ""));
      if (named.size === 1 && places.every((setting) => setting.has(key))) return STATED.get([...named][0]) ?? UNSAID;
    }
    return UNSAID;
  }

  /** @param {number} statement @param {string} kind @param {number} start @param {number} end @returns {Saying} */
  function saying(statement, kind, start, end) {
    const [tier, observed] = read(statement);
    return {
      end: of[end],
      sign: statements[statement].word.sign * ways[start] * ways[end] || 0,
      kind: observed && kind === CHANGES ? GOES_WITH : kind,
      interval: intervals[start] || intervalIn(statement, of[start]),
      tier,
      contested: statements[statement].status === "contested",
      statement,
      endInterval: intervals[end],
      limited: isLimited(statement, of[start]),
      state: -1,
    };
  }

  /** What is said of what a quantity does to others, in the order of the graph. */
  const sayings = remembered((quantity) => {
    /** @type {Saying[]} */
    const spoken = [];
    const take = (/** @type {number} */ statement, /** @type {string} */ kind, /** @type {number} */ start, /** @type {number} */ end) => {
      if (of[end] !== quantity && kept[statement]) spoken.push(saying(statement, kind, start, end));
    };
    for (const name of names[quantity]) {
      for (const statement of bySubject[name]) {
        const { kind } = statements[statement].word;
        if (kind === CHANGES || kind === GOES_WITH) take(statement, kind, name, objects[statement]);
      }
      for (const statement of byObject[name]) {
        const { kind, symmetric } = statements[statement].word;
        if (kind === NEEDS || (kind === GOES_WITH && symmetric)) take(statement, kind, name, subjects[statement]);
      }
    }
    return spoken;
  });

  const holds = (/** @type {number} */ statement) => kept[statement] &&
    !["asserted-only", "refuted"].includes(statements[statement].status);

  /** What is said of states of a quantity, such as its intermittent release. */
  const states = remembered((quantity) => {
    /** @type {Saying[]} */
    const spoken = [];
    for (const name of names[quantity])
      for (const statement of byObject[name]) {
        const state = subjects[statement];
        if (statements[statement].word.structure !== "state" || state === name || !holds(statement)) continue;
        for (const saying of sayings(of[state]))
          if (saying.kind === CHANGES && saying.end !== quantity) spoken.push({ ...saying, state, sign: saying.sign * ways[name] || 0 });
      }
    return spoken;
  });

  /** What is said of the classes that names of a quantity are kinds of, by their own names; `state` is the class. */
  const classes = remembered((quantity) => {
    /** @type {Saying[]} */
    const spoken = [];
    for (const name of names[quantity])
      for (const statement of bySubject[name]) {
        const state = objects[statement];
        if (statements[statement].word.structure !== "kind" || of[state] === quantity || !holds(statement)) continue;
        for (const saying of sayings(of[state]))
          if (saying.kind === CHANGES && subjects[saying.statement] === state && saying.end !== quantity)
            spoken.push({ ...saying, state, interval: intervals[name], sign: saying.sign * ways[state] * ways[name] || 0 });
      }
    return spoken;
  });

  /** @type {Sayings["denied"]} */
  function denied(start, end) {
    /** @type {[number, number][]} */
    const denials = [];
    for (const name of names[start])
      for (const statement of bySubject[name]) {
        const { negated, status, word } = statements[statement], object = objects[statement];
        if (of[object] === end && (negated || status === "refuted")) denials.push([statement, word.sign * ways[name] * ways[object]]);
      }
    return denials;
  }

  /** Whether a statement says that two things vary together, and not what follows on what. @param {number} statement */
  function correlates(statement) {
    const { kind, symmetric } = statements[statement].word;
    return kind === GOES_WITH && symmetric;
  }

  return { of: sayings, states, classes, denied, correlates };
}

/** Those of the best tier that has a sign. @param {Saying[]} sayings */
export function bestTier(sayings) {
  const signed = sayings.filter((saying) => saying.sign);
  const best = Math.min(...signed.map((saying) => saying.tier));
  return signed.filter((saying) => saying.tier === best);
}
