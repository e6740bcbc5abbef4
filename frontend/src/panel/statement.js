// A statement with its sources: for and against side by side, what limits it, and what the article
// asserts apart from what papers found.

import { anchor, h, plural } from "../dom.js";
import { CLEAR, turning } from "../reason/lens.js";
import { basisOf } from "../reason/words.js";
import { sentence } from "../records.js";
import { near } from "../scenes.js";
import { headOf, lineSwatch } from "../shapes.js";
import { action, badge, conflictLine, entityButton, head, section, some } from "./parts.js";
import { loopList } from "./loops.js";
import { command } from "../take/command.js";
import { ARTICLE, briefly, facts, imprint, sides, standing } from "./words.js";

/** The card of a statement. @param {Ctx} ctx @param {Statement} statement */
export function card(ctx, statement) {
  const { act, graph, model } = ctx;
  const { words } = graph;
  const status = words.statuses.get(statement.status);
  const group = words.groups.get(statement.group);
  const { word } = statement;
  const { pro, contra, limits, article, gone } = sides(statement, words);
  const count = pro.length + contra.length + limits.length;
  const basis = basisOf(graph, statement);
  const opposed = pro.length > 0 && contra.length > 0;
  return [
    head({
      kind: [lineSwatch(group, status, headOf(statement, words)), group.label],
      title: [
        statement.negated && h("strong", {}, "not: "),
        entityButton(ctx, statement.subject, "head"),
        " ",
        h("em", { class: statement.group }, word.label),
        " ",
        entityButton(ctx, statement.object, "head"),
      ],
      close: act.clear,
    }),
    statement.qualified && h("p", { class: "qualifiers" }, "only with ", statement.qualified),
    h("p", { class: `verdict ${status.key}` }, badge(status), " ", status.words, ".", basis && [
      " Best of what supports it: ", h("b", {}, basis.label), `, ${basis.definition}.`]),
    balance(statement),
    opposed && h("p", { class: "widen" }, action("Show the two sides side by side", "widen", ctx.widen)),
    h("div", { class: opposed ? "sides opposed" : "sides" },
      side(ctx, "For", "for", pro, statement.leftOut.get("supports")),
      side(ctx, "Against", "against", contra, statement.leftOut.get("disputes")),
      side(ctx, "Limits where it holds", "limits", limits, statement.leftOut.get("qualifies")),
      side(ctx, "Retracted, not counted", "limits", gone),
    ),
    beyond(graph, statement),
    count === 0 && h("p", { class: "quiet" }, "No paper in this graph speaks to it."),
    article.length > 0 &&
      h("section", { class: "side article" },
        h("h3", {}, "What the article asserts"),
        h("p", { class: "quiet" }, "Its own words give no evidence and outweigh no paper."),
        rowsOf(ctx, "article", article),
        [...new Set(article.map((row) => row.source))].slice(0, MANY).map((source) => cited(ctx, source)),
      ),
    statement.hidden > 0 &&
      h("p", { class: "left" },
        `${plural(statement.hidden, "piece")} of its evidence ${statement.hidden === 1 ? "does" : "do"} not count now: `,
        action("Count everything", "count everything", () => act.go({ lens: CLEAR }))),
    conflictsOf(ctx, statement),
    loopList(
      ctx,
      "Feedback loops over it",
      graph.loops.filter((loop) => loop.statements.includes(statement)),
      { limit: 3 },
    ),
    !model.statements.includes(statement) && h("p", { class: "quiet" }, "It is not in the drawing now."),
    h("p", {},
      action("Show it in its surroundings", "surroundings", () =>
        act.go({
          scene: near([...new Set([statement.subject.id, statement.object.id])]),
          plus: [],
          minus: [],
        }),
      ),
    ),
    h("dl", { class: "definition" },
      word.definition && [h("dt", {}, word.label), h("dd", {}, word.definition)],
      statement.topic && [
        h("dt", {}, "topic"),
        h("dd", {}, words.topics.get(statement.topic)?.label ?? statement.topic),
      ],
      statement.reading && [h("dt", {}, "read"), h("dd", {}, readTwice(statement, words))],
      h("dt", {}, "statement"),
      h("dd", {}, h("code", {}, statement.id)),
    ),
  ];
}

/** Whether a second reader compared it with its sources, and when. @param {Statement} statement @param {Words} words */
function readTwice({ reading, reviews }, words) {
  const { label, definition } = words.readings?.get(reading) ?? { label: reading, definition: "" };
  const [latest] = reviews.filter(({ kind }) => kind === "against-source").map(({ date }) => date).sort().reverse();
  return `${label}${latest ? ` (${latest})` : ""}: ${definition}`;
}

/** How many independent sources stand on which side, as a bar and in words. @param {Statement} statement */
function balance(statement) {
  const { supporting, disputing } = statement;
  /** @param {string} kind @param {number} count */
  const part = (kind, count) => {
    const bar = h("span", { class: kind });
    bar.style.flexGrow = String(count);
    return count > 0 && bar;
  };
  return h("div", { class: "balance" },
    supporting + disputing > 0 &&
      h("div", { class: "bar", "aria-hidden": "true" }, part("for", supporting), part("against", disputing)),
    h("p", { class: "tally" },
      h("b", {}, supporting),
      supporting === 1 ? " independent source for it" : " independent sources for it",
      " · ",
      h("b", {}, disputing),
      " against",
    ),
  );
}

