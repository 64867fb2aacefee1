import { z } from "zod";
import { bulkInsert } from "@/lib/db/bulk-insert";
import { sql, type Db, type Tx } from "@/lib/db/client";
import { digestOf } from "@/lib/shared/digest";
import { kindId, splitKind } from "@/lib/telemetry/record-kinds";
import { classOfShape } from "@/lib/telemetry/fill-shape";
import { cutWindow, mergeWindowed, type Window, type WindowedRow } from "./cut-window";
import type { DatasetFilter, DatasetPage, DatasetView, EventOptions, Origin, Warning } from "./dataset-types";
import { DERIVER_ID, DERIVER_VERSION } from "./derive-dataset";
import type { IndexPart } from "./index-codec";
import type { Refusals } from "./read-events";
import { dividedRowsSchema, groupDivided, groupWhole, nameSeries, wholeRowsSchema } from "./stored-aggregates";
import { instantOf, viewDataset } from "./stored-dataset";
import { UNTIMED_HOUR, type AggregateRow } from "./types";
import type { Example } from "./visitors/examples";

/*
 * Writes and reads Dataset, DatasetRefusal, RecordKind, FillShape, EventAggregate, RecordIndexPart and EventExample.
 * A dataset is staged first: its contentDigest is "deriving:<key>" and its state "deriving", so that nothing reads it and
 * the identity (segment, content) stays free; publishDataset makes it the one of that identity in one short transaction.
 */

export interface StagedDataset {
  readonly segmentId: string;
  readonly stagingKey: string; // of the job: a second run of the same job removes what the first left
  readonly fileName: string;
  readonly format: string;
  readonly formatForced: boolean;
  readonly options: EventOptions;
  readonly deriverInput: string;
  readonly bytes: number;
  readonly at: Date;
  readonly by: string;
}

/** The ready dataset of a segment with this content, and the digest of the options it was read with; null when there is none. */
export async function findDataset(db: Db | Tx, segmentId: string, contentDigest: string): Promise<(DatasetView & { optionsDigest: string }) | null> {
  const row = await db.dataset.findUnique({ where: { segmentId_contentDigest: { segmentId, contentDigest } } });
  return row === null ? null : { ...viewDataset(row), optionsDigest: row.optionsDigest };
}

/** Begins a dataset that nothing reads yet. @returns its id, for the rows that are written under it */
export async function stageDataset(db: Db | Tx, staged: StagedDataset): Promise<string> {
  const { options } = staged;
  const row = await db.dataset.create({
    data: {
      segmentId: staged.segmentId,
      contentDigest: `deriving:${staged.stagingKey}`,
      fileName: staged.fileName,
      format: staged.format,
      formatForced: staged.formatForced,
      origin: options.origin,
      label: options.label,
      extraction: options.extraction,
      options,
      optionsDigest: digestOf(options),
      bytes: BigInt(staged.bytes),
      records: 0,
      refused: 0,
      untimed: 0,
      warnings: [],
      state: "deriving",
      deriverId: DERIVER_ID,
      deriverVersion: DERIVER_VERSION,
      deriverInput: staged.deriverInput,
      importedAt: staged.at,
      importedBy: staged.by,
    },
  });
  return row.id;
}

/** Removes staged datasets: those of one job (by the beginning of their key), and any older than `before`, whose process is gone. */
export async function removeStaged(db: Db | Tx, keyPrefix: string, before: Date): Promise<number> {
  const { count } = await db.dataset.deleteMany({ where: { state: "deriving", OR: [{ contentDigest: { startsWith: `deriving:${keyPrefix}` } }, { importedAt: { lt: before } }] } });
  return count;
}

/** Deletes a dataset whole, its row too: for one that never came to be, and for a demonstration that is taken away. */
export async function deleteDatasets(db: Db | Tx, where: { readonly id: string } | { readonly segmentIds: readonly string[] }): Promise<number> {
  return (await db.dataset.deleteMany({ where: "id" in where ? where : { segmentId: { in: [...where.segmentIds] } } })).count;
}

