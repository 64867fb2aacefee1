import { listSnapshotRows, readAnalytics } from "@/lib/catalog/store";
import type { Analytic, Snapshot } from "@/lib/catalog/types";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

// Whole catalogues are asked for by every page of an assessment, and what a snapshot holds changes with its digest alone: the last few stay in memory.
const KEPT = 3;
const kept = new Map<string, Promise<ReadonlyMap<string, Analytic>>>();

/**
 * Analytics by id as an assessment's releases hold them (domain -> release); null: of the current releases. A release that was
 * removed since gives its domain's current one: ids stay, words may differ.
 */
export async function loadPinnedAnalytics(ctx: OperationContext, releases: Readonly<Record<string, string>> | null, ids?: readonly string[]): Promise<ReadonlyMap<string, Analytic>> {
  authorize(ctx, "catalog.read", "none");
  const snapshots = await listSnapshotRows(ctx.db);
  const domains = releases === null ? [...new Set(snapshots.map(({ domain }) => domain))] : snapshots.map(({ domain }) => domain).filter((domain) => domain in releases);
  const chosen = [...new Set(domains)].flatMap((domain) => {
    const own = snapshots.filter((snapshot) => snapshot.domain === domain);
    return own.find(({ release }) => release === releases?.[domain]) ?? own.find(({ current }) => current) ?? [];
  });
  if (ids !== undefined) return read(ctx, chosen, ids);
  const key = chosen.map(({ id, digest, importedAt, counts }) => `${id} ${digest} ${importedAt} ${JSON.stringify(counts)}`).join("\n");
  const known = kept.get(key);
  if (known) return known;
  const made = read(ctx, chosen);
  const oldest = kept.keys().next().value;
  if (kept.size >= KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(key, made);
  made.catch(() => kept.delete(key)); // a broken read is tried again
  return made;
}

async function read(ctx: OperationContext, snapshots: readonly Snapshot[], ids?: readonly string[]): Promise<ReadonlyMap<string, Analytic>> {
  const found = await Promise.all(snapshots.map(({ id }) => readAnalytics(ctx.db, id, ids)));
  return new Map(found.flat().map((analytic) => [analytic.id, analytic]));
}
