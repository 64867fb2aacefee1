import { openRollups, type Rollups } from "@/lib/assessment/rollups";
import { findAssessmentRow, readAssessmentSegments } from "@/lib/assessment/store";
import { buildMatrixView, type MatrixWish } from "@/lib/reports/build-matrix-view";
import type { StripSegment } from "@/lib/reports/matrix-numbers";
import type { MatrixView } from "@/lib/reports/matrix-view";
import { SightlineError } from "@/lib/shared/errors";
import { readColumns } from "./assessment/read-columns";
import { readRollupLinks } from "./assessment/read-rollup-links";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { loadPinnedAnalytics } from "./load-pinned-analytics";

export interface MatrixQuery {
  readonly assessment: number | null; // null: the newest
  readonly segment: string | null; // id; null: the fleet
  readonly against: string | null; // id of a second segment, or "fleet", to compare with; null: none
  readonly domain: string | null; // null: the first that the assessment pinned, enterprise before others
}

/**
 * The ATT&CK matrix of an assessment, for a segment, the fleet, or two of them side by side; null when nothing was assessed
 * yet. "Fleet" means the segments that the actor may see.
 *
 * @throws SightlineError NOT_FOUND for an unknown assessment, a segment it does not hold or the actor may not see, or a domain it did not pin
 */
export async function getMatrixView(ctx: OperationContext, query: MatrixQuery): Promise<MatrixView | null> {
  authorize(ctx, "assessment.read", "none");
  const row = await findAssessmentRow(ctx.db, query.assessment);
  if (row === null) {
    if (query.assessment === null) return null;
    throw new SightlineError("NOT_FOUND", `There is no assessment ${query.assessment}.`, { field: "assessment" });
  }
  const domains = [...row.domains].sort((a, b) => Number(b === "enterprise") - Number(a === "enterprise") || (a < b ? -1 : 1));
  const domain = query.domain ?? domains[0] ?? "enterprise";
  if (!domains.includes(domain)) throw new SightlineError("NOT_FOUND", `This assessment did not pin the domain ${domain}.`, { field: "domain" });
  const [all, { analytics, columns }, links, docs] = await Promise.all([readAssessmentSegments(ctx.db, row.id), readColumns(ctx, row), readRollupLinks(ctx, row.releases), loadPinnedAnalytics(ctx, row.releases)]);
  const segments = all
    .filter(({ id }) => ctx.segments === "all" || ctx.segments.includes(id))
    .map(({ position, id, name, doc }): StripSegment => ({ position, id, name, weight: doc.assets * doc.criticality }));
  const wish = (id: string | null): MatrixWish => {
    if (id === null || id === "fleet") return null;
    const found = segments.find((segment) => segment.id === id);
    if (found === undefined) throw new SightlineError("NOT_FOUND", "This assessment does not hold that segment.", { field: "segment" });
    return found;
  };
  const first = wish(query.segment);
  const second = query.against === null ? [] : [wish(query.against)].filter((other) => other !== first);
  const rollups: Rollups = openRollups(analytics, columns, links);
  return buildMatrixView({ assessment: row.id, domain, domains, analytics, columns, rollups, catalog: { techniques: links.techniques, tactics: links.tactics, docs }, segments, everything: segments.length === all.length, scopes: [first, ...second], overlays: [] });
}
