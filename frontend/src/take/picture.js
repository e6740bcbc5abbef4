// A drawing as a picture that stands alone: with what is shown in words, the signs it uses, the
// version and how to cite it. SVG without script, style sheet or anything fetched.

import { svg } from "../dom.js";
import { colourOf, coloursOf, dark, head, headOf, outline, widthOf } from "../shapes.js";

const FONT = "Segoe UI, Roboto, Helvetica Neue, Noto Sans, Liberation Sans, Arial, sans-serif";
/**
 * @typedef {{ ink: string, quiet: string, page: string, rule: string }} Colours
 * @typedef {{ label: string, kind: string, row: any }} Sign  a row of the legend: what `SIGNS` draws of its kind, and of what
 */
const LIGHT = { ink: "#1b2229", quiet: "#56616c", page: "#ffffff", rule: "#dbe0e4" };
const DARK = { ink: "#e8ecf0", quiet: "#a2adb8", page: "#15191d", rule: "#343b43" };

// --- Words ---------------------------------------------------------------------------------------

const NARROW = new Set("iljtfrI.,:;'|!()[]- ");

/** How much wider bold letters are. */
const BOLD = 1.13;

/**
 * About how wide a text is, in ems: in DejaVu Sans, the widest of the faces that it may be set in.
 * @param {string} text
 * @returns {number}
 */
const ems = (text) => [...text].reduce((sum, letter) => sum + wide(letter), 0);

/** @param {string} letter */
function wide(letter) {
  if (NARROW.has(letter)) return 0.37;
  return /[A-Zmw@%\u2e80-\uffff]/.test(letter) ? 0.84 : 0.62;
}

