import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import type { DatasetView } from "@/lib/events/dataset-types";
import { deleteProbes } from "@/lib/events/probes/store";
import { getDatasetView, removeDataset as removeRows } from "@/lib/events/store";
import { findSegment } from "@/lib/inventory/store";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/**
 * Takes an imported sample out of every later assessment. Assessments that counted it are untouched and name it as removed;
 * the kept file stays by its digest, so that their evidence can still be checked against it.
 *
 * @param id of the dataset
 * @returns what it was
 * @throws SightlineError NOT_FOUND when there is none, or it was removed before
 */
export async function removeDataset(ctx: OperationContext, id: string): Promise<DatasetView> {
  authorize(ctx, "events.remove", "none");
  return withTransaction(ctx.db, async (tx) => {
    const dataset = await getDatasetView(tx, id);
    if (dataset === null) throw new SightlineError("NOT_FOUND", `There is no dataset ${id}.`, { remedy: "See sightline events list." });
    authorize(ctx, "events.remove", [dataset.segmentId]);
    const segment = await findSegment(tx, dataset.segmentId);
    await deleteProbes(tx, id);
    await removeRows(tx, dataset, { at: ctx.clock(), actor: ctx.actor.name });
    await emitAudit(tx, ctx, {
      action: "events.remove",
      target: segment?.name ?? dataset.segmentId,
      detail: { dataset: id, file: dataset.fileName, content: dataset.contentDigest, format: dataset.format, origin: dataset.origin, records: dataset.records },
    });
    return dataset;
  });
}
