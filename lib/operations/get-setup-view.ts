import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** How far a new installation has come: what exists of each thing that an assessment needs. */
export interface SetupView {
  readonly catalogs: number;
  readonly segments: number;
  readonly claims: number;
  readonly datasets: number;
}

export async function getSetupView(ctx: OperationContext): Promise<SetupView> {
  authorize(ctx, "system.read", "none");
  const [catalogs, segments, claims, datasets] = await Promise.all([ctx.db.catalogSnapshot.count(), ctx.db.segment.count({ where: { retiredAt: null } }), ctx.db.claim.count(), ctx.db.dataset.count({ where: { state: "ready" } })]);
  return { catalogs, segments, claims, datasets };
}