/** A text on lines of at most so many ems. @param {string} text @param {number} most @returns {string[]} */
export function wrapped(text, most) {
  /** @type {string[]} */
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
 * @returns {{ title: string, rows: Sign[] }[]} * @param {Pick<Model, "graph" | "statements" | "entities" | "marks">} model
 */
export function legendOf({ graph: { words }, statements, entities, marks }) {
  /** @template {{ key: string }} R @param {Map<string, R>} map @param {string[]} keys */
  const used = (map, keys) => {
    const present = new Set(keys);
    return [...map.values()].filter((row) => present.has(row.key));
  };
  /** @param {string} kind @param {Row[]} some */
  const rows = (kind, some) => some.map((row) => ({ label: row.label, kind, row }));
  const marked = marks ? used(words.marks, entities.map((entity) => marks.get(entity)?.key ?? "")) : [];
  const lines = used(words.groups, statements.map((statement) => statement.group)).map((row) =>
    /** @type {Sign} */ ({ label: row.label, kind: "line", row: { group: row, head: row.head } }));
  if (statements.some((statement) => headOf(statement, words) === "needs")) {
    lines.push({ label: "is required by", kind: "line", row: { group: words.groups.get("raises"), head: "needs" } });
  }
  if (statements.some((statement) => statement.negated)) lines.push({ label: "is not so", kind: "not", row: {} });
  // Where there are marks, fills tell of them and categories have their outline alone.
  const categories = rows(marks ? "outline" : "category", used(words.categories, entities.map((entity) => entity.category)));
  return [
    { title: "What happens to it", rows: rows("mark", marked) },
    { title: "Entities", rows: categories },
    { title: "Statements", rows: lines },
    { title: "How well they stand", rows: rows("status", used(words.statuses, statements.map((statement) => statement.status))) },
    { title: "Independent sources", rows: widths(statements, words) },
  ].filter((group) => group.rows.length);
}

/** @param {Statement[]} statements @param {Words} words */
function widths(statements, words) {
  const byCount = new Map();
  for (const statement of statements) {
    const count = Math.min(Math.max(statement.supporting, 1), 4);
    if (statement.supporting > 0 && statement.status === "supported" && !byCount.has(count)) byCount.set(count, widthOf(statement, words));
  }
  if (byCount.size < 2) return [];
  return [...byCount].sort(([a], [b]) => a - b).map(([count, width]) =>
    ({ label: count === 4 ? "4 or more" : String(count), kind: "width", row: { width } }));
}

// --- Signs ---------------------------------------------------------------------------------------

/**
 * Signs of the legend by kind, around (0, 0), 30 wide and 18 high.
 * @type {Record<string, (row: any, colours: Colours, words: Words) => any>}
 */
const SIGNS = {
  category: (row) => box(row.outline, coloursOf(row)),
  outline: (row, colours, words) => box(row.outline, coloursOf(words.unmarked?.get("") ?? row)),
  mark(row, colours) {
    const [fill, stroke] = coloursOf(row), dashes = row.pattern === "dashed" ? "4 3" : null;
    const frame = { x: -13, y: -8, width: 26, height: 16, rx: 4 }, stripes = "M-11 7L3 -7M-5 7L9 -7M1 7L12 -4";
    return [
      svg("rect", { ...frame, fill, stroke, "stroke-width": 1.4, "stroke-dasharray": dashes }),
      row.pattern === "striped" && svg("path", { d: stripes, stroke, "stroke-width": 1.6, opacity: 0.3 }),
      glyph(row.glyph, 13, colours),
    ];
  },
  not: (row, colours) => glyph("¬", 17, colours),
  width: (row, colours) => svg("path", { d: "M-14 0H14", stroke: colours.ink, "stroke-width": row.width }),
  line(row, colours) {
    const fill = colourOf(row.group), { d, back } = head(row.head, 1.8);
    return [line(14 - back, fill, 1.8), d && svg("path", { d, fill, transform: "translate(14 0)" }), ...marked(row.group, colours)];
  },
  status: (row, colours) => [line(14, colours.ink, Math.min(row.widths[1], 2.2), row.dashes), ...marked(row, colours)],
};

/** The mark of a line in its disc. @param {{ mark: string }} row @param {Colours} colours */
const marked = ({ mark }, colours) =>
  mark ? [svg("circle", { r: 6.5, fill: colours.page, stroke: colours.ink, "stroke-width": 1.2 }), glyph(mark, 11, colours)] : [];

/** @param {string} name @param {[fill: string, stroke: string]} colours */
const box = (name, [fill, stroke]) =>
  svg("path", { d: outline(name, 26, 14), fill, stroke, "stroke-width": 1.3, "stroke-linejoin": "round" });

/** @param {number} end @param {string} stroke @param {number} width @param {number[]} [dashes] */
function line(end, stroke, width, dashes = []) {
  const look = { stroke, "stroke-width": width, "stroke-dasharray": dashes.join(" ") || null };
  return svg("path", { d: `M-14 0H${end}`, fill: "none", ...look });
}

/** @param {string} text @param {number} size @param {Colours} colours */
const glyph = (text, size, { ink }) =>
  svg("text", { "text-anchor": "middle", y: size * 0.36, "font-size": size, "font-weight": 700, fill: ink }, text);

// --- The whole -----------------------------------------------------------------------------------

/** Width and height of a drawing, from its view box or its own. @param {SVGSVGElement} drawing */
function extent(drawing) {
  const box = drawing.getAttribute("viewBox")?.split(/[\s,]+/).map(Number);
  if (box?.length === 4) return box;
  return [0, 0, Number(drawing.getAttribute("width")), Number(drawing.getAttribute("height"))];
}

/** A drawing that leaves room for the pixels of a canvas. @param {HTMLCanvasElement} canvas @param {number} density */
export function roomFor(canvas, density) {
  const size = { width: Math.round(canvas.width / density), height: Math.round(canvas.height / density) };
  const ground = getComputedStyle(document.documentElement).getPropertyValue("--canvas").trim();
  return svg("svg", { ...size, viewBox: `0 0 ${size.width} ${size.height}` }, svg("rect", { ...size, fill: ground }));
}

/**
 * The picture as SVG text.
 * @param {SVGSVGElement} drawing
 * @param {Model} model what it shows
 * @param {{ title: string, lines: string[] }} words what stands over it and under it
 * @returns {{ text: string, width: number, height: number, place: { x: number, y: number, width: number, height: number } }}
 *   with where in it the drawing stands
 */
export function picture(drawing, model, { title, lines }) {
  const { graph: { words } } = model;
  const colours = { ...(dark() ? DARK : LIGHT) };
  // Lines that pass over others are set off in the colour of the ground, so all of it has that colour.
  const ground = drawing.firstElementChild;
  if (ground?.tagName === "rect") colours.page = ground.getAttribute("fill") || colours.page;
  const [left, top, across, high] = extent(drawing);
  // The words of a large drawing are larger, so that they can be read when it is shown small.
  const unit = Math.min(Math.max(across / 1100, 1), 3);
  const width = Math.ceil(Math.max(across, 680 * unit)), pad = 18 * unit;
  const parts = [];
  let y = pad;

  /** @param {string} words @param {number} size */
  const write = (words, size, { bold = false, quiet = false } = {}) => {
    for (const line of wrapped(words, (width - 2 * pad) / (size * unit * (bold ? BOLD : 1)))) {
      y += size * 1.35 * unit;
      const place = { x: pad, y: round(y - size * 0.35 * unit), "font-size": round(size * unit) };
      const look = { "font-weight": bold ? 600 : null, fill: quiet ? colours.quiet : colours.ink };
      parts.push(svg("text", { ...place, ...look }, line));
    }
  };

  write(title, 17, { bold: true });
  write(lines[0], 12.5, { quiet: true });
  y += 8 * unit;
  const inner = /** @type {SVGSVGElement} */ (drawing.cloneNode(true));
  const place = { x: round((width - across) / 2), y: round(y), width: across, height: high };
  for (const [name, value] of Object.entries({ ...place, viewBox: `${left} ${top} ${across} ${high}` }))
    inner.setAttribute(name, String(value));
  for (const name of ["id", "class", "style"]) inner.removeAttribute(name);
  parts.push(inner);
  y += high + 10 * unit;
  parts.push(svg("path", { d: `M${pad} ${y}H${width - pad}`, stroke: colours.rule, "stroke-width": unit }));
  y += 6 * unit;
  for (const group of legendOf(model)) y = legendRow(group, y);
  y += 6 * unit;
  for (const line of lines.slice(1)) write(line, 11, { quiet: true });
  y += pad * 0.6;

  /** @param {ReturnType<typeof legendOf>[number]} group @param {number} from */
  function legendRow({ title: name, rows }, from) {
    const size = 12 * unit, row = 23 * unit, indent = pad + 150 * unit;
    let x = indent, line = from + row / 2;
    /** @param {number} left @param {string} words @param {Record<string, string | number>} more */
    const write = (left, words, more) =>
      svg("text", { x: round(left), y: round(line + size * 0.35), "font-size": size, ...more }, words);
    parts.push(write(pad, name, { "font-weight": 600, fill: colours.quiet }));
    for (const entry of rows) {
      const needs = 38 * unit + ems(entry.label) * size + 16 * unit;
      if (x > indent && x + needs > width - pad) {
        x = indent;
        line += row;
      }
      const there = `translate(${round(x + 15 * unit)} ${round(line)}) scale(${round(unit)})`;
      parts.push(
        svg("g", { transform: there }, SIGNS[entry.kind](entry.row, colours, words)),
        write(x + 36 * unit, entry.label, { fill: colours.ink }));
      x += needs;
    }
    return line + row / 2;
  }

  const height = Math.ceil(y);
  const whole = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, "font-family": FONT },
    svg("title", {}, title),
    svg("desc", {}, lines.join(" ")),
    svg("rect", { width, height, fill: colours.page }), parts);
  return { place, text: `<?xml version="1.0" encoding="UTF-8"?>\n${serialized(whole)}\n`, width, height };
}

