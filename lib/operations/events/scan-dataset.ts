import { canResume } from "@/lib/events/browse/can-resume";
import { POINT_EVERY, RecordScan, type ResumePoint, type ScannedRow } from "@/lib/events/browse/scan-records";
import { hostChooser } from "@/lib/events/choose-host";
import type { DatasetView } from "@/lib/events/dataset-types";
import { formatById } from "@/lib/events/formats/index";
import { openReader } from "@/lib/events/open-reader";
import { DEFAULT_LIMITS } from "@/lib/events/read-events";
import type { ParsedRecord, ReadLimits } from "@/lib/events/types";
import { SightlineError } from "@/lib/shared/errors";
import type { OperationContext } from "../context";

const CHUNK = 1024 * 1024;
const START: ResumePoint = { number: 1, offset: 0 };

/** Most bytes of a file that one request reads: a page of records appears at once, a search goes on with the next request. */
export const MOST_SCANNED_BYTES = 48 * 1024 * 1024;

// Points at which readers of the files looked at last may begin. Kept files never change; the tables that read them are part of the key.
const POINTS = new Map<string, ResumePoint[]>();
const REMEMBERED = 16;
const MOST_POINTS = 20_000; // per file; those of larger files lie further apart

export interface DatasetScan {
  readonly wanted: readonly number[] | null; // rising; null: every record from `first`
  readonly first: number;
  readonly limit: number;
  readonly accepts: (row: ScannedRow) => boolean;
}

export interface ScanOutcome {
  readonly rows: readonly ScannedRow[];
  readonly looked: number; // wanted records that were looked at
  readonly reached: number; // number of the last record met
  readonly ended: boolean; // all that was asked for was met, or the file ended
}

/**
 * Reads records of a kept file with its own parser, from the nearest point known before the first one wanted, and stops as
 * soon as it has them or has read about MOST_SCANNED_BYTES. Points met on the way make the next request short.
 */
export async function scanDataset({ files }: Pick<OperationContext, "files">, dataset: DatasetView, zone: string | null, scan: DatasetScan): Promise<ScanOutcome> {
  const format = formatById(dataset.format);
  if (format === undefined) throw new SightlineError("UNSUPPORTED", `This version does not read the format ${dataset.format}.`, { file: dataset.fileName });
  const key = `${dataset.contentDigest} ${dataset.format} ${dataset.deriverInput}`;
  const head = await files.openAt(dataset.contentDigest, 0, Math.min(2, dataset.bytes));
  const target = scan.wanted === null ? scan.first : (scan.wanted.find((number) => number >= scan.first) ?? Infinity);
  const resumable = canResume(format, head);
  const base = resumable ? nearest(POINTS.get(key) ?? [], target) : START;
  const { options } = dataset;
  const limits: ReadLimits = { ...DEFAULT_LIMITS, zone: options.zone ?? zone ?? "UTC", reference: Date.parse(dataset.importedAt), ...(options.mapping === undefined ? {} : { mapping: options.mapping }) };
  const reader = openReader(format, limits);
  const found = new RecordScan({ ...scan, last: dataset.records + dataset.refused, base, hostOf: openHost(dataset), every: POINT_EVERY });
  let at = base.offset;
  let counted = 0;
  let ended = false;
  while (!found.done && counted < MOST_SCANNED_BYTES) {
    const chunk = await files.openAt(dataset.contentDigest, at, CHUNK);
    if (chunk.length === 0) {
      found.take(reader.end());
      ended = true;
      break;
    }
    found.take(reader.push(chunk));
    at += chunk.length;
    // Where no later request could begin further on, the way to the first record wanted is not counted.
    if ((resumable && found.points.length > 0) || found.reached >= target) counted += chunk.length;
    if (at >= dataset.bytes) {
      found.take(reader.end());
      ended = true;
      break;
    }
  }
  remember(key, found.points);
  return { rows: found.rows, looked: found.looked, reached: found.reached, ended: ended || found.done };
}

/** The point nearest before a record; the beginning of the file where none is. */
function nearest(points: readonly ResumePoint[], target: number): ResumePoint {
  return points.reduce((best, point) => (point.number <= target && point.number > best.number ? point : best), START);
}

function remember(key: string, points: readonly ResumePoint[]): void {
  const all = new Map([...(POINTS.get(key) ?? []), ...points].map((point) => [point.number, point]));
  const kept = [...all.values()].sort((a, b) => a.number - b.number);
  POINTS.delete(key); // the ones used last stay
  POINTS.set(key, kept.length <= MOST_POINTS ? kept : kept.filter((_, index) => index % 2 === 0));
  const oldest = POINTS.keys().next().value;
  if (POINTS.size > REMEMBERED && oldest !== undefined) POINTS.delete(oldest);
}

/** A file's own name may not be enough for an expression over the path it was imported from: then the record's own host stands. */
function openHost({ options, fileName }: DatasetView): (record: ParsedRecord) => string {
  try {
    return hostChooser({ host: options.host, hostFrom: options.hostFrom, filePath: fileName });
  } catch (error) {
    if (error instanceof SightlineError) return ({ host }) => host ?? options.host ?? "";
    throw error;
  }
}
