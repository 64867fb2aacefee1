import { z } from "zod";
import { bulkInsert, storableJson, type BulkColumn } from "@/lib/db/bulk-insert";
import type { Db, Tx } from "@/lib/db/client";
import type { Json } from "@/lib/shared/canonical-json";
import { distinctDocs, headsOf } from "./detail-documents";
import { fleetPartsSchema, segmentPartsSchema, type FleetParts, type SegmentParts } from "./input-parts";
import { detailHeadSchema, requirementResultSchema, storedReportSchema, storedRulesSchema, storedSegmentSchema, type DetailHead, type StoredReport, type StoredRules, type StoredSegment } from "./stored-result";
import type { RequirementResult, ScoringResult } from "./scoring-result";
import { flagBits, flagsOf, statusRank, STATUSES, type Flag, type Status } from "./status";
import { causesOfLines, cellListsSchema, cellsOfLists, lineCausesSchema, type CellRow, type LineCause } from "./stored-cells";

/** Writes and reads Assessment, AssessmentSegment, Cell and CellDetail. Nothing else writes them. */

/** What an assessment says of itself, before and after it is stored. */
interface AssessmentFacts {
  readonly actor: string;
  readonly domains: readonly string[];
  readonly releases: Readonly<Record<string, string>>;
  readonly policyVersion: number;
  readonly engine: string;
  readonly inputDigest: string;
  readonly resultDigest: string;
  readonly runLater: boolean;
  readonly demo: boolean;
  readonly report: StoredReport;
}

export interface AssessmentDraft extends AssessmentFacts {
  readonly at: Date;
  readonly ranAt: Date;
  readonly analytics: readonly string[];
  readonly inputParts?: FleetParts; // where its input's parts lie; absent: found by reading the file whenever they are asked for
  readonly cellColumns?: Uint8Array<ArrayBuffer>; // packColumns of the result; absent: made from its file whenever they are asked for
  readonly citedFamilies?: readonly string[];
  readonly jobId: string;
  readonly segments: readonly { readonly id: string; readonly name: string; readonly doc: StoredSegment; readonly notApplicable: StoredRules; readonly inputParts?: SegmentParts | undefined; readonly sources?: Json | undefined }[];
}

/** An assessment as lists show it. Times are ISO texts. */
export interface AssessmentRow extends AssessmentFacts {
  readonly id: number;
  readonly at: string;
  readonly ranAt: string;
}

export interface AssessmentSegmentRow {
  readonly position: number;
  readonly id: string;
  readonly name: string;
  readonly doc: StoredSegment;
}

/** Writes the head and the segments; nobody sees the assessment before completeAssessment. @returns its id */
export async function insertAssessment(tx: Tx, draft: AssessmentDraft): Promise<number> {
  const { segments, domains, analytics, citedFamilies = [], ...head } = draft;
  const row = await tx.assessment.create({ data: { ...head, domains: [...domains], analytics: [...analytics], citedFamilies: [...citedFamilies], complete: false }, select: { id: true } });
  const columns: BulkColumn[] = [
    { name: "assessmentId", type: "int" },
    { name: "position", type: "int" },
    { name: "segmentId", type: "text" },
    { name: "name", type: "text" },
    { name: "doc", type: "jsonb" },
    { name: "notApplicable", type: "jsonb" },
    { name: "inputParts", type: "jsonb" },
    { name: "sources", type: "jsonb" },
  ];
  await bulkInsert(tx, "AssessmentSegment", columns, segments.map(({ id, ...segment }, position) => ({ ...segment, assessmentId: row.id, position, segmentId: id })));
  return row.id;
}

/** Whether a complete assessment of any of these domains speaks of a later time; those run later than their time do not count. */
export async function hasLaterAssessment(tx: Tx, { id, at, domains }: { readonly id: number; readonly at: Date; readonly domains: readonly string[] }): Promise<boolean> {
  return (await tx.assessment.count({ where: { id: { not: id }, complete: true, runLater: false, at: { gt: at }, domains: { hasSome: [...domains] } } })) > 0;
}

