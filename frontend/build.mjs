// Builds what the page needs into src/trabecula/page/web/: bundles of our own modules, and the
// compressed parts of others that the page opens when they are first used. The same sources give
// the same bytes; what is compressed is compressed anew only when it has changed, for that is slow.
//
//     node build.mjs            write the bundle
//     node build.mjs --check    fail where the committed bundle is another

import { createHash } from "node:crypto";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { spawnSync } from "node:child_process";
import { gunzipSync } from "node:zlib";
import { build } from "esbuild";
import xz from "xz-decompress";
import { wasm as graphvizWasm, withoutWasm } from "./graphviz.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const web = join(here, "..", "src", "trabecula", "page", "web");
const packages = join(here, "node_modules");

/** With --check nothing is written: it fails where the committed bundle is another. */
const checking = process.argv.includes("--check");

const options = {
  bundle: true,
  charset: "utf8",
  legalComments: "none", // LICENSES.txt has them all
  metafile: true,
  minify: true,
  platform: "browser",
  target: "es2022",
  write: false,
  logLevel: "warning",
};

/** The text of a bundle and the packages in it. */
async function bundled(entry, more = {}) {
  const { outputFiles, metafile } = await build({ ...options, ...more, entryPoints: [join(here, "src", entry)] });
  const used = Object.keys(metafile.inputs).map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]);
  return { content: Buffer.from(outputFiles[0].contents), used: used.filter(Boolean) };
}

/** In the query page of a server the engine is the server, and not in the page. */
const overHttp = {
  name: "over-http",
  setup(bundler) {
    bundler.onResolve({ filter: /^\.\/client\.js$/ }, () => ({ path: join(here, "src", "endpoint", "client.js") }));
  },
};

const parts = {
  "start.js": await bundled("app/start.js", { format: "iife" }),
  "app.js": await bundled("app/main.js", { format: "esm" }),
  "pyvis.js": await bundled("pyvis.js", { format: "iife" }),
  "widget.js": await bundled("widget.js", { format: "esm" }),
  "app.css": await bundled("css/index.css"),
  "editor.js": await bundled("sparql/editor.js", { format: "iife" }),
  "sparql-worker.js": await bundled("sparql/worker.js", { format: "iife" }),
  "query.js": await bundled("endpoint/main.js", { format: "iife", plugins: [overHttp] }),
  "query.css": await bundled("css/query.css"),
  "graphviz-worker.js": await bundled("draw/graphviz-worker.js", { format: "iife", plugins: [withoutWasm] }),
  "graphviz.wasm": { content: await graphvizWasm(), used: [] },
  "oxigraph.wasm": { content: await readFile(join(packages, "oxigraph", "web_bg.wasm")), used: ["oxigraph"] },
};

/**
 * What the page starts with is kept as it is; the rest waits in it, compressed. WebAssembly, which is most
 * of it, as xz: a quarter smaller than gzip can make it. See docs/decisions/0018-what-a-page-weighs.md.
 */
const plain = new Set(["start.js", "app.css", "pyvis.js", "query.js", "query.css", "widget.js"]);

/** How a part is compressed and unfolded, and how its file ends. */
const gzip = {
  suffix: ".gz",
  unfolded: async (bytes) => gunzipSync(bytes),
  // Loaded only here: it takes a while, and prints itself where anything later goes wrong.
  folded: async (bytes) => Buffer.from(await (await import("@gfx/zopfli")).gzipAsync(bytes, { numiterations: 15 })),
};
const lzma = {
  suffix: ".xz",
  unfolded: async (bytes) => Buffer.from(await new Response(new xz.XzReadableStream(new Blob([bytes]).stream())).arrayBuffer()),
  folded: async (bytes) => {
    // The dictionary as small as what unfolds it in a browser needs memory for.
    const { status, stdout, error } = spawnSync("xz", ["-c", "--check=crc32", "--lzma2=preset=9e,dict=4MiB,lc=4,pb=0"],
      { input: bytes, maxBuffer: 1 << 28 });
    if (status !== 0) throw new Error(`a part has changed, and xz is needed to compress it: ${error?.message ?? status}`);
    return stdout;
  },
};

async function packed(name, content) {
  const { suffix, unfolded, folded } = name.endsWith(".wasm") ? lzma : gzip;
  const old = await readFile(join(web, name + suffix)).catch(() => null);
  const kept = old && (await unfolded(old)).equals(content);
  return [name + suffix, kept ? old : await folded(content)];
}

const files = new Map();
for (const [name, { content }] of Object.entries(parts)) {
  if (plain.has(name)) files.set(name, content);
  else files.set(...(await packed(name, content)));
}

/** The licences of everything that is in the bundle, as its packages ship them. */
async function licences() {
  const used = [...new Set(Object.values(parts).flatMap((part) => part.used))].sort();
  const own = await readdir(join(here, "licences"));
  const texts = [];
  for (const name of used) {
    const folder = join(packages, name);
    const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const shipped = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file)).map((file) => join(folder, file));
    const kept = own.filter((file) => file.startsWith(`${name.replace(/[@/]/g, "_")}.`)).map((file) => join(here, "licences", file));
    if (!shipped.length && !kept.length) throw new Error(`${name} ships no licence; put its text into frontend/licences/`);
    const words = await Promise.all([...shipped, ...kept].sort().map(async (file) => (await readFile(file, "utf8")).trim()));
    texts.push(`${name} ${version} (${license})\n\n${words.join("\n\n")}\n`);
  }
  // Not from npm, but in the page as well.
  texts.push(await readFile(join(here, "licences", "vis-network.txt"), "utf8"));
  return Buffer.from(texts.join(`\n${"-".repeat(78)}\n\n`).replace(/\r\n/g, "\n"));
}
files.set("LICENSES.txt", await licences());

const sha256 = (content) => createHash("sha256").update(content).digest("hex");
const manifest = Object.fromEntries([...files].sort().map(([name, content]) => [name, { bytes: content.length, sha256: sha256(content) }]));
files.set("manifest.json", Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`));

const present = (await readdir(web)).sort();
const stale = [];
for (const [name, content] of files) {
  const old = await readFile(join(web, name)).catch(() => null);
  if (old?.equals(content)) continue;
  stale.push(name);
  if (!checking) await writeFile(join(web, name), content);
}
for (const name of present.filter((one) => !files.has(one))) {
  stale.push(name);
  if (!checking) await rm(join(web, name));
}
for (const [name, { bytes }] of Object.entries(manifest)) console.log(`${String(Math.round(bytes / 1024)).padStart(6)} KB  ${name}`);
if (checking && stale.length) {
  console.error(`not what the sources in frontend/ give: ${stale.join(", ")}; run node frontend/build.mjs and commit`);
  process.exitCode = 1;
}
