import { listRuleHeads, listRuleLinks } from "@/lib/detection/rules/store";
import { buildLinkLines, type PackedLinks } from "@/lib/reports/links-view";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { loadPinnedAnalytics } from "./load-pinned-analytics";

/** Every link between a rule and an analytic, for the table in which they are decided; null: there is none. */
export async function getLinksView(ctx: OperationContext): Promise<PackedLinks | null> {
  authorize(ctx, "rule.read", "none");
  const links = await listRuleLinks(ctx.db);
  if (links.length === 0) return null;
  const rules = new Map((await listRuleHeads(ctx.db)).map((rule) => [rule.id, rule]));
  return buildLinkLines(links, rules, await loadPinnedAnalytics(ctx, null, [...new Set(links.map(({ analytic }) => analytic))]));
}
