// A drawing as a picture that stands alone: with what is shown in words, the signs it uses, the
// version and how to cite it. SVG without script, style sheet or anything fetched.

import { svg } from "../dom.js";
import { colourOf, coloursOf, dark, head, headOf, outline, widthOf } from "../shapes.js";

const FONT = "Segoe UI, Roboto, Helvetica Neue, Noto Sans, Liberation Sans, Arial, sans-serif";
const LIGHT = { ink: "#1b2229", quiet: "#56616c", page: "#ffffff", rule: "#dbe0e4" };
const DARK = { ink: "#e8ecf0", quiet: "#a2adb8", page: "#15191d", rule: "#343b43" };

// --- Words ---------------------------------------------------------------------------------------

const NARROW = new Set("iljtfrI.,:;'|!()[]- ");

/** About how wide a text is, in ems; on the generous side. */
const ems = (text) => [...text].reduce((sum, letter) => sum + (NARROW.has(letter) ? 0.33 : /[A-Zmw@%\u2e80-\uffff]/.test(letter) ? 0.78 : 0.56), 0);

/** A text on lines of at most so many ems. */
export function wrapped(text, most) {
  const lines = [];
  for (const word of text.split(" ")) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && ems(longer) <= most) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/**
 * What a legend of these statements and entities explains: only what occurs among them.
 * @returns {{ title: string, rows: { label: string, kind: string, row: object }[] }[]}
 */
export function legendOf({ graph: { words }, statements, entities, marks }) {
  const used = (map, keys) => {
    const found = new Set(keys);
    return [...map.values()].filter((row) => found.has(row.key));
  };
  const heads = new Set(statements.map((one) => headOf(one, words)));
  const groups = used(words.groups, statements.map((one) => one.group)).map((row) => ({ label: row.label, kind: "line", row: { group: row, head: row.head } }));
  if (heads.has("needs")) groups.push({ label: "is required by", kind: "line", row: { group: words.groups.get("raises"), head: "needs" } });
  return [
    { title: "What happens to it", rows: marks ? used(words.marks, entities.map((one) => marks.get(one)?.key ?? "")).map((row) => ({ label: row.label, kind: "mark", row })) : [] },
    { title: "Entities", rows: used(words.categories, entities.map((one) => one.category)).map((row) => ({ label: row.label, kind: marks ? "outline" : "category", row })) },
    { title: "Statements", rows: [...groups, ...(statements.some((one) => one.negated) ? [{ label: "is not so", kind: "not", row: {} }] : [])] },
    { title: "How well they stand", rows: used(words.statuses, statements.map((one) => one.status)).map((row) => ({ label: row.label, kind: "status", row })) },
    { title: "Independent sources", rows: widths(statements, words) },
  ].filter((group) => group.rows.length);
}

function widths(statements, words) {
  const found = new Map();
  for (const one of statements) {
    const count = Math.min(Math.max(one.supporting, 1), 4);
    if (one.supporting > 0 && one.status === "supported" && !found.has(count)) found.set(count, widthOf(one, words));
  }
  if (found.size < 2) return [];
  return [...found].sort(([a], [b]) => a - b).map(([count, width]) => ({ label: count === 4 ? "4 or more" : String(count), kind: "width", row: { width } }));
}

// --- Signs ---------------------------------------------------------------------------------------

