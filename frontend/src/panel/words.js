// What the panel says, apart from how it looks: records and answers turned into words, and sorted
// the way they are read. What is concluded is worded in reason/words.js.

import { place } from "../take/cite.js";
import { plural } from "../dom.js";
import { basisOf, knownBy } from "../reason/words.js";
import { sentence, taken } from "../records.js";

/** A plus, a true minus and a middle dot: the signs as a reader sees them. */
export const SIGNS = new Map([
  [1, "+"],
  [-1, "−"],
  [0, "·"],
]);
/** What a step does, as biologists draw it. */
export const ARROWS = new Map([
  [1, "→"],
  [-1, "⊣"],
  [0, "⇢"],
]);
/** The group of statements of a sign: a key of `words.groups`. */
export const GROUP_OF = new Map([
  [1, "raises"],
  [-1, "lowers"],
  [0, "unsigned"],
]);
/** A text as a sentence begins. @param {string} text */
export const capital = (text) => `${text[0].toUpperCase()}${text.slice(1)}`;

/** @param {number} count */
export const steps = (count) => plural(count, "step");

// --- Statements ----------------------------------------------------------------------------------

/** Best supported first; of equals, the order of the graph. @param {Statement} a @param {Statement} b */
export const byStanding = (a, b) => b.supporting - a.supporting || a.disputing - b.disputing || a.number - b.number;

/** Whether nobody says that a statement holds, and the article says that it does not. @param {Statement} statement */
const denied = (statement) => taken(statement).denied;

/**
 * How many independent sources take which side: `2 sources, 1 against`; empty where none does.
 * @param {Statement} statement
 */
export function tally(statement) {
  const parts = [];
  if (statement.supporting) parts.push(plural(statement.supporting, "source"));
  if (statement.disputing) parts.push(`${statement.disputing} against`);
  const gone = new Set(statement.evidence.filter((row) => row.retracted).map((row) => row.source.paper));
  if (gone.size) parts.push(`${gone.size} retracted`);
  if (!parts.length && denied(statement)) parts.push("denied by the article");
  return parts.join(", ");
}

/**
 * The status of a statement, and of one that is supported what that rests on: `supported: reviewed`.
 * @param {Statement} statement
 * @param {Words} words
 */
export const standingWords = (statement, words) =>
  [words.statuses.get(statement.status)?.label ?? statement.status, basisOf({ words }, statement)?.label].filter(Boolean).join(": ");

/** How a statement is known: `supported: reviewed, 1 source`. @param {Statement} statement @param {Words} words */
export const howKnown = (statement, words) => [standingWords(statement, words), tally(statement)].filter(Boolean).join(", ");

/**
 * The evidence of a statement by the side it takes, the strongest first: what papers found for and
 * against it, what limits it, what the article asserts, and what was retracted, whichever way it spoke.
 * @param {Statement} statement
 * @param {Words} words
 */
export function sides(statement, words) {
  const order = new Map([...words.strengths.keys()].map((key, place) => [key, place]));
  /** @param {Evidence} row */
  const place = (row) => order.get(row.strength) ?? order.size;
  /** @param {Evidence} row */
  const year = (row) => Number.parseInt(row.source?.year, 10) || 0;
  const sorted = [...statement.evidence].sort((a, b) => place(a) - place(b) || year(b) - year(a));
  const weighed = sorted.filter((row) => row.strength !== "asserted" && !row.retracted);
  /** @param {string} stance */
  const of = (stance) => weighed.filter((row) => row.stance === stance);
  return {
    pro: of("supports"),
    contra: of("disputes"),
    limits: of("qualifies"),
    article: sorted.filter((row) => row.strength === "asserted"),
    gone: sorted.filter((row) => row.strength !== "asserted" && row.retracted),
  };
}

/** What the article does with a statement. */
export const ARTICLE = new Map([
  ["supports", "says so"],
  ["disputes", "says that it is not so"],
  ["qualifies", "limits it"],
]);

/**
 * The statements about an entity by what they tell of it: what acts on it, what it acts on, the
 * names of its states, and the rest.
 * @param {Entity} entity
 */
export function around(entity) {
  /** @type {Record<"acted" | "acts" | "states" | "other", Statement[]>} */
  const groups = { acted: [], acts: [], states: [], other: [] };
  for (const statement of [...entity.out, ...entity.into]) {
    const { influence } = statement.word;
    if (influence === "both") groups.states.push(statement);
    else if (influence === "none") groups.other.push(statement);
    else (statement.start === entity ? groups.acts : groups.acted).push(statement);
  }
  for (const some of Object.values(groups)) some.sort(byStanding);
  return groups;
}

/**
 * The facts of a piece of evidence, as pairs of a name and words. What is not stated is left out, and
 * so is what goes without saying of a title and of the article's own words.
 * @param {Evidence} row
 * @param {Words} words
 * @returns {[name: string, words: string][]}
 */
