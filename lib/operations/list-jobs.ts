import { listJobRows } from "@/lib/jobs/store";
import type { JobState, JobView } from "@/lib/jobs/job-types";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { markRemovedDatasets } from "./events/mark-removed-datasets";

/** The newest jobs first, at most `limit`. */
export async function listJobs(ctx: OperationContext, input: { readonly limit?: number; readonly states?: readonly JobState[] } = {}): Promise<JobView[]> {
  authorize(ctx, "job.read", "none");
  return markRemovedDatasets(ctx, await listJobRows(ctx.db, Math.min(input.limit ?? 50, 500), input.states));
}
