import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { projectRoot } from "@/lib/db/project-root";

/**
 * Starts a thread of lib/workers with a memory limit.
 *
 * @param entry its path from the project's folder, e.g. "lib/workers/read-rules.ts"
 * @param workerData what it starts with
 */
export function startThread(entry: string, workerData: unknown, memoryMb: number): Worker {
  const root = projectRoot();
  const options = { workerData, execArgv: [], env: { ...process.env, TSX_TSCONFIG_PATH: join(root, "tsconfig.json") }, resourceLimits: { maxOldGenerationSizeMb: memoryMb } };
  const compiled = compiledEntry(entry);
  // Always as text: given a path, the bundler of the pages follows it, finds it may be any file of the project, and the build fails.
  return new Worker(compiled === null ? bootstrap(root, entry) : `import(${JSON.stringify(pathToFileURL(compiled).href)});`, { ...options, eval: true });
}

/** The entry in the compiled program that this process was started from, or null: then the sources run, as in a process of theirs. */
function compiledEntry(entry: string): string | null {
  const program = process.env.SIGHTLINE_PROGRAM;
  if (program === undefined || program === "") return null;
  const path = join(program, entry.replace(/^lib\//, "").replace(/\.ts$/, ".mjs"));
  return existsSync(path) ? path : null; // an old program is cleared away in time
}

/** Node 20 starts threads without the loader of TypeScript, whatever the command line says: the thread registers it itself. */
function bootstrap(root: string, entry: string): string {
  const loader = pathToFileURL(createRequire(join(root, "package.json")).resolve("tsx/esm/api").replace(/\.cjs$/, ".mjs")).href;
  return `import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(pathToFileURL(join(root, entry)).href)}); });`;
}
