import { ENGINE } from "@/lib/assessment/assess";
import { COMPARISON_SCHEMA, comparisonSchema, type Comparison } from "@/lib/assessment/compare/comparison";
import { findComparison, noteComparison } from "@/lib/assessment/compare/store";
import { readAnalyticIds, readAssessmentSegments, type AssessmentRow } from "@/lib/assessment/store";
import { withTransaction } from "@/lib/db/with-transaction";
import { recordKeptFile } from "@/lib/files/record-kept-file";
import { digestOf } from "@/lib/shared/digest";
import type { OperationContext } from "../context";
import { readKeptJson } from "../evidence/read-kept-json";
import { compareInWorker, type CompareRun } from "./compare-in-worker";

/** Differences never change: the last few stay in memory, and two that ask for the same one wait for it together. */
const REMEMBERED = 4;
const remembered = new Map<string, Promise<Comparison>>();

/** Cells of two assessments that a page waits for: some seconds. Larger ones are computed by a job. */
export const MOST_CELLS_AT_ONCE = 60_000;

/** Cells of both, not-applicable ones included. */
export async function cellsOfBoth(ctx: OperationContext, a: AssessmentRow, b: AssessmentRow): Promise<number> {
  let cells = 0;
  for (const { id } of [a, b]) cells += (await readAnalyticIds(ctx.db, id)).length * (await readAssessmentSegments(ctx.db, id)).length;
  return cells;
}

/** The difference of two assessments where somebody computed it before; null: nobody did, or its document is gone. */
export async function findKeptComparison(ctx: OperationContext, a: AssessmentRow, b: AssessmentRow): Promise<Comparison | null> {
  const key = keyOf(a, b);
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const document = await findComparison(ctx.db, key);
  if (document === null || !(await ctx.files.has(document))) return null;
  return remember(key, readKeptJson(ctx.files, document).then((value) => comparisonSchema.parse(value)));
}

/**
 * The difference of two assessments, computed in a thread and kept when nobody did before.
 *
 * @throws SightlineError UNSUPPORTED when this version cannot read one of the two
 */
export async function readComparison(ctx: OperationContext, a: AssessmentRow, b: AssessmentRow, run: CompareRun = {}): Promise<Comparison> {
  const kept = await findKeptComparison(ctx, a, b);
  return kept ?? remember(keyOf(a, b), compute(ctx, a, b, run));
}

async function compute(ctx: OperationContext, a: AssessmentRow, b: AssessmentRow, run: CompareRun): Promise<Comparison> {
  const side = async ({ id, inputDigest, resultDigest }: AssessmentRow) => ({ owner: `assessment ${id}`, input: await readBytes(ctx, inputDigest), result: await readBytes(ctx, resultDigest) });
  const document = await compareInWorker({ type: "kept", a: await side(a), b: await side(b) }, run);
  const kept = await ctx.files.put(document);
  await withTransaction(ctx.db, async (tx) => {
    await recordKeptFile(tx, kept, "comparison.json", ctx.clock());
    await noteComparison(tx, keyOf(a, b), kept.digest, ctx.clock());
  });
  return comparisonSchema.parse(JSON.parse(Buffer.from(document).toString("utf8")));
}

async function readBytes({ files }: OperationContext, digest: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of files.open(digest)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function keyOf(a: AssessmentRow, b: AssessmentRow): string {
  return digestOf([COMPARISON_SCHEMA, ENGINE, a.inputDigest, a.resultDigest, b.inputDigest, b.resultDigest]);
}

function remember(key: string, comparison: Promise<Comparison>): Promise<Comparison> {
  remembered.set(key, comparison);
  comparison.catch(() => {
    if (remembered.get(key) === comparison) remembered.delete(key); // what failed is tried again
  });
  for (const oldest of remembered.keys()) {
    if (remembered.size <= REMEMBERED) break;
    remembered.delete(oldest);
  }
  return comparison;
}
