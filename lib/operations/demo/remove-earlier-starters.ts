import { listAssessmentsPinning } from "@/lib/assessment/store";
import { STARTER_EDITIONS, starterOf } from "@/lib/catalog/starter-release";
import { deleteSnapshot, listSnapshotRows, lockCatalog, retireSnapshots } from "@/lib/catalog/store";
import type { Tx } from "@/lib/db/client";

/**
 * Takes back the earlier editions of the starter catalogue, which are there for the demonstration's history alone. One that an
 * assessment of somebody's own pinned stays, retired: its words belong to that verdict.
 *
 * @returns how many they were
 */
export async function removeEarlierStarters(tx: Tx, at: Date): Promise<number> {
  await lockCatalog(tx);
  const [newest] = STARTER_EDITIONS;
  const earlier = (await listSnapshotRows(tx)).filter(({ origin, release, retiredAt }) => origin === "starter" && retiredAt === null && starterOf(release) !== newest);
  for (const { id, domain, release } of earlier) {
    if ((await listAssessmentsPinning(tx, domain, release)).length === 0) await deleteSnapshot(tx, id);
    else await retireSnapshots(tx, [id], at);
  }
  return earlier.length;
}
