import { detectArchive, unpack } from "@/lib/files/archives";
import { bytesSource } from "@/lib/files/read-single-file";
import { decodeText } from "@/lib/inventory/decode-text";
import { looksLikeJsonMeasurement, tableOfJson } from "@/lib/inventory/measurements/json-to-table";
import { MEASUREMENT_FORMATS } from "@/lib/inventory/measurements/formats";
import { parseMeasurementCsv } from "@/lib/inventory/measurements/parse-measurement-csv";
import { readInstant } from "@/lib/inventory/measurements/read-instant";
import type { StatedOrigin } from "@/lib/inventory/measurements/read-preamble";
import { looksLikeMeasurement, sortZip, type SortedZip } from "@/lib/inventory/measurements/sort-zip";
import type { MeasurementDraft } from "@/lib/inventory/measurements/types";
import { segmentKey } from "@/lib/inventory/segment-key";
import type { Loss, Refusal } from "@/lib/inventory/types";
import { SightlineError } from "@/lib/shared/errors";
import { namesNoMachine } from "@/lib/telemetry/stand-in-hosts";
import type { OperationContext } from "../context";
import type { InventoryRequest } from "../preview-inventory";
import type { SourceBytes } from "./read-source";
import { findSegmentOrRefuse } from "./refuse-segment";

const MIB = 1024 * 1024;
const LIMITS = { entries: 500, entryBytes: 64 * MIB, totalBytes: 256 * MIB };

/** A measurement file, read and not yet compared with what is known. */
export interface ReadMeasurements {
  readonly format: { readonly id: string; readonly label: string };
  readonly rows: number;
  readonly understood: number;
  readonly refused: readonly Refusal[];
  readonly losses: readonly Loss[];
  readonly drafts: readonly MeasurementDraft[];
  readonly raw: SortedZip["raw"];
}

/** Whether a file is a measurement: a zip, a text with a measurement's header, JSON of its columns; or whether somebody says so. */
export function isMeasurementFile(bytes: Uint8Array, asked: string | undefined): boolean {
  if (asked !== undefined) return MEASUREMENT_FORMATS.some(({ id }) => id === asked);
  const head = new TextDecoder().decode(bytes.subarray(0, 64 * 1024));
  if (detectArchive(bytes) === "zip" || looksLikeMeasurement(head)) return true;
  return looksLikeJsonMeasurement(head);
}

/**
 * Reads a measurement file. What the person says (request) stands before what a manifest says, and that before a table's own
 * comments; a statement that everything is covered is believed from any of them.
 *
 * @throws SightlineError when the file as a whole is refused
 */
export async function readMeasurements(ctx: OperationContext, file: SourceBytes, request: InventoryRequest): Promise<ReadMeasurements> {
  const said = await readSaid(ctx, request);
  const zip = detectArchive(file.bytes) === "zip";
  const sorted: SortedZip = zip ? sortZip(file.fileName, await readEntries(file)) : { manifest: null, tables: [{ name: "", text: textOf(file), query: null }], raw: [], losses: [] };
  if (sorted.tables.length === 0) throw new SightlineError("UNSUPPORTED", "The zip holds no measurement.", { file: file.fileName, remedy: "Put the queries' results beside manifest.json as CSV. Sample events are imported as events." });
  const { manifest } = sorted;
  if (manifest !== null && said.segment !== "" && segmentKey(manifest.segment) !== segmentKey(said.segment)) {
    throw new SightlineError("CONFLICT", `The pack measures ${manifest.segment}, not ${said.segment}.`, { file: file.fileName, field: "segment", remedy: "Import it for the segment that it names." });
  }
  const ranAt = manifest?.ran_at ? (readInstant(manifest.ran_at)?.ms ?? null) : null;
  const refused: Refusal[] = [];
  const losses: Loss[] = [...sorted.losses];
  const drafts: MeasurementDraft[] = [];
  let rows = 0;
  let understood = 0;
  for (const { name, text, query } of sorted.tables) {
    const stated: StatedOrigin = {
      ...(manifest === null || manifest.complete === null ? {} : { complete: manifest.complete }),
      ...(ranAt === null ? {} : { asOf: ranAt, ...(manifest === null ? {} : { windowFrom: ranAt - manifest.window_days * 86_400_000 }) }),
      ...(query === null ? {} : { query }),
      ...(manifest?.system ? { system: manifest.system } : {}),
      ...(manifest?.ran_by ? { ranBy: manifest.ran_by } : {}),
      ...said.stated,
    };
    const parsed = parseMeasurementCsv({ name: name === "" ? file.fileName : `${file.fileName}/${name}`, text }, { now: ctx.clock().getTime(), segment: said.segment || manifest?.segment, stated });
    rows += parsed.rows;
    understood += parsed.understood;
    refused.push(...parsed.refused.map((refusal) => ({ ...refusal, ...(name === "" ? {} : { field: `${name}${refusal.field === "" ? "" : `: ${refusal.field}`}` }) })));
    losses.push(...parsed.losses);
    drafts.push(...parsed.measurements);
    const family = manifest?.families.find((id) => name.toLowerCase().split("/").at(-1) === `${id}.csv`);
    // A query that found nothing shows silence only where somebody states that it covered everything.
    if (parsed.rows === 0 && family !== undefined && manifest !== null && stated.complete === true) {
      if (namesNoMachine(family)) losses.push({ kind: "changed", what: "complete", text: `${family}: nothing came back, and what stands for a host in its records need not be among the segment's hosts; it shows silence only where one of them showed something of it before.`, count: 1 });
      drafts.push({ segment: said.segment || manifest.segment, line: null, refusedRows: 0, dated: ranAt !== null, kind: `${family}:*`, complete: true, asOf: stated.asOf ?? ctx.clock().getTime(), windowFrom: stated.windowFrom ?? null, query: query ?? "", system: stated.system ?? "", ranBy: stated.ranBy ?? "", hosts: [] });
    }
  }
  const id = zip ? "measurement-zip" : "measurement-csv";
  return { format: { id, label: MEASUREMENT_FORMATS.find((format) => format.id === id)?.label ?? id }, rows, understood, refused, losses: [...new Map(losses.map((loss) => [loss.text, loss])).values()], drafts, raw: sorted.raw };
}

function textOf({ fileName, bytes }: SourceBytes): string {
  const text = decodeText(fileName, bytes);
  return tableOfJson(text) ?? text;
}

async function readSaid(ctx: OperationContext, { segment: named = "", query, complete, asOf }: InventoryRequest): Promise<{ readonly segment: string; readonly stated: StatedOrigin }> {
  const segment = named.trim() === "" ? "" : (await findSegmentOrRefuse(ctx.db, named.trim(), { live: true })).name;
  const at = readInstant(asOf ?? "");
  if (at === undefined) throw new SightlineError("INVALID", "as_of is no time.", { field: "as_of", remedy: "Write it as 2026-11-21T09:00:00Z." });
  return { segment, stated: { ...(complete === undefined ? {} : { complete }), ...(at === null ? {} : { asOf: at.ms }), ...(query === undefined || query.trim() === "" ? {} : { query }) } };
}

async function readEntries({ fileName, bytes }: SourceBytes): Promise<{ name: string; bytes: Uint8Array }[]> {
  const entries: { name: string; bytes: Uint8Array }[] = [];
  for await (const { name, content } of unpack(bytesSource(bytes), fileName, LIMITS)) {
    const parts: Uint8Array[] = [];
    for await (const part of content) parts.push(part);
    entries.push({ name, bytes: Buffer.concat(parts) });
  }
  return entries;
}
