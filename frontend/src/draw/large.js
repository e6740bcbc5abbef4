// The renderer of the Overview for what vis-network cannot carry: a canvas for the lines and one for
// the boxes. While the view moves, the strongest lines are drawn, as many as a frame has time for;
// when it rests, all of them, a slice a frame.

import { h } from "../dom.js";
import { sized, strongest } from "./chart.js";
import { camera } from "./camera.js";
import { boxes, glow, marks, names, ownLines } from "./paint.js";
import { pause } from "./pause.js";
import { batched, NEAR, stroke } from "./strokes.js";

/** Lines that are drawn at most. */
export const MOST_LINES = 50_000;

const REST = 140; // milliseconds after which a view that does not move is drawn in full
// Milliseconds between frames: below the one there is time for more lines, above the other for fewer.
const SMOOTH = 20, ROUGH = 34;
const FEWEST = 800, FIRST = 3000; // lines a frame
const MOVING = 300; // milliseconds
const LEAST = 0.01; // scale

const calm = matchMedia("(prefers-reduced-motion: reduce)");

const clock = () => performance.now();

/**
 * Make the renderer in an element.
 * @param {HTMLElement} host
 * @param {{ moved(): void }} on
 */
export function create(host, on) {
  const back = h("canvas", { class: "lines" }), front = h("canvas", { class: "boxes" });
  host.append(back, front);
  const under = back.getContext("2d"), over = front.getContext("2d");
  let made = null, how = null, ranked = null, batches = [], frame = 0, resting = 0, slice = 0, moving = null;
  let ended = () => {}; // called when everything is drawn
  let most = FIRST, before = 0; // lines that a frame has time for; when the last frame of a movement was

  const eye = camera(front, () => {
    moving = null;
    on.moved();
    soon();
  }, LEAST);

  // --- What is seen -----------------------------------------------------------------------------

  /** The frame of the chart that is seen. */
  function seen() {
    const { scale, x, y } = eye.view;
    return [-x / scale, -y / scale, (host.clientWidth - x) / scale, (host.clientHeight - y) / scale];
  }

  const density = () => Math.min(globalThis.devicePixelRatio || 1, 2);

  function ready(ctx) {
    const { scale, x, y } = eye.view, pixels = density();
    ctx.setTransform(pixels, 0, 0, pixels, 0, 0);
    ctx.clearRect(0, 0, host.clientWidth, host.clientHeight);
    place(ctx, scale, x, y);
  }

  function place(ctx, scale, x, y) {
    const pixels = density();
    ctx.setTransform(pixels * scale, 0, 0, pixels * scale, pixels * x, pixels * y);
  }

  // --- Frames ------------------------------------------------------------------------------------

  /** Stop to draw in full. */
  function halt() {
    clearTimeout(resting);
    cancelAnimationFrame(slice);
    ended();
  }

  /** Draw the strongest lines and the boxes with the next frame, and everything when the view rests. */
  function soon() {
    halt();
    resting = setTimeout(all, REST);
    frame ||= requestAnimationFrame((now) => {
      frame = 0;
      quick(now);
    });
  }

  function quick(now) {
    if (!made) return;
    const { scale } = eye.view, view = seen();
    adapt(now);
    ready(under);
    underlay(scale, FEWEST);
    for (const batch of batches) stroke(under, made, batch, { looks: how.looks, scale, view, limit: most });
    top();
  }

  /** A browser draws after it was told to: how much a frame has time for is seen from when the next one comes. */
  function adapt(now) {
    const gap = now - before;
    before = now;
    if (gap > 400) return; // it rested
    if (gap > ROUGH) most = Math.max(FEWEST, Math.round(most * 0.7));
    else if (gap < SMOOTH) most = Math.min(MOST_LINES, Math.round(most * 1.15));
  }

  /** What lies under everything else, with at most so many lines from boxes to themselves. */
  function underlay(scale, count = MOST_LINES) {
    const { selected } = made.model.state, told = { scale, ...how };
    if (selected?.kind === "statement") glow(under, made, made.model.graph.statement.get(selected.id), told);
    if (how.line) glow(under, made, how.line, told, 0.22);
    ownLines(under, made, how, { bolder: Math.max(1, 0.75 / scale), dim: 0.05, view: seen(), most: count });
  }

  /** The boxes with what stands on them and on lines. */
  function top() {
    const { scale } = eye.view, view = seen(), told = { scale, view, ...how };
    ready(over);
    sized(made, scale, view);
    boxes(over, made, told);
    if (scale >= NEAR) marks(over, made, told);
    names(over, made, told);
  }

  /** Draw all lines, a slice a frame; resolves when they are drawn, or need not be any more. */
  function all() {
    halt();
    if (!made) return Promise.resolve();
    const { scale, x, y } = eye.view, view = seen();
    let batch = 0, at = 0, first = true;
    top();
    return new Promise((done) => {
      ended = done;
      const step = (now) => {
        adapt(now);
        if (first) {
          ready(under);
          underlay(scale);
          first = false;
        } else place(under, scale, x, y);
        for (let left = most; batch < batches.length && left > 0;) {
          const slices = { looks: how.looks, scale, view, from: at, count: left, limit: MOST_LINES };
          const [next, drawn] = stroke(under, made, batches[batch], slices);
          left -= drawn;
          [batch, at] = next >= batches[batch].lines.length ? [batch + 1, 0] : [batch, next];
        }
        if (batch < batches.length) slice = requestAnimationFrame(step);
        else done();
      };
      slice = requestAnimationFrame(step);
    });
  }

  function resize() {
    const pixels = density();
    for (const canvas of [back, front]) {
      canvas.width = Math.round(host.clientWidth * pixels);
      canvas.height = Math.round(host.clientHeight * pixels);
    }
  }

  /** Glide to a view. */
  function glide(to) {
    const from = eye.view, began = clock(), own = moving = {};
    const step = () => {
      if (moving !== own) return;
      const share = Math.min(1, (clock() - began) / MOVING), eased = share * share * (3 - 2 * share);
      // Scales are apart by their ratio, so that one seems to move evenly.
      const scale = from.scale * (to.scale / from.scale) ** eased;
      const mix = to.scale === from.scale ? eased : (scale - from.scale) / (to.scale - from.scale);
      eye.set({ scale, x: from.x + (to.x - from.x) * mix, y: from.y + (to.y - from.y) * mix });
      if (share < 1) {
        moving = own;
        requestAnimationFrame(step);
      }
    };
    step();
  }

  return {
    async show(next, dressing, view) {
      made = next;
      how = dressing;
      batches = [];
      resize();
      if (view) eye.set(view);
      await pause();
      ranked = strongest(made.statements);
      await pause();
      batches = batched(made, how.looks, ranked);
      await pause();
      if (made === next) await all();
    },
    dress(dressing) {
      how = dressing;
      batches = batched(made, how.looks, ranked);
      soon();
    },
    repaint(change) {
      const line = how.line;
      how = { ...how, ...change };
      if (how.line !== line) soon();
      else top();
    },
    hide: halt,
    resize() {
      resize();
      if (made) soon();
    },
    get view() { return eye.view; },
    look(view, gliding = false) {
      if (gliding && !calm.matches) glide(view);
      else eye.set(view);
    },
  };
}
