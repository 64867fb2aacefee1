import { countSnapshots } from "@/lib/catalog/store";
import { countDatasets } from "@/lib/events/store";
import { countSegments } from "@/lib/inventory/store";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** True while nothing but the demonstration fleet is loaded: no segment or dataset of anybody's own, no catalogue of MITRE's. The start token is not asked for then. */
export async function isDemoOnly(ctx: OperationContext): Promise<boolean> {
  authorize(ctx, "system.read", "none");
  const own = await Promise.all([countSegments(ctx.db, "own"), countSnapshots(ctx.db, "mitre"), countDatasets(ctx.db, "own")]);
  return own.every((count) => count === 0);
}
