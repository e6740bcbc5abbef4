// Where things are in the drawing of the Mechanism view: what an element belongs to, what lies in a direction from a
// box and around it, what a drawing has in its middle.

import { entitiesOf } from "../scenes.js";
import { ahead, clockwise } from "./ways.js";

/** @typedef {Pick<ReturnType<typeof import("./figure.js").figure>, "boxes" | "lines">} Drawing */

/** The best connected of what is drawn. @param {Model} model */
export const hub = ({ entities }) => entities.reduce((best, entity) => (entity.degree > best.degree ? entity : best));

/** The entity that a drawing is about, of which there is no room for all. @param {Model} model @returns {Entity} */
export function middleOf(model) {
  const { selected, plus, scene } = model.state;
  const focus = scene.kind === "core" ? model.graph.about.focus.map(({ id }) => id) : [];
  const about = [selected?.id, ...plus.slice(-1), ...entitiesOf(scene), ...focus];
  const here = new Map(model.entities.map((entity) => [entity.id, entity]));
  return about.flatMap((id) => (id && here.get(id)) || [])[0] ?? hub(model);
}

/** Where the boxes stand. @param {Drawing} drawing @returns {Map<Entity, { x: number, y: number }>} */
export const placesOf = ({ boxes }) => new Map([...boxes].map(([entity, { x, y }]) => [entity, { x, y }]));

/** @param {{ x: number, y: number, w: number, h: number }} place @returns {Frame} */
export const frameOf = ({ x, y, w, h: high }) => [x - w / 2, y - high / 2, x + w / 2, y + high / 2];

/**
 * What of a drawing an element belongs to.
 * @param {Element} target
 * @param {Graph} graph
 * @returns {Hit}
 */
export function hitOf(target, graph) {
  const element = /** @type {HTMLElement | null} */ (target.closest?.("[data-entity], [data-statement]"));
  if (!element) return {};
  const { entity, statement } = element.dataset;
  if (entity !== undefined) return { entity: graph.entities[Number(entity)], more: Boolean(target.closest(".beyond")) };
  return { statement: graph.statements[Number(statement)] };
}

/** The nearest box in a direction. @param {Drawing} drawing @param {Entity} entity @param {Point} way @returns {Entity | null} */
export function neighbour({ boxes }, entity, way) {
  const entities = [...boxes.keys()], places = [...boxes.values()];
  const next = ahead(places.map(({ x }) => x), places.map(({ y }) => y), entities.indexOf(entity), way, 8);
  return entities[next] ?? null;
}

/** The lines of a box, clockwise from the top. @param {Drawing} drawing @param {Entity} entity */
export function linesOf({ boxes, lines }, entity) {
  const from = boxes.get(entity), angle = (/** @type {Statement} */ statement) => {
    const { points, tip: end } = lines.get(statement);
    const [x, y] = statement.start === entity ? points[0] ?? end : end;
    return clockwise(x - from.x, y - from.y);
  };
  return [...lines.keys()].filter((statement) => statement.subject === entity || statement.object === entity)
    .sort((a, b) => angle(a) - angle(b) || a.number - b.number);
}
