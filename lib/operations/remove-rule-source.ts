import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { listRuleSources, lockRuleSource, removeRules } from "@/lib/detection/rules/store";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/**
 * Takes all rules of a source out of every later evaluation. Their rows, links and history stay: importing them again brings
 * them back as they were linked.
 *
 * @returns how many rules it had
 * @throws SightlineError NOT_FOUND, CONFLICT for the rules of a pack
 */
export async function removeRuleSource(ctx: OperationContext, name: string): Promise<number> {
  authorize(ctx, "rule.import", "none");
  const source = (await listRuleSources(ctx.db)).find((one) => one.name.toLowerCase() === name.trim().toLowerCase());
  if (source === undefined) throw new SightlineError("NOT_FOUND", `There is no source of rules named "${name}".`, { field: "source", remedy: "See sightline rules sources." });
  if (source.kind === "pack") throw new SightlineError("CONFLICT", `The rules of ${source.name} go with their pack.`, { field: "source" });
  return withTransaction(ctx.db, async (tx) => {
    await lockRuleSource(tx, source.name);
    const removed = await removeRules(tx, source.id, ctx.clock());
    await emitAudit(tx, ctx, { action: "rule.remove", target: `rules/${source.name}`, detail: { rules: removed } });
    return removed;
  });
}
