import { buildResolutionRows, filterResolutions, NO_FILTER, type ResolutionFilter, type ResolutionRow } from "@/lib/reports/resolution-rows";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { loadPinnedAnalytics } from "./load-pinned-analytics";
import { readResolver } from "./read-resolver";

/** Every distinct log source of the current catalogues with its resolution, overrides applied; narrowed by a filter. */
export async function listResolutions(ctx: OperationContext, filter: Partial<ResolutionFilter> = {}): Promise<{ readonly rows: readonly ResolutionRow[]; readonly all: readonly ResolutionRow[] }> {
  authorize(ctx, "resolution.read", "none");
  const { resolver } = await readResolver(ctx);
  const analytics = await loadPinnedAnalytics(ctx, null);
  const all = buildResolutionRows([...analytics.values()], resolver);
  return { rows: filterResolutions(all, { ...NO_FILTER, ...filter }), all };
}
