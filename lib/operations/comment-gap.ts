import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { gapLabel } from "@/lib/gaps/gap-key";
import { lockGaps, writeGapDecisions } from "@/lib/gaps/store";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { findGaps } from "./gaps/find-gaps";

const LONGEST = 4_000;

/**
 * Adds a comment to the history of a gap, where it stays.
 *
 * @returns the gap's label
 * @throws SightlineError INVALID without a text or for one too long, NOT_FOUND
 */
export async function commentGap(ctx: OperationContext, request: { readonly id: string; readonly text: string }): Promise<string> {
  authorize(ctx, "gap.comment", "none");
  const text = request.text.trim();
  if (text === "") throw new SightlineError("INVALID", "A comment needs words.", { field: "text" });
  if (text.length > LONGEST) throw new SightlineError("INVALID", `A comment has at most ${LONGEST} characters.`, { field: "text" });
  return withTransaction(ctx.db, async (tx) => {
    await lockGaps(tx);
    const [row] = await findGaps(ctx, [request.id], tx);
    if (row === undefined) throw new SightlineError("NOT_FOUND", `There is no gap "${request.id}".`, { field: "id" });
    authorize(ctx, "gap.comment", [row.segmentId]);
    await writeGapDecisions(tx, [{ id: row.id, notes: [{ kind: "comment", text }] }], { at: ctx.clock(), actor: ctx.actor.name });
    await emitAudit(tx, ctx, { action: "gap.comment", target: `gap/${gapLabel(row.id)}`, detail: { text } });
    return gapLabel(row.id);
  });
}
