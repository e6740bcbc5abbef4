// A layered layout: influence flows from the top down, or from left to right where that fills the
// stage better. Order within ranks and routes are Graphviz's; which way loops are opened, how wide a
// rank may become, how connected parts are packed and which of several layouts is taken is ours.

/**
 * @typedef {{ w: number, h: number, order: number, outline?: string }} Box  pixels; `order`: how far
 *   upstream its kind tends to be, 0 for most
 * @typedef {{ from: number, to: number, weight: number }} Line  numbers of boxes; weight 0 where nothing flows
 * @typedef {{ boxes: Box[], lines: (Line & import("./lines.js").Drawn)[], stage: [number, number], simple?: boolean }} Request
 *   `simple` asks for speed
 * @typedef {{ x: number[], y: number[], w: number[], h: number[], routes: number[][], width: number, height: number,
 *   down: boolean }} Layout  centres and sizes of boxes, hubs larger than asked for; for each line x and y
 *   of the points of a chain of cubic Béziers, from its start to its end
 */

/**
 * @typedef {{ below: Map<number, number>[], above: Map<number, number>[] }} Hierarchy  of each box, with how strongly
 *   they are tied
 * @typedef {{ boxes: Box[], lines: Line[], boxNumbers: number[], lineNumbers: number[] }} Component  what hangs together
 * @typedef {Component & { places: number[] }} Part  and the place of each of its boxes in a row
 * @typedef {Layout & Ranks} LaidPart
 */
/** Lines beyond which a layout is made in the simplest way, to come in time. */
export const MANY = 320;

// --- Which way loops are opened ------------------------------------------------------------------

/**
 * A place in a row for each box, such that few lines point backwards: in a loop one has to, and the
 * weakest does. The heuristic of Eades, Lin and Smyth, with weights.
 * @param {Box[]} boxes
 * @param {Line[]} lines * @returns {number[]} the place of each box
 */
export function sequence(boxes, lines) {
  const into = boxes.map(() => 0), out = boxes.map(() => 0);
  /** @type {[box: number, pull: number, side: number[]][][]} */
  const near = boxes.map(() => []);
  for (const { from, to, weight } of lines) {
    if (from === to) continue;
    const pull = weight || 0.1;
    out[from] += pull;
    into[to] += pull;
    near[from].push([to, pull, into]);
    near[to].push([from, pull, out]);
  }
  const left = new Set(boxes.keys());
  /** @type {number[]} */
  const first = [];
  /** @type {number[]} */
  const last = [];
  /** @param {number} box @param {number[]} row */
  const take = (box, row) => {
    left.delete(box);
    row.push(box);
    for (const [other, pull, side] of near[box]) side[other] -= pull;
  };
  const none = 1e-6;
  while (left.size) {
    let sink = -1, source = -1, best = -1, most = -Infinity;
    for (const box of left) {
      if (out[box] < none && into[box] > none) sink = box;
      if (into[box] < none && (source < 0 || boxes[box].order < boxes[source].order)) source = box;
      const lead = out[box] - into[box] - boxes[box].order;
      if (lead > most + none) [most, best] = [lead, box];
    }
    if (sink >= 0) take(sink, last);
    else take(source >= 0 ? source : best, first);
  }
  const places = boxes.map(() => 0);
  [...first, ...last.reverse()].forEach((box, place) => (places[box] = place));
  return places;
}

// --- Ranks ---------------------------------------------------------------------------------------

/**
 * Who stands above and below whom, loops opened.
 * @param {Box[]} boxes
 * @param {Line[]} lines
 * @param {number[]} places
 * @returns {Hierarchy}
 */
function hierarchy(boxes, lines, places) {
  const below = boxes.map(() => new Map()), above = boxes.map(() => new Map());
  for (const { from, to, weight } of lines) {
    if (from === to) continue;
    const [high, low] = places[from] < places[to] ? [from, to] : [to, from];
    below[high].set(low, (below[high].get(low) ?? 0) + weight + 0.5);
    above[low].set(high, (above[low].get(high) ?? 0) + weight + 0.5);
  }
  return { below, above };
}

