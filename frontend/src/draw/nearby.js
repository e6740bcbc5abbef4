// Things at places in the plane, to be found again by where they are. Pure.

/**
 * A field of things.
 * @template T
 * @param {number} [cell] pixels of the squares into which it is divided
 */
export function nearby(cell = 48) {
  /** @type {Sure<number, T[]>} */
  const cells = new Map();
  /** @param {number} across @param {number} down */
  const key = (across, down) => across * 65536 + down;
  return {
    /** @param {number} x @param {number} y @param {T} thing */
    add(x, y, thing) {
      const at = key(Math.floor(x / cell), Math.floor(y / cell));
      if (!cells.has(at)) cells.set(at, []);
      cells.get(at).push(thing);
    },
    /**
     * Call with each thing in the squares that a frame touches.
     * @param {number} left
     * @param {number} top
     * @param {number} right
     * @param {number} bottom
     * @param {(thing: T) => void} told
     */
    each(left, top, right, bottom, told) {
      for (let across = Math.floor(left / cell); across <= Math.floor(right / cell); across++)
        for (let down = Math.floor(top / cell); down <= Math.floor(bottom / cell); down++)
          cells.get(key(across, down))?.forEach(told);
    },
  };
}
