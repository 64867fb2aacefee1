import { withTransaction } from "@/lib/db/with-transaction";
import { enqueueJob } from "@/lib/jobs/enqueue-job";
import { claimJob, leaseOwner } from "@/lib/jobs/job-lease";
import { runClaimedJob } from "@/lib/jobs/run-claimed-job";
import type { Json } from "@/lib/shared/canonical-json";
import type { OperationContext } from "./context";
import { JOB_HANDLERS, type JobHandlers } from "./job-handlers";

export interface InlineJob {
  readonly kind: string;
  readonly title: string;
  readonly input: Json;
}

export interface InlineWatch {
  readonly onProgress?: (done: number, total: number | null, text: string) => void;
  readonly signal?: AbortSignal;
  readonly handlers?: JobHandlers;
}

/**
 * Runs a job in this process, as the command line does: queued and claimed in one transaction, so that a job process beside
 * it never sees it waiting. It has the same lease and the same record as any other. @returns its result.
 *
 * @throws what the handler threw; SightlineError CANCELLED when the signal or another process ended it.
 */
export async function runJobInline(ctx: OperationContext, job: InlineJob, watch: InlineWatch = {}): Promise<Json> {
  const owner = leaseOwner();
  const claimed = await withTransaction(ctx.db, async (tx) => {
    const id = await enqueueJob(tx, { ...job, actor: ctx.actor.name, now: ctx.clock() });
    return claimJob(tx, owner, id);
  });
  if (claimed === null) throw new Error("a job that was queued in this transaction could not be claimed in it");
  const end = await runClaimedJob(ctx.db, owner, claimed, ctx, watch.handlers ?? JOB_HANDLERS, watch);
  if (end.state === "done") return end.result;
  throw end.unexpected ?? end.error;
}
