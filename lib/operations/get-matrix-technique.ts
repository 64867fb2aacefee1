import { readAssessmentSegments, readCellDocuments, readCells, readLineCauses } from "@/lib/assessment/store";
import type { CellRow } from "@/lib/assessment/stored-cells";
import { readRankedGaps, readUnlockingGaps } from "@/lib/gaps/ranked/store";
import { platformsOfAnalytic } from "@/lib/inventory/platforms";
import { buildMatrixTechnique, cellsToldOf, type TechniqueCell, type TechniqueFacts } from "@/lib/reports/build-matrix-technique";
import type { MatrixTechniqueView } from "@/lib/reports/matrix-technique-view";
import { SightlineError } from "@/lib/shared/errors";
import { readRollupLinks } from "./assessment/read-rollup-links";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { findAssessment } from "./find-assessment";
import { loadPinnedAnalytics } from "./load-pinned-analytics";

const LIKELY_GAPS = 200;

export interface MatrixTechniqueQuery {
  readonly technique: string; // T1204 or T1204.002
  readonly assessment: number | null; // null: the newest
  readonly segment: string | null; // id; null: the fleet
}

/**
 * Why a technique stands where it does in the matrix and what unlocks it, its sub-techniques included.
 *
 * @throws SightlineError NOT_FOUND for an unknown assessment, technique or segment
 */
export async function getMatrixTechnique(ctx: OperationContext, query: MatrixTechniqueQuery): Promise<MatrixTechniqueView> {
  authorize(ctx, "assessment.read", "none");
  const row = await findAssessment(ctx, query.assessment);
  const [links, all] = await Promise.all([readRollupLinks(ctx, row.releases), readAssessmentSegments(ctx.db, row.id)]);
  const technique = links.techniques.find(({ id }) => id === query.technique);
  if (technique === undefined) throw new SightlineError("NOT_FOUND", `The releases of this assessment hold no technique ${query.technique}.`, { field: "technique" });
  const family = [technique, ...links.techniques.filter(({ parent }) => parent === technique.id)];
  const ids = family.flatMap(({ id }) => links.strategies.filter((strategy) => strategy.techniques.includes(id)).flatMap(({ analytics }) => analytics.map((analytic) => ({ id: analytic, technique: id }))));
  const docs = await loadPinnedAnalytics(ctx, row.releases);
  const seen = all.filter(({ id }) => ctx.segments === "all" || ctx.segments.includes(id));
  const scope = query.segment === null ? null : seen.findIndex(({ id }) => id === query.segment);
  if (scope === -1) throw new SightlineError("NOT_FOUND", "This assessment does not hold that segment.", { field: "segment" });
  const column = new Map(seen.map(({ position }, index) => [position, index]));
  const cells = await readCells(ctx.db, row.id, { analytics: ids.map(({ id }) => id), segments: seen.map(({ position }) => position) });
  // Reasons are told of the scope alone; the other segments show where they stand.
  const inScope = scope === null ? cells : cells.filter(({ segment }) => column.get(segment) === scope);
  const lines = await readLineCauses(ctx.db, [...new Set(inScope.flatMap((cell) => cell.lines))]);
  const segmentIds = (scope === null ? seen : seen.slice(scope, scope + 1)).map(({ id }) => id);
  const causes = [...new Set(lines.values())];
  const components = [...new Set(causes.map(({ component }) => component.id))];
  const families = [...new Set(causes.flatMap(({ best }) => best?.family ?? [])), "joins"];
  const rows = new Map<TechniqueCell, CellRow>();
  const facts: Omit<TechniqueFacts, "details" | "gaps"> = {
    id: technique.id,
    url: `https://attack.mitre.org/techniques/${technique.id.replace(".", "/")}`,
    analytics: ids.map(({ id, technique: of }) => {
      const doc = docs.get(id);
      return { id, technique: of, platforms: doc ? platformsOfAnalytic(doc) : [] };
    }),
    segments: seen.map(({ id, name, doc }) => ({ id, name, criticality: doc.criticality })),
    scope,
    cells: cells.map((row) => {
      const { analytic, segment, status, flags, hosts, reach } = row;
      const cell = { analytic, segment: column.get(segment) ?? 0, status, flags, hosts, reach, lines: row.lines.flatMap((id) => lines.get(id) ?? []) };
      rows.set(cell, row);
      return cell;
    }),
  };
  const told = cellsToldOf(facts).flatMap((cell) => {
    const row = rows.get(cell);
    return row === undefined ? [] : [{ cell, row }];
  });
  const documents = await readCellDocuments(ctx.db, told.map(({ row }) => row));
  const details = new Map(told.map(({ cell, row }) => [cell, { requirements: row.lines.flatMap((id) => documents.lines.get(id) ?? []), joins: documents.heads.get(row.detailId)?.joins ?? [] }]));
  // Of a large fleet's gaps the best that fits is among the first; only where none of them fits are all of them read.
  const first = await readUnlockingGaps(ctx.db, row.id, { segmentIds, components, families }, LIKELY_GAPS);
  const view = buildMatrixTechnique({ ...facts, details, gaps: first });
  if (view.unlock !== null || first.length < LIKELY_GAPS) return view;
  return buildMatrixTechnique({ ...facts, details, gaps: await readRankedGaps(ctx.db, row.id, { segmentIds, components }) });
}
