import { readPackFiles } from "@/lib/detection/packs/store";
import { detectFormat, headOf } from "@/lib/events/detect-format";
import { formatById } from "@/lib/events/formats/index";
import { openReader } from "@/lib/events/open-reader";
import { DEFAULT_LIMITS } from "@/lib/events/read-events";
import { getDatasetView } from "@/lib/events/store";
import type { DatasetView } from "@/lib/events/dataset-types";
import { findSegment } from "@/lib/inventory/store";
import { MOST_FILE_BYTES, type BenchView } from "@/lib/reports/bench-view";
import { counted, formatBytes } from "@/lib/shared/format-number";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "../authorize";
import type { OperationContext } from "../context";
import { getRecord } from "../get-record";
import { findPackTest } from "./open-bench-events";

/** The events that the bench's address names: a dataset, one record of it as text, or the samples of a pack's test. */
export async function beginWithEvents(ctx: OperationContext, { dataset: id, record, analytic, test }: { readonly dataset: string | null; readonly record: number | null; readonly analytic: string | null; readonly test: number | null }): Promise<BenchView["events"]> {
  authorize(ctx, "events.read", "none");
  if (id === null) return analytic === null || test === null ? null : ofPack(ctx, analytic, test);
  const dataset = await getDatasetView(ctx.db, id);
  if (dataset === null) throw new SightlineError("NOT_FOUND", "There is no such dataset.");
  authorize(ctx, "events.read", [dataset.segmentId]);
  const segment = (await findSegment(ctx.db, dataset.segmentId))?.name ?? "";
  const alone = record === null ? null : await recordAlone(ctx, dataset, record);
  if (alone !== null && record !== null) return { asked: { from: "text", ...alone }, title: `Record ${record} of ${dataset.fileName}`, files: [], note: null };
  return {
    asked: { from: "dataset", dataset: dataset.id },
    title: dataset.fileName,
    files: [{ name: dataset.fileName, format: dataset.format, bytes: dataset.bytes, says: `${counted(dataset.records, "record")} of ${segment}`, href: `/imports/events/${dataset.id}` }],
    note:
      dataset.bytes > MOST_FILE_BYTES
        ? `The file is too large for the bench, which takes ${formatBytes(MOST_FILE_BYTES)}: pick one of its records, or run sightline explain over it.`
        : record === null
          ? null
          : `Record ${record} cannot be read without the rest of its file: the whole file is asked.`,
  };
}

/** A record as text that reads the same by itself; null where it needs its file (a header, another encoding, a binary form). */
async function recordAlone(ctx: OperationContext, dataset: DatasetView, number: number): Promise<{ readonly text: string; readonly format: string; readonly host: string | null } | null> {
  const found = await getRecord(ctx, { datasetId: dataset.id, number });
  if ("ahead" in found || found.cut || found.refused !== null) return null;
  const bytes = new TextEncoder().encode(found.raw);
  const sniffed = detectFormat(headOf(bytes));
  const format = formatById(found.format ?? dataset.format) ?? (sniffed.kind === "format" ? formatById(sniffed.format) : undefined);
  if (format === undefined) return null;
  const reader = openReader(format, DEFAULT_LIMITS);
  const items = [...reader.push(bytes), ...reader.end()].filter((item) => !("skipped" in item));
  const [only] = items;
  const same = items.length === 1 && only !== undefined && "record" in only && `${only.record.kind.family}:${only.record.kind.key}` === found.kind;
  return same ? { text: found.raw, format: format.id, host: found.host === "" ? null : found.host } : null;
}

async function ofPack(ctx: OperationContext, analytic: string, test: number): Promise<BenchView["events"]> {
  const { manifest, version, test: own } = await findPackTest(ctx, { analytic, test });
  const files = await readPackFiles(ctx.db, { analytic, version });
  const samples = own.samples.flatMap((name) => manifest.samples.filter(({ file }) => file === name));
  return {
    asked: { from: "pack", analytic, test },
    title: `${own.name} (${own.kind.replace("-", " ")} of the pack of ${analytic})`,
    files: samples.map(({ file, format, shows }) => ({ name: file, format, bytes: files.get(file)?.length ?? 0, says: shows, href: null })),
    note: null,
  };
}
