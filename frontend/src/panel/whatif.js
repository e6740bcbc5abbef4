// What would follow: what is changed and held, what goes up and down, and by way of what.

import { h, plural } from "../dom.js";
import { counts, MOST, VERDICTS } from "../reason/whatif.js";
import { byStanding, extent, marks } from "../reason/words.js";
import { drawnOf } from "../scene.js";
import { markSwatch } from "../shapes.js";
import { chooser, stepsField } from "./chooser.js";
import { action, entityButton, head, section, some } from "./parts.js";
import { capital, changing, outcomeWords, question, restsOn } from "./words.js";

/** @typedef {"up" | "down" | "fixed"} Way  in which an entity is changed, or held */
/** @type {[Way, string][]} */
const WAYS = [
  ["up", "rises"],
  ["down", "falls"],
  ["fixed", "is held"],
];
const MARKS = { up: "changed-up", down: "changed-down", fixed: "fixed" };
const LISTED = 6;

/** The scene of what-if. @param {Ctx} ctx */
export function card(ctx) {
  const { act, graph, model } = ctx;
  const scene = /** @type {SceneOf<"whatif">} */ (model.state.scene);
  const answer = /** @type {WhatIf | null} */ (model.answer);
  return [
    head({
      title: question(graph, scene),
      close: () => act.go({ scene: { kind: "core" } }),
      closeWords: "Back to the core",
    }),
    form(ctx),
    !answer && suggestions(ctx),
    answer?.refused && h("p", { class: "refused" }, capital(answer.refused), "."),
    answer && !answer.refused && told(ctx, answer),
  ];
}

/** @param {string} id @param {Way} value @param {string} label @param {(way: Way) => void} take */
const ways = (id, value, label, take) =>
  h("select", { class: "field", "data-id": id, "aria-label": label,
    onchange: (/** @type {OfSelect} */ event) => take(/** @type {Way} */ (event.target.value)) },
    WAYS.map(([way, verb]) => h("option", { value: way, selected: way === value }, verb)),
  );

/** @param {Ctx} ctx */
function form(ctx) {
  const { act, graph, kept } = ctx, scene = /** @type {SceneOf<"whatif">} */ (ctx.model.state.scene);
  /** @param {Scene} next */
  const ask = (next) => act.go({ scene: next });
  const given = /** @type {[Way, Entity][]} */ (WAYS.flatMap(([way]) => scene[way].map((id) => [way, graph.entity.get(id)]))
    .filter(([, entity]) => entity));
  const adding = kept.get("adding") ?? "down";
  return h("form", { class: "ask", "aria-label": "What if", onsubmit: (/** @type {Event} */ event) => event.preventDefault() },
    given.length > 0 &&
      h("ul", { class: "given", role: "list" },
        given.map(([way, entity]) =>
          h("li", {},
            markSwatch(graph.words.marks.get(MARKS[way])),
            entityButton(ctx, entity, "given"),
            ways(`way ${entity.id}`, way, `What ${entity.name} does`, (next) => ask(changing(scene, entity.id, next))),
            h("button", {
              type: "button",
              class: "remove",
              "data-id": `remove ${entity.id}`,
              "aria-label": `Leave out ${entity.name}`,
              title: "Leave out",
              onclick: () => {
                ctx.next("add");
                ask(changing(scene, entity.id, null));
              },
            }, "×"),
          ),
        ),
      ),
    h("div", { class: "adding" },
      chooser({
        graph,
        label: "Add an entity",
        id: "add",
        placeholder: given.length ? "and what else?" : "what changes?",
        take: (entity) => {
          ctx.next("add");
          ask(changing(scene, entity.id, kept.get("adding") ?? "down"));
        },
      }),
      ways("adding", adding, "What it does", (way) => kept.set("adding", way)),
    ),
    h("div", { class: "row" },
      stepsField(scene.steps, (count) => ask({ ...scene, steps: count }), "steps", MOST),
      h("label", { class: "labelled" },
        h("input", {
          type: "checkbox",
          "data-id": "supported",
          checked: scene.status.length === 1 && scene.status[0] === "supported",
          onchange: (/** @type {OfInput} */ event) => ask({ ...scene, status: event.target.checked ? ["supported"] : [] }),
        }),
        " only supported statements",
      ),
    ),
  );
}

