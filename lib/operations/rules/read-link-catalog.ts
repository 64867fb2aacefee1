import type { AnalyticForLinks } from "@/lib/detection/rules/propose-links";
import type { TechniqueIndex } from "@/lib/detection/rules/translate-tag";
import { listRevocations, listSnapshotRows, readAnalytics, readTechniques } from "@/lib/catalog/store";
import type { Db } from "@/lib/db/client";

export interface LinkCatalog {
  readonly analytics: readonly AnalyticForLinks[];
  readonly index: TechniqueIndex;
}

/** Analytics and techniques of the current releases, and what every imported bundle says was revoked by what. */
export async function readLinkCatalog(db: Db): Promise<LinkCatalog> {
  const current = (await listSnapshotRows(db)).filter((snapshot) => snapshot.current);
  const analytics: AnalyticForLinks[] = [];
  const live = new Map<string, string>();
  for (const { id } of current) {
    for (const one of await readAnalytics(db, id)) {
      if (one.revoked || one.deprecated || one.strategyDeprecated) continue;
      analytics.push({ id: one.id, platforms: one.platforms, techniques: one.techniques, components: [...new Set(one.logSources.map(({ component }) => component.id))] });
    }
    for (const one of await readTechniques(db, id)) if (!one.revoked && !one.deprecated) live.set(one.id, one.name);
  }
  const revokedBy = new Map<string, string[]>();
  const revokes = new Map<string, string[]>();
  for (const { from, to } of await listRevocations(db)) {
    revokedBy.set(from, [...(revokedBy.get(from) ?? []), to]);
    revokes.set(to, [...(revokes.get(to) ?? []), from]);
  }
  return { analytics, index: { live, revokedBy, revokes } };
}
