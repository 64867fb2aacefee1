import { findAssessmentRow } from "@/lib/assessment/store";
import { findWeightProfile, readWeightsInForce } from "@/lib/assessment/weights/store";
import { UNIFORM } from "@/lib/assessment/weights/weight-profile";
import { assessmentLabel } from "@/lib/reports/shell-view";
import type { ShownEffect, WeightsView } from "@/lib/reports/weights-view";
import { SightlineError } from "@/lib/shared/errors";
import { readWeightEffect } from "./assessment/read-weight-effect";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { listThreatGroups } from "./list-threat-groups";
import { listWeightProfiles } from "./list-weight-profiles";

export interface WeightsQuery {
  readonly profile: string | null; // null: the one in force
  readonly version: number | null; // null: the newest
  readonly assessment: number | null; // null: the newest
}

/**
 * Weight profiles, the threat groups that can be chosen, and what one profile does beside uniform weights.
 *
 * @throws SightlineError NOT_FOUND for an unknown profile or assessment
 */
export async function getWeightsView(ctx: OperationContext, query: WeightsQuery): Promise<WeightsView> {
  authorize(ctx, "weights.read", "none");
  const [profiles, groups, effect] = await Promise.all([listWeightProfiles(ctx), listThreatGroups(ctx), readShown(ctx, query)]);
  return { profiles, groups, today: ctx.clock().toISOString().slice(0, 10), effect };
}

async function readShown(ctx: OperationContext, { profile: name, version, assessment }: WeightsQuery): Promise<ShownEffect | null> {
  const profile = name === null ? await readWeightsInForce(ctx.db) : name === UNIFORM.name ? UNIFORM : await findWeightProfile(ctx.db, name, version);
  if (profile === null) throw new SightlineError("NOT_FOUND", `There is no weight profile "${name}".`, { field: "profile" });
  const row = await findAssessmentRow(ctx.db, assessment);
  if (row === null) {
    if (assessment === null) return null;
    throw new SightlineError("NOT_FOUND", `There is no assessment ${assessment}.`, { field: "assessment" });
  }
  const { effect, segments, moved } = await readWeightEffect(ctx, row, profile);
  return {
    profile: profile.name,
    version: profile.version,
    assessment: assessmentLabel(row.id),
    at: row.at,
    fleet: effect.fleet,
    segments: segments.flatMap(({ id, name: segment, position }) => {
      const part = effect.segments[position];
      return part ? [{ id, name: segment, ...part }] : [];
    }),
    tau: effect.tau,
    ranked: effect.techniques.length,
    moved,
  };
}
