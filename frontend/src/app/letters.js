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
  const codes = new TextEncoder().encode(letters), whole = codes.length & ~1; // read by place, faster than the text is
  const bytes = new Uint8Array((13 * (whole >> 1) + 6 * (codes.length & 1)) >> 3);
  let bits = 0, held = 0, at = 0;
  for (let pair = 0; pair < whole; pair += 2) {
    held = (held << 13) | (VALUES[codes[pair]] * 91 + VALUES[codes[pair + 1]]);
    bits += 13;
    bytes[at++] = held >> (bits -= 8);
    if (bits >= 8) bytes[at++] = held >> (bits -= 8);
    held &= (1 << bits) - 1;
  }
  if (codes.length > whole && bits >= 2) bytes[at] = ((held << 6) | VALUES[codes[whole]]) >> (bits - 2);
  return bytes;
}
