// The Overview as a picture that stands alone: SVG made from the same chart as the drawing, every
// label written out, with all styles as attributes.

import { svg } from "../dom.js";
import { head, headOf, outline, reach } from "../shapes.js";
import { atOwnSize, frameAt, frameOf, grid, markAt, pointOf } from "./chart.js";
import { written } from "./figure.js";
import { archOf, shortened } from "./own.js";

/** @typedef {import("./chart.js").Chart} Chart */
const MARK = 7.5; // radius of the disc of a mark
const PAD = 16;

/** @param {number} number */
const round = (number) => Math.round(number * 10) / 10;

/**
 * The picture of a chart, all boxes at their own size.
 * @param {import("./chart.js").Chart} made
 * @param {{ theme: Theme, looks: Looks }} how
 * @returns {SVGSVGElement}
 */
export function portrait(made, { theme, looks }) {
  const whole = { ...atOwnSize(made), boxes: grid(260) };
  made.entities.forEach((_, box) => whole.boxes.add(box, frameAt(made.x[box], made.y[box], made.w[box], made.h[box])));
  const { entities, statements, model: { lit, marks } } = made;
  const lines = statements.map((statement, line) => {
    const dim = lit !== null && !lit.statements.has(statement);
    return { line, dim, alpha: dim ? 0.1 : lit ? 1 : made.tone[line] };
  });
  // Weak and dim ones first, so that strong and bright ones lie over them.
  const order = [...lines].sort((a, b) => a.alpha - b.alpha || a.line - b.line);
  const [left, top, right, bottom] = frameOf(made);
  const size = { width: Math.ceil(right - left + 2 * PAD), height: Math.ceil(bottom - top + 2 * PAD) };
  const box = { x: Math.floor(left - PAD), y: Math.floor(top - PAD), ...size };
  return svg("svg", { viewBox: `${box.x} ${box.y} ${size.width} ${size.height}`, ...size },
    svg("rect", { ...box, fill: theme.paper }),
    marks && looks.entities.some((look) => look.pattern === "striped") && stripes(theme),
    svg("g", { fill: "none" }, order.map(({ line, alpha }) => stroke(whole, looks, line, alpha))),
    [...made.order].reverse().map((box) => boxOf(made, looks, theme, box, lit?.entities.has(entities[box]) === false)),
    order.filter(({ dim }) => !dim).map(({ line }) => sign(whole, looks, theme, line)));
}

