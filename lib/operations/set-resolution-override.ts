import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { SightlineError } from "@/lib/shared/errors";
import { checkOverride } from "@/lib/telemetry/overrides/check-override";
import { overrideConcerns, overrideDocSchema, type OverrideScope } from "@/lib/telemetry/overrides/override";
import { insertOverride } from "@/lib/telemetry/overrides/store";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { getResolution } from "./get-resolution";

export interface OverrideRequest {
  readonly reference: string; // digest of the log source
  readonly platform?: string | null; // limits it to one platform
  readonly analytic?: string | null; // limits it to one analytic
  readonly asCited: readonly string[]; // record kinds, "family:key"
  readonly equivalents: readonly string[];
  readonly verdict: string;
  readonly substitute?: string;
  readonly reason: string;
}

export interface OverrideWritten {
  readonly reference: string;
  readonly scope: string;
  readonly version: number;
  readonly concerns: readonly string[]; // where it goes beyond Sightline's tables
}

/**
 * Says, in place of Sightline, what a log source means here. The next assessment pins it; earlier ones stay as they are, and no
 * import ever changes it.
 *
 * @throws SightlineError INVALID naming the field, NOT_FOUND for a log source, platform or analytic that does not cite it
 */
export async function setResolutionOverride(ctx: OperationContext, request: OverrideRequest): Promise<OverrideWritten> {
  authorize(ctx, "resolution.write", "all");
  const view = await getResolution(ctx, request.reference);
  const scope = { component: view.component.id, name: view.name, channel: view.channel, ...narrow(view.readings, request) };
  const verdict = overrideDocSchema.shape.verdict.safeParse(request.verdict.trim());
  if (!verdict.success) throw new SightlineError("INVALID", `"${request.verdict}" is not a verdict.`, { field: "verdict", remedy: `Known are ${overrideDocSchema.shape.verdict.options.join(", ")}.` });
  const substitute = request.substitute?.trim() ?? "";
  const doc = { asCited: clean(request.asCited), equivalents: clean(request.equivalents), verdict: verdict.data, ...(substitute === "" ? {} : { substitute }) };
  const reason = request.reason.trim();
  checkOverride(scope, doc, reason);
  const concerns = overrideConcerns({ component: scope.component, doc }).map(({ text }) => text);
  const made = await withTransaction(ctx.db, async (tx) => {
    const written = await insertOverride(tx, { ...scope, state: "set", doc, reason }, { at: ctx.clock(), actor: ctx.actor.name });
    await emitAudit(tx, ctx, { action: "resolution.override", target: `resolution/${view.reference}`, detail: { ...scope, ...doc, reason, version: written.version, concerns } });
    return written;
  });
  return { reference: view.reference, ...made, concerns };
}

/** Platform and analytic of the request, in ATT&CK's spelling; each must cite the log source. */
function narrow(readings: readonly { readonly platform: string | null; readonly analytics: readonly string[] }[], request: Pick<OverrideRequest, "platform" | "analytic">): Pick<OverrideScope, "platform" | "analytic"> {
  const platform = request.platform?.trim() || null;
  const analytic = request.analytic?.trim().toUpperCase() || null;
  const onPlatform = platform === null ? readings : readings.filter((row) => row.platform?.toLowerCase() === platform.toLowerCase());
  if (onPlatform.length === 0) throw new SightlineError("NOT_FOUND", platform === null ? "No current catalogue cites this log source any more." : `No analytic of ${platform} cites this log source.`, { field: "platform" });
  if (analytic !== null && !onPlatform.some((row) => row.analytics.includes(analytic))) throw new SightlineError("NOT_FOUND", `${analytic} does not cite this log source.`, { field: "analytic" });
  return { platform: platform === null ? null : (onPlatform[0]?.platform ?? null), analytic };
}

function clean(kinds: readonly string[]): string[] {
  return kinds.map((kind) => kind.trim()).filter((kind) => kind !== "");
}
