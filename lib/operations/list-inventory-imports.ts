import { listImports } from "@/lib/inventory/store";
import type { InventoryImport } from "@/lib/inventory/types";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** Applied imports of segments, rosters and inventories, newest first, with what each refused and lost. */
export async function listInventoryImports(ctx: OperationContext): Promise<InventoryImport[]> {
  authorize(ctx, "inventory.read", "all");
  return listImports(ctx.db);
}
