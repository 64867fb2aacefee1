import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** True while nothing but the demonstration fleet is loaded: no segment or dataset of anybody's own, no catalogue of MITRE's. The start token is not asked for then. */
export async function isDemoOnly(ctx: OperationContext): Promise<boolean> {
  authorize(ctx, "system.read", "none");
  const [segment, snapshot, dataset] = await Promise.all([
    ctx.db.segment.findFirst({ where: { demo: false }, select: { id: true } }),
    ctx.db.catalogSnapshot.findFirst({ where: { origin: "mitre" }, select: { id: true } }),
    ctx.db.dataset.findFirst({ where: { segment: { demo: false } }, select: { id: true } }),
  ]);
  return segment === null && snapshot === null && dataset === null;
}
