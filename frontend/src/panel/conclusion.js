// A conclusion on a card: why it is no more than it is, where it holds, what it rests on and what speaks against it.

import { h } from "../dom.js";
import { acts, place, reason } from "../reason/words.js";
import { line, section, some } from "./parts.js";
import { capital } from "./words.js";

/** @typedef {{ start: Entity, end: Entity, conclusion: Conclusion }} Asked  a conclusion, and of which two */
/** How many statements are shown under a heading before the rest is folded. */
const SHOWN = 6;

/** A conclusion under the sentence that says it. @param {Ctx} ctx @param {Asked} asked @param {string} title */
export const concluded = (ctx, { start, end, conclusion }, title) => [
  h("p", { class: `verdict concluded ${conclusion.relation}` }, h("b", { class: "answer" }, capital(title), "."),
    h("span", {}, capital(reason(ctx.graph, conclusion)), ".")),
  grounds(ctx, { start, end, conclusion }),
];

/**
 * Where a conclusion holds, what it rests on, what says the same and what speaks against it.
 * @param {Ctx} ctx
 * @param {Asked} asked
 */
export function grounds(ctx, { start, end, conclusion }) {
  const { graph } = ctx;
  /** @param {string} title @param {string[]} ids */
  const listed = (title, ids) =>
    ids.length > 0 &&
    section(title, ids.length, some(ctx, title, ids.map((id) => /** @type {Statement} */ (graph.statement.get(id))),
      (statement) => line(ctx, statement, { where: title }), { limit: SHOWN }));
  return [
    conclusion.contexts.length > 0 &&
      h("ul", { class: "cases" },
        conclusion.contexts.map((context) =>
          h("li", {}, h("b", {}, acts(graph, end, context.relation === "lowers" ? -1 : 1)), " ",
            place(graph, start, context, conclusion.asked)))),
    listed("Rests on", conclusion.restsOn),
    listed("Says the same", conclusion.also),
    listed("Against", conclusion.against),
  ];
}
