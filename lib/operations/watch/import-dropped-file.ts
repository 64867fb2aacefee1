import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { summariseKinds } from "@/lib/events/store";
import { fileSource } from "@/lib/files/byte-source";
import { detectArchive } from "@/lib/files/archives";
import { MAX_INVENTORY_BYTES } from "@/lib/inventory/decode-text";
import { sidecarOf, type FolderFile } from "@/lib/inventory/watch/settled-files";
import type { WatchedFileWrite } from "@/lib/inventory/watch/store";
import { startSha256 } from "@/lib/shared/digest";
import { SightlineError } from "@/lib/shared/errors";
import { splitKind } from "@/lib/telemetry/record-kinds";
import { applyInventory } from "../apply-inventory";
import type { OperationContext } from "../context";
import { fileOutcomesSchema, type FileOutcome } from "../events/file-outcome";
import { isMeasurementFile } from "../inventory/read-measurements";
import { keepUpload } from "../keep-upload";
import { prepareEventsImport, type EventsImportRequest } from "../prepare-events-import";
import { runJobInline } from "../run-job-inline";

/** How events are read that do not name their host, or whose times name no zone. */
export type DroppedReading = Pick<NonNullable<EventsImportRequest["options"]>, "hostFrom" | "zone">;

export interface DroppedFile {
  readonly folder: string;
  readonly file: FolderFile;
  readonly segmentId: string;
  readonly signal: AbortSignal;
  readonly reading?: DroppedReading;
}

type Taken = Pick<WatchedFileWrite, "state" | "what" | "reason" | "families">;

/** The digest of a file, read as a stream. */
export async function digestOfFile(path: string): Promise<string> {
  const hash = startSha256();
  for await (const chunk of (await fileSource(path)).stream()) hash.update(chunk);
  return hash.hex();
}

/**
 * Imports one file of a watched folder: a measurement where it is one, else sample events. A file that cannot be understood is
 * an answer, not an error.
 *
 * @throws SightlineError CANCELLED and UNAVAILABLE: the file stays to be done
 */
export async function importDroppedFile(ctx: OperationContext, dropped: DroppedFile): Promise<Taken> {
  try {
    return (await takeMeasurement(ctx, dropped)) ?? (await takeEvents(ctx, dropped));
  } catch (error) {
    if (!(error instanceof SightlineError) || error.code === "CANCELLED" || error.code === "UNAVAILABLE") throw error;
    const { file: named, ...place } = error.place;
    // The ledger names the file itself; one inside of an archive is said.
    const said = named === dropped.file.name ? new SightlineError(error.code, error.message, place) : error;
    return { state: "refused", what: "unknown", reason: said.sentence(), families: [] };
  }
}

/** null: the file is no measurement. */
async function takeMeasurement(ctx: OperationContext, { folder, file, segmentId }: DroppedFile): Promise<Taken | null> {
  const path = join(folder, file.name);
  const source = await fileSource(path);
  const head = await source.readAt(0, Math.min(64 * 1024, source.size));
  if (!isMeasurementFile(head, undefined) || file.size > MAX_INVENTORY_BYTES) return null;
  const content = await readFile(path);
  const query = await readFile(join(folder, sidecarOf(file.name)), "utf8").catch(() => undefined);
  try {
    const { refused, measurements } = await applyInventory(ctx, { source: { fileName: file.name, content }, segment: segmentId, ...(query === undefined ? {} : { query }) });
    const [first] = refused;
    const families = [...new Set((measurements?.items ?? []).map(({ kind }) => splitKind(kind).family))];
    return { state: "imported", what: "measurement", reason: first === undefined ? "" : `${refused.length} rows or files were refused; the first: ${first.field === "" ? "" : `${first.field}: `}${first.message}`, families };
  } catch (error) {
    if (detectArchive(content) === "zip" && error instanceof SightlineError && error.code === "UNSUPPORTED") return null; // an archive of events
    throw error;
  }
}

async function takeEvents(ctx: OperationContext, dropped: DroppedFile): Promise<Taken> {
  const outcomes = await importEventsTwice(ctx, dropped);
  const refused = outcomes.filter(({ outcome }) => outcome === "refused");
  const families = new Set(outcomes.flatMap(({ kinds }) => kinds.map(({ kind }) => splitKind(kind).family)));
  // What a process that was killed had imported is unchanged now; its families are watched all the same.
  for (const { outcome, dataset } of outcomes) if (outcome === "unchanged" && dataset !== null) for (const { kind } of await summariseKinds(ctx.db, dataset)) families.add(splitKind(kind).family);
  const reason = refused.length === 0 ? "" : `${refused.length} of ${outcomes.length} files were refused; the first: ${refused[0]?.file ?? ""}: ${refused[0]?.reason ?? ""}`;
  return { state: refused.length === outcomes.length ? "refused" : "imported", what: "events", reason, families: [...families] };
}

/** A job that an ended process left may import the same content meanwhile: then a second look finds it unchanged. */
async function importEventsTwice(ctx: OperationContext, { folder, file, segmentId, signal, reading }: DroppedFile): Promise<FileOutcome[]> {
  const once = async (): Promise<FileOutcome[]> => {
    const upload = await keepUpload(ctx, (await fileSource(join(folder, file.name))).stream(), file.name);
    return fileOutcomesSchema.parse(await runJobInline(ctx, await prepareEventsImport(ctx, upload, { segment: segmentId, options: reading }), { signal }));
  };
  try {
    return await once();
  } catch (error) {
    if (!(error instanceof SightlineError) || error.code !== "CONFLICT") throw error;
    return once();
  }
}
