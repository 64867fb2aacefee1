import { isCovered } from "@/lib/detection/check/complete-checks";
import { isStale } from "@/lib/detection/check/describe-check";
import { listChecks, listCheckRuns } from "@/lib/detection/check/store";
import { listRules } from "@/lib/detection/rules/store";
import { countAlerts, listSiemRules } from "@/lib/detection/siem/store";
import { buildDeployedView, type DeployedView } from "@/lib/reports/deployed-view";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** What SIEMs list beside our rules: what runs where, what never ran, what is not deployed. */
export async function getDeployedView(ctx: OperationContext): Promise<DeployedView> {
  authorize(ctx, "siem.read", "none");
  const rules = await listRules(ctx.db);
  const [run] = await listCheckRuns(ctx.db, 1);
  const rows = run === undefined ? [] : await listChecks(ctx.db, run.id, ctx.segments === "all" ? {} : { segmentIds: ctx.segments });
  const able = new Set(run === undefined ? [] : rows.flatMap((row) => (row.state === "can-fire" && !isStale(row, run) ? [row.ruleId] : [])));
  const fires = new Map(run === undefined ? [] : rules.filter((rule) => isCovered(run, rule)).map(({ id }) => [id, able.has(id)] as const));
  return buildDeployedView(await listSiemRules(ctx.db), rules, await countAlerts(ctx.db), fires);
}
