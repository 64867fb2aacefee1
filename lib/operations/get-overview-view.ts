import { z } from "zod";
import { listAssessmentRows, readAssessmentSegments, readGaps, type AssessmentRow, type AssessmentSegmentRow } from "@/lib/assessment/store";
import { gapSchema, type Gap } from "@/lib/gaps/rank-gaps";
import { buildOverviewView } from "@/lib/reports/build-overview-view";
import type { AssessmentFacts, GapFacts, HistoryFacts, Trouble } from "@/lib/reports/overview-facts";
import type { OverviewView } from "@/lib/reports/overview-view";
import { assessmentLabel, releasesLabel } from "@/lib/reports/shell-view";
import { SightlineError } from "@/lib/shared/errors";
import { familyById } from "@/lib/telemetry/family-of";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

const HISTORY = 24;

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
  const earlier = rows.filter((row) => row.id < current.id && !row.runLater).slice(0, HISTORY - 1);
  const loaded = await Promise.all([current, ...earlier].map(async (row): Promise<Loaded> => ({ row, segments: (await readAssessmentSegments(ctx.db, row.id)).filter((segment) => input.segment === null || segment.id === input.segment) })));
  const [now, before] = loaded;
  if (!now || (input.segment !== null && now.segments.length === 0)) throw new SightlineError("NOT_FOUND", "This assessment does not hold that segment.");
  const gaps = z.array(gapSchema).parse(await readGaps(ctx.db, current.id)).filter((gap) => input.segment === null || gap.segmentId === input.segment);
  return buildOverviewView({
    current: factsOf(now, input.segment),
    previous: before ? factsOf(before, input.segment) : null,
    troubles: troublesOf(gaps),
    gaps: gaps.flatMap(toGapFacts),
    history: loaded.filter(({ row }) => !row.runLater).reverse().map((entry) => historyOf(entry, input.segment)),
  });
}

/** Sources (a family of log sources in a segment) that fell silent or contradict their claims, each once per kind of trouble. */
function troublesOf(gaps: readonly Gap[]): Trouble[] {
  const troubles = new Map<string, Trouble>();
  for (const { segment, family, code: main, causes = [{ code: main }] } of gaps) {
    for (const { code } of causes) {
      if (code === "silent" || code === "contradicted") troubles.set(`${segment}\n${family}\n${code}`, { segment, source: familyById(family)?.title ?? family, kind: code });
    }
  }
  return [...troubles.values()].sort((a, b) => Number(b.kind === "silent") - Number(a.kind === "silent"));
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

function historyOf(entry: Loaded, segment: string | null): HistoryFacts {
  const { row, segments } = entry;
  const headline = headlineOf(entry, segment);
  return {
    label: assessmentLabel(row.id),
    at: Date.parse(row.at),
    releases: releasesLabel(row.releases),
    policy: row.policyVersion,
    assets: segments.reduce((sum, { doc }) => sum + doc.assets, 0),
    observed: headline?.observed.value ?? null,
    ceiling: headline?.observed.high ?? null,
    validated: headline?.validated.value ?? null,
  };
}

function toGapFacts({ key, segmentId, segment, kind, what, why, points, cells, alone }: Gap): GapFacts[] {
  return kind === "none" ? [] : [{ key: key ?? null, segmentId, segment, kind, what, why, points, cells, alone }];
}
