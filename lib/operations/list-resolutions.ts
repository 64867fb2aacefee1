import { listSnapshotRows } from "@/lib/catalog/store";
import { buildResolutionRows, filterResolutions, NO_FILTER, type ResolutionFilter, type ResolutionRow } from "@/lib/reports/resolution-rows";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { loadPinnedAnalytics } from "./load-pinned-analytics";
import { readResolver } from "./read-resolver";

// The table of a catalogue takes a second to make and is asked for at every filter: the last one is kept until a catalogue or
// an override changes. It holds what the catalogue publishes and what overrides say, nothing of anybody's fleet.
let kept: { readonly key: string; readonly rows: readonly ResolutionRow[] } | null = null;

/** Every distinct log source of the current catalogues with its resolution, overrides applied; narrowed by a filter. */
export async function listResolutions(ctx: OperationContext, filter: Partial<ResolutionFilter> = {}): Promise<{ readonly rows: readonly ResolutionRow[]; readonly all: readonly ResolutionRow[] }> {
  authorize(ctx, "resolution.read", "none");
  const { resolver, inForce } = await readResolver(ctx);
  const current = (await listSnapshotRows(ctx.db)).filter((snapshot) => snapshot.current).map(({ id, digest }) => `${id} ${digest}`);
  const key = [...current.sort(), ...inForce.map(({ scope, version, at }) => `${scope} ${version} ${at}`)].join("\n");
  if (kept?.key !== key) {
    const analytics = await loadPinnedAnalytics(ctx, null);
    kept = { key, rows: buildResolutionRows([...analytics.values()], resolver) };
  }
  const { rows: all } = kept;
  return { rows: filterResolutions(all, { ...NO_FILTER, ...filter }), all };
}
