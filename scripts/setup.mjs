// Makes a clone ready to run: dependencies, the links PostgreSQL's libraries need, the database client, the compiled program.
// Each step is skipped when what it rests on has not changed. Node's own modules only, since nothing is installed yet when
// this starts.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { checkNode } from "./setup/check-node.mjs";
import { compileProgram } from "./setup/compile-program.mjs";
import { digestFiles } from "./setup/digest-files.mjs";
import { generatePrisma } from "./setup/generate-prisma.mjs";
import { hydratePostgres } from "./setup/hydrate-postgres.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Runs what is missing. Ends the process with one sentence when a step fails. */
export async function setUp() {
  checkNode();
  step("dependencies", ["package.json", "package-lock.json", ".npmrc"], existsSync(join(ROOT, "node_modules", "next")), () => {
    console.log("== installing dependencies");
    const npm = process.env.npm_execpath;
    const [command, args] = npm ? [process.execPath, [npm]] : ["npm", []];
    const done = spawnSync(command, [...args, "install", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: ROOT, stdio: "inherit" });
    if (done.status !== 0) throw new Error("npm install failed: its words are above. Mend the cause and run the command again.");
  });
  hydratePostgres(ROOT);
  step("client", ["prisma/schema.prisma", "prisma.config.ts", "package-lock.json"], existsSync(join(ROOT, "lib/db/generated/client.ts")), () => generatePrisma(ROOT));
  // A source that cannot be compiled is no reason not to start: what does not need it runs from the sources.
  await compileProgram(ROOT).catch((error) => console.error(`The program was not compiled and starts more slowly: ${error instanceof Error ? error.message : error}`));
}

function step(name, inputs, present, run) {
  const folder = join(ROOT, "node_modules", ".sightline");
  const stamp = join(folder, name);
  const was = existsSync(stamp) ? readFileSync(stamp, "utf8") : "";
  if (present && was === digestFiles(ROOT, inputs)) return;
  try {
    run();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(stamp, digestFiles(ROOT, inputs)); // after the step: npm may have written the lock
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await setUp();
