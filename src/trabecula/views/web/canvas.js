// The drawing: vis-network keeps the view, the lines and what is under the pointer; boxes, labels
// and marks are painted here, so that labels stay readable at every size.

const FONT = '"Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, sans-serif';
const READABLE = [9.5, 10.5, 12]; // smallest pixels on the screen of a label, by prominence
const SIGN = [17, 11]; // pixels on the screen of a box without a label
const AFAR = 0.45; // scale below which hubs without room for their box show their name alone
const CORE_SCALE = 0.62; // of the first view, where the whole would be too small

const stage = $("stage");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
let paper, ink, focusColour;
const hatching = document.createElement("canvas").getContext("2d"); // for what is filled striped

function readTheme() {
  const style = getComputedStyle(document.documentElement);
  [paper, ink, focusColour] = ["--canvas", "--ink", "--focus"].map((name) => style.getPropertyValue(name).trim());
}
readTheme();

// Entities and statements that stay bright while something is selected; null while nothing is.
let lit = null;

function light() {
  if (state.loop) {
    lit = { entities: new Set(state.loop.entities), statements: new Set(state.loop.statements.filter(shows)) };
  } else if (state.statement) {
    lit = { entities: new Set([state.statement.subject, state.statement.object]), statements: new Set([state.statement]) };
  } else if (state.entity) {
    const near = [...state.entity.out, ...state.entity.into, ...wayTo(state.entity)].filter(shows);
    lit = { entities: new Set([state.entity, ...near.flatMap((s) => [s.subject, s.object])]), statements: new Set(near) };
  } else lit = null;
}
// The statements by way of which a change arrives at an entity, in a picture of what would happen.
const wayTo = (entity) =>
  (entity.what?.ways ?? []).flatMap((way) => way.hops.map((hop) => statementOf.get(hop.statement))).filter(Boolean);
const dim = (entity) => lit !== null && !lit.entities.has(entity);

// How large a box is drawn. Where all labels can be read, boxes have their own size. Where they
// cannot, it is as on a map: the most connected boxes grow until their labels can be read, as many
// as there is room for, and the others shrink to a sign of their category. Lines end at the boxes
// as they are drawn.
let sizedFor = null; // the scale for which sizes were found; null when they must be found anew
let labelled = null; // the boxes with labels, as a Grid
let floating = []; // names set over the drawing where it is too small for boxes with labels

function resize() {
  const scale = network.getScale();
  if (sizedFor === scale) return;
  sizedFor = scale;
  const sign = SIGN.map((side) => (side * Math.min(1, Math.max(0.55, scale * 3))) / scale);
  const positions = network.getPositions();
  const shown = byDegree.filter(showsEntity);
  const first = (entity) => (entity === state.entity ? 2 : lit?.entities.has(entity) ? 1 : 0);
  if (lit) shown.sort((a, b) => first(b) - first(a));
  const grid = new Grid(260);
  for (const entity of shown) grid.add(entity, positions[entity.number]);
  labelled = new Grid(260);
  floating = [];
  for (const entity of shown) {
    const { x, y } = positions[entity.number];
    const wanted = Math.max(1, READABLE[entity.prominence] / (entity.font * scale));
    const frame = frameAt(x, y, entity.size, wanted, 3 / scale);
    const around = frameAt(x, y, entity.size, wanted, (entity.prominence === 2 ? -4 : 5) / scale);
    const crowded = wanted > 1 && (dim(entity) || wanted > 4.5 ||
      labelled.some(frame, (other) => overlap(frame, other.frame)) ||
      grid.some(around, (other) => other.item !== entity && !dim(other.item) && inside(around, other)));
    entity.labelled = !crowded;
    entity.grown = crowded ? 1 : wanted;
    entity.drawn = crowded ? entity.size.map((side, axis) => Math.min(side, sign[axis])) : entity.size.map((side) => side * wanted);
    entity.path = new Path2D(outline(categories.get(entity.category).outline, ...entity.drawn.map((side) => side / entity.grown)));
    if (!crowded) labelled.add(entity, { x, y }, frame);
    else if (scale < AFAR && entity.prominence > 0 && !dim(entity)) floatName(entity, x, y, scale);
    // The library learns of the sizes of custom shapes one drawing late; here it is told at once.
    const { shape } = network.body.nodes[entity.number];
    [shape.width, shape.height] = [shape.customSizeWidth, shape.customSizeHeight] = entity.drawn;
  }
}

