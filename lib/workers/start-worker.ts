import { Worker } from "node:worker_threads";

/** What a thread may use. maxHeapMb bounds JavaScript's heap: beyond it the thread ends with ERR_WORKER_OUT_OF_MEMORY, the process lives. */
export interface WorkerLimits {
  readonly maxHeapMb: number;
}

/**
 * Starts an entry of lib/workers in a thread of its own: `startWorker(new URL("./read-events-entry.ts", import.meta.url), data)`.
 * TypeScript and the alias `@/` work in it whatever started this process (command line, job process, test).
 */
export function startWorker(entry: URL, workerData: unknown, limits: WorkerLimits = { maxHeapMb: 1_024 }): Worker {
  const root = new URL("../../", import.meta.url);
  return new Worker(entry, {
    workerData,
    execArgv: ["--import", new URL("node_modules/tsx/dist/loader.mjs", root).href],
    env: { ...process.env, TSX_TSCONFIG_PATH: decodeURIComponent(new URL("tsconfig.json", root).pathname), NODE_NO_WARNINGS: "1" },
    resourceLimits: { maxOldGenerationSizeMb: limits.maxHeapMb },
  });
}
