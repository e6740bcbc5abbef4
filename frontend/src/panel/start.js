// Where to start, and what the scenes without a card of their own show.

import { h, plural } from "../dom.js";
import { LIST } from "../app/keys.js";
import { words as sceneWords } from "../app/scene-bar.js";
import * as scenes from "../scenes.js";
import { action, chip, head, open, section, statements } from "./parts.js";
import { opening, sourcedIn } from "./words.js";

const HUBS = 8;
const DEFAULTS = {
  paths: scenes.paths("", ""),
  whatif: scenes.whatif(),
  loops: scenes.loops(),
  conflicts: scenes.conflicts(),
  near: scenes.near([]),
};

/**
 * A scene as the data of the page writes it, with all its fields.
 * @param {Partial<Scene> & { kind: keyof typeof DEFAULTS }} scene
 */
export const whole = (scene) => /** @type {Scene} */ ({ ...DEFAULTS[scene.kind], ...scene });

/** What the page opens with. @param {Ctx} ctx */
export function card(ctx) {
  const { act, graph, model } = ctx;
  if (!graph.statements.length) {
    return [
      head({ title: graph.entities.length ? "No statements" : "This graph is empty" }),
      h("p", {},
        graph.entities.length
          ? "The graph holds entities but nothing is said about them."
          : "There is nothing to draw: the graph holds no entities and no statements. A selection that matches " +
            "nothing gives such a page.",
      ),
    ];
  }
  /** @param {string} status */
  const of = (status) => graph.statements.filter((statement) => statement.status === status);
  const hubs = graph.entities
    .filter((entity) => entity.degree > 0)
    .sort((a, b) => b.degree - a.degree || a.number - b.number)
    .slice(0, HUBS);
  const core = graph.core.length < graph.statements.length;
  return [
    head({ title: "Start here" }),
    h("p", {},
      core && [opening(graph, model), " "],
      "Click a box or a line, or search. Each line is a statement; ",
      sourcedIn(graph) ? "its panel shows the sources for and against it." : "none of them names a source.",
    ),
    core &&
      h("p", {},
        action(`Show everything (${plural(graph.statements.length, "statement")})`, "everything", () =>
          act.everything(),
        ),
      ),
    leftOut(graph.page),
    graph.questions.length > 0 &&
      h("section", {},
        h("h3", {},
          `${["", "One question", "Two questions"][graph.questions.length] ?? "Three questions"} to start from`,
        ),
        h("ul", { class: "questions", role: "list" },
          graph.questions.map((question) =>
            h("li", {},
              h("button", {
                type: "button",
                class: "question",
                "data-id": `question ${question.words}`,
                onclick: () => act.go({ scene: whole(question.scene), plus: [], minus: [], selected: null }),
              },
                h("b", {}, question.words),
                h("span", {}, question.shows),
              ),
            ),
          ),
        ),
      ),
    section(
      "Most connected",
      null,
      h("ul", { class: "chips", role: "list" },
        hubs.map((entity) => chip(ctx, entity, entity.degree)),
      ),
    ),
    tallies(ctx),
    statements(ctx, "Contested", of("contested"), { limit: 5 }),
    statements(ctx, "Refuted", of("refuted"), { limit: 5 }),
    h("section", { class: "of-keys" }, h("h3", {}, "Keys"), keys()),
  ];
}

/** The keys and what they do. */
export const keys = () =>
  h("dl", { class: "keys" },
    LIST.map(([key, words]) => [
      h("dt", {},
        key.split(" ").map((stroke) => [h("kbd", {}, stroke), " "]),
      ),
      h("dd", {}, words),
    ]),
  );

/** @param {Graph["page"]} page */
const leftOut = (page) =>
  page.left_out.some((/** @type {number} */ count) => count > 0) &&
  h("p", { class: "left-out" },
    h("b", {}, "Not everything is in this page. "),
    `Left out: ${plural(page.left_out[0], "entity", "entities")} and ${plural(page.left_out[1], "statement")}; `,
    "the best supported statements are here. To see a part in full, run ",
    h("code", {}, page.command),
  );

/** @param {Ctx} ctx */
function tallies(ctx) {
  const { graph } = ctx;
  /** @param {number} count @param {string} label @param {string} id @param {"loops" | "conflicts"} scene */
  const tallied = (count, label, id, scene) =>
    count > 0 &&
    h("li", {},
      h("button", { type: "button", class: "tallied", "data-id": id, onclick: () => open(ctx, scene, "") },
        h("b", {}, count.toLocaleString("en-GB")),
        label,
      ),
    );
  const direct = graph.conflicts.filter((conflict) => conflict.kind === "direct").length;
  const other = graph.conflicts.length - direct;
  const items = [
    tallied(graph.loopsSaid.count, graph.loopsSaid.count === 1 ? "feedback loop" : "feedback loops", "to loops", "loops"),
    tallied(direct, direct === 1 ? "direct conflict" : "direct conflicts", "to conflicts", "conflicts"),
    tallied(other, other === 1 ? "other conflict" : "other conflicts", "to other conflicts", "conflicts"),
  ].filter(Boolean);
  return (
    items.length > 0 && h("section", {}, h("h3", {}, "Found in it"), h("ul", { class: "tallies", role: "list" }, items))
  );
}

/** What is shown, and its statements: the card of scenes without one of their own. @param {Ctx} ctx */
export function listed(ctx) {
  const { act, graph, model } = ctx;
  const { scene } = model.state;
  const named = ("of" in scene ? scene.of : []).flatMap((id) => graph.entity.get(id) ?? []);
  return [
    head({
      title: sceneWords(model),
      close: () => act.go({ scene: { kind: "core" }, plus: [], minus: [] }),
      closeWords: "Back to the core",
    }),
    h("p", {},
      `${plural(model.statements.length, "statement")} between ${plural(model.entities.length, "entity", "entities")}.`,
      model.notes.length > 0 && ` ${model.notes.join(", ")}.`,
    ),
    named.length > 0 &&
      h("ul", { class: "chips", role: "list" },
        named.slice(0, 24).map((entity) => chip(ctx, entity, entity.degree)),
      ),
    leftOut(graph.page),
    model.statements.length === 0 && h("p", { class: "quiet" }, "No statement is left to show."),
    statements(ctx, "Statements, best supported first", model.statements, { limit: 40 }),
  ];
}