/**
 * Takes a dataset out of everything: what was derived from it goes, its row stays with who and when, so that assessments
 * which counted it can name it. The same content can be imported again.
 */
export async function removeDataset(tx: Tx, dataset: Pick<DatasetView, "id" | "contentDigest">, by: { readonly at: Date; readonly actor: string }): Promise<void> {
  const { id, contentDigest } = dataset;
  const where = { where: { datasetId: id } };
  await tx.eventAggregate.deleteMany(where);
  await tx.recordIndexPart.deleteMany(where);
  await tx.eventExample.deleteMany(where);
  await tx.datasetRefusal.deleteMany(where);
  await tx.dataset.update({ where: { id }, data: { state: "removed", contentDigest: `removed:${id}:${contentDigest}`, removedAt: by.at, removedBy: by.actor } });
}

/** Marks what was read with a segment's own time zone as out of date, because that has changed. @returns how many datasets */
export async function markZoneChanged(tx: Tx, segmentId: string): Promise<number> {
  return tx.$executeRaw`
    update "Dataset" set "deriverInput" = 'the time zone of the segment changed'
    where "segmentId" = ${segmentId} and state = 'ready' and options->>'zone' is null and warnings @> '[{"code": "zone-unknown"}]'::jsonb`;
}

/** Writes one part of the record index, numbered in the order of the file. */
export async function writeIndexPart(db: Db | Tx, datasetId: string, part: number, { firstHour, lastHour, bytes }: IndexPart): Promise<void> {
  await db.recordIndexPart.create({ data: { datasetId, part, firstHour, lastHour, bytes: Uint8Array.from(bytes) } });
}

/** Writes the aggregate rows; call outside a transaction, each batch is one. */
export async function writeAggregates(db: Db | Tx, datasetId: string, rows: readonly AggregateRow[]): Promise<void> {
  const ids = await internNames(db, rows);
  const columns = [
    { name: "datasetId", type: "text" }, { name: "kindId", type: "int" }, { name: "host", type: "text" }, { name: "shapeId", type: "int" },
    { name: "hour", type: "int" }, { name: "count", type: "int" }, { name: "firstMs", type: "bigint" }, { name: "lastMs", type: "bigint" },
  ];
  await bulkInsert(db, "EventAggregate", columns, mapRows(rows, (row) => ({ datasetId, kindId: ids.kind(row.kind), host: row.host, shapeId: ids.shape(row.shape), hour: row.hour, count: row.count, firstMs: row.first, lastMs: row.last })));
}

/** Writes the example records with their raw text; call outside a transaction, each batch is one. */
export async function writeExamples(db: Db | Tx, datasetId: string, examples: readonly (Example & { readonly raw: string })[]): Promise<void> {
  const ids = await internNames(db, examples);
  const columns = [
    { name: "datasetId", type: "text" }, { name: "recordNumber", type: "int" }, { name: "kindId", type: "int" }, { name: "shapeId", type: "int" }, { name: "host", type: "text" },
    { name: "timeMs", type: "bigint" }, { name: "offset", type: "bigint" }, { name: "length", type: "int" }, { name: "raw", type: "text" }, { name: "fields", type: "jsonb" },
  ];
  await bulkInsert(db, "EventExample", columns, mapRows(examples, (one) => ({ datasetId, recordNumber: one.number, kindId: ids.kind(one.kind), shapeId: ids.shape(one.shape), host: one.host, timeMs: one.ms, offset: one.offset, length: one.length, raw: one.raw, fields: one.fields })));
}

/** Writes why records were refused, one row per reason. */
export async function writeRefusals(db: Db | Tx, datasetId: string, refusals: Refusals): Promise<void> {
  await db.datasetRefusal.createMany({ data: refusals.reasons.map((refusal) => ({ datasetId, ...refusal })) });
}

export interface Published {
  readonly id: string;
  readonly segmentId: string;
  readonly contentDigest: string;
  readonly records: number;
  readonly refused: number;
  readonly untimed: number;
  readonly firstMs: number | null;
  readonly lastMs: number | null;
  readonly warnings: readonly Warning[];
}

