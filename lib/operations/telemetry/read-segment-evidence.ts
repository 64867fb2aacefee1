import { readScoringInput } from "@/lib/assessment/read-scoring-input";
import type { ScoringInput } from "@/lib/assessment/scoring-input";
import { STATUSES, flagsOf } from "@/lib/assessment/status";
import { findAssessmentRow, readAssessmentSegments, readContradictedFamilies, type AssessmentRow } from "@/lib/assessment/store";
import { arrangeTelemetry, type SegmentAnalytic, type TelemetryEvidence } from "@/lib/reports/telemetry-evidence";
import { SightlineError } from "@/lib/shared/errors";
import { openInputParts, rangesOf } from "../assessment/open-input-parts";
import { readColumns } from "../assessment/read-columns";
import type { OperationContext } from "../context";

export interface SegmentTelemetry {
  readonly row: AssessmentRow;
  readonly evidence: TelemetryEvidence; // of that segment alone, at position 0
}

// One segment's part of an assessment, a few MB: the pages of its sources are opened one after another.
let last: { readonly key: string; readonly evidence: TelemetryEvidence } | null = null;

/**
 * What an assessment (null: the newest) pinned and decided in one segment, ordered by source: read from its kept input and its cells,
 * whatever the size of the fleet. null when there is no assessment, or it does not hold the segment.
 *
 * @throws SightlineError NOT_FOUND for an unknown assessment or an input that is not kept, UNSUPPORTED when this version cannot read it
 */
export async function readSegmentTelemetry(ctx: OperationContext, id: number | null, segmentId: string): Promise<SegmentTelemetry | null> {
  const row = await findAssessmentRow(ctx.db, id);
  if (row === null) {
    if (id === null) return null;
    throw new SightlineError("NOT_FOUND", `There is no assessment ${id}.`);
  }
  const key = `${row.id} ${row.inputDigest} ${row.resultDigest} ${segmentId}`;
  if (last?.key === key) return { row, evidence: last.evidence };
  const position = (await readAssessmentSegments(ctx.db, row.id)).find((segment) => segment.id === segmentId)?.position;
  if (position === undefined) return null;
  const input = await readSegmentInput(ctx, row, segmentId);
  const [bySegment, contradicted] = await Promise.all([readVerdicts(ctx, row, position, input), readContradictedFamilies(ctx.db, row.id, position)]);
  const evidence = arrangeTelemetry(input, { bySegment: [bySegment], contradicted: [new Set(contradicted)] });
  last = { key, evidence };
  return { row, evidence };
}

/** Keys at the top that are read whole. Joins, tests, exclusions, overrides and links decide cells, which are decided. */
const WHOLE = ["schema", "at", "engine", "domains", "releases", "catalogDigests", "policy", "weights", "fieldSets", "acceptSets", "shapes", "analytics", "kindPlatforms", "zoneDependent"];

async function readSegmentInput(ctx: OperationContext, row: AssessmentRow, segmentId: string): Promise<ScoringInput> {
  const parts = await openInputParts(ctx, row, segmentId);
  if (parts === null) throw new SightlineError("NOT_FOUND", `The kept file ${row.inputDigest} is missing from the data folder.`);
  const { fleet, segment, read } = parts;
  const keys = WHOLE.filter((key) => rangesOf(fleet.values, key).length > 0);
  const [segments, claims, measurements, quality, aggregates, ...values] = await read([segment.segments, segment.claims, segment.measurements, segment.quality, Object.values(segment.aggregates).flat(), ...keys.map((key) => rangesOf(fleet.values, key))]);
  const found: Record<string, unknown> = { ...Object.fromEntries(keys.map((key, at) => [key, values[at]?.[0]])), segments, claims, measurements, quality, aggregates, joins: [], tests: [], exclusions: [], links: [] };
  return readScoringInput(found, `assessment ${row.id}`);
}

async function readVerdicts(ctx: OperationContext, row: AssessmentRow, position: number, input: ScoringInput): Promise<SegmentAnalytic[]> {
  const { analytics, columns } = await readColumns(ctx, row);
  const places = new Map(input.analytics.map(({ id }, analytic) => [id, analytic]));
  const found: SegmentAnalytic[] = [];
  for (let cell = 0; cell < columns.segment.length; cell += 1) {
    if (columns.segment[cell] !== position) continue;
    const analytic = places.get(analytics[columns.analytic[cell] ?? -1] ?? "");
    if (analytic !== undefined) found.push({ analytic, status: STATUSES[columns.status[cell] ?? 0] ?? "blind", flags: flagsOf(columns.flags[cell] ?? 0) });
  }
  return found;
}
