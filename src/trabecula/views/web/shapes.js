// Outlines of categories and signs of statements, the same on the canvas and in the panel.

// Path of an outline around (0, 0), as SVG path data, which a canvas understands as well.
const OUTLINES = {
  box: (x, y) => polygon([[-x, -y], [x, -y], [x, y], [-x, y]]),
  round: (x, y) => rounded(x, y, Math.min(7, y)),
  stadium: (x, y) => rounded(x, y, y),
  ellipse: (x, y) => `M${-x} 0A${x} ${y} 0 0 1 ${x} 0A${x} ${y} 0 0 1 ${-x} 0Z`,
  octagon: (x, y, c = Math.min(9, y * 0.6)) =>
    polygon([[-x + c, -y], [x - c, -y], [x, -y + c], [x, y - c], [x - c, y], [-x + c, y], [-x, y - c], [-x, -y + c]]),
  hexagon: (x, y, c = Math.min(12, y * 0.8)) => polygon([[-x + c, -y], [x - c, -y], [x, 0], [x - c, y], [-x + c, y], [-x, 0]]),
  ribbon: (x, y, c = Math.min(9, y * 0.6)) => polygon([[-x, -y], [x, -y], [x - c, 0], [x, y], [-x, y], [-x + c, 0]]),
  slanted: (x, y, c = Math.min(12, y * 0.8)) => polygon([[-x + c, -y], [x, -y], [x - c, y], [-x, y]]),
  trapezium: (x, y, c = Math.min(11, y * 0.7)) => polygon([[-x + c, -y], [x - c, -y], [x, y], [-x, y]]),
  house: (x, y, c = Math.min(11, y * 0.7)) => polygon([[0, -y], [x, -y + c], [x, y], [-x, y], [-x, -y + c]]),
  tag: (x, y, c = Math.min(13, y * 0.8)) => polygon([[-x, -y], [x - c, -y], [x, 0], [x - c, y], [-x, y]]),
  note: (x, y, c = Math.min(10, y * 0.7)) =>
    `${polygon([[-x, -y], [x - c, -y], [x, -y + c], [x, y], [-x, y]])}M${x - c} ${-y}V${-y + c}H${x}`,
  leaf: (x, y, r = Math.min(14, y)) => `M${-x} ${-y}H${x - r}A${r} ${r} 0 0 1 ${x} ${-y + r}V${y}H${-x + r}A${r} ${r} 0 0 1 ${-x} ${y - r}Z`,
  ticket: (x, y, r = Math.min(7, y * 0.5)) =>
    `M${-x + r} ${-y}H${x - r}A${r} ${r} 0 0 0 ${x} ${-y + r}V${y - r}A${r} ${r} 0 0 0 ${x - r} ${y}H${-x + r}A${r} ${r} 0 0 0 ${-x} ${y - r}V${-y + r}A${r} ${r} 0 0 0 ${-x + r} ${-y}Z`,
  barrel: (x, y, b = Math.min(8, x * 0.3)) => `M${-x + b} ${-y}H${x - b}Q${x + b * 0.6} 0 ${x - b} ${y}H${-x + b}Q${-x - b * 0.6} 0 ${-x + b} ${-y}Z`,
};

function polygon(points) {
  return `M${points.map(([x, y]) => `${x} ${y}`).join("L")}Z`;
}

function rounded(x, y, r) {
  const arc = (dx, dy) => `a${r} ${r} 0 0 1 ${dx} ${dy}`;
  return `M${-x + r} ${-y}H${x - r}${arc(r, r)}V${y - r}${arc(-r, r)}H${-x + r}${arc(-r, -r)}V${-y + r}${arc(r, -r)}Z`;
}

const outline = (name, width, height) => (OUTLINES[name] ?? OUTLINES.box)(width / 2, height / 2);

