import type { DatasetView } from "@/lib/events/dataset-types";
import { deriverInput } from "@/lib/events/deriver-input";
import { listStaleDatasetViews } from "@/lib/events/store";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** Samples whose derived rows come from an earlier reader or earlier tables: an assessment names them and waits. */
export async function listStaleDatasets(ctx: OperationContext): Promise<DatasetView[]> {
  authorize(ctx, "events.read", "none");
  const stale = await listStaleDatasetViews(ctx.db, deriverInput());
  return ctx.segments === "all" ? stale : stale.filter(({ segmentId }) => ctx.segments.includes(segmentId));
}
