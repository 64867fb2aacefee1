import { emitAudit } from "@/lib/audit/emit-audit";
import { supersedesStarter } from "@/lib/catalog/choose-current";
import { readReleaseKey } from "@/lib/catalog/read-release-key";
import { listSnapshotRows, lockCatalog, retireSnapshots, setCurrent } from "@/lib/catalog/store";
import type { Snapshot } from "@/lib/catalog/types";
import { withTransaction } from "@/lib/db/with-transaction";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { proposeRuleLinks } from "./propose-rule-links";

/**
 * Makes an imported release the current one of its domain, so that the next assessment asks what it asks. Assessments that
 * were run keep theirs.
 *
 * @param release as people write it: 19.1, mobile-19.1
 * @throws SightlineError NOT_FOUND for a release that was not imported; INVALID for the starter catalogue
 */
export async function setCurrentRelease(ctx: OperationContext, release: string): Promise<Snapshot> {
  authorize(ctx, "catalog.import", "none");
  const { changed, snapshot } = await withTransaction(ctx.db, async (tx) => {
    await lockCatalog(tx);
    const snapshots = await listSnapshotRows(tx);
    const target = find(snapshots, release);
    if (target.current) return { changed: false, snapshot: target };
    const before = snapshots.find(({ domain, current }) => domain === target.domain && current);
    await setCurrent(tx, target.domain, target.id);
    const superfluous = snapshots.filter((one) => one.retiredAt === null && supersedesStarter(target, one));
    if (superfluous.length > 0) await retireSnapshots(tx, superfluous.map(({ id }) => id), ctx.clock());
    await emitAudit(tx, ctx, { action: "catalog.current", target: `${target.domain} ${target.release}`, detail: { digest: target.digest, before: before?.release ?? null } });
    return { changed: true, snapshot: { ...target, current: true } };
  });
  if (changed) await proposeRuleLinks(ctx); // tags of rules lead elsewhere now
  return snapshot;
}

function find(snapshots: readonly Snapshot[], release: string): Snapshot {
  const key = readReleaseKey(release);
  const found = snapshots.find((snapshot) => snapshot.domain === key.domain && snapshot.release === key.release);
  if (found === undefined) throw new SightlineError("NOT_FOUND", `${key.domain} ${key.release} was not imported.`, { field: "release", remedy: `Imported: ${snapshots.map((one) => `${one.domain}-${one.release}`).join(", ") || "none"}.` });
  if (found.origin === "starter") throw new SightlineError("INVALID", "The starter catalogue is an excerpt: it is current only until a release is imported.", { field: "release" });
  return found;
}
