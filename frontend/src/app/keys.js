// Keys that work everywhere but where text is written.

/**
 * Where each arrow points: across and down.
 * @type {Record<string, Point>}
 */
export const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * What a key does with an entity.
 * @param {Act} act
 * @returns {Record<string, (entity: { id: string }) => void>}
 */
export const onEntity = (act) => ({
  e: (entity) => act.expand(entity.id),
  c: (entity) => act.collapse(entity.id),
  h: (entity) => act.hide(entity.id),
  p: (entity) => act.pin(entity.id),
  f: (entity) => act.focus(entity.id),
});

/** @type {Record<string, State["view"]>} */
const VIEW = { m: "mechanism", o: "overview", t: "table" };

/** What each key does, for the list of keys. */
export const LIST = [
  ["/", "search"],
  ["M O T", "Mechanism, Overview, Table"],
  ["+ − 0", "zoom in, zoom out, show everything"],
  ["arrows", "go from box to box, or move the drawing"],
  ["Enter", "what is known of the box or line"],
  ["E C H P F", "expand, collapse, hide, pin, focus on what is selected"],
  ["Q", "ask in SPARQL"],
  ["Esc", "close, clear the selection"],
  ["Backspace", "undo"],
];

const writes = (/** @type {any} */ target) =>
  target instanceof HTMLInputElement ? !["checkbox", "radio", "button", "range"].includes(target.type)
    : target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable ||
      Boolean(target.shadowRoot);

/**
 * Listen for keys.
 * @param {{ act: Act, state: () => State, view: () => View, search: () => void }} page what is shown now
 */
export function listen({ act, state, view, search }) {
  const doing = onEntity(act);
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("dialog[open]") || writes(event.target)) return;
    const { selected } = state();
    const entity = selected?.kind === "entity" ? selected.id : null;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === "/") search();
    else if (key === "Escape") state().query !== null ? act.go({ query: null }) : act.clear();
    else if (key === "Backspace") act.back();
    else if ((key === "n" || key === "b") && state().story !== null)
      act.tell(/** @type {number} */ (state().story) + (key === "n" ? 1 : -1));
    else if (key === "q") act.go({ query: state().query === null ? "" : null });
    else if (VIEW[key]) act.view(VIEW[key]);
    else if (key === "+" || key === "=") view().zoom(1.3);
    else if (key === "-") view().zoom(1 / 1.3);
    else if (key === "0") view().fit();
    else if (ARROWS[key] && /** @type {Element} */ (event.target).closest?.("#stage") && state().view !== "table")
      view().pan(...ARROWS[key]);
    else if (doing[key] && entity) doing[key]({ id: entity });
    else return;
    event.preventDefault();
  });
}
