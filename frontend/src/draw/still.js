// A map as a picture of its own size, for paper and for what is taken away: all of it, whatever part of it
// is seen on the screen, with as many names as that size has room for.

import { h } from "../dom.js";
import { frameOf, sized, strongest } from "./chart.js";
import { boxes, contextOf, marks, names, ownLines } from "./paint.js";
import { batched, NEAR, stroke } from "./strokes.js";

const EDGE = [44, 16]; // pixels that are left free beside it, for names at the border, and over and under it

/**
 * A chart drawn on a canvas.
 * @param {import("./chart.js").Chart} chart
 * @param {{ theme: Theme, looks: Looks }} dressing
 * @param {{ wide: number, tall: number, density: number }} size pixels as on a screen, at most, and how many of the
 *   canvas go to one of them
 * @returns {HTMLCanvasElement} with the proportions of the chart
 */
export function still(chart, { theme, looks }, { wide, tall, density }) {
  const copied = (/** @type {"wide" | "high" | "grown" | "labelled"} */ name) => ({ [name]: chart[name].slice() });
  const made = { ...chart, ...copied("wide"), ...copied("high"), ...copied("grown"), ...copied("labelled") };
  const [left, top, right, bottom] = frameOf(made);
  const scale = Math.min((wide - 2 * EDGE[0]) / (right - left), (tall - 2 * EDGE[1]) / (bottom - top), 1.15);
  const size = [right - left, bottom - top].map((length, axis) => Math.round((length * scale + 2 * EDGE[axis]) * density));
  const canvas = h("canvas", { width: size[0], height: size[1] }), ctx = contextOf(canvas);
  ctx.fillStyle = theme.paper;
  ctx.fillRect(0, 0, size[0], size[1]);
  const [x, y] = [left, top].map((at, axis) => (EDGE[axis] - at * scale) * density);
  ctx.setTransform(scale * density, 0, 0, scale * density, x, y);
  const view = [left, top, right, bottom].map((at, side) => at + ((side < 2 ? -1 : 1) * EDGE[side % 2]) / scale);
  const how = { theme, looks, scale, view, hovered: null, focused: null };
  sized(made, scale);
  ownLines(ctx, made, how, { bolder: Math.max(1, 0.75 / scale), dim: 0.05 });
  for (const batch of batched(made, looks, strongest(made.statements))) stroke(ctx, made, batch, how);
  made.more = new Uint32Array(made.more.length); // nobody can ask for more of it
  boxes(ctx, made, how);
  if (scale >= NEAR) marks(ctx, made, how);
  names(ctx, made, how);
  return settled(canvas);
}

/**
 * The pixels alone: of a canvas Chromium prints every line that was drawn, which takes long where they are many.
 * @param {HTMLCanvasElement} drawn
 */
function settled(drawn) {
  const canvas = h("canvas", { width: drawn.width, height: drawn.height });
  contextOf(canvas).drawImage(drawn, 0, 0);
  return canvas;
}
