import { openRollups, type Rollups } from "@/lib/assessment/rollups";
import { findAssessmentRow, readAssessmentSegments, type AssessmentRow } from "@/lib/assessment/store";
import { listSnapshotRows, readGroups } from "@/lib/catalog/store";
import type { Snapshot } from "@/lib/catalog/types";
import { listLayerRows } from "@/lib/evidence/navigator/store";
import { buildMatrixView, type MatrixFacts, type MatrixWish } from "@/lib/reports/build-matrix-view";
import type { StripSegment } from "@/lib/reports/matrix-numbers";
import type { MatrixView } from "@/lib/reports/matrix-view";
import { SightlineError } from "@/lib/shared/errors";
import { readColumns } from "./assessment/read-columns";
import { readRollupLinks } from "./assessment/read-rollup-links";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { projectMatrix, readWhatIf } from "./plan/project-matrix";
import { loadPinnedAnalytics } from "./load-pinned-analytics";

export interface MatrixQuery {
  readonly assessment: number | null; // null: the newest
  readonly segment: string | null; // id; null: the fleet
  readonly against: string | null; // id of a second segment, or "fleet", to compare with; null: none
  readonly domain: string | null; // null: the first that the assessment pinned, enterprise before others
  readonly layer?: string | null; // id of an imported layer to lay over; one that is gone, or of another domain, is not
  readonly whatIf?: string | null; // families that are ticked, separated by commas, or scenario:ID; null: nothing is thought through
}

/**
 * The ATT&CK matrix of an assessment, for a segment, the fleet, or two of them side by side; null when nothing was assessed
 * yet. "Fleet" means the segments that the actor may see.
 *
 * @throws SightlineError NOT_FOUND for an unknown assessment, a segment it does not hold or the actor may not see, or a domain it did not pin
 */
export async function getMatrixView(ctx: OperationContext, query: MatrixQuery): Promise<MatrixView | null> {
  authorize(ctx, "assessment.read", "none");
  authorize(ctx, "layer.read", "none");
  const row = await findAssessmentRow(ctx.db, query.assessment);
  if (row === null) {
    if (query.assessment === null) return null;
    throw new SightlineError("NOT_FOUND", `There is no assessment ${query.assessment}.`, { field: "assessment" });
  }
  const domains = [...row.domains].sort((a, b) => Number(b === "enterprise") - Number(a === "enterprise") || (a < b ? -1 : 1));
  const domain = query.domain ?? domains[0] ?? "enterprise";
  if (!domains.includes(domain)) throw new SightlineError("NOT_FOUND", `This assessment did not pin the domain ${domain}.`, { field: "domain" });
  const snapshots = (await listSnapshotRows(ctx.db)).filter((snapshot) => snapshot.domain in row.releases);
  const [all, pinned, overlays, stored] = await Promise.all([readAssessmentSegments(ctx.db, row.id), readPinned(ctx, row, snapshots), readOverlays(ctx, row.releases[domain], snapshots.filter((snapshot) => snapshot.domain === domain)), listLayerRows(ctx.db)]);
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
  const layers = stored.map(({ doc, ...layer }) => ({ ...layer, refusals: doc.refused }));
  const over = stored.find((layer) => layer.id === query.layer && layer.domain === domain);
  const layer = over === undefined ? null : { id: over.id, name: over.name, techniques: over.doc.techniques };
  const asked = readWhatIf(query.whatIf ?? null);
  if (asked !== null) authorize(ctx, "plan.read", "all");
  const looked = [first, ...second].includes(null) ? segments : segments.filter((segment) => segment === first || second.includes(segment));
  const projection = asked === null ? null : await projectMatrix(ctx, row, looked.map(({ id }) => id), asked);
  return buildMatrixView({ ...pinned, projection, assessment: row.id, domain, domains, segments, everything: segments.length === all.length, scopes: [first, ...second], overlays, layers, layer });
}

type Pinned = Pick<MatrixFacts, "analytics" | "columns" | "rollups" | "catalog">;
let last: { readonly key: string; readonly pinned: Promise<Pinned> } | null = null;

/** What every matrix of an assessment is made from. It changes with the catalogue alone, and somebody who looks at one segment looks at the next: the last one stays in memory. */
function readPinned(ctx: OperationContext, row: AssessmentRow, snapshots: readonly Snapshot[]): Promise<Pinned> {
  const key = [row.id, row.inputDigest, row.resultDigest, ...snapshots.map(({ id, digest, current }) => `${id} ${digest} ${String(current)}`)].join("\n");
  if (last?.key === key) return last.pinned;
  const pinned = Promise.all([readColumns(ctx, row), readRollupLinks(ctx, row.releases), loadPinnedAnalytics(ctx, row.releases)]).then(([{ analytics, columns }, links, docs]): Pinned => {
    const rollups: Rollups = openRollups(analytics, columns, links);
    return { analytics, columns, rollups, catalog: { techniques: links.techniques, tactics: links.tactics, docs } };
  });
  last = { key, pinned };
  pinned.catch(() => {
    if (last?.key === key) last = null; // a broken read is tried again
  });
  return pinned;
}

/** The threat groups of the pinned release, or of the current one where the pinned one holds none or was removed: who uses what is no part of a verdict. */
async function readOverlays(ctx: OperationContext, pinned: string | undefined, snapshots: readonly Snapshot[]): Promise<MatrixFacts["overlays"]> {
  for (const snapshot of [snapshots.find(({ release }) => release === pinned), snapshots.find(({ current }) => current)]) {
    const groups = snapshot === undefined ? [] : await readGroups(ctx.db, snapshot.id);
    if (groups.length > 0) return groups.map(({ id, name, aliases, uses }) => ({ id, name, aliases, techniques: [...new Set(uses.map(({ technique }) => technique))] }));
  }
  return [];
}
