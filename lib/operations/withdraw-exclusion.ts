import { listExclusionRows, withdrawExclusionRow } from "@/lib/assessment/decisions/store";
import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/**
 * Ends an exclusion before its last day: the cell counts again from the next assessment on. It stays in the list.
 *
 * @throws SightlineError INVALID without a reason, NOT_FOUND, CONFLICT when it was withdrawn already
 */
export async function withdrawExclusion(ctx: OperationContext, { id, reason }: { readonly id: string; readonly reason: string }): Promise<void> {
  authorize(ctx, "exclusion.write", "none");
  const text = reason.trim();
  if (text === "" || text.length > 2_000) throw new SightlineError("INVALID", text === "" ? "Say why it is withdrawn." : "The reason is longer than 2000 characters.", { field: "reason" });
  await withTransaction(ctx.db, async (tx) => {
    const row = (await listExclusionRows(tx)).find((one) => one.id === id);
    if (row === undefined) throw new SightlineError("NOT_FOUND", "There is no such exclusion.", { field: "id", remedy: "See sightline exclusions list --json." });
    authorize(ctx, "exclusion.write", [row.segmentId]);
    if (!(await withdrawExclusionRow(tx, id, { at: ctx.clock(), actor: ctx.actor.name, reason: text }))) throw new SightlineError("CONFLICT", "It was withdrawn already.");
    await emitAudit(tx, ctx, { action: "exclusion.withdraw", target: `exclusion/${id}`, detail: { analytic: row.analytic, segment: row.segment, reason: text } });
  });
}
