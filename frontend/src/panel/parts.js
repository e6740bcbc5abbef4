// What the cards of the panel are made of. `ctx` is what a card is drawn from: `{ act, graph, model,
// kept }`, where `kept` remembers, while the page is open, what was unfolded on this card.

import { h } from "../dom.js";
import { conflicts, loops } from "../scenes.js";
import { categorySwatch, headOf, lineSwatch, markSwatch } from "../shapes.js";
import { byStanding, conflictWords, standingWords, tally } from "./words.js";

// --- Frames --------------------------------------------------------------------------------------

/**
 * The head of a card: what it is about; `close` leads back, to `closeWords` where Escape does not.
 * @param {{ kind?: any, title: any, close?: () => void, closeWords?: string }} card
 */
export function head({ kind, title, close, closeWords = "" }) {
  const name = closeWords || "Back (Escape)";
  return h("div", { class: "head" },
    close &&
      h(
        "button",
        { type: "button", class: "close", "data-id": "close", "aria-label": name, title: name, onclick: close },
        h("span", { "aria-hidden": "true" }, "×"),
      ),
    kind && h("p", { class: "kind" }, kind),
    h("h2", { id: "panel-heading", tabindex: "-1" }, title),
  );
}

/**
 * A part of a card under a heading; nothing where it has no content.
 * @param {string} title
 * @param {number | null} count
 * @param {...any} content
 */
export function section(title, count, ...content) {
  const parts = content.flat(Infinity).filter(Boolean);
  if (!parts.length) return null;
  return h("section", {},
    h("h3", {}, title, count !== null && [" ", h("span", { class: "count" }, count.toLocaleString("en-GB"))]),
    parts,
  );
}

/**
 * A button that does something; `id` is what it is found by when the card is drawn anew.
 * @param {any} label
 * @param {string} id
 * @param {() => void} onclick
 * @param {Record<string, any>} [more]
 */
export const action = (label, id, onclick, more = {}) =>
  h("button", { type: "button", class: "button", "data-id": id, onclick, ...more }, label);

/**
 * The first of many as a list, and a button that shows more of them.
 * @template I
 * @param {Ctx} ctx
 * @param {string} id
 * @param {I[]} items
 * @param {(item: I, place: number) => HTMLElement} make
 * @param {{ limit?: number, page?: number, ordered?: boolean, kind?: string }} [how]
 */
export function some(ctx, id, items, make, { limit = 10, page = 200, ordered = false, kind = "lines" } = {}) {
  const shown = items.length <= limit + 2 ? items.length : Math.max(limit, ctx.kept.get(id) ?? 0);
  const listing = h(ordered ? "ol" : "ul", { class: kind, role: "list" }, items.slice(0, shown).map(make));
  if (shown >= items.length) return [listing];
  const words = () => {
    const left = items.length - listing.children.length;
    return left > page
      ? `Show ${page} more of ${items.length.toLocaleString("en-GB")}`
      : `Show all ${items.length.toLocaleString("en-GB")}`;
  };
  const more = h("button", {
    type: "button",
    class: "more",
    "data-id": `more ${id}`,
    onclick() {
      const from = listing.children.length;
      listing.append(...items.slice(from, from + page).map((item, place) => make(item, from + place)));
      ctx.kept.set(id, listing.children.length);
      /** @type {HTMLElement | null} */ (listing.children[from]?.querySelector("button, a"))?.focus();
      if (listing.children.length >= items.length) more.remove();
      else more.textContent = words();
    },
  }, words());
  return [listing, more];
}

// --- Entities ------------------------------------------------------------------------------------

/** An entity by its name, to be opened. @param {Ctx} ctx @param {Entity} entity @param {string} [where] */
export const entityButton = (ctx, entity, where = "") =>
  h("button", {
    type: "button",
    class: "name",
    "data-id": `name ${where} ${entity.id}`,
    onclick: () => ctx.act.choose("entity", entity.id),
  }, entity.name);

/**
 * An entity among others; `about` stands after its name.
 * @param {Ctx} ctx
 * @param {Entity} entity
 * @param {string | number | null} [about]
 */
export const chip = (ctx, entity, about = null) =>
  h("li", {},
    h("button", {
      type: "button",
      class: "chip",
      "data-id": `chip ${entity.id}`,
      onclick: () => ctx.act.choose("entity", entity.id),
    },
      entitySwatch(ctx, entity),
      h("span", {}, entity.name),
      about !== null && h("span", { class: "count" }, about),
    ),
  );

/**
 * An entity as the drawing shows it: by its category, or by what happens to it.
 * @param {Ctx} ctx
 * @param {Entity} entity
 */
export function entitySwatch(ctx, entity) {
  const { words } = ctx.graph;
  const mark = ctx.model.marks?.get(entity);
  return mark ? markSwatch(words.marks.get(mark.key)) : categorySwatch(words.categories.get(entity.category));
}

