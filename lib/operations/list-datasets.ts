import type { DatasetView } from "@/lib/events/dataset-types";
import { listDatasetViews } from "@/lib/events/store";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** Imported samples, newest first, of one segment or of all that the actor may see. */
export async function listDatasets(ctx: OperationContext, input: { readonly segmentId?: string } = {}): Promise<DatasetView[]> {
  authorize(ctx, "events.read", input.segmentId === undefined ? "none" : [input.segmentId]);
  return listDatasetViews(ctx.db, input.segmentId === undefined ? ctx.segments : [input.segmentId]);
}
