// An entity: what it is, what acts on it, on what it acts, and what can be asked about it.

import { anchor, h, plural } from "../dom.js";
import { beyond, leaves, outcomeOf } from "../scene.js";
import * as scenes from "../scenes.js";
import { categorySwatch, markSwatch } from "../shapes.js";
import { grounds } from "./conclusion.js";
import { loopList } from "./loops.js";
import { action, conflictLine, head, section, some, statements } from "./parts.js";
import { around } from "./words.js";

/** The card of an entity. @param {Ctx} ctx @param {Entity} entity */
export function card(ctx, entity) {
  const { act, graph } = ctx;
  const category = graph.words.categories.get(entity.category);
  const { acted, acts, states, other } = around(entity);
  return [
    head({ kind: [categorySwatch(category), category.label], title: entity.name, close: act.clear }),
    entity.synonyms.length > 0 && h("p", { class: "synonyms" }, "also: ", entity.synonyms.join(" · ")),
    entity.description && h("p", {}, entity.description),
    identifiers(entity),
    actions(ctx, entity),
    outcome(ctx, entity),
    statements(ctx, "What acts on it", acted, { from: entity }),
    statements(ctx, "What it acts on", acts, { from: entity }),
    statements(ctx, "Its level, lack and excess", states, { from: entity }),
    statements(ctx, "Structure and association", other, { from: entity }),
    loopList(
      ctx,
      "Feedback loops through it",
      graph.loops.filter((loop) => loop.entities.includes(entity)),
      { limit: 4 },
    ),
    conflicts(ctx, entity),
    entity.degree === 0 && h("p", { class: "quiet" },
      graph.seen ? "Nothing that counts now speaks of it." : "No statement in this graph is about it."),
  ];
}

/** @param {Entity} entity */
function identifiers(entity) {
  const pages = new Map(entity.links);
  const named = new Set(entity.xrefs.map((xref) => xref.curie));
  const rows = entity.xrefs.map(({ curie, match, label }) =>
    h("li", {},
      anchor(curie, pages.get(curie) ?? ""),
      label && ` ${label}`,
      match && match !== "exact" && h("small", {}, ` ${match} match`),
    ),
  );
  const own = entity.links
    .filter(([curie]) => curie === entity.id && !named.has(curie))
    .map(([text, address]) => h("li", {}, anchor(text, address)));
  const taxon = entity.taxon && h("li", {}, "taxon ", anchor(entity.taxon, pages.get(entity.taxon) ?? ""));
  const all = [...own, ...rows, taxon].filter(Boolean);
  return all.length > 0 && h("ul", { class: "identifiers", role: "list", "aria-label": "Identifiers" }, all);
}

/** What is shown around an entity, by the number of steps. */
const AROUND = ["its own statements", "its neighbours"];

/** @param {Ctx} ctx @param {Entity} entity */
function actions(ctx, entity) {
  const { act, model } = ctx;
  const { id } = entity;
  const { state } = model;
  const more = beyond(model, entity);
  const pinned = state.pin.includes(id);
  /** @param {Scene} scene */
  const ask = (scene) => act.go({ scene, plus: [], minus: [], selected: null });
  const alone = state.scene.kind === "near" && state.scene.of.length === 1 && state.scene.of[0] === id;
  /** @param {number} steps */
  const focus = (steps) =>
    action(AROUND[steps] ?? `${plural(steps, "step")} around`, `focus ${steps}`, () => act.focus(id, steps), {
      "aria-pressed": String(alone && "steps" in state.scene && state.scene.steps === steps),
    });
  /** @param {string} words @param {string} name @param {...any} buttons */
  const group = (words, name, ...buttons) => [
    h("span", { class: "quiet", "aria-hidden": "true" }, words),
    h("div", { role: "group", "aria-label": name }, buttons),
  ];
  return h("div", { class: "actions entity" },
    group("Show", "Neighbours alone", focus(0), focus(1), focus(2)),
    group(
      "Drawing",
      "In the drawing",
      action(["Expand", more > 0 && h("span", { class: "count" }, ` +${more}`)], "expand", () => act.expand(id), {
        disabled: more === 0,
        title: `Bring in ${plural(more, "statement")} about it`,
      }),
      action("Collapse", "collapse", () => act.collapse(id), {
        disabled: !state.plus.includes(id) && leaves(model, entity).length === 0,
        title: "Put out of sight what hangs on it alone",
      }),
      action("Hide", "hide", () => act.hide(id)),
      action("Pin", "pin", () => act.pin(id), {
        "aria-pressed": String(pinned),
        title: "Keep it in sight whatever is shown",
      }),
    ),
    group(
      "Ask",
      "Ask",
      action("Paths from here", "from", () => ask(scenes.paths(id, ""))),
      action("Paths to here", "to", () => ask(scenes.paths("", id))),
      action("What if it rises?", "rises", () => ask(scenes.whatif({ up: [id] }))),
      action("What if it falls?", "falls", () => ask(scenes.whatif({ down: [id] }))),
    ),
  );
}

/** @param {Ctx} ctx @param {Entity} entity */
function conflicts(ctx, entity) {
  const those = ctx.graph.conflicts.filter(
    (conflict) =>
      conflict.start === entity ||
      conflict.end === entity ||
      conflict.sides.some((side) => side.statements.some((s) => s.subject === entity || s.object === entity)),
  );
  return (
    those.length > 0 &&
    section(
      "Conflicts about it",
      those.length,
      some(ctx, "conflicts", those, (conflict) => conflictLine(ctx, conflict), { limit: 4 }),
    )
  );
}

// --- What if -------------------------------------------------------------------------------------

/**
 * What becomes of an entity in the scene of what-if, and on what that rests.
 * @param {Ctx} ctx
 * @param {Entity} entity
 */
function outcome(ctx, entity) {
  const { graph, model } = ctx;
  const answer = /** @type {WhatIf | null} */ (model.answer);
  if (model.state.scene.kind !== "whatif" || !answer || answer.refused) return null;
  const answered = outcomeOf(answer, entity), told = model.marks?.get(entity);
  const mark = graph.words.marks.get(told?.key ?? "");
  const words = told?.words ?? `No conclusion of up to ${plural(answer.steps, "step")} leads to it.`;
  return h("section", { class: "what" },
    h("h3", {}, "What if"),
    h("p", { class: "verdict" }, markSwatch(mark), " ", h("b", {}, mark.label), ". ", words),
    answered && [
      answered.entity !== entity && h("p", { class: "quiet" }, `One quantity with ${answered.entity.name}.`),
      grounds(ctx, { start: answered.causes[0] ?? answer.changed[0][0], end: answered.entity, conclusion: answered.conclusion }),
    ],
  );
}
