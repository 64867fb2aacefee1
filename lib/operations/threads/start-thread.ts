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
  return new Worker(bootstrap(root, entry), {
    eval: true,
    workerData,
    execArgv: [],
    env: { ...process.env, TSX_TSCONFIG_PATH: join(root, "tsconfig.json") },
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  });
}

/** Node 20 starts threads without the loader of TypeScript, whatever the command line says: the thread registers it itself. */
function bootstrap(root: string, entry: string): string {
  const loader = pathToFileURL(createRequire(join(root, "package.json")).resolve("tsx/esm/api").replace(/\.cjs$/, ".mjs")).href;
  return `import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(pathToFileURL(join(root, entry)).href)}); });`;
}
