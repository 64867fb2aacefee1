import { findJob } from "@/lib/jobs/store";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { TUNING_PREVIEW, tuningPreviewSchema, type TuningPreview } from "./preview-tuning";

/** What a finished preview measured. @throws SightlineError NOT_FOUND for another job, CONFLICT when it has not ended well */
export async function getTuningPreview(ctx: OperationContext, id: string): Promise<TuningPreview> {
  authorize(ctx, "tuning.read", "none");
  const job = await findJob(ctx.db, id);
  if (job === null || job.kind !== TUNING_PREVIEW) throw new SightlineError("NOT_FOUND", "There is no such preview of a tuning.");
  if (job.state !== "done") throw new SightlineError("CONFLICT", `What it would do is not known: the job is ${job.state}.`, { remedy: job.error ?? "Wait for it, or start it again." });
  const preview = tuningPreviewSchema.parse(job.result);
  authorize(ctx, "tuning.read", [preview.segmentId]);
  return preview;
}