/** @param {number} value */
const round = (value) => Math.round(value * 100) / 100;

// Attributes for the page alone, and what could run or be fetched where the file is opened.
/** @param {Attr} attribute */
const isForeign = ({ name, value }) =>
  /^(on|data-|aria-|tabindex$|role$)/.test(name) || (/(^|:)href$/.test(name) && !/^(#|data:image\/png;)/.test(value));

/** The text of an element; a character that XML cannot hold is replaced. @param {SVGSVGElement} element */
function serialized(element) {
  for (const node of element.querySelectorAll("script, foreignObject, style")) node.remove();
  for (const node of element.querySelectorAll("*"))
    for (const attribute of [...node.attributes].filter(isForeign)) node.removeAttributeNode(attribute);
  return new XMLSerializer().serializeToString(element).replace(UNWRITABLE, "\ufffd");
}

// Control characters, what is no character, and halves of pairs.
const UNWRITABLE = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Cs}/gu;

/** Pixels that every browser's canvas can hold. */
const SIDE = 16_000, AREA = 120e6;

/**
 * The picture as PNG, twice as fine as a screen shows it where a canvas can hold that.
 * @param {{ text: string, width: number, height: number, place: { x: number, y: number, width: number, height: number } }} picture
 * @param {HTMLCanvasElement | null} [pixels] what is put in the place of the drawing
 * @returns {Promise<Blob>}
 */
export async function png({ text, width, height, place }, pixels = null) {
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
    const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    ctx.drawImage(image, 0, 0, canvas.width, canvas.height);
    ctx.scale(scale, scale);
    if (pixels) ctx.drawImage(pixels, place.x, place.y, place.width, place.height);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    if (!blob) throw new Error("the picture is too large for this browser");
    return blob;
  } finally {
    URL.revokeObjectURL(address);
  }
}
