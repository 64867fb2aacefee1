import { getDatasetView } from "@/lib/events/store";
import { rawText } from "@/lib/events/open-reader";
import type { ScannedRow } from "@/lib/events/browse/scan-records";
import { findSegment } from "@/lib/inventory/store";
import { flattenNative, listCanonical, listCarried, type CarriedComponent, type RecordDetailView } from "@/lib/reports/telemetry-record-view";
import { sha256 } from "@/lib/shared/digest";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { scanDataset } from "./events/scan-dataset";
import { readSegmentTelemetry } from "./telemetry/read-segment-evidence";

const MOST_RAW_BYTES = 256 * 1024;
const MOST_RECORD_BYTES = 8 * 1024 * 1024;

/** The record was not reached within the bytes that one request reads: asking again goes on from where this one stopped. */
export interface RecordAhead {
  readonly ahead: true;
  readonly fileName: string;
  readonly datasetId: string;
  readonly number: number;
  readonly reached: number;
}

/**
 * One record of a dataset by its number: canonical and native fields, its bytes as they stand in the file, what it carries
 * and whom that serves.
 *
 * @throws SightlineError NOT_FOUND for an unknown dataset, or a number that the file does not have
 */
export async function getRecord(ctx: OperationContext, query: { readonly datasetId: string; readonly number: number }): Promise<RecordDetailView | RecordAhead> {
  authorize(ctx, "events.read", "none");
  const dataset = await getDatasetView(ctx.db, query.datasetId);
  if (dataset === null) throw new SightlineError("NOT_FOUND", "There is no such dataset.");
  authorize(ctx, "events.read", [dataset.segmentId]);
  const { number } = query;
  const total = dataset.records + dataset.refused;
  if (!Number.isSafeInteger(number) || number < 1 || number > total) throw new SightlineError("NOT_FOUND", `This file holds records 1 to ${total}.`);
  const segment = await findSegment(ctx.db, dataset.segmentId);
  const { rows, reached } = await scanDataset(ctx, dataset, segment?.timeZone ?? null, { wanted: [number], first: number, limit: 1, accepts: () => true });
  const [row] = rows;
  if (row === undefined) return { ahead: true, fileName: dataset.fileName, datasetId: dataset.id, number, reached };
  const met = "record" in row ? row.record : row.refused;
  const bytes = await ctx.files.openAt(dataset.contentDigest, met.offset, Math.min(met.length, MOST_RECORD_BYTES));
  const head = await ctx.files.openAt(dataset.contentDigest, 0, Math.min(2, dataset.bytes));
  const shown = bytes.subarray(0, MOST_RAW_BYTES);
  const about = {
    dataset: { id: dataset.id, segmentId: dataset.segmentId, segment: segment?.name ?? "", fileName: dataset.fileName, format: dataset.format, contentDigest: dataset.contentDigest, total },
    number,
    offset: met.offset,
    length: met.length,
    sha256: bytes.length === met.length ? sha256(bytes) : "",
    raw: rawText(shown, head),
    cut: shown.length < met.length,
  };
  return { ...about, ...describeRow(row, await servingHere(ctx, dataset.segmentId, row)), json: JSON.stringify(asJson(dataset.contentDigest, row), null, 2) };
}

function describeRow(row: ScannedRow, serving: (component: string) => CarriedComponent["analytics"]): Pick<RecordDetailView, "time" | "untimed" | "host" | "kind" | "format" | "canonical" | "redacted" | "native" | "components" | "refused"> {
  if ("refused" in row) {
    const { reason, message } = row.refused;
    return { time: null, untimed: "", host: "", kind: "", format: null, canonical: [], redacted: [], native: [], components: [], refused: { reason, message } };
  }
  const { record, host } = row;
  return {
    time: record.time,
    untimed: record.untimed ?? "",
    host,
    kind: `${record.kind.family}:${record.kind.key}`,
    format: record.format ?? null,
    canonical: listCanonical(record.fields),
    redacted: record.redacted ?? [],
    native: flattenNative(record.native),
    components: listCarried(record, serving),
    refused: null,
  };
}

/** Analytics of the newest assessment, applicable in the segment, of which a requirement accepts this kind. */
async function servingHere(ctx: OperationContext, segmentId: string, row: ScannedRow): Promise<(component: string) => CarriedComponent["analytics"]> {
  const telemetry = "record" in row ? await readSegmentTelemetry(ctx, null, segmentId) : null;
  if (telemetry === null || !("record" in row)) return () => [];
  const { input, index, units, bySegment } = telemetry.evidence;
  const { family, key } = row.record.kind;
  const kind = `${family}:${key}`;
  const own = bySegment[0] ?? [];
  return (component) =>
    own.flatMap(({ analytic }) => {
      const found = (units[analytic]?.get(family) ?? []).filter((unit) => unit.component.id === component).flatMap((unit) => index.accepted[unit.accepts]?.met.get(kind) ?? []);
      const id = input.analytics[analytic]?.id;
      return id === undefined || found.length === 0 ? [] : [{ id, met: found.includes("as-cited") ? ("as-cited" as const) : ("equivalent" as const) }];
    });
}

function asJson(digest: string, row: ScannedRow) {
  if ("refused" in row) return { file: digest, ...row.refused };
  const { record, host } = row;
  return { file: digest, number: record.number, offset: record.offset, length: record.length, time: record.time?.text ?? null, ms: record.time?.ms ?? null, host, kind: `${record.kind.family}:${record.kind.key}`, fields: record.fields, redacted: record.redacted ?? [], native: record.native };
}
