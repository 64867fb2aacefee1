import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { getTuningPreview } from "./get-tuning-preview";
import type { TuningPreview } from "./preview-tuning";
import { writeTuning } from "./tuning/write-tuning";

export interface SavedTuning extends TuningPreview {
  readonly version: number;
}

/**
 * Saves the change that a preview has shown, with its effect beside it: nobody saves what they have not seen. Tests that rest
 * on the value are due from now on; the next assessment runs them.
 *
 * @param preview id of the job that measured it
 * @throws SightlineError NOT_FOUND for another job, CONFLICT when it has not ended well, or when rules, samples or values are others since
 */
export async function saveTuning(ctx: OperationContext, preview: string): Promise<SavedTuning> {
  authorize(ctx, "tuning.write", "none");
  const change = await getTuningPreview(ctx, preview);
  authorize(ctx, "tuning.write", [change.segmentId]);
  return { ...change, version: await writeTuning(ctx, change) };
}