/**
 * A rank for each box, from 0, none of them much wider than a limit. Boxes come when all that acts
 * on them has come, those with the longest way below them first (Coffman and Graham); then each
 * goes to where its lines are shortest.
 * @param {Box[]} boxes
 * @param {Line[]} lines
 * @param {number[]} places those of `sequence`
 * @param {number[]} wide the room that each box takes in its rank
 * @param {number} passing the room of a line that passes a rank
 * @param {number} limit */
export function ranks(boxes, lines, places, wide, passing, limit) {
  const { below, above } = hierarchy(boxes, lines, places);
  const order = [...boxes.keys()].sort((a, b) => places[a] - places[b]);
  const depth = boxes.map(() => 0);
  for (const box of [...order].reverse())
    for (const low of below[box].keys()) depth[box] = Math.max(depth[box], depth[low] + 1);
  const rank = boxes.map(() => -1);
  /** @type {number[]} */
  const used = [];
  const waiting = new Set(order), missing = above.map((some) => some.size), last = boxes.map(() => -1);
  for (let now = 0; waiting.size; now++) {
    const ready = [...waiting].filter((box) => missing[box] === 0);
    ready.sort((a, b) =>
      depth[b] - depth[a] || last[a] - last[b] || below[b].size - below[a].size || places[a] - places[b]);
    used[now] = 0;
    const came = ready.filter((box) => {
      if (used[now] > 0 && used[now] + wide[box] > limit) return false;
      used[now] += wide[box];
      return true;
    });
    for (const box of came) {
      rank[box] = now;
      waiting.delete(box);
      for (const low of below[box].keys()) [missing[low], last[low]] = [missing[low] - 1, now];
    }
  }
  settle(order, { below, above }, rank, used, wide, limit);
  return tightened(rank);
}

/**
 * Move boxes, where there is room, to where their lines are shortest.
 * @param {number[]} order
 * @param {Hierarchy} hierarchy
 * @param {number[]} rank
 * @param {number[]} used
 * @param {number[]} wide
 * @param {number} limit
 */
function settle(order, { below, above }, rank, used, wide, limit) {
  for (let turn = 0; turn < 8; turn++) {
    let moved = false;
    for (const box of turn % 2 ? order : [...order].reverse()) {
      const high = Math.max(-1, ...[...above[box].keys()].map((neighbour) => rank[neighbour])) + 1;
      const low = below[box].size ? Math.min(...[...below[box].keys()].map((neighbour) => rank[neighbour])) - 1 : rank[box];
      /** @param {number} at */
      const length = (at) =>
        sum([...above[box]].map(([neighbour, pull]) => pull * (at - rank[neighbour]))) +
        sum([...below[box]].map(([neighbour, pull]) => pull * (rank[neighbour] - at)));
      let best = rank[box];
      for (let at = high; at <= low; at++)
        if (at !== rank[box] && used[at] + wide[box] <= limit && length(at) < length(best) - 1e-9) best = at;
      if (best === rank[box]) continue;
      used[rank[box]] -= wide[box];
      used[best] += wide[box];
      rank[box] = best;
      moved = true;
    }
    if (!moved) return;
  }
}

/** @param {number[]} numbers */
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

/** The ranks without empty ones. @param {number[]} rank */
function tightened(rank) {
  const kept = [...new Set(rank)].sort((a, b) => a - b);
  const fresh = /** @type {Sure<number, number>} */ (new Map(kept.map((old, number) => [old, number])));
  return rank.map((old) => fresh.get(old));
}

/**
 * How large a layout by these ranks will about be: across the ranks, and along them.
 * @param {Line[]} lines
 * @param {number[]} rank
 * @param {number[]} wide
 * @param {number[]} high
 * @param {number} passing
 * @param {number} between
 */
export function extent(lines, rank, wide, high, passing, between) {
  const count = Math.max(...rank) + 1;
  const width = new Array(count).fill(0), height = new Array(count).fill(0);
  rank.forEach((at, box) => {
    width[at] += wide[box];
    height[at] = Math.max(height[at], high[box]);
  });
  for (const { from, to } of lines) {
    const [low, top] = rank[from] < rank[to] ? [rank[from], rank[to]] : [rank[to], rank[from]];
    for (let at = low + 1; at < top; at++) width[at] += passing;
  }
  return [Math.max(...width), sum(height) + between * (count - 1)];
}

// --- Graphviz ------------------------------------------------------------------------------------

const INCH = 72;
/** @param {number} pixels */
const inches = (pixels) => (pixels / INCH).toFixed(4);