/** Makes a staged dataset the one of its identity, in place of `replaces`. The caller's transaction does this and its audit entry only. */
export async function publishDataset(tx: Tx, published: Published, replaces: string | null): Promise<void> {
  if (replaces !== null) await tx.dataset.deleteMany({ where: { id: replaces } });
  const { id, segmentId: _, firstMs, lastMs, warnings, ...data } = published;
  await tx.dataset.update({ where: { id }, data: { ...data, warnings: [...warnings], firstMs: firstMs === null ? null : BigInt(firstMs), lastMs: lastMs === null ? null : BigInt(lastMs), state: "ready" } });
}

/** Ready datasets of the segments, newest import first. */
export async function listDatasetViews(db: Db | Tx, segmentIds: "all" | readonly string[]): Promise<DatasetView[]> {
  const rows = await db.dataset.findMany({ where: { state: "ready", ...(segmentIds === "all" ? {} : { segmentId: { in: [...segmentIds] } }) }, orderBy: [{ importedAt: "desc" }, { id: "asc" }] });
  return rows.map(viewDataset);
}

const PAGE = 100;
const Totals = z.tuple([z.object({ files: z.bigint(), records: z.bigint(), refused: z.bigint() })]);

/** A page of the ready datasets of the segments that fit a filter, newest import first; a page behind the last is the last. */
export async function pageDatasetViews(db: Db | Tx, segmentIds: "all" | readonly string[], filter: DatasetFilter): Promise<DatasetPage> {
  const { text, segment, origin, refused } = filter;
  const where = {
    state: "ready",
    AND: [segmentIds === "all" ? {} : { segmentId: { in: [...segmentIds] } }, segment === null ? {} : { segmentId: segment }],
    ...(text === "" ? {} : { fileName: { contains: text.replace(/[\\%_]/g, "\\$&"), mode: "insensitive" as const } }),
    ...(origin === null ? {} : { origin }),
    ...(refused ? { refused: { gt: 0 } } : {}),
  };
  const seen = segmentIds === "all" ? sql`true` : sql`"segmentId" = any(${[...segmentIds]}::text[])`;
  const [matching, [all]] = await Promise.all([
    db.dataset.count({ where }),
    db.$queryRaw`select count(*) as files, coalesce(sum(records), 0)::bigint as records, coalesce(sum(refused), 0)::bigint as refused from "Dataset" where state = 'ready' and ${seen}`.then((rows) => Totals.parse(rows)),
  ]);
  const pages = Math.max(1, Math.ceil(matching / PAGE));
  const page = Math.min(filter.page, pages);
  const rows = await db.dataset.findMany({ where, orderBy: [{ importedAt: "desc" }, { id: "asc" }], skip: (page - 1) * PAGE, take: PAGE });
  return { rows: rows.map(viewDataset), filter: { ...filter, page }, pages, matching, all: { files: Number(all.files), records: Number(all.records), refused: Number(all.refused) } };
}

/** Datasets by id, removed ones too: what an assessment counted. Those that were replaced or deleted since are not among them. */
export async function listDatasetsById(db: Db | Tx, ids: readonly string[]): Promise<DatasetView[]> {
  const rows = await db.dataset.findMany({ where: { id: { in: [...ids] }, state: { in: ["ready", "removed"] } } });
  return rows.map(viewDataset);
}

/** How many datasets there are: those that are ready, or all that are not the demonstration's and were not removed. */
export async function countDatasets(db: Db | Tx, which: "ready" | "own"): Promise<number> {
  return db.dataset.count({ where: which === "ready" ? { state: "ready" } : { segment: { demo: false }, NOT: { state: "removed" } } });
}

/** The ready dataset with this id; null when there is none, or it was removed. */
export async function getDatasetView(db: Db | Tx, id: string): Promise<DatasetView | null> {
  const row = await db.dataset.findFirst({ where: { id, state: "ready" } });
  return row === null ? null : viewDataset(row);
}

