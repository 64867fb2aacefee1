import { listLayerRows, type LayerRow } from "@/lib/evidence/navigator/store";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** Imported Navigator layers, newest first. */
export async function listLayers(ctx: OperationContext): Promise<LayerRow[]> {
  authorize(ctx, "layer.read", "none");
  return (await listLayerRows(ctx.db)).map(({ doc: _doc, ...row }) => row);
}
