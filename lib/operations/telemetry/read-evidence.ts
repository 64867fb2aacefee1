import { readScoringInput } from "@/lib/assessment/read-scoring-input";
import { findAssessmentRow, type AssessmentRow } from "@/lib/assessment/store";
import { openTelemetry, type TelemetryEvidence } from "@/lib/reports/telemetry-evidence";
import { SightlineError } from "@/lib/shared/errors";
import type { OperationContext } from "../context";
import { readKeptJson } from "../evidence/read-kept-json";
import { readResult } from "../evidence/read-result";

export interface PinnedTelemetry {
  readonly row: AssessmentRow;
  readonly evidence: TelemetryEvidence; // of the whole fleet: callers show only what the actor may see
}

// The documents of an assessment never change, and the pages of one are read together: the last one stays in memory.
let last: { readonly key: string; readonly evidence: Promise<TelemetryEvidence> } | null = null;

/**
 * What an assessment pinned and decided, ordered by source; the newest when id is null, null when there is none.
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
    last = { key, evidence };
    evidence.catch(() => {
      if (last?.key === key) last = null; // a broken read is tried again
    });
  }
  return { row, evidence: await last.evidence };
}

async function readEvidence({ files }: OperationContext, row: AssessmentRow): Promise<TelemetryEvidence> {
  const owner = `assessment ${row.id}`;
  const input = readScoringInput(await readKeptJson(files, row.inputDigest), owner);
  return openTelemetry(input, readResult(await readKeptJson(files, row.resultDigest), owner));
}

/** Whether the actor may see a segment. */
export function maySee(ctx: Pick<OperationContext, "segments">, segment: string): boolean {
  return ctx.segments === "all" || ctx.segments.includes(segment);
}
