import { listSnapshotRows, readIssues } from "@/lib/catalog/store";
import type { CatalogIssue, Snapshot } from "@/lib/catalog/types";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

export interface SnapshotIssues {
  readonly snapshot: Snapshot;
  readonly issues: readonly CatalogIssue[];
}

/** What was odd, folded or refused when a release was imported. @throws SightlineError NOT_FOUND */
export async function getSnapshotIssues(ctx: OperationContext, input: { readonly snapshotId: string; readonly severity?: CatalogIssue["severity"] }): Promise<SnapshotIssues> {
  authorize(ctx, "catalog.read", "none");
  const snapshot = (await listSnapshotRows(ctx.db)).find(({ id }) => id === input.snapshotId);
  if (snapshot === undefined) throw new SightlineError("NOT_FOUND", "There is no such release.");
  return { snapshot, issues: await readIssues(ctx.db, snapshot.id, input.severity) };
}