const frameAt = (x, y, [width, height], grown, margin) =>
  [x - (width / 2) * grown - margin, y - (height / 2) * grown - margin, x + (width / 2) * grown + margin, y + (height / 2) * grown + margin];
const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
const inside = (frame, { x, y }) => frame[0] < x && x < frame[2] && frame[1] < y && y < frame[3];

// Things by the cell of a square grid that they touch, so that neighbours are found at once.
class Grid {
  constructor(cell) {
    this.cell = cell;
    this.cells = new Map();
  }

  *keys([left, top, right, bottom]) {
    for (let i = Math.floor(left / this.cell); i <= Math.floor(right / this.cell); i++)
      for (let j = Math.floor(top / this.cell); j <= Math.floor(bottom / this.cell); j++) yield i * 65536 + j;
  }

  add(item, { x, y }, frame = [x, y, x, y]) {
    const entry = { item, x, y, frame };
    for (const key of this.keys(frame)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(entry);
    }
  }

  some(frame, test) {
    for (const key of this.keys(frame)) if (this.cells.get(key)?.some(test)) return true;
    return false;
  }
}

function paint({ ctx, id, x, y, state: pointer }) {
  const entity = entities[id];
  const [inner, line] = fillOf(entity);
  const mark = marks.get(entity.mark);
  const chosen = state.entity === entity;
  return {
    nodeDimensions: { width: entity.drawn[0], height: entity.drawn[1] },
    drawNode() {
      if (!entity.path) return;
      const thin = entity.labelled ? 1 : 0.9 / network.getScale();
      ctx.translate(x, y);
      ctx.scale(entity.grown, entity.grown);
      ctx.lineJoin = "round";
      ctx.strokeStyle = paper;
      ctx.lineWidth = 5;
      if (!dim(entity) && entity.labelled) ctx.stroke(entity.path);
      ctx.fillStyle = paper;
      ctx.fill(entity.path);
      ctx.globalAlpha = dim(entity) ? 0.16 : 1;
      ctx.fillStyle = inner;
      ctx.fill(entity.path);
      if (mark?.pattern === "striped") {
        ctx.fillStyle = stripes(ctx, line);
        ctx.fill(entity.path);
      }
      ctx.strokeStyle = chosen ? focusColour : line;
      ctx.lineWidth = (chosen ? 4 : pointer.hover ? 2.8 : mark?.key.startsWith("changed") ? 2.6 : 1.5) * thin;
      if (mark?.pattern === "dashed") ctx.setLineDash([6 * thin, 4 * thin]);
      ctx.stroke(entity.path);
      ctx.setLineDash([]);
      if (entity.labelled) label(ctx, entity, entity.font, entity.size[0] - 6);
      if (mark?.glyph) glyph(ctx, entity, mark.glyph, line);
    },
  };
}

// Slanting stripes in a colour, faint enough for a label over them.
function stripes(ctx, colour) {
  const { canvas } = hatching;
  canvas.width = canvas.height = 12; // empties it, too
  hatching.globalAlpha = 0.2;
  hatching.strokeStyle = colour;
  hatching.lineWidth = 3;
  for (const start of [-12, 0, 12]) {
    hatching.beginPath();
    hatching.moveTo(start - 2, 14);
    hatching.lineTo(start + 14, -2);
    hatching.stroke();
  }
  return ctx.createPattern(canvas, "repeat");
}

