// The command that gives what is visible: a selection in the grammar of docs/selection.md.

import { byCodePoint } from "../order.js";
import { CLEAR } from "../reason/lens.js";
import { answer, visible } from "../scene.js";
import { STEPS } from "../scenes.js";

/** The most ids that a command lists; the grammar takes no more, and no terminal should. */
export const MOST = 1000;

const PLAIN = /^[\w.:+-]+$/; // letters with marks and Greek ones are quoted, which does no harm

// What moves the cursor, ends a line or turns the direction of what is read.
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;

// What the grammar cannot say: a text with a quotation mark in it, one that would command the
// terminal it is pasted into, or so many of them.
class Unsayable extends Error {}

/** @param {string} text */
function quoted(text) {
  if (text.includes('"') || UNSEEN.test(text)) throw new Unsayable();
  return PLAIN.test(text) ? text : `"${text}"`;
}

/** @param {string} selector @param {...(string | number)} words */
function call(selector, ...words) {
  if (words.length > MOST) throw new Unsayable();
  return `${selector}(${words.map(String).map(quoted).join(", ")})`;
}
/** @param {string} selection */
const not = (selection) => `!${selection}`;
/** @param {...string} parts */
const any = (...parts) => parts.join(" | ");

/** @param {string} union @param {...string} parts */
function narrowed(union, ...parts) {
  if (!parts.length) return union;
  return [union.includes("|") ? `(${union})` : union, ...parts].join(" & ");
}

/** The id of an entity, which the graph must know for a command to know it. @param {Graph} graph @param {string} id */
function name(graph, id) {
  const { bare, degree } = /** @type {Entity} */ (graph.entity.get(id));
  if (bare || (graph.seen && !degree)) throw new Unsayable();
  return id;
}

/** @param {Graph} graph @param {string[]} ids */
const touching = (graph, ids) => {
  const names = ids.map((id) => name(graph, id));
  return [call("subject", ...names), call("object", ...names)];
};

/**
 * The scene as selections whose union it is; null where only ids say what it is.
 * @param {Graph} graph
 * @param {Scene} asked
 * @returns {string[] | null}
 */
function scene(graph, asked) {
  /** @param {string[]} ids */
  const present = (ids) => [...new Set(ids)].filter((id) => graph.entity.has(id));
  const whole = graph.page.selection || "all()";
  if (asked.kind === "all" || (asked.kind === "core" && graph.core.length === graph.statements.length)) return [whole];
  if (graph.page.selection) return null; // what is near or between depends on the rest of the graph
  if (asked.kind === "near") {
    const steps = asked.steps === 1 ? [] : [asked.steps], of = present(asked.of);
    const around = asked.steps ? of.map((id) => call("near", name(graph, id), ...steps)) : touching(graph, of);
    return around.length ? around : null;
  }
  // A question that is not put yet shows the core.
  if (asked.kind === "core" || (["paths", "whatif"].includes(asked.kind) && !answer(graph, asked))) return ["core()"];
  if (asked.kind === "paths" && !Number.isInteger(asked.path)) {
    const answered = /** @type {Explanation} */ (answer(graph, asked));
    if (answered.refused || answered.stopped) return null;
    const ends = [name(graph, asked.from), name(graph, asked.to)];
    const [from, to] = ends;
    const paths = call("path", from, to, ...(asked.steps === STEPS.paths ? [] : [asked.steps]));
    const { restsOn, also, against } = /** @type {Conclusion} */ (answered.conclusion);
    const drawn = new Set([...answered.paths.flatMap((path) => path.statements), ...answered.beside].map((statement) => statement.id));
    const more = [...new Set([...restsOn, ...also, ...against])].filter((id) => !drawn.has(id));
    /** @param {string} start @param {string} end */
    const direct = (start, end) => `${call("subject", start)} & ${call("object", end)}`;
    const parts = [
      ...(answered.paths.length || answered.beside.length ? [paths] : []),
      ...(answered.beside.length ? [direct(from, to), direct(to, from)] : []),
      ...(more.length ? [call("statement", ...more)] : []),
    ];
    return parts.length ? parts : null;
  }
  if (asked.kind === "loops" && !graph.loop.has(asked.id)) {
    const { bounded, count, rows } = graph.loopsSaid;
    return !bounded && count === rows.length && count > 0 ? ["loop()"] : null;
  }
  if (asked.kind === "conflicts" && !graph.conflict.has(asked.id)) {
    const { kinds, count } = graph.conflictsSaid;
    if (count > graph.conflicts.length) return null;
    const sought = /** @type {{ key: string, sought: boolean }[]} */ (kinds).filter(({ sought }) => sought).map(({ key }) => key);
    return [call("conflict", ...(sought.length === kinds.length ? [] : sought))];
  }
  return null;
}