/**
 * The text that asks dot for a layout. Boxes and lines are named by their numbers; lines against the
 * flow are given the other way round, and `routes` turns them back.
 * @param {Box[]} boxes
 * @param {Line[]} lines
 * @param {{ places: number[], rank: number[] | null, down: boolean, apart: number, margin: number, between: number,
 *           simple?: boolean }} how  pixels between boxes of a rank, left free around boxes, and between ranks
 */
export function dotText(boxes, lines, { places, rank, down, apart, margin, between, simple = false }) {
  const settings = [
    `rankdir=${down ? "TB" : "LR"}`, `nodesep=${inches(apart)}`, `ranksep=${inches(between)}`,
    ...(simple
      ? [`splines=${lines.length > FEW ? "polyline" : "true"}`, "nslimit=2", "nslimit1=2", "mclimit=0.3"]
      : ["splines=true", "mclimit=2"]),
  ];
  const text = [
    `digraph{graph[${settings.join(" ")}]`, 'node[shape=box fixedsize=true label=""]', "edge[arrowhead=none]",
  ];
  boxes.forEach(({ w, h }, number) => {
    text.push(`${number}[width=${inches(w + (down ? margin : 0))} height=${inches(h + (down ? 0 : margin))}]`);
  });
  if (rank) {
    const rows = Array.from({ length: Math.max(...rank) + 1 }, () => /** @type {number[]} */ ([]));
    rank.forEach((at, number) => rows[at].push(number));
    rows.forEach((row, at) => text.push(`{rank=same r${at}[width=.01 height=.01 style=invis] ${row.join(" ")}}`));
    text.push(`${rows.map((_, at) => `r${at}`).join("->")}[style=invis weight=0]`);
  }
  lines.forEach(({ from, to, weight }, number) => {
    const ends = places[from] > places[to] ? `${to}->${from}` : `${from}->${to}`;
    text.push(`${ends}[id=${number} weight=${weight ? 2 : 1}]`);
  });
  return `${text.join("\n")}}`;
}

/**
 * What dot answered, in pixels from the top left.
 * @param {string} answer in Graphviz's format json0
 * @param {Box[]} boxes
 * @param {Line[]} lines
 * @param {number[]} places as they were asked for
 * @param {boolean} down * @returns {Omit<Layout, "w" | "h">}
 */
export function parsed(answer, boxes, lines, places, down) {
  const { bb, objects = [], edges = [] } = JSON.parse(answer);
  const [left, low, right, top] = bb.split(",").map(Number);
  const x = boxes.map(() => 0), y = boxes.map(() => 0), routes = lines.map(() => /** @type {number[]} */ ([]));
  for (const { name, pos } of objects) {
    if (!pos || !/^\d+$/.test(name)) continue;
    const at = pos.split(",").map(Number);
    [x[name], y[name]] = [at[0] - left, top - at[1]];
  }
  for (const { id, pos } of edges) {
    if (id === undefined || !pos) continue;
    const words = pos.split(";")[0].split(" ").filter((/** @type {string} */ point) => !/^[es]/.test(point));
    /** @type {Point[]} */
    const points = words.map((/** @type {string} */ point) => point.split(",").map(Number));
    const { from, to } = lines[id];
    if (places[from] > places[to]) points.reverse();
    routes[id] = points.flatMap(([across, up]) => [across - left, top - up]);
  }
  return { x, y, routes, width: right - left, height: top - low, down };
}

// --- Which layout --------------------------------------------------------------------------------

const ROOMY = { apart: 16, margin: 16, between: 62 };
const LOOSE = { apart: 9, margin: 12, between: 40 };
const TIGHT = { apart: 6, margin: 10, between: 34 };
const TIGHTEST = { apart: 4, margin: 12, between: 34 };
const DOWN = 1.06; // how much larger from left to right has to be drawn to be taken rather than down
const FEW = 60; // lines up to which they are kept well apart
const LIMITS = [0.3, 0.38, 0.46, 0.55, 0.65, 0.77, 0.9, 1.05, 1.25, 1.6, 2.2];
const READABLE = 0.9; // scale from which a layout need not be tighter
const MOST = 1.15; // scale beyond which nothing is drawn
const STRETCH = 1.9; // how many times further apart ranks may stand where a stage has room
const AGAIN = 2; // how often ranks are made anew by how wide the last ones came out
const HOPE = 1.2; // how much larger than reckoned a layout may come out
const ROOM = 26; // between connected parts

