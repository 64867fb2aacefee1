import { listPolicies } from "@/lib/assessment/decisions/store";
import { listAssessmentRows, readAssessmentSegments } from "@/lib/assessment/store";
import { listRuleImports } from "@/lib/detection/rules/store";
import { listDatasetViews } from "@/lib/events/store";
import { listImports } from "@/lib/inventory/store";
import { writeTrendCsv } from "@/lib/evidence/write-trend-csv";
import { buildTrend, sayTrend, type TrendAssessment } from "@/lib/reports/build-trend";
import type { Sentence } from "@/lib/reports/sentence";
import type { TrendView } from "@/lib/reports/trend-view";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

const MOST_POINTS = 400; // a year of daily assessments, and a month

/**
 * The numbers of the fleet, or of one segment, over the assessments, with what moved the ground under them.
 *
 * @param query segment: id or name; null: the fleet
 * @throws SightlineError NOT_FOUND for a segment that no assessment holds
 */
export async function getTrend(ctx: OperationContext, query: { readonly segment: string | null }): Promise<TrendView> {
  authorize(ctx, "assessment.read", "none");
  const rows = await listAssessmentRows(ctx.db, MOST_POINTS);
  const wanted = query.segment?.trim().toLowerCase() ?? null;
  let name: string | null = null;
  const assessments: TrendAssessment[] = [];
  for (const row of rows) {
    const segments = (await readAssessmentSegments(ctx.db, row.id)).filter(({ id }) => ctx.segments === "all" || ctx.segments.includes(id));
    const chosen = wanted === null ? null : segments.find((segment) => segment.id === query.segment || segment.name.trim().toLowerCase() === wanted);
    if (chosen === undefined || (wanted === null && ctx.segments !== "all")) continue;
    name ??= chosen?.name ?? null;
    const of = chosen === null ? segments : [chosen];
    assessments.push({ id: row.id, at: row.at, ranAt: row.ranAt, runLater: row.runLater, releases: row.releases, policy: row.policyVersion, engine: row.engine, headline: chosen?.doc.headline ?? row.report.fleet, segments: of.map((segment) => ({ name: segment.name, hosts: segment.doc.assets })) });
  }
  if (wanted !== null && name === null && rows.length > 0) throw new SightlineError("NOT_FOUND", `No assessment holds the segment "${query.segment ?? ""}".`, { field: "segment" });
  const [datasets, inventories, rules] = await Promise.all([listDatasetViews(ctx.db, ctx.segments), listImports(ctx.db, 10_000), listRuleImports(ctx.db)]);
  return buildTrend({
    segment: name,
    assessments,
    policies: (await listPolicies(ctx.db)).map(({ policy, reason }) => ({ version: policy.version, reason })),
    arrivals: [
      ...datasets.map(({ importedAt }) => ({ at: importedAt, what: "sample file" as const })),
      ...inventories.filter(({ kind }) => kind === "inventory").map(({ at }) => ({ at, what: "inventory" as const })),
      ...rules.map(({ at }) => ({ at, what: "rule source" as const })),
    ],
  });
}

/** The same with the sentence that says it. */
export async function getTrendView(ctx: OperationContext, query: { readonly segment: string | null }): Promise<{ readonly trend: TrendView; readonly say: Sentence }> {
  authorize(ctx, "assessment.read", "none");
  const trend = await getTrend(ctx, query);
  return { trend, say: sayTrend(trend) };
}

/** The same as CSV text. */
export async function getTrendCsv(ctx: OperationContext, query: { readonly segment: string | null }): Promise<string> {
  authorize(ctx, "assessment.read", "none");
  return [...writeTrendCsv(await getTrend(ctx, query))].join("");
}
