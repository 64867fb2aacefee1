import { rawText } from "@/lib/events/open-reader";
import { getDatasetView } from "@/lib/events/store";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

const MOST_BYTES = 4 * 1024 * 1024;

/** The bytes of one record as they stand in the kept file, as text: what provenance (dataset, offset, length) points at. */
export async function readRawRecord(ctx: OperationContext, place: { readonly datasetId: string; readonly offset: number; readonly length: number }): Promise<string> {
  authorize(ctx, "events.read", "none");
  const dataset = await getDatasetView(ctx.db, place.datasetId);
  if (dataset === null) throw new SightlineError("NOT_FOUND", "There is no such dataset.");
  authorize(ctx, "events.read", [dataset.segmentId]);
  const { offset, length } = place;
  if (!Number.isSafeInteger(offset) || !Number.isSafeInteger(length) || offset < 0 || length < 0 || length > MOST_BYTES || offset + length > dataset.bytes) {
    throw new SightlineError("INVALID", `Bytes ${offset} to ${offset + length} are not in this file of ${dataset.bytes} bytes.`);
  }
  return rawText(await ctx.files.openAt(dataset.contentDigest, offset, length), await ctx.files.openAt(dataset.contentDigest, 0, Math.min(2, dataset.bytes)));
}
