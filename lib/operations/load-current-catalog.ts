import { listSnapshotRows, readAnalytics, readComponents, readStrategies, readTactics, readTechniques } from "@/lib/catalog/store";
import type { Analytic, DataComponent, Domain, Snapshot, Strategy, Tactic, Technique } from "@/lib/catalog/types";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

export interface CurrentCatalog {
  readonly snapshot: Snapshot;
  readonly analytics: readonly Analytic[]; // by id; those of deprecated strategies included
  readonly strategies: readonly Strategy[];
  readonly techniques: readonly Technique[];
  readonly tactics: readonly Tactic[]; // in the order of the matrix
  readonly components: readonly DataComponent[];
}

/** The whole linked catalogue of a domain that scoring and pages work on; null when nothing of the domain was imported. */
export async function loadCurrentCatalog(ctx: OperationContext, domain: Domain): Promise<CurrentCatalog | null> {
  authorize(ctx, "catalog.read", "none");
  const snapshot = (await listSnapshotRows(ctx.db)).find((row) => row.domain === domain && row.current);
  if (snapshot === undefined) return null;
  const [analytics, strategies, techniques, tactics, components] = await Promise.all([
    readAnalytics(ctx.db, snapshot.id),
    readStrategies(ctx.db, snapshot.id),
    readTechniques(ctx.db, snapshot.id),
    readTactics(ctx.db, snapshot.id),
    readComponents(ctx.db, snapshot.id),
  ]);
  return { snapshot, analytics, strategies, techniques, tactics, components };
}
