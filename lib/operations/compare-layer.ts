import { compareLayer as compare, type LayerComparison } from "@/lib/evidence/navigator/compare-layer";
import { findLayer, type LayerRow } from "@/lib/evidence/navigator/store";
import { SightlineError } from "@/lib/shared/errors";
import { readRollupLinks } from "./assessment/read-rollup-links";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { getRollups } from "./get-rollups";

export interface LayerComparisonView extends LayerComparison {
  readonly layer: LayerRow;
  readonly assessment: number;
  readonly segment: string | null; // null: the fleet
}

/**
 * An imported layer beside an assessment, technique by technique, for the fleet or one segment.
 *
 * @throws SightlineError NOT_FOUND for an unknown layer, assessment or segment, or where the layer's domain was not assessed
 */
export async function compareLayer(ctx: OperationContext, input: { readonly layer: string; readonly assessment: number | null; readonly segment?: string }): Promise<LayerComparisonView> {
  authorize(ctx, "layer.read", "none");
  const found = await findLayer(ctx.db, { id: input.layer });
  if (found === null) throw new SightlineError("NOT_FOUND", "There is no such layer.", { field: "layer", remedy: "See sightline navigator list." });
  const { doc, ...layer } = found;
  const rollups = await getRollups(ctx, { assessment: input.assessment, levels: ["technique"], ...(input.segment === undefined ? {} : { segment: input.segment }) });
  const release = rollups.releases[layer.domain];
  if (release === undefined) throw new SightlineError("NOT_FOUND", `The layer is of ${layer.domain}, which assessment ${rollups.assessment} does not cover.`, { field: "layer" });
  const ids = new Set((await readRollupLinks(ctx, { [layer.domain]: release })).techniques.map(({ id }) => id));
  const rows = rollups.rows.filter(({ id }) => ids.has(id));
  return { layer, assessment: rollups.assessment, segment: rows[0]?.segment ?? input.segment ?? null, ...compare(doc, rows) };
}
