import { listSnapshotRows, readAnalytics } from "@/lib/catalog/store";
import type { Analytic } from "@/lib/catalog/types";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/**
 * Analytics by id as an assessment's releases hold them (domain -> release); null: of the current releases. A release that was
 * removed since gives its domain's current one: ids stay, words may differ.
 */
export async function loadPinnedAnalytics(ctx: OperationContext, releases: Readonly<Record<string, string>> | null, ids?: readonly string[]): Promise<Map<string, Analytic>> {
  authorize(ctx, "catalog.read", "none");
  const snapshots = await listSnapshotRows(ctx.db);
  const domains = releases === null ? [...new Set(snapshots.map(({ domain }) => domain))] : snapshots.map(({ domain }) => domain).filter((domain) => domain in releases);
  const chosen = [...new Set(domains)].flatMap((domain) => {
    const own = snapshots.filter((snapshot) => snapshot.domain === domain);
    return own.find(({ release }) => release === releases?.[domain]) ?? own.find(({ current }) => current) ?? [];
  });
  const found = await Promise.all(chosen.map(({ id }) => readAnalytics(ctx.db, id, ids)));
  return new Map(found.flat().map((analytic) => [analytic.id, analytic]));
}