export function facts(row, words) {
  const asserted = row.strength === "asserted";
  const method = row.method && (words.methods.get(row.method)?.label ?? row.method);
  const study =
    row.source?.study_type && row.source.study_type !== row.method
      ? (words.methods.get(row.source.study_type)?.label ?? row.source.study_type)
      : "";
  const strength = row.strength && words.strengths.get(row.strength)?.words;
  return /** @type {[string, string][]} */ ([
    [
      "how strong",
      row.strength !== "title-only" &&
        !asserted &&
        row.strength &&
        (strength ? `${row.strength} — ${strength}` : row.strength),
    ],
    ["method", !asserted && method],
    ["published in", !asserted && study],
    ["species", [row.species, row.system].filter(Boolean).join(", ")],
    ["in numbers", row.numbers],
    ...Object.entries(row.context).map(([key, value]) => [key.replaceAll("_", " "), [value].flat().join(", ")]),
    ["where", row.locator],
  ].filter(([, value]) => value));
}

/**
 * Who wrote a source, where and when: `Rude RK, Gruber HE et al · Nutrition & Metabolism 2:24, 2005`.
 * @param {Source} source
 */
export function imprint(source) {
  const names = source.authors.filter((name) => name !== "et al");
  const authors =
    names.length > 2 || names.length < source.authors.length
      ? `${names.slice(0, 2).join(", ")} et al`
      : names.join(", ");
  return [authors, [place(source), source.year].filter(Boolean).join(", ")].filter(Boolean).join(" · ");
}

/** A source in a few words: its first author and year, or its title. @param {Source} source @returns {string} */
export const briefly = (source) =>
  source.authors.length && source.year
    ? `${source.authors[0]}${source.authors.length > 1 ? " et al" : ""} ${source.year}`
    : source.title || source.id;

/** How a source stands to the article, where that is worth saying. @param {Source} source */
export const standing = (source) =>
  [
    (source.standing ?? "").replaceAll("-", " "),
    source.kind === "further" && "not cited by the article",
    source.kind === "textbook" && "a textbook",
    source.reference && `reference ${source.reference} of the article`,
    source.note,
  ]
    .filter(Boolean)
    .join(" · ");

// --- Paths ---------------------------------------------------------------------------------------

/**
 * `in 2 steps`, what is doubtful about a path, and how its weakest step is known.
 * @param {Path} path
 * @param {Words} words
 */
export function pathWords(path, words) {
  const marks = [`in ${steps(path.steps.length)}`];
  if (path.contested.length) marks.push(`through ${plural(path.contested.length, "contested statement")}`);
  if (path.breaks.length) marks.push(plural(path.breaks.length, "context break"));
  return `${marks.join(", ")} · ${path.steps.length > 1 ? "weakest step: " : ""}${howKnown(path.weakest, words)}`;
}

/**
 * `context break: species rat above, human below`; a step that is not next has its number.
 * @param {Path["breaks"][number]} contextBreak
 */
export function breakWords(contextBreak) {
  const above = contextBreak.second === contextBreak.first + 1 ? "above" : `in step ${contextBreak.first}`;
  const told = contextBreak.differences.map(
    ({ dimension, here, there }) => `${dimension.replaceAll("_", " ")} ${here} ${above}, ${there} below`,
  );
  return `context break: ${told.join("; ")}`;
}

/** The entities of a path with what each step does to the next of them. @param {Path} path */
export const chain = (path) => [
  { name: path.entities[0].name, arrow: "" },
  ...path.steps.map((step) => ({ name: step.end.name, arrow: ARROWS.get(step.sign) })),
];

/** How many paths there are of each sign: `3 paths +, 1 path −`. @param {Explanation} answer */
export const wayWords = ({ ways }) =>
  ways.filter((way) => way.paths).map((way) => `${plural(way.paths, "path")} ${SIGNS.get(way.sign)}`).join(", ");

// --- What if -------------------------------------------------------------------------------------

/**
 * How an outcome is known, on one line: `reviewed · in the lack · 2 steps · 1 against · by magnesium`.
 * @param {Graph} graph
 * @param {WhatIf} answer
 * @param {Outcome} outcome
 */
export function outcomeWords(graph, answer, outcome) {
  const { interval, against, steps: count } = outcome.conclusion;
  return [
    knownBy(graph, outcome.conclusion),
    interval && (interval === "normal" ? "in the normal range" : `in the ${interval}`),
    steps(count),
    against.length > 0 && `${against.length} against`,
    answer.changed.length > 1 && `by ${outcome.causes.map((entity) => entity.name).join(", ")}`,
  ].filter(Boolean).join(" · ");
}

/**
 * The sentences that an outcome rests on: those of a chain, or the first, and how many more there are.
 * @param {Graph} graph
 * @param {Outcome} outcome
 */
export function restsOn(graph, { conclusion }) {
  const ids = conclusion.path.length ? conclusion.path : conclusion.restsOn.slice(0, 1);
  const more = conclusion.restsOn.length - ids.length;
  const sentences = ids.map((id) => sentence(/** @type {Statement} */ (graph.statement.get(id)))).join("; ");
  return more > 0 ? `${sentences}, and ${more} more` : sentences;
}

