// Finding entities by what a person types: names, synonyms, identifiers, and their misspellings. The
// twin of src/trabecula/lookup.py, whose tables it is given and whose answers it is held to by
// test/search-cases.json.

import { byId } from "./order.js";
import { calling, otherwise } from "./phrases.js";

/**
 * @typedef {{ words: string[], letters: string, size: number, marks: string, told: Set<string>, slight: Set<string> }} Form  plain
 *   words; their letters and digits alone, and how many these are; the words that tell members of a family
 *   apart, which words are known for it, and which tell nothing apart
 * @typedef {{ plain: Form, american: Form, short: Form }} Spelling  the ways in which people write a text;
 *   where they are one, they are the same object
 * @typedef {[how: string, score: number]} Answer  how a text answers to what was typed, and how well
 * @typedef {{ greek: Record<string, string>, inside: string[], plain: Record<string, string>,
 *   spellings: [string, string][], telling: string[], small: string[], phrases: string[][] }} Tables
 */

/** @type {Answer} */
const NOT = ["", 0];

const BEYOND = /[^\0-\x7f]/u;
/** @param {string} text */
const length = (text) => (BEYOND.test(text) ? [...text].length : text.length);

// --- Spellings ------------------------------------------------------------------------------------


/**
 * What gives the spelling of a text; null where it has neither letters nor digits.
 * @param {Tables} tables
 * @returns {(text: string) => Spelling | null}
 */
export function speller({ greek, inside, plain, spellings, telling, small }) {
  const told = new Set(telling), slight = new Set(small);
  const names = new Set(Object.values(greek)), letters = new Map(Object.entries(plain));
  const named = new Map(Object.entries(greek).map(([letter, name]) => [letter, ` ${name} `]));
  const within = inside.join("|");
  const word = new RegExp(`\\p{Nd}+|${within}|(?:(?!${within})[\\p{L}\\p{Nl}\\p{No}])+`, "gu");
  /** @param {string} text @param {Map<string, string>} table */
  const exchanged = (text, table) => text.replace(/[^\0-\x7f]/gu, (letter) => table.get(letter) ?? letter);

  /** @param {string} text @returns {string[]} */
  function words(text) {
    if (!BEYOND.test(text)) return text.toLowerCase().match(word) ?? [];
    const bare = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    return exchanged(exchanged(bare, letters), named).match(word) ?? [];
  }

  /** @returns {Form} @param {string[]} words */
  function form(words) {
    const letters = words.join("");
    const marks = words.filter((word) => told.has(word) || (length(word) < 4 && !slight.has(word)));
    return { words, letters, size: length(letters), marks: marks.sort().join(" "), told, slight };
  }

  return (text) => {
    const some = words(text);
    if (!some.length) return null;
    const plain = form(some), spaced = `${some.join(" ")} `;
    const american = spellings.reduce((now, [british, same]) => now.replaceAll(british, same), spaced);
    return {
      plain,
      american: american === spaced ? plain : form(american.trimEnd().split(" ")),
      short: some.some((word) => names.has(word)) ? form(some.map((word) => (names.has(word) ? word[0] : word))) : plain,
    };
  };
}

// --- Comparison -----------------------------------------------------------------------------------

/**
 * Where in a text what was typed begins, at a word and whatever blanks are in it.
 * @returns {Answer}
 * @param {Form} typed
 * @param {Form} written
 */
function place({ letters: sought, size }, { words, letters }) {
  if (!letters.includes(sought)) return NOT;
  if (letters.startsWith(sought)) return letters === sought ? ["is", 100] : ["begins with", 95];
  if (size < 2) return NOT;
  let at = 0;
  for (const word of words) {
    if (letters.startsWith(sought, at)) return ["contains", 90];
    at += word.length;
  }
  return NOT;
}

/**
 * Whether a text is what was typed, begins with it, or has a word from which on it does.
 * @returns {Answer}
 * @param {Spelling} typed
 * @param {Spelling} written
 */
function begun(typed, written) {
  let best = place(typed.plain, written.plain);
  for (const way of /** @type {const} */ (["american", "short"])) {
    if (typed[way] === typed.plain && written[way] === written.plain) continue;
    const [how, score] = place(typed[way], written[way]);
    if (score - 0.5 > best[1]) best = [how, score - 0.5];
  }
  return best;
}

