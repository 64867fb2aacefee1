import { setTimeout as sleep } from "node:timers/promises";
import { claimJob, leaseOwner } from "@/lib/jobs/job-lease";
import { recoverJobs } from "@/lib/jobs/recover-jobs";
import { runClaimedJob } from "@/lib/jobs/run-claimed-job";
import type { OperationContext } from "./context";
import { deliverAlerts } from "./deliver-alerts";
import { JOB_HANDLERS, type JobHandlers } from "./job-handlers";
import { startDueFrontier } from "./start-due-frontier";

export interface RunJobsOptions {
  readonly signal: AbortSignal; // ends the loop: jobs under way go back into the queue, or are cancelled and say so where starting over is not safe
  readonly parallel?: number; // jobs at once, default 2
  readonly idleMs?: number; // how long to wait when there is nothing to do, default 500
  readonly handlers?: JobHandlers;
  readonly deliver?: (ctx: OperationContext) => Promise<{ readonly sent: number; readonly failed: number }>; // sends alerts that are due
  readonly whenIdle?: (ctx: OperationContext) => Promise<unknown>; // queues what is due only while nothing else waits or runs: the efficient plans
  readonly report?: (line: string, defect?: unknown) => void;
}

const RECOVER_EVERY_MS = 10_000;
const DELIVER_EVERY_MS = 15_000;
const IDLE_EVERY_MS = 10_000;

/**
 * The loop of the job process: recovers what dead processes left, then takes queued jobs, oldest first, until the signal.
 * Beside them it sends the alerts that are due, and with nothing to do it queues what may wait until then. Each job runs as the actor who asked for it; its operation authorises again. The loop outlives a database that goes away.
 */
export async function runJobs(ctx: OperationContext, options: RunJobsOptions): Promise<void> {
  const { signal, parallel = 2, idleMs = 500, handlers = JOB_HANDLERS, deliver = deliverAlerts, whenIdle = startDueFrontier, report = () => {} } = options;
  const owner = leaseOwner();
  const running = new Set<Promise<void>>();
  let recoveredAt = -Infinity;
  let deliveredAt = -Infinity;
  let idleAt = -Infinity;
  let delivering: Promise<void> | null = null; // one round at a time; a slow mail server holds up no job
  while (!signal.aborted) {
    try {
      if (performance.now() - recoveredAt > RECOVER_EVERY_MS) {
        const { requeued, failed } = await recoverJobs(ctx.db, handlers);
        if (requeued + failed > 0) report(`jobs left by an ended process: ${requeued} queued again, ${failed} failed`);
        recoveredAt = performance.now();
      }
      if (delivering === null && performance.now() - deliveredAt > DELIVER_EVERY_MS) {
        deliveredAt = performance.now();
        delivering = deliver(ctx)
          .then(({ sent, failed }) => (sent + failed > 0 ? report(`alerts: ${sent} sent, ${failed} not taken`) : undefined))
          .catch((error: unknown) => report("alerts could not be sent; trying again", error))
          .finally(() => (delivering = null));
      }
      const job = running.size < parallel ? await claimJob(ctx.db, owner) : null;
      if (job !== null) {
        const jobCtx = { ...ctx, actor: { ...ctx.actor, name: job.actor } };
        const run = runClaimedJob(ctx.db, owner, job, jobCtx, handlers, { signal, onStop: "requeue" })
          .then((end) => report(`${job.title}: ${end.state === "done" ? "done" : end.error.sentence()}`, "unexpected" in end ? end.unexpected : undefined))
          .catch((error: unknown) => report(`${job.title}: its end could not be written`, error)) // its lease runs out, then it is recovered
          .finally(() => running.delete(run));
        running.add(run);
        continue;
      }
      if (running.size === 0 && performance.now() - idleAt > IDLE_EVERY_MS) {
        idleAt = performance.now();
        await whenIdle(ctx).catch((error: unknown) => report("the efficient plans could not be queued; trying again", error));
      }
    } catch (error) {
      report("the database does not answer; trying again", error);
    }
    await sleep(idleMs, undefined, { signal }).catch(() => {});
  }
  await Promise.all([...running, delivering]);
}