/** @param {string} value */
const word = (value) => value || "not stated";

/**
 * A group of statements as a selection.
 * @param {string} group a key of `words.groups`
 * @param {Statement[]} statements those in which it is chosen
 */
function groupOf(group, statements) {
  const naming = statements.filter(({ word }) => word.influence === "both");
  /** @param {Statement[]} some */
  const predicates = (some) => call("predicate", ...[...new Set(some.map(({ predicate }) => predicate))].sort(byCodePoint));
  const named = naming.filter((statement) => statement.group === group);
  if (named.length) return predicates(named);
  const sign = { raises: "+", "goes-with-more": "+", lowers: "-", "goes-with-less": "-" }[group] ?? "0";
  if (!["raises", "lowers", "unsigned"].includes(group)) return `sign(${sign}) & !influence()`;
  return [`sign(${sign}) & influence()`, ...(naming.length ? [not(predicates(naming))] : [])].join(" & ");
}

/** The filters, as selections whose intersection they are. @param {State} state @param {Statement[]} statements */
function filters(state, statements) {
  const { hidden } = state;
  const parts = [];
  /** @param {string} selector @param {string[]} keys */
  const without = (selector, keys) => keys.length && parts.push(not(call(selector, ...keys.map(word))));
  /** @param {Field} field @param {(statement: Statement) => string[]} value */
  const used = (field, value) => hidden[field].filter((key) => statements.some((statement) => value(statement).includes(key)));
  without("category", used("category", (statement) => [statement.subject.category, statement.object.category]));
  for (const group of used("group", (statement) => [statement.group])) parts.push(not(`(${groupOf(group, statements)})`));
  without("predicate", used("predicate", (statement) => [statement.predicate]));
  without("status", used("status", (statement) => [statement.status]));
  without("topic", used("topic", (statement) => [statement.topic]));
  // A statement of several types of study is there while one of them is not hidden.
  /** @type {[Field, (statement: Statement) => string[]][]} */
  const several = [["study", (statement) => statement.studies], ["species", (statement) => statement.species]];
  for (const [field, value] of several) {
    if (!used(field, value).length) continue;
    const left = new Set(statements.flatMap(value).filter((key) => !hidden[field].includes(key)));
    parts.push(left.size ? call(field, ...[...left].sort(byCodePoint).map(word)) : "!all()");
  }
  if (state.min > 0) parts.push(call("sources", state.min));
  return parts;
}

/** Whether the graph was too large for the page. @param {Graph} graph */
const isCut = ({ page }) => page.left_out.some((/** @type {number} */ count) => count > 0);

/** @param {Statement[]} statements */
const ids = (statements) => (statements.length ? call("statement", ...statements.map((statement) => statement.id)) : "!all()");

/**
 * The selection that denotes exactly what is visible; "" where it would have to list too many ids.
 * @param {State} state
 * @param {Graph} graph
 * @returns {string}
 */
export function selection(state, graph) {
  const model = visible(graph, state);
  try {
    const base = isCut(graph) ? null : scene(graph, state.scene);
    if (base) {
      const everything = model.inScene.size === graph.statements.length;
      const plus = everything ? [] : state.plus.filter((id) => graph.entity.has(id));
      const minus = state.minus.filter((id) => graph.entity.has(id));
      const shown = any(...base, ...(plus.length ? touching(graph, plus) : []));
      const kept = filters(state, [...model.inScene]);
      if (minus.length) kept.push(not(`(${any(...touching(graph, minus))})`));
      return narrowed(shown, ...kept);
    }
  } catch (error) {
    if (!(error instanceof Unsayable)) throw error;
  }
  return model.statements.length > MOST ? "" : ids(model.statements);
}

/** A text as one word of a shell. @param {string} text */
export const shell = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

/** The lens as options of a command. @param {Lens} lens */
const options = ({ trust, without }) =>
  [...(trust.length ? [`--trust ${trust.join()}`] : []), ...without.map((id) => `--without ${PLAIN.test(id) ? id : shell(id)}`)];

/**
 * The command that writes what a selection denotes, from the graph that the page was made of and through
 * the lens that it is seen through; "" where the name of that graph would command a terminal.
 * @param {string} text
 * @param {{ source?: string }} [page]
 * @param {Lens} [lens]
 */
export function command(text, page = {}, lens = CLEAR) {
  if (UNSEEN.test([text, page.source ?? "", ...lens.without].join(""))) return "";
  const from = page.source ? [`--graph ${shell(page.source)}`] : [];
  return ["trabecula extract", shell(text), ...from, ...options(lens), "-o part.ttl"].join(" ");
}
