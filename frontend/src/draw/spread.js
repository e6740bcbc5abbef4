// Where the boxes of a small scene stand in the Overview, so that all their names can be read at
// once: as far apart as they are in the graph, set out from where the map has them, then pushed
// apart and off the lines of others. The same scene gives the same places. Pure.

import { settled } from "./settle.js";

/** @typedef {Map<number, [from: number, to: number]>} Rows  what is covered of each row of a raster */
const GAP = [22, 20]; // pixels kept free between boxes
const EVEN = 0.7; // how far things are drawn from where distance puts them to an even spread
const SWEEPS = 60, CLEARING = 70, TURNS = 260;
const SETTLED = 100; // boxes up to which there is time for the last touch
const BETWEEN = 44; // pixels between parts that no line joins
const CELL = 32; // pixels of the raster on which they are packed

/**
 * @typedef {{ x: number, y: number, w: number, h: number, fixed?: boolean }} Box  its middle and its size; one
 *   that is fixed stays
 * @param {Box[]} boxes where the map has them
 * @param {[number, number][]} lines numbers of boxes
 * @param {number} aspect width of the page by its height
 * @returns {[number, number][]} the middle of each box
 */
export function spread(boxes, lines, aspect = 1.2) {
  const parts = components(boxes.length, lines);
  const placed = parts.map((members) => {
    const own = new Map(members.map((member, at) => [member, at]));
    const within = lines.filter(([a, b]) => a !== b && own.has(a))
      .map(([a, b]) => /** @type {[number, number]} */ ([own.get(a), own.get(b)]));
    const shape = parts.length === 1 ? aspect : Math.max(aspect, 1.3);
    return placedPart(members.map((member) => boxes[member]), within, shape);
  });
  const at = Array(boxes.length);
  /** @param {number} part */
  const ownBoxes = (part) => parts[part].map((member) => boxes[member]);
  const shifts = packed(placed.map((points, part) => ({ points, boxes: ownBoxes(part) })), aspect);
  parts.forEach((members, part) => members.forEach((member, number) => {
    const [x, y] = placed[part][number], [dx, dy] = shifts[part];
    at[member] = [x + dx, y + dy];
  }));
  return held(at, boxes);
}

/**
 * Boxes of a part of a map, without the room that the rest of it took: what is left of another stays
 * left of it, as nearly as can be.
 * @param {Box[]} boxes
 * @returns {[number, number][]}
 */
export function tightened(boxes, aspect = 1.2) {
  return held(apart(even(boxes.map(({ x, y }) => [x, y]), pageOf(boxes, aspect)), boxes, []), boxes);
}

/** What hangs together, largest first. @param {number} count @param {[number, number][]} lines */
function components(count, lines) {
  const near = Array.from({ length: count }, () => /** @type {number[]} */ ([]));
  for (const [a, b] of lines) {
    near[a].push(b);
    near[b].push(a);
  }
  const seen = new Uint8Array(count), parts = [];
  for (let first = 0; first < count; first++) {
    if (seen[first]) continue;
    const part = [first];
    seen[first] = 1;
    for (const box of part)
      for (const other of near[box])
        if (!seen[other]) {
          seen[other] = 1;
          part.push(other);
        }
    parts.push(part.sort((a, b) => a - b));
  }
  return parts.sort((a, b) => b.length - a.length || a[0] - b[0]);
}

/** @param {Box[]} boxes @param {[number, number][]} lines @param {number} aspect @returns {Point[]} */
function placedPart(boxes, lines, aspect) {
  if (boxes.length === 1) return [[0, 0]];
  const points = stressed(boxes, lines), tried = apart(even(points, pageOf(boxes, aspect)), boxes, lines);
  // Boxes are pushed further one way than the other: once more, on a page that makes up for it.
  const [wide, high] = [0, 1].map((axis) => {
    const at = tried.map((point) => point[axis]);
    return Math.max(...at) - Math.min(...at) + 40;
  });
  const off = Math.min(Math.max((aspect * high) / wide, 0.5), 2);
  const placed = Math.abs(off - 1) < 0.1 ? tried : apart(even(points, pageOf(boxes, aspect * off)), boxes, lines);
  return boxes.length <= SETTLED ? settled(/** @type {Point[]} */ (placed), boxes, lines, GAP) : /** @type {Point[]} */ (placed);
}

