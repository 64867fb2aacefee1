import { listPackRows, readPackFiles } from "@/lib/detection/packs/store";
import type { PackManifest, PackTest } from "@/lib/detection/packs/pack-schema";
import { rawText } from "@/lib/events/open-reader";
import { getDatasetView } from "@/lib/events/store";
import type { DatasetView } from "@/lib/events/dataset-types";
import type { ParsedRecord } from "@/lib/events/types";
import { findSegment } from "@/lib/inventory/store";
import { MOST_FILE_BYTES, type BenchEvents } from "@/lib/reports/bench-view";
import { formatBytes } from "@/lib/shared/format-number";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "../authorize";
import type { OperationContext } from "../context";
import { datasetContent } from "../detection/dataset-content";
import type { EventContent } from "../detection/evaluation";
import { scanDataset } from "../events/scan-dataset";
import { readContentRecords } from "./read-content-records";

const MOST_RAW = 16 * 1024;

/** A record as the bench shows it, by its number within its content. */
export interface ShownRecord {
  readonly own: number;
  readonly time: string | null;
  readonly host: string;
  readonly kind: string;
  readonly raw: string;
  readonly cut: boolean;
  readonly href: string | null;
}

/** Events to ask about, one content after another, and how single records of them are read again. */
export interface OpenEvents {
  readonly contents: readonly EventContent[];
  /** format: as the run recognised the content. */
  readonly read: (content: number, format: string | null, numbers: readonly number[]) => Promise<ShownRecord[]>;
}

/** A test of the pack in force of an analytic. @throws SightlineError NOT_FOUND */
export async function findPackTest(ctx: Pick<OperationContext, "db">, { analytic, test }: { readonly analytic: string; readonly test: number }): Promise<{ readonly manifest: PackManifest; readonly version: number; readonly test: PackTest }> {
  const [row] = await listPackRows(ctx.db, { analytics: [analytic], current: true });
  const found = row?.manifest.tests[test];
  if (row === undefined || found === undefined) throw new SightlineError("NOT_FOUND", row === undefined ? `There is no pack of ${analytic}.` : `The pack of ${analytic} has ${row.manifest.tests.length} tests.`);
  return { manifest: row.manifest, version: row.version, test: found };
}

/**
 * Opens what a run is asked about.
 *
 * @throws SightlineError NOT_FOUND; TOO_LARGE for a file that the bench does not take; FORBIDDEN for another's segment
 */
export async function openBenchEvents(ctx: OperationContext, events: BenchEvents): Promise<OpenEvents> {
  authorize(ctx, "events.read", "none");
  switch (events.from) {
    case "text":
      return events.text.trim() === "" ? { contents: [], read: () => Promise.resolve([]) } : memoryEvents([{ name: "pasted events", bytes: new TextEncoder().encode(events.text), format: events.format, host: events.host }], ctx.clock().getTime());
    case "pack": {
      const { manifest, version, test } = await findPackTest(ctx, events);
      const files = await readPackFiles(ctx.db, { analytic: manifest.analytic, version });
      const samples = test.samples.flatMap((name) => manifest.samples.filter(({ file }) => file === name));
      return memoryEvents(samples.map(({ file, format, host }) => ({ name: file, bytes: files.get(file) ?? new Uint8Array(0), format, host: host ?? null })));
    }
    case "dataset": {
      const dataset = await getDatasetView(ctx.db, events.dataset);
      if (dataset === null) throw new SightlineError("NOT_FOUND", "There is no such dataset.");
      authorize(ctx, "events.read", [dataset.segmentId]);
      if (dataset.bytes > MOST_FILE_BYTES) throw new SightlineError("TOO_LARGE", `This file holds ${formatBytes(dataset.bytes)}, and the bench takes ${formatBytes(MOST_FILE_BYTES)}.`, { file: dataset.fileName, remedy: "Pick one of its records, or run sightline explain over the file." });
      const zone = (await findSegment(ctx.db, dataset.segmentId))?.timeZone ?? null;
      return { contents: [datasetContent(ctx.files, dataset, zone)], read: (_content, _format, numbers) => readDatasetRecords(ctx, dataset, zone, numbers) };
    }
  }
}

function memoryEvents(files: readonly { readonly name: string; readonly bytes: Uint8Array; readonly format: string | null; readonly host: string | null }[], reference?: number): OpenEvents {
  async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(bytes);
  }
  const contents = files.map(({ name, bytes, format, host }): EventContent => ({ name, open: () => once(bytes), bytes: bytes.length, format, host, ...(reference === undefined ? {} : { reference }) }));
  return {
    contents,
    read: async (at, format, numbers) => {
      const [content, file] = [contents[at], files[at]];
      if (content === undefined || file === undefined) return [];
      return (await readContentRecords({ ...content, format: format ?? content.format }, numbers)).map(({ record, host }) => toShown(record, host, rawText(file.bytes.subarray(record.offset, record.offset + Math.min(record.length, MOST_RAW)), file.bytes.subarray(0, 2)), null));
    },
  };
}

async function readDatasetRecords(ctx: OperationContext, dataset: DatasetView, zone: string | null, numbers: readonly number[]): Promise<ShownRecord[]> {
  const wanted = [...numbers].sort((a, b) => a - b);
  const { rows } = await scanDataset(ctx, dataset, zone, { wanted, first: 1, limit: wanted.length, accepts: () => true });
  const head = await ctx.files.openAt(dataset.contentDigest, 0, Math.min(2, dataset.bytes));
  return Promise.all(
    rows.flatMap((row) => ("record" in row ? [row] : [])).map(async ({ record, host }) =>
      toShown(record, host, rawText(await ctx.files.openAt(dataset.contentDigest, record.offset, Math.min(record.length, MOST_RAW)), head), `/imports/events/${dataset.id}/records/${record.number}`),
    ),
  );
}

function toShown(record: ParsedRecord, host: string, raw: string, href: string | null): ShownRecord {
  return { own: record.number, time: record.time === null ? null : new Date(record.time.ms).toISOString(), host, kind: `${record.kind.family}:${record.kind.key}`, raw, cut: record.length > MOST_RAW, href };
}
