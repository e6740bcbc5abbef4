// Walking through a drawing by keys, whatever draws it: from box to box, and through the lines of a box.

import { ARROWS, onEntity } from "../app/keys.js";
import { toggle } from "./pointer.js";
import { next } from "./ways.js";

const THROUGH = new Map([[".", 1], [">", 1], [",", -1], ["<", -1]]);

/**
 * Let keys walk through a drawing.
 * @param {Surface} element
 * @param {Act} act
 * @param {object} drawing
 * @param {() => State | undefined} drawing.state what is drawn; nothing where nothing is
 * @param {(event: KeyboardEvent) => Entity | null} drawing.at the box that a key is meant for
 * @param {() => Entity | null} drawing.first the box that an arrow leads to from none
 * @param {(entity: Entity, way: Point) => Entity | null} drawing.neighbour
 * @param {(entity: Entity) => Statement[]} drawing.lines the lines of a box, clockwise
 * @param {(entity: Entity) => void} drawing.step go to a box
 * @param {(line: Statement, entity: Entity) => void} drawing.reached a line was
 * @param {() => void} drawing.left the line was, for a box or for nothing
 * @param {(line: Statement) => string} drawing.words
 * @param {boolean} drawing.pans whether Shift with an arrow is the page's, which moves the drawing; it goes through the
 *   lines of a box else
 */
export function walk(element, act, { state, at, first, neighbour, lines, step, reached, left, words, pans }) {
  /** @type {Statement | null} */
  let line = null;
  /** @type {Record<string, (entity: any) => void>} */
  const keys = { ...onEntity(act), e: (entity) => toggle(act, /** @type {State} */ (state()), entity) };

  function leave() {
    if (!line) return;
    line = null;
    left();
  }

  /** @param {Entity} entity @param {number} by */
  function through(entity, by) {
    const round = lines(entity);
    if (!round.length) return;
    line = next(round, line, by);
    reached(line, entity);
    act.announce(`${round.indexOf(line) + 1} of ${round.length}: ${words(line).replace("\n", ", ")}`);
  }

  /** @param {Entity | null} entity */
  function go(entity) {
    if (!entity) return false;
    leave();
    step(entity);
    return true;
  }

  /** Whether a key did something. @param {KeyboardEvent} event @param {Entity | null} entity */
  function does({ key: name, shiftKey }, entity) {
    const key = name.length === 1 ? name.toLowerCase() : name, way = Object.hasOwn(ARROWS, name) ? ARROWS[name] : null;
    if (way && shiftKey && pans) return false;
    if (way && !entity) return go(first());
    if (key === "Escape" && line) leave();
    else if (!entity) return false;
    else if (way && shiftKey) through(entity, way[0] + way[1]);
    else if (way) go(neighbour(entity, way));
    else if (THROUGH.has(key)) through(entity, THROUGH.get(key) ?? 1);
    else if (key === "Enter" || key === " ") {
      if (line) act.choose("statement", line.id);
      else act.choose("entity", entity.id);
    } else if (Object.hasOwn(keys, key) && !shiftKey) keys[key](entity);
    else return false;
    return true;
  }

  element.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !state()) return;
    if (does(event, at(event))) event.preventDefault();
  });

  return {
    /** The line that was reached from the box that one is at. */
    get line() { return line; },
    leave,
  };
}