/** A sign of the legend, around (0, 0), 30 wide and 18 high. */
function sign({ kind, row }, words, colours) {
  if (kind === "category" || kind === "outline") {
    const [inside, line] = coloursOf(kind === "category" ? row : words.unmarked?.get("") ?? row);
    return svg("path", { d: outline(row.outline, 26, 14), fill: inside, stroke: line, "stroke-width": 1.3, "stroke-linejoin": "round" });
  }
  if (kind === "mark") {
    const [inside, line] = coloursOf(row);
    return svg("g", {},
      svg("rect", { x: -13, y: -8, width: 26, height: 16, rx: 4, fill: inside, stroke: line, "stroke-width": 1.4, "stroke-dasharray": row.pattern === "dashed" ? "4 3" : null }),
      row.pattern === "striped" && svg("path", { d: "M-11 7L3 -7M-5 7L9 -7M1 7L12 -4", stroke: line, "stroke-width": 1.6, opacity: 0.3 }),
      svg("text", { "text-anchor": "middle", y: 4.8, "font-size": 13, "font-weight": 700, fill: colours.ink }, row.glyph));
  }
  if (kind === "not") return svg("text", { "text-anchor": "middle", y: 6, "font-size": 17, "font-weight": 700, fill: colours.ink }, "¬");
  if (kind === "width") return svg("path", { d: "M-14 0H14", stroke: colours.ink, "stroke-width": row.width });
  const group = kind === "line" ? row.group : null;
  const colour = group ? colourOf(group) : colours.ink;
  const width = kind === "status" ? Math.min(row.widths[1], 2.2) : 1.8;
  const { d, back } = head(group ? row.head : "", width);
  return svg("g", {},
    svg("path", { d: `M-14 0H${14 - back}`, stroke: colour, "stroke-width": width, fill: "none", "stroke-dasharray": row.dashes?.length ? row.dashes.join(" ") : null }),
    d && svg("path", { d, fill: colour, transform: "translate(14 0)" }),
    row.mark && svg("circle", { r: 6.5, fill: colours.page, stroke: colours.ink, "stroke-width": 1.2 }),
    row.mark && svg("text", { "text-anchor": "middle", y: 4, "font-size": 11, "font-weight": 700, fill: colours.ink }, row.mark));
}

// --- The whole -----------------------------------------------------------------------------------

/** Width and height of a drawing, from its view box or its own. */
function extent(drawing) {
  const box = drawing.getAttribute("viewBox")?.split(/[\s,]+/).map(Number);
  return box?.length === 4 ? box : [0, 0, Number(drawing.getAttribute("width")), Number(drawing.getAttribute("height"))];
}

/** What a view gives of its drawing, as an element: SVG, text of one, or the picture of a canvas. */
export async function drawn(view) {
  const given = (await view?.picture?.()) ?? (await view?.bitmap?.());
  if (!given) return null;
  if (typeof given === "string") return document.importNode(new DOMParser().parseFromString(given, "image/svg+xml").documentElement, true);
  if (given instanceof HTMLCanvasElement) {
    const { width, height } = given;
    const shown = Math.min(1, 1600 / width);
    const box = { width: Math.round(width * shown), height: Math.round(height * shown) };
    return svg("svg", { ...box, viewBox: `0 0 ${box.width} ${box.height}` }, svg("image", { ...box, href: given.toDataURL("image/png") }));
  }
  return given;
}

/**
 * The picture as SVG text.
 * @param {SVGSVGElement} drawing
 * @param {object} model what it shows
 * @param {{ title: string, lines: string[] }} said what stands over it and under it
 * @returns {{ text: string, width: number, height: number }}
 */
