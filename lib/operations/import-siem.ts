import { randomUUID } from "node:crypto";
import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { lockSystem, removeSiemRules, writeSiemAlerts, writeSiemRules } from "@/lib/detection/siem/store";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { describePlan, type SiemImport, type SiemRequest } from "./preview-siem";
import { rematchSiem } from "./siem/rematch";
import { planLists, readLists, readSystem } from "./siem/read-lists";

/**
 * Imports lists of rules and alerts of one SIEM in one transaction: what it lists, what it no longer lists, what it raised. The same lists
 * again change nothing.
 *
 * @param request.expect digest of the plan that a person saw; another plan now is a CONFLICT
 * @throws SightlineError when a file is no list, or nothing of the files was understood
 */
export async function importSiem(ctx: OperationContext, request: SiemRequest & { readonly expect?: string }): Promise<SiemImport> {
  authorize(ctx, "siem.import", "none");
  const system = await readSystem(ctx.db, request.system);
  const lists = await readLists(ctx, request.uploads);
  const bare = lists.find(({ rules, alerts, refused }) => rules.length + alerts.length === 0 && refused.length > 0);
  if (bare !== undefined) throw new SightlineError("INVALID", `Nothing of the file was understood: ${bare.refused[0]?.message ?? ""}`, { file: bare.file, line: bare.refused[0]?.line, field: bare.refused[0]?.field, remedy: bare.refused[0]?.remedy });
  const at = ctx.clock();
  const importId = randomUUID();
  const head = { importId, fileName: lists.map(({ file }) => file).join(", ").slice(0, 500), at };
  return withTransaction(ctx.db, async (tx) => {
    await lockSystem(tx, system);
    const { plan, digest } = await planLists(tx, system, lists);
    if (request.expect !== undefined && request.expect !== digest) throw new SightlineError("CONFLICT", "The rules of this SIEM have changed since the preview.", { remedy: "Look at the preview again." });
    const outcome = describePlan(system, lists, plan, digest);
    const write = plan.rules.filter(({ change }) => change !== "same").map(({ draft }) => draft);
    await writeSiemRules(tx, write, head);
    await removeSiemRules(tx, plan.removed.map(({ id }) => id));
    const fresh = await writeSiemAlerts(tx, plan.alerts, head);
    await rematchSiem(tx);
    const alerts = { ...outcome.alerts, new: fresh };
    if (write.length + plan.removed.length + fresh === 0) return { ...outcome, alerts };
    const refused = lists.reduce((sum, list) => sum + list.refused.length, 0);
    await emitAudit(tx, ctx, { action: "siem.import", target: `siem/${system}`, detail: { importId, files: request.uploads.map(({ fileName, digest: file }) => ({ fileName, digest: file })), ...outcome.rules, alerts: fresh, refused } });
    return { ...outcome, importId, alerts };
  });
}
