import type { CountedSeries, SegmentSample } from "@/lib/detection/check/check-types";
import { canResume } from "@/lib/events/browse/can-resume";
import type { DatasetView } from "@/lib/events/dataset-types";
import { listSpreadExamples, type KeptExample } from "@/lib/events/examples/store";
import { formatById } from "@/lib/events/formats/index";
import { openReader } from "@/lib/events/open-reader";
import { DEFAULT_LIMITS } from "@/lib/events/read-events";
import { listDatasetViews, readWindowedAggregates } from "@/lib/events/store";
import type { ParsedRecord } from "@/lib/events/types";
import type { SegmentForScoring } from "@/lib/inventory/types";
import { kindId } from "@/lib/telemetry/record-kinds";
import type { OperationContext } from "../context";
import { scanDataset } from "../events/scan-dataset";

const MOST_EXAMPLES = 8_000; // of one dataset

/** What came from a segment, and how much of it nobody could look at. */
export interface ReadSample extends SegmentSample {
  readonly records: number; // counted
  readonly unlooked: number; // records of series without a readable example
}

interface Counting extends CountedSeries {
  readonly hosts: Map<string, { records: number; newest: number | null }>;
}

/**
 * Counts and examples of the records that may prove something (design, section 7): origin production or exercise, not later than the
 * window's end; with a roster, of its hosts alone.
 */
export async function readSegmentSample(ctx: OperationContext, segment: Pick<SegmentForScoring, "id" | "roster">, zone: string | null, window: { readonly from: number; readonly to: number }): Promise<ReadSample> {
  const roster = segment.roster === null ? null : new Set(segment.roster.map(({ host }) => host));
  const belongs = (host: string): boolean => roster === null || roster.has(host);
  const series = new Map<string, Counting & { readonly at: number }>();
  for (const row of await readWindowedAggregates(ctx.db, { segments: [segment.id], ...window })) {
    const records = row.fresh + row.stale + row.untimed;
    if (records === 0 || !belongs(row.host)) continue;
    const name = nameOf(row.kind, row.shape);
    const known = series.get(name) ?? { at: series.size, kind: row.kind, hosts: new Map<string, { records: number; newest: number | null }>() };
    const counted = known.hosts.get(row.host) ?? { records: 0, newest: null };
    const last = row.freshLast ?? row.staleLast;
    counted.records += records;
    if (last !== null && (counted.newest === null || last > counted.newest)) counted.newest = last;
    known.hosts.set(row.host, counted);
    series.set(name, known);
  }
  const examples: SegmentSample["examples"][number][] = [];
  const looked = new Set<number>();
  for (const dataset of await listDatasetViews(ctx.db, [segment.id])) {
    if (dataset.origin !== "production" && dataset.origin !== "exercise") continue;
    const kept = (await listSpreadExamples(ctx.db, dataset.id, MOST_EXAMPLES)).filter(({ host }) => belongs(host));
    const records = await readKept(ctx, dataset, zone, kept);
    for (const { number, kind, shape, host } of kept) {
      const at = series.get(nameOf(kind, shape))?.at;
      const record = records.get(number);
      if (at === undefined || record === undefined) continue;
      looked.add(at);
      examples.push({ series: at, host, record });
    }
  }
  const total = (some: readonly Counting[]): number => some.reduce((sum, { hosts }) => sum + [...hosts.values()].reduce((own, { records }) => own + records, 0), 0);
  const all = [...series.values()];
  return { series: all, examples, records: total(all), unlooked: total(all.filter(({ at }) => !looked.has(at))) };
}

function nameOf(kind: string, shape: readonly string[]): string {
  return `${kind}\n${shape.join(",")}`;
}

/** The records of examples by their numbers: from their own text where the format's records stand alone, else from the kept file. */
async function readKept(ctx: OperationContext, dataset: DatasetView, zone: string | null, kept: readonly KeptExample[]): Promise<Map<number, ParsedRecord>> {
  const found = new Map<number, ParsedRecord>();
  const format = formatById(dataset.format);
  if (format === undefined || kept.length === 0) return found;
  const { options } = dataset;
  const limits = { ...DEFAULT_LIMITS, zone: options.zone ?? zone ?? "UTC", reference: Date.parse(dataset.importedAt), ...(options.mapping === undefined ? {} : { mapping: options.mapping }) };
  if (canResume(format, await ctx.files.openAt(dataset.contentDigest, 0, Math.min(2, dataset.bytes)))) {
    for (const { number, kind, raw } of kept) {
      const reader = openReader(format, limits);
      // A record that its wrapper or a neighbour makes what it is reads as another by itself: then the file decides.
      const own = [...reader.push(Buffer.from(raw)), ...reader.end()].find((item) => "record" in item && kindId(item.record.kind.family, item.record.kind.key) === kind);
      if (own !== undefined && "record" in own) found.set(number, own.record);
    }
  }
  const missing = kept.map(({ number }) => number).filter((number) => !found.has(number));
  if (missing.length === 0) return found;
  const { rows } = await scanDataset(ctx, dataset, zone, { wanted: missing, first: 1, limit: missing.length, accepts: () => true });
  for (const row of rows) if ("record" in row) found.set(row.record.number, row.record);
  return found;
}
