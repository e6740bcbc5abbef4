// The words beside the pointer, or beside what the keys have reached.

import { $ } from "../dom.js";

/**
 * Where the words stand: beside a point, and wholly on the stage.
 * @param {Point} point
 * @param {Point} size of the words
 * @param {Point} stage
 * @returns {Point}
 */
export function placed([x, y], [wide, high], [width, height]) {
  const over = y + 18 + high > height;
  return [Math.max(6, Math.min(x + 14, width - wide - 8)), Math.max(6, over ? y - high - 10 : y + 18)];
}

/**
 * What shows words at a point of the stage, and hides them where there are none.
 * @param {HTMLElement} host the stage
 * @returns {(words: string | null, x?: number, y?: number) => void}
 */
export function tip(host) {
  let shown = false; // the words may be another view's
  return (words, x = 0, y = 0) => {
    if (!words && !shown) return;
    const box = $("tip");
    shown = Boolean(words);
    box.hidden = !words;
    if (!words) return;
    box.textContent = words;
    const [left, top] = placed([x, y], [box.offsetWidth, box.offsetHeight], [host.clientWidth, host.clientHeight]);
    box.style.left = `${left}px`;
    box.style.top = `${top}px`;
  };
}
