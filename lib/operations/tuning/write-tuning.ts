import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { insertTuning } from "@/lib/detection/tuning/store";
import { findSegment } from "@/lib/inventory/store";
import { SightlineError } from "@/lib/shared/errors";
import type { OperationContext } from "../context";
import type { TuningPreview } from "../preview-tuning";
import { loadEffectBasis } from "./measure-effect";

/**
 * Writes a change with the effect that was measured of it.
 *
 * @returns its version
 * @throws SightlineError CONFLICT when rules, samples or values are others since it was measured
 */
export async function writeTuning(ctx: OperationContext, change: TuningPreview): Promise<number> {
  const segment = await findSegment(ctx.db, change.segmentId);
  if (segment === null) throw new SightlineError("NOT_FOUND", "The segment does not exist any more.");
  const stale = new SightlineError("CONFLICT", "Rules, samples or values have changed since this was shown.", { remedy: "Look at its effect again, then save it." });
  if ((await loadEffectBasis(ctx, segment, change)).digest !== change.basis) throw stale;
  const { segmentId, scope, name, state, values, unit, owner, reason, expires, effect } = change;
  return withTransaction(ctx.db, async (tx) => {
    const made = await insertTuning(tx, { segmentId, scope, name, state, values, unit, owner, reason, expires, effect }, { at: ctx.clock(), actor: ctx.actor.name });
    const { truePositivesLost, benignHitsGained, samplesLost } = effect;
    await emitAudit(tx, ctx, { action: state === "set" ? "tuning.set" : "tuning.withdraw", target: `tuning/${segment.name}/${scope}/${name}`, detail: { segment: segment.name, scope, name, version: made, values: values.slice(0, 50), count: values.length, owner, reason, expires, truePositivesLost, benignHitsGained, samplesLost } });
    return made;
  });
}
