// A mechanism that nobody acts in, for paper: laid out once, and drawn anew in other colours without waiting.

import { svg } from "../dom.js";
import { figure } from "./figure.js";
import { requestOf } from "./request.js";

const PAD = 12;

/**
 * Lay out and draw what is visible.
 * @param {Model} model
 * @param {(request: import("./layout.js").Request) => Promise<import("./lines.js").Laid>} ask
 * @param {Point} stage
 * @returns {Promise<{ root: SVGSVGElement, draw(): void }>} `draw` takes the colours of the moment
 */
export async function printed(model, ask, stage) {
  const laid = await ask(requestOf(model, stage)), drawing = figure(), [left, top, right, bottom] = laid.frame;
  drawing.draw(model, laid);
  const viewBox = [left - PAD, top - PAD, right - left + 2 * PAD, bottom - top + 2 * PAD].join(" ");
  return { root: svg("svg", { class: "figure", viewBox }, drawing.root), draw: () => drawing.draw(model, laid) };
}