/** Makes an assessment visible: the last thing its run does. */
export async function completeAssessment(tx: Tx, id: number): Promise<void> {
  await tx.assessment.update({ where: { id }, data: { complete: true } });
}

/** Removes what broken runs of this job left, cells and segments with it. Complete assessments are never removed. */
export async function removeIncomplete(tx: Tx, jobId: string): Promise<number> {
  return (await tx.assessment.deleteMany({ where: { jobId, complete: false } })).count;
}

/** Deletes the assessments of nothing but the demonstration fleet, when that is taken away. @returns how many */
export async function deleteDemoAssessments(tx: Tx): Promise<number> {
  return (await tx.assessment.deleteMany({ where: { demo: true } })).count;
}

/** Numbers of the assessments, unfinished ones too, that pinned this release. */
export async function listAssessmentsPinning(db: Db | Tx, domain: string, release: string): Promise<number[]> {
  const rows = await db.assessment.findMany({ where: { releases: { path: [domain], equals: release } }, select: { id: true }, orderBy: { id: "asc" } });
  return rows.map(({ id }) => id);
}

/** Removes one assessment unless it is complete: what a run that failed takes back. */
export async function discardAssessment(tx: Tx, id: number): Promise<void> {
  await tx.assessment.deleteMany({ where: { id, complete: false } });
}

const CELL_COLUMNS: readonly BulkColumn[] = [
  { name: "assessmentId", type: "int" },
  { name: "segment", type: "smallint" },
  { name: "analytic", type: "text" },
  { name: "status", type: "smallint" },
  { name: "score", type: "int" },
  { name: "reach", type: "int" },
  { name: "flags", type: "int" },
  { name: "hosts", type: "int" },
  { name: "matchedIn", type: "text" },
  { name: "detailId", type: "int" },
  { name: "lines", type: "int[]" },
];

/**
 * Writes the applicable cells of a result under an incomplete assessment, a batch per statement, so that no transaction
 * stays open for long. analytics: ids by position. progress is told how many cells are written.
 */
export async function writeCells(db: Db | Tx, assessmentId: number, analytics: readonly string[], result: ScoringResult, progress: (done: number) => void): Promise<void> {
  const heads = await internDetails(db, headsOf(result));
  const lines = await internDetails(db, result.requirements);
  const batch = 20_000;
  for (let from = 0; from < result.cells.length; from += batch) {
    const rows = result.cells.slice(from, from + batch).map((cell) => ({
      assessmentId,
      segment: cell.segment,
      analytic: analytics[cell.analytic],
      status: statusRank(cell.status),
      score: cell.score,
      reach: cell.reach,
      flags: flagBits(cell.flags),
      hosts: cell.hosts,
      matchedIn: cell.matchedIn,
      detailId: heads[cell.detail],
      lines: result.details[cell.detail]?.requirements.map((line) => lines[line]) ?? [],
    }));
    await bulkInsert(db, "Cell", CELL_COLUMNS, rows);
    progress(Math.min(from + batch, result.cells.length));
  }
}

/** The rows of these documents, one per content; what an earlier assessment wrote is found by its digest. @returns their ids, in the order given */
async function internDetails(db: Db | Tx, docs: readonly Json[]): Promise<number[]> {
  const distinct = distinctDocs(docs);
  const ids = new Map<string, number>();
  for (const { digests, body } of distinct.batches(storableJson)) {
    const note = (rows: unknown): void => z.array(z.object({ id: z.number(), digest: z.string() })).parse(rows).forEach(({ id, digest }) => void ids.set(digest, id));
    note(await db.$queryRaw`insert into "CellDetail" (digest, doc) select digest, doc from jsonb_to_recordset(${body}::jsonb) as r(digest text, doc jsonb) on conflict do nothing returning id, digest`);
    const known = digests.filter((digest) => !ids.has(digest));
    if (known.length > 0) note(await db.$queryRaw`select id, digest from "CellDetail" where digest = any(${known})`);
  }
  return distinct.digests.map((digest) => {
    const id = ids.get(digest);
    if (id === undefined) throw new Error(`cell detail ${digest} was inserted but is not there`);
    return id;
  });
}