// What happens to an entity, on the left border of its box, or in the middle of a box without label.
function glyph(ctx, entity, text, colour) {
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  if (!entity.labelled) {
    ctx.font = `700 ${entity.drawn[1] * 0.95}px ${FONT}`;
    ctx.fillStyle = ink;
    ctx.fillText(text, 0, 0);
    return;
  }
  const radius = entity.font * 0.58, x = -entity.size[0] / 2 - radius * 0.6;
  ctx.beginPath();
  ctx.arc(x, 0, radius, 0, 2 * Math.PI);
  ctx.fillStyle = colour;
  ctx.fill();
  ctx.strokeStyle = ctx.fillStyle = paper;
  ctx.lineWidth = 1.5;
  ctx.stroke();
  ctx.font = `700 ${radius * 1.5}px ${FONT}`;
  ctx.fillText(text, x, radius * 0.08);
}

function label(ctx, entity, size, room) {
  ctx.font = `${entity.prominence ? 600 : 400} ${size}px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillStyle = ink;
  const drop = categories.get(entity.category).outline === "house" ? 3 : 0;
  entity.lines.forEach((text, number) => {
    ctx.fillText(text, 0, drop + (number - (entity.lines.length - 1) / 2) * size * 1.18, room);
  });
}

// The most connected first.
const byDegree = [...entities].sort((a, b) => b.degree - a.degree || a.number - b.number);
for (const entity of entities) [entity.drawn, entity.grown, entity.labelled, entity.path] = [entity.size, 1, true, null];

// From afar lines and arrowheads would be too fine to be told apart; they are drawn bolder there.
let coarse = 1;

const nodeData = new vis.DataSet(
  entities.map((entity) => ({ id: entity.number, x: entity.x, y: entity.y, shape: "custom", ctxRenderer: paint, size: entity.size[0] / 2, hidden: !showsEntity(entity) })));
const edgeData = new vis.DataSet(statements.map(edge));
const network = new vis.Network($("graph"), { nodes: nodeData, edges: edgeData }, {
  ...read("options-data"),
  autoResize: true,
  nodes: { chosen: false },
  interaction: { hover: true, hideEdgesOnDrag: statements.length > 1500, hideEdgesOnZoom: statements.length > 1500, zoomSpeed: 0.6, selectConnectedEdges: false, multiselect: false },
});
$("graph").firstElementChild.removeAttribute("tabindex"); // the stage itself takes the keys

function edge(statement) {
  const { drawn } = statement;
  const chosen = state.statement === statement;
  const faint = lit !== null && !lit.statements.has(statement);
  const colour = colourOf(groups.get(statement.group));
  return {
    id: statement.number,
    from: statement.subject.number,
    to: statement.object.number,
    ...drawn,
    arrows: drawn.arrows.to ? { to: { ...drawn.arrows.to, scaleFactor: drawn.arrows.to.scaleFactor * Math.sqrt(coarse) } } : {},
    width: (chosen ? drawn.width + 2 : state.loop && !faint ? drawn.width + 1 : drawn.width) * Math.sqrt(coarse),
    color: { color: colour, hover: colour, highlight: colour, opacity: faint ? 0.09 : 1 },
    chosen: false,
    hidden: !shows(statement),
  };
}

function recoarse() {
  const scale = network.getScale();
  const wanted = statements.length > 1500 ? 1 : [[0.75, 1], [0.5, 1.6], [0.3, 2.6]].find(([least]) => scale >= least)?.[1] ?? 3.6;
  if (wanted === coarse) return;
  coarse = wanted;
  updateLines();
}
network.on("zoom", recoarse);
network.on("animationFinished", recoarse);

// Only the lines that look different are handed over: with thousands, that is what takes time.
const looks = statements.map(() => "");

function updateLines() {
  const changes = [];
  for (const statement of statements) {
    const next = edge(statement);
    const now = JSON.stringify([next.width, next.color, next.hidden, next.arrows]);
    if (looks[statement.number] === now) continue;
    looks[statement.number] = now;
    changes.push(next);
  }
  edgeData.update(changes);
  network.redraw();
}

function redraw() {
  light();
  sizedFor = null;
  nodeData.update(entities.map((entity) => ({ id: entity.number, hidden: !showsEntity(entity) })));
  updateLines();
}

// --- Marks -------------------------------------------------------------------------------------

// A place for a mark on a line: between the two boxes, to the side where the line bends, and not on
// a box that has a label.
function markAt(statement, boxes) {
  const middle = place(statement, 0.5);
  const covered = ({ x, y }) => boxes.some([x, y, x, y], (other) => inside(other.frame, { x, y }));
  if (!covered(middle)) return middle;
  return [0.4, 0.6, 0.3, 0.7].map((share) => place(statement, share)).find((at) => !covered(at)) ?? null;
}

function place(statement, along) {
  const at = network.getPositions([statement.subject.number, statement.object.number]);
  const from = at[statement.subject.number], to = at[statement.object.number];
  if (from === to) return { x: from.x, y: from.y - statement.subject.size[1] / 2 - 24 };
  const dx = to.x - from.x, dy = to.y - from.y, length = Math.hypot(dx, dy) || 1;
  const cut = ({ drawn: [width, height] }) => Math.min(width / 2 / Math.abs(dx || 1e-9), height / 2 / Math.abs(dy || 1e-9), 0.5);
  const start = cut(statement.subject), end = 1 - cut(statement.object);
  const share = start + (end - start) * along;
  const { smooth } = statement.drawn;
  const side = 4 * along * (1 - along) * (!smooth ? 0 : (smooth.type === "curvedCW" ? 0.39 : -0.39) * smooth.roundness * length);
  return { x: from.x + dx * share + (dy / length) * side, y: from.y + dy * share - (dx / length) * side };
}

network.on("beforeDrawing", resize);

// The name of a hub over a drawing seen from afar, where there is no room for its box.
function floatName(entity, x, y, scale) {
  const longest = Math.max(...entity.lines.map((text) => text.length));
  const size = [(longest * 6.4 + 8) / scale, (entity.lines.length * 14 + 4) / scale];
  const frame = frameAt(x, y, size, 1, 0);
  if (labelled.some(frame, (other) => overlap(frame, other.frame))) return;
  labelled.add(entity, { x, y }, frame);
  floating.push({ entity, x, y });
}

function drawNames(ctx, scale) {
  ctx.font = `600 ${11.5 / scale}px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.strokeStyle = paper;
  ctx.lineWidth = 4 / scale;
  ctx.fillStyle = ink;
  for (const { entity, x, y } of floating) {
    const sign = marks.get(entity.mark)?.glyph;
    entity.lines.forEach((words, number) => {
      const text = sign && number === 0 ? `${sign} ${words}` : words;
      const down = y + (number - (entity.lines.length - 1) / 2) * (13.5 / scale);
      ctx.strokeText(text, x, down);
      ctx.fillText(text, x, down);
    });
  }
}

