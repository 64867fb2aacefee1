import { buildResolutionRows } from "@/lib/reports/resolution-rows";
import { toCandidate, toHistory, type ResolutionView } from "@/lib/reports/resolution-view";
import { SightlineError } from "@/lib/shared/errors";
import { componentById } from "@/lib/telemetry/component-index";
import { overridesInForce } from "@/lib/telemetry/overrides/override";
import { resolveWithOverrides } from "@/lib/telemetry/overrides/resolve-with-overrides";
import { listOverrideVersions } from "@/lib/telemetry/overrides/store";
import { referenceDigest } from "@/lib/telemetry/reference-digest";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { loadPinnedAnalytics } from "./load-pinned-analytics";

/**
 * One log source by its digest: what it means on each platform, with and without overrides, and every version of its overrides.
 *
 * @throws SightlineError NOT_FOUND when neither a current catalogue nor an override knows it
 */
export async function getResolution(ctx: OperationContext, reference: string): Promise<ResolutionView> {
  authorize(ctx, "resolution.read", "none");
  const wanted = reference.trim().toLowerCase();
  const versions = await listOverrideVersions(ctx.db);
  const inForce = overridesInForce(versions);
  const analytics = [...(await loadPinnedAnalytics(ctx, null)).values()]
    .map((analytic) => ({ ...analytic, logSources: analytic.logSources.filter((source) => referenceDigest(source.component.id, source.name, source.channel) === wanted) }))
    .filter(({ logSources }) => logSources.length > 0);
  const readings = buildResolutionRows(analytics, resolveWithOverrides(inForce));
  const own = versions.filter((item) => item.reference === wanted);
  const [first] = readings;
  const [written] = own;
  if (first === undefined && written === undefined) throw new SightlineError("NOT_FOUND", `No log source is called "${reference}".`, { remedy: "sightline resolutions list prints the names." });
  const component = first?.component ?? { id: written?.component ?? "", name: componentById(written?.component ?? "")?.name ?? "" };
  const kinds = [...new Set(readings.flatMap((row) => [...row.asCited, ...row.equivalents]))];
  return {
    reference: wanted,
    component,
    name: first?.name ?? written?.name ?? "",
    channel: first?.channel ?? written?.channel ?? "",
    readings: [...readings],
    published: [...buildResolutionRows(analytics, resolveWithOverrides([]))],
    history: toHistory(own, inForce),
    fields: kinds.map((kind) => toCandidate(component.id, kind)),
  };
}
