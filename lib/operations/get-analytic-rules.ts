import { completeChecks } from "@/lib/detection/check/complete-checks";
import { listChecks, listCheckRuns } from "@/lib/detection/check/store";
import { listRuleLinks, listRules } from "@/lib/detection/rules/store";
import type { StoredRule } from "@/lib/detection/rules/stored-rule";
import { buildAnalyticRules, type AnalyticRule } from "@/lib/reports/analytic-rules";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** The rules linked to an analytic, whatever was decided, and in which of the actor's segments each could fire by the newest check. */
export async function getAnalyticRules(ctx: OperationContext, analytic: string): Promise<AnalyticRule[]> {
  authorize(ctx, "rule.read", "none");
  const links = await listRuleLinks(ctx.db, { analytics: [analytic] });
  if (links.length === 0) return [];
  const rules = await listRules(ctx.db, { ids: links.map(({ ruleId }) => ruleId) });
  return buildAnalyticRules(links, new Map(rules.map((rule) => [rule.id, rule])), await readFires(ctx, rules));
}

async function readFires(ctx: OperationContext, rules: readonly StoredRule[]): Promise<Map<string, AnalyticRule["fires"]>> {
  const [run] = await listCheckRuns(ctx.db, 1);
  const fires = new Map<string, NonNullable<AnalyticRule["fires"]>>();
  if (run === undefined) return fires;
  const visible = run.segments.map(({ id }) => id).filter((id) => ctx.segments === "all" || ctx.segments.includes(id));
  const names = new Map(run.segments.map(({ id, name }) => [id, name]));
  const rows = await listChecks(ctx.db, run.id, { segmentIds: visible, ruleIds: rules.map(({ id }) => id) });
  for (const { rule, check } of completeChecks(run, rules, rows, visible)) {
    const before = fires.get(rule.id) ?? { segments: 0, of: 0, worst: [] };
    const fire = check.state === "can-fire";
    fires.set(rule.id, { segments: before.segments + (fire ? 1 : 0), of: before.of + 1, worst: fire ? before.worst : [...before.worst, { segment: names.get(check.segmentId) ?? "", state: check.state }] });
  }
  return fires;
}
