import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { insertTuning } from "@/lib/detection/tuning/store";
import { findSegment } from "@/lib/inventory/store";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { getTuningPreview } from "./get-tuning-preview";
import type { TuningPreview } from "./preview-tuning";
import { loadEffectBasis } from "./tuning/measure-effect";

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
  const segment = await findSegment(ctx.db, change.segmentId);
  if (segment === null) throw new SightlineError("NOT_FOUND", "The segment does not exist any more.");
  const stale = new SightlineError("CONFLICT", "Rules, samples or values have changed since this was shown.", { remedy: "Look at its effect again, then save it." });
  if ((await loadEffectBasis(ctx, segment, change)).digest !== change.basis) throw stale;
  const { segmentId, scope, name, state, values, unit, owner, reason, expires, effect } = change;
  const version = await withTransaction(ctx.db, async (tx) => {
    const made = await insertTuning(tx, { segmentId, scope, name, state, values, unit, owner, reason, expires, effect }, { at: ctx.clock(), actor: ctx.actor.name });
    const { truePositivesLost, benignHitsGained, samplesLost } = effect;
    await emitAudit(tx, ctx, { action: state === "set" ? "tuning.set" : "tuning.withdraw", target: `tuning/${segment.name}/${scope}/${name}`, detail: { segment: segment.name, scope, name, version: made, values, owner, reason, expires, truePositivesLost, benignHitsGained, samplesLost } });
    return made;
  });
  return { ...change, version };
}
