import { countSnapshots } from "@/lib/catalog/store";
import { countDatasets } from "@/lib/events/store";
import { countClaims, countSegments } from "@/lib/inventory/store";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** How far a new installation has come: what exists of each thing that an assessment needs. */
export interface SetupView {
  readonly catalogs: number;
  readonly segments: number;
  readonly claims: number;
  readonly datasets: number;
}

/** What the first page asks of a new installation: how much of each thing is there. */
export async function getSetupView(ctx: OperationContext): Promise<SetupView> {
  authorize(ctx, "system.read", "none");
  const [catalogs, segments, claims, datasets] = await Promise.all([countSnapshots(ctx.db), countSegments(ctx.db, "live"), countClaims(ctx.db), countDatasets(ctx.db, "ready")]);
  return { catalogs, segments, claims, datasets };
}
