import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { listTests, markTestRemoved } from "@/lib/detection/tests/store";
import { findSegment } from "@/lib/inventory/store";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/**
 * Takes a test away: no later assessment counts it. Its runs and samples stay, so that assessments which did can be checked.
 *
 * @throws SightlineError NOT_FOUND when there is none, or it was removed before
 */
export async function removeTest(ctx: OperationContext, id: string): Promise<{ readonly id: string; readonly analytic: string; readonly segment: string }> {
  authorize(ctx, "test.write", "none");
  return withTransaction(ctx.db, async (tx) => {
    const [test] = await listTests(tx, { id });
    if (test === undefined) throw new SightlineError("NOT_FOUND", `There is no test ${id}.`, { remedy: "See sightline tests list." });
    authorize(ctx, "test.write", [test.segmentId]);
    const segment = (await findSegment(tx, test.segmentId))?.name ?? test.segmentId;
    if (!(await markTestRemoved(tx, id, { at: ctx.clock(), actor: ctx.actor.name }))) throw new SightlineError("NOT_FOUND", `There is no test ${id}.`);
    await emitAudit(tx, ctx, { action: "test.remove", target: `test/${id}`, detail: { analytic: test.analytic, segment, samples: [test.positive.digest, test.negative.digest] } });
    return { id, analytic: test.analytic, segment };
  });
}
