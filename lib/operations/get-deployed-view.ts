import { isCovered } from "@/lib/detection/check/complete-checks";
import { listCheckRuns, listFoundByRule } from "@/lib/detection/check/store";
import { listRuleHeads } from "@/lib/detection/rules/store";
import { countAlerts, listSiemRules } from "@/lib/detection/siem/store";
import { buildDeployedView, type DeployedView } from "@/lib/reports/deployed-view";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** What SIEMs list beside our rules: what runs where, what never ran, what is not deployed. */
export async function getDeployedView(ctx: OperationContext): Promise<DeployedView> {
  authorize(ctx, "siem.read", "none");
  const rules = await listRuleHeads(ctx.db);
  const [run] = await listCheckRuns(ctx.db, 1);
  const found = run === undefined ? null : await listFoundByRule(ctx.db, run, run.segments.map(({ id }) => id).filter((id) => ctx.segments === "all" || ctx.segments.includes(id)));
  const fires = new Map(run === undefined ? [] : rules.filter((rule) => isCovered(run, rule)).map(({ id }) => [id, found?.get(id)?.states.includes("can-fire") === true] as const));
  return buildDeployedView(await listSiemRules(ctx.db), rules, await countAlerts(ctx.db), fires);
}
