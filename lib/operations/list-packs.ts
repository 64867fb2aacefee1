import { listPackRows, type PackRow } from "@/lib/detection/packs/store";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** The packs in force, by analytic; all: and the versions they took the place of. */
export async function listPacks(ctx: OperationContext, { all = false }: { readonly all?: boolean } = {}): Promise<PackRow[]> {
  authorize(ctx, "pack.read", "none");
  return listPackRows(ctx.db, all ? {} : { current: true });
}
