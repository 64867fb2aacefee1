import type { CellColumns } from "@/lib/assessment/cell-columns";
import type { Rollups } from "@/lib/assessment/rollups";
import { STATUSES } from "@/lib/assessment/status";
import { placeLayer, type LayerSource, type MatrixLayerRow } from "./matrix-layer";
import { listPlatforms, matrixNumbers, segmentStrips, startFlagSets, type StripSegment } from "./matrix-numbers";
import { sayMatrix } from "./matrix-sentence";
import type { NoProjection } from "./matrix-projection";
import { planMatrix, type MatrixCatalog } from "./matrix-techniques";
import { placeProjection, type ProjectionFacts } from "./place-projection";
import type { MatrixOverlay, MatrixScope, MatrixView } from "./matrix-view";

export interface MatrixFacts {
  readonly assessment: number;
  readonly domain: string;
  readonly domains: readonly string[];
  readonly analytics: readonly string[]; // ids by position
  readonly columns: CellColumns;
  readonly rollups: Rollups;
  readonly catalog: MatrixCatalog;
  readonly segments: readonly StripSegment[]; // that the actor may see
  readonly everything: boolean; // which are all there are
  readonly scopes: readonly [MatrixWish, ...MatrixWish[]];
  readonly overlays: readonly (Omit<MatrixOverlay, "techniques"> & { readonly techniques: readonly string[] })[];
  readonly layers?: readonly MatrixLayerRow[];
  readonly layer?: LayerSource | null; // to lay over
  readonly projection?: ProjectionFacts | NoProjection | null; // what a choice would win in the segments of the scopes
}

/** A segment of those above, or the fleet. */
export type MatrixWish = StripSegment | null;

const STRIPS = 60;

/** The matrix of one domain as plain data: where techniques stand, and their numbers in one or two scopes. Pure. */
export function buildMatrixView(facts: MatrixFacts): MatrixView {
  const { columns, rollups, segments, analytics } = facts;
  const linked = new Set([...columns.analytic].filter((_, row) => columns.linked[row] === 1));
  const plan = planMatrix(analytics, linked, facts.catalog, facts.domain);
  const platforms = listPlatforms(plan, columns);
  const flagSets = startFlagSets();
  const fleet = facts.everything ? null : segments.map(({ position }) => position);
  const scopeOf = (wish: MatrixWish): MatrixScope => ({
    segment: wish?.id ?? null,
    name: wish?.name ?? "Fleet",
    segments: wish === null ? segments.length : 1,
    ...matrixNumbers(plan, columns, rollups, wish === null ? fleet : [wish.position], platforms, flagSets),
  });
  const [first, ...others] = facts.scopes;
  const scopes: MatrixView["scopes"] = [scopeOf(first), ...others.map(scopeOf)];
  const position = new Map(plan.techniques.map(({ id }, index) => [id, index]));
  return {
    assessment: facts.assessment,
    domain: facts.domain,
    domains: facts.domains,
    statuses: STATUSES,
    flagSets: flagSets.sets,
    platforms,
    components: plan.components,
    segments: segments.map(({ id, name }) => ({ id, name })),
    tactics: plan.tactics,
    techniques: plan.techniques,
    analytics: plan.platforms.filter((own) => own.length > 0).length,
    scopes,
    strips: facts.scopes.includes(null) && segments.length > 1 ? segmentStrips(plan, columns, segments, STRIPS) : null,
    overlays: facts.overlays.map(({ techniques, ...overlay }) => ({ ...overlay, techniques: techniques.flatMap((id) => position.get(id) ?? []) })),
    layers: facts.layers ?? [],
    layer: facts.layer ? placeLayer(facts.layer, plan.techniques, facts.catalog.techniques) : null,
    projection: facts.projection ? placeProjection(facts.projection, facts.scopes.map((wish) => (wish === null ? segments.map(({ id }) => id) : [wish.id])), platformOf(analytics, plan.platforms, platforms)) : null,
    say: sayMatrix(plan.tactics, scopes),
  };
}

/** Of an analytic of the domain the position of its platform, the first that is shown. */
function platformOf(analytics: readonly string[], own: readonly (readonly string[])[], shown: readonly string[]): (analytic: string) => number | undefined {
  const places = new Map(analytics.flatMap((id, position): [string, number][] => ((own[position] ?? []).length === 0 ? [] : [[id, shown.findIndex((platform) => own[position]?.includes(platform))]])));
  return (analytic) => places.get(analytic);
}
