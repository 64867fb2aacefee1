import { toNumbers } from "@/lib/assessment/report-json";
import { findWeightProfile } from "@/lib/assessment/weights/store";
import type { BothNumbers } from "@/lib/assessment/weights/weigh-effect";
import { UNIFORM } from "@/lib/assessment/weights/weight-profile";
import type { WeightEffectJson } from "@/lib/assessment/weights/weights-json";
import { SightlineError } from "@/lib/shared/errors";
import { readWeightEffect } from "./assessment/read-weight-effect";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { findAssessment } from "./find-assessment";

export interface WeightEffectQuery {
  readonly name: string;
  readonly version?: number; // default: the newest
  readonly assessment: number | null; // null: the newest
}

/**
 * What a profile does to the cells of an assessment, beside the same cells with every technique weighing one. Statuses do not
 * depend on weights, so nothing is assessed again.
 *
 * @throws SightlineError NOT_FOUND for an unknown profile or assessment
 */
export async function getWeightEffect(ctx: OperationContext, query: WeightEffectQuery): Promise<WeightEffectJson> {
  authorize(ctx, "weights.read", "none");
  const profile = query.name.trim().toLowerCase() === UNIFORM.name ? UNIFORM : await findWeightProfile(ctx.db, query.name.trim(), query.version ?? null);
  if (profile === null) throw new SightlineError("NOT_FOUND", `There is no weight profile "${query.name}".`, { field: "name", remedy: "sightline weights list shows them." });
  const row = await findAssessment(ctx, query.assessment);
  const { effect, segments, moved } = await readWeightEffect(ctx, row, profile);
  const both = ({ weighted, uniform }: BothNumbers) => ({ weighted: toNumbers(weighted), uniform: toNumbers(uniform) });
  return {
    profile: { name: profile.name, version: profile.version },
    assessment: row.id,
    at: row.at,
    fleet: both(effect.fleet),
    segments: segments.flatMap(({ name, position }) => {
      const part = effect.segments[position];
      return part ? [{ segment: name, ...both(part) }] : [];
    }),
    tau: effect.tau === null ? null : effect.tau / 1_000_000,
    moved: moved.map(({ weight, ...technique }) => ({ ...technique, weight: weight / 1_000_000 })),
    techniques: effect.techniques.length,
  };
}
