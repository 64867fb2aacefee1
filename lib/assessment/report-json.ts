import { z } from "zod";
import { policySchema } from "./scoring-input";
import type { Headline, Measure } from "./scoring-result";
import type { StoredReport, StoredSegment } from "./stored-result";
import { MILLION, STATUSES } from "./status";
import { targetJsonSchema, toTargetJson } from "./target-json";

const count = z.number().int().nonnegative();
const fraction = z.number().min(0).max(1).nullable();

/** M of the interfaces: fractions 0..1 with six decimals, null where there is nothing to divide by; k cells of n applicable. */
export const measureJsonSchema = z.object({ value: fraction, low: fraction, high: fraction, k: count, n: count });

/** N of the interfaces. */
export const numbersJsonSchema = z.object({
  applicable: count,
  counts: z.record(z.enum(STATUSES), count),
  observed: measureJsonSchema,
  validated: measureJsonSchema,
  byComponent: fraction,
  uniform: z.object({ observed: measureJsonSchema, validated: measureJsonSchema }),
});

/** Which weights the numbers were made with; `uniform` stands beside them in any case. */
export const weightsJsonSchema = z.object({ profile: z.string(), version: count });

export const reportJsonSchema = z.object({
  assessment: z.number().int(),
  at: z.iso.datetime(),
  ranAt: z.iso.datetime(),
  runLater: z.boolean(), // "as of, run later": more than 24 h apart
  releases: z.record(z.string(), z.string()),
  inputDigest: z.string(),
  resultDigest: z.string(),
  engine: z.string(),
  policy: policySchema,
  weights: weightsJsonSchema,
  fleet: numbersJsonSchema,
  segments: z.array(numbersJsonSchema.extend({ segment: z.string(), criticality: z.number().int(), assets: count, target: targetJsonSchema.nullable(), rostered: z.boolean(), neverSeen: z.array(z.string()), foreign: z.array(z.string()) })),
});
export type ReportJson = z.infer<typeof reportJsonSchema>;
export type NumbersJson = z.infer<typeof numbersJsonSchema>;

export interface ReportFacts extends Pick<ReportJson, "assessment" | "at" | "ranAt" | "runLater" | "releases" | "inputDigest" | "resultDigest" | "engine"> {
  readonly report: StoredReport;
  readonly segments: readonly { readonly name: string; readonly doc: StoredSegment }[];
}

/** The headline numbers of an assessment in their published shape; segments in the order of the assessment (by name). */
export function toReportJson({ report, segments, ...head }: ReportFacts): ReportJson {
  return {
    ...head,
    policy: report.policy,
    weights: report.weights ?? { profile: "uniform", version: 1 },
    fleet: toNumbers(report.fleet),
    segments: segments.map(({ name, doc }) => ({
      segment: name,
      criticality: doc.criticality,
      assets: doc.assets,
      target: doc.target && toTargetJson(doc.target), // the one that held then
      rostered: doc.rostered,
      ...toNumbers(doc.headline),
      neverSeen: [...doc.neverSeen],
      foreign: [...doc.foreign],
    })),
  };
}

/** A headline in its published shape: N of the interfaces. */
export function toNumbers(headline: Headline): NumbersJson {
  return {
    applicable: headline.applicable,
    counts: { ...headline.counts },
    observed: toMeasure(headline.observed),
    validated: toMeasure(headline.validated),
    byComponent: toFraction(headline.byComponent),
    uniform: { observed: toMeasure(headline.uniform.observed), validated: toMeasure(headline.uniform.validated) },
  };
}

/** A measure in its published shape: M of the interfaces. */
export function toMeasure({ value, low, high, k, n }: Measure): NumbersJson["observed"] {
  return { value: toFraction(value), low: toFraction(low), high: toFraction(high), k, n };
}

/** Millionths to a fraction: at most six decimals, exact in decimal text. */
function toFraction(millionths: number | null): number | null {
  return millionths === null ? null : millionths / MILLION;
}
