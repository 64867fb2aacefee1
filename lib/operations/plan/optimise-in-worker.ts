import { SightlineError } from "@/lib/shared/errors";
import type { FromPlanWorker, PlanRequest } from "@/lib/workers/plan-messages";
import { startThread } from "../threads/start-thread";

const MEMORY_MB = 2_048;
const GRACE_MS = 20_000; // between two looks at the clock a solver may be busy; then the thread is ended

export interface OptimiseRun {
  readonly progress?: (done: number, of: number) => void;
  readonly signal?: AbortSignal;
}

type Answer = Extract<FromPlanWorker, { readonly type: "plan" | "frontier" }>;

/**
 * Asks the optimiser in a thread, with limits of time and memory.
 *
 * @throws SightlineError TOO_LARGE beyond a limit; what the signal says
 */
export async function optimiseInWorker<T extends PlanRequest["ask"]["type"]>(request: PlanRequest & { readonly ask: { readonly type: T } }, { progress, signal }: OptimiseRun = {}): Promise<Extract<Answer, { readonly type: T }>> {
  const worker = startThread("lib/workers/plan-collection.ts", request, MEMORY_MB);
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise((resolve, reject) => {
      const isAnswer = (message: FromPlanWorker): message is Extract<Answer, { readonly type: T }> => message.type === request.ask.type;
      worker.on("message", (message: FromPlanWorker) => {
        if (message.type === "progress") progress?.(message.done, message.of);
        else if (isAnswer(message)) resolve(message);
        else reject(new Error(message.type === "failed" ? message.message : `the optimiser answered ${message.type}`));
      });
      worker.on("error", (error: Error & { code?: string }) => reject(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? new SightlineError("TOO_LARGE", `Planning this takes more than ${MEMORY_MB} MB of memory.`, { remedy: "Plan one segment at a time." }) : error));
      worker.on("exit", (code) => reject(new Error(`the optimiser's thread ended early (${code})`)));
      timer = setTimeout(() => reject(new SightlineError("TOO_LARGE", `The optimiser did not answer within ${Math.round(request.seconds + GRACE_MS / 1000)} s.`, { remedy: "Plan one segment at a time, or allow more seconds." })), request.seconds * 1000 + GRACE_MS);
      const cancel = (): void => reject(signal?.reason instanceof Error ? signal.reason : new SightlineError("CANCELLED", "It was cancelled."));
      signal?.addEventListener("abort", cancel, { once: true });
      if (signal?.aborted === true) cancel();
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
