import { readScoringInput } from "@/lib/assessment/read-scoring-input";
import { findAssessmentRow, type AssessmentRow } from "@/lib/assessment/store";
import { openTelemetry, type AssessedTelemetry } from "@/lib/reports/telemetry-evidence";
import { SightlineError } from "@/lib/shared/errors";
import type { OperationContext } from "../context";
import { readKeptJson } from "../evidence/read-kept-json";
import { readResult } from "../evidence/read-result";

export interface PinnedTelemetry {
  readonly row: AssessmentRow;
  readonly evidence: AssessedTelemetry; // of the whole fleet: callers show only what the actor may see
}

// The documents of an assessment never change, and whoever projects one change projects the next: the last one stays in memory for a
// while. Of a large fleet they are a GB, so they do not stay for good.
const KEPT_MS = 300_000;
let last: { readonly key: string; readonly evidence: Promise<AssessedTelemetry>; timer: NodeJS.Timeout } | null = null;

/**
 * What a whole assessment pinned and decided, ordered by source, for what scores it again under changed inputs (pages of one segment read that alone: read-segment-evidence.ts); the newest when id is null, null when there is none.
 *
 * @throws SightlineError NOT_FOUND for an unknown assessment, UNSUPPORTED when this version cannot read its documents
 */
export async function readTelemetry(ctx: OperationContext, id: number | null): Promise<PinnedTelemetry | null> {
  const row = await findAssessmentRow(ctx.db, id);
  if (row === null) {
    if (id === null) return null;
    throw new SightlineError("NOT_FOUND", `There is no assessment ${id}.`);
  }
  const key = `${row.inputDigest} ${row.resultDigest}`;
  if (last?.key !== key) {
    const evidence = readEvidence(ctx, row);
    clearTimeout(last?.timer);
    last = { key, evidence, timer: forgetLater(key) };
    evidence.catch(() => forget(key)); // a broken read is tried again
  } else {
    clearTimeout(last.timer);
    last.timer = forgetLater(key);
  }
  return { row, evidence: await last.evidence };
}

function forgetLater(key: string): NodeJS.Timeout {
  return setTimeout(() => forget(key), KEPT_MS).unref();
}

function forget(key: string): void {
  if (last?.key !== key) return;
  clearTimeout(last.timer);
  last = null;
}

async function readEvidence({ files }: OperationContext, row: AssessmentRow): Promise<AssessedTelemetry> {
  const owner = `assessment ${row.id}`;
  const input = readScoringInput(await readKeptJson(files, row.inputDigest), owner);
  return openTelemetry(input, readResult(await readKeptJson(files, row.resultDigest), owner));
}

/** Whether the actor may see a segment. */
export function maySee(ctx: Pick<OperationContext, "segments">, segment: string): boolean {
  return ctx.segments === "all" || ctx.segments.includes(segment);
}
