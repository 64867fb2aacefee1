import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { findDataset } from "@/lib/events/store";
import { bytesSource } from "@/lib/files/read-single-file";
import { recordKeptFile } from "@/lib/files/record-kept-file";
import { toMeasurement } from "@/lib/inventory/measurements/plan-measurements";
import { insertMeasurements } from "@/lib/inventory/measurements/store";
import { insertImport, lockInventory } from "@/lib/inventory/store";
import type { Refusal } from "@/lib/inventory/types";
import { sha256 } from "@/lib/shared/digest";
import { SightlineError } from "@/lib/shared/errors";
import type { InventoryApplied } from "./apply-inventory";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { reasonOf } from "./events/file-outcome";
import { planMeasurementFile, type MeasurementPreview } from "./inventory/plan-measurement-file";
import { readMeasurements, type ReadMeasurements } from "./inventory/read-measurements";
import { refuseEmptyImport } from "./inventory/refuse-empty-import";
import type { SourceBytes } from "./inventory/read-source";
import type { JobRun } from "./job-handlers";
import { keepUpload } from "./keep-upload";
import { prepareEventsImport } from "./prepare-events-import";
import type { InventoryRequest } from "./preview-inventory";
import { importEvents, importEventsSchema } from "./import-events";

type RawOutcomes = { readonly datasets: readonly string[]; readonly outcomes: MeasurementPreview["outcomes"]; readonly refused: readonly Refusal[] };

/**
 * Imports a measurement: raw records first, through the events parser of their format, then every measured kind in one
 * transaction. A crash between leaves samples that a repeated import finds. Raw records that are refused are listed with the
 * rows; the counts are kept, and prove nothing without them. The same file again changes nothing.
 *
 * @param request.expect digest of the plan that a person saw; another plan now is a CONFLICT
 * @throws SightlineError when the file as a whole is refused, or no row of it was understood
 */
export async function importMeasurements(ctx: OperationContext, file: SourceBytes, request: InventoryRequest & { readonly expect?: string }): Promise<InventoryApplied> {
  authorize(ctx, "inventory.import", "none");
  const read = await readMeasurements(ctx, file, request);
  const before = await planMeasurementFile(ctx.db, file, read);
  authorize(ctx, "inventory.import", before.planned.map(({ segmentId }) => segmentId));
  refuseEmptyImport(file.fileName, before.preview.refused, before.preview.understood);
  if (request.expect !== undefined && request.expect !== before.preview.digest) throw changedSince(file);
  if (before.planned.every(({ change }) => change === "unchanged")) return { ...before.preview, importId: null };
  const kept = await ctx.files.put(file.bytes);
  const raw = await importRaw(ctx, read, before.planned[0]?.segmentId, new Set(before.planned.map(({ segmentId }) => segmentId)).size);
  const at = ctx.clock();
  return withTransaction(ctx.db, async (tx) => {
    await lockInventory(tx);
    const { planned, preview } = await planMeasurementFile(tx, file, read);
    // Raw records that are datasets by now change no version, so the plan of before still holds unless somebody else wrote one.
    const moved = planned.some(({ segmentId, scope, version, change }) => change !== "unchanged" && !before.planned.some((item) => item.segmentId === segmentId && item.scope === scope && item.version === version));
    if (moved) throw changedSince(file);
    await recordKeptFile(tx, kept, file.fileName, at);
    const refused = [...preview.refused, ...raw.refused];
    const { understood, losses, changes, format } = preview;
    const importId = await insertImport(tx, { at, actor: ctx.actor.name, kind: "inventory", format: format.id, fileName: file.fileName, fileDigest: file.digest, understood, refusals: refused, losses, changes });
    await insertMeasurements(tx, planned.filter(({ change }) => change !== "unchanged").map((item) => toMeasurement(item, importId, raw.datasets)));
    await emitAudit(tx, ctx, { action: "measurement.import", target: importId, detail: { format: format.id, fileName: file.fileName, fileDigest: file.digest, refused: refused.length, rawRecords: raw.outcomes.reduce((sum, { records }) => sum + records, 0), ...changes } });
    return { ...preview, refused, measurements: { items: preview.measurements?.items ?? [], raw: preview.measurements?.raw ?? [], outcomes: raw.outcomes }, importId };
  });
}

async function importRaw(ctx: OperationContext, { raw, drafts }: ReadMeasurements, segmentId: string | undefined, segments: number): Promise<RawOutcomes> {
  const datasets: string[] = [];
  const outcomes: MeasurementPreview["outcomes"][number][] = [];
  const refused: Refusal[] = [];
  const source = drafts.find(({ hosts }) => hosts.length > 0) ?? drafts[0];
  for (const { name, bytes, query } of segmentId === undefined || segments > 1 ? [] : raw) {
    const known = await findDataset(ctx.db, segmentId ?? "", sha256(bytes));
    if (known !== null) {
      datasets.push(known.id);
      outcomes.push({ file: name, outcome: "unchanged", reason: null, format: known.format, records: known.records });
      continue;
    }
    try {
      const upload = await keepUpload(ctx, bytesSource(bytes).stream(), name);
      const extraction = { who: source?.ranBy || "unknown", system: source?.system || "unknown", query: (query ?? "").slice(0, 20_000) || "unknown", when: source?.dated ? new Date(source.asOf).toISOString() : "unknown" };
      const job = await prepareEventsImport(ctx, upload, { segment: segmentId ?? "", options: { origin: "production", extraction } });
      for (const { dataset, outcome, reason, format, records } of await importEvents(ownRun(ctx), importEventsSchema.parse(job.input))) {
        outcomes.push({ file: name, outcome, reason, format, records });
        if (dataset !== null) datasets.push(dataset);
      }
    } catch (error) {
      if (!(error instanceof SightlineError) || error.code === "CANCELLED" || error.code === "UNAVAILABLE") throw error;
      outcomes.push({ file: name, outcome: "refused", reason: reasonOf(error), format: null, records: 0 });
      refused.push({ line: null, row: 0, field: name, message: error.message, remedy: error.place.remedy ?? "Give the records in their native format." });
    }
  }
  return { datasets, outcomes, refused };
}

/** Raw records are few: they are read within the import itself, which nobody else can take over. */
function ownRun(ctx: OperationContext): JobRun {
  return { id: `measurement-${crypto.randomUUID()}`, ctx, attempt: 1, signal: new AbortController().signal, progress: () => {}, confirm: async () => {} };
}

function changedSince(file: SourceBytes): SightlineError {
  return new SightlineError("CONFLICT", "The measurements have changed since the preview.", { file: file.fileName, remedy: "Look at the preview again." });
}
