// The last touch to a small drawing: boxes that lie on lines of others, or whose lines lie under
// boxes or across each other, go to a better place nearby where there is one. Pure.

const PASSES = 4;
const REACH = [18, 40, 70, 110, 160]; // pixels to the places that are tried
const WAYS = 12; // directions in which they are
const UNDER = 4, ACROSS = 1, AWAY = 0.006; // what a line under a box, a crossing and a pixel of the way cost
const HUB = 14; // lines from which a box stays: all that hangs on it would move

/**
 * The points, moved where that makes the drawing clearer.
 * @param {[number, number][]} points
 * @param {{ w: number, h: number, fixed?: boolean }[]} boxes
 * @param {[number, number][]} lines
 * @param {number[]} gap pixels kept free between boxes
 * @returns {[number, number][]}
 */
export function settled(points, boxes, lines, gap) {
  const x = points.map((point) => point[0]), y = points.map((point) => point[1]);
  const seen = new Set(), own = boxes.map(() => /** @type {number[]} */ ([]));
  const pairs = lines.filter(([a, b]) => {
    const key = Math.min(a, b) * boxes.length + Math.max(a, b);
    return a !== b && !seen.has(key) && seen.add(key);
  });
  pairs.forEach(([a, b], line) => {
    own[a].push(line);
    own[b].push(line);
  });
  const page = [0, 1].map((axis) => {
    const at = axis ? y : x, half = boxes.map((box) => (axis ? box.h : box.w) / 2);
    const low = at.map((centre, number) => centre - half[number]), high = at.map((centre, number) => centre + half[number]);
    return [Math.min(...low), Math.max(...high)];
  });

  /** What it costs that a box stands where it does. @param {number} box */
  function cost(box) {
    let sum = 0;
    for (let line = 0; line < pairs.length; line++) {
      const [a, b] = pairs[line];
      if (a !== box && b !== box && passes(x, y, a, b, box, boxes)) sum += UNDER;
    }
    for (const line of own[box]) {
      const [a, b] = pairs[line];
      for (let other = 0; other < boxes.length; other++)
        if (other !== a && other !== b && passes(x, y, a, b, other, boxes)) sum += UNDER;
      for (let other = 0; other < pairs.length; other++) {
        const [c, d] = pairs[other];
        if (c !== a && c !== b && d !== a && d !== b && cross(x, y, a, b, c, d)) sum += ACROSS;
      }
    }
    return sum;
  }

  /** @param {number} box */
  function isFree(box) {
    const { w, h } = boxes[box], [[left, right], [top, bottom]] = page;
    if (x[box] - w / 2 < left || x[box] + w / 2 > right) return false;
    if (y[box] - h / 2 < top || y[box] + h / 2 > bottom) return false;
    return boxes.every((neighbour, other) => {
      const across = Math.abs(x[other] - x[box]), down = Math.abs(y[other] - y[box]);
      return other === box || across >= (w + neighbour.w) / 2 + gap[0] || down >= (h + neighbour.h) / 2 + gap[1];
    });
  }

  for (let pass = 0; pass < PASSES; pass++) {
    let still = true;
    for (let box = 0; box < boxes.length; box++) {
      if (boxes[box].fixed || own[box].length >= HUB) continue;
      const from = [x[box], y[box]];
      let least = cost(box), best = from;
      if (least < 1) continue;
      for (const reach of REACH)
        for (let way = 0; way < WAYS; way++) {
          x[box] = from[0] + reach * Math.cos((2 * Math.PI * way) / WAYS);
          y[box] = from[1] + reach * Math.sin((2 * Math.PI * way) / WAYS);
          if (!isFree(box)) continue;
          const total = cost(box) + AWAY * reach;
          if (total < least - 0.5) [least, best] = [total, [x[box], y[box]]];
        }
      [x[box], y[box]] = best;
      if (best !== from) still = false;
    }
    if (still) break;
  }
  return x.map((at, number) => [at, y[number]]);
}

/**
 * Whether the straight line from a to b passes under a box.
 * @param {number[]} x
 * @param {number[]} y
 * @param {number} a
 * @param {number} b
 * @param {number} box
 * @param {{ w: number, h: number }[]} boxes
 */
function passes(x, y, a, b, box, boxes) {
  const dx = x[b] - x[a], dy = y[b] - y[a], wide = boxes[box].w / 2 + 3, high = boxes[box].h / 2 + 3;
  let from = 0, to = 1;
  if (dx === 0) {
    if (Math.abs(x[a] - x[box]) >= wide) return false;
  } else {
    const first = (x[box] - wide - x[a]) / dx, second = (x[box] + wide - x[a]) / dx;
    from = Math.max(from, Math.min(first, second));
    to = Math.min(to, Math.max(first, second));
  }
  if (dy === 0) return Math.abs(y[a] - y[box]) < high && from < to;
  const first = (y[box] - high - y[a]) / dy, second = (y[box] + high - y[a]) / dy;
  return Math.max(from, Math.min(first, second)) < Math.min(to, Math.max(first, second));
}

/** @param {number[]} x @param {number[]} y @param {number} a @param {number} b @param {number} c */
const side = (x, y, a, b, c) => (x[b] - x[a]) * (y[c] - y[a]) - (y[b] - y[a]) * (x[c] - x[a]);

/** @param {number[]} x @param {number[]} y @param {number} a @param {number} b @param {number} c @param {number} d */
function cross(x, y, a, b, c, d) {
  return side(x, y, a, b, c) > 0 !== side(x, y, a, b, d) > 0 && side(x, y, c, d, a) > 0 !== side(x, y, c, d, b) > 0;
}
