// What the Mechanism view asks Graphviz for, and by what one drawing differs from another.

import { headOf, widthOf } from "../shapes.js";
import { signOf, signRoom, stepsOf } from "./figure.js";

// How far upstream things of a kind tend to be: what one is exposed to at the top, disease at the bottom.
const UPSTREAM = new Map([
  ["exposure", -3], ["food", -3], ["intervention", -3], ["population", -2], ["trait", 2], ["test", 2], ["condition", 3],
]);
const STEP = 80; // pixels to which the size of a stage is rounded
const SLACK = 0.24; // share by which a stage may change without a new layout

/**
 * The stage to lay out for: one of nearly the same size is the same, so that drawings keep still.
 * @param {Point} size of the element
 * @param {Point | null} before
 * @returns {Point}
 */
export function stageFor(size, before) {
  const [wide, high] = size.map((length) => Math.max(240, Math.round((length - 44) / STEP) * STEP));
  const alike = (/** @type {number} */ length, /** @type {number} */ now) => Math.abs(length - now) <= SLACK * length;
  return before && alike(before[0], wide) && alike(before[1], high) ? before : [wide, high];
}

/**
 * What the layout is made from: sizes and outlines of the boxes, and what joins which.
 * @param {Model} model
 * @param {Point} stage
 * @returns {import("./layout.js").Request}
 */
export function requestOf(model, stage) {
  const { entities, statements, marks, graph: { words } } = model;
  const number = new Map(entities.map((entity, at) => [entity, at])), steps = stepsOf(model);
  return {
    boxes: entities.map((entity) => ({
      w: entity.size[0] + (marks?.get(entity) ? signRoom(entity) : 0),
      h: entity.size[1],
      order: UPSTREAM.get(entity.category) ?? 0,
      outline: words.categories.get(entity.category)?.outline ?? "box",
    })),
    lines: statements.map((statement) => ({
      from: /** @type {number} */ (number.get(statement.start)),
      to: /** @type {number} */ (number.get(statement.end)),
      weight: statement.word.influence === "none" ? 0 : 1 + Math.min(statement.supporting, 3),
      head: headOf(statement, words),
      width: widthOf(statement, words),
      mark: signOf(statement, words, steps) !== "",
    })),
    stage,
  };
}

/**
 * By what a drawing differs from another but for its dress.
 * @param {Model} model
 * @param {import("./layout.js").Request} request
 * @param {boolean} dark whether colours are those for the dark
 */
export function signature(model, { boxes, stage }, dark) {
  const { entities, statements, graph: { words } } = model, steps = stepsOf(model);
  return JSON.stringify([
    entities.map((entity, number) => [entity.number, boxes[number].w]),
    statements.map((statement) => [statement.number, signOf(statement, words, steps)]),
    stage,
    dark,
  ]);
}
