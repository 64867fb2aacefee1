import { realpath } from "node:fs/promises";
import { resolve } from "node:path";
import { z } from "zod";
import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { findSegment } from "@/lib/inventory/store";
import { deleteWatchedFolder, listWatchedFolders, type WatchedFolderView } from "@/lib/inventory/watch/store";
import { ownerHasEnded } from "@/lib/jobs/job-lease";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { findSegmentOrRefuse } from "./inventory/refuse-segment";

/** What was forgotten. Printed by `watch --forget --json`. */
export const forgottenFolderSchema = z.object({
  folder: z.string(),
  segment: z.string(),
  files: z.number().int(), // that it had imported: they stay
  families: z.array(z.string()), // whose absence is noticed no more
});
export type ForgottenFolder = z.infer<typeof forgottenFolderSchema>;

/** By id, as a page knows it, or by the folder as it was given to `watch`, of this segment where several watch it. */
export type WatchedFolderName = { readonly id: string } | { readonly folder: string; readonly segment?: string };

/**
 * Forgets a watched folder: its ledger goes, and what it delivered is missed no more. What was imported stays; the folder itself
 * is not touched. Watched again, its files are read again, and found unchanged by their content.
 *
 * @throws SightlineError NOT_FOUND when nobody watched it, INVALID when several segments do, CONFLICT while a process watches it
 */
export async function forgetWatchedFolder(ctx: OperationContext, name: WatchedFolderName): Promise<ForgottenFolder> {
  authorize(ctx, "events.import", "none");
  const row = await findFolder(ctx, name);
  authorize(ctx, "events.import", [row.segmentId]);
  return withTransaction(ctx.db, async (tx) => {
    if (!(await deleteWatchedFolder(tx, row.id, ownerHasEnded(row.leaseOwner) ? row.leaseOwner : null))) {
      throw new SightlineError("CONFLICT", "A process watches this folder.", { file: row.folder, remedy: "Stop it first; one that was killed elsewhere gives way after a minute." });
    }
    const segment = (await findSegment(tx, row.segmentId))?.name ?? row.segmentId;
    const forgotten = { folder: row.folder, segment, files: row.imported, families: [...row.families] };
    await emitAudit(tx, ctx, { action: "watch.forget", target: segment, detail: forgotten });
    return forgotten;
  });
}

async function findFolder(ctx: OperationContext, name: WatchedFolderName): Promise<WatchedFolderView> {
  const known = await listWatchedFolders(ctx.db, ctx.segments);
  if ("id" in name) {
    const row = known.find(({ id }) => id === name.id);
    if (row === undefined) throw new SightlineError("NOT_FOUND", "There is no such watched folder.");
    return row;
  }
  const segment = name.segment === undefined ? null : await findSegmentOrRefuse(ctx.db, name.segment, { live: false });
  const path = await realpath(name.folder).catch(() => resolve(name.folder)); // it may be gone: then its name is what there is
  const found = known.filter(({ folder, segmentId }) => folder === path && (segment === null || segmentId === segment.id));
  const [row] = found;
  if (row === undefined) {
    const list = [...new Set(known.map(({ folder }) => folder))];
    throw new SightlineError("NOT_FOUND", "This folder was never watched, or is forgotten.", { file: path, remedy: list.length === 0 ? "No folder is watched." : `Watched are ${list.slice(0, 10).join(", ")}${list.length > 10 ? " ..." : ""}.` });
  }
  if (found.length > 1) throw new SightlineError("INVALID", `${found.length} segments watch this folder.`, { field: "segment", remedy: "Name one with --segment." });
  return row;
}