/** Ready datasets whose derived rows rest on another deriver or other tables than today's. */
export async function listStaleDatasetViews(db: Db | Tx, deriverInput: string): Promise<DatasetView[]> {
  const rows = await db.dataset.findMany({ where: { state: "ready", NOT: { deriverId: DERIVER_ID, deriverVersion: DERIVER_VERSION, deriverInput } }, orderBy: { importedAt: "asc" } });
  return rows.map(viewDataset);
}

/** Why records of a dataset were refused, the most frequent reason first. */
export async function listRefusals(db: Db | Tx, datasetId: string): Promise<Refusals["reasons"]> {
  return db.datasetRefusal.findMany({ where: { datasetId }, select: { reason: true, count: true, firstRecord: true, message: true, example: true }, orderBy: { count: "desc" } });
}

export interface KindTotals {
  readonly kind: string;
  readonly count: number;
  readonly hosts: number;
  readonly first: string | null;
  readonly last: string | null;
}

/** Record kinds of a dataset with their counts, hosts and times (ISO 8601), by name. */
export async function summariseKinds(db: Db | Tx, datasetId: string): Promise<KindTotals[]> {
  const rows = z
    .array(z.object({ family: z.string(), key: z.string(), count: z.bigint(), hosts: z.bigint(), first: z.bigint().nullable(), last: z.bigint().nullable() }))
    .parse(await db.$queryRaw`
      select k.family, k.key, sum(a.count)::bigint as count, count(distinct nullif(a.host, '')) as hosts, min(a."firstMs") as first, max(a."lastMs") as last
      from "EventAggregate" a join "RecordKind" k on k.id = a."kindId" where a."datasetId" = ${datasetId}
      group by k.family, k.key order by k.family collate "C", k.key collate "C"`);
  return rows.map((row) => ({ kind: kindId(row.family, row.key), count: Number(row.count), hosts: Number(row.hosts), first: instantOf(row.first), last: instantOf(row.last) }));
}

export interface StoredExample {
  readonly dataset: string;
  readonly number: number;
  readonly kind: string;
  readonly host: string;
  readonly time: string | null;
  readonly offset: number;
  readonly length: number;
  readonly raw: string;
  readonly fields: unknown;
  readonly objectClass: string | null; // class of object that it states it is about
}

/** Examples of the given kinds in the given datasets, spread over datasets, hosts and shapes by taking the first of each group. */
export async function listExamples(db: Db | Tx, filter: { readonly datasetIds: readonly string[]; readonly kinds?: readonly string[]; readonly limit: number }): Promise<StoredExample[]> {
  if (filter.datasetIds.length === 0) return [];
  const kindIds = filter.kinds === undefined ? undefined : await findKindIds(db, filter.kinds);
  const rows = await db.eventExample.findMany({
    where: { datasetId: { in: [...filter.datasetIds] }, ...(kindIds === undefined ? {} : { kindId: { in: kindIds } }), dataset: { state: "ready" } },
    orderBy: [{ datasetId: "asc" }, { recordNumber: "asc" }],
    take: filter.limit,
  });
  const names = await kindNames(db, [...new Set(rows.map((row) => row.kindId))]);
  const shapes = await shapeNames(db, [...new Set(rows.map((row) => row.shapeId))]);
  return rows.map((row) => ({ objectClass: classOfShape(shapes.get(row.shapeId) ?? []), dataset: row.datasetId, number: row.recordNumber, kind: names.get(row.kindId) ?? "", host: row.host, time: instantOf(row.timeMs), offset: Number(row.offset), length: row.length, raw: row.raw, fields: row.fields }));
}

export interface WindowedAggregate extends WindowedRow {
  readonly segment: string;
  readonly dataset: string;
}

/**
 * Aggregates of the ready datasets of the segments, cut at a window: the rows of ScoringInput with shapes spelled out.
 * Rows that lie whole on one side are added up by the database; only hours that an edge divides are read from the index.
 *
 * @param origins which samples count: by default those that may prove something (design, section 7)
 */
