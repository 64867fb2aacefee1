import { CRITICAL } from "@/lib/alerts/alert";
import { listAlertRows } from "@/lib/alerts/store";
import { sameDomains } from "@/lib/assessment/same-domains";
import type { Headline } from "@/lib/assessment/scoring-result";
import { listAssessmentRows, readAssessmentSegments, readSegmentIn, sumAssets, type AssessmentRow, type AssessmentSegmentRow } from "@/lib/assessment/store";
import type { PlanDoc } from "@/lib/gaps/plan/plan-doc";
import { readCosts, readFrontier, type CostsVersion } from "@/lib/gaps/plan/store";
import { openGapPrices } from "@/lib/gaps/price-gap";
import type { Gap } from "@/lib/gaps/rank-gaps";
import { readFirstGaps, readTroubledSources } from "@/lib/gaps/ranked/store";
import { listPriceableGaps } from "@/lib/gaps/store";
import { buildOverviewView } from "@/lib/reports/build-overview-view";
import type { AlertFacts, AssessmentFacts, FrontierFacts, GapFacts, HistoryFacts } from "@/lib/reports/overview-facts";
import type { OverviewView } from "@/lib/reports/overview-view";
import { assessmentLabel, releasesLabel } from "@/lib/reports/shell-view";
import { SightlineError } from "@/lib/shared/errors";
import { familyById } from "@/lib/telemetry/family-of";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { findTracingJob } from "./plan/find-tracing-job";
import { frontierKey } from "./plan/read-plan-ground";

const HISTORY = 24;
const SHOWN = 12; // gaps
const NAMED = 13; // sources in trouble

interface Loaded {
  readonly row: AssessmentRow;
  readonly segments: readonly AssessmentSegmentRow[];
}

/**
 * The executive page of an assessment (null: the newest), for the fleet or one segment; null when nothing was assessed yet.
 *
 * @throws SightlineError NOT_FOUND for an unknown assessment, or a segment that it does not hold
 */
export async function getOverviewView(ctx: OperationContext, input: { readonly assessment: number | null; readonly segment: string | null }): Promise<OverviewView | null> {
  authorize(ctx, "assessment.read", input.segment === null ? "all" : [input.segment]);
  const rows = await listAssessmentRows(ctx.db);
  const current = input.assessment === null ? rows[0] : rows.find((row) => row.id === input.assessment);
  if (!current) {
    if (input.assessment === null) return null;
    throw new SightlineError("NOT_FOUND", `There is no assessment ${input.assessment}.`);
  }
  // Runs of the past told later stay out of the trend; the chosen assessment itself is always shown.
  // So do those of other domains: their numbers are of other analytics. And what tells of the past is not worse or better than what came after it.
  const earlier = rows.filter((row) => row.id < current.id && !row.runLater && Date.parse(row.at) <= Date.parse(current.at) && sameDomains(row, current)).slice(0, HISTORY - 1);
  const loaded = input.segment === null ? await loadFleet(ctx, current, earlier) : await loadSegment(ctx, current, earlier, input.segment);
  const { now, before } = loaded;
  if (input.segment !== null && now.segments.length === 0) throw new SightlineError("NOT_FOUND", "This assessment does not hold that segment.");
  const [gaps, troubled, costs] = await Promise.all([readFirstGaps(ctx.db, current.id, input.segment, SHOWN), readTroubledSources(ctx.db, current.id, input.segment, NAMED), readCosts(ctx.db)]);
  const frontier = input.segment === null ? frontierOf((await readFrontier(ctx.db, frontierKey(current, costs)))?.doc ?? null) : null;
  return buildOverviewView({
    segment: input.segment === null ? null : (now.segments[0]?.name ?? null),
    current: factsOf(now, input.segment),
    // A segment that was not there before has nothing to be compared with.
    previous: before && (input.segment === null || before.segments.length > 0) ? factsOf(before, input.segment) : null,
    troubles: { ...troubled, first: troubled.first.map(({ family, ...trouble }) => ({ ...trouble, source: familyById(family)?.title ?? family })) },
    alerts: await readOpenAlerts(ctx, input.segment),
    gaps: await priceGaps(ctx, costs, gaps),
    currency: costs.settings.rates.currency,
    frontier,
    tracing: frontier === null ? await findTracingJob(ctx) : null,
    history: loaded.history.filter(({ row }) => !row.runLater).reverse().map(({ row, ...numbers }) => ({ label: assessmentLabel(row.id), at: Date.parse(row.at), releases: releasesLabel(row.releases), policy: row.policyVersion, ...numbers })),
  });
}

interface LoadedHistory {
  readonly now: Loaded;
  readonly before: Loaded | null;
  readonly history: readonly ({ readonly row: AssessmentRow } & Pick<HistoryFacts, "assets" | "observed" | "ceiling" | "validated">)[]; // newest first
}