/**
 * @typedef {{ apart: number, margin: number, between: number }} Spacing
 * @typedef {{ rank: number[], across: number }} Ranks  the rank of each box, and how wide they were reckoned to be
 */

/**
 * The scale at which something of a size fits the stage.
 * @param {Point} stage
 * @param {number} width
 * @param {number} height
 */
export const scaleOf = ([wide, high], width, height) =>
  Math.min(wide / Math.max(width, 1), high / Math.max(height, 1), MOST);

const PORT = 12; // pixels of a side for each line that ends at it
const GROWN = [320, 230]; // pixels to which a box grows in width and height, at most, so that its lines find room

/**
 * The boxes with room for their lines: those of hubs grow along their rank.
 * @param {Box[]} boxes
 * @param {Line[]} lines
 * @param {number[]} places
 * @param {boolean} down
 */
function grown(boxes, lines, places, down) {
  const above = boxes.map(() => 0), below = boxes.map(() => 0);
  for (const { from, to } of lines) {
    if (from === to) continue;
    const [high, low] = places[from] < places[to] ? [from, to] : [to, from];
    below[high]++;
    above[low]++;
  }
  return boxes.map((box, number) => {
    const side = down ? "w" : "h", wanted = PORT * (Math.max(above[number], below[number]) + 1);
    // A high ellipse would be a disc, most of it empty.
    const most = down ? GROWN[0] : box.outline === "ellipse" ? Math.min(GROWN[1], 0.6 * box.w) : GROWN[1];
    return { ...box, [side]: Math.max(box[side], Math.min(wanted, most)) };
  });
}

/**
 * Ranks for a direction: of several limits the one whose layout will about be drawn largest.
 * @param {Box[]} boxes
 * @param {Line[]} lines
 * @param {number[]} places
 * @param {boolean} down
 * @param {Point} stage
 * @param {Spacing} spacing
 * @param {number} [growth] how many times wider than reckoned, across its ranks, an earlier layout came out
 * @returns {{ rank: number[], scale: number, across: number }} with the reckoned scale and width
 */
function ranked(boxes, lines, places, down, stage, { apart, margin, between }, growth = 1) {
  const wide = boxes.map(({ w, h }) => (down ? w : h) + margin + apart), high = boxes.map(({ w, h }) => (down ? h : w));
  const area = sum(wide.map((width, box) => width * (high[box] + between)));
  const [across, along] = down ? stage : [stage[1], stage[0]];
  const passing = 2 * apart + 1;
  let best = { rank: /** @type {number[]} */ ([]), scale: -1, across: 1 };
  for (const share of LIMITS) {
    const rank = ranks(boxes, lines, places, wide, passing, share * Math.sqrt((area * across) / along));
    const [width, height] = extent(lines, rank, wide, high, passing, between);
    const scale = scaleOf([across, along], width * growth, height);
    if (scale > best.scale + 0.005) best = { rank, scale, across: width };
  }
  return best;
}

/**
 * The layout of a graph in a stage.
 * @param {Request} request
 * @param {(text: string) => string} dot runs Graphviz's dot, json0 back
 * @param {(layout: Layout) => void} [meanwhile] gets layouts that would do, while better ones are looked for
 * @returns {Layout}
 */
