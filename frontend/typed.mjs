// Fails where something has no type in the parts of the script that are typed throughout: what `noImplicitAny` would
// find everywhere, of these alone.

import { spawnSync } from "node:child_process";

/** The folders, and what stands in none. */
const TYPED = /^src\/(?:(?:app|endpoint|panel|parts|reason|sparql|take)\/|[^/(]+\()/;

const tsc = ["node_modules/typescript/bin/tsc", "--noImplicitAny", "true", "--pretty", "false"];
const { status, stdout, stderr } = spawnSync(process.execPath, tsc, { encoding: "utf8" });
if (status && !stdout.includes("error TS")) throw new Error(`tsc did not run: ${stderr}`);
const untyped = stdout.split("\n").filter((line) => TYPED.test(line));
for (const line of untyped) console.error(line);
process.exitCode = untyped.length ? 1 : 0;
