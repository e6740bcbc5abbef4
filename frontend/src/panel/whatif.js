// What would follow: what is changed and held, what goes up and down, and by way of what.

import { h, plural } from "../dom.js";
import { markSwatch } from "../shapes.js";
import { counts, effectWords, extent } from "../whatif.js";
import { chooser, stepsField } from "./chooser.js";
import { action, entityButton, head, open, section, some } from "./parts.js";
import { ARROWS, capital, changing, question, SIGNS, wayWords } from "./words.js";

const WAYS = [
  ["up", "rises"],
  ["down", "falls"],
  ["fixed", "is held"],
];
const MARKS = { up: "changed-up", down: "changed-down", fixed: "fixed" };
const VERDICTS = ["up", "down", "ambiguous", "unknown"];
const LISTED = 6;

/** The scene of what-if. */
export function card(ctx) {
  const { act, graph, model } = ctx;
  const { scene } = model.state;
  const answer = model.answer;
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

const ways = (id, value, label, take) =>
  h("select", { class: "field", "data-id": id, "aria-label": label, onchange: (event) => take(event.target.value) },
    WAYS.map(([way, verb]) => h("option", { value: way, selected: way === value }, verb)),
  );

function form(ctx) {
  const {
    act,
    graph,
    kept,
    model: {
      state: { scene },
    },
  } = ctx;
  const ask = (next) => act.go({ scene: next });
  const given = WAYS.flatMap(([way]) => scene[way].map((id) => [way, graph.entity.get(id)])).filter(
    ([, entity]) => entity,
  );
  const adding = kept.get("adding") ?? "down";
  return h("form", { class: "ask", "aria-label": "What if", onsubmit: (event) => event.preventDefault() },
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
        take: (one) => {
          ctx.next("add");
          ask(changing(scene, one.id, kept.get("adding") ?? "down"));
        },
      }),
      ways("adding", adding, "What it does", (way) => kept.set("adding", way)),
    ),
    h("div", { class: "row" },
      stepsField(scene.steps, (count) => ask({ ...scene, steps: count })),
      h("label", { class: "labelled" },
        h("input", {
          type: "checkbox",
          "data-id": "supported",
          checked: scene.status.length === 1 && scene.status[0] === "supported",
          onchange: (event) => ask({ ...scene, status: event.target.checked ? ["supported"] : [] }),
        }),
        " only supported statements",
      ),
    ),
  );
}

function suggestions(ctx) {
  const { act, graph } = ctx;
  return [
    h("p", {},
      "Choose what rises or falls: the change is carried along the statements, step by step, and each thing that it " +
        "reaches is marked.",
    ),
    graph.questions
      .filter((one) => one.scene.kind === "whatif")
      .map((one) =>
        h("p", {},
          action(one.words, `question ${one.words}`, () =>
            act.go({
              scene: { up: [], down: [], fixed: [], steps: 3, status: [], ...one.scene },
              plus: [],
              minus: [],
              selected: null,
            }),
          ),
        ),
      ),
  ];
}

function told(ctx, answer) {
  const { graph, kept } = ctx;
  const numbers = counts(answer);
  const host = h("div", { class: "listing" });
  const filter = h("div", { class: "choices verdicts", role: "group", "aria-label": "Outcomes to list" },
    VERDICTS.map((verdict) => {
      const mark = graph.words.marks.get(verdict);
      return h("button", {
        type: "button",
        class: "button",
        value: verdict,
        "data-id": `verdict ${verdict}`,
        disabled: numbers[verdict] === 0,
        onclick: () => show(kept.get("verdict") === verdict ? null : verdict),
      },
        markSwatch(mark),
        h("b", {}, numbers[verdict].toLocaleString("en-GB")),
        " ",
        mark.label,
      );
    }),
  );
  function show(verdict) {
    if (verdict) kept.set("verdict", verdict);
    else kept.delete("verdict");
    for (const button of /** @type {any} */ (filter.children)) button.setAttribute("aria-pressed", String(button.value === verdict));
    host.replaceChildren(
      ...(verdict ? [verdict] : VERDICTS)
        .map((one) => outcomes(ctx, answer, one, verdict ? 40 : LISTED))
        .filter((part) => part !== null),
    );
  }
  show(numbers[kept.get("verdict")] ? kept.get("verdict") : null);
  return [
    filter,
    answer.names.length > 0 &&
      h("p", { class: "quiet" },
        "Under other names the same quantity moves as ",
        answer.names.map((entity) => entity.name).join(", "),
        ".",
      ),
    host,
    loops(ctx, answer),
    h("p", { class: "quiet extent" },
      `${plural(numbers.unreached, "entity", "entities")} not reached. `,
      extent(answer),
    ),
  ];
}

function outcomes(ctx, answer, verdict, limit) {
  const those = answer.outcomes.filter((outcome) => outcome.verdict === verdict);
  if (!those.length) return null;
  const mark = ctx.graph.words.marks.get(verdict);
  return section(
    mark.label,
    those.length,
    h("p", { class: "quiet" }, capital(mark.words), "."),
    some(ctx, `outcomes ${verdict} ${limit}`, those, (outcome) => outcomeLine(ctx, answer, outcome), { limit }),
  );
}

const outcomeLine = (ctx, answer, outcome) =>
  h("li", {},
    h("button", {
      type: "button",
      class: "line",
      "data-id": `outcome ${outcome.entity.id}`,
      "data-entity": outcome.entity.id,
      onclick: () => ctx.act.choose("entity", outcome.entity.id),
    },
      markSwatch(ctx.graph.words.marks.get(outcome.verdict)),
      h("span", { class: "words" },
        outcome.entity.name,
        outcome.paths.map((way) =>
          h("small", { class: "standing" },
            outcome.verdict === "ambiguous" && `${way.way > 0 ? "up" : "down"}: `,
            wayWords(answer, way, ctx.graph.words),
          ),
        ),
      ),
    ),
  );

function loops(ctx, answer) {
  if (!answer.loops.length) return null;
  return section(
    "Feedback loops among these",
    answer.loops.length,
    some(
      ctx,
      "loops",
      answer.loops,
      (found) => {
        const way = [
          found.entities.map((entity, place) => [entity.name, h("em", {}, ` ${ARROWS.get(found.steps[place].sign)} `)]),
          found.entities[0].name,
        ];
        const words = h("span", { class: "words" },
          way,
          h("small", { class: "standing" },
            found.kind === "unknown" ? "of unknown sign" : found.kind,
            " · ",
            effectWords(found),
          ),
        );
        const sign = h("b", { class: "loop-sign", "aria-hidden": "true" }, SIGNS.get(found.sign));
        return h("li", {},
          found.loop
            ? h("button", {
                type: "button",
                class: "line",
                "data-id": `loop ${found.loop.id}`,
                "data-loop": found.loop.id,
                onclick: () => open(ctx, "loops", found.loop.id),
              },
                sign,
                words,
              )
            : h("p", { class: "line still" }, sign, words),
        );
      },
      { limit: 4 },
    ),
  );
}
