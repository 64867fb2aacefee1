import { findWeightProfile, insertWeightChoice } from "@/lib/assessment/weights/store";
import { UNIFORM } from "@/lib/assessment/weights/weight-profile";
import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

export interface WeightChoiceRequest {
  readonly name: string;
  readonly version?: number; // default: the newest
  readonly reason?: string;
}

/**
 * Chooses the version of a profile that the next assessments pin; assessments already run keep theirs. A later version of the
 * same name counts only when it is chosen.
 *
 * @throws SightlineError NOT_FOUND for a profile or version that does not exist
 */
export async function chooseWeightProfile(ctx: OperationContext, request: WeightChoiceRequest): Promise<{ readonly name: string; readonly version: number }> {
  authorize(ctx, "weights.write", "none");
  const name = request.name.trim();
  const isUniform = name.toLowerCase() === UNIFORM.name && (request.version ?? 1) === 1;
  const found = isUniform ? UNIFORM : await findWeightProfile(ctx.db, name, request.version ?? null);
  if (found === null) throw new SightlineError("NOT_FOUND", `There is no weight profile "${name}"${request.version === undefined ? "" : ` of version ${request.version}`}.`, { field: "name", remedy: "sightline weights list shows them." });
  const reason = request.reason?.trim() ?? "";
  await withTransaction(ctx.db, async (tx) => {
    await insertWeightChoice(tx, found, { at: ctx.clock(), actor: ctx.actor.name, reason });
    await emitAudit(tx, ctx, { action: "weights.choose", target: `weights/${found.name}/${found.version}`, detail: { reason } });
  });
  return { name: found.name, version: found.version };
}
