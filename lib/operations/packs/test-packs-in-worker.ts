import type { Pack, PackManifest, PackRefusal } from "@/lib/detection/packs/pack-schema";
import type { PackTestResult } from "@/lib/detection/packs/run-pack-tests";
import { SightlineError } from "@/lib/shared/errors";
import type { FromTestPackWorker, TestPackRequest } from "@/lib/workers/test-pack-messages";
import { startThread } from "../threads/start-thread";

/** A pack that holds, with what came of its tests; or what is wrong with it. */
export type TestedPack = { readonly manifest: PackManifest; readonly rules: Pack["rules"]; readonly tests: readonly PackTestResult[] } | { readonly refused: readonly PackRefusal[] };

const MEMORY_MB = 512;
const PACK_MS = 60_000; // for one pack; a real one takes a tenth of a second

/**
 * Reads packs and runs their own tests in a thread with limits.
 *
 * @returns one result per pack, in the order given
 * @throws SightlineError TOO_LARGE when a pack takes more time or memory than a pack may
 */
export async function testPacksInWorker(packs: readonly ReadonlyMap<string, Uint8Array>[], signal?: AbortSignal): Promise<TestedPack[]> {
  const found: TestedPack[] = [];
  const request: TestPackRequest = { packs };
  const worker = startThread("lib/workers/test-pack.ts", request, MEMORY_MB);
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const tooMuch = (what: string): void => reject(new SightlineError("TOO_LARGE", `Reading pack ${found.length + 1} of ${packs.length} and running its tests takes more than ${what}.`, { remedy: "Look for a rule that looks at too much, or for samples that hold more than the records that matter." }));
      const wind = (): void => {
        clearTimeout(timer);
        timer = setTimeout(() => tooMuch(`${PACK_MS / 1000} s`), PACK_MS);
      };
      wind();
      worker.on("message", (message: FromTestPackWorker) => {
        wind();
        if (message.type === "end") resolve();
        else if (message.type === "failed") reject(new Error(message.message));
        else found.push(message.type === "refused" ? { refused: message.refused } : { manifest: message.manifest, rules: message.rules, tests: message.tests });
      });
      worker.on("error", (error: Error & { code?: string }) => (error.code === "ERR_WORKER_OUT_OF_MEMORY" ? tooMuch(`${MEMORY_MB} MB of memory`) : reject(error)));
      worker.on("exit", (code) => reject(new Error(`the thread that tests packs ended early (${code})`)));
      const cancel = (): void => reject(signal?.reason instanceof Error ? signal.reason : new SightlineError("CANCELLED", "It was cancelled."));
      signal?.addEventListener("abort", cancel, { once: true });
      if (signal?.aborted === true) cancel();
    });
    return found;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
