import type { RuleSourceRow } from "@/lib/detection/rules/rule-source";
import { listRuleSources as listStoredSources } from "@/lib/detection/rules/store";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** Every source of rules with its counts, its licence and its newest import, by name. */
export async function listRuleSources(ctx: OperationContext): Promise<RuleSourceRow[]> {
  authorize(ctx, "rule.read", "none");
  return listStoredSources(ctx.db);
}
