// Painting the Overview on a canvas: boxes, labels, marks and names, the same whichever renderer
// draws the lines. The context is in the coordinates of the chart.

import { colourOf, coloursOf, head, headOf, marksOf, outline } from "../shapes.js";
import { frameAt, hasMore, markAt, moreAt, overlap, pointOf } from "./chart.js";
import { PIN, written } from "./figure.js";
import { archOf, shortened } from "./own.js";

const FINE = 0.2; // scale below which boxes without labels are plain rectangles: no outline could be told

const forced = matchMedia("(forced-colors: active)");

/**
 * @typedef {import("./chart.js").Chart} Chart
 * @typedef {Looks["entities"][number]} Look
 * @typedef {Pick<Dressing, "theme" | "looks" | "hovered" | "focused"> & { scale: number, view?: number[] }} Painted  a
 *   chart at a scale, and the frame of it that is seen, where the rest need not be painted
 */

/** Colours and fonts as the page has them now. @param {Element} host @returns {Theme} */
export function themeOf(host) {
  const style = getComputedStyle(host), value = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  const plain = forced.matches;
  const colour = (/** @type {string} */ name, /** @type {string} */ system) => (plain ? systems(system) : value(name));
  return {
    plain,
    paper: colour("--canvas", "Canvas"),
    ink: colour("--ink", "CanvasText"),
    quiet: colour("--quiet", "CanvasText"),
    edge: colour("--edge", "CanvasText"),
    focus: colour("--focus", "Highlight"),
    font: value("--sans") || "sans-serif",
  };
}

/**
 * Colours and fonts of what is printed: paper is white, whatever the screen is.
 * @type {Theme}
 */
export const PAPER = {
  plain: false, paper: "#ffffff", ink: "#1b2229", quiet: "#56616c", edge: "#86909a", focus: "#0b5cad", font: "sans-serif",
};

/** A colour of the system as numbers, which vis-network can make paler. @param {string} name */
function systems(name) {
  const ctx = contextOf(document.createElement("canvas"));
  ctx.fillStyle = name;
  ctx.fillRect(0, 0, 1, 1);
  return `rgb(${[...ctx.getImageData(0, 0, 1, 1).data.slice(0, 3)]})`;
}

/**
 * The context in which one paints on a canvas.
 * @param {HTMLCanvasElement} canvas
 */
export const contextOf = (canvas) => /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));

/**
 * What each entity and statement looks like in these surroundings.
 * @param {Chart} chart
 * @param {Theme} theme
 * @returns {Looks}
 */
export function looksOf({ entities, statements, model: { graph: { words }, marks, state } }, theme) {
  const pinned = new Set(state.pin);
  const category = new Map([...words.categories.values()].map((row) => [row.key, coloursOf(row)]));
  const mark = new Map([...words.marks.values()].map((row) => [row.key, { row, shown: coloursOf(row) }]));
  const group = new Map([...words.groups.values()].map((row) => [row.key, theme.plain ? theme.ink : colourOf(row)]));
  return {
    entities: entities.map((entity) => {
      const own = marks ? mark.get(marks.get(entity)?.key ?? "") : null;
      const [inside, line] = own ? own.shown : category.get(entity.category) ?? [theme.paper, theme.ink];
      return {
        inside: theme.plain ? theme.paper : inside, line: theme.plain ? theme.ink : line,
        outline: words.categories.get(entity.category)?.outline ?? "box",
        glyph: own?.row.glyph ?? "",
        pattern: own?.row.pattern ?? "",
        strong: /^(changed|fixed)/.test(own?.row.key ?? ""),
        pinned: pinned.has(entity.id),
      };
    }),
    statements: statements.map((statement) => ({
      colour: group.get(statement.group) ?? theme.ink,
      dashes: words.statuses.get(statement.status)?.dashes ?? [],
      mark: marksOf(statement, words).join(""),
    })),
  };
}

// --- Boxes ---------------------------------------------------------------------------------------

/**
 * Paint the boxes: those without labels under those with, dim ones under bright ones.
 * @param {CanvasRenderingContext2D} ctx
 * @param {import("./chart.js").Chart} made
 * @param {Painted} how
 */
export function boxes(ctx, made, how) {
  const { x, y, wide, high, labelled, order, entities, model: { lit, state: { selected } } } = made;
  const { scale, view } = how;
  /** @type {number[][]} */
  const layers = [[], [], [], []];
  let chosen = -1;
  for (let at = order.length - 1; at >= 0; at--) {
    const number = order[at];
    if (view && !overlap(frameAt(x[number], y[number], 2 * wide[number], 2 * high[number]), view)) continue;
    if (selected?.kind === "entity" && entities[number].id === selected.id) chosen = number;
    else layers[(lit && !lit.entities.has(entities[number]) ? 0 : 2) + labelled[number]].push(number);
  }
  ctx.lineJoin = "round";
  const paths = new Map();
  layers.forEach((some, layer) => {
    const fine = scale < FINE && !made.model.marks && layer % 2 === 0;
    if (fine) rectangles(ctx, made, some, how, layer < 2);
    else for (const number of some) box(ctx, made, number, how, paths, layer < 2);
  });
  if (chosen >= 0) box(ctx, made, chosen, how, paths, false);
}

