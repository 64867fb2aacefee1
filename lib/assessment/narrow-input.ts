import { z } from "zod";
import { scoringInputSchema, type ScoringInput } from "./scoring-input";

const partsSchema = z.looseObject({ analytics: z.array(z.unknown()), segments: z.array(z.unknown()), aggregates: z.array(z.unknown()), acceptSets: z.array(z.unknown()), kindPlatforms: z.record(z.string(), z.unknown()).optional() });
const acceptsSchema = z.looseObject({ requirements: z.array(z.looseObject({ alternatives: z.array(z.looseObject({ accepts: z.number() })) })) });

/**
 * The part of a kept ScoringInput that one analytic's sample events in one segment need, without checking the rest of the
 * fleet first. It has no claims, measurements or joins: it serves for looking at records, never for a verdict.
 * null when this version cannot read the value.
 */
export function narrowInput(value: unknown, ask: { readonly analytic: string; readonly segment: string; readonly kinds: readonly string[] }): ScoringInput | null {
  const parts = partsSchema.safeParse(value).data;
  if (!parts) return null;
  const analytics = parts.analytics.filter((analytic) => textAt(analytic, "id") === ask.analytic);
  const used = new Set(analytics.flatMap((analytic) => acceptsSchema.safeParse(analytic).data?.requirements.flatMap(({ alternatives }) => alternatives.map(({ accepts }) => accepts)) ?? []));
  const narrow = scoringInputSchema.safeParse({
    ...parts,
    analytics,
    acceptSets: parts.acceptSets.map((set, position) => (used.has(position) ? set : [])), // a large catalogue has a thousand long ones
    ...(parts.kindPlatforms === undefined ? {} : { kindPlatforms: Object.fromEntries(Object.entries(parts.kindPlatforms).filter(([kind]) => ask.kinds.includes(kind))) }),
    segments: parts.segments.filter((segment) => textAt(segment, "id") === ask.segment),
    aggregates: parts.aggregates.filter((row) => textAt(row, "segment") === ask.segment && ask.kinds.includes(textAt(row, "kind"))),
    overrides: undefined,
    quality: undefined,
    claims: [],
    measurements: [],
    joins: [],
    tests: [],
    exclusions: [],
    links: [],
    zoneDependent: [],
  });
  return narrow.success ? narrow.data : null;
}

function textAt(value: unknown, key: string): string {
  const found: unknown = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  return typeof found === "string" ? found : "";
}
