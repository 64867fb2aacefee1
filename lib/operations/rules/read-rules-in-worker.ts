import type { ReadTexts } from "@/lib/detection/rules/read-rule-texts";
import type { RuleTextFile } from "@/lib/detection/rules/stored-rule";
import { SightlineError } from "@/lib/shared/errors";
import type { FromReadRulesWorker, ReadRulesRequest, RefusedFile } from "@/lib/workers/read-rules-messages";
import { startThread } from "../threads/start-thread";

export interface ReadRulesWatch {
  readonly signal: AbortSignal;
  /** Files read so far; all of them while they are linked. */
  readonly onFile: (done: number) => void;
}

export interface ReadRulesLimits {
  readonly fileMs: number; // for one file; a real one takes milliseconds
  readonly linkMs: number; // for linking all of them
  readonly memoryMb: number;
}

const LIMITS: ReadRulesLimits = { fileMs: 15_000, linkMs: 120_000, memoryMb: 1024 };
const MOST_LOST = 10; // files that took the thread with them, before the import is refused as a whole
const LOOK_MS = 100;

/**
 * Reads the Sigma files of a source in a thread. A file that takes more time or memory than a rule file may is refused by
 * name, and the others are read without it.
 *
 * @throws SightlineError TOO_LARGE when many files do so or all together need too much; what the signal says
 */
export async function readRulesInWorker(files: readonly (RuleTextFile | RefusedFile)[], watch: ReadRulesWatch, limits: ReadRulesLimits = LIMITS): Promise<ReadTexts> {
  const given = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  for (let lost = 0; ; lost += 1) {
    const end = await readOnce(given, watch, limits);
    if ("read" in end) return end.read;
    const culprit = given[end.at];
    if (culprit === undefined || "refused" in culprit || lost >= MOST_LOST) {
      throw new SightlineError("TOO_LARGE", `Reading these rules takes ${end.why}.`, { ...(culprit === undefined ? {} : { file: culprit.path }), remedy: "Import them in smaller parts." });
    }
    given[end.at] = { path: culprit.path, refused: { message: `Reading this file takes ${end.why}.`, remedy: "Shorten it; a rule file has a few kilobytes." } };
  }
}

type End = { readonly read: ReadTexts } | { readonly at: number; readonly why: string };

async function readOnce(files: readonly (RuleTextFile | RefusedFile)[], watch: ReadRulesWatch, limits: ReadRulesLimits): Promise<End> {
  const at = new SharedArrayBuffer(4);
  const position = new Int32Array(at);
  const request: ReadRulesRequest = { files, at };
  const worker = startThread("lib/workers/read-rules.ts", request, limits.memoryMb);
  let resolve: (end: End) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<End>((one, other) => ([resolve, reject] = [one, other]));
  let seen = -1;
  let since = performance.now();
  let strikes = 0;
  const look = setInterval(() => {
    const now = Atomics.load(position, 0);
    if (now !== seen) {
      [seen, since, strikes] = [now, performance.now(), 0];
      return watch.onFile(now);
    }
    const limit = now < files.length ? limits.fileMs : limits.linkMs;
    strikes = performance.now() - since > limit ? strikes + 1 : 0;
    if (strikes > 1) resolve({ at: now, why: `more than ${Math.round(limit / 1000)} s` }); // twice: an answer may lie in this thread's queue
  }, LOOK_MS);
  const cancel = (): void => reject(watch.signal.reason instanceof Error ? watch.signal.reason : new SightlineError("CANCELLED", "The import was cancelled."));
  watch.signal.addEventListener("abort", cancel);
  if (watch.signal.aborted) cancel();
  worker.on("message", (message: FromReadRulesWorker) => (message.type === "read" ? resolve({ read: message.read }) : reject(new Error(message.message))));
  worker.on("error", (error: Error & { code?: string }) => (error.code === "ERR_WORKER_OUT_OF_MEMORY" ? resolve({ at: Atomics.load(position, 0), why: `more than ${limits.memoryMb} MB of memory` }) : reject(error)));
  worker.on("exit", (code) => reject(new Error(`the thread that reads rules ended early (${code})`)));
  try {
    return await promise;
  } finally {
    clearInterval(look);
    watch.signal.removeEventListener("abort", cancel);
    await worker.terminate();
  }
}
