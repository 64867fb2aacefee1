import { listCheckRuns, listFoundByRule } from "@/lib/detection/check/store";
import { listRuleHeads, listRuleSources } from "@/lib/detection/rules/store";
import { buildRulesView, type NewestCheck, type RulesView } from "@/lib/reports/rules-view";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** Every rule that is there, for the long table: its links, and whether it can fire in any segment that the actor may see. */
export async function getRulesView(ctx: OperationContext): Promise<RulesView> {
  authorize(ctx, "rule.read", "none");
  const [run] = await listCheckRuns(ctx.db, 1);
  const visible = run?.segments.map(({ id }) => id).filter((id) => ctx.segments === "all" || ctx.segments.includes(id)) ?? [];
  const newest: NewestCheck | null = run === undefined || visible.length === 0 ? null : { at: run.at, found: await listFoundByRule(ctx.db, run, visible) };
  return buildRulesView(await listRuleSources(ctx.db), await listRuleHeads(ctx.db), newest);
}
