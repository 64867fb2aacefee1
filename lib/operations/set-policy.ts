import { ensureDefaultPolicy, insertPolicy, readPolicy } from "@/lib/assessment/decisions/store";
import { changePolicy, samePolicy } from "@/lib/assessment/policy";
import type { Policy } from "@/lib/assessment/scoring-input";
import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/**
 * Writes the next version of the policy, changed by KEY=VALUE texts; where they change nothing, the version stays. Assessments already run keep theirs.
 *
 * @throws SightlineError INVALID naming the key
 */
export async function setPolicy(ctx: OperationContext, input: { readonly settings: readonly string[]; readonly reason?: string }): Promise<Policy> {
  authorize(ctx, "policy.write", "none");
  if (input.settings.length === 0) throw new SightlineError("INVALID", "Nothing to set.", { remedy: "Write KEY=VALUE, for example freshDays=14." });
  return withTransaction(ctx.db, async (tx) => {
    await ensureDefaultPolicy(tx, ctx.clock());
    const now = await readPolicy(tx);
    const policy = changePolicy(now, input.settings);
    if (samePolicy(now, policy)) return now;
    const reason = input.reason ?? input.settings.join(" ");
    await insertPolicy(tx, policy, { at: ctx.clock(), actor: ctx.actor.name, reason });
    await emitAudit(tx, ctx, { action: "policy.set", target: `policy/${policy.version}`, detail: { settings: [...input.settings], reason } });
    return policy;
  });
}
