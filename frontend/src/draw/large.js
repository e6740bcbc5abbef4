// The renderer of the Overview for what vis-network cannot carry: a canvas for the lines and one for
// the boxes. While the view moves, the strongest lines are drawn, as many as a frame has time for;
// when it rests, all of them, a slice a frame.

import { h } from "../dom.js";
import { headOf, reach } from "../shapes.js";
import { pointOf, sized, strongest } from "./chart.js";
import { camera } from "./camera.js";
import { boxes, glow, marks, names, ownLines } from "./paint.js";
import { pause } from "./pause.js";

/** Lines that are drawn at most. */
export const MOST_LINES = 50_000;

const REST = 140; // milliseconds after which a view that does not move is drawn in full
// Milliseconds between frames: below the one there is time for more lines, above the other for fewer.
const SMOOTH = 20, ROUGH = 34;
const FEWEST = 800, FIRST = 3000; // lines a frame
const PIECE = 1000; // lines that are stroked together
const NEAR = 0.4; // scale from which lines have heads, dashes and lanes
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

  // --- Lines -------------------------------------------------------------------------------------

  /** Lines by how they look, those of each look from the strongest to the weakest. */
  function batched() {
    const { statements, model: { lit } } = made, found = new Map();
    ranked.forEach((line, place) => {
      const { colour, dashes } = how.looks.statements[line], bright = lit?.statements.has(statements[line]) ?? false;
      const alpha = lit === null ? made.tone[line] : bright ? 1 : 0.05, width = made.width[line] + (bright ? 0.6 : 0);
      const key = `${bright} ${colour} ${dashes} ${width} ${alpha}`;
      if (!found.has(key)) found.set(key, { colour, dashes, width, alpha, bright, lines: [], ranks: [] });
      found.get(key).lines.push(line);
      found.get(key).ranks.push(place);
    });
    // Weak ones first, so that strong and bright ones lie over them.
    return [...found.values()].sort((a, b) => a.bright - b.bright || a.alpha - b.alpha || a.width - b.width);
  }

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

  /** How faint lines are where there are very many, but for when one is near. */
  const fade = (scale) => {
    const share = (3500 / made.statements.length) ** 0.7 * Math.max(1, scale / 0.06);
    return Math.max(0.16, Math.min(1, share));
  };

  /** Whether a way from one to another lies on one side of what is seen. */
  const beside = (one, other, low, high) => (one < low && other < low) || (one > high && other > high);

  /**
   * Draw lines of a batch from one on, at most so many and only those of a rank below a limit.
   * @returns {[number, number]} the one to go on with, and how many were drawn
   */
  function stroke(batch, from, count, limit, view, scale) {
    const { x, y, start, end, lane } = made, { lines, ranks } = batch, near = scale >= NEAR, ctx = under;
    ctx.strokeStyle = ctx.fillStyle = batch.colour;
    // Thousands of lines over each other would be a blot, and those that only pass say little.
    const alpha = batch.bright ? 1 : batch.alpha * fade(scale), passing = batch.bright ? 1 : 0.2;
    const inside = (one) => x[one] > view[0] && x[one] < view[2] && y[one] > view[1] && y[one] < view[3];
    let at = from, drawn = 0;
    while (at < lines.length && drawn < count && ranks[at] < limit) {
      const heads = [], ways = [new Path2D(), new Path2D()];
      ctx.lineWidth = Math.max(batch.width, (batch.bright ? 1.4 : 0.55 + batch.width * 0.14) / scale);
      ctx.setLineDash(near ? batch.dashes : []);
      for (let piece = 0; at < lines.length && piece < PIECE && ranks[at] < limit; at++) {
        const line = lines[at], a = start[line], b = end[line];
        if (a === b || beside(x[a], x[b], view[0], view[2]) || beside(y[a], y[b], view[1], view[3])) continue;
        piece += 1;
        drawn += 1;
        const way = ways[inside(a) || inside(b) ? 1 : 0];
        way.moveTo(x[a], y[a]);
        if (near && lane[line]) {
          const middle = pointOf(made, line, 0.5);
          way.quadraticCurveTo(2 * middle.x - (x[a] + x[b]) / 2, 2 * middle.y - (y[a] + y[b]) / 2, x[b], y[b]);
        } else way.lineTo(x[b], y[b]);
        if ((near || batch.bright) && inside(b)) heads.push(line);
      }
      ways.forEach((way, number) => {
        ctx.globalAlpha = number ? alpha : alpha * passing;
        ctx.stroke(way);
      });
      if (heads.length) tips(ctx, heads, batch, Math.max(1, 0.75 / scale));
    }
    ctx.setLineDash([]);
    ctx.globalAlpha = 1;
    return [ranks[at] >= limit ? lines.length : at, drawn];
  }

  /** The heads of some lines of one look, so many times their size: arrows filled, bars stroked. */
  function tips(ctx, lines, { width }, unit) {
    const { words } = made.model.graph;
    ctx.setLineDash([]);
    const filled = new Path2D(), bars = new Path2D();
    for (const line of lines) {
      const name = headOf(made.statements[line], words);
      if (!name) continue;
      const b = made.end[line], before = pointOf(made, line, 0.85);
      const turn = Math.atan2(made.y[b] - before.y, made.x[b] - before.x), ux = Math.cos(turn), uy = Math.sin(turn);
      const far = reach(how.looks.entities[b].outline, made.wide[b], made.high[b], turn) / unit + 3;
      const at = (back, side) =>
        [made.x[b] - unit * (ux * (far + back) + uy * side), made.y[b] - unit * (uy * (far + back) - ux * side)];
      const long = 9 + width, half = 3.8 + width * 0.5;
      if (name === "bar") {
        bars.moveTo(...at(0, half + 2.5));
        bars.lineTo(...at(0, -half - 2.5));
        continue;
      }
      if (name === "vee") {
        bars.moveTo(...at(long, half + 0.6));
        bars.lineTo(...at(0, 0));
        bars.lineTo(...at(long, -half - 0.6));
        continue;
      }
      filled.moveTo(...at(0, 0));
      filled.lineTo(...at(long, half));
      filled.lineTo(...at(long, -half));
      filled.closePath();
      if (name === "needs") {
        bars.moveTo(...at(long + 3, half + 1.6));
        bars.lineTo(...at(long + 3, -half - 1.6));
      }
    }
    ctx.fill(filled);
    ctx.lineWidth = 1.8 * unit;
    ctx.stroke(bars);
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
    for (const batch of batches) stroke(batch, 0, Infinity, most, view, scale);
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
          const [next, drawn] = stroke(batches[batch], at, left, MOST_LINES, view, scale);
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
      batches = batched();
      await pause();
      if (made === next) await all();
    },
    dress(dressing) {
      how = dressing;
      batches = batched();
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
    /** What is seen, as one canvas on the ground of the page. */
    async bitmap() {
      await all();
      const whole = h("canvas", { width: back.width, height: back.height }), ctx = whole.getContext("2d");
      ctx.fillStyle = how.theme.paper;
      ctx.fillRect(0, 0, whole.width, whole.height);
      ctx.drawImage(back, 0, 0);
      ctx.drawImage(front, 0, 0);
      return whole;
    },
  };
}
