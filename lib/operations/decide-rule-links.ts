import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { decideRuleLinks as writeDecisions, listRules } from "@/lib/detection/rules/store";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { loadPinnedAnalytics } from "./load-pinned-analytics";

export interface LinkDecisionRequest {
  readonly state: "accepted" | "rejected";
  readonly links: readonly { readonly ruleId: string; readonly analytic: string }[];
  readonly reason: string;
}

const MOST_AT_ONCE = 20_000;
const NAMED_IN_AUDIT = 200;

/**
 * Accepts or rejects links between rules and analytics, as many as are given, all or none. Also what was decided before can
 * be decided again, and a link that nothing proposed can be made by hand. The next assessment counts accepted ones.
 *
 * @returns how many links were decided
 * @throws SightlineError INVALID without a link or a reason to reject, NOT_FOUND for a rule or analytic that is not there
 */
export async function decideRuleLinks(ctx: OperationContext, request: LinkDecisionRequest): Promise<number> {
  authorize(ctx, "rule.link", "none");
  const reason = request.reason.trim();
  const links = [...new Map(request.links.map((link) => [`${link.ruleId} ${link.analytic}`, link])).values()];
  if (links.length === 0) throw new SightlineError("INVALID", "No link is chosen.", { field: "links" });
  if (links.length > MOST_AT_ONCE) throw new SightlineError("TOO_LARGE", `At most ${MOST_AT_ONCE} links are decided at once.`, { field: "links" });
  if (request.state === "rejected" && reason === "") throw new SightlineError("INVALID", "A rejection needs a reason.", { field: "reason", remedy: "Say in a few words why the rule does not serve the analytic." });
  if (reason.length > 2000) throw new SightlineError("INVALID", "The reason has at most 2,000 characters.", { field: "reason" });
  const analytics = [...new Set(links.map(({ analytic }) => analytic))];
  const known = await loadPinnedAnalytics(ctx, null, analytics);
  const unknown = analytics.find((id) => !known.has(id));
  // A link to what a later release dropped can still be rejected.
  if (unknown !== undefined && request.state === "accepted") throw new SightlineError("NOT_FOUND", `No current catalogue has the analytic ${unknown}.`, { field: "analytic" });
  const ids = [...new Set(links.map(({ ruleId }) => ruleId))];
  const there = new Set((await listRules(ctx.db, ids.length < 500 ? { ids } : {})).map(({ id }) => id));
  if (ids.some((id) => !there.has(id))) throw new SightlineError("NOT_FOUND", "A rule among them is not there any more.", { field: "rule", remedy: "Load the list again." });
  return withTransaction(ctx.db, async (tx) => {
    await writeDecisions(tx, links.map((link) => ({ ...link, state: request.state, because: "by hand", reason })), { at: ctx.clock(), actor: ctx.actor.name });
    const named = links.slice(0, NAMED_IN_AUDIT).map(({ ruleId, analytic }) => `${ruleId} ${analytic}`);
    await emitAudit(tx, ctx, { action: request.state === "accepted" ? "rule.link-accept" : "rule.link-reject", target: analytics.length === 1 ? `analytics/${analytics[0] ?? ""}` : "rules", detail: { links: links.length, reason, named, analytics: analytics.length } });
    return links.length;
  });
}
