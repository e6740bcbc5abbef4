// Enough of a browser's document for what makes elements and listens to them: no layout, no style.

class Element_ extends EventTarget {
  constructor(tag) {
    super();
    Object.assign(this, { tag, attributes: new Map(), childNodes: [], parent: null, style: {}, dataset: {}, value: "" });
    const names = () => new Set((this.getAttribute("class") ?? "").split(" ").filter(Boolean));
    this.classList = {
      contains: (name) => names().has(name),
      toggle: (name, yes) => {
        const all = names();
        if (yes) all.add(name);
        else all.delete(name);
        this.setAttribute("class", [...all].join(" "));
      },
    };
  }
  setAttribute(name, value) {
    this.attributes.set(name, String(value));
    if (name.startsWith("data-")) this.dataset[name.slice(5)] = String(value);
  }
  getAttribute(name) { return this.attributes.get(name) ?? null; }
  removeAttribute(name) { this.attributes.delete(name); }
  get id() { return this.getAttribute("id") ?? ""; }
  get hidden() { return this.attributes.has("hidden"); }
  set hidden(yes) {
    if (yes) this.setAttribute("hidden", "");
    else this.removeAttribute("hidden");
  }
  get children() { return this.childNodes.filter((child) => child instanceof Element_); }
  get textContent() { return this.childNodes.map((child) => child.textContent).join(""); }
  append(...some) {
    for (const child of some) {
      const node = child instanceof Node_ || child instanceof Element_ ? child : new Node_(child);
      node.parent = this;
      this.childNodes.push(node);
    }
  }
  replaceChildren(...some) {
    this.childNodes = [];
    this.append(...some);
  }
  /** The first below it for which `test` holds. */
  find(test) {
    for (const child of this.children) {
      const match = test(child) ? child : child.find(test);
      if (match) return match;
    }
    return null;
  }
  /** Of selectors only `[data-name="value"]` is known, which is all that is asked for. */
  querySelector(selector) {
    const [, name, value] = /^\[data-(\w+)="(\w+)"\]$/.exec(selector);
    return this.find((element) => element.dataset[name] === value);
  }
  scrollIntoView() { this.scrolled = true; }
  select() { this.selected = true; }
  blur() { this.dispatchEvent(new Event("blur")); }
  getBoundingClientRect() { return { left: 10, top: 20 }; }
}

class Node_ {
  constructor(text) { this.textContent = String(text); }
}

/** Let there be a document; elements that are asked for by id are those of `template`. */
export function page(template = {}) {
  globalThis.Node = class { static [Symbol.hasInstance](value) { return value instanceof Element_ || value instanceof Node_; } };
  globalThis.document = {
    createElement: (tag) => new Element_(tag),
    createElementNS: (_, tag) => new Element_(tag),
    createTextNode: (text) => new Node_(text),
    getElementById: (id) => template[id] ?? null,
  };
  return { element: (tag = "div") => new Element_(tag) };
}

/** An event with these fields. */
export function event(type, fields = {}) {
  const made = new Event(type, { cancelable: true, bubbles: true });
  for (const [name, value] of Object.entries(fields)) Object.defineProperty(made, name, { value });
  return made;
}

/** What a view may do, and what it did: `calls` has each call as name and arguments. */
export function acting() {
  const calls = [];
  const act = new Proxy({}, { get: (_, name) => (...given) => void calls.push([name, ...given]) });
  return { act, calls };
}

/** Frames that come when they are told to. */
export function frames() {
  let waiting = [], last = 0;
  globalThis.requestAnimationFrame = (call) => (waiting.push([++last, call]), last);
  globalThis.cancelAnimationFrame = (id) => { waiting = waiting.filter(([other]) => other !== id); };
  return (now = 0) => {
    const due = waiting;
    waiting = [];
    for (const [, call] of due) call(now);
    return due.length;
  };
}