export function picture(drawing, model, { title, lines }) {
  const { graph: { words } } = model;
  const colours = { ...(dark() ? DARK : LIGHT) };
  // Lines that pass over others are set off in the colour of the ground, so all of it has that colour.
  const ground = drawing.firstElementChild;
  if (ground?.tagName === "rect") colours.page = ground.getAttribute("fill") || colours.page;
  const [left, top, wide, high] = extent(drawing);
  // The words of a large drawing are larger, so that they can be read when it is shown small.
  const unit = Math.min(Math.max(wide / 1100, 1), 3);
  const width = Math.ceil(Math.max(wide, 680 * unit)), pad = 18 * unit;
  const parts = [];
  let y = pad;

  const write = (words, size, { bold = false, quiet = false } = {}) => {
    for (const one of wrapped(words, (width - 2 * pad) / (size * unit))) {
      y += size * 1.35 * unit;
      parts.push(svg("text", { x: pad, y: y - size * 0.35 * unit, "font-size": size * unit, "font-weight": bold ? 600 : null, fill: quiet ? colours.quiet : colours.ink }, one));
    }
  };

  write(title, 17, { bold: true });
  write(lines[0], 12.5, { quiet: true });
  y += 8 * unit;
  const inner = drawing.cloneNode(true);
  for (const [name, value] of Object.entries({ x: (width - wide) / 2, y, width: wide, height: high, viewBox: `${left} ${top} ${wide} ${high}` })) inner.setAttribute(name, value);
  for (const name of ["id", "class", "style", "role", "tabindex", "aria-label"]) inner.removeAttribute(name);
  parts.push(inner);
  y += high + 10 * unit;
  parts.push(svg("path", { d: `M${pad} ${y}H${width - pad}`, stroke: colours.rule, "stroke-width": unit }));
  y += 6 * unit;
  for (const group of legendOf(model)) y = legendRow(group, y);
  y += 6 * unit;
  for (const line of lines.slice(1)) write(line, 11, { quiet: true });
  y += pad * 0.6;

  function legendRow({ title: name, rows }, from) {
    const size = 12 * unit, row = 23 * unit, indent = pad + 150 * unit;
    let x = indent, line = from + row / 2;
    parts.push(svg("text", { x: pad, y: line + size * 0.35, "font-size": size, "font-weight": 600, fill: colours.quiet }, name));
    for (const one of rows) {
      const needs = 38 * unit + ems(one.label) * size + 16 * unit;
      if (x > indent && x + needs > width - pad) {
        x = indent;
        line += row;
      }
      parts.push(
        svg("g", { transform: `translate(${round(x + 15 * unit)} ${round(line)}) scale(${round(unit)})` }, sign(one, words, colours)),
        svg("text", { x: round(x + 36 * unit), y: round(line + size * 0.35), "font-size": size, fill: colours.ink }, one.label));
      x += needs;
    }
    return line + row / 2;
  }

  const height = Math.ceil(y);
  const whole = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, "font-family": FONT },
    svg("title", {}, title),
    svg("desc", {}, lines.join(" ")),
    svg("rect", { width, height, fill: colours.page }), parts);
  return { text: `<?xml version="1.0" encoding="UTF-8"?>\n${serialized(whole)}\n`, width, height };
}

const round = (value) => Math.round(value * 100) / 100;

// Attributes for the page alone, and what could run or be fetched where the file is opened.
const isForeign = ({ name, value }) =>
  /^(on|data-|aria-|tabindex$|role$)/.test(name) || (/(^|:)href$/.test(name) && !/^(#|data:image\/png;)/.test(value));

/** The text of an element; a character that XML cannot hold is replaced. */
function serialized(element) {
  for (const one of element.querySelectorAll("script, foreignObject, style")) one.remove();
  for (const one of element.querySelectorAll("*"))
    for (const attribute of [...one.attributes]) if (isForeign(attribute)) one.removeAttributeNode(attribute);
  return new XMLSerializer().serializeToString(element).replace(UNWRITABLE, "\ufffd");
}

// Control characters, what is no character, and halves of pairs.
const UNWRITABLE = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Cs}/gu;

/** Pixels that every browser's canvas can hold. */
const SIDE = 16_000, AREA = 120e6;

/**
 * The picture as PNG, twice as fine as a screen shows it where a canvas can hold that.
 * @param {{ text: string, width: number, height: number }} picture
 * @returns {Promise<Blob>}
 */
export async function png({ text, width, height }) {
  const scale = Math.min(2, SIDE / width, SIDE / height, Math.sqrt(AREA / (width * height)));
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    await new Promise((resolve, reject) => {
      image.onload = resolve;
      image.onerror = () => reject(new Error("the browser cannot read its own drawing"));
      image.src = address;
    });
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the picture is too large for this browser"))), "image/png"));
  } finally {
    URL.revokeObjectURL(address);
  }
}
