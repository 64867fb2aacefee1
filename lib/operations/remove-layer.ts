import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { deleteLayer, findLayer, type LayerRow } from "@/lib/evidence/navigator/store";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** Takes an imported layer away. @throws SightlineError NOT_FOUND */
export async function removeLayer(ctx: OperationContext, id: string): Promise<LayerRow> {
  authorize(ctx, "layer.import", "none");
  return withTransaction(ctx.db, async (tx) => {
    const layer = await findLayer(tx, { id });
    if (layer === null) throw new SightlineError("NOT_FOUND", "There is no such layer.", { field: "layer", remedy: "See sightline navigator list." });
    await deleteLayer(tx, id);
    await emitAudit(tx, ctx, { action: "layer.remove", target: `layer/${id}`, detail: { name: layer.name, digest: layer.fileDigest } });
    return layer;
  });
}
