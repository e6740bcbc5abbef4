// Parts of the page that wait in it, compressed, until they are first used. Nothing is fetched.

import { bytesOf } from "./letters.js";
import { unpacked } from "./unpacked.js";

/** @param {string} name */
const element = (name) => document.getElementById(`asset-${name}`);

/** @type {Map<string, Promise<Uint8Array<ArrayBuffer>>>} */
const decoded = new Map();

/** The bytes of a part as they wait in the page, for whoever unpacks them elsewhere. @param {string} name */
export const packed = (name) => bytesOf(element(name)?.textContent ?? "");

/** The bytes of a part, decompressed. @param {string} name */
export function bytes(name) {
  const there = decoded.get(name) ?? unpacked(packed(name));
  decoded.set(name, there);
  return there;
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
