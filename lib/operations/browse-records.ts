import { hoursOf, isOpen, refusedNumbers, selectInPart, type IndexFilter } from "@/lib/events/browse/select-records";
import { holdsText, type ScannedRow } from "@/lib/events/browse/scan-records";
import type { DatasetView } from "@/lib/events/dataset-types";
import { streamIndexParts } from "@/lib/events/browse/store";
import { getDatasetView, summariseKinds } from "@/lib/events/store";
import { findSegment } from "@/lib/inventory/store";
import { chooseColumns, type RecordFilter, type RecordPageView, type RecordRow } from "@/lib/reports/telemetry-record-page";
import { SightlineError } from "@/lib/shared/errors";
import { CANONICAL_FIELDS } from "@/lib/telemetry/canonical-fields";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { scanDataset } from "./events/scan-dataset";

export const PAGE_ROWS = 500;
const VALUE_CHARACTERS = 240;

/**
 * A page of the records of one dataset, refused ones included. Kind, host and time are decided by the record index, so their
 * count is exact; text is searched in the records themselves, a bounded part per request.
 *
 * @throws SightlineError NOT_FOUND for an unknown dataset
 */
export async function browseRecords(ctx: OperationContext, query: { readonly datasetId: string; readonly filter: RecordFilter }): Promise<RecordPageView> {
  authorize(ctx, "events.read", "none");
  const dataset = await getDatasetView(ctx.db, query.datasetId);
  if (dataset === null) throw new SightlineError("NOT_FOUND", "There is no such dataset.");
  authorize(ctx, "events.read", [dataset.segmentId]);
  const filter = { ...query.filter, columns: query.filter.columns.filter((id) => CANONICAL_FIELDS.has(id)), field: query.filter.field !== null && CANONICAL_FIELDS.has(query.filter.field) ? query.filter.field : null };
  const segment = await findSegment(ctx.db, dataset.segmentId);
  const total = dataset.records + dataset.refused;
  const numbers = await selectNumbers(ctx, dataset, filter);
  const matching = numbers?.length ?? total;
  const searching = filter.text !== "";
  const pages = searching ? 1 : Math.max(1, Math.ceil(matching / PAGE_ROWS));
  const page = Math.min(filter.page, pages);
  const start = (page - 1) * PAGE_ROWS;
  const wanted = searching ? numbers : (numbers?.slice(start, start + PAGE_ROWS) ?? null);
  const outcome = await scanDataset(ctx, dataset, segment?.timeZone ?? null, {
    wanted,
    first: searching ? filter.after + 1 : wanted === null ? start + 1 : 1,
    limit: PAGE_ROWS,
    accepts: searching ? (row) => holdsText(row, filter.text, filter.field) : () => true,
  });
  const filled = countFilled(outcome.rows);
  const columns = chooseColumns(filter.columns, filled);
  const through = searching ? outcome.rows.length < PAGE_ROWS && outcome.ended : true;
  return {
    dataset: { id: dataset.id, segmentId: dataset.segmentId, segment: segment?.name ?? "", fileName: dataset.fileName, format: dataset.format, records: dataset.records, refused: dataset.refused, first: dataset.first === null ? null : Date.parse(dataset.first), last: dataset.last === null ? null : Date.parse(dataset.last) },
    filter: { ...filter, page },
    columns,
    fields: [...CANONICAL_FIELDS.values()].map(({ id, meaning }) => ({ id, meaning, here: filled.has(id) })),
    kinds: (await summariseKinds(ctx.db, dataset.id)).map(({ kind, count }) => ({ kind, count })),
    rows: outcome.rows.map((row) => toRow(row, columns)),
    matching,
    pages,
    looked: outcome.looked,
    reached: outcome.reached,
    goOn: through ? null : outcome.reached,
    short: !searching && !outcome.ended,
  };
}

/** Numbers of the records that the index lets through, rising; null: all of them. */
async function selectNumbers(ctx: OperationContext, dataset: DatasetView, filter: RecordFilter): Promise<number[] | null> {
  const asked: IndexFilter = { kind: filter.kind, host: filter.host, from: filter.from, to: filter.to };
  if (filter.refused) {
    const indexed: number[] = [];
    for await (const part of streamIndexParts(ctx.db, dataset.id, null)) for (const number of selectInPart(part, { kind: null, host: null, from: null, to: null })) indexed.push(number);
    return refusedNumbers(indexed, dataset.records + dataset.refused);
  }
  if (isOpen(asked)) return null;
  const found: number[] = [];
  for await (const part of streamIndexParts(ctx.db, dataset.id, hoursOf(asked))) for (const number of selectInPart(part, asked)) found.push(number);
  return found.sort((a, b) => a - b);
}

function countFilled(rows: readonly ScannedRow[]): Map<string, number> {
  const filled = new Map<string, number>();
  for (const row of rows) if ("record" in row) for (const field of Object.keys(row.record.fields)) filled.set(field, (filled.get(field) ?? 0) + 1);
  return filled;
}

function toRow(row: ScannedRow, columns: readonly string[]): RecordRow {
  if ("refused" in row) {
    const { number, offset, length, reason, message, example } = row.refused;
    return { number, offset, length, time: null, untimed: "", host: "", kind: "", values: [], refused: { reason, message, example } };
  }
  const { record, host } = row;
  return {
    number: record.number,
    offset: record.offset,
    length: record.length,
    time: record.time?.ms ?? null,
    untimed: record.untimed ?? "",
    host,
    kind: `${record.kind.family}:${record.kind.key}`,
    values: columns.map((field) => String(record.fields[field] ?? "").slice(0, VALUE_CHARACTERS)),
    refused: null,
  };
}
