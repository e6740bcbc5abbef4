// Layouts that are awaited: which one is drawn, which one was asked for last, and that one which comes too late is
// left aside.

import { SUPERSEDED } from "./graphviz.js";

const PATIENT = 150; // milliseconds until it is said that a layout is under way

/**
 * @template L
 * @param {(request: any) => Promise<L>} ask
 * @param {object} told
 * @param {(layout: L) => void} told.draw
 * @param {(error: Error) => void} told.fail
 * @param {(yes: boolean) => void} told.wait whether there is something to wait for
 */
export function awaited(ask, { draw, fail, wait }) {
  let drawn = "", sought = ""; // signatures
  return {
    /**
     * See to it that a layout is drawn; true where it is already.
     * @param {object} request
     * @param {string} wanted its signature
     */
    async want(request, wanted) {
      const before = sought;
      sought = wanted;
      if (wanted === drawn) {
        wait(false);
        return true;
      }
      if (wanted === before) return false; // it is under way
      const timer = setTimeout(() => wait(true), PATIENT);
      try {
        const layout = await ask(request);
        if (sought === wanted) {
          drawn = wanted;
          draw(layout);
        }
      } catch (error) {
        if (sought === wanted && error instanceof Error && error.message !== SUPERSEDED) fail(error);
      } finally {
        clearTimeout(timer);
        if (sought === wanted) wait(false);
      }
      return false;
    },
    /** Want nothing any more. */
    rest() { sought = drawn; },
    /** Nothing is drawn. */
    forget() { drawn = sought = ""; },
  };
}
