import type { Worker } from "node:worker_threads";
import type { DerivedDataset } from "@/lib/events/derive-dataset";
import type { IndexPart } from "@/lib/events/index-codec";
import type { AggregateRow } from "@/lib/events/types";
import { SightlineError } from "@/lib/shared/errors";
import type { DeriveRequest, FromDeriveWorker, ToDeriveWorker } from "@/lib/workers/derive-messages";
import { restThread, takeThread } from "../threads/rest-thread";

const IN_FLIGHT = 4; // chunks sent and not yet taken
const MEMORY_MB = 512; // the most series that one file may have, 500,000, take about 450
const ENTRY = "lib/workers/derive-dataset.ts";

export interface DeriveWatch {
  readonly signal: AbortSignal;
  /** Stores a part of the record index; awaited, so that parts do not pile up. */
  readonly onPart: (part: IndexPart) => Promise<void>;
  /** Stores a slice of the aggregate rows; awaited before the next is made, so that they are never there twice. */
  readonly onRows: (rows: readonly AggregateRow[]) => Promise<void>;
  readonly onBytes: (bytes: number) => void;
}

/**
 * Derives a dataset in a thread of its own, so that this one stays responsive and a runaway file cannot take the process.
 *
 * @throws SightlineError for what the file or the options caused, CANCELLED when the signal fires, TOO_LARGE when the
 * thread's memory does not suffice
 */
export async function deriveInWorker(chunks: AsyncIterable<Uint8Array>, request: DeriveRequest, watch: DeriveWatch): Promise<DerivedDataset> {
  const worker = takeThread(ENTRY, MEMORY_MB);
  const link = listen(worker, request.filePath, watch);
  let over = false;
  try {
    const begin: ToDeriveWorker = { type: "begin", request };
    worker.postMessage(begin);
    for await (const chunk of chunks) {
      await link.ready();
      // A copy: the store may hand out a view of a buffer that it uses again.
      const bytes = new Uint8Array(chunk);
      const message: ToDeriveWorker = { type: "chunk", bytes };
      worker.postMessage(message, [bytes.buffer]);
      link.sent();
    }
    const end: ToDeriveWorker = { type: "end" };
    worker.postMessage(end);
    const dataset = await link.derived();
    for (;;) {
      const next: ToDeriveWorker = { type: "next-rows" };
      worker.postMessage(next);
      const rows = await link.rows();
      if (rows.length === 0) {
        over = true;
        return dataset;
      }
      await watch.onRows(rows);
    }
  } finally {
    link.close();
    await (over ? restThread(ENTRY, MEMORY_MB, worker) : worker.terminate()); // one that failed or was cancelled is at something still
  }
}

function listen(worker: Worker, file: string, watch: DeriveWatch) {
  let inFlight = 0;
  let parts: Promise<void> = Promise.resolve();
  let wake = (): void => {};
  let slice: readonly AggregateRow[] | null = null;
  let outcome: { dataset: DerivedDataset } | { error: unknown } | null = null;
  const settle = (found: { dataset: DerivedDataset } | { error: unknown }): void => {
    if (outcome === null || !("error" in outcome)) outcome = found; // rows may still fail after the dataset came
    wake();
  };
  const cancel = (): void => settle({ error: watch.signal.reason instanceof Error ? watch.signal.reason : new SightlineError("CANCELLED", "The import was cancelled.", { file }) });
  worker.on("message", (message: FromDeriveWorker) => {
    if (message.type === "taken") {
      inFlight -= 1;
      watch.onBytes(message.bytes);
      wake();
    } else if (message.type === "part") {
      const part = message.part;
      parts = parts.then(() => watch.onPart(part));
      parts.catch((error: unknown) => settle({ error }));
    } else if (message.type === "rows") {
      slice = message.rows;
      wake();
    } else if (message.type === "derived") settle({ dataset: message.dataset });
    else settle({ error: message.expected ? new SightlineError("INVALID", message.message, { file, ...message.place }) : new Error(message.message) });
  });
  worker.on("error", (error: Error & { code?: string }) =>
    settle({ error: error.code === "ERR_WORKER_OUT_OF_MEMORY" ? new SightlineError("TOO_LARGE", `Reading this file needs more than ${MEMORY_MB} MB of memory.`, { file, remedy: "Split it, or check that it holds no names that change with every record." }) : error }),
  );
  worker.on("exit", (code) => settle({ error: new Error(`the deriving thread ended early (${code})`) }));
  watch.signal.addEventListener("abort", cancel);
  if (watch.signal.aborted) cancel();
  const wait = (): Promise<void> => new Promise((resolve) => (wake = resolve));
  const check = (): DerivedDataset | null => {
    if (outcome === null) return null;
    if ("error" in outcome) throw outcome.error;
    return outcome.dataset;
  };
  return {
    sent: () => void (inFlight += 1),
    ready: async (): Promise<void> => {
      while (check() === null && inFlight >= IN_FLIGHT) await wait();
      await parts;
      check();
    },
    derived: async (): Promise<DerivedDataset> => {
      for (;;) {
        const dataset = check();
        if (dataset !== null) {
          await parts;
          return dataset;
        }
        await wait();
      }
    },
    rows: async (): Promise<readonly AggregateRow[]> => {
      for (;;) {
        const rows = slice;
        if (rows !== null) {
          slice = null;
          return rows;
        }
        check();
        await wait();
      }
    },
    close: () => watch.signal.removeEventListener("abort", cancel),
  };
}