export async function readWindowedAggregates(
  db: Db | Tx,
  { segments, from, to, origins = ["production", "exercise"] }: { readonly segments: readonly string[]; readonly origins?: readonly Origin[] } & Window,
): Promise<WindowedAggregate[]> {
  const datasets = await db.dataset.findMany({ where: { state: "ready", segmentId: { in: [...segments] }, origin: { in: [...origins] } }, select: { id: true, segmentId: true }, orderBy: [{ segmentId: "asc" }, { id: "asc" }] });
  const found: WindowedAggregate[] = [];
  // Rows come with big integers and are copied several times on the way: of all datasets at once that takes more than the whole assessment.
  for (const part of chunksOf(datasets, DATASETS_AT_ONCE)) for (const row of await readWindowedPart(db, part, { from, to })) found.push(row);
  return found;
}

const DATASETS_AT_ONCE = 40;

async function readWindowedPart(db: Db | Tx, datasets: readonly { readonly id: string; readonly segmentId: string }[], { from, to }: Window): Promise<WindowedAggregate[]> {
  const ids = datasets.map(({ id }) => id);
  const divides = sql`(a."firstMs" < ${from}::bigint and a."lastMs" >= ${from}::bigint) or (a."firstMs" <= ${to}::bigint and a."lastMs" > ${to}::bigint)`;
  const stale = sql`a."lastMs" < ${from}::bigint`;
  const fresh = sql`a."firstMs" >= ${from}::bigint and a."lastMs" <= ${to}::bigint`;
  const whole = wholeRowsSchema.parse(await db.$queryRaw`
    select a."datasetId" as dataset, a."kindId" as "kindId", a.host, a."shapeId" as "shapeId",
      coalesce(sum(a.count) filter (where ${fresh}), 0)::bigint as fresh, min(a."firstMs") filter (where ${fresh}) as "freshFirst", max(a."lastMs") filter (where ${fresh}) as "freshLast",
      coalesce(sum(a.count) filter (where ${stale}), 0)::bigint as stale, max(a."lastMs") filter (where ${stale}) as "staleLast",
      coalesce(sum(a.count) filter (where a."firstMs" > ${to}::bigint), 0)::bigint as future, coalesce(sum(a.count) filter (where a.hour = ${UNTIMED_HOUR}), 0)::bigint as untimed
    from "EventAggregate" a where a."datasetId" = any(${ids}::text[]) and (a.hour = ${UNTIMED_HOUR} or not (${divides}))
    group by 1, 2, 3, 4`);
  const divided = dividedRowsSchema.parse(await db.$queryRaw`
    select a."datasetId" as dataset, a."kindId" as "kindId", a.host, a."shapeId" as "shapeId", a.hour, a.count, a."firstMs" as first, a."lastMs" as last
    from "EventAggregate" a where a."datasetId" = any(${ids}::text[]) and a.hour <> ${UNTIMED_HOUR} and (${divides})`);
  const names = nameSeries(
    await kindNames(db, [...new Set([...whole, ...divided].map((row) => row.kindId))]),
    await shapeNames(db, [...new Set([...whole, ...divided].map((row) => row.shapeId))]),
  );
  const wholeRows = groupWhole(whole, names);
  const dividedRows = groupDivided(divided, names);
  const found: WindowedAggregate[] = [];
  for (const { id, segmentId } of datasets) {
    const rows = dividedRows.get(id);
    const cut = rows === undefined ? [] : cutWindow(rows, await readIndexParts(db, id, rows.map((row) => row.hour)), { from, to });
    for (const row of mergeWindowed([...(wholeRows.get(id) ?? []), ...cut])) found.push({ segment: segmentId, dataset: id, ...row });
  }
  return found;
}

