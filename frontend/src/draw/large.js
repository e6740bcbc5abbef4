// The renderer of the Overview for what vis-network cannot carry: a canvas for the lines and one for
// the boxes. While the view moves, the strongest lines are drawn, as many as a frame has time for;
// when it rests, all of them, a slice a frame.

import { h } from "../dom.js";
import { sized, strongest } from "./chart.js";
import { camera } from "./camera.js";
import { FEWEST, pace, slices } from "./pace.js";
import { boxes, glow, marks, names, ownLines } from "./paint.js";
import { pause } from "./pause.js";
import { between, glide } from "./sight.js";
import { batched, NEAR, stroke } from "./strokes.js";

/** Lines that are drawn at most. */
export const MOST_LINES = 50_000;

const REST = 140; // milliseconds after which a view that does not move is drawn in full
const MOVING = 300; // milliseconds
const LEAST = 0.01; // scale

const calm = matchMedia("(prefers-reduced-motion: reduce)");

/**
 * @typedef {import("./chart.js").Chart} Chart
 * @typedef {CanvasRenderingContext2D} Paper
 */

/**
 * Make the renderer in an element.
 * @param {HTMLElement} host
 * @param {Pick<Heard, "moved">} on
 * @returns {Renderer}
 */
export function create(host, on) {
  const { under, over, ready, place, resize } = papers(host);
  /** @type {Chart | null} */
  let made = null;
  /** @type {Dressing} given with the chart */
  let how;
  /** @type {Uint32Array | null} the lines of the chart, the strongest first */
  let ranked = null;
  /** @type {import("./strokes.js").Batch[]} */
  let batches = [];
  let frame = 0, resting = 0, slice = 0, ended = () => {}; // called when everything is drawn
  /** @type {object | null} the movement that is under way */
  let moving = null;
  const speed = pace(MOST_LINES);

  const eye = camera(front(over), () => {
    moving = null;
    on.moved();
    soon();
  }, LEAST);

  /** The frame of the chart that is seen. @returns {Frame} */
  function seen() {
    const { scale, x, y } = eye.view;
    return [-x / scale, -y / scale, (host.clientWidth - x) / scale, (host.clientHeight - y) / scale];
  }

  /** Stop to draw in full. */
  function halt() {
    clearTimeout(resting);
    cancelAnimationFrame(slice);
    ended();
  }

  /** Draw the strongest lines and the boxes with the next frame, and everything when the view rests. */
  function soon() {
    halt();
    resting = window.setTimeout(all, REST);
    frame ||= requestAnimationFrame((now) => {
      frame = 0;
      if (made) quick(made, speed.at(now));
    });
  }

  /** @param {Chart} chart @param {number} limit */
  function quick(chart, limit) {
    const { scale } = eye.view, view = seen();
    ready(under, eye.view);
    underlay(under, chart, how, { scale, view, most: FEWEST });
    for (const batch of batches) stroke(under, chart, batch, { looks: how.looks, scale, view, limit });
    top(chart);
  }

  /** The boxes with what stands on them and on lines. @param {Chart} chart */
  function top(chart) {
    const { scale } = eye.view, view = seen(), dressed = { scale, view, ...how };
    ready(over, eye.view);
    sized(chart, scale, view);
    boxes(over, chart, dressed);
    if (scale >= NEAR) marks(over, chart, dressed);
    names(over, chart, dressed);
  }

  /** Draw all lines, a slice a frame; resolves when they are drawn, or need not be any more. @returns {Promise<void>} */
  function all() {
    halt();
    if (!made) return Promise.resolve();
    const chart = made, { view: sight } = eye, { scale } = sight, view = seen();
    const more = slices(batches, (batch, from, count) =>
      stroke(under, chart, batch, { looks: how.looks, scale, view, from, count, limit: MOST_LINES }));
    let first = true;
    top(chart);
    return new Promise((done) => {
      ended = done;
      const step = (/** @type {number} */ now) => {
        const most = speed.at(now);
        if (first) {
          ready(under, sight);
          underlay(under, chart, how, { scale, view, most: MOST_LINES });
          first = false;
        } else place(under, sight);
        if (more(most)) slice = requestAnimationFrame(step);
        else done();
      };
      slice = requestAnimationFrame(step);
    });
  }

  return {
    async show(next, dressing, view) {
      made = next;
      how = dressing;
      batches = [];
      resize();
      if (view) eye.set(view);
      await pause();
      ranked = strongest(next.statements);
      await pause();
      batches = batched(next, how.looks, ranked);
      await pause();
      if (made === next) await all();
    },
    dress(dressing) {
      how = dressing;
      if (made && ranked) batches = batched(made, how.looks, ranked);
      soon();
    },
    repaint(change) {
      const { line } = how;
      how = { ...how, ...change };
      if (how.line !== line) soon();
      else if (made) top(made);
    },
    hide: halt,
    resize() {
      resize();
      if (made) soon();
    },
    get view() { return eye.view; },
    look(to, gliding = false) {
      if (!gliding || calm.matches) return eye.set(to);
      const from = eye.view, own = moving = {};
      return glide(MOVING, (share) => {
        if (moving !== own) return false;
        eye.set(between(from, to, share));
        moving = own; // the camera thinks that it was moved by hand
        return true;
      });
    },
  };
}

/** @param {Paper} ctx */
const front = (ctx) => /** @type {HTMLCanvasElement} */ (ctx.canvas);

/** The canvases of a stage, that of the lines under that of the boxes. @param {HTMLElement} host */
function papers(host) {
  const [back, top] = ["lines", "boxes"].map((name) => /** @type {HTMLCanvasElement} */ (h("canvas", { class: name })));
  host.append(back, top);
  const [under, over] = [back, top].map((canvas) => /** @type {Paper} */ (canvas.getContext("2d")));
  const density = () => Math.min(globalThis.devicePixelRatio || 1, 2);

  /** Let a paper be in the coordinates of the chart. @param {Paper} ctx @param {Sight} sight */
  function place(ctx, { scale, x, y }) {
    const pixels = density();
    ctx.setTransform(pixels * scale, 0, 0, pixels * scale, pixels * x, pixels * y);
  }

  return {
    under,
    over,
    place,
    /** The same, and empty. @param {Paper} ctx @param {Sight} sight */
    ready(ctx, sight) {
      const pixels = density();
      ctx.setTransform(pixels, 0, 0, pixels, 0, 0);
      ctx.clearRect(0, 0, host.clientWidth, host.clientHeight);
      place(ctx, sight);
    },
    /** Take over the size of the stage. */
    resize() {
      const pixels = density();
      for (const canvas of [back, top]) {
        canvas.width = Math.round(host.clientWidth * pixels);
        canvas.height = Math.round(host.clientHeight * pixels);
      }
    },
  };
}

/**
 * What lies under everything else: glows, and lines from boxes to themselves.
 * @param {Paper} ctx
 * @param {Chart} chart
 * @param {Dressing} how
 * @param {{ scale: number, view: Frame, most: number }} seen with how many of those lines at most
 */
function underlay(ctx, chart, how, { scale, view, most }) {
  const { graph, state: { selected } } = chart.model, dressed = { scale, ...how };
  const chosen = selected?.kind === "statement" ? graph.statement.get(selected.id) : undefined;
  if (chosen) glow(ctx, chart, chosen, dressed);
  if (how.line) glow(ctx, chart, how.line, dressed, 0.22);
  ownLines(ctx, chart, how, { bolder: Math.max(1, 0.75 / scale), dim: 0.05, view, most });
}
