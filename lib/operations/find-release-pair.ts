import { readReleaseKey } from "@/lib/catalog/read-release-key";
import { listSnapshotRows } from "@/lib/catalog/store";
import type { Snapshot } from "@/lib/catalog/types";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/**
 * The two releases that an effect is asked of.
 *
 * @param input release as people write it: 19.1, mobile-19.1; from: the release that it is held against, default the current one
 * @throws SightlineError NOT_FOUND for a release that was not imported; INVALID when both are one, or of two domains
 */
export async function findReleasePair(ctx: OperationContext, { release, from }: { readonly release: string; readonly from?: string | undefined }): Promise<{ readonly from: Snapshot; readonly target: Snapshot }> {
  authorize(ctx, "catalog.read", "none");
  const snapshots = await listSnapshotRows(ctx.db);
  const target = find(snapshots, release, "release");
  const name = `${target.domain} ${target.release}`;
  if (from !== undefined) {
    const earlier = find(snapshots, from, "from");
    if (earlier.domain !== target.domain) throw new SightlineError("INVALID", `${earlier.domain} and ${target.domain} are different domains: no release of one changes the other.`, { field: "from" });
    if (earlier.id === target.id) throw new SightlineError("INVALID", `${name} is held against itself: nothing can differ.`, { field: "from" });
    return { from: earlier, target };
  }
  const current = snapshots.find((snapshot) => snapshot.domain === target.domain && snapshot.current);
  if (current === undefined || current.id === target.id) throw new SightlineError("INVALID", `${name} is the current release: there is nothing to look ahead to.`, { field: "release", remedy: "Import another release with --no-current, or say with --from since which release." });
  return { from: current, target };
}

function find(snapshots: readonly Snapshot[], wanted: string, field: string): Snapshot {
  const key = readReleaseKey(wanted);
  const own = snapshots.filter(({ domain }) => domain === key.domain);
  const found = own.find((snapshot) => snapshot.release === key.release);
  if (found === undefined) throw new SightlineError("NOT_FOUND", `${key.domain} ${key.release} was not imported.`, { field, remedy: own.length === 0 ? "Import its bundle first." : `Imported: ${own.map((one) => one.release).join(", ")}.` });
  return found;
}