/** The whole fleet: the segments of the assessment and the one before it; of those before that only sums. */
async function loadFleet(ctx: OperationContext, current: AssessmentRow, earlier: readonly AssessmentRow[]): Promise<LoadedHistory> {
  const rows = [current, ...earlier];
  const [now, before, assets] = await Promise.all([readAssessmentSegments(ctx.db, current.id), earlier[0] ? readAssessmentSegments(ctx.db, earlier[0].id) : null, sumAssets(ctx.db, rows.map(({ id }) => id))]);
  return {
    now: { row: current, segments: now },
    before: earlier[0] && before ? { row: earlier[0], segments: before } : null,
    history: rows.map((row) => ({ row, assets: assets.get(row.id) ?? 0, ...sharesOf(row.report.fleet) })),
  };
}

async function loadSegment(ctx: OperationContext, current: AssessmentRow, earlier: readonly AssessmentRow[], segmentId: string): Promise<LoadedHistory> {
  const rows = [current, ...earlier];
  const found = await readSegmentIn(ctx.db, rows.map(({ id }) => id), segmentId);
  const loaded = rows.map((row): Loaded => ({ row, segments: [found.get(row.id) ?? []].flat() }));
  const [now, before] = loaded;
  return {
    now: now ?? { row: current, segments: [] },
    before: before ?? null,
    history: loaded.map(({ row, segments: [segment] }) => ({ row, assets: segment?.doc.assets ?? 0, ...sharesOf(segment?.doc.headline ?? null) })),
  };
}

function sharesOf(headline: Headline | null): Pick<HistoryFacts, "observed" | "ceiling" | "validated"> {
  return { observed: headline?.observed.value ?? null, ceiling: headline?.observed.high ?? null, validated: headline?.validated.value ?? null };
}

function headlineOf({ row, segments }: Loaded, segment: string | null) {
  return segment === null ? row.report.fleet : (segments[0]?.doc.headline ?? null);
}

function factsOf(entry: Loaded, segment: string | null): AssessmentFacts {
  const { row, segments } = entry;
  return {
    id: row.id,
    label: assessmentLabel(row.id),
    at: Date.parse(row.at),
    runLater: row.runLater,
    releases: releasesLabel(row.releases),
    policy: row.policyVersion,
    fleet: headlineOf(entry, segment) ?? row.report.fleet,
    segments: segments.map(({ id, name, doc }) => ({ id, name, assets: doc.assets, criticality: doc.criticality, target: doc.target, headline: doc.headline, weight: doc.weight })),
  };
}

/** Gaps that the page shows, with what closing them costs at the prices in force. */
async function priceGaps(ctx: OperationContext, { settings }: CostsVersion, gaps: readonly Gap[]): Promise<GapFacts[]> {
  const known = await listPriceableGaps(ctx.db, gaps.flatMap(({ key }) => key ?? []));
  const priceOf = openGapPrices(settings);
  return gaps.flatMap((gap): GapFacts[] => {
    const { key, segmentId, segment, kind, what, why, points, cells, alone, alonePoints, family, component } = gap;
    if (kind === "none") return [];
    const facts = key === undefined ? undefined : known.get(key);
    const cost = facts === undefined ? null : priceOf({ segmentId, segment, group: facts.group, kind, family, closedBy: facts.closedBy, present: facts.present, points, expected: facts }).cost;
    return [{ key: key ?? null, segmentId, segment, kind, what, component: component?.name ?? null, why, points, cells, alone, alonePoints, cost }];
  });
}

/** Open alerts that are not quiet, of what is looked at and the actor may see. */
async function readOpenAlerts(ctx: OperationContext, segment: string | null): Promise<AlertFacts> {
  const now = ctx.clock().toISOString();
  const rows = await listAlertRows(ctx.db, { segmentIds: segment !== null ? [segment] : ctx.segments === "all" ? undefined : ctx.segments });
  const loud = rows.filter(({ acknowledged, quietUntil }) => acknowledged === null && (quietUntil === null || quietUntil <= now)).map(({ alert }) => alert);
  const critical = loud.filter(({ criticality }) => criticality >= CRITICAL);
  const [heaviest] = [...loud].sort((a, b) => Number(b.criticality >= CRITICAL) - Number(a.criticality >= CRITICAL) || b.cells - a.cells);
  return { open: loud.length, critical: critical.length, heaviest: heaviest ? { title: heaviest.title, segment: heaviest.segment } : null };
}

function frontierOf(doc: PlanDoc | null): FrontierFacts | null {
  if (doc === null) return null;
  const { proven, open, beyond, naive, actions } = doc;
  return { proven, open, beyond, naive, points: doc.points.map((point) => ({ cost: point.cost, value: point.value, points: point.points, cells: point.cells, kinds: point.actions?.flatMap((action) => actions[action]?.kind ?? []) ?? null })) };
}
