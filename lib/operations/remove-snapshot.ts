import { listAssessmentsPinning } from "@/lib/assessment/store";
import { emitAudit } from "@/lib/audit/emit-audit";
import { readReleaseKey } from "@/lib/catalog/read-release-key";
import { deleteSnapshot, listSnapshotRows, lockCatalog } from "@/lib/catalog/store";
import type { Snapshot } from "@/lib/catalog/types";
import { withTransaction } from "@/lib/db/with-transaction";
import { listLiveJobs } from "@/lib/jobs/job-lease";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { ASSESSMENT_RUN } from "./prepare-assessment";

/**
 * Deletes an imported release that nothing rests on: neither the current one of its domain nor one that an assessment pinned.
 *
 * @param release its id, or a release as people write it: 18.1, mobile-18.1
 * @throws SightlineError NOT_FOUND; CONFLICT naming what rests on it
 */
export async function removeSnapshot(ctx: OperationContext, release: string): Promise<Snapshot> {
  authorize(ctx, "catalog.remove", "all");
  return withTransaction(ctx.db, async (tx) => {
    await lockCatalog(tx);
    const snapshots = await listSnapshotRows(tx);
    const snapshot = find(snapshots, release);
    const name = `${snapshot.domain} ${snapshot.release}`;
    if (snapshot.current) throw new SightlineError("CONFLICT", `${name} is the current release of its domain.`, { remedy: "Import a newer one first." });
    const pinned = await listAssessmentsPinning(tx, snapshot.domain, snapshot.release);
    if (pinned.length > 0) {
      throw new SightlineError("CONFLICT", `${name} is pinned by ${pinned.length === 1 ? "the assessment" : `${pinned.length} assessments, the first is`} ${pinned[0]}: its words belong to that verdict.`, { remedy: "It stays; its size does no harm." });
    }
    const [running] = await listLiveJobs(tx, [ASSESSMENT_RUN]);
    if (running !== undefined) throw new SightlineError("CONFLICT", "An assessment is running and may rest on it.", { remedy: "Wait until it has ended." });
    await deleteSnapshot(tx, snapshot.id);
    await emitAudit(tx, ctx, { action: "catalog.remove", target: name, detail: { digest: snapshot.digest, fileName: snapshot.fileName, objects: snapshot.objectCount } });
    return snapshot;
  });
}

function find(snapshots: readonly Snapshot[], wanted: string): Snapshot {
  const key = readReleaseKey(wanted);
  const found = snapshots.find(({ id }) => id === wanted) ?? snapshots.find(({ domain, release }) => domain === key.domain && release === key.release);
  if (found !== undefined) return found;
  throw new SightlineError("NOT_FOUND", `No release ${wanted} was imported.`, { remedy: `Imported: ${snapshots.map(({ domain, release }) => `${domain}-${release}`).join(", ") || "none"}.` });
}