/** @param {string} text */
const digits = (text) => text.replace(/\P{Nd}/gu, "");

/**
 * How many letters are other, too many, missing or swapped; Infinity where more than `most` are.
 * @param {string} first
 * @param {string} second
 * @param {number} most
 */
export function edits(first, second, most) {
  if (!most) return first === second ? 0 : Infinity;
  if (Math.abs(length(first) - length(second)) > most || digits(first) !== digits(second)) return Infinity;
  const a = [...first], b = [...second];
  /** @type {number[]} */
  let last = [];
  let before = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? last[j - 2] + 1 : Infinity;
      row[j] = Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + Number(a[i - 1] !== b[j - 1]), swapped);
      least = Math.min(least, row[j]);
    }
    if (least > most + 1) return Infinity; // a swap reaches two rows back
    [last, before] = [before, row];
  }
  return before[b.length] <= most ? before[b.length] : Infinity;
}

// The most edits that a word is forgiven.
const FORGIVEN = 2;

/** @param {string} word */
const side = (word) => /^(?:hyper|hypo)/.exec(word)?.[0] ?? "";

/**
 * The edits between two texts without blanks; too much is no misspelt too little.
 * @param {string} first
 * @param {string} second
 */
function misspellings(first, second) {
  const [a, b] = [side(first), side(second)];
  return a && b && a !== b ? Infinity : edits(first, second, Math.min(Math.floor(length(first) / 4), FORGIVEN));
}

/**
 * What gives the edits that make a word the beginning of another; the same words occur in many texts.
 * @param {string} word
 * @param {Set<string>} told words that nobody misspells
 * @returns {(other: string) => number}
 */
function nearness(word, told) {
  const costs = new Map(), spelt = told.has(word);
  return (other) => {
    let cost = costs.get(other);
    if (cost === undefined) {
      cost = other.startsWith(word) ? 0 : spelt || told.has(other) ? Infinity : misspellings(word, other);
      costs.set(other, cost);
    }
    return cost;
  };
}

/**
 * What tells whether a text has the words that were typed in another order, or spelt in another way.
 * @param {Form} typed
 * @returns {(written: Form) => Answer}
 */
function misspelling(typed) {
  const { letters, marks, size, told, words } = typed, forgiven = Math.floor(size / 4);
  const telling = words.filter((word) => !typed.slight.has(word));
  const costs = (telling.length ? telling : words).map((word) => nearness(word, told));
  return (written) => {
    // Words are compared one by one, but where a blank is too many or missing.
    const all = words.length === written.words.length;
    if (marks === written.marks && !(all && words.length > 1)) {
      const whole = misspellings(letters, written.letters);
      if (whole < Infinity) return ["is spelt like", 85 * (1 - whole / Math.max(size, written.size))];
    }
    let sum = 0;
    for (const cost of costs) {
      let least = Infinity;
      for (const other of written.words) least = Math.min(least, cost(other));
      sum += least;
      if (sum > forgiven) return NOT;
    }
    if (all || sum) return ["is spelt like", (all ? 85 : 75) * (1 - sum / size)];
    return words.length > 1 ? ["contains", 80] : NOT;
  };
}

/**
 * What tells how the texts of entities answer to what was typed.
 * @param {Spelling} typed
 * @returns {(way: Way) => Answer}
 */
function answering(typed) {
  const like = misspelling(typed.american), plain = typed.plain.words.join(" ");

  /** @param {Spelling} written @returns {Answer} */
  function compared(written) {
    const match = begun(typed, written);
    if (match[0]) return match;
    const spelt = like(written.american), [how] = spelt;
    return !how && typed.plain.size > 2 && written.plain.words.join(" ").includes(plain) ? ["contains", 60] : spelt;
  }

  return ({ field, rank, spelling }) => {
    const named = NAMED.has(field), [how, score] = /** @type {Answer} */ (named ? compared(spelling) : begun(typed, spelling));
    return how ? [how, score - (named || field === "identifier" ? 0 : 10) - rank / 1000] : NOT;
  };
}

