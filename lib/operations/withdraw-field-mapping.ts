import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { mappingsInForce } from "@/lib/detection/rules/mappings/field-mapping";
import { insertFieldMapping, listFieldMappings } from "@/lib/detection/rules/mappings/store";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** Ends the renames of a logsource ("product/category/service"); its versions stay. @returns the version that says so. @throws SightlineError NOT_FOUND, INVALID without a reason */
export async function withdrawFieldMapping(ctx: OperationContext, request: { readonly scope: string; readonly reason: string }): Promise<number> {
  authorize(ctx, "rule.import", "none");
  const reason = request.reason.trim();
  if (reason === "") throw new SightlineError("INVALID", "A withdrawal needs a reason.", { field: "reason" });
  const scope = request.scope.trim().toLowerCase();
  const known = mappingsInForce(await listFieldMappings(ctx.db)).find(({ scopeKey }) => scopeKey === scope);
  if (known === undefined) throw new SightlineError("NOT_FOUND", `No mapping of "${request.scope}" is in force.`, { field: "scope", remedy: "See sightline rules mappings list." });
  return withTransaction(ctx.db, async (tx) => {
    const version = await insertFieldMapping(tx, { scope, state: "withdrawn", doc: known.fields, reason, fileName: known.fileName }, { at: ctx.clock(), actor: ctx.actor.name });
    await emitAudit(tx, ctx, { action: "rule.unmap-fields", target: "rules/mappings", detail: { scope, version, reason } });
    return version;
  });
}
