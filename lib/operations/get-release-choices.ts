import { listReleasePairs, type ReleasePair } from "@/lib/catalog/list-release-pairs";
import { listSnapshotRows } from "@/lib/catalog/store";
import { listSegments } from "@/lib/inventory/store";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** Releases whose effect can be looked at beside the current one, the likeliest question first; and whether there is a fleet to look at them with. */
export interface ReleaseChoices {
  readonly pairs: readonly ReleasePair[];
  readonly segments: number;
}

/** What can be asked of the effect of a release now. */
export async function getReleaseChoices(ctx: OperationContext): Promise<ReleaseChoices> {
  authorize(ctx, "catalog.read", "none");
  return { pairs: listReleasePairs(await listSnapshotRows(ctx.db)), segments: (await listSegments(ctx.db)).length };
}
