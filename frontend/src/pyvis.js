// The page that `trabecula view --pyvis` writes: pyvis's network, with our outlines where it has none.

import { $, h } from "./dom.js";
import { categorySwatch, lineSwatch, outline, printing } from "./shapes.js";

const { nodes, edges, options, legend } = JSON.parse($("data").textContent);
const { vis } = /** @type {any} */ (globalThis);

printing(true); // the page is light, whatever the screen is

/**
 * A node as `page/network.py` writes it.
 * @typedef {{ outline: string, box: [width: number, height: number], label: string,
 *   color: { background: string, border: string }, font: { size: number } }} Node
 * @typedef {{ ctx: CanvasRenderingContext2D, x: number, y: number, state: { selected: boolean, hover: boolean } }} Place
 */
/**
 * Draws a node in its outline, with its label inside; the library has rectangles and ellipses only.
 * @param {Node} node
 */
const drawn = ({ outline: name, box: [width, height], label, color, font }) => (/** @type {Place} */ { ctx, x, y, state }) => ({
  nodeDimensions: { width, height },
  drawNode() {
    ctx.save();
    ctx.translate(x, y);
    const path = new Path2D(outline(name, width, height)), lines = label.split("\n"), line = font.size * 1.2;
    ctx.fillStyle = color.background;
    ctx.strokeStyle = color.border;
    ctx.lineWidth = state.selected || state.hover ? 3 : 1.4;
    ctx.lineJoin = "round";
    ctx.fill(path);
    ctx.stroke(path);
    ctx.fillStyle = "#1b2229";
    ctx.font = `${font.size}px system-ui, sans-serif`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    lines.forEach((text, at) => ctx.fillText(text, 0, (at - (lines.length - 1) / 2) * line, width - 4));
    ctx.restore();
  },
});

/** @param {Node} node */
const custom = (node) => (node.outline ? { ...node, shape: "custom", ctxRenderer: drawn(node) } : node);

const network = new vis.Network($("network"), {
  nodes: new vis.DataSet(nodes.map(custom)),
  edges: new vis.DataSet(edges),
}, JSON.parse(options)); // pyvis gives its options as text
network.once("afterDrawing", () => { document.documentElement.dataset.ready = ""; });
$("fit").addEventListener("click", () => network.fit());

/** @template {Row} R @param {string} title @param {R[]} rows @param {(row: R) => SVGSVGElement} swatch */
const list = (title, rows, swatch) =>
  [h("h2", {}, title), h("ul", {}, rows.map((row) => h("li", {}, swatch(row), row.label)))];

$("legend").append(
  ...list("Entities", legend.categories, categorySwatch),
  ...list("What a statement says", legend.groups, (/** @type {LineGroup} */ row) => lineSwatch(row)),
  ...list("How well it stands", legend.statuses, (/** @type {Status} */ row) => lineSwatch(null, row)),
);
