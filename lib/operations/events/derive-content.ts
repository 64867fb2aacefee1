import { detectFormat, headOf, HEAD_BYTES, binaryAdvice, type Detection } from "@/lib/events/detect-format";
import type { EventOptions, Warning } from "@/lib/events/dataset-types";
import { deriverInput } from "@/lib/events/deriver-input";
import { formatById, CHOICES } from "@/lib/events/formats/index";
import { CSV_ID } from "@/lib/events/read-csv";
import { DEFAULT_LIMITS } from "@/lib/events/read-events";
import { writeProbes } from "@/lib/events/probes/store";
import type { DerivedDataset } from "@/lib/events/derive-dataset";
import { findDataset, publishDataset, deleteDatasets, removeStaged, stageDataset, writeAggregates, writeExamples, writeIndexPart, writeRefusals } from "@/lib/events/store";
import { describeEmptyFile } from "@/lib/events/describe-skips";
import { noneOfFormat } from "@/lib/events/forced-format";
import { describeWarnings } from "@/lib/events/describe-warnings";
import { withTransaction } from "@/lib/db/with-transaction";
import { emitAudit } from "@/lib/audit/emit-audit";
import type { Segment } from "@/lib/inventory/types";
import { digestOf } from "@/lib/shared/digest";
import { SightlineError } from "@/lib/shared/errors";
import type { JobRun } from "../job-handlers";
import { deriveHere } from "./derive-here";
import { deriveInWorker } from "./derive-in-worker";
import { nameOtherContent } from "./name-other-content";
import { readRanges } from "./read-ranges";
import { remarkForeignHosts } from "./remark-foreign-hosts";
import type { UnpackedFile } from "./unpack-upload";

export interface Derivation {
  readonly segment: Pick<Segment, "id" | "name" | "timeZone">;
  readonly content: UnpackedFile;
  readonly options: EventOptions;
  readonly replace: boolean;
  readonly importedAt: Date;
  readonly importedBy: string;
}

export type DerivationResult =
  | { readonly outcome: "unchanged"; readonly datasetId: string; readonly format: string }
  | { readonly outcome: "imported"; readonly datasetId: string; readonly format: string; readonly evidence: readonly string[]; readonly derived: DerivedDataset; readonly warnings: readonly Warning[] };

const DAY_MS = 86_400_000;
const INLINE_BYTES = 512 * 1024;
const MOST_OTHER_BYTES = 4 * 1024 * 1024; // of a configuration that was dropped here: the large ones that people share have half a MiB

/**
 * Makes the dataset of one file of events. Nothing of it shows before the last, short transaction; what an earlier run of
 * the same job left is removed first, so that a restart counts nothing twice.
 *
 * @throws SightlineError with the file's name for everything that is wrong with it
 */
export async function deriveContent(run: JobRun, derivation: Derivation): Promise<DerivationResult> {
  const { segment, content, options } = derivation;
  const { db, files } = run.ctx;
  const detected = await chooseFormat((bytes) => files.openAt(content.digest, 0, bytes), content, options.format ?? (options.mapping === undefined ? null : CSV_ID));
  const existing = await findDataset(db, segment.id, content.digest);
  if (existing !== null && !derivation.replace) {
    if (existing.optionsDigest === digestOf(options)) return { outcome: "unchanged", datasetId: existing.id, format: existing.format };
    throw new SightlineError("CONFLICT", `The same content was imported into ${segment.name} on ${existing.importedAt} as ${existing.fileName}, with other options (${differences(existing.options, options)}).`, {
      file: content.name,
      remedy: "Use --replace to read it again with the new ones.",
    });
  }
  const stagingKey = `${run.id}:${segment.id}:${content.digest}`;
  await removeStaged(db, stagingKey, new Date(run.ctx.clock().getTime() - DAY_MS));
  const datasetId = await stageDataset(db, {
    segmentId: segment.id,
    stagingKey,
    fileName: content.name,
    format: detected.format,
    formatForced: options.format !== null,
    options,
    deriverInput: deriverInput(),
    bytes: content.bytes,
    at: derivation.importedAt,
    by: derivation.importedBy,
  });
  try {
    const derived = await readContent(run, derivation, detected.format, datasetId);
    const forced = options.format === null ? null : detected.format;
    const warnings = [...describeWarnings(derived.summary, options.zone ?? segment.timeZone, derived.refusals, forced), ...(await remarkForeignHosts(db, segment.id, options.origin, derived.summary.hosts))];
    await publish(run, derivation, { datasetId, format: detected.format, derived, warnings, replaces: existing?.id ?? null });
    return { outcome: "imported", datasetId, format: detected.format, evidence: detected.evidence, derived, warnings };
  } catch (error) {
    await deleteDatasets(db, { id: datasetId }).catch(() => {}); // the database is away: the next run removes it
    throw error;
  }
}

