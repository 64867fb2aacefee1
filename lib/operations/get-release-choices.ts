import { compareReleases } from "@/lib/catalog/compare-releases";
import { listSnapshotRows } from "@/lib/catalog/store";
import type { Domain } from "@/lib/catalog/types";
import { listSegments } from "@/lib/inventory/store";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** Releases that could be looked at before they are made current, newest first; and whether there is a fleet to look at them with. */
export interface ReleaseChoices {
  readonly releases: readonly { readonly domain: Domain; readonly release: string; readonly current: string }[];
  readonly segments: number;
}

/** The published releases that are not current, of domains that have a current one. */
export async function getReleaseChoices(ctx: OperationContext): Promise<ReleaseChoices> {
  authorize(ctx, "catalog.read", "none");
  const snapshots = await listSnapshotRows(ctx.db);
  const releases = snapshots.flatMap(({ domain, release, origin, current }) => {
    const now = snapshots.find((one) => one.domain === domain && one.current);
    return current || origin === "starter" || now === undefined ? [] : [{ domain, release, current: now.release }];
  });
  return { releases: releases.sort((x, y) => compareReleases(y.release, x.release)), segments: (await listSegments(ctx.db)).length };
}
