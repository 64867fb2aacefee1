import { columnsOf, unpackColumns, type CellColumns } from "@/lib/assessment/cell-columns";
import { readScoringInput } from "@/lib/assessment/read-scoring-input";
import { readAnalyticIds, readCellColumns, type AssessmentRow } from "@/lib/assessment/store";
import type { OperationContext } from "../context";
import { readKeptJson } from "../evidence/read-kept-json";
import { readResult } from "../evidence/read-result";

export interface AssessedCells {
  readonly analytics: readonly string[]; // ids by position
  readonly columns: CellColumns;
}

const KEPT = 4;
const kept = new Map<string, AssessedCells>(); // an assessment never changes, so neither do its columns

/**
 * The cells of an assessment in columns, all segments: the caller leaves out what the actor may not see. The last few read
 * stay in memory.
 *
 * @throws SightlineError UNSUPPORTED for an assessment of a version that neither kept columns nor a result that can be read
 */
export async function readColumns(ctx: OperationContext, row: Pick<AssessmentRow, "id" | "inputDigest" | "resultDigest">): Promise<AssessedCells> {
  const key = `${row.id} ${row.inputDigest} ${row.resultDigest}`;
  const known = kept.get(key);
  if (known) return known;
  const [analytics, packed] = await Promise.all([readAnalyticIds(ctx.db, row.id), readCellColumns(ctx.db, row.id)]);
  const made = { analytics, columns: packed === null ? await fromResult(ctx, row) : unpackColumns(packed) };
  const oldest = kept.keys().next().value;
  if (kept.size >= KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(key, made);
  return made;
}

async function fromResult(ctx: OperationContext, { id, inputDigest, resultDigest }: Pick<AssessmentRow, "id" | "inputDigest" | "resultDigest">): Promise<CellColumns> {
  const owner = `assessment ${id}`;
  return columnsOf(readScoringInput(await readKeptJson(ctx.files, inputDigest), owner), readResult(await readKeptJson(ctx.files, resultDigest), owner));
}
