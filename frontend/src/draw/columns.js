// The rows of the Table view, apart from how they look: its columns, the order of the rows, its pages, and where keys
// lead. Pure.

/** Rows on a page: a browser lays out so many at once without a pause. */
export const PAGE = 200;

const collator = new Intl.Collator("en-GB", { sensitivity: "base", numeric: true });

/** @param {Map<string, Row> | undefined} map @param {string} key */
export const labelOf = (map, key) => map?.get(key)?.label ?? (key || "not stated");
/** @param {string[]} keys @param {Map<string, Row>} map */
export const list = (keys, map) => keys.map((key) => labelOf(map, key)).join(", ");

/**
 * @typedef {object} Column
 * @property {string} key
 * @property {string} label
 * @property {string} [long]
 * @property {(statement: Statement, words: Words) => string | number} by
 * @property {boolean} [least]
 * @typedef {{ key: string, turned: boolean }} Sort
 * @typedef {{ index: number, place: number }} At  a row, and what the keys stop at in it
 */

/**
 * The columns: key, heading, its long form, and what a row is sorted by: a text, or a number, which
 * sorts from the largest unless the least comes first.
 * @type {Column[]}
 */
export const COLUMNS = [
  { key: "subject", label: "Subject", by: (statement) => statement.subject.name },
  { key: "predicate", label: "Predicate", by: (statement) => statement.word.label },
  { key: "object", label: "Object", by: (statement) => statement.object.name },
  { key: "status", label: "Status", by: (statement, words) => [...words.statuses.keys()].indexOf(statement.status), least: true },
  { key: "supporting", label: "For", long: "Sources for", by: (statement) => statement.supporting },
  { key: "disputing", label: "Against", long: "Sources against", by: (statement) => statement.disputing },
  { key: "studies", label: "Study types", by: (statement, words) => list(statement.studies, words.methods) },
  { key: "species", label: "Species", by: (statement, words) => list(statement.species, words.species) },
  { key: "topic", label: "Topic", by: (statement, words) => labelOf(words.topics, statement.topic) },
];

/** @param {string} key */
export const columnOf = (key) => /** @type {Column} */ (COLUMNS.find((column) => column.key === key));

/**
 * Whether numbers begin with the most, in the words of ARIA.
 * @param {Sort} sort
 */
export function direction({ key, turned }) {
  const most = key === "supporting" || key === "disputing";
  return most !== turned ? "descending" : "ascending";
}

/** @param {(string | number)[]} values @returns {values is number[]} */
const isNumbers = (values) => values.every((value) => typeof value === "number");

/**
 * Numbers that sort as the values do: texts are compared once each and not in every comparison.
 * @param {Statement[]} statements
 * @param {Column} column
 * @param {Words} words
 * @returns {Map<Statement, number>}
 */
function ranks(statements, column, words) {
  const values = statements.map((statement) => column.by(statement, words)), some = [...new Set(values)];
  if (isNumbers(values)) return new Map(statements.map((statement, at) => [statement, column.least ? values[at] : -values[at]]));
  const order = new Map();
  let rank = 0;
  /** @type {string[]} */ (some).sort(collator.compare).forEach((value, place, sorted) => {
    if (place && collator.compare(sorted[place - 1], value)) rank = place;
    order.set(value, rank);
  });
  return new Map(statements.map((statement, at) => [statement, order.get(values[at])]));
}

/**
 * The statements in the order of a column; what is alike there, by subject, predicate and object.
 * @param {Statement[]} statements
 * @param {Words} words
 * @param {Sort} sort
 * @param {Map<string, Map<Statement, number>>} [byColumn] the ranks found before for these statements, by column
 * @returns {Statement[]}
 */
export function arranged(statements, words, { key, turned }, byColumn = new Map()) {
  const [first, ...rest] = [key, "subject", "predicate", "object"].map((name) => {
    if (!byColumn.has(name)) byColumn.set(name, ranks(statements, columnOf(name), words));
    const rank = /** @type {Map<Statement, number>} */ (byColumn.get(name));
    return (/** @type {Statement} */ statement) => /** @type {number} */ (rank.get(statement));
  });
  const way = turned ? -1 : 1;
  return [...statements].sort((a, b) => {
    const order = way * (first(a) - first(b));
    if (order) return order;
    for (const rank of rest) if (rank(a) !== rank(b)) return rank(a) - rank(b);
    return a.number - b.number;
  });
}

// --- Pages and keys ------------------------------------------------------------------------------

/** The pages of so many rows; there is always one. @param {number} rows */
export const pagesOf = (rows) => Math.max(1, Math.ceil(rows / PAGE));

/** The page that a row is on. @param {number} row */
export const pageOf = (row) => Math.floor(row / PAGE);

/** Which rows a page shows, in words. @param {number} page @param {number} rows */
export function rangeWords(page, rows) {
  if (!rows) return "";
  const [first, last, all] = [page * PAGE + 1, Math.min((page + 1) * PAGE, rows), rows].map((number) => number.toLocaleString("en-GB"));
  return `Rows ${first}–${last} of ${all}`;
}

/** What the keys stop at in a row, from left to right. */
export const PLACES = ["subject", "predicate", "object"];

/**
 * Where a key leads in the rows.
 * @param {string} key
 * @param {At} from
 * @param {number} rows
 * @returns {At | null} nothing where it is none of these keys, or leads out of the row
 */
export function led(key, { index, place }, rows) {
  const row = new Map([
    ["ArrowUp", index - 1], ["ArrowDown", index + 1], ["PageUp", index - 10], ["PageDown", index + 10], ["Home", 0],
    ["End", rows - 1],
  ]).get(key);
  if (row !== undefined) return { index: Math.min(Math.max(row, 0), rows - 1), place };
  const side = place + ({ ArrowLeft: -1, ArrowRight: 1 }[key] ?? 0);
  return side !== place && PLACES[side] ? { index, place: side } : null;
}

/** Whether two lists have the same in the same order. */
export const same = (/** @type {unknown[]} */ first, /** @type {unknown[]} */ second) =>
  first.length === second.length && first.every((value, place) => value === second[place]);
