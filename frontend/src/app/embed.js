// The page in a small frame of another, by `embed=1` in its address: the drawing, and under it what is shown, how to cite
// it and a link to the whole.

import { h, plural } from "../dom.js";
import { sentence } from "../records.js";
import { briefly, howKnown } from "../panel/words.js";
import { isClear } from "../reason/lens.js";
import { lensWords } from "../reason/words.js";
import { encode } from "../state.js";
import { isLasting } from "./past.js";
import { words } from "./scene-bar.js";

/**
 * What a caption says: of the scene, of what is selected in it, and how it is cited.
 * @param {Model} model
 */
export function caption(model) {
  const { graph, state, statements, entities, notes } = model, { selected, lens, story } = state;
  const entity = selected?.kind === "entity" ? graph.entity.get(selected.id) : undefined;
  const statement = selected?.kind === "statement" ? graph.statement.get(selected.id) : undefined;
  const licence = graph.page.licence?.name;
  return {
    title: (story !== null && graph.story?.scenes[story - 1]?.name) || words(model),
    shown: [
      `${plural(statements.length, "statement")}, ${plural(entities.length, "entity", "entities")}`,
      ...notes, ...(isClear(lens) ? [] : [lensWords(graph, lens, briefly)]),
    ].join(" · "),
    selected: statement ? `${sentence(statement)}: ${howKnown(statement, graph.words)}`
      : entity ? [entity.name, entity.description].filter(Boolean).join(": ") : "",
    cite: [graph.page.citation?.text, licence && `${licence}.`, "Not medical advice."].filter(Boolean).join(" "),
  };
}

/** The address of the same view on the whole page. @param {State} state */
export const whole = (state) => `#${encode({ ...state, embed: false }) || "scene=core"}`;

/** What puts this view into another page. @param {string} address @param {string} title @param {State} state */
export function markup(address, title, state) {
  /** @param {string} text */
  const escaped = (text) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
  const own = new URL(address);
  own.hash = encode({ ...state, embed: true, query: null });
  return `<iframe src="${escaped(own.href)}" title="${escaped(title)}" width="600" height="400" style="border:1px solid #ccc"></iframe>`;
}

/** Make the caption; `show(model)` says what is shown. @param {HTMLElement} host */
export function create(host) {
  return {
    /** @param {Model} model */
    show(model) {
      const { state } = model;
      document.documentElement.toggleAttribute("data-embed", state.embed);
      host.hidden = !state.embed;
      if (!state.embed) return host.replaceChildren();
      const parts = caption(model);
      const link = isLasting(document.URL) &&
        h("a", { id: "whole", href: whole(state), target: "_blank", rel: "noopener" }, "Open with the evidence");
      return host.replaceChildren(
        h("p", { class: "what" }, parts.title, " ", h("span", { class: "quiet" }, parts.shown)),
        ...(parts.selected ? [h("p", { class: "chosen" }, parts.selected)] : []),
        h("p", { class: "cite" }, h("cite", {}, parts.cite), link));
    },
  };
}
