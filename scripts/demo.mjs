// The whole product in one command: set up, build, database, demonstration fleet, web server. A second start skips what is there.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { setUp } from "./setup.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

await setUp();
run("scripts/build.mjs", [], { SIGHTLINE_QUIET: "1" });
run("scripts/sightline.mjs", ["demo", "load", "--if-empty"]);
process.on("SIGINT", () => {}); // the server ends by it; this process then ends with the server
run("scripts/sightline.mjs", ["serve"]);

function run(script, args, env = {}) {
  const done = spawnSync(process.execPath, [script, ...args], { cwd: ROOT, stdio: "inherit", env: { ...process.env, ...env } });
  if (done.status !== 0) process.exit(done.status ?? 1); // the step has said why
}