const HEAD = { id: true, at: true, ranAt: true, actor: true, domains: true, releases: true, policyVersion: true, engine: true, inputDigest: true, resultDigest: true, runLater: true, demo: true, report: true } as const;
const headSchema = z.object({
  id: z.number(),
  at: z.date().transform((at) => at.toISOString()),
  ranAt: z.date().transform((at) => at.toISOString()),
  actor: z.string(),
  domains: z.array(z.string()),
  releases: z.record(z.string(), z.string()),
  policyVersion: z.number(),
  engine: z.string(),
  inputDigest: z.string(),
  resultDigest: z.string(),
  runLater: z.boolean(),
  demo: z.boolean(),
  report: storedReportSchema,
});

/** Complete assessments, newest first. */
export async function listAssessmentRows(db: Db | Tx, limit = 500): Promise<AssessmentRow[]> {
  return z.array(headSchema).parse(await db.assessment.findMany({ where: { complete: true }, orderBy: { id: "desc" }, take: limit, select: HEAD }));
}

/** The complete assessment with this id, or the newest when id is null; null when there is none. */
export async function findAssessmentRow(db: Db | Tx, id: number | null): Promise<AssessmentRow | null> {
  const row = await db.assessment.findFirst({ where: { complete: true, ...(id === null ? {} : { id }) }, orderBy: { id: "desc" }, select: HEAD });
  return row === null ? null : headSchema.parse(row);
}

/** The segments of an assessment as they were pinned, in its order. */
export async function readAssessmentSegments(db: Db | Tx, id: number): Promise<AssessmentSegmentRow[]> {
  const rows = await db.assessmentSegment.findMany({ where: { assessmentId: id }, orderBy: { position: "asc" }, select: { position: true, segmentId: true, name: true, doc: true } });
  return rows.map((row) => ({ position: row.position, id: row.segmentId, name: row.name, doc: storedSegmentSchema.parse(row.doc) }));
}

/** Ids of the assessed analytics in order: the positions that rules and results speak of. */
export async function readAnalyticIds(db: Db | Tx, id: number): Promise<string[]> {
  const row = await db.assessment.findUniqueOrThrow({ where: { id }, select: { analytics: true } });
  return z.array(z.string()).parse(row.analytics);
}

/** Why cells do not apply: segment position -> analytic id -> text. */
export async function readNotApplicable(db: Db | Tx, id: number, analytics: readonly string[]): Promise<Map<number, Map<string, string>>> {
  const rows = await db.assessmentSegment.findMany({ where: { assessmentId: id }, select: { position: true, notApplicable: true } });
  return new Map(
    rows.map((row) => {
      const reasons = new Map<string, string>();
      for (const rule of storedRulesSchema.parse(row.notApplicable)) for (const position of rule.analytics) reasons.set(analytics[position] ?? "", rule.text);
      return [row.position, reasons];
    }),
  );
}

/** The packed columns of an assessment's cells (cell-columns.ts); null: a version stored it that wrote none. */
export async function readCellColumns(db: Db | Tx, id: number): Promise<Uint8Array | null> {
  return (await db.assessment.findUniqueOrThrow({ where: { id }, select: { cellColumns: true } })).cellColumns;
}

/** Where the parts of its input lie that one segment's pages need; null: a version stored it that did not write this down so. */
export async function readInputParts(db: Db | Tx, id: number, segmentId: string): Promise<{ readonly fleet: FleetParts; readonly segment: SegmentParts } | null> {
  const [assessment, place] = await Promise.all([
    db.assessment.findUniqueOrThrow({ where: { id }, select: { inputParts: true } }),
    db.assessmentSegment.findFirst({ where: { assessmentId: id, segmentId }, select: { inputParts: true } }),
  ]);
  const fleet = fleetPartsSchema.safeParse(assessment.inputParts).data;
  const segment = segmentPartsSchema.safeParse(place?.inputParts).data;
  return fleet === undefined || segment === undefined ? null : { fleet, segment };
}

