// The handle by which the panel is made wider and narrower. The width is kept while the page is open.

import { h } from "../dom.js";

const LEAST = 280,
  USUAL = 376,
  WIDE = 640,
  STEP = 24;

/**
 * The width that is asked for, within what the window leaves for the drawing.
 * @param {number} width
 * @param {number} window
 */
export const within = (width, window) => Math.round(Math.min(Math.max(width, LEAST), Math.max(LEAST, window * 0.6)));

/**
 * What a key makes of a width; null where it does nothing.
 * @param {string} key
 * @param {number} width
 * @param {number} window
 */
export function keyed(key, width, window) {
  /** @type {Record<string, number>} */
  const widths = {
    ArrowLeft: width + STEP,
    ArrowRight: width - STEP,
    PageUp: width + 4 * STEP,
    PageDown: width - 4 * STEP,
    Home: LEAST,
    End: window,
  };
  const next = widths[key];
  if (key === "Enter") return within(width < WIDE ? WIDE : USUAL, window);
  return next === undefined ? null : within(next, window);
}

/**
 * Put the handle before the panel.
 * @param {HTMLElement} panel
 * @returns {{ widen: () => void }} makes the panel wide enough for two columns
 */
export function create(panel) {
  /** @type {number | null} */
  let width = null; // as the style says until it is changed
  const now = () => width ?? Math.round(panel.getBoundingClientRect().width);
  const handle = h("div", {
    class: "width-handle",
    role: "separator",
    tabindex: "0",
    "aria-orientation": "vertical",
    "aria-controls": panel.id,
    "aria-label": "Width of the panel",
    title: "Drag to make the panel wider; double-click for twice the room",
    onkeydown(/** @type {KeyboardEvent} */ event) {
      const next = keyed(event.key, now(), innerWidth);
      if (next === null) return;
      set(next);
      event.preventDefault();
      event.stopPropagation();
    },
    onpointerdown(/** @type {PointerEvent} */ event) {
      handle.setPointerCapture(event.pointerId);
      handle.classList.add("held");
      event.preventDefault();
    },
    onpointermove(/** @type {PointerEvent} */ event) {
      if (handle.hasPointerCapture(event.pointerId)) set(within(innerWidth - event.clientX, innerWidth));
    },
    onpointerup: () => handle.classList.remove("held"),
    onpointercancel: () => handle.classList.remove("held"),
    ondblclick: () => set(keyed("Enter", now(), innerWidth) ?? now()),
    onfocus: () => tell(),
  });

  function tell() {
    handle.setAttribute("aria-valuenow", String(now()));
    handle.setAttribute("aria-valuemin", String(LEAST));
    handle.setAttribute("aria-valuemax", String(within(Infinity, innerWidth)));
    handle.setAttribute("aria-valuetext", `${now()} pixels`);
  }

  /** @param {number} next */
  function set(next) {
    width = next;
    panel.parentElement?.style.setProperty("--panel", `${next}px`);
    tell();
  }

  panel.before(handle);
  addEventListener("resize", () => {
    if (width !== null) set(within(width, innerWidth));
  });
  tell();
  return { widen: () => set(within(Math.max(now(), WIDE), innerWidth)) };
}
