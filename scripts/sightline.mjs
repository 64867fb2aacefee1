// The command line. Runs lib/cli/main.ts with TypeScript understood in the process and in its worker threads (--import tsx).
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { checkNode } from "./setup/check-node.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
checkNode();
const tsx = join(ROOT, "node_modules/tsx/dist/loader.mjs");
if (!existsSync(tsx) || !existsSync(join(ROOT, "lib/db/generated/client.ts"))) {
  console.error("Sightline is not set up yet: run `npm run setup` once.");
  process.exit(1);
}
const child = spawn(process.execPath, ["--import", pathToFileURL(tsx).href, join(ROOT, "lib/cli/main.ts"), ...process.argv.slice(2)], {
  stdio: "inherit",
  env: { ...process.env, TSX_TSCONFIG_PATH: join(ROOT, "tsconfig.json"), NODE_NO_WARNINGS: "1" },
});
// A terminal's Ctrl-C reaches the child by itself; what is sent to this process alone is passed on.
for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
process.on("SIGINT", () => {});
child.once("error", (error) => {
  console.error(error.message);
  process.exit(1);
});
child.once("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
