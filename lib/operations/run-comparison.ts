import type { Json } from "@/lib/shared/canonical-json";
import { authorize } from "./authorize";
import { readComparison } from "./compare/read-comparison";
import { findAssessment } from "./find-assessment";
import type { JobRun } from "./job-handlers";
import { compareJobSchema } from "./start-comparison";

/** Computes the difference of two assessments as a job, so that a page finds it. @returns which two, and how many cells differ */
export async function runComparison(run: JobRun, input: { readonly a: number; readonly b: number }): Promise<{ readonly a: number; readonly b: number; readonly cells: number }> {
  authorize(run.ctx, "assessment.read", "all");
  const [a, b] = [await findAssessment(run.ctx, input.a), await findAssessment(run.ctx, input.b)];
  const { cells } = await readComparison(run.ctx, a, b, { signal: run.signal, progress: (done, of) => run.progress(done, of, `Scoring between the two, ${done} of ${of}`) });
  return { a: a.id, b: b.id, cells: cells.path.length };
}

/** A difference is kept by the digests of what it compares: computing it twice gives the same. */
export const resumable = true;

/** Runs as a job; its input is checked again. */
export async function handler(run: JobRun, input: Json): Promise<Json> {
  return { ...(await runComparison(run, compareJobSchema.parse(input))) };
}
