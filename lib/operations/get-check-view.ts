import { listChecks, listCheckRuns, listFoundByRule } from "@/lib/detection/check/store";
import type { CheckRun } from "@/lib/detection/check/stored-check";
import { countRules, listRuleHeads } from "@/lib/detection/rules/store";
import type { StoredRule } from "@/lib/detection/rules/stored-rule";
import { buildCheckView, buildRuleCheckView, type CheckView, type RuleCheckView, type RunFound } from "@/lib/reports/rule-check-view";
import { authorize } from "./authorize";
import { readServedAnalytics } from "./check/read-served-analytics";
import type { OperationContext } from "./context";

/** What the newest run found, against the one before it. view null: nobody checked yet. rules: how many there are to check. */
export async function getCheckView(ctx: OperationContext): Promise<{ readonly view: CheckView | null; readonly rules: number }> {
  authorize(ctx, "rule.read", "none");
  const [now, before] = await listCheckRuns(ctx.db, 2);
  if (now === undefined) return { view: null, rules: await countRules(ctx.db, {}) };
  const visible = (id: string): boolean => ctx.segments === "all" || ctx.segments.includes(id);
  const read = async (run: CheckRun): Promise<RunFound> => ({ run, found: await listFoundByRule(ctx.db, run, run.segments.map(({ id }) => id).filter(visible)) });
  const rules = await listRuleHeads(ctx.db);
  return { view: buildCheckView(await read(now), before === undefined ? null : await read(before), rules, await readServedAnalytics(ctx.db), visible), rules: rules.length };
}

/** Where one rule can fire; null when nobody checked yet. */
export async function getRuleCheckView(ctx: OperationContext, rule: StoredRule): Promise<RuleCheckView | null> {
  authorize(ctx, "rule.read", "none");
  const [now, before] = await listCheckRuns(ctx.db, 2);
  if (now === undefined) return null;
  const only = { ruleIds: [rule.id] };
  const earlier = before === undefined ? null : { run: before, rows: await listChecks(ctx.db, before.id, only) };
  return buildRuleCheckView({ run: now, rows: await listChecks(ctx.db, now.id, only) }, earlier, rule, (id) => ctx.segments === "all" || ctx.segments.includes(id));
}