// Straight lines of the library run to the border of a rectangle; ours end short of the outline, so
// that arrowheads and T-bars stand clear of it.
for (const entity of entities) {
  const { outline: name } = categories.get(entity.category);
  network.body.nodes[entity.number].distanceToBorder = (ctx, angle) => reach(name, ...entity.drawn, angle) + 4 * Math.sqrt(coarse);
}
network.on("dragEnd", ({ nodes }) => { if (nodes.length) { sizedFor = null; network.redraw(); } });

network.on("afterDrawing", (ctx) => {
  const scale = network.getScale();
  // Seen from afar there are more marks than room; they appear as one comes nearer.
  if (scale >= 0.3 || lit) drawMarks(ctx, Math.max(7.5, 5 / scale));
  drawNames(ctx, scale);
});

function drawMarks(ctx, radius) {
  for (const statement of statements) {
    const mark = statement.negated ? "¬" : statuses.get(statement.status).mark;
    if (!mark || !shows(statement) || (lit && !lit.statements.has(statement))) continue;
    const at = markAt(statement, labelled);
    if (!at) continue;
    const { x, y } = at;
    ctx.beginPath();
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
    ctx.fillStyle = paper;
    ctx.fill();
    ctx.strokeStyle = ctx.fillStyle = colourOf(groups.get(statement.group));
    ctx.lineWidth = radius / 6;
    ctx.stroke();
    ctx.font = `700 ${radius * 1.5}px ${FONT}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(mark, x, y + radius * 0.08);
  }
}

// --- View --------------------------------------------------------------------------------------

const motion = () => (calm.matches || statements.length > 1500 ? false : { duration: 350, easingFunction: "easeInOutQuad" });

function frameOf(some) {
  const positions = network.getPositions(some.map((entity) => entity.number));
  const frame = [Infinity, Infinity, -Infinity, -Infinity];
  for (const entity of some) {
    const { x, y } = positions[entity.number];
    const [width, height] = entity.size;
    frame[0] = Math.min(frame[0], x - width / 2);
    frame[1] = Math.min(frame[1], y - height / 2);
    frame[2] = Math.max(frame[2], x + width / 2);
    frame[3] = Math.max(frame[3], y + height / 2);
  }
  return frame;
}

// Scale and centre at which these entities fill the stage; boxes may grow to be readable, and the
// buttons at the bottom keep their place.
function viewOf(some, largest = 1.15) {
  const [left, top, right, bottom] = frameOf(some);
  const scale = Math.min((stage.clientWidth - 56) / (right - left), (stage.clientHeight - 84) / (bottom - top), largest);
  return { scale, position: { x: (left + right) / 2, y: (top + bottom) / 2 + 18 / scale } };
}

function move(view, animation = motion()) {
  network.moveTo({ ...view, animation });
  if (!animation) recoarse();
}

function fit(some, animation, largest) {
  if (some.length) move(viewOf(some, largest), animation);
}

const visible = () => entities.filter(showsEntity);
const fitAll = (animation) => fit(visible(), animation);

// The first view: everything where it can be read, else the surroundings of the main hub.
function firstView() {
  const all = visible();
  if (!all.length) return;
  const whole = viewOf(all);
  if (whole.scale >= 0.1) return move(whole, false);
  move({ position: { x: byDegree[0].x, y: byDegree[0].y }, scale: CORE_SCALE }, false);
  if ($("notice").hidden) notify("The best connected part is shown. “Fit” shows everything.");
}

function showSelected(animation) {
  if (lit === null) return;
  fit([...lit.entities].filter(showsEntity), animation, 1.05);
}

const zoom = (factor) => move({ scale: Math.min(Math.max(network.getScale() * factor, 0.03), 4) });
function pan(dx, dy) {
  const { x, y } = network.getViewPosition();
  const step = 80 / network.getScale();
  move({ position: { x: x + dx * step, y: y + dy * step } }, false);
}

function notify(text) {
  $("notice").textContent = text;
  $("notice").hidden = !text;
}

// --- Pointer -----------------------------------------------------------------------------------

network.on("click", ({ pointer }) => {
  const node = network.getNodeAt(pointer.DOM);
  if (node !== undefined) return choose({ entity: entities[node] });
  const line = network.getEdgeAt(pointer.DOM);
  choose(line === undefined ? {} : { statement: statements[line] });
});

function tip(text, { x, y }) {
  const box = $("tip");
  box.textContent = text;
  box.hidden = !text;
  box.style.left = `${Math.max(6, Math.min(x + 14, stage.clientWidth - box.offsetWidth - 8))}px`;
  box.style.top = `${Math.max(6, y + 18 + box.offsetHeight > stage.clientHeight ? y - box.offsetHeight - 10 : y + 18)}px`;
}
network.on("hoverNode", ({ node, pointer }) => {
  const entity = entities[node];
  tip(`${entity.name}\n${[categories.get(entity.category).label, plural(entity.degree, "statement"), ...(marks.size ? [marks.get(entity.mark).label] : [])].join(" · ")}`, pointer.DOM);
  $("graph").classList.add("over");
});
network.on("hoverEdge", ({ edge: number, pointer }) => {
  const statement = statements[number];
  tip(`${sentence(statement)}\n${statuses.get(statement.status).label} · ${plural(statement.for, "independent source")}`, pointer.DOM);
  $("graph").classList.add("over");
});
for (const event of ["blurNode", "blurEdge", "dragStart", "zoom"]) {
  network.on(event, () => {
    $("tip").hidden = true;
    $("graph").classList.remove("over");
  });
}
