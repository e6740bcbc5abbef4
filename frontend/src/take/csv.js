// CSV: one row a statement, for spreadsheets; the same bytes as formats/tables.py writes.

import { byCodePoint, byPlaces } from "../order.js";
import { inWords, label, sourceIds } from "./part.js";

export const COLUMNS = [
  "subject", "statement", "object", "qualifiers", "negated", "sign", "status", "supporting",
  "disputing", "topic", "supporting_sources", "disputing_sources", "qualifying_sources",
  "summaries", "effects", "reading", "subject_id", "predicate", "object_id", "id",
];

const SIGNS = new Map([[1, "positive"], [0, "none"], [-1, "negative"]]);

const said = (row) => `${row.source.id}${row.retracted ? " (retracted)" : ""}`;

function cells(one) {
  const taking = (stance) => sourceIds(one.evidence.filter((row) => row.stance === stance && !row.retracted)).join(" | ");
  return [
    one.subject.name,
    label(one),
    one.object.name,
    inWords(one.qualifiers),
    one.negated ? "yes" : "no",
    SIGNS.get(one.sign),
    one.status,
    String(one.supporting),
    String(one.disputing),
    one.topic,
    taking("supports"),
    taking("disputes"),
    taking("qualifies"),
    one.evidence.filter((row) => row.summary)
      .map((row) => `${said(row)}: ${row.summary}`).join(" | "),
    one.evidence.filter((row) => row.numbers).map((row) => `${said(row)}: ${row.numbers}`).join(" | "),
    one.reading,
    one.subject.id,
    one.predicate,
    one.object.id,
    one.id,
  ];
}

// Spreadsheets run a cell that begins like this as a formula.
const harmless = (cell) => (/^[=+@-]/.test(cell) ? `'${cell}` : cell);

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
  const rows = statements.map((one) => cells(one).map(harmless)).map((row) => [row, row.map(folded)]);
  rows.sort(([, one], [, other]) => byPlaces(one, other, byCodePoint));
  return table([COLUMNS, ...rows.map(([row]) => row)]);
}

// Letters whose full case folding is not the small letter of their capital.
const FOLDS = new Map([["ı", "ı"], ["ẞ", "ss"]]);
const CHEROKEE = /[\u13a0-\u13fd\uab70-\uabbf]/u;

function fold(letter) {
  if (FOLDS.has(letter)) return FOLDS.get(letter);
  const capital = letter.toUpperCase();
  return CHEROKEE.test(letter) ? capital : [...capital].map((one) => one.toLowerCase()).join("");
}

/** The text without the difference between capitals and small letters, as `str.casefold` has it. */
export const folded = (text) => (/^[\0-\x7f]*$/.test(text) ? text.toLowerCase() : [...text].map(fold).join(""));