const TILE = { id: "stripes", width: 9, height: 9, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" };

/** @param {Theme} theme */
const stripes = (theme) =>
  svg("defs", {}, svg("pattern", TILE, svg("rect", { width: 3.2, height: 9, fill: theme.ink, opacity: 0.13 })));

/** @param {Chart} made @param {Looks} looks @param {number} line @param {number} opacity */
function stroke(made, looks, line, opacity) {
  const { x, y, wide, high, start, end, width, statements, model: { graph: { words } } } = made;
  const { colour, dashes } = looks.statements[line], a = start[line], b = end[line];
  const dashed = dashes.length ? dashes.join(" ") : null;
  const look = { stroke: colour, "stroke-width": round(width[line]), "stroke-dasharray": dashed };
  const { d, back, clear = 1.5 } = head(headOf(statements[line], words), width[line]);
  if (a === b) return drawn(arch(archOf(made, line), back), d, look, opacity);
  const last = pointOf(made, line, 0.9), first = pointOf(made, line, 0.1);
  const into = Math.atan2(y[b] - last.y, x[b] - last.x), out = Math.atan2(first.y - y[a], first.x - x[a]);
  const far = reach(looks.entities[b].outline, wide[b], high[b], into) + clear;
  const near = reach(looks.entities[a].outline, wide[a], high[a], out) + 1.5;
  const tip = [x[b] - far * Math.cos(into), y[b] - far * Math.sin(into)];
  const to = [tip[0] - back * Math.cos(into), tip[1] - back * Math.sin(into)];
  const from = [x[a] + near * Math.cos(out), y[a] + near * Math.sin(out)];
  // Boxes that nearly touch leave no room for a line.
  if ((to[0] - from[0]) * (x[b] - x[a]) + (to[1] - from[1]) * (y[b] - y[a]) <= 0) return null;
  const middle = pointOf(made, line, 0.5), by = [2 * middle.x - (x[a] + x[b]) / 2, 2 * middle.y - (y[a] + y[b]) / 2];
  const bend = made.lane[line] ? `Q${pair(by)} ` : "L";
  return drawn({ way: `M${pair(from)}${bend}${pair(to)}`, tip, turn: into }, d, look, opacity);
}

/** @param {number[]} point */
const pair = (point) => point.map(round).join(" ");

/**
 * The way of a line from a box to itself, as far as its head.
 * @param {import("./own.js").Arch} curve
 * @param {number} back
 */
function arch(curve, back) {
  const [from, ...points] = shortened(curve, back);
  return { way: `M${pair(from)}C${points.map(pair).join(" ")}`, tip: curve.tip, turn: curve.turn };
}

/**
 * A line with its head.
 * @param {{ way: string, tip: number[], turn: number }} line
 * @param {string} d
 * @param {{ stroke: string, [attribute: string]: string | number | null }} look
 * @param {number} opacity
 */
function drawn({ way, tip, turn }, d, look, opacity) {
  const transform = `translate(${pair(tip)}) rotate(${round((turn * 180) / Math.PI)})`;
  return svg("g", { opacity: opacity < 1 ? opacity : null },
    svg("path", { d: way, ...look }), d && svg("path", { d, fill: look.stroke, transform }));
}

/** @param {number} size @param {number} [weight] */
const centred = (size, weight = 700) => ({ "text-anchor": "middle", "font-size": round(size), "font-weight": weight });

/** @param {Chart} made @param {Looks} looks @param {Theme} theme @param {number} box @param {boolean} dim */
function boxOf({ x, y, w, h, entities, model: { state: { selected } } }, looks, theme, box, dim) {
  const entity = entities[box], look = looks.entities[box], d = outline(look.outline, w[box], h[box]);
  const chosen = selected?.kind === "entity" && selected.id === entity.id;
  const label = written(entity, { w: w[box], h: h[box], name: look.outline });
  const radius = entity.font * 0.58, at = -w[box] / 2 - radius * 0.6;
  return svg("g", { transform: `translate(${round(x[box])} ${round(y[box])})` },
    svg("path", { d, fill: theme.paper, stroke: theme.paper, "stroke-width": 5, "stroke-linejoin": "round" }),
    svg("g", { opacity: dim ? 0.2 : null },
      svg("path", {
        d, fill: look.inside, stroke: chosen ? theme.focus : look.line,
        "stroke-width": chosen ? 3 : look.strong ? 2.6 : 1.5, "stroke-linejoin": "round",
        "stroke-dasharray": look.pattern === "dashed" ? "6 4" : null,
      }),
      look.pattern === "striped" && svg("path", { d, fill: "url(#stripes)" }),
      label.rows.map(({ text, x: middle, y: foot, most }) => svg("text", {
        x: middle, y: foot, ...centred(label.size, label.weight), fill: theme.ink,
        ...(most === null ? {} : { textLength: most, lengthAdjust: "spacingAndGlyphs" }),
      }, text)),
      look.glyph && [
        svg("circle", { cx: round(at), r: round(radius), fill: look.line, stroke: theme.paper, "stroke-width": 1.5 }),
        svg("text", { x: round(at), y: round(radius * 0.53), ...centred(radius * 1.5), fill: theme.paper }, look.glyph),
      ]));
}

/** @param {Chart} made @param {Looks} looks @param {Theme} theme @param {number} line */
function sign(made, looks, theme, line) {
  const { mark, colour } = looks.statements[line], at = mark && markAt(made, line);
  if (!at) return null;
  const wide = MARK * (2 + 1.1 * (mark.length - 1));
  return svg("g", { transform: `translate(${round(at.x)} ${round(at.y)})` },
    svg("rect", {
      x: round(-wide / 2), y: -MARK, width: round(wide), height: 2 * MARK, rx: MARK,
      fill: theme.paper, stroke: colour, "stroke-width": 1.3,
    }),
    svg("text", { y: 4, ...centred(11.5), fill: colour }, mark));
}
