import { listRuleHeads, listRuleSources } from "@/lib/detection/rules/store";
import { buildRulesView, type RulesView } from "@/lib/reports/rules-view";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** Every rule that is there, for the long table, and where they came from. */
export async function getRulesView(ctx: OperationContext): Promise<RulesView> {
  authorize(ctx, "rule.read", "none");
  return buildRulesView(await listRuleSources(ctx.db), await listRuleHeads(ctx.db));
}
