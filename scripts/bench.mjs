// Runs every benchmark in scripts/bench, one after another, each in a process of its own so that memory figures are its own.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { setUp } from "./setup.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const given = process.argv.slice(2); // e.g. `npm run bench -- events --gigabyte`
const only = given.filter((word) => !word.startsWith("--"));
const options = given.filter((word) => word.startsWith("--")); // for the benchmarks that were named
await setUp();
let failed = 0;
for (const file of readdirSync(join(ROOT, "scripts/bench")).filter((name) => name.endsWith(".ts")).sort()) {
  const name = file.replace(/\.ts$/, "");
  if (only.length > 0 && !only.some((word) => name === word || name.startsWith(`${word}-`))) continue; // "assessment" runs assessment-large too
  console.log(`== ${file.replace(/\.ts$/, "")}`);
  const done = spawnSync(process.execPath, ["--expose-gc", "--import", pathToFileURL(join(ROOT, "node_modules/tsx/dist/loader.mjs")).href, join("scripts/bench", file), ...(only.length > 0 ? options : [])], {
    cwd: ROOT,
    stdio: "inherit",
    env: { ...process.env, TSX_TSCONFIG_PATH: join(ROOT, "tsconfig.json") },
  });
  if (done.status !== 0) failed += 1;
}
process.exitCode = failed > 0 ? 1 : 0;