/** By segment id the samples that its aggregates come from; null: a version stored it that did not write this down. */
export async function readPinnedDatasets(db: Db | Tx, id: number): Promise<ReadonlyMap<string, readonly string[]> | null> {
  const rows = z.array(z.object({ segmentId: z.string(), datasets: z.array(z.string()).nullable() })).parse(await db.$queryRaw`select "segmentId", "inputParts" -> 'datasets' datasets from "AssessmentSegment" where "assessmentId" = ${id} order by position`);
  const known = rows.flatMap(({ segmentId, datasets }) => (datasets === null ? [] : [[segmentId, datasets] as const]));
  return known.length === rows.length ? new Map(known) : null;
}

/** The rows of its telemetry map, whose shape the caller checks, and the families that its analytics cite; null: a version stored it that kept none. */
export async function readSources(db: Db | Tx, id: number): Promise<{ readonly cited: readonly string[]; readonly segments: readonly unknown[] } | null> {
  const [{ citedFamilies }, rows] = await Promise.all([
    db.assessment.findUniqueOrThrow({ where: { id }, select: { citedFamilies: true } }),
    db.assessmentSegment.findMany({ where: { assessmentId: id }, orderBy: { position: "asc" }, select: { sources: true } }),
  ]);
  return rows.some(({ sources }) => sources === null) ? null : { cited: citedFamilies, segments: rows.map(({ sources }) => sources) };
}

/** Families of references of one segment (by position) whose claims its records contradict. */
export async function readContradictedFamilies(db: Db | Tx, id: number, position: number): Promise<string[]> {
  const rows = await db.$queryRaw`
    select distinct line ->> 'family' family from (select distinct unnest(lines) id from "Cell" where "assessmentId" = ${id} and segment = ${position}) own
    join "CellDetail" d on d.id = own.id, jsonb_array_elements(d.doc -> 'alternatives') line where line -> 'why' ->> 'code' = 'contradicted'`;
  return z.array(z.object({ family: z.string() })).parse(rows).map(({ family }) => family);
}

/** A segment as it was pinned, without its numbers: where a list of many is chosen from. */
export interface AssessmentSegmentHead extends Pick<StoredSegment, "assets" | "criticality" | "platforms"> {
  readonly position: number;
  readonly id: string;
  readonly name: string;
}

const segmentHeadSchema = z.object({ position: z.number(), id: z.string(), name: z.string(), ...storedSegmentSchema.pick({ assets: true, criticality: true, platforms: true }).shape });

/** The segments of an assessment in its order, without their numbers. */
export async function readSegmentHeads(db: Db | Tx, id: number): Promise<AssessmentSegmentHead[]> {
  const rows = await db.$queryRaw`select position, "segmentId" id, name, doc -> 'assets' assets, doc -> 'criticality' criticality, doc -> 'platforms' platforms from "AssessmentSegment" where "assessmentId" = ${id} order by position`;
  return z.array(segmentHeadSchema).parse(rows);
}

/** One segment as it was pinned, per assessment that holds it. */
export async function readSegmentIn(db: Db | Tx, ids: readonly number[], segmentId: string): Promise<Map<number, AssessmentSegmentRow>> {
  const rows = await db.assessmentSegment.findMany({ where: { assessmentId: { in: [...ids] }, segmentId }, select: { assessmentId: true, position: true, name: true, doc: true } });
  return new Map(rows.map(({ assessmentId, position, name, doc }) => [assessmentId, { position, id: segmentId, name, doc: storedSegmentSchema.parse(doc) }]));
}

