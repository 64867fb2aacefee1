import { z } from "zod";
import { eventOptionsSchema } from "@/lib/events/dataset-types";
import { withTransaction } from "@/lib/db/with-transaction";
import { recordKeptFile } from "@/lib/files/record-kept-file";
import { findSegment } from "@/lib/inventory/store";
import type { Segment } from "@/lib/inventory/types";
import { SightlineError } from "@/lib/shared/errors";
import type { Json } from "@/lib/shared/canonical-json";
import { componentById } from "@/lib/telemetry/component-index";
import { componentsOfKind } from "@/lib/telemetry/record-kinds";
import { authorize } from "./authorize";
import { deriveContent, type DerivationResult } from "./events/derive-content";
import { emptyOutcome, reasonOf, type FileOutcome } from "./events/file-outcome";
import { unpackUpload, type UnpackedFile } from "./events/unpack-upload";
import type { JobRun } from "./job-handlers";

export const importEventsSchema = z.object({
  digest: z.string().regex(/^[0-9a-f]{64}$/), // of the kept upload
  bytes: z.number().int().nonnegative(),
  fileName: z.string().min(1).max(2000),
  segmentId: z.string(),
  options: eventOptionsSchema,
  replace: z.boolean().default(false),
});
export type ImportEventsInput = z.infer<typeof importEventsSchema>;

const NAMES_SHOWN = 100;

/**
 * Imports one kept upload into a segment: the file itself, or each file in its archive. A file that is refused says why and
 * leaves nothing; the others of an archive are imported.
 *
 * @throws SightlineError when there is nothing but one refused file, or the archive itself cannot be read
 */
export async function importEvents(run: JobRun, input: ImportEventsInput): Promise<FileOutcome[]> {
  authorize(run.ctx, "events.import", [input.segmentId]);
  const segment = await findSegment(run.ctx.db, input.segmentId);
  if (segment === null || segment.retiredAt !== null) throw new SightlineError("NOT_FOUND", "The segment of this import does not exist any more.");
  const outcomes: FileOutcome[] = [];
  let refused: unknown = null;
  // All of an archive is unpacked before anything is imported: a damaged one changes nothing.
  const { contents, unpackedBytes } = await unpackUpload(run, run.ctx.files, { digest: input.digest, bytes: input.bytes, name: input.fileName });
  if (contents.length === 0) throw new SightlineError("INVALID", "The archive holds no files.", { file: input.fileName });
  // One count for the whole job, so that it only grows: what was unpacked, then what is read of every file.
  const total = unpackedBytes + contents.reduce((sum, { bytes }) => sum + bytes, 0);
  let before = unpackedBytes;
  for (const content of contents) {
    run.signal.throwIfAborted();
    const within: JobRun = { ...run, progress: (done, _total, text) => run.progress(before + done, total, text) };
    try {
      await keepRow(run, content);
      const result = await deriveContent(within, { segment, content, options: input.options, replace: input.replace, importedAt: run.ctx.clock(), importedBy: run.ctx.actor.name });
      outcomes.push(outcomeOf(content, segment, result));
    } catch (error) {
      if (!(error instanceof SightlineError) || error.code === "CANCELLED" || error.code === "UNAVAILABLE") throw error;
      refused ??= error;
      outcomes.push(emptyOutcome(content.name, segment.name, reasonOf(error)));
    }
    before += content.bytes;
  }
  if (outcomes.length === 1 && refused !== null) throw refused;
  run.progress(total, total, "Stored");
  return outcomes;
}

/** A crash leaves only staged rows, which the next run removes: it starts over safely. */
export const resumable = true;

/** Runs the import as a job; its input is checked again. @returns an outcome for each file */
export async function handler(run: JobRun, input: Json): Promise<Json> {
  return z.json().parse(await importEvents(run, importEventsSchema.parse(input)));
}

async function keepRow(run: JobRun, content: UnpackedFile): Promise<void> {
  await withTransaction(run.ctx.db, (tx) => recordKeptFile(tx, content, content.name, run.ctx.clock()));
}

function outcomeOf(content: UnpackedFile, segment: Segment, result: DerivationResult): FileOutcome {
  const base = { ...emptyOutcome(content.name, segment.name, null), outcome: result.outcome, dataset: result.datasetId, format: result.format };
  if (result.outcome === "unchanged") return base;
  const { summary, refusals } = result.derived;
  const ids = [...new Set(summary.kinds.flatMap(({ kind }) => componentsOfKind(kind)))].sort();
  return {
    ...base,
    evidence: [...result.evidence],
    records: summary.records,
    refused: { count: refusals.count, reasons: [...refusals.reasons] },
    formats: [...refusals.formats],
    skipped: [...refusals.skipped],
    untimed: Object.values(summary.untimed).reduce((a, b) => a + b, 0),
    hosts: { count: summary.hosts.length, names: summary.hosts.slice(0, NAMES_SHOWN) },
    hostless: summary.hostless,
    first: summary.firstMs === null ? null : new Date(summary.firstMs).toISOString(),
    last: summary.lastMs === null ? null : new Date(summary.lastMs).toISOString(),
    kinds: summary.kinds.map(({ kind, count }) => ({ kind, count })),
    components: ids.map((id) => ({ id, name: componentById(id)?.name ?? id })),
    warnings: [...result.warnings],
  };
}
