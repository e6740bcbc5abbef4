// Feedback loops: all of them by kind, and one of them.

import { h, plural } from "../dom.js";
import { core } from "../scenes.js";
import { action, chip, head, line, loopSign, open, round, section, some } from "./parts.js";
import { howKnown } from "./words.js";

const LISTED = 12;

/** @param {Ctx} ctx @param {Loop} loop */
const weakestOf = (ctx, loop) => {
  const statement = ctx.graph.statement.get(loop.weakest);
  return statement ? howKnown(statement, ctx.graph.words) : loop.known;
};

/** @param {Ctx} ctx @param {Loop} loop */
const loopLine = (ctx, loop) =>
  h("li", {},
    h("button", {
      type: "button",
      class: "line",
      "data-id": `loop ${loop.id}`,
      "data-loop": loop.id,
      onclick: () => open(ctx, "loops", loop.id),
    },
      loopSign(loop),
      h("span", { class: "words" },
        round(loop),
        h("small", { class: "standing" }, loop.kind, " · weakest step: ", weakestOf(ctx, loop)),
      ),
    ),
  );

/**
 * A list of loops under a heading; nothing where there are none.
 * @param {Ctx} ctx
 * @param {string} title
 * @param {Loop[]} loops
 * @param {{ limit?: number }} [how]
 */
export const loopList = (ctx, title, loops, { limit = LISTED } = {}) =>
  loops.length > 0 &&
  section(
    title,
    loops.length,
    some(ctx, title, loops, (loop) => loopLine(ctx, loop), { limit, kind: "lines loops" }),
  );

/** Which loops were looked for. @param {Graph} graph */
export function extentWords(graph) {
  const { complete, bounded, count, arrows } = graph.loopsSaid;
  const sentences = [
    count > 0 && arrows,
    count > graph.loops.length && `Listed are the ${graph.loops.length} best known of ${plural(count, "loop")}.`,
    complete < 2
      ? "There are too many statements to look for feedback loops."
      : `Loops of up to ${plural(complete, "step")} were looked for.`,
    complete > 1 && bounded && "The search stopped at its bound, so there may be longer ones.",
  ];
  return sentences.filter(Boolean).join(" ");
}

/** @param {Ctx} ctx */
function listCard(ctx) {
  const { graph, kept } = ctx;
  const kinds = [...new Set(graph.loops.map((loop) => loop.kind))];
  const host = h("div", {});
  /** @param {string | undefined} kind */
  const choose = (kind) => {
    if (kind) kept.set("kind", kind);
    else kept.delete("kind");
    for (const button of filter.querySelectorAll("button"))
      button.setAttribute("aria-pressed", String((button.value || undefined) === kept.get("kind")));
    const those = graph.loops.filter((loop) => !kept.has("kind") || loop.kind === kept.get("kind"));
    host.replaceChildren(
      ...some(ctx, kept.get("kind") ?? "all", those, (loop) => loopLine(ctx, loop), {
        limit: LISTED,
        kind: "lines loops",
      }),
    );
  };
  const filter = h("div", { class: "choices", role: "group", "aria-label": "Kind of loop" },
    ["", ...kinds].map((kind) =>
      h(
        "button",
        { type: "button", class: "button", value: kind, "data-id": `kind ${kind}`, onclick: () => choose(kind) },
        kind || (graph.loopsSaid.count > graph.loops.length ? "listed" : "all"),
        " ",
        h("span", { class: "count" },
          kind ? graph.loops.filter((loop) => loop.kind === kind).length : graph.loops.length,
        ),
      ),
    ),
  );
  choose(kept.get("kind"));
  return [
    h("p", {},
      "A loop is a way on which a change comes back to where it began. ",
      h("b", {}, "+"),
      " reinforcing: it comes back with its own sign. ",
      h("b", {}, "−"),
      " balancing: with the opposite one.",
    ),
    graph.loops.length > 0 && [filter, host],
    graph.loops.length === 0 && h("p", { class: "quiet" }, "No feedback loop was found in this graph."),
    h("p", { class: "quiet" }, extentWords(graph)),
    h("p", { class: "quiet" },
      "A loop is a structure, not a behaviour: strengths and delays decide what it does, and the graph says nothing " +
        "of them.",
    ),
  ];
}

/** The scene of loops. @param {Ctx} ctx */
export function card(ctx) {
  const { act, graph, model } = ctx;
  const loop = graph.loop.get(/** @type {SceneOf<"loops">} */ (model.state.scene).id);
  if (!loop) {
    return [
      head({
        title: ["Feedback loops ", h("span", { class: "count" }, graph.loopsSaid.count)],
        close: () => act.go({ scene: core() }),
        closeWords: "Back to the core",
      }),
      listCard(ctx),
    ];
  }
  return [
    head({
      kind: [loopSign(loop), "feedback loop, ", loop.kind],
      title: round(loop),
      close: () => open(ctx, "loops", ""),
      closeWords: "Back to all feedback loops",
    }),
    h("p", { class: "verdict" }, loop.words),
    h("p", { class: "quiet" },
      "What it does in a body also depends on strengths and delays, of which the graph says nothing.",
    ),
    section(
      "Its statements",
      loop.statements.length,
      h("ol", { class: "lines", role: "list" },
        loop.statements.map((statement) =>
          line(ctx, statement, {
            where: "loop",
            tail: statement.id === loop.weakest && loop.statements.length > 1 && "the weakest step",
          }),
        ),
      ),
    ),
    section(
      "Its entities",
      loop.entities.length,
      h("ul", { class: "chips", role: "list" },
        loop.entities.map((entity) => chip(ctx, entity)),
      ),
    ),
    h("p", {},
      action("All feedback loops", "all", () => open(ctx, "loops", "")),
    ),
    h("p", { class: "definition" }, h("code", {}, loop.iri)),
  ];
}