/**
 * Boxes too small for an outline, one colour after the other.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Chart} made
 * @param {number[]} some
 * @param {Painted} how
 * @param {boolean} dim
 */
function rectangles(ctx, { x, y, wide, high }, some, { scale, looks }, dim) {
  /** @type {Sure<string, number[]>} */
  const colours = new Map();
  for (const number of some) {
    const { line } = looks.entities[number];
    if (!colours.has(line)) colours.set(line, []);
    colours.get(line).push(number);
  }
  ctx.globalAlpha = dim ? 0.16 : 0.8;
  const least = 2 / scale;
  for (const [colour, own] of colours) {
    ctx.fillStyle = colour;
    for (const number of own) {
      const w = Math.max(wide[number], least), h = Math.max(high[number], least);
      ctx.fillRect(x[number] - w / 2, y[number] - h / 2, w, h);
    }
  }
  ctx.globalAlpha = 1;
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Chart} made
 * @param {number} number
 * @param {Painted} how
 * @param {Map<string, Path2D>} paths
 * @param {boolean} dim
 */
function box(ctx, made, number, { scale, theme, looks, hovered, focused }, paths, dim) {
  const { x, y, w, h, wide, high, grown, labelled, entities, model: { state: { selected } } } = made;
  const look = looks.entities[number], entity = entities[number], own = labelled[number] === 1, by = grown[number];
  const size = /** @type {[number, number]} */ ([wide[number] / by, high[number] / by]), key = `${look.outline} ${size}`;
  let path = paths.get(key);
  if (!path) paths.set(key, path = new Path2D(outline(look.outline, ...size)));
  const thin = own ? 1 : 0.9 / scale;
  const chosen = selected?.kind === "entity" && selected.id === entity.id;
  ctx.save();
  ctx.translate(x[number], y[number]);
  ctx.scale(by, by);
  if (focused === entity || chosen) {
    ctx.globalAlpha = focused === entity ? 1 : 0.35;
    ctx.strokeStyle = theme.focus;
    ctx.lineWidth = (focused === entity ? 8 : 10) * thin;
    ctx.stroke(path);
    ctx.globalAlpha = 1;
  }
  // Set off from the lines that pass behind it.
  ctx.strokeStyle = ctx.fillStyle = theme.paper;
  ctx.lineWidth = own ? 5 : 3.2 * thin;
  if (!dim) ctx.stroke(path);
  ctx.fill(path);
  ctx.globalAlpha = dim ? 0.16 : 1;
  ctx.fillStyle = look.inside;
  ctx.fill(path);
  if (look.pattern === "striped") {
    ctx.fillStyle = stripes(ctx, look.line);
    ctx.fill(path);
  }
  ctx.strokeStyle = chosen ? theme.focus : look.line;
  ctx.lineWidth = (chosen ? 3 : hovered === entity ? 2.8 : look.strong ? 2.6 : 1.5) * thin;
  if (look.pattern === "dashed") ctx.setLineDash([6 * thin, 4 * thin]);
  ctx.stroke(path);
  ctx.setLineDash([]);
  if (own) label(ctx, entity, look, [w[number], h[number]], theme);
  if (look.glyph) glyph(ctx, { own, font: entity.font, w: w[number], high: high[number], look }, theme);
  if (look.pinned && own) pin(ctx, w[number], h[number], theme);
  ctx.restore();
  if (hasMore(made, number, scale)) more(ctx, made, number, theme);
}

/** Slanting stripes in a colour, faint enough for a label over them. @param {CanvasRenderingContext2D} ctx @param {string} colour */
function stripes(ctx, colour) {
  const hatching = contextOf(document.createElement("canvas"));
  hatching.canvas.width = hatching.canvas.height = 12;
  hatching.globalAlpha = 0.2;
  hatching.strokeStyle = colour;
  hatching.lineWidth = 3;
  for (const start of [-12, 0, 12]) {
    hatching.beginPath();
    hatching.moveTo(start - 2, 14);
    hatching.lineTo(start + 14, -2);
    hatching.stroke();
  }
  return /** @type {CanvasPattern} */ (ctx.createPattern(hatching.canvas, "repeat"));
}