async function chooseFormat(read: (bytes: number) => Promise<Uint8Array>, { name: file, bytes: size }: UnpackedFile, forced: string | null): Promise<{ format: string; evidence: readonly string[] }> {
  const bytes = await read(HEAD_BYTES + 1);
  if (forced !== null) {
    if (formatById(forced) === undefined) throw new SightlineError("INVALID", `"${forced}" is not an event format.`, { field: "format", remedy: `Known are ${CHOICES.map(({ id }) => id).join(", ")}.` });
    const binary = formatById(forced)?.sniff(headOf(bytes)).verdict === "yes" ? null : binaryAdvice(headOf(bytes).bytes);
    if (binary !== null) throw new SightlineError("UNSUPPORTED", binary.message, { file, remedy: binary.remedy });
    return { format: forced, evidence: ["named by the user"] };
  }
  const detection: Detection = detectFormat(headOf(bytes));
  if (detection.kind === "format") return detection;
  const other = detection.kind === "unknown" && size <= MOST_OTHER_BYTES ? nameOtherContent(file, size <= HEAD_BYTES ? bytes : await read(size)) : null;
  if (other !== null) throw new SightlineError("UNSUPPORTED", other.message, { file, remedy: other.remedy });
  if (detection.kind === "unknown") throw new SightlineError("UNSUPPORTED", detection.message, { file, remedy: detection.remedy });
  const names = detection.candidates.map(({ format, evidence }) => `${format} (${evidence.join(", ")})`).join(" or ");
  throw new SightlineError("INVALID", `The content could be ${names}.`, { file, remedy: "Name the format with --format." });
}

async function readContent(run: JobRun, derivation: Derivation, format: string, datasetId: string): Promise<DerivedDataset> {
  const { segment, content, options } = derivation;
  let part = 0;
  let done = 0;
  const request = { format, limits: { ...DEFAULT_LIMITS, zone: options.zone ?? segment.timeZone ?? "UTC", reference: derivation.importedAt.getTime(), ...(options.mapping === undefined ? {} : { mapping: options.mapping }) }, host: options.host, hostFrom: options.hostFrom, filePath: content.name };
  // Starting a thread costs more than reading a small file; an expression over the path is never run in this one.
  const derive = content.bytes <= INLINE_BYTES && options.hostFrom === null ? deriveHere : deriveInWorker;
  const derived = await derive(run.ctx.files.open(content.digest), request, {
    signal: run.signal,
    onPart: (found) => writeIndexPart(run.ctx.db, datasetId, part++, found),
    onRows: async (rows) => {
      run.progress(content.bytes, content.bytes, `Storing ${content.name}`);
      run.signal.throwIfAborted();
      await writeAggregates(run.ctx.db, datasetId, rows);
    },
    onBytes: (bytes) => {
      done += bytes;
      run.progress(done, content.bytes, `Reading ${content.name}`);
    },
  });
  if (derived.summary.records === 0) {
    const { message, remedy } = describeEmptyFile(derived.refusals);
    throw new SightlineError("INVALID", message, { file: content.name, remedy });
  }
  const others = options.format === null ? null : noneOfFormat(format, derived.refusals);
  if (others !== null) throw new SightlineError("INVALID", others.message, { file: content.name, field: "format", remedy: others.remedy });
  return derived;
}

async function publish(
  run: JobRun,
  { segment, content, options, replace }: Derivation,
  { datasetId, format, derived, warnings, replaces }: { datasetId: string; format: string; derived: DerivedDataset; warnings: readonly Warning[]; replaces: string | null },
): Promise<void> {
  const { ctx } = run;
  const { summary, refusals } = derived;
  const raws = await readRanges(ctx.files, content.digest, derived.examples);
  run.signal.throwIfAborted();
  await writeExamples(ctx.db, datasetId, derived.examples.map((example, i) => ({ ...example, raw: raws[i] ?? "" })));
  await writeRefusals(ctx.db, datasetId, refusals);
  await writeProbes(ctx.db, datasetId, derived.probes, derived.joins);
  run.signal.throwIfAborted();
  const untimed = Object.values(summary.untimed).reduce((a, b) => a + b, 0);
  await withTransaction(ctx.db, async (tx) => {
    await run.confirm(tx);
    // Somebody else may have imported the same content meanwhile: the identity is unique, so look again inside.
    const now = await findDataset(tx, segment.id, content.digest);
    if (now === null && replaces !== null) throw new SightlineError("CONFLICT", `It was removed from ${segment.name} meanwhile.`, { file: content.name });
    if (now !== null && now.id !== replaces && !replace) throw new SightlineError("CONFLICT", `The same content was imported into ${segment.name} meanwhile.`, { file: content.name });
    const row = { id: datasetId, segmentId: segment.id, contentDigest: content.digest, records: summary.records, refused: refusals.count, untimed, firstMs: summary.firstMs, lastMs: summary.lastMs, warnings };
    await publishDataset(tx, row, now?.id ?? null);
    await emitAudit(tx, ctx, {
      action: now === null ? "events.import" : "events.replace",
      target: segment.name,
      detail: { dataset: datasetId, file: content.name, content: content.digest, format, origin: options.origin, records: summary.records, refused: refusals.count },
    });
  });
}

function differences(before: EventOptions, now: EventOptions): string {
  const entries = (options: EventOptions): Map<string, string> => new Map(Object.entries(options).map(([key, value]) => [key, JSON.stringify(value)]));
  const [old, fresh] = [entries(before), entries(now)];
  return [...old].filter(([key, value]) => fresh.get(key) !== value).map(([key, value]) => `${key} was ${value}`).join(", ");
}
