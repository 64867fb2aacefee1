import { listSnapshotRows } from "@/lib/catalog/store";
import type { Snapshot } from "@/lib/catalog/types";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** Every imported release, the starter catalogue included, by domain and time of import. */
export async function listSnapshots(ctx: OperationContext): Promise<Snapshot[]> {
  authorize(ctx, "catalog.read", "none");
  return listSnapshotRows(ctx.db);
}
