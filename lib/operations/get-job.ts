import { findJob } from "@/lib/jobs/store";
import type { JobView } from "@/lib/jobs/job-types";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { markRemovedDatasets } from "./events/mark-removed-datasets";

/** One job with its progress, result or reason. @throws SightlineError NOT_FOUND */
export async function getJob(ctx: OperationContext, id: string): Promise<JobView> {
  authorize(ctx, "job.read", "none");
  const job = await findJob(ctx.db, id);
  if (job === null) throw new SightlineError("NOT_FOUND", "There is no such job.");
  return (await markRemovedDatasets(ctx, [job]))[0] ?? job;
}
