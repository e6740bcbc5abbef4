// The bar over the drawing: what is shown in words, and what was changed by hand.

import { h, plural } from "../dom.js";
import { briefly } from "../panel/words.js";
import { CLEAR, isClear } from "../reason/lens.js";
import { lensWords } from "../reason/words.js";
import { narrowed, start } from "../state.js";

/** Names that are listed, and chips that are shown, where there are more. */
const NAMED = 5, CHIPS = 8;
const LONG = 60; // letters of a name that is not one of the graph's

const NO_FILTERS = { hidden: start().hidden, min: 0, minus: [] };

/** @param {Graph} graph @param {string} id */
function nameOf(graph, id) {
  const name = graph.entity.get(id)?.name;
  return name ?? (id.length > LONG ? `${id.slice(0, LONG)}…` : id);
}

/** The first of many names. @param {string[]} names */
function listed(names) {
  const more = names.length - NAMED;
  return more > 1 ? `${names.slice(0, NAMED).join(", ")} and ${more.toLocaleString("en-GB")} more` : names.join(", ");
}

/** The scene in words. @param {Model} model */
export function words(model) {
  const { graph, state: { scene, story } } = model;
  /** @param {string} id */
  const name = (id) => nameOf(graph, id);
  /** @param {string[]} ids */
  const names = (ids) => listed(ids.map(name));
  switch (scene.kind) {
    case "all": return "Everything";
    case "near": return scene.steps ? `Around ${names(scene.of)}, ${plural(scene.steps, "step")}` : `Statements about ${names(scene.of)}`;
    // A question about what the graph has not got is not put, and shows the core.
    case "paths": return [scene.from, scene.to].every((id) => graph.entity.has(id))
      ? `Paths from ${name(scene.from)} to ${name(scene.to)}`
      : "Paths";
    case "whatif": {
      const changes = /** @type {["up" | "down" | "fixed", string][]} */ ([["up", "rises"], ["down", "falls"], ["fixed", "is held"]])
        .map(([way, verb]) => scene[way].filter((id) => graph.entity.has(id)).map((id) => `${name(id)} ${verb}`))
        .filter((told) => told.length).map(listed);
      return changes.length ? `What if ${changes.join(", ")}` : "What if";
    }
    case "loops": return scene.id ? "A feedback loop" : "Feedback loops";
    case "conflicts": return scene.id ? `Conflict: ${graph.conflict.get(scene.id)?.words ?? "unknown"}` : "Conflicts";
    case "chosen": return (story !== null && graph.story?.scenes[story - 1]?.name) || "What a query found";
    default: return graph.core.length === graph.statements.length ? "Everything" : "The core mechanism";
  }
}

/** Make the bar; `show(model)` says what is shown. @param {HTMLElement} host @param {Act} act @param {Graph} graph */
export function create(host, act, graph) {
  /** @param {string} label @param {() => void} undo @param {string} name */
  const chip = (label, undo, name) => h("span", { class: "chip" }, label,
    h("button", { type: "button", class: "close-chip", "aria-label": name, title: name, onclick: undo }, "×"));
  return {
    /** @param {Model} model */
    show(model) {
      const { state } = model, { scene } = state;
      /** @param {string} id */
      const name = (id) => nameOf(graph, id);
      const all = state.scene.kind === "all" || (state.scene.kind === "core" && graph.core.length === graph.statements.length);
      const shown = `${plural(model.statements.length, "statement")}, ${plural(model.entities.length, "entity", "entities")}`;
      host.replaceChildren(
        h("p", { class: "what" }, words(model)),
        h("p", { class: "shown", id: "shown" }, [shown, ...model.notes].join(" · ")),
        ...(isClear(state.lens) ? [] : [h("p", { class: "lens", id: "lens" },
          h("b", {}, `${lensWords(graph, state.lens, briefly)}. `),
          h("button", { type: "button", class: "button", id: "unlens", onclick: () => act.go({ lens: CLEAR }) }, "Count everything"))]),
        h("span", { class: "grow" }),
        ...state.plus.slice(-CHIPS).map((id) => chip(`+ ${name(id)}`, () => act.collapse(id), `Collapse ${name(id)}`)),
        ...state.minus.slice(-CHIPS).map((id) =>
          chip(`hidden: ${name(id)}`, () => act.go({ minus: state.minus.filter((other) => other !== id) }), `Show ${name(id)} again`)),
        ...(narrowed(state) ? [h("button", {
          type: "button", class: "button", id: "unfilter", onclick: () => act.go(structuredClone(NO_FILTERS)),
        }, "Clear filters")] : []),
        ...(scene.kind === "near" ? [h("span", { class: "ways" }, [0, 1, 2, 3].map((steps) => h("button", {
          type: "button", class: "button", "aria-pressed": String(scene.steps === steps),
          onclick: () => act.go({ scene: { ...scene, steps } }),
        }, steps ? plural(steps, "step") : "Its own")))] : []),
        h("span", { class: "ways" },
          state.scene.kind !== "core" && h("button", { type: "button", class: "button", id: "home", onclick: act.home }, "Core"),
          !all && h("button", { type: "button", class: "button", id: "everything", onclick: act.everything }, "Everything")));
    },
  };
}
