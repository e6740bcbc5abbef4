// What a pointer does in a drawing, whatever draws it: it lights what it is on, says what that is, and chooses, expands
// and collapses it.

const STILL = 5; // pixels that a pointer may move and still have clicked

/**
 * Where an event is on an element.
 * @param {Surface} element
 * @param {{ clientX: number, clientY: number }} event
 * @returns {Point}
 */
export function pointOn(element, { clientX, clientY }) {
  const { left, top } = element.getBoundingClientRect();
  return [clientX - left, clientY - top];
}

/**
 * Whether a click is one that moved nothing, for who has no camera that knows it.
 * @param {Surface} element
 * @param {() => void} began called where the pointer is pressed
 * @returns {(event: MouseEvent) => boolean}
 */
export function pressing(element, began) {
  /** @type {Point | null} */
  let pressed = null;
  element.addEventListener("pointerdown", (event) => {
    began();
    pressed = event.isPrimary ? [event.clientX, event.clientY] : null;
  }, { capture: true });
  return (event) => pressed !== null && Math.hypot(event.clientX - pressed[0], event.clientY - pressed[1]) < STILL;
}

/**
 * What looks once a frame, at the last of the events in it, and at once where there is none.
 * @param {(event: MouseEvent | null) => void} look
 * @returns {(event: MouseEvent | null) => void}
 */
export function onceAFrame(look) {
  let frame = 0;
  /** @type {MouseEvent | null} */
  let last = null;
  return (event) => {
    last = event;
    if (!event) {
      cancelAnimationFrame(frame);
      frame = 0;
      look(null);
    } else frame ||= requestAnimationFrame(() => {
      frame = 0;
      look(last);
    });
  };
}

/**
 * Bring the neighbours of an entity, or put them out of sight again.
 * @param {Act} act
 * @param {State} state
 * @param {Entity} entity
 */
export function toggle(act, state, entity) {
  if (state.plus.includes(entity.id)) act.collapse(entity.id);
  else act.expand(entity.id);
}

/**
 * Let a pointer act in a drawing.
 * @param {Surface} element
 * @param {Act} act
 * @param {object} drawing
 * @param {() => State | undefined} drawing.state what is drawn; nothing where nothing is
 * @param {(event: MouseEvent) => Hit} drawing.under what is at an event
 * @param {(event: MouseEvent) => boolean} drawing.clicks whether a click is meant as one
 * @param {(event: MouseEvent | null) => void} drawing.hover called where the pointer moves, and with nothing where it
 *   has left
 * @param {(entity: Entity) => void} drawing.chosen called before an entity is
 */
export function pointer(element, act, { state, under, clicks, hover, chosen }) {
  element.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "touch" && !event.buttons && state()) hover(event);
  });
  element.addEventListener("pointerleave", () => hover(null));
  element.addEventListener("click", (event) => {
    const now = state();
    if (!now || !clicks(event)) return;
    const { entity, statement, more } = under(event);
    if (entity && more) toggle(act, now, entity);
    else if (entity && event.detail > 1) act.expand(entity.id); // the second click of two
    else if (entity) {
      chosen(entity);
      act.choose("entity", entity.id);
    } else if (statement) act.choose("statement", statement.id);
    else if (now.selected) act.clear();
  });
}
