import { listPolicies } from "@/lib/assessment/decisions/store";
import { sameDomains } from "@/lib/assessment/same-domains";
import { listAssessmentRows, listSegmentNames, readFleets, readSegmentIn, type AssessmentRow, type AssessmentSegmentRow } from "@/lib/assessment/store";
import { DOMAINS } from "@/lib/catalog/types";
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
const MOST_READ = 1_600; // of all domains

/** segment: id or name; null: the fleet. domains: those of the assessments that are asked for; null: those of the newest. */
export interface TrendQuery {
  readonly segment: string | null;
  readonly domains?: readonly string[] | null;
}

/**
 * The numbers of the fleet, or of one segment, over the assessments of the same domains, with what moved the ground under them.
 *
 * @throws SightlineError NOT_FOUND for a segment that no assessment holds, INVALID for an unknown domain
 */
export async function getTrend(ctx: OperationContext, query: TrendQuery): Promise<TrendView> {
  authorize(ctx, "assessment.read", "none");
  const unknown = query.domains?.find((domain) => !DOMAINS.some((known) => known === domain));
  if (unknown !== undefined) throw new SightlineError("INVALID", `"${unknown}" is not an ATT&CK domain.`, { field: "domains", remedy: `Known are ${DOMAINS.join(", ")}.` });
  const all = await listAssessmentRows(ctx.db, MOST_READ);
  const domains = [...new Set(query.domains ?? all[0]?.domains ?? [])].sort();
  const rows = all.filter((row) => sameDomains(row, { domains })).slice(0, MOST_POINTS);
  const numbers = query.segment === null ? await readFleetNumbers(ctx, rows) : await readSegmentNumbers(ctx, rows, query.segment);
  const assessments = rows.flatMap((row): TrendAssessment[] => {
    const own = numbers.get(row.id);
    return own === undefined ? [] : [{ id: row.id, at: row.at, ranAt: row.ranAt, runLater: row.runLater, releases: row.releases, policy: row.policyVersion, engine: row.engine, ...own }];
  });
  const name = query.segment === null ? null : (assessments[0]?.segments[0]?.name ?? null);
  if (query.segment !== null && name === null && rows.length > 0) throw new SightlineError("NOT_FOUND", `No assessment holds the segment "${query.segment ?? ""}".`, { field: "segment" });
  const [datasets, inventories, rules] = await Promise.all([listDatasetViews(ctx.db, ctx.segments), listImports(ctx.db, 10_000), listRuleImports(ctx.db)]);
  return buildTrend({
    segment: name,
    domains,
    choices: countChoices(all),
    assessments,
    policies: (await listPolicies(ctx.db)).map(({ policy, reason }) => ({ version: policy.version, reason })),
    arrivals: [
      ...datasets.map(({ importedAt }) => ({ at: importedAt, what: "sample file" as const })),
      ...inventories.filter(({ kind }) => kind === "inventory").map(({ at }) => ({ at, what: "inventory" as const })),
      ...rules.map(({ at }) => ({ at, what: "rule source" as const })),
    ],
  });
}

type Numbers = ReadonlyMap<number, Pick<TrendAssessment, "headline" | "segments">>;

/** Of the whole fleet, for who may see all of it. */
async function readFleetNumbers(ctx: OperationContext, rows: readonly AssessmentRow[]): Promise<Numbers> {
  if (ctx.segments !== "all") return new Map();
  const fleets = await readFleets(ctx.db, rows.map(({ id }) => id));
  return new Map(rows.map((row) => [row.id, { headline: row.report.fleet, segments: fleets.get(row.id) ?? [] }]));
}

/** Of one segment, by its id or the name that it had then. */
async function readSegmentNumbers(ctx: OperationContext, rows: readonly AssessmentRow[], segment: string): Promise<Numbers> {
  const ids = rows.map(({ id }) => id);
  const wanted = segment.trim().toLowerCase();
  const named = (await listSegmentNames(ctx.db, ids)).filter(({ id, name }) => (id === segment || name.trim().toLowerCase() === wanted) && (ctx.segments === "all" || ctx.segments.includes(id)));
  const found = new Map<number, AssessmentSegmentRow>();
  for (const id of new Set(named.map((one) => one.id))) {
    for (const [assessment, row] of await readSegmentIn(ctx.db, ids, id)) {
      const fits = row.id === segment || row.name.trim().toLowerCase() === wanted;
      if (fits && row.position < (found.get(assessment)?.position ?? Infinity)) found.set(assessment, row);
    }
  }
  return new Map([...found].map(([assessment, { name, doc }]) => [assessment, { headline: doc.headline, segments: [{ name, hosts: doc.assets }] }]));
}

/** Which domains were looked at together, and in how many assessments. */
function countChoices(rows: readonly { readonly domains: readonly string[] }[]): { domains: string[]; assessments: number }[] {
  const choices = new Map<string, { domains: string[]; assessments: number }>();
  for (const row of rows) {
    const domains = [...row.domains].sort();
    const choice = choices.get(domains.join()) ?? { domains, assessments: 0 };
    choice.assessments += 1;
    choices.set(domains.join(), choice);
  }
  return [...choices.values()];
}

/** The same with the sentence that says it. An address with domains that there are none of shows those of the newest assessment. */
export async function getTrendView(ctx: OperationContext, query: TrendQuery): Promise<{ readonly trend: TrendView; readonly say: Sentence }> {
  authorize(ctx, "assessment.read", "none");
  const known = query.domains?.every((domain) => DOMAINS.some((one) => one === domain)) ?? false;
  const trend = await getTrend(ctx, known ? query : { ...query, domains: null });
  return { trend, say: sayTrend(trend) };
}

/** The same as CSV text. */
export async function getTrendCsv(ctx: OperationContext, query: TrendQuery): Promise<string> {
  authorize(ctx, "assessment.read", "none");
  return [...writeTrendCsv(await getTrend(ctx, query))].join("");
}
