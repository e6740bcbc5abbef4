// Parts of the page that wait in it, compressed, until they are first used. Nothing is fetched.

import * as xz from "xz-decompress";
import { bytesOf } from "./letters.js";

/** @type {{ XzReadableStream: typeof xz.XzReadableStream }} of a package that is no module to Node */
const { XzReadableStream } = /** @type {any} */ (xz).default ?? xz;

/** @param {string} name */
const element = (name) => document.getElementById(`asset-${name}`);

const XZ = 0xfd; // the first byte of xz

/** @type {Map<string, Promise<Uint8Array<ArrayBuffer>>>} */
const decoded = new Map();

/** The bytes of a part, decompressed. @param {string} name */
export function bytes(name) {
  const there = decoded.get(name) ?? unpack(element(name)?.textContent ?? "");
  decoded.set(name, there);
  return there;
}

/** @param {string} letters */
async function unpack(letters) {
  const packed = bytesOf(letters);
  const folded = new Blob([packed]).stream();
  // Browsers unfold gzip themselves; the large parts are xz.
  const stream = packed[0] === XZ ? new XzReadableStream(folded) : folded.pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The text of a part. @param {string} name */
export const text = async (name) => new TextDecoder().decode(await bytes(name));

/** Run a script that the page's Content-Security-Policy knows by its hash. @param {string} source */
export function inline(source) {
  const script = document.createElement("script");
  script.textContent = source;
  document.head.append(script);
  script.remove();
}

/** Start a worker on a script that the page carries. @param {string} source */
export function worker(source) {
  const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const started = new Worker(address);
  URL.revokeObjectURL(address);
  return started;
}
