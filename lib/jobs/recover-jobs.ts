import { z } from "zod";
import type { Db } from "@/lib/db/client";
import { ownerHasEnded } from "./job-lease";
import type { JobHandlers } from "./job-types";

export const MAX_ATTEMPTS = 3;

const Orphans = z.array(z.object({ id: z.string(), kind: z.string(), attempts: z.number(), leaseOwner: z.string().nullable(), expired: z.boolean() }));

/**
 * Finds running jobs whose process ended or stopped renewing its lease. One whose handler starts over safely is queued again,
 * up to three attempts; any other is failed with the reason. Safe to run in several processes at once.
 */
export async function recoverJobs<Ctx>(db: Db, handlers: JobHandlers<Ctx>): Promise<{ requeued: number; failed: number }> {
  const outcome = { requeued: 0, failed: 0 };
  const running = Orphans.parse(
    await db.$queryRaw`select id, kind, attempts, "leaseOwner", coalesce("leaseUntil" < (now() at time zone 'utc'), true) as expired from "Job" where state = 'running'`,
  );
  for (const job of running.filter(({ expired, leaseOwner }) => expired || ownerHasEnded(leaseOwner))) {
    const resumable = (await handlers[job.kind]?.())?.resumable ?? false;
    if (resumable && job.attempts < MAX_ATTEMPTS) outcome.requeued += await requeue(db, job.id, job.leaseOwner);
    else outcome.failed += await fail(db, job.id, job.leaseOwner, reason(resumable));
  }
  return outcome;
}

function reason(resumable: boolean): string {
  return resumable
    ? `The process that did this ended ${MAX_ATTEMPTS} times before it was done; it is not tried again.`
    : "The process that did this ended before it was done; nothing of it was applied. Start it again.";
}

// leaseOwner in the condition: whoever was faster has changed it. A cancelled job is not started again.
function requeue(db: Db, id: string, owner: string | null): Promise<number> {
  return db.$executeRaw`
    update "Job" set state = case when "cancelRequested" then 'cancelled' else 'queued' end, "leaseOwner" = null, "leaseUntil" = null,
      "finishedAt" = case when "cancelRequested" then now() at time zone 'utc' end
    where id = ${id} and state = 'running' and "leaseOwner" is not distinct from ${owner}`;
}

function fail(db: Db, id: string, owner: string | null, error: string): Promise<number> {
  return db.$executeRaw`
    update "Job" set state = 'failed', error = ${error}, "leaseOwner" = null, "leaseUntil" = null, "finishedAt" = now() at time zone 'utc'
    where id = ${id} and state = 'running' and "leaseOwner" is not distinct from ${owner}`;
}
