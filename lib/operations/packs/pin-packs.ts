import { joinsOfSegment, packFits } from "@/lib/assessment/pin-joins";
import type { PackForScoring, PinnedInputs } from "@/lib/assessment/pinned-inputs";
import type { Analytic } from "@/lib/catalog/types";
import { listPackRows } from "@/lib/detection/packs/store";
import { listJoinIndexes } from "@/lib/events/probes/store";
import type { OperationContext } from "../context";

export interface PackSources extends Pick<PinnedInputs, "segments" | "aggregates"> {
  readonly analytics: readonly Analytic[];
  readonly window: { readonly from: number; readonly to: number }; // ms: what is fresh
  readonly datasets: readonly { readonly id: string; readonly fileName: string }[];
}

/** The packs in force for these analytics, and whether their chains join in each segment. Indexes are read segment by segment. */
export async function pinPacks(ctx: OperationContext, { analytics, segments, aggregates, window, datasets }: PackSources): Promise<{ readonly packs: readonly PackForScoring[]; readonly joins: NonNullable<PinnedInputs["joins"]> }> {
  const byId = new Map(analytics.map((analytic) => [analytic.id, analytic]));
  const rows = await listPackRows(ctx.db, { current: true });
  const packs = rows.filter(({ analytic }) => byId.has(analytic)).map(({ manifest, digest, passed }) => ({ manifest, digest, passed }));
  const chains = packs.flatMap(({ manifest }) => {
    const analytic = byId.get(manifest.analytic);
    return analytic === undefined || manifest.joins.length === 0 || !packFits(manifest, analytic) ? [] : [{ manifest, analytic }];
  });
  if (chains.length === 0) return { packs, joins: [] };
  const seen = [...new Set(aggregates.map(({ kind }) => kind))].sort();
  const names = new Map(datasets.map(({ id, fileName }) => [id, fileName]));
  const joins: NonNullable<PinnedInputs["joins"]> = [];
  for (const segment of segments) joins.push(...joinsOfSegment(chains, { segment, indexes: await listJoinIndexes(ctx.db, segment.id), window, seen, nameOf: (id) => names.get(id) ?? id }));
  return { packs, joins };
}
