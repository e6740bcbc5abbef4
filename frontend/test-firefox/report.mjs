// Opens a page in Firefox, does what a reader would, and prints what came of it as JSON. It judges
// nothing: tests/browser/test_firefox.py does.
//
//     node report.mjs FIREFOX PAGE.html

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "puppeteer-core";

const [executablePath, file] = process.argv.slice(2);
const PATIENCE = 30_000; // milliseconds for each wait
const own = pathToFileURL(file).href;

// Whatever it asks of the network goes to a port where nobody listens.
const SHUT = {
  "network.proxy.type": 1,
  "network.proxy.http": "127.0.0.1",
  "network.proxy.http_port": 9,
  "network.proxy.ssl": "127.0.0.1",
  "network.proxy.ssl_port": 9,
  "network.proxy.allow_hijacking_localhost": true,
};

const home = await mkdtemp(join(tmpdir(), "firefox-"));
const browser = await launch({
  browser: "firefox",
  executablePath,
  headless: true,
  timeout: 90_000,
  protocolTimeout: 90_000,
  extraPrefsFirefox: SHUT,
  // As root Firefox can start no process for a page within its sandbox.
  env: { ...process.env, HOME: home, MOZ_DISABLE_CONTENT_SANDBOX: "1" },
});

const report = { errors: [], requests: [] };

/** Ask the page until it answers with something: its policy forbids the scripts that wait in it. */
async function until(page, question, ...more) {
  for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
    const answer = await page.evaluate(question, ...more);
    if (answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`in vain: ${question}`);
}

const still = (page) => until(page, () => document.documentElement.dataset.still === "true");

async function open(fragment = "") {
  const page = await browser.newPage();
  page.on("console", (message) => {
    if (["error", "warn", "warning"].includes(message.type())) report.errors.push(message.text());
  });
  page.on("pageerror", (error) => report.errors.push(String(error)));
  page.on("request", (request) => {
    const address = request.url();
    if (!/^(blob|data):/.test(address) && address.split("#")[0] !== own) report.requests.push(address);
  });
  await page.evaluateOnNewDocument(() => {
    globalThis.violations = [];
    document.addEventListener("securitypolicyviolation", (event) =>
      globalThis.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
  });
  await page.setViewport({ width: 1280, height: 800 });
  await page.goto(`${own}${fragment}`);
  await still(page);
  return page;
}

async function close(page) {
  report.errors.push(...(await page.evaluate(() => globalThis.violations)));
  await page.close();
}

const heading = () => document.querySelector("#panel h2").textContent;

try {
  report.version = await browser.version();

  let page = await open();
  report.mechanism = await page.evaluate(() => ({
    drawn: Number(document.documentElement.dataset.drawn),
    boxes: document.querySelectorAll("#mechanism .box").length,
    lines: document.querySelectorAll("#mechanism .lines .line").length,
    shown: document.getElementById("shown").textContent,
  }));
  await page.keyboard.press("/");
  await page.keyboard.type("calcitriol");
  await page.keyboard.press("Enter");
  await still(page);
  report.found = await page.evaluate(heading);
  report.address = await page.evaluate(() => location.hash);
  await page.keyboard.press("t");
  await still(page);
  report.rows = await page.evaluate(() => document.querySelectorAll("#table tbody tr").length);
  await page.keyboard.press("o");
  await still(page);
  report.overview = await page.evaluate(() => {
    const canvas = document.querySelector("#overview canvas");
    const pixels = new Uint32Array(canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.buffer);
    return new Set(pixels).size;
  });
  await page.evaluate(() => history.back());
  await until(page, () => document.querySelector("#views [aria-pressed=true]").dataset.view === "table");
  report.back = await page.evaluate(heading);
  await close(page);

  const query = "ASK { ?what tb:requires entity:magnesium }";
  page = await open(`#query=${encodeURIComponent(query)}`);
  await page.evaluate(() => document.querySelector("#drawer .button.main").click());
  report.answer = await until(page, () => {
    const text = document.querySelector("#drawer .answer")?.textContent ?? "";
    return /asking/i.test(text) ? "" : text;
  });
  await close(page);
} catch (error) {
  report.failed = error.stack;
} finally {
  await browser.close();
  await rm(home, { recursive: true, force: true });
}
console.log(JSON.stringify(report, null, 1));
