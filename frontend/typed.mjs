// Fails where a parameter or a variable has no type in the folders and files that are typed throughout.

import { spawnSync } from "node:child_process";

const TYPED = ["src/reason/"];
const { stdout } = spawnSync(process.execPath, ["node_modules/typescript/bin/tsc", "--noImplicitAny", "true", "--pretty", "false"], { encoding: "utf8" });
const wrong = stdout.split("\n").filter((line) => TYPED.some((start) => line.startsWith(start)));
for (const line of wrong) console.error(line);
process.exitCode = wrong.length ? 1 : 0;
