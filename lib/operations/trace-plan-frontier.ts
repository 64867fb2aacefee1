import { z } from "zod";
import { findAssessmentRow } from "@/lib/assessment/store";
import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { buildModel } from "@/lib/gaps/plan/build-model";
import { buildPlanDoc } from "@/lib/gaps/plan/build-plan-doc";
import { reduceModel } from "@/lib/gaps/plan/reduce-model";
import { findDependences } from "@/lib/gaps/plan/sole-source";
import { writeFrontier } from "@/lib/gaps/plan/store";
import { enqueueJob } from "@/lib/jobs/enqueue-job";
import type { Json } from "@/lib/shared/canonical-json";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { findAssessment } from "./find-assessment";
import type { JobRun } from "./job-handlers";
import { PLAN_FRONTIER } from "./plan/find-tracing-job";
import { optimiseInWorker } from "./plan/optimise-in-worker";
import { readPlanGround } from "./plan/read-plan-ground";
import type { InlineJob } from "./run-job-inline";

const POINTS = 24;
const SECONDS = 45;

const inputSchema = z.object({ assessment: z.number().int() }); // a job that was started by itself also names its key
export type FrontierTraced = { readonly assessment: number; readonly points: number; readonly proven: boolean; readonly seconds: number };

/** The job that traces the efficient frontier of an assessment at the costs of today. */
export async function preparePlanFrontier(ctx: OperationContext, assessment: number | null): Promise<InlineJob> {
  authorize(ctx, "plan.write", "all");
  const { id } = await findAssessment(ctx, assessment);
  return { kind: PLAN_FRONTIER, title: `Trace the efficient plans of assessment ${id}`, input: { assessment: id } };
}

/** The same, put into the queue. @returns the job's id */
export async function startPlanFrontier(ctx: OperationContext, assessment: number | null): Promise<string> {
  authorize(ctx, "plan.write", "all");
  const job = await preparePlanFrontier(ctx, assessment);
  return withTransaction(ctx.db, (tx) => enqueueJob(tx, { ...job, actor: ctx.actor.name, now: ctx.clock() }));
}

/**
 * Traces the frontier in the optimiser's thread and keeps it: a function of the assessment and the costs, so an older one is replaced.
 *
 * @throws SightlineError NOT_FOUND for an assessment that is gone; what the optimiser throws
 */
export async function tracePlanFrontier(run: JobRun, { assessment }: z.infer<typeof inputSchema>): Promise<FrontierTraced> {
  authorize(run.ctx, "plan.write", "all");
  const { ctx } = run;
  const began = performance.now();
  run.progress(0, POINTS, "Reading the assessment");
  const { row, input, result, costs, key } = await readPlanGround(ctx, assessment);
  const model = buildModel(input, result, costs.settings, null);
  const program = reduceModel(model);
  await new Promise(setImmediate); // the heartbeat of the job
  const { frontier, naive } = await optimiseInWorker({ program, seconds: SECONDS, ask: { type: "frontier", points: POINTS } }, { signal: run.signal, progress: (done, of) => run.progress(done, of, `${done} efficient plans found`) });
  const dependences = findDependences(input, result);
  const doc = buildPlanDoc({ input, result, costs: costs.settings, costsVersion: costs.version, model, program, frontier, naive, dependences });
  await withTransaction(ctx.db, async (tx) => {
    await run.confirm(tx);
    if ((await findAssessmentRow(tx, row.id)) !== null) await writeFrontier(tx, key, row.id, doc, ctx.clock());
    await emitAudit(tx, ctx, { action: "plan.frontier", target: `assessment/${row.id}`, detail: { key, points: doc.points.length, proven: doc.proven, costsVersion: costs.version } });
  });
  run.progress(POINTS, POINTS, `${doc.points.length} efficient plans`);
  return { assessment: row.id, points: doc.points.length, proven: doc.proven, seconds: Math.round((performance.now() - began) / 100) / 10 };
}

/** A function of what is kept: it starts over safely. */
export const resumable = true;

/** Runs it as a job; its input is checked again. */
export async function handler(run: JobRun, input: Json): Promise<Json> {
  return z.json().parse(await tracePlanFrontier(run, inputSchema.parse(input)));
}
