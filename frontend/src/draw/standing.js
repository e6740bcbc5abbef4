// A drawing as a picture that stands alone: without style sheet, and without what is there for
// pointers and keys only.

import { svg } from "../dom.js";

const ONLY_HERE = ".hit, .touch, .ring, .glow, .beyond, title";
const STYLED = [
  "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "stroke-linecap", "opacity",
  "font-family", "font-size", "font-weight",
];
const NOT_THERE = [
  "class", "role", "tabindex", "aria-label", "aria-pressed", "aria-hidden", "data-entity", "data-statement",
  "data-strong", "style",
];
/** @type {Record<string, string>} */
const USUAL = { opacity: "1", "stroke-dasharray": "none", "stroke-linejoin": "miter", "stroke-linecap": "butt" };
const PAD = 16;

/**
 * The drawing as an element of its own, its size that of the drawing at its natural scale.
 * @param {SVGSVGElement} shown where it is shown: its background is the picture's
 * @param {SVGGElement} drawing
 * @param {Frame} frame
 * @returns {SVGSVGElement}
 */
export function standing(shown, drawing, [left, top, right, bottom]) {
  const copy = /** @type {SVGGElement} */ (drawing.cloneNode(true));
  const originals = drawing.querySelectorAll("*"), copies = copy.querySelectorAll("*");
  copies.forEach((element, number) => {
    const style = getComputedStyle(originals[number]);
    const text = element.tagName === "text", group = /^(g|defs|pattern)$/.test(element.tagName);
    for (const name of STYLED) {
      if ((name.startsWith("font") && !text) || (group && name !== "opacity")) continue;
      const value = style.getPropertyValue(name);
      const idle = name.startsWith("stroke-") && style.stroke === "none";
      if (idle || value === USUAL[name]) element.removeAttribute(name);
      else element.setAttribute(name, value.replaceAll('"', "'").replace(/^url\(.*#([^')]+)'?\)/, "url(#$1)"));
    }
    for (const name of NOT_THERE) element.removeAttribute(name);
  });
  // Marked in the original, for the copies have no classes any more.
  originals.forEach((element, number) => {
    if (element.matches(ONLY_HERE)) copies[number].remove();
  });
  for (const name of ["class", "transform"]) copy.removeAttribute(name);
  const [width, height] = [Math.ceil(right - left + 2 * PAD), Math.ceil(bottom - top + 2 * PAD)];
  const box = { x: Math.floor(left - PAD), y: Math.floor(top - PAD), width, height };
  return svg("svg", { viewBox: `${box.x} ${box.y} ${width} ${height}`, width, height },
    svg("rect", { ...box, fill: getComputedStyle(shown).getPropertyValue("--canvas").trim() }), copy);
}
