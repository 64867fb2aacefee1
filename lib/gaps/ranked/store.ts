import { z } from "zod";
import { bulkInsert, type BulkColumn } from "@/lib/db/bulk-insert";
import type { Db, Tx } from "@/lib/db/client";
import type { Json } from "@/lib/shared/canonical-json";
import { gapSchema, type Gap } from "../rank-gaps";

/** Writes and reads AssessmentGap: the largest gaps of an assessment as they were ranked when it ran. Nothing else writes them. */

const COLUMNS: readonly BulkColumn[] = [
  ...["assessmentId", "rank"].map((name) => ({ name, type: "int" })),
  ...["segmentId", "segment", "kind", "family", "component"].map((name) => ({ name, type: "text" })),
  ...["points", "cells"].map((name) => ({ name, type: "int" })),
  { name: "troubles", type: "text[]" },
  { name: "doc", type: "jsonb" },
];

/** Writes the gaps of an assessment in their order; they go with it when it is removed. */
export async function writeRankedGaps(tx: Tx, assessmentId: number, gaps: readonly Gap[]): Promise<void> {
  const rows = gaps.map((gap, rank) => {
    const { segmentId, segment, kind, family, component, points, cells } = gap;
    return { assessmentId, rank, segmentId, segment, kind, family, component: component?.id ?? null, points, cells, troubles: troublesOf(gap), doc: { ...gap } satisfies Json };
  });
  await bulkInsert(tx, "AssessmentGap", COLUMNS, rows);
}

function troublesOf({ code, causes }: Gap): string[] {
  const codes = new Set(causes?.map((cause) => cause.code) ?? [code]);
  return TROUBLES.filter((code) => codes.has(code));
}

const TROUBLES = ["silent", "contradicted"] as const;

export interface RankedGapFilter {
  readonly segmentIds?: readonly string[]; // of these only
  readonly components?: readonly string[]; // of these only, or of none
}

const docsSchema = z.array(z.object({ doc: gapSchema }));

/** The gaps of an assessment in their order. limit: the first ones only. */
export async function readRankedGaps(db: Db | Tx, assessmentId: number, { segmentIds, components }: RankedGapFilter = {}, limit?: number): Promise<Gap[]> {
  const where = { assessmentId, ...(segmentIds ? { segmentId: { in: [...segmentIds] } } : {}), ...(components ? { OR: [{ component: null }, { component: { in: [...components] } }] } : {}) };
  const rows = await db.assessmentGap.findMany({ where, orderBy: { rank: "asc" }, select: { doc: true }, ...(limit === undefined ? {} : { take: limit }) });
  return docsSchema.parse(rows).map(({ doc }) => doc);
}

/**
 * The gaps of some sources that an action could close, those first that unlock most cells by themselves, then those that concern most, in the order of ranks.
 *
 * @param components of these, or of none
 */
export async function readUnlockingGaps(db: Db | Tx, assessmentId: number, { segmentIds, components, families }: Required<RankedGapFilter> & { readonly families: readonly string[] }, limit: number): Promise<Gap[]> {
  const rows = await db.$queryRaw`
    select doc from "AssessmentGap"
    where "assessmentId" = ${assessmentId} and kind <> 'none' and "segmentId" = any(${[...segmentIds]}) and family = any(${[...families]}) and (component is null or component = any(${[...components]}))
    order by (doc->>'alone')::int desc, cells desc, rank limit ${limit}`;
  return docsSchema.parse(rows).map(({ doc }) => doc);
}

/** What the first page shows of them, of one segment or of all (null): the first that something could close, and the heaviest of each kind of action, in the order of ranks. */
export async function readFirstGaps(db: Db | Tx, assessmentId: number, segmentId: string | null, first: number): Promise<Gap[]> {
  const rows = await db.$queryRaw`
    with own as (select rank, kind, points, cells from "AssessmentGap" where "assessmentId" = ${assessmentId} and kind <> 'none' and (${segmentId}::text is null or "segmentId" = ${segmentId})),
    shown as ((select rank from own order by rank limit ${first}) union (select rank from (select distinct on (kind) kind, rank from own order by kind, points desc, cells desc, rank) heaviest))
    select doc from "AssessmentGap" where "assessmentId" = ${assessmentId} and rank in (select rank from shown) order by rank`;
  return docsSchema.parse(rows).map(({ doc }) => doc);
}

/** A source (a family of log sources in a segment) that fell silent, or whose claim its own records contradict. */
export interface TroubledSource {
  readonly segment: string;
  readonly family: string;
  readonly kind: "silent" | "contradicted";
}

export interface TroubledSources {
  readonly silent: number;
  readonly contradicted: number;
  readonly first: readonly TroubledSource[]; // the silent ones before the others, each by what it costs
}

/** The sources of one segment, or of all (null), that are in trouble, each once per kind of it. first: how many are named. */
export async function readTroubledSources(db: Db | Tx, assessmentId: number, segmentId: string | null, first: number): Promise<TroubledSources> {
  const rows = await db.$queryRaw`
    with troubled as (
      select segment, family, kind, min(rank) rank from (select segment, family, rank, unnest(troubles) kind from "AssessmentGap" where "assessmentId" = ${assessmentId} and (${segmentId}::text is null or "segmentId" = ${segmentId})) each
      group by 1, 2, 3),
    counted as (select *, (count(*) over (partition by kind))::int whole, row_number() over (partition by kind order by rank) place from troubled)
    select segment, family, kind, whole from counted where place <= ${first} order by kind = 'silent' desc, rank`;
  const found = z.array(z.object({ segment: z.string(), family: z.string(), kind: z.enum(TROUBLES), whole: z.number() })).parse(rows);
  const count = (kind: TroubledSource["kind"]): number => found.find((source) => source.kind === kind)?.whole ?? 0;
  return { silent: count("silent"), contradicted: count("contradicted"), first: found.slice(0, first).map(({ segment, family, kind }) => ({ segment, family, kind })) };
}
