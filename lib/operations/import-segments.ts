import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { recordKeptFile } from "@/lib/files/record-kept-file";
import { insertImport, insertSegment, lockInventory, updateSegment } from "@/lib/inventory/store";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { followTimeZone } from "./inventory/follow-time-zone";
import { planSegments, type SegmentsPlan } from "./inventory/plan-segments";
import { refuseOrphanedHosts } from "./inventory/refuse-segment";
import { readSource, type InventorySource } from "./inventory/read-source";
import { refuseEmptyImport } from "./inventory/refuse-empty-import";

/** What an import of segments did. importId null: everything was there already. */
export interface SegmentsImported extends SegmentsPlan {
  readonly importId: string | null;
}

/**
 * Creates and changes segments from a CSV, in one transaction. Refused rows are in the result and in the import's record; the
 * others are written.
 *
 * @throws SightlineError when the file is no segments CSV, or when no row of it was understood.
 */
export async function importSegments(ctx: OperationContext, source: InventorySource): Promise<SegmentsImported> {
  authorize(ctx, "segment.write", "all");
  const file = await readSource(ctx, source);
  const preview = await planSegments(ctx.db, file);
  refuseEmptyImport(file.fileName, preview.refused, preview.planned.length);
  const kept = await ctx.files.put(file.bytes);
  const at = ctx.clock();
  return withTransaction(ctx.db, async (tx) => {
    await lockInventory(tx);
    const plan = await planSegments(tx, file);
    const count = (change: string): number => plan.planned.filter((row) => row.change === change).length;
    if (count("new") + count("changed") === 0) return { ...plan, importId: null };
    for (const { change, draft, before } of plan.planned) {
      if (change === "new") await insertSegment(tx, draft, { at });
      if (change === "changed" && before) {
        await refuseOrphanedHosts(tx, before.id, draft);
        await followTimeZone(tx, ctx, before, await updateSegment(tx, before.id, draft, at));
      }
    }
    await recordKeptFile(tx, kept, file.fileName, at);
    const changes = { added: count("new"), changed: count("changed"), unchanged: count("unchanged"), removed: 0, segmentsCreated: count("new") };
    const losses = plan.unknownColumns.map((column) => ({ kind: "dropped" as const, what: column, text: `The column ${column} is not one of Sightline's; its cells were not read.`, count: 1 }));
    const importId = await insertImport(tx, {
      at,
      actor: ctx.actor.name,
      kind: "segments",
      format: "segments-csv",
      fileName: file.fileName,
      fileDigest: file.digest,
      understood: plan.planned.length,
      refusals: plan.refused,
      losses,
      changes,
    });
    await emitAudit(tx, ctx, { action: "segments.import", target: importId, detail: { fileName: file.fileName, fileDigest: file.digest, refused: plan.refused.length, ...changes } });
    return { ...plan, importId };
  });
}