/**
 * The size of a page on which these boxes have room; few have more, for there is enough of it.
 * @param {Box[]} boxes
 * @param {number} aspect
 * @returns {Point}
 */
function pageOf(boxes, aspect) {
  const fill = Math.min(0.62, 0.28 + 0.0045 * boxes.length);
  const area = boxes.reduce((sum, { w, h }) => sum + (w + GAP[0]) * (h + GAP[1]), 0) / fill;
  return [Math.sqrt(area * aspect), Math.sqrt(area / aspect)];
}

// --- Distances -----------------------------------------------------------------------------------

/**
 * Lengths of the shortest ways between boxes; a line to a hub is long, for more is set around it.
 * @param {number} count
 * @param {[number, number][]} lines
 */
function distances(count, lines) {
  const degree = new Float64Array(count);
  for (const [a, b] of lines) {
    degree[a] += 1;
    degree[b] += 1;
  }
  const far = new Float64Array(count * count).fill(Infinity);
  for (let box = 0; box < count; box++) far[box * count + box] = 0;
  for (const [a, b] of lines) {
    const length = (degree[a] * degree[b]) ** 0.35;
    far[a * count + b] = far[b * count + a] = Math.min(length, far[a * count + b]);
  }
  for (let by = 0; by < count; by++)
    for (let box = 0; box < count; box++) {
      const first = far[box * count + by];
      if (first === Infinity) continue;
      for (let other = 0; other < count; other++) {
        const way = first + far[by * count + other];
        if (way < far[box * count + other]) far[box * count + other] = way;
      }
    }
  return far;
}

/**
 * Points as far apart as in the graph (Kamada and Kawai), found from where the map has them.
 * @param {Box[]} boxes
 * @param {[number, number][]} lines
 * @returns {Point[]}
 */
function stressed(boxes, lines) {
  const count = boxes.length, far = distances(count, lines);
  // Two boxes of the map may be at one place.
  const x = Float64Array.from(boxes, (box, number) => box.x + Math.cos(number) * (1 + number / count));
  const y = Float64Array.from(boxes, (box, number) => box.y + Math.sin(number) * (1 + number / count));
  let wanted = 0, have = 0;
  for (let box = 0; box < count; box++)
    for (let other = 0; other < box; other++) {
      const distance = Math.hypot(x[box] - x[other], y[box] - y[other]) || 1e-9, aim = far[box * count + other];
      wanted += distance / aim;
      have += (distance / aim) ** 2;
    }
  for (let box = 0; box < count; box++) {
    x[box] *= wanted / have;
    y[box] *= wanted / have;
  }
  for (let sweep = 0; sweep < SWEEPS; sweep++)
    for (let box = 0; box < count; box++) {
      let sumX = 0, sumY = 0, sum = 0;
      for (let other = 0; other < count; other++) {
        if (other === box) continue;
        const aim = far[box * count + other], weight = 1 / (aim * aim);
        const dx = x[box] - x[other], dy = y[box] - y[other], distance = Math.sqrt(dx * dx + dy * dy) || 1e-9;
        sumX += weight * (x[other] + (aim * dx) / distance);
        sumY += weight * (y[other] + (aim * dy) / distance);
        sum += weight;
      }
      x[box] = sumX / sum;
      y[box] = sumY / sum;
    }
  return [...x].map((at, number) => [at, y[number]]);
}

/**
 * The points on a page, each coordinate drawn most of the way to its rank.
 * @param {Point[]} points
 * @param {Point} page
 * @returns {Point[]}
 */
function even(points, page) {
  const spread = [0, 1].map((axis) => {
    const order = points.map((_, number) => number).sort((a, b) => points[a][axis] - points[b][axis] || a - b);
    const low = points[order[0]][axis], wide = points[order[order.length - 1]][axis] - low || 1;
    const at = new Float64Array(points.length);
    order.forEach((number, rank) => {
      const share = (points[number][axis] - low) / wide, ranked = (rank + 0.5) / points.length;
      at[number] = ((1 - EVEN) * share + EVEN * ranked - 0.5) * page[axis];
    });
    return at;
  });
  return points.map((_, number) => [spread[0][number], spread[1][number]]);
}

// --- Boxes ---------------------------------------------------------------------------------------

/**
 * The points moved as little as possible until no boxes overlap, and few lie on lines of others.
 * @param {Point[]} points
 * @param {Box[]} boxes
 * @param {[number, number][]} lines
 * @returns {Point[]}
 */
