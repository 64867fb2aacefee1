import { z } from "zod";
import type { Analytic } from "@/lib/catalog/types";
import { compareCodeUnits } from "@/lib/shared/canonical-json";
import type { OverridingResolver } from "@/lib/telemetry/overrides/resolve-with-overrides";
import { referenceDigest } from "@/lib/telemetry/reference-digest";
import { EVENT_KEY_KINDS, UNCITED_REASONS } from "@/lib/telemetry/types";

/** One log source as one platform's analytics cite it, and what it means in real records. Printed by `resolutions list --json`. */
export const resolutionRowSchema = z.object({
  reference: z.string(), // 16 hex digits: what `resolutions show` and the page's address take
  component: z.object({ id: z.string(), name: z.string() }),
  name: z.string(),
  channel: z.string(),
  platform: z.string().nullable(), // null: the release names none (ICS)
  family: z.string(),
  eventKeys: z.array(z.object({ kind: z.enum(EVENT_KEY_KINDS), value: z.string(), channel: z.string().optional() })),
  basis: z.enum(["curated", "channel", "component"]),
  confidence: z.enum(["high", "medium", "low"]),
  verdict: z.enum(["producible", "not-producible", "platform-mismatch", "external"]),
  reason: z.string(),
  substitute: z.string().optional(),
  source: z.string().optional(),
  uncited: z.enum(UNCITED_REASONS).optional(), // why nothing is accepted as cited, though it can be produced
  asCited: z.array(z.string()), // record kinds
  equivalents: z.array(z.string()),
  analytics: z.array(z.string()), // that cite it, in order
  overridden: z.boolean(), // for all that cite it here, or for one of them
  override: z.object({ version: z.number(), reason: z.string(), by: z.string(), at: z.string(), concerns: z.array(z.string()) }).optional(), // the one that holds for all
});
export type ResolutionRow = z.infer<typeof resolutionRowSchema>;

/** Every distinct log source of these analytics, per platform, in the order of component, name and channel. */
export function buildResolutionRows(analytics: readonly Analytic[], resolver: OverridingResolver): readonly ResolutionRow[] {
  const rows = new Map<string, ResolutionRow>();
  for (const analytic of analytics) {
    if (analytic.revoked || analytic.deprecated) continue;
    for (const source of analytic.logSources) {
      const reference = referenceDigest(source.component.id, source.name, source.channel);
      for (const platform of analytic.platforms.length === 0 ? [null] : analytic.platforms) {
        const key = `${reference}\n${platform ?? ""}`;
        const own = resolver.hasOwn(analytic.id) && resolver.find(source, platform, analytic.id)?.analytic === analytic.id;
        const known = rows.get(key) ?? { ...toRow(reference, source, platform, resolver), analytics: [] };
        const cites = known.analytics.includes(analytic.id) ? known.analytics : [...known.analytics, analytic.id];
        rows.set(key, { ...known, analytics: cites, overridden: known.overridden || own });
      }
    }
  }
  return [...rows.values()]
    .map((row) => ({ ...row, analytics: row.analytics.toSorted(compareCodeUnits) }))
    .sort((a, b) => compareCodeUnits(a.component.name, b.component.name) || compareCodeUnits(a.name.toLowerCase(), b.name.toLowerCase()) || compareCodeUnits(a.channel, b.channel) || compareCodeUnits(a.platform ?? "", b.platform ?? ""));
}

function toRow(reference: string, source: Analytic["logSources"][number], platform: string | null, resolver: OverridingResolver): Omit<ResolutionRow, "analytics"> {
  const { family, eventKeys, basis, confidence, verdict, reason, substitute, source: said, uncited, accepts, override } = resolver.resolve(source, platform, null);
  const kinds = (met: "as-cited" | "equivalent"): string[] => accepts.flatMap((item) => (item.met === met ? [item.kind] : []));
  return {
    reference,
    component: { id: source.component.id, name: source.component.name },
    name: source.name,
    channel: source.channel,
    platform,
    family,
    eventKeys: eventKeys.map((key) => ({ ...key })),
    basis,
    confidence,
    verdict,
    reason,
    ...(substitute === undefined ? {} : { substitute }),
    ...(said === undefined ? {} : { source: said }),
    ...(uncited === undefined ? {} : { uncited }),
    asCited: kinds("as-cited"),
    equivalents: kinds("equivalent"),
    overridden: override !== undefined,
    ...(override === undefined ? {} : { override: { ...override, concerns: [...override.concerns] } }),
  };
}

/** What a table of resolutions is narrowed to; an empty text or null takes everything. */
export interface ResolutionFilter {
  readonly text: string; // in component, name, channel, record kinds, analytics
  readonly family: string | null;
  readonly basis: string | null;
  readonly confidence: string | null;
  readonly verdict: string | null;
  readonly platform: string | null;
  readonly uncited: string | null; // why nothing is accepted as cited
  readonly overridden: boolean; // only those with an override in force
}

export const NO_FILTER: ResolutionFilter = { text: "", family: null, basis: null, confidence: null, verdict: null, platform: null, uncited: null, overridden: false };

/** The rows that a filter takes; every word of its text must occur. */
export function filterResolutions(rows: readonly ResolutionRow[], filter: ResolutionFilter): readonly ResolutionRow[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const fits = (wanted: string | null, own: string): boolean => wanted === null || wanted.toLowerCase() === own.toLowerCase();
  return rows.filter((row) => {
    if (filter.overridden && !row.overridden) return false;
    if (!fits(filter.family, row.family) || !fits(filter.basis, row.basis) || !fits(filter.confidence, row.confidence) || !fits(filter.verdict, row.verdict) || !fits(filter.platform, row.platform ?? "none") || !fits(filter.uncited, row.uncited ?? "")) return false;
    if (words.length === 0) return true;
    const text = [row.reference, row.component.id, row.component.name, row.name, row.channel, ...row.asCited, ...row.equivalents, ...row.analytics].join("\n").toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
