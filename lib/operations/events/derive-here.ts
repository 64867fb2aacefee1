import { startDeriving, type DerivedDataset } from "@/lib/events/derive-dataset";
import { formatById } from "@/lib/events/formats/index";
import type { IndexPart } from "@/lib/events/index-codec";
import { SightlineError } from "@/lib/shared/errors";
import type { DeriveRequest } from "@/lib/workers/derive-messages";
import type { DeriveWatch } from "./derive-in-worker";

/** The same as deriveInWorker without a thread, for small files. */
export async function deriveHere(chunks: AsyncIterable<Uint8Array>, { format, ...options }: DeriveRequest, watch: DeriveWatch): Promise<DerivedDataset> {
  const known = formatById(format);
  if (known === undefined) throw new SightlineError("INVALID", `"${format}" is not an event format.`, { field: "format" });
  const parts: IndexPart[] = [];
  const deriving = startDeriving({ ...options, format: known }, (part) => parts.push(part));
  for await (const chunk of chunks) {
    watch.signal.throwIfAborted();
    deriving.push(chunk);
    watch.onBytes(chunk.length);
  }
  const dataset = deriving.end();
  for (const part of parts) await watch.onPart(part);
  for (const rows of deriving.takeRows()) await watch.onRows(rows);
  return dataset;
}
