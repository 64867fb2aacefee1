// Builds the web pages when their sources are newer than the last build, or anyway with --force. A build that is up to date takes no time.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { digestFiles } from "./setup/digest-files.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const SOURCES = ["app", "components", "lib", "public", "proxy.ts", "package-lock.json", "next.config.mjs", "postcss.config.mjs", "tsconfig.json", "prisma/schema.prisma"];
const STAMP = join(ROOT, ".next", "sightline-sources");

const sources = digestFiles(ROOT, SOURCES, (path) => /\.test\.tsx?$/.test(path) || path.includes("__fixtures__") || path === "lib/cli");
const built = existsSync(join(ROOT, ".next", "BUILD_ID")) && existsSync(STAMP) && readFileSync(STAMP, "utf8") === sources;
if (!built || process.argv.includes("--force")) {
  console.log("== building the pages");
  const done = spawnSync(process.execPath, [join(ROOT, "node_modules/next/dist/bin/next"), "build"], {
    cwd: ROOT,
    stdio: ["ignore", process.env.SIGHTLINE_QUIET ? "ignore" : "inherit", "inherit"],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
  });
  if (done.status !== 0) {
    console.error("The build failed: its words are above.");
    process.exit(1);
  }
  writeFileSync(STAMP, sources);
}