/** The parts of the record index that may hold one of the hours. */
async function readIndexParts(db: Db | Tx, datasetId: string, hours: readonly number[]): Promise<IndexPart[]> {
  const distinct = [...new Set(hours)];
  return db.recordIndexPart.findMany({
    where: { datasetId, OR: distinct.map((hour) => ({ firstHour: { lte: hour }, lastHour: { gte: hour } })) },
    select: { firstHour: true, lastHour: true, bytes: true },
    orderBy: { part: "asc" },
  });
}

/** Ids of all kinds and shapes in the rows; those that are new are added, and stay when the caller's work is rolled back. */
async function internNames(db: Db | Tx, rows: readonly { readonly kind: string; readonly shape: readonly string[] }[]) {
  const kinds = [...new Set(rows.map((row) => row.kind))];
  const shapes = new Map(rows.map((row) => [row.shape.join(","), row.shape]));
  const kindIds = new Map<string, number>();
  const shapeIds = new Map<string, number>();
  await bulkInsert(db, "RecordKind", [{ name: "family", type: "text" }, { name: "key", type: "text" }], kinds.map(splitKind), { onConflict: "nothing" });
  await bulkInsert(db, "FillShape", [{ name: "digest", type: "text" }, { name: "fields", type: "text[]" }], [...shapes.values()].map((fields) => ({ digest: digestOf(fields), fields })), { onConflict: "nothing" });
  for (const part of chunksOf(kinds, 5_000)) {
    for (const row of await db.recordKind.findMany({ where: { OR: part.map(splitKind) } })) kindIds.set(kindId(row.family, row.key), row.id);
  }
  for (const part of chunksOf([...shapes.values()], 5_000)) {
    for (const row of await db.fillShape.findMany({ where: { digest: { in: part.map((fields) => digestOf(fields)) } } })) shapeIds.set(row.fields.join(","), row.id);
  }
  const idOf = (ids: ReadonlyMap<string, number>, name: string): number => {
    const id = ids.get(name);
    if (id === undefined) throw new Error(`"${name}" was inserted but is not there`);
    return id;
  };
  return { kind: (kind: string) => idOf(kindIds, kind), shape: (shape: readonly string[]) => idOf(shapeIds, shape.join(",")) };
}

async function findKindIds(db: Db | Tx, kinds: readonly string[]): Promise<number[]> {
  if (kinds.length === 0) return [];
  return (await db.recordKind.findMany({ where: { OR: kinds.map(splitKind) }, select: { id: true } })).map((row) => row.id);
}

async function kindNames(db: Db | Tx, ids: readonly number[]): Promise<Map<number, string>> {
  const names = new Map<number, string>();
  for (const part of chunksOf(ids, 10_000)) for (const row of await db.recordKind.findMany({ where: { id: { in: [...part] } } })) names.set(row.id, kindId(row.family, row.key));
  return names;
}

async function shapeNames(db: Db | Tx, ids: readonly number[]): Promise<Map<number, string[]>> {
  const names = new Map<number, string[]>();
  for (const part of chunksOf(ids, 10_000)) for (const row of await db.fillShape.findMany({ where: { id: { in: [...part] } } })) names.set(row.id, row.fields);
  return names;
}

function* mapRows<T, R>(rows: readonly T[], map: (row: T) => R): Generator<R> {
  for (const row of rows) yield map(row);
}

function* chunksOf<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}

/** Hosts that records of a segment's ready datasets name, with the newest time of each; "" (no host known) left out. */
export async function listHostsSeen(db: Db | Tx, segmentId: string, origins: readonly Origin[] = ["production", "exercise"]): Promise<{ host: string; lastSeen: string | null }[]> {
  const rows = z
    .array(z.object({ host: z.string(), last: z.bigint().nullable() }))
    .parse(await db.$queryRaw`
      select a.host, max(a."lastMs") as last from "EventAggregate" a join "Dataset" d on d.id = a."datasetId"
      where d."segmentId" = ${segmentId} and d.state = 'ready' and d.origin = any(${[...origins]}::text[]) and a.host <> ''
      group by a.host order by a.host collate "C"`);
  return rows.map(({ host, last }) => ({ host, lastSeen: instantOf(last) }));
}
