// Scenes: what the page can be asked to show. They are made here and nowhere else; what a scene shows is `scene.js`'s.
// Pure.

/** Steps of each kind of scene that has them: what one begins with, the least and the most. */
export const STEPS = { near: 1, paths: 3, whatif: 2 };
export const LEAST = { near: 0, paths: 1, whatif: 1 };
export const MOST = { near: 4, paths: 8, whatif: 3 };

/** What the page opens with. @returns {Scene} */
export const core = () => ({ kind: "core" });

/** @returns {Scene} */
export const everything = () => ({ kind: "all" });

/**
 * The surroundings of some entities; of no step, the statements about them alone.
 * @param {string[]} of
 * @param {number} [steps]
 * @returns {Scene}
 */
export const near = (of, steps = STEPS.near) => ({ kind: "near", of, steps });

/**
 * The paths from one entity to another, of which one may be chosen by its place.
 * @param {string} from
 * @param {string} to
 * @param {number} [steps]
 * @param {number | null} [path]
 * @returns {Scene}
 */
export const paths = (from, to, steps = STEPS.paths, path = null) => ({ kind: "paths", from, to, steps, path });

/**
 * What would follow if some entities rose, and others fell or were held.
 * @param {{ up?: string[], down?: string[], fixed?: string[] }} [changes]
 * @param {number} [steps]
 * @param {string[]} [status] of the statements that are followed; the usual ones where none is given
 * @returns {Scene}
 */
export const whatif = ({ up = [], down = [], fixed = [] } = {}, steps = STEPS.whatif, status = []) =>
  ({ kind: "whatif", up, down, fixed, steps, status });

/** Feedback loops: one of them, or all. @param {string} [id] @returns {Scene} */
export const loops = (id = "") => ({ kind: "loops", id });

/** Conflicts: one of them, or all. @param {string} [id] @returns {Scene} */
export const conflicts = (id = "") => ({ kind: "conflicts", id });

/** Some statements, and those among some entities. @param {string[]} of @param {string[]} statements @returns {Scene} */
export const chosen = (of, statements) => ({ kind: "chosen", of, statements });

/** The entities that a scene is about, by their ids; an empty id where none is chosen yet. @param {Scene} scene */
export function entitiesOf(scene) {
  switch (scene.kind) {
    case "near": case "chosen": return scene.of;
    case "paths": return [scene.from, scene.to];
    case "whatif": return [...scene.up, ...scene.down, ...scene.fixed];
    default: return [];
  }
}
