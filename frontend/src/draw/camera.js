// What part of a drawing is seen: dragging, wheel and pinching. Knows nothing of what is drawn.

import { pointOn } from "./pointer.js";
import { centred, fitting, middle, onStage, revealing, seenAt, zoomed } from "./sight.js";

const LEAST = 0.08, MOST = 4;
const STILL = 4; // pixels that a pointer may move and still have clicked

/**
 * Pixels at the lower edge of a stage on which buttons stand.
 * @param {Element} stage
 */
export function coveredBelow(stage) {
  const { bottom } = stage.getBoundingClientRect();
  const buttons = [...document.querySelectorAll("#tools, #peek:not(.up), #mechanism .whole")];
  const tops = buttons.flatMap((button) => [...button.getClientRects()].map(({ top }) => top));
  return Math.max(0, ...tops.map((top) => bottom - top));
}

/**
 * The camera of an element. The drawing's (0, 0) is seen at (x, y), so many times its size.
 * @param {Surface} element takes the pointer
 * @param {(view: Sight) => void} moved
 * @param {number} [least] the smallest scale
 */
export function camera(element, moved, least = LEAST) {
  const clamp = (/** @type {number} */ scale) => Math.min(Math.max(scale, least), MOST);
  /** @type {Sight} */
  let view = { scale: 1, x: 0, y: 0 };
  let dragged = false;
  /** @type {Point} the size of the stage when the drawing was last moved */
  let stage = [1, 1];
  /** @type {Map<number, Point>} */
  const pointers = new Map();

  /** @returns {Point} */
  const size = () => [element.clientWidth || 1, element.clientHeight || 1];
  /** @param {Sight} next */
  function set(next) {
    view = next;
    stage = size();
    moved(view);
  }

  /** @param {number} factor @param {Point} at which keeps its place */
  const zoomAt = (factor, at) => set(zoomed(view, clamp(view.scale * factor), at));
  const local = (/** @type {MouseEvent} */ event) => pointOn(element, event);

  element.addEventListener("wheel", (event) => {
    event.preventDefault();
    const step = event.deltaY * (event.deltaMode === 1 ? 18 : event.deltaMode === 2 ? 400 : 1);
    // A pinch on a touchpad comes as small steps of a wheel with Ctrl.
    zoomAt(Math.exp(-Math.max(-240, Math.min(240, step)) * (event.ctrlKey ? 0.01 : 0.0016)), local(event));
  }, { passive: false });

  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    if (!pointers.size) dragged = false;
    pointers.set(event.pointerId, local(event));
  });
  element.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const now = local(event), [dx, dy] = [now[0] - before[0], now[1] - before[1]];
    if (!dragged && pointers.size === 1 && Math.hypot(dx, dy) < STILL) return;
    if (!dragged) element.setPointerCapture(event.pointerId);
    dragged = true;
    pointers.set(event.pointerId, now);
    if (pointers.size === 1) return set({ ...view, x: view.x + dx, y: view.y + dy });
    const [, other] = /** @type {[number, Point]} */ ([...pointers].find(([id]) => id !== event.pointerId));
    const apart = (/** @type {Point} */ point) => Math.hypot(point[0] - other[0], point[1] - other[1]) || 1;
    // Two fingers: the drawing goes with their middle, and grows as they part.
    view = { ...view, x: view.x + dx / 2, y: view.y + dy / 2 };
    zoomAt(apart(now) / apart(before), [(now[0] + other[0]) / 2, (now[1] + other[1]) / 2]);
  });
  const lifted = (/** @type {Event} */ event) => pointers.delete(/** @type {PointerEvent} */ (event).pointerId);
  element.addEventListener("pointerup", lifted);
  element.addEventListener("pointercancel", lifted);
  // A finger is captured by what it touched first; that this loses it to the drawing lifts nothing.
  element.addEventListener("lostpointercapture", (event) => {
    if (event.target === element) lifted(event);
  });

  return {
    get view() { return view; },
    /** Whether the pointer that was just lifted had moved the drawing: it did not click then. */
    get dragged() { return dragged; },
    set,
    /**
     * The sight in which a frame fills the stage, but for so many pixels around it.
     * @param {Frame} frame
     * @param {number[]} room
     */
    fitting: (frame, room) => fitting(frame, size(), { least, room }),
    /** The sight of a scale that has a point of the drawing in its middle. @param {number} scale @param {Point} point */
    centred: (scale, point) => centred(scale, point, size()),
    /** @param {number} factor */
    zoom(factor) {
      const [wide, high] = size();
      zoomAt(factor, [wide / 2, high / 2]);
    },
    /** @param {number} dx @param {number} dy */
    pan: (dx, dy) => set({ ...view, x: view.x - dx * 80, y: view.y - dy * 80 }),
    /** Move as little as shows a frame whole, with some room around it. @param {Frame} frame */
    reveal(frame) {
      const next = revealing(view, frame, size(), [40, 40, Math.max(40, coveredBelow(element) + 16), 40]);
      if (next) set(next);
    },
    /** Whether a point of the drawing is seen. @param {Point} point */
    sees: ([x, y]) => onStage(seenAt(view, x, y), size()),
    /** The stage has another size: a frame whose middle was seen in the one before is seen in it. @param {Frame} frame */
    hold(frame) {
      if (onStage(seenAt(view, ...middle(frame)), stage)) this.reveal(frame);
      stage = size();
    },
  };
}
