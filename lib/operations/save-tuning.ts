import { listTests } from "@/lib/detection/tests/store";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { getTuningPreview } from "./get-tuning-preview";
import type { TuningPreview } from "./preview-tuning";
import { startTestsRun } from "./run-tests";
import { writeTuning } from "./tuning/write-tuning";

export interface SavedTuning extends TuningPreview {
  readonly version: number;
}

/**
 * Saves the change that a preview has shown, with its effect beside it: nobody saves what they have not seen. Tests that rest
 * on the value are due from now on; whoever saves runs them next (startDueTests, or prepareTestsRun with onlyDue), so that one
 * that no longer passes is withdrawn at once.
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

/** Puts the due tests of a change's segment into the queue. @returns the job's id; null where the segment has no test */
export async function startDueTests(ctx: OperationContext, { segmentId, scope }: Pick<SavedTuning, "segmentId" | "scope">): Promise<string | null> {
  authorize(ctx, "test.write", [segmentId]);
  const tests = await listTests(ctx.db, { segmentIds: [segmentId], ...(scope === "" ? {} : { analytic: scope }) });
  return tests.length === 0 ? null : startTestsRun(ctx, { segment: segmentId, onlyDue: true, ...(scope === "" ? {} : { analytic: scope }) });
}
