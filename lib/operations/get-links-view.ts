import { buildLinkLines, type LinkLine } from "@/lib/reports/links-view";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { listRuleLinks } from "./list-rule-links";
import { loadPinnedAnalytics } from "./load-pinned-analytics";

/** Every link between a rule and an analytic, for the table in which they are decided. */
export async function getLinksView(ctx: OperationContext): Promise<readonly LinkLine[]> {
  authorize(ctx, "rule.read", "none");
  const links = await listRuleLinks(ctx);
  if (links.length === 0) return [];
  return buildLinkLines(links, await loadPinnedAnalytics(ctx, null, [...new Set(links.map(({ analytic }) => analytic))]));
}
