import type { RollupLinks } from "@/lib/assessment/rollups";
import { listSnapshotRows, readStrategies, readTactics, readTechniques } from "@/lib/catalog/store";
import type { Domain, Snapshot } from "@/lib/catalog/types";
import type { OperationContext } from "../context";

const KEPT = 6;
const kept = new Map<string, RollupLinks>(); // by what a snapshot holds

/**
 * Strategies, techniques and tactics of the releases that an assessment pinned (domain -> release), retired ones left out. A
 * release that was removed since gives its domain's current one: ids stay.
 */
export async function readRollupLinks(ctx: OperationContext, releases: Readonly<Record<string, string>>): Promise<RollupLinks> {
  const snapshots = await listSnapshotRows(ctx.db);
  const parts: RollupLinks[] = [];
  for (const domain of [...new Set(snapshots.map((snapshot) => snapshot.domain))].filter((name) => name in releases)) {
    const chosen = choose(snapshots, domain, releases[domain]);
    if (chosen) parts.push(await readSnapshot(ctx, chosen));
  }
  return { strategies: parts.flatMap(({ strategies }) => strategies), techniques: parts.flatMap(({ techniques }) => techniques), tactics: parts.flatMap(({ tactics }) => tactics) };
}

function choose(snapshots: readonly Snapshot[], domain: Domain, release: string | undefined): Snapshot | undefined {
  const own = snapshots.filter((snapshot) => snapshot.domain === domain);
  return own.find((snapshot) => snapshot.release === release) ?? own.find(({ current }) => current);
}

async function readSnapshot(ctx: OperationContext, { id, digest }: Snapshot): Promise<RollupLinks> {
  const key = `${id} ${digest}`;
  const known = kept.get(key);
  if (known) return known;
  const [strategies, techniques, tactics] = await Promise.all([readStrategies(ctx.db, id), readTechniques(ctx.db, id), readTactics(ctx.db, id)]);
  const links = { strategies: strategies.filter(({ deprecated }) => !deprecated), techniques: techniques.filter(({ revoked, deprecated }) => !revoked && !deprecated), tactics };
  if (kept.size >= KEPT) kept.clear();
  kept.set(key, links);
  return links;
}
