import { projectSegment } from "@/lib/gaps/plan/project-segment";
import { scenarioChoicesSchema, type ScenarioChoices } from "@/lib/gaps/plan/scenario";
import { readCosts, readFrontier } from "@/lib/gaps/plan/store";
import { sayProjected, type ProjectedCellsView } from "@/lib/reports/projected-cells";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { loadPinnedAnalytics } from "./load-pinned-analytics";
import { frontierKey } from "./plan/read-plan-ground";
import { readTelemetry } from "./telemetry/read-evidence";

/** A choice among what the traced plans of an assessment offer, and the segment whose cells are asked for. */
export interface ProjectionRequest {
  readonly assessment: number;
  readonly segment: string;
  readonly choices: ScenarioChoices;
}

/**
 * The cells of a segment that a choice would bring to observed, by the scorer: a projection, of which nothing is stored.
 *
 * @throws SightlineError NOT_FOUND for an assessment, a segment of it, or a collection that its plans do not offer
 */
export async function projectPlanCells(ctx: OperationContext, request: ProjectionRequest): Promise<ProjectedCellsView> {
  authorize(ctx, "plan.read", "all");
  const choices = scenarioChoicesSchema.parse(request.choices).filter(({ segment }) => segment === request.segment);
  const found = await readTelemetry(ctx, request.assessment);
  const segment = found?.evidence.input.segments.find(({ id }) => id === request.segment);
  if (found === null || segment === undefined) throw new SightlineError("NOT_FOUND", "This assessment does not hold that segment.", { field: "segment" });
  const doc = (await readFrontier(ctx.db, frontierKey(found.row, await readCosts(ctx.db))))?.doc;
  const offered = new Map((doc?.actions ?? []).flatMap(({ segment: position, collection, kinds }) => (doc?.segments[position]?.id === segment.id ? [[collection, kinds] as const] : [])));
  const kinds = choices.flatMap(({ collection }) => {
    const own = offered.get(collection);
    if (own === undefined) throw new SightlineError("NOT_FOUND", `${collection} is not among the plans of this assessment.`, { field: "choices", remedy: "Trace the plans again." });
    return own;
  });
  const projected = projectSegment(found.evidence.input, segment.id, kinds);
  const analytics = await loadPinnedAnalytics(ctx, found.row.releases, projected.won.map(({ analytic }) => analytic));
  return {
    segment: { id: segment.id, name: segment.name },
    say: sayProjected(projected),
    cells: projected.won.map((cell) => {
      const technique = analytics.get(cell.analytic)?.techniques[0];
      return { ...cell, technique: technique === undefined ? "" : `${technique.id} ${technique.name}` };
    }),
  };
}