// How far the border is from the middle in a direction: where a line ends. Corners that are cut or
// rounded by less than a few pixels count as whole.
function reach(name, width, height, angle) {
  const x = width / 2, y = height / 2;
  const across = Math.abs(Math.cos(angle)), along = Math.abs(Math.sin(angle));
  if (name === "ellipse") return 1 / Math.hypot(across / x, along / y);
  // Sides run to a point (hexagon, stadium) or are drawn in (ribbon) by so much.
  const cut = { hexagon: Math.min(12, y * 0.8), stadium: y * 0.4, ribbon: -Math.min(9, y * 0.6) }[name] ?? 0;
  const side = (cut < 0 ? x + cut : x) / Math.max(across + (cut * along) / y, 1e-9);
  const end = y / Math.max(along, 1e-9);
  // A T-bar that comes in at a slant needs some room for its nearer end.
  const slant = Math.min(side < end ? along / Math.max(across, 1e-9) : across / Math.max(along, 1e-9), 2);
  return Math.min(side, end) + 4.5 * slant;
}

const darkness = matchMedia("(prefers-color-scheme: dark)");
const coloursOf = (one) => (darkness.matches ? one.dark : one.colours);
const colourOf = (group) => (darkness.matches ? group.dark : group.colour);

// How an entity is filled: by its mark where the page has marks, else by its category.
const fillOf = (entity) => coloursOf(marks.get(entity.mark) ?? categories.get(entity.category));

// Swatches for legend and panel. They say nothing that the words beside them do not.
function categorySwatch(category) {
  const [inside, line] = coloursOf(category);
  return svg("svg", { class: "swatch", viewBox: "-15 -9 30 18", width: 30, height: 18, "aria-hidden": "true" },
    svg("path", { d: outline(category.outline, 26, 14), fill: inside, stroke: line, "stroke-width": 1.3, "stroke-linejoin": "round" }));
}

function markSwatch(mark) {
  const [inside, line] = coloursOf(mark);
  return svg("svg", { class: "swatch", viewBox: "-15 -9 30 18", width: 30, height: 18, "aria-hidden": "true" },
    svg("rect", { x: -13, y: -8, width: 26, height: 16, rx: 4, fill: inside, stroke: line, "stroke-width": 1.4, "stroke-dasharray": mark.pattern === "dashed" ? "4 3" : null }),
    mark.pattern === "striped" && svg("path", { d: "M-11 7L3 -7M-5 7L9 -7M1 7L12 -4", stroke: line, "stroke-width": 1.6, opacity: 0.3 }),
    svg("text", { "text-anchor": "middle", y: 4.8, class: "mark-text large" }, mark.glyph));
}

function lineSwatch(group, status) {
  const colour = group ? colourOf(group) : "currentColor";
  const line = { stroke: colour, "stroke-width": 1.8, fill: "none" };
  const heads = {
    arrow: svg("path", { d: "M14 0L6 -4.5V4.5Z", fill: colour }),
    bar: svg("path", { d: "M12 -5.5V5.5", ...line, "stroke-width": 2.6 }),
    vee: svg("path", { d: "M6.5 -4.5L13 0L6.5 4.5", ...line }),
  };
  const head = group ? heads[group.head] : null;
  const width = status ? Math.min(status.width, 2.2) : 1.8;
  const dashes = status && status.dashes.length ? status.dashes.join(" ") : null;
  return svg("svg", { class: "swatch", viewBox: "-15 -9 30 18", width: 30, height: 18, "aria-hidden": "true" },
    svg("path", { d: `M-14 0H${head ? 9 : 14}`, ...line, "stroke-width": width, "stroke-dasharray": dashes }),
    head,
    status && status.mark && svg("circle", { cx: -4, r: 6.5, class: "mark-disc", stroke: "currentColor", "stroke-width": 1.2 }),
    status && status.mark && svg("text", { "text-anchor": "middle", x: -4, y: 4, class: "mark-text" }, status.mark));
}
