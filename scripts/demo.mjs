// The whole product in one command: set up, build, database, demonstration fleet, web server. A second start skips what is there.
import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { setUp } from "./setup.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

await setUp();
run("scripts/build.mjs", [], { SIGHTLINE_QUIET: "1" });
run("scripts/sightline.mjs", ["demo", "load", "--if-empty"]);
serve();

function run(script, args, env = {}) {
  const done = spawnSync(process.execPath, [script, ...args], { cwd: ROOT, stdio: "inherit", env: { ...process.env, ...env } });
  if (done.status !== 0) process.exit(done.status ?? 1); // the step has said why
}

// Not synchronous: this process must hear that it is asked to end, and pass it on. A terminal's Ctrl-C reaches both by itself.
function serve() {
  const server = spawn(process.execPath, ["scripts/sightline.mjs", "serve"], { cwd: ROOT, stdio: "inherit" });
  process.on("SIGINT", () => {});
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => server.kill(signal));
  server.once("exit", (code) => process.exit(code ?? 1));
}
