import { withTransaction } from "@/lib/db/with-transaction";
import { recordKeptFile } from "@/lib/files/record-kept-file";
import type { InventoryPlan } from "@/lib/inventory/plan-inventory";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { parseInventory, planParsed } from "./inventory/plan-file";
import { planMeasurementFile, type MeasurementPreview } from "./inventory/plan-measurement-file";
import { isMeasurementFile, readMeasurements } from "./inventory/read-measurements";
import { asText, readBytes, type InventorySource } from "./inventory/read-source";

export interface InventoryRequest {
  readonly source: InventorySource;
  readonly format?: string; // id of a format; absent: recognised from the content
  readonly replace?: boolean; // the file is the whole inventory of the segments it names
  readonly segment?: string; // name or id: for files that name none
  readonly hosts?: number | null; // that a configuration stands for, as stated
  readonly asOf?: string | null; // ISO date at which it was in force; of a measurement: instant until which it looked
  readonly query?: string; // of a measurement: the text of the query
  readonly complete?: boolean; // of a measurement: it covers every host and the whole window
}

export interface InventoryPreview extends InventoryPlan {
  readonly fileName: string;
  readonly fileDigest: string;
  readonly format: { readonly id: string; readonly label: string };
  readonly evidence: readonly string[]; // by what the format was recognised
  readonly measurements?: MeasurementPreview; // absent: the file is none
}

/**
 * What applying an inventory file would do: rows understood and refused, losses, segments and claims that change.
 *
 * @param request.keep keeps the file, so that applying can name it by fileDigest; the inventory itself is untouched.
 * @throws SightlineError when the file as a whole is refused
 */
export async function previewInventory(ctx: OperationContext, request: InventoryRequest & { readonly keep?: boolean }): Promise<InventoryPreview> {
  authorize(ctx, "inventory.import", "none");
  const file = await readBytes(ctx, request.source);
  const keep = async (): Promise<void> => {
    const kept = await ctx.files.put(file.bytes);
    await withTransaction(ctx.db, (tx) => recordKeptFile(tx, kept, file.fileName, ctx.clock()));
  };
  if (isMeasurementFile(file.bytes, request.format)) {
    const { preview } = await planMeasurementFile(ctx.db, file, await readMeasurements(ctx, file, request));
    if (request.keep) await keep();
    return preview;
  }
  const recognised = await parseInventory(ctx, asText(file), request);
  const plan = await planParsed(ctx.db, recognised, request.replace ?? false);
  if (request.keep) await keep();
  const { id, label } = recognised.format;
  return { ...plan, fileName: file.fileName, fileDigest: file.digest, format: { id, label }, evidence: recognised.evidence };
}
