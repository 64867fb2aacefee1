import { listPolicies, readPolicy, type PolicyVersionRow } from "@/lib/assessment/decisions/store";
import type { Policy } from "@/lib/assessment/scoring-input";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** The policy that the next assessment uses, and every version that was written. */
export async function getPolicy(ctx: OperationContext): Promise<{ readonly policy: Policy; readonly versions: readonly PolicyVersionRow[] }> {
  authorize(ctx, "policy.read", "none");
  return { policy: await readPolicy(ctx.db), versions: await listPolicies(ctx.db) };
}
