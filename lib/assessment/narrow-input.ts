import { z } from "zod";
import { scoringInputSchema, type ScoringInput } from "./scoring-input";

const partsSchema = z.looseObject({ analytics: z.array(z.unknown()), segments: z.array(z.unknown()), aggregates: z.array(z.unknown()) });

/**
 * The part of a kept ScoringInput that one analytic's sample events in one segment need, without checking the rest of the
 * fleet first. It has no claims, measurements or joins: it serves for looking at records, never for a verdict.
 *
 * @throws ZodError when the value is no ScoringInput
 */
export function narrowInput(value: unknown, ask: { readonly analytic: string; readonly segment: string; readonly kinds: readonly string[] }): ScoringInput {
  const parts = partsSchema.parse(value);
  return scoringInputSchema.parse({
    ...parts,
    analytics: parts.analytics.filter((analytic) => textAt(analytic, "id") === ask.analytic),
    segments: parts.segments.filter((segment) => textAt(segment, "id") === ask.segment),
    aggregates: parts.aggregates.filter((row) => textAt(row, "segment") === ask.segment && ask.kinds.includes(textAt(row, "kind"))),
    claims: [],
    measurements: [],
    joins: [],
    tests: [],
    exclusions: [],
    links: [],
    zoneDependent: [],
  });
}

function textAt(value: unknown, key: string): string {
  const found: unknown = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  return typeof found === "string" ? found : "";
}