export function arrange({ boxes, lines, stage, simple: hasty = false }, dot, meanwhile = () => {}) {
  const simple = hasty || lines.length > MANY;
  const parts = components(boxes, lines).map((part) => ({ ...part, places: sequence(part.boxes, part.lines) }));
  const favour = (/** @type {boolean} */ down) => (down ? DOWN : 1);
  /** With ranks of their own for the parts, or with those that are known. */
  const attempt = (/** @type {boolean} */ down, /** @type {Spacing} */ spacing, /** @type {Ranks[] | null} */ ranks = null) => {
    const laid = parts.map((part, number) => drawn(part, down, spacing, stage, simple, dot, ranks?.[number]));
    const whole = packed(parts, laid, boxes, lines, stage, down);
    return { whole, laid, down, spacing, scale: scaleOf(stage, whole.width, whole.height) * favour(down) };
  };
  const tight = lines.length > FEW ? TIGHTEST : TIGHT;
  const tries = (simple ? [tight] : [ROOMY, LOOSE, tight]).flatMap((spacing) => [true, false].map((down) =>
    ({ spacing, down, scale: parts.length ? scaleAbout(parts[0], down, spacing, stage) * favour(down) : 0 })));
  // What will about be drawn largest is tried first, and others while they may come out larger.
  tries.sort((a, b) => Math.min(b.scale, READABLE) - Math.min(a.scale, READABLE));
  const most = simple ? 1 : lines.length > 150 ? 2 : 4;
  /** @type {ReturnType<typeof attempt> | undefined} there is at least one to try */
  let best;
  for (const { spacing, down, scale } of tries.slice(0, most)) {
    if (best && best.scale >= Math.min(READABLE, scale * HOPE)) break;
    const candidate = attempt(down, spacing);
    if (!best || candidate.scale > best.scale + 1e-9) best = candidate;
    if (candidate === best) meanwhile(best.whole);
  }
  let taken = /** @type {ReturnType<typeof attempt>} */ (best);
  // Lines that pass a rank take more room than was reckoned: now it is known how much.
  for (let turn = 0; !simple && turn < AGAIN && taken.scale < READABLE; turn++) {
    const ranks = parts.map((part, number) => again(part, taken.laid[number], taken.down, stage, taken.spacing));
    if (ranks.every(({ rank }, number) => rank.join() === taken.laid[number].rank.join())) break;
    const candidate = attempt(taken.down, taken.spacing, ranks);
    if (candidate.scale <= taken.scale + 1e-9) break;
    taken = candidate;
    meanwhile(taken.whole);
  }
  const wider = !simple && lines.length <= 200 && stretched(taken, stage);
  const fuller = wider ? attempt(taken.down, wider, taken.laid) : taken;
  return (fuller.scale > 0.97 * taken.scale ? fuller : taken).whole;
}

/**
 * The spacing with which a layout fills a stage along its ranks, too; `null` where it does.
 * @param {{ whole: Layout, laid: LaidPart[], down: boolean, spacing: Spacing }} taken
 * @param {Point} stage
 */
function stretched({ whole, laid, down, spacing }, stage) {
  const [along, across] = down ? [1, 0] : [0, 1], size = [whole.width, whole.height];
  const scale = Math.min(stage[across] / size[across], MOST), count = Math.max(...laid[0].rank) + 1;
  const spare = stage[along] / scale - size[along], largest = down ? laid[0].height : laid[0].width;
  if (count < 2 || spare < 0.08 * size[along] || largest < 0.9 * size[along]) return null;
  return { ...spacing, between: Math.min(spacing.between + spare / (count - 1), STRETCH * spacing.between) };
}

/**
 * The scale at which a part will about be drawn.
 * @param {Part} part
 * @param {boolean} down
 * @param {Spacing} spacing
 * @param {Point} stage
 */
function scaleAbout({ boxes, lines, places }, down, spacing, stage) {
  if (!lines.length) return MOST;
  // Ranks of wide boxes come out wider than they were reckoned: long lines are kept straight.
  return ranked(grown(boxes, lines, places, down), lines, places, down, stage, spacing).scale * (down ? 0.82 : 1);
}

/**
 * Ranks for a part that was laid out before, by how wide it came out.
 * @param {Part} part
 * @param {LaidPart} laid
 * @param {boolean} down
 * @param {Point} stage
 * @param {Spacing} spacing
 */
function again({ boxes, lines, places }, { width, height, across, rank }, down, stage, spacing) {
  if (!lines.length) return { rank, across };
  const growth = (down ? width : height) / across;
  return ranked(grown(boxes, lines, places, down), lines, places, down, stage, spacing, growth);
}

/**
 * The layout of a part, with ranks of its own or those that are known.
 * @param {Part} part
 * @param {boolean} down
 * @param {Spacing} spacing
 * @param {Point} stage
 * @param {boolean} simple
 * @param {(text: string) => string} dot
 * @param {Ranks | null} [ranks]
 * @returns {LaidPart}
 */
