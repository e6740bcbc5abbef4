// The page as a widget of a notebook: a frame that is cut off from it, and a channel for what is selected, the scene and
// the lens. It is the front half of src/trabecula/page/widget.py, by the interface of anywidget; the page's side is
// app/surroundings.js.

/**
 * What anywidget gives to read and to write what a widget has.
 * @typedef {object} Model
 * @property {(name: string) => any} get
 * @property {(name: string, value: unknown) => void} set
 * @property {() => void} save_changes
 * @property {(event: string, listener: () => void) => void} on
 * @property {(event: string, listener: () => void) => void} off
 */
const SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads";
const NAMES = ["selected", "scene", "lens"];

/** @param {unknown} value */
const text = (value) => typeof value === "string" && value.length <= 300_000;
/** @param {unknown} value */
const texts = (value) => Array.isArray(value) && value.length <= 10_000 && value.every(text);
/**
 * Whether each of the three is what a page says: it may hold a graph of anybody's.
 * @type {Record<string, (value: any) => boolean>}
 */
const SOUND = {
  selected: (value) => value === null || text(value),
  scene: text,
  lens: (value) => texts(value?.trust) && texts(value?.without),
};

/** @param {unknown} first @param {unknown} second */
const same = (first, second) => JSON.stringify(first) === JSON.stringify(second);

/** @param {{ model: Model, el: HTMLElement }} widget */
function render({ model, el }) {
  const frame = document.createElement("iframe");
  frame.title = model.get("title");
  frame.setAttribute("sandbox", SANDBOX);
  frame.style.cssText = "width:100%;border:1px solid #ccc;border-radius:6px;box-sizing:border-box";
  frame.height = String(model.get("height"));
  /** @type {MessagePort | null} */
  let port = null;

  /** @param {MessageEvent} event */
  const hear = ({ data }) => {
    const changed = NAMES.filter((name) => data && name in data && SOUND[name](data[name]) && !same(data[name], model.get(name)));
    for (const name of changed) model.set(name, name === "lens" ? { trust: data.lens.trust, without: data.lens.without } : data[name]);
    if (changed.length) model.save_changes();
  };
  // A page that was loaded says so. It has no origin of its own to be known by, but it is in our frame.
  /** @param {MessageEvent} event */
  const greet = (event) => {
    if (event.source !== frame.contentWindow || event.data !== "trabecula") return;
    port?.close();
    const channel = new MessageChannel();
    port = channel.port1;
    port.onmessage = hear;
    frame.contentWindow?.postMessage("trabecula", "*", [channel.port2]);
    const set = NAMES.filter((name) => model.get(name) !== null && model.get(name) !== undefined);
    port.postMessage(Object.fromEntries(set.map((name) => [name, model.get(name)])));
  };
  addEventListener("message", greet);
  /** @type {[string, () => void][]} */
  const listeners = NAMES.map((name) => [`change:${name}`, () => port?.postMessage({ [name]: model.get(name) })]);
  for (const [event, listener] of listeners) model.on(event, listener);

  frame.srcdoc = model.get("page");
  el.append(frame);
  return () => {
    removeEventListener("message", greet);
    for (const [event, listener] of listeners) model.off(event, listener);
    port?.close();
  };
}

export default { render };
