// The edge by which the drawer is made higher and lower, with the mouse, a finger or the keys.

import { h } from "../dom.js";

/** Heights in pixels: the least that shows a query and an answer, and what stays of the graph. */
const LEAST = 190, LEFT = 120, STEP = 24;

/**
 * @param {HTMLElement} host what is stretched; its height is its custom property `--height`
 * @returns {{element: HTMLElement, settle: () => void}} `settle` fits the height to the room there is
 */
export function grip(host) {
  const element = h("div", {
    class: "grip", role: "separator", tabindex: "0",
    "aria-orientation": "horizontal", "aria-label": "Height of the query drawer",
  });
  /** @type {number} */
  let height = 0;

  const room = () => /** @type {HTMLElement} */ (host.parentElement).clientHeight;

  /** Give the drawer a height between its bounds. @param {number} wanted */
  function stretch(wanted) {
    const most = Math.max(LEAST, room() - LEFT);
    height = Math.round(Math.min(most, Math.max(LEAST, wanted)));
    host.style.setProperty("--height", `${height}px`);
    element.setAttribute("aria-valuemin", String(LEAST));
    element.setAttribute("aria-valuemax", String(most));
    element.setAttribute("aria-valuenow", String(height));
    element.setAttribute("aria-valuetext", `${height} pixels`);
  }

  element.addEventListener("pointerdown", (event) => {
    const { clientY } = event, from = host.offsetHeight;
    element.setPointerCapture(event.pointerId);
    /** @param {PointerEvent} to */
    const move = (to) => stretch(from + clientY - to.clientY);
    element.addEventListener("pointermove", move);
    const end = () => element.removeEventListener("pointermove", move);
    element.addEventListener("lostpointercapture", end, { once: true });
    event.preventDefault();
  });

  /** @type {Map<string, () => number>} */
  const keys = new Map(Object.entries({
    ArrowUp: () => height + STEP, ArrowDown: () => height - STEP,
    PageUp: () => height + 5 * STEP, PageDown: () => height - 5 * STEP,
    Home: () => Infinity, End: () => LEAST,
  }));
  element.addEventListener("keydown", (event) => {
    const to = keys.get(event.key);
    if (!to) return;
    event.preventDefault();
    event.stopPropagation();
    stretch(to());
  });

  return { element, settle: () => stretch(height || room() / 2) };
}
