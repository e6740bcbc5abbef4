// What a page runs first: it unfolds the script of the page, which waits in it compressed, and runs it. The
// page's Content-Security-Policy knows both by their hashes.

import { bytesOf } from "./letters.js";

async function start() {
  const packed = bytesOf(document.getElementById("asset-app")?.textContent ?? "");
  const script = document.createElement("script");
  script.type = "module";
  script.textContent = await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  document.head.append(script);
  script.remove();
}

start();
