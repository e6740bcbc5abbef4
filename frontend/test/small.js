// A small graph for tests: data as the page holds it, made of a few words.

import { readFileSync } from "node:fs";
import { graph } from "../src/records.js";

const WORDS = [
  ["increases", 1, "forward", "changes"], ["decreases", -1, "forward", "changes"], ["inhibits", -1, "forward", "changes"],
  ["affects", 0, "forward", "changes"], ["requires", 1, "reverse", "needs"], ["level_of", 1, "both", "names", { state: "level" }],
  ["deficiency_of", -1, "both", "names", { state: "lack" }], ["part_of", 0, "none", "structure", { structure: "part" }],
].map(([key, sign, influence, kind, more]) =>
  ({ key, label: key.replaceAll("_", " "), inverse: `${key} by`, definition: "", sign, influence, kind, ...more }));

// The words of conclusions.
const CASES = new URL("cases/words.json", import.meta.url);
const [{ relations, bases }] = JSON.parse(readFileSync(CASES, "utf8"));

const groupOf = ({ sign, influence }) => (sign > 0 ? "raises" : sign < 0 ? "lowers" : influence === "none" ? "structure" : "unsigned");

/**
 * The graph of statements written as `["a increases b", { status, evidence … }]`; entities are
 * chemicals unless `entities` says otherwise.
 */
export function small(statements, { entities = {}, more = {} } = {}) {
  const rows = statements.map((statement, number) => {
    const [text, rest = {}] = Array.isArray(statement) ? statement : [statement];
    const [source, predicate, target] = text.split(" ");
    const word = WORDS.find(({ key }) => key === predicate);
    return { source, target, key: `s${number}`, predicate, negated: false, sign: word.sign, status: "supported", supporting: 1,
      disputing: 0, topic: "", group: groupOf(word), evidence: [], ...rest };
  });
  const own = new Map(Object.entries(entities)); // __proto__ may be one of them
  const ids = [...new Set([...rows.flatMap((row) => [row.source, row.target]), ...own.keys()])].sort();
  const used = [...new Set(rows.flatMap((row) => row.evidence.map(({ source }) => source)))];
  return graph({
    page: { title: "small", left_out: [0, 0], opening: "" },
    words: { categories: [], groups: [], statuses: [], predicates: WORDS, topics: [], strengths: [], methods: [], species: [],
      marks: [], unmarked: [], relations, bases },
    about: { directionless: [], intervals: [] },
    entities: ids.map((id) => ({ id, name: id, category: "chemical", x: 0, y: 0, size: [80, 30], lines: [id], font: 14,
      prominence: 0, ...own.get(id) })),
    statements: rows,
    sources: used.map((id) => ({ id })),
    loops: { rows: [] },
    conflicts: { rows: [] },
    core: rows.map(({ key }) => key),
    questions: [],
    queries: [],
    terms: [],
    properties: [],
    meant: {},
    spelling: { greek: {}, inside: ["alpha"], plain: {}, spellings: [], telling: [], small: [], phrases: [] },
    ...more,
  });
}
