// Elements are made here and nowhere else; text is only ever set as text.

const SVG = "http://www.w3.org/2000/svg";

/**
 * @template {Element} E
 * @param {E} element
 * @param {Record<string, any>} attributes
 * @param {any[]} children
 * @returns {E}
 */
function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return element;
}

/**
 * An HTML element; attributes that begin with `on` are listeners.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, any>} attributes
 * @param {...any} children elements and texts, in lists of any depth; what is nothing is left out
 */
export const h = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);

/**
 * An SVG element.
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, any>} attributes
 * @param {...any} children
 */
export const svg = (tag, attributes = {}, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

/**
 * A link where the address is on the web, and the same text without a link where it is not.
 * @param {string} text
 * @param {string} address
 */
export function anchor(text, address) {
  if (!/^https:\/\//i.test(address)) return h("span", {}, text);
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text);
}

/** An element of the page's template. @param {string} id @returns {any} */
export const $ = (id) => document.getElementById(id);

/** @param {number} count @param {string} singular @param {string} [many] */
export const plural = (count, singular, many = `${singular}s`) => `${count.toLocaleString("en-GB")} ${count === 1 ? singular : many}`;

/** Give a file to whoever reads the page. @param {Blob} blob @param {string} name */
export function download(blob, name) {
  const address = URL.createObjectURL(blob);
  h("a", { href: address, download: name }).click();
  // The browser reads the file after the click; it has long done so by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
