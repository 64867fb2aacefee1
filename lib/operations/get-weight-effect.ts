import { toNumbers } from "@/lib/assessment/report-json";
import { readAssessmentSegments } from "@/lib/assessment/store";
import { findWeightProfile } from "@/lib/assessment/weights/store";
import { weighEffect, type BothNumbers } from "@/lib/assessment/weights/weigh-effect";
import { UNIFORM } from "@/lib/assessment/weights/weight-profile";
import type { WeightEffectJson } from "@/lib/assessment/weights/weights-json";
import { SightlineError } from "@/lib/shared/errors";
import { readColumns } from "./assessment/read-columns";
import { readRollupLinks } from "./assessment/read-rollup-links";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { findAssessment } from "./find-assessment";

const MOVED = 20;

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
  const [all, { analytics, columns }, links] = await Promise.all([readAssessmentSegments(ctx.db, row.id), readColumns(ctx, row), readRollupLinks(ctx, row.releases)]);
  const seen = all.filter(({ id }) => ctx.segments === "all" || ctx.segments.includes(id));
  const effect = weighEffect(analytics, columns, links, profile.techniques, seen.map(({ position }) => position));
  const both = ({ weighted, uniform }: BothNumbers) => ({ weighted: toNumbers(weighted), uniform: toNumbers(uniform) });
  return {
    profile: { name: profile.name, version: profile.version },
    assessment: row.id,
    at: row.at,
    fleet: both(effect.fleet),
    segments: seen.flatMap(({ name, position }) => {
      const part = effect.segments[position];
      return part ? [{ segment: name, ...both(part) }] : [];
    }),
    tau: effect.tau === null ? null : effect.tau / 1_000_000,
    moved: effect.techniques
      .filter(({ rank, uniformRank }) => rank !== uniformRank)
      .sort((a, b) => Math.abs(b.rank - b.uniformRank) - Math.abs(a.rank - a.uniformRank) || (a.id < b.id ? -1 : 1))
      .slice(0, MOVED)
      .map(({ weight, ...technique }) => ({ ...technique, weight: weight / 1_000_000 })),
    techniques: effect.techniques.length,
  };
}
