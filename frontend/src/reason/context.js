// Where statements hold, and where two of them that follow one another share no context: what
// src/trabecula/context.py says, on the records of the page.

import { byCodePoint, byPlaces } from "../order.js";
import { weighs } from "./standing.js";

/** What settings are compared in, in the order in which it is told, whatever the graph. */
export const DIMENSIONS = [
  "species", "system", "age", "amount", "compartment", "duration", "intake", "pattern", "severity", "sex",
];
let dimensions = DIMENSIONS;

/**
 * Compare settings by these keys, which are those of the graph that the page holds.
 * @param {string[]} keys
 */
export function compareBy(keys) {
  dimensions = keys;
}

/** Names of species that imported graphs give as taxa. */
export const TAXA = new Map([
  ["NCBITaxon:9606", "human"], ["NCBITaxon:10116", "rat"], ["NCBITaxon:10090", "mouse"], ["NCBITaxon:9913", "cattle"],
]);

const MAMMALS = ["human", "rat", "mouse", "cattle", "dog"];
/** Species that name a larger group, and what the group includes. */
export const INCLUDES = new Map([
  ["mammal", new Set(MAMMALS)],
  ["vertebrate", new Set([...MAMMALS, "mammal"])],
]);

/** More pairs of settings than any two statements have that were curated. */
const PAIRS = 100_000;

/** @type {Setting[]} */
const NOWHERE = [new Map()];
/** @type {WeakMap<Statement, Setting[]>} */
const remembered = new WeakMap();

/**
 * Where the sources that support a statement looked: distinct settings, sorted. Each is a Map from
 * dimension to values, in the order of the dimensions.
 * @param {Statement} statement
 * @returns {Setting[]}
 */
export function settings(statement) {
  let places = remembered.get(statement);
  if (!places) remembered.set(statement, (places = settingsOf(statement, "supports")));
  return places;
}

/**
 * The same for the sources that take another stance.
 * @param {Statement} statement
 * @param {string} stance
 * @returns {Setting[]}
 */
export function settingsOf(statement, stance) {
  const rows = statement.evidence
    .filter((row) => row.stance === stance && weighs(row))
    .map((row) => {
      const species = TAXA.get(row.species) ?? row.species;
      return /** @type {Setting} */ (new Map([["species", [species]], ["system", [row.system]], ...values(row.context)]));
    });
  const qualified = values(statement.qualifiers);
  /** @type {Map<string, [string, string][]>} */
  const distinct = new Map();
  for (const row of rows.length ? rows : NOWHERE) {
    const all = new Map([...row, ...qualified]);
    const setting = dimensions.flatMap((key) => (all.get(key) ?? []).filter(Boolean)
      .map((value) => /** @type {[string, string]} */ ([key, value])));
    if (setting.length) distinct.set(JSON.stringify(setting), setting);
  }
  return [...distinct.values()].sort(bySetting).map(grouped);
}

/** The values of a context by key, of which some have several. */
const values = (/** @type {Context} */ context) =>
  Object.entries(context).map(([key, value]) => /** @type {[string, string[]]} */ ([key, [value].flat()]));

/** @param {[string, string][]} setting */
function grouped(setting) {
  /** @type {Setting} */
  const byKey = new Map();
  for (const [key, value] of setting) byKey.set(key, [...(byKey.get(key) ?? []), value]);
  return byKey;
}

/** @param {[string, string][]} first @param {[string, string][]} second */
const bySetting = (first, second) => byPlaces(first.flat(), second.flat(), byCodePoint);

/** @type {WeakMap<Statement, Map<Statement, Difference[]>>} */
const compared = new WeakMap();

/**
 * In what two statements share no setting: empty where they share one, or one names none. Of the
 * pairs of settings the one is told that differs in least.
 * @param {Statement} here
 * @param {Statement} there
 * @returns {Difference[]}
 */
export function differences(here, there) {
  let row = compared.get(here);
  if (!row) compared.set(here, (row = new Map()));
  let differing = row.get(there);
  if (!differing) row.set(there, (differing = apart(settings(here), settings(there))));
  return differing;
}

/**
 * `differences` of two statements whose settings are known.
 * @param {Setting[]} here
 * @param {Setting[]} there
 */
export function apart(here, there) {
  if (here.length * there.length > PAIRS) return [];
  /** @type {Difference[] | null} */
  let least = null;
  for (const setting of here)
    for (const other of there) {
      const shared = dimensions.filter((key) => setting.has(key) && other.has(key));
      const differing = shared.filter((key) => !setting.get(key)?.some((here) => other.get(key)?.some((there) => agree(here, there))));
      if (!least || differing.length < least.length)
        least = differing.map((dimension) => ({ dimension, here: words(setting, dimension), there: words(other, dimension) }));
    }
  return least ?? [];
}

const words = (/** @type {Setting} */ setting, /** @type {string} */ dimension) =>
  /** @type {string[]} */ (setting.get(dimension)).join(" or ");

const agree = (/** @type {string} */ first, /** @type {string} */ second) =>
  first === second || INCLUDES.get(second)?.has(first) || INCLUDES.get(first)?.has(second) || false;

/**
 * Where a path goes on in another context than the one it was in. Each step is compared with the
 * last one before it that names a context.
 * @param {Statement[]} statements the statements of the path, in its order
 * @returns {{ first: number, second: number, differences: Difference[] }[]} steps by number from 1
 */
export function breaks(statements) {
  /** @type {ReturnType<typeof breaks>} */
  const contextBreaks = [];
  let first = 0; // the number of the last step that names a context
  statements.forEach((statement, place) => {
    if (!settings(statement).length) return;
    const second = place + 1;
    const differing = first ? differences(statements[first - 1], statement) : [];
    if (differing.length) contextBreaks.push({ first, second, differences: differing });
    first = second;
  });
  return contextBreaks;
}