/** @param {CanvasRenderingContext2D} ctx @param {Theme} theme @param {number} weight @param {number} size */
function write(ctx, theme, weight, size) {
  ctx.font = `${weight} ${size}px ${theme.font}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
}

/** Where the lines of a label stand, found once for each box. @type {WeakMap<Entity, ReturnType<typeof written>>} */
const labels = new WeakMap();

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Entity} entity
 * @param {Look} look
 * @param {[number, number]} size
 * @param {Theme} theme
 */
function label(ctx, entity, { outline: name }, [w, h], theme) {
  let lines = labels.get(entity);
  if (!lines) labels.set(entity, lines = written(entity, { w, h, name }));
  const { size, weight, rows } = lines;
  write(ctx, theme, weight, size);
  ctx.textBaseline = "alphabetic";
  ctx.fillStyle = theme.ink;
  for (const { text, x, y, most } of rows) ctx.fillText(text, x, y, most ?? undefined);
}

/**
 * What happens to an entity, on the left border of its box, or in the middle of a box without label.
 * @param {CanvasRenderingContext2D} ctx
 * @param {{ own: boolean, font: number, w: number, high: number, look: Look }} box
 * @param {Theme} theme
 */
function glyph(ctx, { own, font, w, high, look: { glyph: text, line: colour } }, theme) {
  if (!own) {
    write(ctx, theme, 700, high * 0.95);
    ctx.fillStyle = theme.ink;
    ctx.fillText(text, 0, 0);
    return;
  }
  const radius = font * 0.58, x = -w / 2 - radius * 0.6;
  disc(ctx, x, 0, radius, colour, theme.paper, 1.5);
  write(ctx, theme, 700, radius * 1.5);
  ctx.fillStyle = theme.paper;
  ctx.fillText(text, x, radius * 0.08);
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {string} inside
 * @param {string} line
 * @param {number} width
 */
function disc(ctx, x, y, radius, inside, line, width) {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.fillStyle = inside;
  ctx.fill();
  ctx.strokeStyle = line;
  ctx.lineWidth = width;
  ctx.stroke();
}

/** @type {Path2D | null} */
let needle = null;

/** @param {CanvasRenderingContext2D} ctx @param {number} w @param {number} h @param {Theme} theme */
function pin(ctx, w, h, theme) {
  needle ??= new Path2D(PIN);
  ctx.save();
  ctx.translate(-w / 2 + 7, -h / 2 - 3);
  ctx.rotate(-0.31);
  disc(ctx, 0, -0.5, 8, theme.paper, theme.quiet, 1);
  ctx.strokeStyle = theme.ink;
  ctx.lineWidth = 1.3;
  ctx.stroke(needle);
  ctx.restore();
}

/**
 * How many more statements an entity has than are shown; a click brings them.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Chart} made
 * @param {number} number
 * @param {Theme} theme
 */
function more(ctx, made, number, theme) {
  const { x, y } = moreAt(made, number);
  const text = made.more[number] > 0 ? `+${made.more[number]}` : "−", wide = 10 + text.length * 6;
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(made.grown[number], made.grown[number]);
  ctx.beginPath();
  ctx.roundRect(-wide / 2, -7, wide, 14, 7);
  ctx.fillStyle = theme.paper;
  ctx.fill();
  ctx.strokeStyle = theme.edge;
  ctx.lineWidth = 1;
  ctx.stroke();
  write(ctx, theme, 600, 10.5);
  ctx.fillStyle = theme.quiet;
  ctx.fillText(text, 0, 0.6);
  ctx.restore();
}

// --- Names and marks -----------------------------------------------------------------------------

/**
 * The names of hubs over a drawing seen from afar, where there is no room for their boxes.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Chart} made
 * @param {Painted} how
 */
export function names(ctx, { names: some, entities }, { scale, theme, looks }) {
  write(ctx, theme, 600, 11.5 / scale);
  ctx.lineJoin = "round";
  ctx.strokeStyle = theme.paper;
  ctx.lineWidth = 4 / scale;
  ctx.fillStyle = theme.ink;
  for (const { entity: named, frame } of some) {
    const { lines } = entities[named], { glyph: sign } = looks.entities[named];
    const x = (frame[0] + frame[2]) / 2, y = (frame[1] + frame[3]) / 2;
    lines.forEach((words, number) => {
      const text = sign && number === 0 ? `${sign} ${words}` : words;
      const down = y + (number - (lines.length - 1) / 2) * (13.5 / scale);
      ctx.strokeText(text, x, down);
      ctx.fillText(text, x, down);
    });
  }
}

/**
 * Marks on the lines of statements whose sources disagree, and of what is not so.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Chart} made
 * @param {Painted} how
 */
export function marks(ctx, made, { scale, theme, looks, view }) {
  const { lit } = made.model;
  // Seen from afar there are more marks than room; they appear as one comes nearer.
  if (scale < 0.3 && !lit) return;
  const radius = Math.max(7.5, 5 / scale);
  made.statements.forEach((statement, line) => {
    const { mark, colour } = looks.statements[line];
    if (!mark || (lit && !lit.statements.has(statement))) return;
    const at = markAt(made, line);
    if (!at || (view && (at.x < view[0] || at.x > view[2] || at.y < view[1] || at.y > view[3]))) return;
    const wide = radius * (2 + 1.1 * (mark.length - 1));
    ctx.beginPath();
    ctx.roundRect(at.x - wide / 2, at.y - radius, wide, 2 * radius, radius);
    ctx.fillStyle = theme.paper;
    ctx.fill();
    ctx.strokeStyle = ctx.fillStyle = colour;
    ctx.lineWidth = radius / 6;
    ctx.stroke();
    write(ctx, theme, 700, radius * 1.5);
    ctx.fillText(mark, at.x, at.y + radius * 0.08);
  });
}

/**
 * The way of a line, for what is drawn along it.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Chart} made
 * @param {number} line
 */
export function follow(ctx, made, line) {
  const { x, y, start, end, lane } = made, a = start[line], b = end[line];
  ctx.beginPath();
  if (a === b) return void curve(ctx, archOf(made, line).points);
  ctx.moveTo(x[a], y[a]);
  if (!lane[line]) ctx.lineTo(x[b], y[b]);
  else {
    // A curve passes its middle half as far off as the point that draws it.
    const middle = pointOf(made, line, 0.5), straight = { x: (x[a] + x[b]) / 2, y: (y[a] + y[b]) / 2 };
    ctx.quadraticCurveTo(2 * middle.x - straight.x, 2 * middle.y - straight.y, x[b], y[b]);
  }
}

/** @param {CanvasRenderingContext2D} ctx @param {import("./own.js").Arch["points"]} points */
const curve = (ctx, [from, firstHandle, secondHandle, to]) => {
  ctx.moveTo(...from);
  ctx.bezierCurveTo(...firstHandle, ...secondHandle, ...to);
};

/**
 * The lines from boxes to themselves, with their heads.
 * @param {CanvasRenderingContext2D} ctx
 * @param {import("./chart.js").Chart} made
 * @param {{ looks: Looks }} how
 * @param {{ bolder?: number, dim?: number, view?: number[] | null, most?: number }} [as] by how much they are
 *   bolder, how opaque what is not lit is, the frame outside which none is drawn, and how many are
 */
export function ownLines(ctx, made, { looks }, { bolder = 1, dim = 0.07, view = null, most = Infinity } = {}) {
  const { x, y, own, start, statements, tone, model: { lit, graph: { words } } } = made;
  let left = most;
  for (const line of own.keys()) {
    const box = start[line];
    if (view && !overlap(frameAt(x[box], y[box], 2 * made.wide[box], 2 * made.high[box], 200), view)) continue;
    if (--left < 0) break;
    const statement = statements[line], { colour, dashes } = looks.statements[line];
    const bright = lit?.statements.has(statement) ?? false, width = made.width[line] + (bright ? 0.5 : 0);
    const { d, back } = head(headOf(statement, words), width), arch = archOf(made, line);
    ctx.globalAlpha = bright ? 1 : lit === null ? tone[line] : dim;
    ctx.strokeStyle = ctx.fillStyle = colour;
    ctx.lineWidth = width * bolder;
    ctx.setLineDash(dashes.map((length) => length * bolder));
    ctx.beginPath();
    curve(ctx, shortened(arch, back * bolder));
    ctx.stroke();
    ctx.setLineDash([]);
    if (!d) continue;
    ctx.save();
    ctx.translate(...arch.tip);
    ctx.rotate(arch.turn);
    ctx.scale(bolder, bolder);
    ctx.fill(new Path2D(d));
    ctx.restore();
  }
  ctx.globalAlpha = 1;
}

/**
 * A glow along the line that is selected, hovered or walked along.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Chart} made
 * @param {Statement} statement
 * @param {{ scale: number, theme: Theme }} how
 * @param {number} [strength]
 */
export function glow(ctx, made, statement, { scale, theme }, strength = 0.3) {
  const line = made.statements.indexOf(statement);
  if (line < 0) return;
  follow(ctx, made, line);
  ctx.save();
  ctx.globalAlpha = strength;
  ctx.strokeStyle = theme.focus;
  ctx.lineWidth = made.width[line] + 9 / Math.min(scale, 1);
  ctx.lineCap = "round";
  ctx.stroke();
  ctx.restore();
}
