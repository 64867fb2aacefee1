import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { findJob, requestCancel } from "@/lib/jobs/store";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** Asks a job to stop; it does so at its next safe point. @throws SightlineError NOT_FOUND, or CONFLICT when it has ended already. */
export async function cancelJob(ctx: OperationContext, id: string): Promise<void> {
  authorize(ctx, "job.cancel", "none");
  await withTransaction(ctx.db, async (tx) => {
    const job = await findJob(tx, id);
    if (job === null) throw new SightlineError("NOT_FOUND", "There is no such job.");
    if (!(await requestCancel(tx, id, ctx.clock()))) throw new SightlineError("CONFLICT", `The job has ended already (${job.state}).`);
    await emitAudit(tx, ctx, { action: "job.cancel", target: id, detail: { kind: job.kind, title: job.title } });
  });
}
