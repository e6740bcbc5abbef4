// What part of a drawing is seen: dragging, wheel, pinching, and fitting. Knows nothing of what is
// drawn.

const LEAST = 0.08, MOST = 4;
const STILL = 4; // pixels that a pointer may move and still have clicked

/**
 * The camera of an element. The drawing's (0, 0) is seen at (x, y), so many times its size.
 * @param {Element} element takes the pointer
 * @param {(view: { scale: number, x: number, y: number }) => void} moved
 * @param {number} least the smallest scale
 */
export function camera(element, moved, least = LEAST) {
  const clamp = (scale) => Math.min(Math.max(scale, least), MOST);
  let view = { scale: 1, x: 0, y: 0 };
  let dragged = false;
  const pointers = new Map();

  const size = () => [element.clientWidth || 1, element.clientHeight || 1];
  function set(next) {
    view = next;
    moved(view);
  }

  /** Change the scale and keep the point of the drawing under (x, y) where it is. */
  function zoomAt(factor, x, y) {
    const scale = clamp(view.scale * factor), by = scale / view.scale;
    set({ scale, x: x - (x - view.x) * by, y: y - (y - view.y) * by });
  }

  const local = (event) => {
    const { left, top } = element.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  };

  element.addEventListener("wheel", (event) => {
    event.preventDefault();
    const step = event.deltaY * (event.deltaMode === 1 ? 18 : event.deltaMode === 2 ? 400 : 1);
    // A pinch on a touchpad comes as small steps of a wheel with Ctrl.
    zoomAt(Math.exp(-Math.max(-240, Math.min(240, step)) * (event.ctrlKey ? 0.01 : 0.0016)), ...local(event));
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
    const [, other] = [...pointers].find(([id]) => id !== event.pointerId);
    const apart = (one) => Math.hypot(one[0] - other[0], one[1] - other[1]) || 1;
    // Two fingers: the drawing goes with their middle, and grows as they part.
    view = { ...view, x: view.x + dx / 2, y: view.y + dy / 2 };
    zoomAt(apart(now) / apart(before), (now[0] + other[0]) / 2, (now[1] + other[1]) / 2);
  });
  const lifted = (event) => pointers.delete(event.pointerId);
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
    /** Scale and place at which a frame fills the stage, but for so many pixels around it. */
    fitting([left, top, right, bottom], { most = 1.15, room = [22, 22, 22, 22] } = {}) {
      const [wide, high] = size(), [above, after, below, before] = room;
      const inner = [Math.max(wide - before - after, 40), Math.max(high - above - below, 40)];
      const scale = clamp(Math.min(inner[0] / Math.max(right - left, 1), inner[1] / Math.max(bottom - top, 1), most));
      const [x, y] = [before + inner[0] / 2, above + inner[1] / 2];
      return { scale, x: x - (scale * (left + right)) / 2, y: y - (scale * (top + bottom)) / 2 };
    },
    /** The view of a scale that has a point of the drawing in its middle. */
    centred(scale, x, y) {
      const [wide, high] = size();
      return { scale, x: wide / 2 - scale * x, y: high / 2 - scale * y };
    },
    zoom(factor) {
      const [wide, high] = size();
      zoomAt(factor, wide / 2, high / 2);
    },
    pan: (dx, dy) => set({ ...view, x: view.x - dx * 80, y: view.y - dy * 80 }),
    /** Move as little as shows a frame whole, with some room around it. */
    reveal([left, top, right, bottom], room = 40) {
      const [wide, high] = size(), { scale } = view;
      const shift = (low, top, length) => (low < room ? room - low : top > length - room ? length - room - top : 0);
      const dx = shift(left * scale + view.x, right * scale + view.x, wide);
      const dy = shift(top * scale + view.y, bottom * scale + view.y, high);
      if (dx || dy) set({ scale, x: view.x + dx, y: view.y + dy });
    },
  };
}