/** The names and hosts of every segment, per assessment, in its order. Assessments of the same fleet share one list, which is read once. */
export async function readFleets(db: Db | Tx, ids: readonly number[]): Promise<Map<number, readonly { readonly name: string; readonly hosts: number }[]>> {
  const keys = z.array(z.object({ id: z.number(), key: z.string() })).parse(await db.$queryRaw`select "assessmentId" id, md5(string_agg(name || chr(10) || (doc ->> 'assets'), chr(10) order by position)) key from "AssessmentSegment" where "assessmentId" = any(${[...ids]}) group by 1`);
  const first = new Map([...keys].reverse().map(({ id, key }) => [key, id]));
  const rows = await db.$queryRaw`select "assessmentId" id, array_agg(name order by position) names, array_agg((doc ->> 'assets')::float8 order by position) hosts from "AssessmentSegment" where "assessmentId" = any(${[...first.values()]}) group by 1`;
  const fleets = new Map(z.array(z.object({ id: z.number(), names: z.array(z.string()), hosts: z.array(z.number()) })).parse(rows).map(({ id, names, hosts }) => [id, names.map((name, at) => ({ name, hosts: hosts[at] ?? 0 }))]));
  return new Map(keys.map(({ id, key }) => [id, fleets.get(first.get(key) ?? -1) ?? []]));
}

/** Which names segments had in these assessments. */
export async function listSegmentNames(db: Db | Tx, ids: readonly number[]): Promise<{ readonly id: string; readonly name: string }[]> {
  return z.array(z.object({ id: z.string(), name: z.string() })).parse(await db.$queryRaw`select distinct "segmentId" id, name from "AssessmentSegment" where "assessmentId" = any(${[...ids]})`);
}

/** How many assets the fleets of these assessments had. */
export async function sumAssets(db: Db | Tx, ids: readonly number[]): Promise<Map<number, number>> {
  const rows = await db.$queryRaw`select "assessmentId" id, sum((doc ->> 'assets')::bigint)::float8 assets from "AssessmentSegment" where "assessmentId" = any(${[...ids]}) group by 1`;
  return new Map(z.array(z.object({ id: z.number(), assets: z.number() })).parse(rows).map(({ id, assets }) => [id, assets]));
}

/** How one analytic stood in every segment of these assessments, by assessment and position, older ones first; where it did not apply there is none. */
export async function readAnalyticHistory(db: Db | Tx, ids: readonly number[], analytic: string): Promise<{ readonly assessment: number; readonly segmentId: string; readonly segment: string; readonly status: Status; readonly flags: readonly Flag[] }[]> {
  // A row per assessment: thousands of rows would take longer to hand over than to find.
  const rows = await db.$queryRaw`
    select c."assessmentId" assessment, array_agg(s."segmentId" order by s.position) ids, array_agg(s.name order by s.position) names, array_agg(c.status::int order by s.position) statuses, array_agg(c.flags order by s.position) flags
    from "Cell" c join "AssessmentSegment" s on s."assessmentId" = c."assessmentId" and s.position = c.segment
    where c."assessmentId" = any(${[...ids]}) and c.analytic = ${analytic} group by 1 order by 1`;
  const found = z.array(z.object({ assessment: z.number(), ids: z.array(z.string()), names: z.array(z.string()), statuses: z.array(z.number()), flags: z.array(z.number()) })).parse(rows);
  return found.flatMap(({ assessment, ids: segments, names, statuses, flags }) => segments.map((segmentId, at) => ({ assessment, segmentId, segment: names[at] ?? "", status: STATUSES[statuses[at] ?? -1] ?? "blind", flags: flagsOf(flags[at] ?? 0) })));
}

/** Of requirement lines by their ids: whether they are critical, and whether their best alternative is met. Their words are not read. */
export async function readLineStands(db: Db | Tx, ids: readonly number[]): Promise<Map<number, { readonly critical: boolean; readonly met: boolean }>> {
  const rows = await db.$queryRaw`select id, (doc -> 'critical')::boolean critical, (doc -> 'alternatives' -> (doc -> 'best')::int ->> 'met') is not null met from "CellDetail" where id = any(${[...ids]})`;
  return new Map(z.array(z.object({ id: z.number(), critical: z.boolean(), met: z.boolean() })).parse(rows).map(({ id, critical, met }) => [id, { critical, met }]));
}

/**
 * Cells of an assessment, those of the given analytics and segments only, in no order. They come as one list per column: as
 * rows, thousands of them take several times as long to be read.
 */
