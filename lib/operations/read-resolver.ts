import { overridesInForce, type ResolutionOverride } from "@/lib/telemetry/overrides/override";
import { resolveWithOverrides, type OverridingResolver } from "@/lib/telemetry/overrides/resolve-with-overrides";
import { listOverrideVersions } from "@/lib/telemetry/overrides/store";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** The resolver as it stands now, with the overrides that hold. */
export async function readResolver(ctx: OperationContext): Promise<{ readonly resolver: OverridingResolver; readonly inForce: readonly ResolutionOverride[] }> {
  authorize(ctx, "resolution.read", "none");
  const inForce = overridesInForce(await listOverrideVersions(ctx.db));
  return { resolver: resolveWithOverrides(inForce), inForce };
}