function apart(points, boxes, lines) {
  const x = Float64Array.from(points, (point, number) => point[0] + Math.cos(number) * 1e-3);
  const y = Float64Array.from(points, (point, number) => point[1] + Math.sin(number) * 1e-3);
  const push = pusher(boxes);
  for (let turn = 0; turn < TURNS; turn++) {
    const moves = push(x, y);
    if (turn < CLEARING) clearing(x, y, boxes, lines, moves);
    if (!moves.some(Boolean)) break;
    for (let box = 0; box < x.length; box++) {
      x[box] += moves[2 * box];
      y[box] += moves[2 * box + 1];
    }
  }
  while (push(x, y).some(Boolean))
    for (let box = 0; box < x.length; box++) {
      x[box] *= 1.03;
      y[box] *= 1.03;
    }
  return [...x].map((at, number) => [at, y[number]]);
}

/**
 * A function that says how far each box must go to come out of those it overlaps, the short way.
 * @param {Box[]} boxes
 * @returns {(x: Float64Array, y: Float64Array) => Float64Array}
 */
function pusher(boxes) {
  const wide = Float64Array.from(boxes, (box) => box.w / 2 + GAP[0] / 2), widest = Math.max(0, ...wide);
  const high = Float64Array.from(boxes, (box) => box.h / 2 + GAP[1] / 2);
  const counts = new Uint16Array(boxes.length), order = Uint16Array.from(boxes, (_, number) => number);
  return (x, y) => {
    const moves = new Float64Array(2 * x.length);
    counts.fill(0);
    order.sort((a, b) => x[a] - x[b] || a - b);
    for (let first = 0; first < x.length; first++)
      for (let second = first + 1; second < x.length; second++) {
        const box = order[first], other = order[second], dx = x[other] - x[box];
        if (dx >= wide[box] + widest) break;
        const overX = wide[box] + wide[other] - dx;
        if (overX <= 0) continue;
        const dy = y[other] - y[box], overY = high[box] + high[other] - Math.abs(dy);
        if (overY <= 0) continue;
        const axis = overY < overX ? 1 : 0, way = (axis ? dy : dx) < 0 ? -1 : 1;
        const step = (Math.min(overX, overY) / 2 + 0.51) * way;
        moves[2 * box + axis] -= step;
        moves[2 * other + axis] += step;
        counts[box] += 1;
        counts[other] += 1;
      }
    // A box pushed from many sides would leap.
    for (let box = 0; box < x.length; box++)
      if (counts[box] > 1) {
        moves[2 * box] /= Math.sqrt(counts[box]);
        moves[2 * box + 1] /= Math.sqrt(counts[box]);
      }
    return moves;
  };
}

/**
 * Push boxes off the lines between others.
 * @param {Float64Array} x
 * @param {Float64Array} y
 * @param {Box[]} boxes
 * @param {[number, number][]} lines
 * @param {Float64Array} moves
 */
function clearing(x, y, boxes, lines, moves) {
  const reach = Float64Array.from(boxes, (box) => (box.w + box.h) / 2 + 8);
  for (const [a, b] of lines) {
    const dx = x[b] - x[a], dy = y[b] - y[a];
    const length = Math.hypot(dx, dy) || 1e-9, nx = -dy / length, ny = dx / length;
    for (let box = 0; box < x.length; box++) {
      const ox = x[box] - x[a], oy = y[box] - y[a], side = ox * nx + oy * ny;
      if (side > reach[box] || side < -reach[box] || box === a || box === b) continue;
      const share = (ox * dx + oy * dy) / (length * length);
      if (share < 0.04 || share > 0.96) continue;
      const depth = (boxes[box].w * Math.abs(nx) + boxes[box].h * Math.abs(ny)) / 2 + 8 - Math.abs(side);
      if (depth <= 0) continue;
      const push = Math.min(depth, 14) * (side < 0 ? -0.3 : 0.3);
      moves[2 * box] += push * nx;
      moves[2 * box + 1] += push * ny;
    }
  }
}

/**
 * Boxes that are fixed at their own places, and the others out of their way.
 * @param {Point[]} at
 * @param {Box[]} boxes
 * @returns {Point[]}
 */
