// What the Mechanism view says where it draws nothing: too much, nothing, or no layout.

import { h, plural } from "../dom.js";

/** Beyond these a layered drawing cannot be read, and none is made. */
const MOST_ENTITIES = 250;
const MOST_STATEMENTS = 500;
/** What is listed beside a scene of many, of which each can be drawn. @type {Map<string, string>} */
const LISTED = new Map([["conflicts", "each conflict of the list"], ["loops", "each loop of the list"]]);

/** @param {string} label @param {() => void} onclick @param {boolean} [main] */
const button = (label, onclick, main = false) =>
  h("button", { type: "button", class: main ? "button main" : "button", onclick }, label);

/** Whether a drawing of so many cannot be read. @param {number} entities @param {number} statements */
export const isTooMuch = (entities, statements) => entities > MOST_ENTITIES || statements > MOST_STATEMENTS;

/**
 * What is said in the place of a drawing, as elements; `null` where there is something to draw.
 * @param {Model} model
 * @param {Act} act
 */
export function unreadable(model, act) {
  const { entities, statements } = model;
  if (!entities.length) return nothing(model, act);
  if (isTooMuch(entities.length, statements.length)) return tooMany(model, act);
  return null;
}

/** @param {Model} model @param {Act} act */
function tooMany({ graph, state: { selected, scene }, statements, entities }, act) {
  const readable = LISTED.get(scene.kind) ?? "the surroundings of one, or the core,";
  const entity = selected?.kind === "entity" ? graph.entity.get(selected.id) : null;
  const much = statements.length
    ? plural(statements.length, "statement")
    : plural(entities.length, "entity", "entities");
  return [
    h("h2", {}, `${much} are too many to read as a mechanism`),
    h("p", {}, `A layered drawing can be read up to some ${MOST_ENTITIES} entities and ${MOST_STATEMENTS} statements. ` +
      `The Overview shows all of them as a map; ${readable} can be drawn as a mechanism.`),
    h("p", { class: "ways" },
      button("Open the Overview", () => act.view("overview"), true),
      button("Open the Table", () => act.view("table")),
      scene.kind === "near" && scene.steps > 0 && button("Its own statements alone", () => act.go({ scene: { ...scene, steps: 0 } })),
      entity && button(`Focus on ${entity.name}`, () => act.focus(entity.id)),
      button("Back to the core", () => act.home())),
  ];
}

/**
 * What is said where a scene has nothing to draw; there is no way out of a graph that has nothing.
 * @param {Model} model
 * @param {Act} act
 */
export const nothing = ({ graph }, act) => [
  h("h2", {}, "Nothing to draw"),
  graph.entities.length
    ? [h("p", {}, "No statement of this scene passes the filters, or it has none."),
      h("p", { class: "ways" }, button("Back to the core", () => act.home(), true))]
    : h("p", {}, "The graph holds no entities and no statements."),
].flat();

/** What is said where Graphviz gave no layout. @param {Error} error @param {Act} act */
export const failed = (error, act) => [
  h("h2", {}, "This could not be laid out"),
  h("p", {}, `${error.message}. The Overview and the Table show the same statements.`),
  h("p", { class: "ways" },
    button("Open the Overview", () => act.view("overview"), true),
    button("Open the Table", () => act.view("table")),
    button("Back to the core", () => act.home())),
];