/**
 * The question of a what-if scene in words: `What if magnesium falls, calcitriol is held`.
 * @param {Graph} graph
 * @param {SceneOf<"whatif">} scene
 */
export function question(graph, scene) {
  /** @type {["up" | "down" | "fixed", string][]} */
  const verbs = [
    ["up", "rises"],
    ["down", "falls"],
    ["fixed", "is held"],
  ];
  const told = verbs.flatMap(([way, verb]) => scene[way].flatMap((id) => graph.entity.get(id) ?? []).map(({ name }) => `${name} ${verb}`));
  return told.length ? `What if ${told.join(", ")}?` : "What if?";
}

/**
 * What becomes of changing one entity in another way, or leaving it out (`way` is null).
 * @param {SceneOf<"whatif">} scene
 * @param {string} id
 * @param {"up" | "down" | "fixed" | null} way
 */
export function changing(scene, id, way) {
  /** @param {string[]} ids */
  const without = (ids) => ids.filter((other) => other !== id);
  const next = { ...scene, up: without(scene.up), down: without(scene.down), fixed: without(scene.fixed) };
  if (way) next[way] = [...next[way], id];
  return next;
}

// --- Conflicts -----------------------------------------------------------------------------------

/**
 * What a side of a conflict rests on: statements with the evidence that speaks for this side.
 * @param {Conflict["sides"][number]} side
 */
export const voices = (side) =>
  side.statements.map((statement) => ({
    statement,
    rows: side.voices.filter(([id]) => id === statement.id).map(([, place]) => statement.evidence[place]),
  }));

/**
 * Which way the chains of a side lead, the first side being the one of more, and through what: `+ by way of FGF23`.
 * @param {Conflict["sides"][number]} side
 * @param {number} place
 */
export const throughWords = ({ through }, place) => `${place === 0 ? "+" : "−"} by way of ${through.join(", ")}`;

/**
 * What a statement says of the two that a conflict is between: its verb alone where it names both as the conflict does.
 * A lack and an excess of one thing may have the same verb.
 * @param {Conflict} conflict
 * @param {Statement} statement
 */
function saidOf({ start, end }, statement) {
  const { subject, object, word, qualified, negated } = statement;
  const both = [subject, object], named = both.includes(start) && both.includes(end);
  if (!named && subject !== start) return sentence(statement);
  const what = named ? "" : ` ${object.name}`;
  return `${negated ? "not: " : ""}${word.label}${what}${qualified ? ` (${qualified})` : ""}`;
}

/** What the two sides say and what tells them apart, in a few words. @param {Conflict} conflict */
export function conflictWords(conflict) {
  /** @param {Conflict["sides"][number]} side @param {number} place */
  const says = (side, place) => {
    const words = side.through.length ? throughWords(side, place) : side.denies ? "not so" : saidOf(conflict, side.statements[0]);
    return `${words}, ${plural(side.sources.length, "source")}`;
  };
  const apart = conflict.differs.filter((difference) => difference.one.length && difference.other.length)
    .map((difference) => difference.key);
  return [conflict.sides.map(says).join(" ≠ "), apart.length > 0 && `differs in ${apart.join(", ")}`]
    .filter(Boolean)
    .join(" · ");
}

/** What each side of a conflict states under a key of context. @param {Conflict["differs"][number]} row */
export const contrast = ({ one: first, other: second }) =>
  [first, second].map((values) => values.join(", ") || "not stated");

// --- The page ------------------------------------------------------------------------------------

/** What is on the screen when the page opens. @param {Graph} graph @param {Model} model */
export function opening(graph, model) {
  const shown = model.statements.length,
    all = graph.statements.length;
  if (shown === all) return `All ${plural(all, "statement")} are shown.`;
  const count = `${shown.toLocaleString("en-GB")} of ${plural(all, "statement")}`;
  const about = graph.about.focus.filter((entity) => model.entities.includes(entity)).map(({ name }) => name);
  if (!about.length) return `The core: ${count}, where what is known to act on what is densest.`;
  return `The core: ${count}, those that hold together most around ${inWords(about)}.`;
}

/** Names as in a sentence, of many the first. @param {string[]} names */
function inWords(names) {
  const told = names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} more`] : names;
  return [told.slice(0, -1).join(", "), ...told.slice(-1)].filter(Boolean).join(" and ");
}

/** How many statements of a graph name a source. @param {Graph} graph */
export const sourcedIn = ({ whole }) => whole.statements.filter(({ evidence, leftOut }) => evidence.length + leftOut.size > 0).length;

/** What kind of graph this is: whether its statements name their sources. @param {Graph} graph */
export function sourced(graph) {
  const { length } = graph.whole.statements, some = sourcedIn(graph);
  if (!some) return "A graph of what acts on what. None of its statements names a source.";
  const naming = some === length
    ? "every statement names its sources"
    : `${some.toLocaleString("en-GB")} of ${plural(length, "statement")} name their sources`;
  return `A graph of what acts on what, in which ${naming}: who found it, how, in which species and context, and who ` +
    "found otherwise.";
}
