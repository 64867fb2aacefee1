import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { recordKeptFile } from "@/lib/files/record-kept-file";
import { parseRosterCsv } from "@/lib/inventory/parse-roster-csv";
import { insertImport, listRoster, lockInventory, replaceRoster } from "@/lib/inventory/store";
import type { ImportChanges, Refusal, RosterHost, Segment } from "@/lib/inventory/types";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { readSource, type InventorySource } from "./inventory/read-source";
import { refuseEmptyImport } from "./inventory/refuse-empty-import";
import { findSegmentOrRefuse } from "./inventory/refuse-segment";

/** What a roster file does to a segment. importId null: nothing was written, because nothing changes or only a preview was asked for. */
export interface RosterImported {
  readonly segment: Segment;
  readonly rows: number;
  readonly hosts: readonly RosterHost[];
  readonly refused: readonly Refusal[];
  readonly unknownColumns: readonly string[];
  readonly changes: ImportChanges;
  readonly importId: string | null;
}

/**
 * Replaces the roster of a segment (id or name) by the hosts of a CSV: the file is the whole roster. Refused rows are in the
 * result and in the import's record.
 *
 * @throws SightlineError when the file is no roster CSV, when no row of it was understood, or NOT_FOUND for the segment.
 */
export async function importRoster(ctx: OperationContext, input: { readonly segment: string; readonly source: InventorySource; readonly dryRun?: boolean }): Promise<RosterImported> {
  authorize(ctx, "segment.write", "none");
  const segment = await findSegmentOrRefuse(ctx.db, input.segment, { live: true });
  authorize(ctx, "segment.write", [segment.id]);
  const file = await readSource(ctx, input.source);
  const parsed = parseRosterCsv(file.fileName, file.text, segment);
  if (input.dryRun) return { ...parsed, segment, changes: compare(await listRoster(ctx.db, segment.id), parsed.hosts), importId: null };
  refuseEmptyImport(file.fileName, parsed.refused, parsed.hosts.length);

  const kept = await ctx.files.put(file.bytes);
  const at = ctx.clock();
  return withTransaction(ctx.db, async (tx) => {
    await lockInventory(tx);
    const changes = compare(await listRoster(tx, segment.id), parsed.hosts);
    if (changes.added + changes.changed + changes.removed === 0) return { ...parsed, segment, changes, importId: null };
    await replaceRoster(tx, segment.id, parsed.hosts);
    await recordKeptFile(tx, kept, file.fileName, at);
    const losses = parsed.unknownColumns.map((column) => ({ kind: "dropped" as const, what: column, text: `The column ${column} is not one of a roster; its cells were not read.`, count: 1 }));
    const importId = await insertImport(tx, {
      at,
      actor: ctx.actor.name,
      kind: "roster",
      format: "roster-csv",
      fileName: file.fileName,
      fileDigest: file.digest,
      understood: parsed.hosts.length,
      refusals: parsed.refused,
      losses,
      changes,
    });
    await emitAudit(tx, ctx, { action: "roster.import", target: segment.id, detail: { importId, fileName: file.fileName, fileDigest: file.digest, refused: parsed.refused.length, ...changes } });
    return { ...parsed, segment, changes, importId };
  });
}

function compare(before: readonly RosterHost[], after: readonly RosterHost[]): ImportChanges {
  const stored = new Map(before.map((host) => [host.key, host]));
  const known = after.flatMap((host) => {
    const earlier = stored.get(host.key);
    return earlier ? [earlier.host === host.host && earlier.platform === host.platform] : [];
  });
  const unchanged = known.filter((same) => same).length;
  return { added: after.length - known.length, changed: known.length - unchanged, unchanged, removed: before.length - known.length, segmentsCreated: 0 };
}