function drawn({ boxes: given, lines, places }, down, spacing, stage, simple, dot, ranks = null) {
  const boxes = grown(given, lines, places, down);
  const w = boxes.map((box) => box.w), h = boxes.map((box) => box.h);
  if (!lines.length)
    return { x: [w[0] / 2], y: [h[0] / 2], w, h, routes: [], width: w[0], height: h[0], down, rank: [0], across: 1 };
  const { rank, across } = ranks ?? ranked(boxes, lines, places, down, stage, spacing);
  const answer = dot(dotText(boxes, lines, { places, rank, down, simple, ...spacing }));
  return { ...parsed(answer, boxes, lines, places, down), w, h, rank, across };
}

// --- Connected parts -----------------------------------------------------------------------------

/**
 * What hangs together, the largest first, with the numbers that its boxes and lines have in the whole.
 * @param {Box[]} boxes
 * @param {Line[]} lines
 * @returns {Component[]}
 */
export function components(boxes, lines) {
  const root = boxes.map((_, number) => number);
  /** @param {number} box */
  const find = (box) => {
    while (root[box] !== box) box = root[box] = root[root[box]];
    return box;
  };
  for (const { from, to } of lines) {
    const [a, b] = [find(from), find(to)];
    root[Math.max(a, b)] = Math.min(a, b);
  }
  /** @type {Sure<number, Component>} */
  const parts = new Map();
  /** @type {number[]} */
  const own = [];
  boxes.forEach((box, number) => {
    const key = find(number);
    if (!parts.has(key)) parts.set(key, { boxes: [], lines: [], boxNumbers: [], lineNumbers: [] });
    own[number] = parts.get(key).boxes.push(box) - 1;
    parts.get(key).boxNumbers.push(number);
  });
  lines.forEach((line, number) => {
    const part = parts.get(find(line.from));
    part.lines.push({ ...line, from: own[line.from], to: own[line.to] });
    part.lineNumbers.push(number);
  });
  return [...parts.values()].sort((a, b) => b.boxes.length - a.boxes.length || a.boxNumbers[0] - b.boxNumbers[0]);
}

/**
 * The parts as one layout: on shelves, at the width that lets the whole be drawn largest.
 * @param {Component[]} parts
 * @param {LaidPart[]} laid
 * @param {Box[]} boxes
 * @param {Line[]} lines
 * @param {Point} stage
 * @param {boolean} down
 * @returns {Layout}
 */
function packed(parts, laid, boxes, lines, stage, down) {
  const widest = Math.max(...laid.map(({ width }) => width), 0);
  const all = sum(laid.map(({ width }) => width + ROOM));
  /** @type {(ReturnType<typeof shelved> & { scale: number }) | undefined} */
  let best;
  for (let share = 0; share <= 12; share++) {
    const shelves = shelved(laid, widest + ((all - widest) * share) / 12);
    const scale = scaleOf(stage, shelves.width, shelves.height);
    if (!best || scale > best.scale + 1e-9) best = { ...shelves, scale };
    if (parts.length === 1) break;
  }
  const none = () => boxes.map(() => 0);
  const whole = {
    x: none(), y: none(), w: none(), h: none(), routes: lines.map(() => /** @type {number[]} */ ([])),
    width: best?.width ?? 0, height: best?.height ?? 0, down,
  };
  parts.forEach(({ boxNumbers, lineNumbers }, number) => {
    const { x, y, w, h, routes } = laid[number];
    const [left, top] = best?.at[number] ?? [0, 0];
    boxNumbers.forEach((box, own) => {
      [whole.x[box], whole.y[box]] = [x[own] + left, y[own] + top];
      [whole.w[box], whole.h[box]] = [w[own], h[own]];
    });
    lineNumbers.forEach((line, own) => {
      whole.routes[line] = routes[own].map((value, axis) => value + (axis % 2 ? top : left));
    });
  });
  return whole;
}

/** @param {LaidPart[]} laid @param {number} limit */
function shelved(laid, limit) {
  /** @type {Point[]} */
  const at = [];
  let x = 0, y = 0, tall = 0, width = 0;
  for (const part of laid) {
    if (x > 0 && x + part.width > limit + 0.5) [x, y, tall] = [0, y + tall + ROOM, 0];
    at.push([x, y]);
    x += part.width + ROOM;
    width = Math.max(width, x - ROOM);
    tall = Math.max(tall, part.height);
  }
  return { at, width, height: y + tall };
}
