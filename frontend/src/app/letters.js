// Bytes that are written as letters of the page: see src/trabecula/page/letters.py.

/** What a letter stands for, by its code: all that can be printed, without four that HTML or JSON have to escape. */
const VALUES = new Uint8Array(128);
let next = 0;
for (let code = 32; code < 127; code++) if (!'"&<\\'.includes(String.fromCharCode(code))) VALUES[code] = next++;

/**
 * The bytes: a pair of letters has thirteen bits, one alone at the end six.
 * @param {string} letters
 */
export function bytesOf(letters) {
  const pairs = letters.length >> 1, rest = letters.length & 1;
  const bytes = new Uint8Array((pairs * 13 + rest * 6) >> 3), value = (/** @type {number} */ at) => VALUES[letters.charCodeAt(at)];
  let bits = 0, held = 0, at = 0;
  for (let pair = 0; pair < pairs + rest; pair++) {
    const alone = pair === pairs;
    held = alone ? (held << 6) | value(2 * pair) : (held << 13) | (value(2 * pair) * 91 + value(2 * pair + 1));
    bits += alone ? 6 : 13;
    while (bits >= 8) bytes[at++] = held >> (bits -= 8);
    held &= (1 << bits) - 1;
  }
  return bytes;
}
