import { toNumbers } from "@/lib/assessment/report-json";
import { ROLLUP_LEVELS, type CatalogLevel, type RollupLevel, type Rollups, type RollupScope } from "@/lib/assessment/rollups";
import type { RollupRowJson, RollupsJson } from "@/lib/assessment/rollups-json";
import { readAssessmentSegments, type AssessmentSegmentRow } from "@/lib/assessment/store";
import { SightlineError } from "@/lib/shared/errors";
import { readRollups } from "./assessment/read-rollups";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { findAssessment } from "./find-assessment";

export interface RollupQuery {
  readonly assessment: number | null; // null: the newest
  readonly levels?: readonly RollupLevel[]; // absent: all
  readonly segment?: string; // name, outer blanks and case ignored, or id: that one alone
  readonly each?: boolean; // the fleet, and then every segment alone
}

const isCatalogLevel = (level: RollupLevel): level is CatalogLevel => level !== "segment" && level !== "fleet";

/**
 * Numbers of an assessment at every level, over the fleet or a segment: one ratio of sums each, with its count. "Fleet" means
 * the segments that the actor may see; how many of all is said.
 *
 * @throws SightlineError NOT_FOUND for an unknown assessment or segment
 */
export async function getRollups(ctx: OperationContext, query: RollupQuery): Promise<RollupsJson> {
  authorize(ctx, "assessment.read", "none");
  const row = await findAssessment(ctx, query.assessment);
  const [all, { analytics, rollups }] = await Promise.all([readAssessmentSegments(ctx.db, row.id), readRollups(ctx, row)]);
  const seen = all.filter(({ id }) => ctx.segments === "all" || ctx.segments.includes(id));
  const chosen = query.segment === undefined ? null : chooseSegment(seen, query.segment);
  const fleet = seen.length === all.length ? null : seen.map(({ position }) => position);
  const scopes: { readonly scope: RollupScope; readonly segment: string | null }[] = [
    ...(chosen === null ? [{ scope: fleet, segment: null }] : []),
    ...(chosen !== null || query.each ? (chosen ? [chosen] : seen).map(({ position, name }) => ({ scope: [position], segment: name })) : []),
  ];
  const levels = ROLLUP_LEVELS.filter((level) => query.levels?.includes(level) ?? (chosen === null || level !== "fleet"));
  const rows = levels.flatMap((level): RollupRowJson[] => {
    if (isCatalogLevel(level)) return scopes.flatMap(({ scope, segment }) => catalogRows(rollups, level, scope, segment));
    const total = { level, analytics: analytics.length, includingSubTechniques: null };
    if (level === "fleet") return [{ ...total, id: "fleet", name: "Fleet", segment: null, ...toNumbers(rollups.total(fleet)) }];
    return (chosen ? [chosen] : seen).map(({ id, name, position }) => ({ ...total, id, name, segment: name, ...toNumbers(rollups.total([position])) }));
  });
  const { id, at, ranAt, runLater, releases, resultDigest, engine, policyVersion } = row;
  return { assessment: id, at, ranAt, runLater, releases: { ...releases }, resultDigest, engine, policy: policyVersion, weights: row.report.weights ?? { profile: "uniform", version: 1 }, segments: { counted: chosen ? 1 : seen.length, of: all.length }, rows };
}

function catalogRows(rollups: Rollups, level: CatalogLevel, scope: RollupScope, segment: string | null): RollupRowJson[] {
  return rollups.level(level, scope).map(({ id, name, analytics, headline, including }) => ({
    level,
    id,
    name,
    segment,
    analytics: analytics.length,
    ...toNumbers(headline),
    includingSubTechniques: including === null ? null : { techniques: including.techniques, analytics: including.analytics.length, ...toNumbers(including.headline) },
  }));
}

function chooseSegment(segments: readonly AssessmentSegmentRow[], wanted: string): AssessmentSegmentRow {
  const key = wanted.trim().toLowerCase();
  const found = segments.find(({ id }) => id === wanted) ?? segments.find(({ name }) => name.trim().toLowerCase() === key);
  if (found) return found;
  throw new SightlineError("NOT_FOUND", `The assessment has no segment "${wanted}".`, { field: "segment" });
}