/** Pieces of evidence that are shown at once; beyond, there is a button for more. */
const MANY = 40;

/** @param {Ctx} ctx @param {string} title @param {string} kind @param {Evidence[]} rows @param {number} [left] */
const side = (ctx, title, kind, rows, left = 0) =>
  rows.length > 0 &&
  h("section", { class: `side ${kind}` },
    h("h3", {}, title, " ", h("span", { class: "count" }, (rows.length + left).toLocaleString("en-GB"))),
    rowsOf(ctx, kind, rows),
  );

/** @param {Ctx} ctx @param {string} kind @param {Evidence[]} rows */
const rowsOf = (ctx, kind, rows) =>
  rows.length <= MANY
    ? rows.map((row) => evidence(ctx, row))
    : some(ctx, `evidence ${kind}`, rows, (row) => h("li", {}, evidence(ctx, row)), { limit: MANY });

/**
 * What is said where a statement has more evidence than the page holds.
 * @param {Graph} graph
 * @param {Statement} statement
 */
function beyond({ page }, statement) {
  const left = [...statement.leftOut.values()].reduce((sum, count) => sum + count, 0);
  if (!left) return null;
  const { length } = statement.evidence;
  return h("p", { class: "left" },
    `This page holds ${length.toLocaleString("en-GB")} of ${plural(length + left, "piece")} of evidence, of each kind ` +
      "some; what it counts and how it stands is said of all. ",
    "All of it: ", h("code", {}, command(`statement(${statement.id})`, page)));
}

/** @param {Ctx} ctx @param {Statement} statement */
function conflictsOf(ctx, statement) {
  const those = ctx.graph.conflicts.filter((conflict) =>
    conflict.sides.some((side) => side.statements.includes(statement)),
  );
  return (
    those.length > 0 &&
    section(
      "Conflicts it is in",
      those.length,
      some(ctx, "conflicts", those, (conflict) => conflictLine(ctx, conflict), { limit: 3 }),
    )
  );
}

// --- Evidence ------------------------------------------------------------------------------------

/** A piece of evidence in full. @param {Ctx} ctx @param {Evidence} row */
export function evidence(ctx, row) {
  const titleOnly = row.strength === "title-only";
  const asserted = row.strength === "asserted";
  return h("article", { class: titleOnly ? "evidence title-only" : "evidence" },
    titleOnly && h("p", { class: "only" }, "only its title was read"),
    asserted && ARTICLE.has(row.stance) && h("p", { class: "stance" }, `The article ${ARTICLE.get(row.stance)}.`),
    row.summary && h("p", { class: "summary" }, row.summary),
    h("dl", { class: "facts" },
      facts(row, ctx.graph.words).map(([name, value]) => h("div", {}, h("dt", {}, name), " ", h("dd", {}, value))),
    ),
    !asserted && cited(ctx, row.source),
  );
}

/** A piece of evidence where there are many: what it found, and by whom. @param {Ctx} ctx @param {Evidence} row */
export function brief(ctx, row) {
  const where = facts(row, ctx.graph.words)
    .filter(([name]) => !["how strong", "where", "published in"].includes(name))
    .map(([name, value]) => (name === "method" || name === "species" ? value : `${name}: ${value}`));
  return h("article", { class: row.strength === "title-only" ? "evidence title-only" : "evidence" },
    row.strength === "title-only" && h("p", { class: "only" }, "only its title was read"),
    row.summary && h("p", { class: "summary" }, row.summary),
    h("p", { class: "source" }, [row.strength !== "title-only" && row.strength, ...where].filter(Boolean).join(" · ")),
    h("p", { class: "links" },
      h("span", { title: row.source.title }, briefly(row.source)),
      " ",
      row.source.links.map(([text, address]) => [anchor(text, address), " "]),
    ),
  );
}

/** @param {Ctx} ctx @param {Source} source */
function cited(ctx, source) {
  const { act, model: { state: { lens } } } = ctx;
  const about = [imprint(source), standing(source)].filter(Boolean);
  return [
    h("p", { class: "source" },
      h("cite", {}, source.title || source.id),
      about.map((words) => [" · ", words]),
    ),
    h("p", { class: "links" },
      source.links.map(([text, address]) => [anchor(text, address), " "]),
      h("button", {
        type: "button", class: "link", "data-id": `without ${source.paper}`,
        "aria-label": `without this source: ${briefly(source)}`, title: "What stands if this source said nothing",
        onclick: () => act.go({ lens: turning(lens, source) }),
      }, "without this source"),
    ),
  ];
}

/** The card of a statement of which nothing that counts now speaks. @param {Ctx} ctx @param {Statement} statement */
export const gone = (ctx, statement) => [
  head({ kind: "left out", title: sentence(statement), close: ctx.act.clear }),
  h("p", {}, "Nothing that counts now speaks of this statement."),
  h("p", {}, action("Count everything", "count everything", () => ctx.act.go({ lens: CLEAR }))),
];