export async function readCells(db: Db | Tx, id: number, { analytics = null, segments = null }: { readonly analytics?: readonly string[] | null; readonly segments?: readonly number[] | null }): Promise<CellRow[]> {
  const found = await db.$queryRaw`
    select json_build_object('analytic', json_agg(analytic), 'segment', json_agg(segment), 'status', json_agg(status), 'score', json_agg(score), 'reach', json_agg(reach),
      'flags', json_agg(flags), 'hosts', json_agg(hosts), 'matchedIn', json_agg("matchedIn"), 'detailId', json_agg("detailId"), 'lines', json_agg(lines)) lists
    from "Cell" where "assessmentId" = ${id} and (${analytics}::text[] is null or analytic = any(${analytics}::text[])) and (${segments}::int[] is null or segment = any(${segments}::int[]))
    having count(*) > 0`;
  const [row] = z.array(z.object({ lists: cellListsSchema })).parse(found);
  return row === undefined ? [] : cellsOfLists(row.lists);
}

/** Cells by analytic and segment position, in no order: a few of many. */
export async function readCellsAt(db: Db | Tx, id: number, places: readonly { readonly analytic: string; readonly segment: number }[]): Promise<{ readonly analytic: string; readonly segment: number; readonly lines: readonly number[] }[]> {
  const rows = await db.$queryRaw`
    select c.analytic, c.segment::int segment, c.lines from unnest(${places.map(({ analytic }) => analytic)}::text[], ${places.map(({ segment }) => segment)}::int[]) p(analytic, segment)
    join "Cell" c on c."assessmentId" = ${id} and c.analytic = p.analytic and c.segment = p.segment`;
  return z.array(z.object({ analytic: z.string(), segment: z.number(), lines: z.array(z.number()) })).parse(rows);
}

export interface CellDocuments {
  readonly heads: ReadonlyMap<number, DetailHead>;
  readonly lines: ReadonlyMap<number, RequirementResult>;
}

/** The documents that these cells point to, each read once; detailId null: its head is not asked for. */
export async function readCellDocuments(db: Db | Tx, cells: readonly { readonly detailId: number | null; readonly lines: readonly number[] }[], known: { heads: Map<number, DetailHead>; lines: Map<number, RequirementResult> } = { heads: new Map(), lines: new Map() }): Promise<CellDocuments> {
  const heads = new Set(cells.flatMap(({ detailId }) => (detailId === null || known.heads.has(detailId) ? [] : [detailId])));
  const lines = new Set(cells.flatMap((cell) => cell.lines).filter((id) => !known.lines.has(id)));
  for (const [id, doc] of await readDocs(db, [...heads])) known.heads.set(id, detailHeadSchema.parse(doc));
  for (const [id, doc] of await readDocs(db, [...lines])) known.lines.set(id, requirementResultSchema.parse(doc));
  return known;
}

/** Of requirement lines by their ids: what each asks for and what its best alternative says, without its words. */
export async function readLineCauses(db: Db | Tx, ids: readonly number[]): Promise<Map<number, LineCause>> {
  const rows = await db.$queryRaw`
    select doc -> 'component' ->> 'id' component, doc -> 'component' ->> 'name' name, (doc -> 'critical')::boolean critical, best ->> 'family' family, (best -> 'proven')::boolean proven, best -> 'why' ->> 'code' code, json_agg(id) ids
    from "CellDetail", lateral (select doc -> 'alternatives' -> (doc -> 'best')::int best) chosen where id = any(${[...ids]}) group by 1, 2, 3, 4, 5, 6`;
  return causesOfLines(lineCausesSchema.parse(rows));
}

async function readDocs(db: Db | Tx, ids: readonly number[]): Promise<[number, unknown][]> {
  const found: [number, unknown][] = [];
  for (let from = 0; from < ids.length; from += 10_000) {
    const rows = z.array(z.object({ id: z.number(), doc: z.unknown() })).parse(await db.$queryRaw`select id, doc from "CellDetail" where id = any(${ids.slice(from, from + 10_000)})`);
    for (const row of rows) found.push([row.id, row.doc]);
  }
  return found;
}
