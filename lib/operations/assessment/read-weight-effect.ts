import { readAssessmentSegments, type AssessmentRow, type AssessmentSegmentRow } from "@/lib/assessment/store";
import { weighEffect, type RankedTechnique, type WeightEffect } from "@/lib/assessment/weights/weigh-effect";
import type { WeightProfile } from "@/lib/assessment/weights/weight-profile";
import type { OperationContext } from "../context";
import { readColumns } from "./read-columns";
import { readRollupLinks } from "./read-rollup-links";

const MOVED = 20;

export interface ReadEffect {
  readonly effect: WeightEffect;
  readonly segments: readonly AssessmentSegmentRow[]; // that the actor may see
  readonly moved: readonly RankedTechnique[]; // the techniques that the profile moves most, up or down
}

/** What a profile does to the cells of an assessment, over the segments that the actor may see. */
export async function readWeightEffect(ctx: OperationContext, row: AssessmentRow, profile: Pick<WeightProfile, "techniques">): Promise<ReadEffect> {
  const [all, { analytics, columns }, links] = await Promise.all([readAssessmentSegments(ctx.db, row.id), readColumns(ctx, row), readRollupLinks(ctx, row.releases)]);
  const segments = all.filter(({ id }) => ctx.segments === "all" || ctx.segments.includes(id));
  const effect = weighEffect(analytics, columns, links, profile.techniques, segments.map(({ position }) => position));
  const moved = effect.techniques
    .filter(({ rank, uniformRank }) => rank !== uniformRank)
    .sort((a, b) => Math.abs(b.rank - b.uniformRank) - Math.abs(a.rank - a.uniformRank) || (a.id < b.id ? -1 : 1))
    .slice(0, MOVED);
  return { effect, segments, moved };
}