/** @param {Ctx} ctx */
function suggestions(ctx) {
  const { act, graph } = ctx;
  return [
    h("p", {},
      "Choose what rises or falls: what follows is listed by how well it is known, and marked in the drawing.",
    ),
    graph.questions
      .filter((question) => question.scene.kind === "whatif")
      .map((question) =>
        h("p", {},
          action(question.words, `question ${question.words}`, () =>
            act.go({
              scene: /** @type {Scene} */ ({ up: [], down: [], fixed: [], steps: 2, status: [], ...question.scene }),
              plus: [],
              minus: [],
              selected: null,
            }),
          ),
        ),
      ),
  ];
}

/** @param {Ctx} ctx @param {WhatIf} answer */
function told(ctx, answer) {
  const { graph, kept } = ctx;
  const numbers = counts(answer), marked = marks(answer, graph);
  const host = h("div", { class: "listing" });
  const filter = h("div", { class: "choices verdicts", role: "group", "aria-label": "Outcomes to list" },
    VERDICTS.map((verdict) =>
      h("button", {
        type: "button",
        class: "button",
        value: verdict,
        "data-id": `verdict ${verdict}`,
        disabled: numbers[verdict] === 0,
        onclick: () => show(kept.get("verdict") === verdict ? null : verdict),
      },
        markSwatch(graph.words.marks.get(verdict)),
        h("b", {}, numbers[verdict].toLocaleString("en-GB")),
        " ",
        verdict,
      ),
    ),
  );
  /** @param {string | null} verdict */
  function show(verdict) {
    if (verdict) kept.set("verdict", verdict);
    else kept.delete("verdict");
    for (const button of filter.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.value === verdict));
    const those = answer.outcomes.filter((outcome) => !verdict || outcome.verdict === verdict);
    const drawn = new Set(drawnOf(graph, answer));
    host.replaceChildren(...byStanding(graph, those).map((group) => {
      const words = group.outcomes.some((outcome) => drawn.has(outcome)) ? group.words : `${group.words}; not drawn`;
      return outcomes(ctx, answer, marked, { ...group, words }, verdict ?? "") ?? "";
    }));
  }
  show(numbers[kept.get("verdict")] ? kept.get("verdict") : null);
  return [
    filter,
    answer.names.length > 0 &&
      h("p", { class: "quiet" },
        "One quantity with what is changed: ",
        answer.names.map(([entity, way]) => `${entity.name} ${way > 0 ? "↑" : "↓"}`).join(", "),
        ".",
      ),
    answer.outcomes.length === 0 && h("p", {}, "Nothing here follows from that."),
    host,
    h("p", { class: "quiet extent" },
      `${plural(numbers.unreached, "quantity", "quantities")} of which nothing follows. `,
      extent(answer),
    ),
  ];
}

/**
 * The outcomes that are known equally well.
 * @param {Ctx} ctx
 * @param {WhatIf} answer
 * @param {ReturnType<typeof marks>} marked
 * @param {ReturnType<typeof byStanding>[number]} group
 * @param {string} verdict
 */
const outcomes = (ctx, answer, marked, { title, words, outcomes: those }, verdict) =>
  section(
    title,
    those.length,
    h("p", { class: "quiet" }, capital(words), "."),
    some(ctx, `${title} ${verdict}`, those, (outcome) => outcomeLine(ctx, answer, marked, outcome), { limit: LISTED }),
  );

/** @param {Ctx} ctx @param {WhatIf} answer @param {ReturnType<typeof marks>} marked @param {Outcome} outcome */
const outcomeLine = (ctx, answer, marked, outcome) => {
  const mark = ctx.graph.words.marks.get(marked.get(outcome.entity)?.key ?? "");
  return h("li", {},
    h("button", {
      type: "button",
      class: "line",
      "data-id": `outcome ${outcome.entity.id}`,
      "data-entity": outcome.entity.id,
      onclick: () => ctx.act.choose("entity", outcome.entity.id),
    },
      markSwatch(mark),
      h("span", { class: "words" },
        outcome.entity.name,
        h("small", { class: "standing" }, h("span", { class: "unseen" }, `${mark.label}, `), outcomeWords(ctx.graph, answer, outcome)),
        h("small", { class: "standing" }, restsOn(ctx.graph, outcome)),
      ),
    ),
  );
};
