// How one entity acts on another: what is asked, what follows for the two, and the paths, for reading.

import { h, plural } from "../dom.js";
import { extent, MAX_STEPS } from "../reason/paths.js";
import { headline } from "../reason/words.js";
import { sentence } from "../records.js";
import * as scenes from "../scenes.js";
import { chooser, stepsField } from "./chooser.js";
import { concluded } from "./conclusion.js";
import { action, chip, head, line, section, some } from "./parts.js";
import { breakWords, capital, chain, GROUP_OF, pathWords, SIGNS, wayWords } from "./words.js";

const LISTED = 12;

/** The scene of paths. @param {Ctx} ctx */
export function card(ctx) {
  const { act, graph, model } = ctx;
  const scene = /** @type {SceneOf<"paths">} */ (model.state.scene);
  const from = graph.entity.get(scene.from),
    to = graph.entity.get(scene.to);
  const answer = /** @type {Explanation | null} */ (model.answer);
  return [
    head({
      title:
        from && to
          ? [from.name, h("span", { class: "quiet" }, " → "), to.name]
          : "How does one thing act on another?",
      close: () => act.go({ scene: { kind: "core" } }),
      closeWords: "Back to the core",
    }),
    form(ctx, from, to),
    !answer && suggestions(ctx, from, to),
    answer?.refused && h("p", { class: "refused" }, capital(answer.refused), "."),
    answer && !answer.refused && told(ctx, answer),
  ];
}

/** @param {Ctx} ctx @param {Entity | undefined} from @param {Entity | undefined} to */
function form(ctx, from, to) {
  const { act, graph } = ctx, scene = /** @type {SceneOf<"paths">} */ (ctx.model.state.scene);
  /** @param {Partial<SceneOf<"paths">>} patch @param {string} [next] */
  const ask = (patch, next = "") => {
    ctx.next(next);
    act.go({ scene: { ...scene, path: null, ...patch } });
  };
  return h("form", { class: "ask", "aria-label": "Paths", onsubmit: (/** @type {Event} */ event) => event.preventDefault() },
    h("div", { class: "pair" },
      h("span", { class: "quiet", "aria-hidden": "true" }, "from"),
      chooser({
        graph,
        label: "From",
        id: "paths from",
        value: from,
        take: (entity) => ask({ from: entity.id }, to ? "" : "paths to"),
      }),
      h("span", { class: "quiet", "aria-hidden": "true" }, "to"),
      chooser({
        graph,
        label: "To",
        id: "paths to",
        value: to,
        take: (entity) => ask({ to: entity.id }, from ? "" : "paths from"),
      }),
      action("⇅", "swap", () => ask({ from: scene.to, to: scene.from }), {
        "aria-label": "Swap from and to",
        title: "Swap",
        disabled: !from && !to,
      }),
    ),
    stepsField(scene.steps, (count) => ask({ steps: Math.min(count, MAX_STEPS) })),
  );
}

/** @param {Ctx} ctx @param {Entity | undefined} from @param {Entity | undefined} to */
function suggestions(ctx, from, to) {
  const { act, graph } = ctx;
  const questions = graph.questions.filter((question) => question.scene.kind === "paths");
  return [
    h("p", {},
      from
        ? `Choose what ${from.name} may act on.`
        : to
          ? `Choose what may act on ${to.name}.`
          : "Choose two things: what follows for the two, on what it rests, and the paths between them.",
    ),
    !from &&
      !to &&
      questions.map((question) =>
        h("p", {},
          action(question.words, `question ${question.words}`, () =>
            act.go({ scene: asked(/** @type {SceneOf<"paths">} */ (question.scene)), plus: [], minus: [], selected: null }),
          ),
        ),
      ),
  ];
}

/** @param {SceneOf<"paths">} scene */
const asked = (scene) => ({ ...scenes.paths(scene.from, scene.to), ...scene });