// --- Statements ----------------------------------------------------------------------------------

/** A status as a word that shows how it is meant. @param {Status} status */
export const badge = (status) =>
  h("span", { class: `badge ${status.key}`, title: status.words },
    status.mark && h("b", { "aria-hidden": "true" }, `${status.mark} `),
    h("span", {}, status.label),
  );

/**
 * A statement as a line of a list. Seen `from` an entity, it begins with the predicate; `lead` and
 * `tail` are words before and after how it is known.
 * @param {Ctx} ctx
 * @param {Statement} statement
 * @param {{ from?: Entity | null, lead?: any, tail?: any, where?: string }} [how]
 */
export function line(ctx, statement, { from = null, lead = null, tail = null, where = "" } = {}) {
  const { words } = ctx.graph;
  const status = words.statuses.get(statement.status);
  const group = words.groups.get(statement.group);
  const reverse = from !== null && statement.object === from && statement.subject !== from;
  const { word } = statement;
  const text =
    from === null
      ? [statement.subject.name, " ", h("em", {}, word.label), " ", statement.object.name]
      : reverse && word.inverse === `${word.label} (reversed)`
        ? [statement.subject.name, " ", h("em", {}, word.label), " it"]
        : [
            h("em", {}, reverse ? word.inverse : word.label),
            " ",
            reverse ? statement.subject.name : statement.object.name,
          ];
  const counts = tally(statement);
  return h("li", {},
    h("button", {
      type: "button",
      class: "line",
      "data-id": `line ${where} ${statement.id}`,
      "data-statement": statement.id,
      onclick: () => ctx.act.choose("statement", statement.id),
    },
      lineSwatch(group, status, headOf(statement, words)),
      h("span", { class: "words" },
        statement.negated && h("strong", {}, "not: "),
        text,
        statement.qualified && h("small", {}, ` (${statement.qualified})`),
        h("small", { class: "standing" },
          lead && `${lead} · `,
          statement.status === "supported" ? standingWords(statement, words) : badge(status),
          counts && ` · ${counts}`,
          tail && [" · ", h("b", {}, tail)],
        ),
      ),
    ),
  );
}

/**
 * A list of statements under a heading.
 * @param {Ctx} ctx
 * @param {string} title
 * @param {Statement[]} those
 * @param {{ from?: Entity | null, limit?: number, sorted?: boolean, lead?: any }} [how]
 */
export const statements = (ctx, title, those, { from = null, limit = 10, sorted = true, lead = null } = {}) =>
  those.length > 0 &&
  section(
    title,
    those.length,
    lead,
    some(ctx, title, sorted ? [...those].sort(byStanding) : those, (statement) => line(ctx, statement, { from, where: title }), {
      limit,
    }),
  );

// --- Loops and conflicts -------------------------------------------------------------------------

/** The sign of a loop as a sign on it. @param {Loop} loop */
export const loopSign = (loop) => h("b", { class: "loop-sign", "aria-hidden": "true" }, loop.glyph);

/** The way round a loop, back to where it begins. @param {Loop} loop */
export const round = (loop) => [
  loop.entities.map((entity, place) => [entity.name, h("em", {}, ` ${loop.arrows[place]} `)]),
  loop.entities[0].name,
];

/**
 * A card of one loop or one conflict in the place of what is shown now.
 * @param {Ctx} ctx
 * @param {"loops" | "conflicts"} kind
 * @param {string} id
 */
export const open = (ctx, kind, id) =>
  ctx.act.go({ scene: kind === "loops" ? loops(id) : conflicts(id), plus: [], minus: [], selected: null });

/** @param {Ctx} ctx @param {Conflict} conflict @param {string} [lead] */
export const conflictLine = (ctx, conflict, lead = kindOf(ctx.graph, conflict).label) =>
  h("li", {},
    h("button", {
      type: "button",
      class: "line",
      "data-id": `conflict ${conflict.id}`,
      "data-conflict": conflict.id,
      onclick: () => open(ctx, "conflicts", conflict.id),
    },
      h("b", { class: "loop-sign", "aria-hidden": "true" }, "≠"),
      h("span", { class: "words" },
        conflict.words,
        h("small", { class: "standing" }, lead && `${lead}: `, conflictWords(conflict)),
      ),
    ),
  );

/**
 * What a kind of conflict is called and what it means.
 * @param {Graph} graph
 * @param {Conflict} conflict
 * @returns {ConflictKind}
 */
export const kindOf = (graph, conflict) =>
  graph.conflictsSaid.kinds.find((/** @type {ConflictKind} */ kind) => kind.key === conflict.kind) ?? {
    key: conflict.kind,
    label: conflict.kind,
    words: "",
  };