// --- Entities -------------------------------------------------------------------------------------

/** @typedef {{ field: string, text: string, rank: number, spelling: Spelling }} Way  a text of an entity */

const NAMED = new Set(["name", "id", "synonym"]);

/**
 * The texts of an entity by which it is found, the first of equals first.
 * @param {Entity} entity
 * @param {(text: string) => Spelling | null} spelling
 * @returns {Way[]}
 */
function ways(entity, spelling) {
  const identifiers = entity.xrefs.map(({ match, curie }) => [match === "exact" ? "identifier" : `${match} match`, curie]);
  const texts = [["name", entity.name], ["id", entity.id], ...entity.synonyms.map((text) => ["synonym", text]), ...identifiers];
  return /** @type {Way[]} */ (texts.map(([field, text], rank) => ({ field, text, rank, spelling: spelling(text) }))
    .filter((way) => way.spelling));
}

/**
 * What tells whether a description has the words that were typed, of which the last need not be whole.
 * @param {Form} typed
 * @param {(text: string) => Spelling | null} spelling
 * @returns {(text: string) => boolean}
 */
function mentioning(typed, spelling) {
  const [first] = typed.words, wanted = ` ${typed.words.join(" ")}`;
  return (text) => {
    if (typed.size < 4 || (!BEYOND.test(text) && !text.toLowerCase().includes(first))) return false;
    return ` ${spelling(text)?.plain.words.join(" ") ?? ""}`.includes(wanted);
  };
}

/**
 * @typedef {{ spelling: ReturnType<typeof speller>, called: ReturnType<typeof calling>,
 *   rows: { entity: Entity, ways: Way[] }[] }} Index
 * @type {WeakMap<Graph, Index>}
 */
const indices = new WeakMap();

/** @param {Graph} graph */
function index(graph) {
  if (!indices.has(graph)) {
    const spelling = speller(graph.spelling);
    indices.set(graph, { spelling, called: calling(graph),
      rows: graph.entities.map((entity) => ({ entity, ways: ways(entity, spelling) })) });
  }
  return /** @type {Index} */ (indices.get(graph));
}

// Of an address the last part is looked for: CHEBI_17823 of one at OBO.
const ADDRESS = /^\s*https?:\/\/\S*[/#=]([^\s/#=]+)[/#]*\s*$/i;

/**
 * The entities that a text may mean, the likeliest first, each with the text of it that was met and
 * how; `by` is that text where it is not the name.
 * @param {Graph} graph
 * @param {string} text
 * @returns {{ entity: Entity, by: string, field: string, text: string, how: string, score: number }[]}
 */
export function matches(graph, text, limit = 12) {
  const { spelling, called, rows } = index(graph);
  const typed = spelling(ADDRESS.exec(text)?.[1] ?? text);
  if (!typed) return [];
  const answer = answering(typed), mentions = mentioning(typed.plain, spelling), hits = [];
  for (const { entity, ways: own } of rows) {
    /** @type {{ entity: Entity, field: string, text: string, how: string, score: number } | null} */
    let best = null;
    for (const way of own) {
      const [how, score] = answer(way);
      if (how && (!best || score > best.score)) best = { entity, field: way.field, text: way.text, how, score };
    }
    if (!best && mentions(entity.description))
      best = { entity, field: "description", text: entity.description, how: "mentions", score: 50 };
    if (best) hits.push({ ...best, by: byOf(best) });
  }
  const other = hits.some(({ how }) => how === "is") ? null : otherwise(text, called, graph.spelling.phrases);
  if (other) {
    const [entity, name] = other, now = hits.findIndex((hit) => hit.entity === entity);
    if (now >= 0) hits.splice(now, 1);
    hits.push({ entity, field: "name", text: name, how: "means", score: 99, by: name });
  }
  return hits.sort((a, b) => b.score - a.score || length(a.text) - length(b.text) || byId(a.entity, b.entity)).slice(0, limit);
}

/** @param {{ field: string, text: string }} hit */
const byOf = ({ field, text }) => (field === "name" ? "" : field === "description" ? "in its description" : text);