/** @param {Ctx} ctx @param {Explanation} answer */
function told(ctx, answer) {
  const { act } = ctx, scene = /** @type {SceneOf<"paths">} */ (ctx.model.state.scene);
  const chosen = scene.path !== null && answer.paths[scene.path] ? scene.path : null;
  const conclusion = /** @type {Conclusion} */ (answer.conclusion);
  const resting = new Set([...conclusion.restsOn, ...conclusion.also, ...conclusion.against]);
  const beside = answer.beside.filter((statement) => !resting.has(statement.id));
  return [
    concluded(ctx, { start: answer.start, end: answer.end, conclusion }, headline(ctx.graph, answer.start, answer.end, conclusion)),
    chosen !== null && shownPath(ctx, answer, chosen),
    chosen === null &&
      answer.paths.length > 0 &&
      section(
        "Paths, for reading",
        answer.paths.length,
        h("p", { class: "quiet" }, `${capital(wayWords(answer))}, the best first. Nothing is concluded from how many there are.`),
        some(
          ctx,
          `paths ${scene.from} ${scene.to} ${scene.steps}`,
          answer.paths,
          (path, place) => pathItem(ctx, path, place),
          { limit: LISTED, kind: "paths", ordered: true },
        ),
      ),
    beside.length > 0 &&
      section(
        "Also said of the two directly",
        beside.length,
        h("ul", { class: "lines", role: "list" },
          beside.map((statement) => line(ctx, statement, { where: "beside" })),
        ),
      ),
    h("p", { class: "quiet extent" }, extent(answer)),
    !answer.paths.length &&
      answer.distance > answer.steps &&
      answer.distance <= MAX_STEPS &&
      h("p", {},
        action(`Look at paths of up to ${plural(answer.distance, "step")}`, "further", () =>
          act.go({ scene: { ...scene, steps: answer.distance } }),
        ),
      ),
    !answer.paths.length &&
      h("ul", { class: "chips", role: "list" },
        [answer.start, answer.end].map((entity) => chip(ctx, entity, entity.degree)),
      ),
  ];
}

/** @param {Ctx} ctx @param {number | null} place */
const only = (ctx, place) => ctx.act.go({ scene: { .../** @type {SceneOf<"paths">} */ (ctx.model.state.scene), path: place } });

// --- Paths ---------------------------------------------------------------------------------------

/** @param {Ctx} ctx @param {Path} path @param {number} place */
const pathHead = (ctx, path, place) => [
  h("span", { class: "place" }, `${place + 1}.`),
  " ",
  h("b", { class: `sign ${GROUP_OF.get(path.sign)}` }, SIGNS.get(path.sign)),
  " ",
  pathWords(path, ctx.graph.words),
];

// One step is said as the sentence that it is; of more, what each does to the next.
/** @param {Path} path */
const route = (path) =>
  h("span", { class: "route" },
    path.steps.length === 1
      ? sentence(path.weakest)
      : chain(path).map(({ name, arrow }) => [arrow && h("em", {}, ` ${arrow} `), name]),
  );

/** @param {Ctx} ctx @param {Path} path @param {number} place */
function pathItem(ctx, path, place) {
  const id = `path ${place}`;
  const unfolded = ctx.kept.get(id) ?? false;
  const details = h("details", { class: "path", open: unfolded },
    h("summary", { "data-id": `summary ${id}` },
      h("span", { class: "about" }, pathHead(ctx, path, place)),
      route(path),
    ),
  );
  let filled = false;
  const unfold = () => {
    if (filled || !details.open) return;
    filled = true;
    details.append(
      pathSteps(ctx, path, place),
      h("p", {},
        action("Show only this path", `only ${place}`, () => only(ctx, place)),
      ),
    );
  };
  details.addEventListener("toggle", () => {
    ctx.kept.set(id, details.open);
    unfold();
  });
  unfold();
  return h("li", {}, details);
}

/**
 * A path that is shown alone, and the way to the others.
 * @param {Ctx} ctx
 * @param {Explanation} answer
 * @param {number} place
 */
function shownPath(ctx, answer, place) {
  const path = answer.paths[place];
  const last = answer.paths.length - 1;
  return h("section", { class: "chosen-path" },
    h("h3", {}, `Path ${place + 1} of ${answer.paths.length.toLocaleString("en-GB")}`),
    h("p", { class: "about" }, pathHead(ctx, path, place)),
    pathSteps(ctx, path, place),
    h("div", { class: "choices", role: "group", "aria-label": "Path shown" },
      place > 0 && action(`‹ Path ${place}`, "before", () => only(ctx, place - 1)),
      place < last && action(`Path ${place + 2} ›`, "after", () => only(ctx, place + 1)),
      action("Show all paths", "all paths", () => only(ctx, null)),
    ),
  );
}

const SAYS = new Map([
  [1, "+"],
  [-1, "−"],
  [0, "· sign not said"],
]);

/** @param {Ctx} ctx @param {Path} path @param {number} place */
function pathSteps(ctx, path, place) {
  const broken = new Map(path.breaks.map((contextBreak) => [contextBreak.second, contextBreak]));
  return h("ol", { class: "lines steps", role: "list" },
    path.steps.map((step, number) => {
      const weak = path.steps.length > 1 && step.statement === path.weakest;
      const item = line(ctx, step.statement, {
        where: `path ${place}`,
        lead: SAYS.get(step.sign),
        tail: weak && "the weakest step",
      });
      const contextBreak = broken.get(number + 1);
      if (contextBreak) item.prepend(h("p", { class: "break" }, h("b", { "aria-hidden": "true" }, "~ "), breakWords(contextBreak)));
      return item;
    }),
  );
}
