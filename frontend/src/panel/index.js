// The panel at the right: what is known of what is selected, or what the scene tells.

import { h } from "../dom.js";
import { counts, VERDICTS } from "../reason/whatif.js";
import { headline } from "../reason/words.js";
import * as conflicts from "./conflicts.js";
import * as entity from "./entity.js";
import * as loops from "./loops.js";
import * as paths from "./paths.js";
import * as peek from "./peek.js";
import * as start from "./start.js";
import * as statement from "./statement.js";
import * as whatif from "./whatif.js";
import * as width from "./width.js";

/** @type {Record<string, (ctx: Ctx) => any[]>} */
const SCENES = {
  core: start.card,
  paths: paths.card,
  whatif: whatif.card,
  loops: loops.card,
  conflicts: conflicts.card,
  near: start.listed,
  all: start.listed,
  chosen: start.listed,
};

/** Scenes with a form, which stays in use while what it asks changes. */
const FORMS = new Set(["paths", "whatif"]);

/** What a card is about; a path that is chosen among others stays on the card of its question. @param {Model} model */
function about({ graph, state: { selected, scene } }) {
  const record = selected && (selected.kind === "entity" ? graph.entity : graph.statement).get(selected.id);
  if (record) return { record, kind: selected.kind, key: JSON.stringify([selected.kind, selected.id]), form: "" };
  const left = selected?.kind === "statement" && graph.whole.statement.get(selected.id);
  if (left) return { record: left, kind: "gone", key: JSON.stringify(["statement", selected.id]), form: "" };
  const { path, ...asked } = /** @type {Partial<SceneOf<"paths">> & { kind: Scene["kind"] }} */ (scene);
  return {
    record: null,
    kind: scene.kind,
    key: JSON.stringify(scene.kind === "whatif" ? [scene.kind] : asked),
    form: FORMS.has(scene.kind) ? scene.kind : "",
  };
}

/**
 * Make the panel.
 * @param {HTMLElement} host
 * @param {Act} act
 * @param {Graph} graph
 * @returns {{ show: (model: Model) => string, focusHeading: () => void }} `show` gives what is to be
 *   announced of a new answer; `focusHeading` moves the focus to what the panel is about
 */
export function create(host, act, graph) {
  /** @typedef {{ kept: Map<string, any>, top: number, id: string }} Card */
  /** @type {Map<string, Card>} */
  const cards = new Map(); // what was unfolded on each card, where it was scrolled to and focused
  const body = h("div", { class: "card" });
  host.append(body);
  const { widen } = width.create(host);
  const below = peek.create(host);
  let shown = { key: "", form: "" }, next = "";
  /** @type {Model["answer"]} */
  let answer = null;

  /** @returns {any} */
  const heading = () => body.querySelector("#panel-heading");
  /** @param {string | undefined} id @returns {any} */
  const named = (id) => [...body.querySelectorAll("[data-id]")]
    .find((/** @type {any} */ element) => element.dataset.id === id && !element.disabled);

  function focusHeading() {
    heading()?.focus({ preventScroll: true });
    below.look();
  }

  /** @param {Model} model */
  function show(model) {
    const { record, kind, key, form } = about(model);
    const focused = /** @type {HTMLElement | null} */ (body.contains(document.activeElement) ? document.activeElement : null);
    const id = focused?.dataset.id;
    const again = key === shown.key || (form && form === shown.form);
    const before = cards.get(shown.key);
    if (before) Object.assign(before, { top: host.scrollTop, id: id ?? before.id });
    if (!cards.has(key)) cards.set(key, { kept: new Map(), top: 0, id: "" });
    const card = /** @type {Card} */ (cards.get(key));
    const ctx = {
      act,
      graph,
      model,
      kept: card.kept,
      widen,
      next: (/** @type {string} */ control) => {
        next = control;
      },
    };
    const content =
      kind === "entity" && record
        ? entity.card(ctx, /** @type {Entity} */ (record))
        : kind === "statement" && record
          ? statement.card(ctx, /** @type {Statement} */ (record))
          : kind === "gone"
            ? statement.gone(ctx, /** @type {Statement} */ (record))
            : (SCENES[kind] ?? start.card)(ctx);
    host.dataset.card = record ? kind.replace("gone", "statement") : model.state.scene.kind;
    body.replaceChildren(...content.flat(Infinity).filter((part) => part instanceof Node));
    host.scrollTop = card.top;
    if (focused) {
      const target = named(next) ?? (again ? named(id) : named(card.id)) ?? heading();
      target?.focus({ preventScroll: again || target === heading() });
    }
    next = "";
    shown = { key, form };
    below.show(record ? ("name" in record ? record.name : heading().textContent) : "");
    const told = model.answer !== answer && model.answer ? verdictWords(graph, model.answer) : "";
    answer = model.answer;
    return told;
  }

  return { show, focusHeading };
}

/** @param {Graph} graph @param {Explanation | WhatIf} answer @returns {string} */
function verdictWords(graph, answer) {
  if (answer.refused) return answer.refused;
  if ("paths" in answer) return headline(graph, answer.start, answer.end, /** @type {Conclusion} */ (answer.conclusion));
  const numbers = counts(answer);
  return VERDICTS.map((verdict) => `${numbers[verdict]} ${verdict}`).join(", ");
}