function held(at, boxes) {
  if (!boxes.some((box) => box.fixed)) return at;
  const x = Float64Array.from(at, (point, number) => (boxes[number].fixed ? boxes[number].x : point[0]));
  const y = Float64Array.from(at, (point, number) => (boxes[number].fixed ? boxes[number].y : point[1]));
  const push = pusher(boxes);
  for (let turn = 0; turn < TURNS; turn++) {
    const moves = push(x, y);
    let still = true;
    for (let box = 0; box < x.length; box++) {
      if (boxes[box].fixed || (!moves[2 * box] && !moves[2 * box + 1])) continue;
      x[box] += 2 * moves[2 * box];
      y[box] += 2 * moves[2 * box + 1];
      still = false;
    }
    if (still) break;
  }
  return [...x].map((left, number) => [left, y[number]]);
}

// --- Parts ---------------------------------------------------------------------------------------

/**
 * By how much to move each part so that they lie beside each other, each where the page stays smallest.
 * @param {{ points: Point[], boxes: Box[] }[]} parts
 * @param {number} aspect
 * @returns {Point[]}
 */
function packed(parts, aspect) {
  const spans = parts.map(({ points, boxes }) => silhouette(points, boxes));
  const taken = new Set();
  /** @type {Point[]} */
  const shifts = [];
  let page = [0, 0, 0, 0];
  spans.forEach((rows, part) => {
    const [left, top, right, bottom] = extent(rows);
    let best = [0, 0], least = Infinity;
    if (part > 0) {
      // How far the page would reach, the height weighed by the shape wanted.
      for (let down = page[1] - bottom; down <= page[3] - top; down++)
        for (let across = page[0] - right; across <= page[2] - left; across++) {
          const wide = Math.max(page[2], right + across) - Math.min(page[0], left + across);
          const high = Math.max(page[3], bottom + down) - Math.min(page[1], top + down);
          // Of places that make the page as large, the one nearest to its middle.
          const aside = left + right + 2 * across - page[0] - page[2];
          const below = top + bottom + 2 * down - page[1] - page[3];
          const size = Math.max(wide, high * aspect) + 1e-3 * Math.hypot(aside, below);
          if (size < least && isFree(taken, rows, across, down)) [best, least] = [[across, down], size];
        }
    }
    const [across, down] = best, own = [left + across, top + down, right + across, bottom + down];
    for (const [row, [from, to]] of rows)
      for (let cell = from; cell < to; cell++) taken.add(cellOf(cell + across, row + down));
    page = part ? page.map((edge, side) => (side < 2 ? Math.min : Math.max)(edge, own[side])) : own;
    shifts.push([best[0] * CELL, best[1] * CELL]);
  });
  return shifts;
}

/** @param {number} across @param {number} down */
const cellOf = (across, down) => (across + 32768) * 65536 + down + 32768;

/** @param {Set<number>} taken @param {Rows} rows @param {number} across @param {number} down */
function isFree(taken, rows, across, down) {
  for (const [row, [from, to]] of rows)
    for (let cell = from; cell < to; cell++) if (taken.has(cellOf(cell + across, row + down))) return false;
  return true;
}

/**
 * What a part covers, row by row of a raster, so that others can lie in its corners.
 * @param {Point[]} points
 * @param {Box[]} boxes
 * @returns {Rows}
 */
function silhouette(points, boxes) {
  /** @type {Rows} */
  const rows = new Map();
  points.forEach(([x, y], number) => {
    const w = boxes[number].w / 2 + BETWEEN / 2, h = boxes[number].h / 2 + BETWEEN / 2;
    for (let row = Math.floor((y - h) / CELL); row * CELL < y + h; row++) {
      const span = rows.get(row) ?? [Infinity, -Infinity];
      rows.set(row, [Math.min(span[0], Math.floor((x - w) / CELL)), Math.max(span[1], Math.ceil((x + w) / CELL))]);
    }
  });
  // Between boxes there are lines.
  const order = [...rows.keys()].sort((a, b) => a - b);
  let span = /** @type {[from: number, to: number]} */ (rows.get(order[0]));
  for (let row = order[0]; row <= order[order.length - 1]; row++) rows.set(row, span = rows.get(row) ?? span);
  return rows;
}

/** @param {Rows} rows */
function extent(rows) {
  const frame = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [row, [from, to]] of rows) {
    frame[0] = Math.min(frame[0], from);
    frame[1] = Math.min(frame[1], row);
    frame[2] = Math.max(frame[2], to);
    frame[3] = Math.max(frame[3], row + 1);
  }
  return frame;
}
