import { listSnapshotRows, readAnalytics } from "@/lib/catalog/store";
import type { Domain, NamedRef, Snapshot } from "@/lib/catalog/types";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** One row of the analytics table: what the catalogue alone knows. */
export interface AnalyticRow {
  readonly id: string;
  readonly name: string;
  readonly platforms: readonly string[];
  readonly strategy: NamedRef | null;
  readonly techniques: readonly NamedRef[];
  readonly tactics: readonly NamedRef[];
  readonly logSources: number;
  readonly retired: boolean; // revoked, deprecated, or of a deprecated strategy
}

export interface AnalyticList {
  readonly snapshot: Snapshot | null; // null: nothing of this domain was imported
  readonly analytics: readonly AnalyticRow[];
}

/** The analytics of the current release of a domain, by id. */
export async function listAnalytics(ctx: OperationContext, input: { readonly domain: Domain }): Promise<AnalyticList> {
  authorize(ctx, "catalog.read", "none");
  const snapshot = (await listSnapshotRows(ctx.db)).find((row) => row.domain === input.domain && row.current);
  if (snapshot === undefined) return { snapshot: null, analytics: [] };
  const analytics = await readAnalytics(ctx.db, snapshot.id);
  return {
    snapshot,
    analytics: analytics.map((analytic) => ({
      id: analytic.id,
      name: analytic.name,
      platforms: analytic.platforms,
      strategy: analytic.strategy,
      techniques: analytic.techniques.map(({ id, name }) => ({ id, name })),
      tactics: [...new Map(analytic.techniques.flatMap(({ tactics }) => tactics).map((tactic) => [tactic.id, tactic])).values()],
      logSources: analytic.logSources.length,
      retired: analytic.revoked || analytic.deprecated || analytic.strategyDeprecated,
    })),
  };
}
