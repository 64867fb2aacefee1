import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { SightlineError } from "@/lib/shared/errors";
import { insertOverride, listOverrideVersions } from "@/lib/telemetry/overrides/store";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

export interface WithdrawRequest {
  readonly reference: string;
  readonly platform?: string | null;
  readonly analytic?: string | null;
  readonly reason: string;
}

/**
 * Ends an override: Sightline's own reading holds again from the next assessment on. Nothing is deleted, the withdrawal is the
 * scope's next version.
 *
 * @throws SightlineError INVALID without a reason, NOT_FOUND where no override of this scope is in force
 */
export async function withdrawResolutionOverride(ctx: OperationContext, request: WithdrawRequest): Promise<{ readonly reference: string; readonly scope: string; readonly version: number }> {
  authorize(ctx, "resolution.write", "all");
  const reason = request.reason.trim();
  if (reason === "" || reason.length > 2_000) throw new SightlineError("INVALID", "A withdrawal needs a reason of at most 2,000 characters.", { field: "reason" });
  const reference = request.reference.trim().toLowerCase();
  const platform = request.platform?.trim().toLowerCase() || null;
  const analytic = request.analytic?.trim().toUpperCase() || null;
  const newest = (await listOverrideVersions(ctx.db, reference)).filter((item) => (item.platform?.toLowerCase() ?? null) === platform && item.analytic === analytic).at(-1);
  if (newest === undefined || newest.state !== "set") {
    throw new SightlineError("NOT_FOUND", "No override of this log source is in force with this platform and analytic.", { remedy: `sightline resolutions show ${reference} lists them.` });
  }
  return withTransaction(ctx.db, async (tx) => {
    const written = await insertOverride(tx, { ...newest, state: "withdrawn", reason }, { at: ctx.clock(), actor: ctx.actor.name });
    await emitAudit(tx, ctx, { action: "resolution.withdraw", target: `resolution/${reference}`, detail: { component: newest.component, name: newest.name, channel: newest.channel, platform: newest.platform, analytic: newest.analytic, reason, version: written.version } });
    return { reference, ...written };
  });
}
