import { filterResolutions, NO_FILTER, type ResolutionFilter, type ResolutionRow } from "@/lib/reports/resolution-rows";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { listResolutions } from "./list-resolutions";

const PAGE = 100;

/** A value that a filter offers, and how many log sources have it. */
export interface ResolutionFacet {
  readonly value: string;
  readonly count: number;
}

export interface ResolutionsView {
  readonly rows: readonly ResolutionRow[]; // of this page
  readonly found: number;
  readonly of: number;
  readonly page: number; // from 1
  readonly pages: number;
  readonly filter: ResolutionFilter;
  readonly facets: Readonly<Record<"family" | "basis" | "confidence" | "verdict" | "platform" | "uncited", readonly ResolutionFacet[]>>;
  readonly overridden: number; // log sources with an override in force
}

/** The page of all log sources: one page of the filtered rows, and what can be filtered by, counted over all of them. */
export async function getResolutionsView(ctx: OperationContext, ask: Partial<ResolutionFilter> & { readonly page?: number } = {}): Promise<ResolutionsView> {
  authorize(ctx, "resolution.read", "none");
  const { page: asked = 1, ...narrowed } = ask;
  const filter = { ...NO_FILTER, ...narrowed };
  const { all } = await listResolutions(ctx);
  const found = filterResolutions(all, filter);
  const pages = Math.max(1, Math.ceil(found.length / PAGE));
  const page = Math.min(Math.max(1, asked), pages);
  return {
    rows: found.slice((page - 1) * PAGE, page * PAGE),
    found: found.length,
    of: all.length,
    page,
    pages,
    filter,
    facets: {
      family: facet(all, (row) => row.family),
      basis: facet(all, (row) => row.basis),
      confidence: facet(all, (row) => row.confidence),
      verdict: facet(all, (row) => row.verdict),
      platform: facet(all, (row) => row.platform ?? "none"),
      uncited: facet(all.filter((row) => row.uncited !== undefined), (row) => row.uncited ?? ""),
    },
    overridden: all.filter((row) => row.overridden).length,
  };
}

function facet(rows: readonly ResolutionRow[], of: (row: ResolutionRow) => string): readonly ResolutionFacet[] {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(of(row), (counts.get(of(row)) ?? 0) + 1);
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}
