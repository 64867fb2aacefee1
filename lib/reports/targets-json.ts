import { z } from "zod";
import { measureJsonSchema, toMeasure } from "@/lib/assessment/report-json";
import type { Measure } from "@/lib/assessment/scoring-result";
import { MILLION } from "@/lib/assessment/status";
import { targetJsonSchema, toTargetJson } from "@/lib/assessment/target-json";
import type { TargetStand } from "./target-stand";

/** The same with the distance: short is target minus share (0 or less: reached), null without evidence; daysLeft to its day. */
export const targetStandJsonSchema = targetJsonSchema.extend({ state: z.enum(["reached", "short", "missed", "no-evidence"]), short: z.number().min(-1).max(1).nullable(), daysLeft: z.int().nullable() });

/** What `targets list --json` prints; shares of the newest assessment. */
export const targetsJsonSchema = z.object({
  assessment: z.int().nullable(),
  policy: z.int().nullable(),
  targets: z.array(z.object({ segment: z.string(), criticality: z.int(), observed: measureJsonSchema.nullable(), target: targetStandJsonSchema.nullable() })),
});
export type TargetsJson = z.infer<typeof targetsJsonSchema>;

/** What `targets history --json` prints, newest first. */
export const targetChangesJsonSchema = z.array(z.object({ at: z.iso.datetime(), by: z.string(), reason: z.string(), from: targetJsonSchema.nullable(), to: targetJsonSchema.nullable() }));

/** A target and its distance in their published shape. */
function toTargetStandJson(target: TargetStand): z.infer<typeof targetStandJsonSchema> {
  return { ...toTargetJson(target), state: target.state, short: target.short === null ? null : target.short / MILLION, daysLeft: target.daysLeft };
}

/** The list in its published shape. */
export function targetsJson({ assessment, policy, targets }: { readonly assessment: number | null; readonly policy: number | null; readonly targets: readonly { readonly segment: string; readonly criticality: number; readonly observed: Measure | null; readonly target: TargetStand | null }[] }): TargetsJson {
  return { assessment, policy, targets: targets.map(({ segment, criticality, observed, target }) => ({ segment, criticality, observed: observed && toMeasure(observed), target: target && toTargetStandJson(target) })) };
}
