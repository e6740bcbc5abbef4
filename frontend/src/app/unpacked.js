// What was compressed, whole again: in the page and in its workers.

import * as xz from "xz-decompress";

/** @type {{ XzReadableStream: typeof xz.XzReadableStream }} of a package that is no module to Node */
const { XzReadableStream } = /** @type {any} */ (xz).default ?? xz;

const XZ = 0xfd; // the first byte of xz

/** @param {Uint8Array<ArrayBuffer>} packed @returns {Promise<Uint8Array<ArrayBuffer>>} */
export async function unpacked(packed) {
  const folded = new Blob([packed]).stream();
  // Browsers unfold gzip themselves; the large parts are xz.
  const stream = packed[0] === XZ ? new XzReadableStream(folded) : folded.pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
