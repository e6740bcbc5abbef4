// CSV: one row a statement, for spreadsheets; the same bytes as formats/tables.py writes.

import { byCodePoint, byPlaces } from "../order.js";
import { inWords, label, sourceIds } from "./part.js";

export const COLUMNS = [
  "subject", "statement", "object", "qualifiers", "negated", "sign", "status", "supporting",
  "disputing", "topic", "supporting_sources", "disputing_sources", "qualifying_sources",
  "summaries", "effects", "reading", "subject_id", "predicate", "object_id", "id",
];

const SIGNS = /** @type {Sure<number, string>} */ (new Map([[1, "positive"], [0, "none"], [-1, "negative"]]));

/** @param {Evidence} row */
const cited = (row) => `${row.source.id}${row.retracted ? " (retracted)" : ""}`;

/** @param {Statement} statement */
function cells(statement) {
  /** @param {string} stance */
  const taking = (stance) => sourceIds(statement.evidence.filter((row) => row.stance === stance && !row.retracted)).join(" | ");
  return [
    statement.subject.name,
    label(statement),
    statement.object.name,
    inWords(statement.qualifiers),
    statement.negated ? "yes" : "no",
    SIGNS.get(statement.sign),
    statement.status,
    String(statement.supporting),
    String(statement.disputing),
    statement.topic,
    taking("supports"),
    taking("disputes"),
    taking("qualifies"),
    statement.evidence.filter((row) => row.summary)
      .map((row) => `${cited(row)}: ${row.summary}`).join(" | "),
    statement.evidence.filter((row) => row.numbers).map((row) => `${cited(row)}: ${row.numbers}`).join(" | "),
    statement.reading,
    statement.subject.id,
    statement.predicate,
    statement.object.id,
    statement.id,
  ];
}

// Spreadsheets run a cell that begins like this as a formula.
/** @param {string} cell */
const harmless = (cell) => (/^[=+@-]/.test(cell) ? `'${cell}` : cell);

/** @param {string} cell */
const quoted = (cell) => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/**
 * A table as CSV.
 * @param {string[][]} rows
 * @returns {string}
 */
export const table = (rows) => rows.map((row) => `${row.map(quoted).join(",")}\n`).join("");

/**
 * A part as CSV, sorted by the names of subject and object.
 * @param {ReturnType<typeof import("./part.js").part>} part
 * @returns {string}
 */
export function csv({ statements }) {
  const rows = statements.map((statement) => cells(statement).map(harmless)).map((row) => [row, row.map(folded)]);
  rows.sort(([, first], [, second]) => byPlaces(first, second, byCodePoint));
  return table([COLUMNS, ...rows.map(([row]) => row)]);
}

// Letters whose full case folding is not the small letter of their capital.
const FOLDS = new Map([["ı", "ı"], ["ẞ", "ss"]]);
const CHEROKEE = /[\u13a0-\u13fd\uab70-\uabbf]/u;

/** @param {string} letter */
function fold(letter) {
  if (FOLDS.has(letter)) return FOLDS.get(letter);
  const capital = letter.toUpperCase();
  return CHEROKEE.test(letter) ? capital : [...capital].map((part) => part.toLowerCase()).join("");
}

/**
 * The text without the difference between capitals and small letters, as `str.casefold` has it.
 * @param {string} text
 */
export const folded = (text) => (/^[\0-\x7f]*$/.test(text) ? text.toLowerCase() : [...text].map(fold).join(""));
