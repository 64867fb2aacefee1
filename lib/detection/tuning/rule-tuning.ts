import { z } from "zod";

/** What a tuning would do to the stored samples. */
const found = z.object({ rule: z.string(), title: z.string(), event: z.number().int().nonnegative() });
export const effectSampleSchema = z.object({
  name: z.string(),
  digest: z.string(),
  label: z.enum(["attack", "benign"]),
  from: z.enum(["dataset", "test"]),
  before: z.number().int().nonnegative(), // hits with the values in force
  after: z.number().int().nonnegative(), // with the new ones
  lost: z.array(found), // the first of those that are there before only
  gained: z.array(found), // the first of those that are there after only
  lostCount: z.number().int().nonnegative(),
  gainedCount: z.number().int().nonnegative(),
});
export type EffectSample = z.infer<typeof effectSampleSchema>;

export const tuningEffectSchema = z.object({
  truePositivesLost: z.number().int().nonnegative(), // hits in attack samples
  benignHitsGained: z.number().int().nonnegative(), // hits in benign samples
  truePositivesGained: z.number().int().nonnegative(),
  benignHitsLost: z.number().int().nonnegative(),
  samplesLost: z.number().int().nonnegative(), // attack samples that nothing matches any more
  samples: z.array(effectSampleSchema),
  skipped: z.array(z.object({ name: z.string(), why: z.string() })), // samples that could not be asked
  rules: z.number().int().nonnegative(), // how many rules ask for the placeholder
  refused: z.array(z.object({ title: z.string(), message: z.string() })), // rules that the new values make unreadable
});
export type TuningEffect = z.infer<typeof tuningEffectSchema>;

/** One version of a placeholder's value in a segment. scope: the analytic whose pack asks for it, "" = every rule that does. */
export interface TuningVersion {
  readonly id: string;
  readonly segmentId: string;
  readonly scope: string;
  readonly name: string; // without the percent signs
  readonly version: number;
  readonly state: "set" | "withdrawn";
  readonly values: readonly string[];
  readonly unit: string;
  readonly owner: string;
  readonly reason: string;
  readonly expires: string | null; // ISO date, the last day it holds
  readonly effect: TuningEffect; // on the stored samples, as it was shown before saving
  readonly at: string;
  readonly by: string;
}

export const PLACEHOLDER_KINDS = ["list", "number", "duration"] as const;

/**
 * What can be tuned: a placeholder of imported rules, or a mutable element of a pack. A list stands in the rules as %name%;
 * a number or duration of a pack is one value, written where the pack says.
 */
export interface Placeholder {
  readonly name: string;
  readonly kind: (typeof PLACEHOLDER_KINDS)[number];
  readonly scope: string; // analytic of the pack, "" = of imported rules
  readonly defaults: readonly string[] | null; // null: a rule that asks for it cannot run without a value
  readonly unit: string;
  readonly least: number | null; // bounds of a number or duration
  readonly most: number | null; // the same; of a list: entries
  readonly attack: string | null; // ATT&CK's name of the mutable element
  readonly about: string;
}
