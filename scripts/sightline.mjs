// The command line's door: checks what is needed, then runs lib/cli/main.ts. Node's own modules only up to that point.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { checkNode } from "./setup/check-node.mjs";
import { currentProgram } from "./setup/compile-program.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
checkNode();
if (!existsSync(join(ROOT, "node_modules", "tsx")) || !existsSync(join(ROOT, "lib", "db", "generated", "client.ts"))) {
  console.error("Sightline is not installed yet: run `npm run setup` first.");
  process.exit(1);
}
// npm runs scripts in the project's folder; what people name on the command line is relative to where they are.
process.env.SIGHTLINE_DATA = process.env.SIGHTLINE_DATA ? resolve(process.env.SIGHTLINE_DATA) : join(ROOT, "data");
const caller = process.env.INIT_CWD;
if (caller && resolve(process.cwd()) === resolve(ROOT) && existsSync(caller)) process.chdir(caller);
process.env.TSX_TSCONFIG_PATH = join(ROOT, "tsconfig.json");

// Compiled where the sources are as they were when it was made; with --dev always the sources. Threads follow (start-thread.ts).
const program = process.argv.includes("--dev") || process.env.SIGHTLINE_SOURCES ? null : currentProgram(ROOT);
if (program === null) {
  delete process.env.SIGHTLINE_PROGRAM;
  const { register } = await import("tsx/esm/api");
  register({ tsconfig: join(ROOT, "tsconfig.json") });
} else process.env.SIGHTLINE_PROGRAM = program;
const { main } = await import(program === null ? "../lib/cli/main.ts" : pathToFileURL(join(program, "cli/main.mjs")).href);
process.exitCode = await main(process.argv.slice(2));
// Everything is closed by now; a library's idle timer must not keep the terminal waiting.
const flushed = (stream) => new Promise((done) => stream.write("", done));
await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
process.exit();
