import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { gapLabel } from "@/lib/gaps/gap-key";
import { decideChange, type GapChange } from "@/lib/gaps/gap-state";
import { lockGaps, writeGapDecisions } from "@/lib/gaps/store";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { findGaps } from "./gaps/find-gaps";

const MOST_AT_ONCE = 50_000;
const NAMED_IN_AUDIT = 200;

/**
 * Changes state, owner, due date or acceptance of gaps, all or none. Nothing here proves anything: the next assessment closes what
 * is proven, and opens again what somebody called done and is not.
 *
 * @param ids gaps by number or key
 * @returns how many gaps changed; those that were so already count not
 * @throws SightlineError INVALID naming the field, NOT_FOUND, TOO_LARGE
 */
export async function setGaps(ctx: OperationContext, request: { readonly ids: readonly string[]; readonly change: GapChange }): Promise<number> {
  authorize(ctx, "gap.write", "none");
  if (request.ids.length > MOST_AT_ONCE) throw new SightlineError("TOO_LARGE", `At most ${MOST_AT_ONCE} gaps are changed at once.`, { field: "ids" });
  if (Object.values(request.change).every((value) => value === undefined)) throw new SightlineError("INVALID", "Nothing says what is to change.", { remedy: "Give a state, an owner, a due date, a reason or a last day." });
  const now = ctx.clock();
  const today = now.toISOString().slice(0, 10);
  return withTransaction(ctx.db, async (tx) => {
    await lockGaps(tx);
    const rows = await findGaps(ctx, request.ids, tx);
    authorize(ctx, "gap.write", [...new Set(rows.map(({ segmentId }) => segmentId))]);
    const changes = rows.map(({ id, decision }) => ({ id, ...decideChange(decision, request.change, today) })).filter(({ notes }) => notes.length > 0);
    if (changes.length === 0) return 0;
    await writeGapDecisions(tx, changes, { at: now, actor: ctx.actor.name });
    const named = changes.slice(0, NAMED_IN_AUDIT).map(({ id }) => gapLabel(id));
    await emitAudit(tx, ctx, { action: "gap.set", target: changes.length === 1 ? `gap/${named[0] ?? ""}` : "gaps", detail: { gaps: changes.length, named, ...request.change } });
    return changes.length;
  });
}
