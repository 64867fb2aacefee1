import { z } from "zod";
import { withTransaction } from "@/lib/db/with-transaction";
import { enqueueJob } from "@/lib/jobs/enqueue-job";
import { assessmentLabel } from "@/lib/reports/shell-view";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { findAssessment } from "./find-assessment";

export const ASSESSMENT_COMPARE = "assessment-compare";
export const compareJobSchema = z.object({ a: z.number().int(), b: z.number().int() });

/** Queues the computation of a difference that is too large to wait for. @returns the job's id @throws SightlineError NOT_FOUND */
export async function startComparison(ctx: OperationContext, input: z.infer<typeof compareJobSchema>): Promise<string> {
  authorize(ctx, "assessment.read", "all");
  const [a, b] = [await findAssessment(ctx, input.a), await findAssessment(ctx, input.b)];
  return withTransaction(ctx.db, (tx) => enqueueJob(tx, { kind: ASSESSMENT_COMPARE, title: `Compare ${assessmentLabel(a.id)} with ${assessmentLabel(b.id)}`, input: { a: a.id, b: b.id }, actor: ctx.actor.name, now: ctx.clock() }));
}
