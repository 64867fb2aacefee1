// The command line's door: checks what is needed, then runs lib/cli/main.ts. Node's own modules only up to that point.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { checkNode } from "./setup/check-node.mjs";

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

const { register } = await import("tsx/esm/api");
register({ tsconfig: join(ROOT, "tsconfig.json") });
const { main } = await import("../lib/cli/main.ts");
process.exitCode = await main(process.argv.slice(2));
// Everything is closed by now; a library's idle timer must not keep the terminal waiting.
const flushed = (stream) => new Promise((done) => stream.write("", done));
await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
process.exit();
