import { emitAudit } from "@/lib/audit/emit-audit";
import type { Tx } from "@/lib/db/client";
import { withTransaction } from "@/lib/db/with-transaction";
import { recordKeptFile } from "@/lib/files/record-kept-file";
import type { InventoryPlan } from "@/lib/inventory/plan-inventory";
import { writeStatements } from "@/lib/inventory/statements/store";
import { insertImport, insertSegment, lockInventory, writeClaims } from "@/lib/inventory/store";
import { segmentKey } from "@/lib/inventory/segment-key";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { parseInventory, planParsed } from "./inventory/plan-file";
import { isMeasurementFile } from "./inventory/read-measurements";
import { asText, readBytes } from "./inventory/read-source";
import { refuseEmptyImport } from "./inventory/refuse-empty-import";
import { importMeasurements } from "./import-measurements";
import type { InventoryPreview, InventoryRequest } from "./preview-inventory";

/** importId null: the inventory said all of this already, nothing was written. */
export interface InventoryApplied extends InventoryPreview {
  readonly importId: string | null;
}

/**
 * Applies an inventory file in one transaction: understood rows become claims, absent DeTT&CT systems become segments, refused
 * rows and losses go into the import's record. The same file again changes nothing. A measurement is imported as one.
 *
 * @param request.expect digest of the plan that a person saw; another plan now is a CONFLICT
 * @throws SightlineError when the file as a whole is refused, or no row of it was understood
 */
export async function applyInventory(ctx: OperationContext, request: InventoryRequest & { readonly expect?: string }): Promise<InventoryApplied> {
  authorize(ctx, "inventory.import", "none");
  const file = await readBytes(ctx, request.source);
  if (isMeasurementFile(file.bytes, request.format)) return importMeasurements(ctx, file, request);
  const recognised = await parseInventory(ctx, asText(file), request);
  const replace = request.replace ?? false;
  const preview = await planParsed(ctx.db, recognised, replace);
  refuseEmptyImport(file.fileName, preview.refused, preview.understood);
  const kept = await ctx.files.put(file.bytes);
  const at = ctx.clock();
  return withTransaction(ctx.db, async (tx) => {
    await lockInventory(tx);
    const plan = await planParsed(tx, recognised, replace);
    authorize(ctx, "inventory.import", plan.segments.length > 0 ? "all" : concerned(plan));
    if (request.expect !== undefined && request.expect !== plan.digest) {
      throw new SightlineError("CONFLICT", "The inventory has changed since the preview.", { file: file.fileName, remedy: "Look at the preview again." });
    }
    const { id, label } = recognised.format;
    const result = { ...plan, fileName: file.fileName, fileDigest: file.digest, format: { id, label }, evidence: recognised.evidence };
    const { added, changed, removed, segmentsCreated } = plan.changes;
    if (added + changed + removed + segmentsCreated === 0) return { ...result, importId: null };
    await recordKeptFile(tx, kept, file.fileName, at);
    const { rows: _, understood, refused: refusals, losses, changes } = plan;
    const importId = await insertImport(tx, { at, actor: ctx.actor.name, kind: "inventory", format: id, fileName: file.fileName, fileDigest: file.digest, understood, refusals, losses, changes });
    await writePlan(tx, plan, importId, at);
    await emitAudit(tx, ctx, { action: "inventory.import", target: importId, detail: { format: id, fileName: file.fileName, fileDigest: file.digest, refused: refusals.length, ...changes } });
    return { ...result, importId };
  });
}

/** Segments that the plan touches; scores of everything touch the whole fleet. */
function concerned({ claims, statements }: InventoryPlan): "all" | readonly string[] {
  if (statements?.items.some(({ segmentId }) => segmentId === null)) return "all";
  return [...claims, ...(statements?.items ?? [])].flatMap(({ segmentId }) => segmentId ?? []);
}

async function writePlan(tx: Tx, plan: InventoryPlan, importId: string, at: Date): Promise<void> {
  const created = new Map<string, string>();
  for (const { draft } of plan.segments) created.set(segmentKey(draft.name), (await insertSegment(tx, draft, { at })).id);
  const writes = plan.claims.flatMap(({ change, segment, segmentId, identity, claim }) => {
    const id = segmentId ?? created.get(segmentKey(segment));
    return id !== undefined && (change === "new" || change === "changed") ? [{ segmentId: id, identity, claim }] : [];
  });
  const removed = plan.claims.flatMap(({ change, before }) => (change === "removed" && before ? [before.id] : []));
  await writeClaims(tx, importId, writes, removed);
  if (plan.statements) await writeStatements(tx, importId, plan.statements);
}
