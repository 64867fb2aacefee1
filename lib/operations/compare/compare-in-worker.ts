import { SightlineError } from "@/lib/shared/errors";
import type { CompareRequest, FromCompareWorker } from "@/lib/workers/compare-messages";
import { startThread } from "../threads/start-thread";

const MEMORY_MB = 3_072; // two inputs of 500 segments and one result at a time

export interface CompareRun {
  readonly progress?: (done: number, of: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Computes a difference in a thread.
 *
 * @returns a Comparison as JSON text
 * @throws SightlineError UNSUPPORTED when this version cannot read one of the two, TOO_LARGE beyond the thread's memory
 */
export async function compareInWorker(request: CompareRequest, { progress, signal }: CompareRun = {}): Promise<Uint8Array> {
  const worker = startThread("lib/workers/compare-assessments.ts", request, MEMORY_MB);
  try {
    return await new Promise<Uint8Array>((resolve, reject) => {
      worker.on("message", (message: FromCompareWorker) => {
        if (message.type === "progress") progress?.(message.done, message.of);
        else if (message.type === "done") resolve(message.document);
        else if (message.type === "refused") reject(new SightlineError(message.code, message.message, { remedy: message.remedy }));
        else reject(new Error(message.message));
      });
      worker.on("error", (error: Error & { code?: string }) => reject(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? new SightlineError("TOO_LARGE", `Comparing these takes more than ${MEMORY_MB} MB of memory.`) : error));
      worker.on("exit", (code) => reject(new Error(`the thread that compares ended early (${code})`)));
      const cancel = (): void => reject(signal?.reason instanceof Error ? signal.reason : new SightlineError("CANCELLED", "It was cancelled."));
      signal?.addEventListener("abort", cancel, { once: true });
      if (signal?.aborted === true) cancel();
    });
  } finally {
    await worker.terminate();
  }
}
