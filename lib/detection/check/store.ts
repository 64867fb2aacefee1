import { z } from "zod";
import { bulkInsert, type BulkColumn } from "@/lib/db/bulk-insert";
import type { Db, Tx } from "@/lib/db/client";
import { CHECK_STATES } from "./check-types";
import { FOUND_STATES, type FoundByRule } from "./found-by-rule";
import { checkCountsSchema, checkDetailSchema, checkedSegmentSchema, type CheckRun, type StoredCheck } from "./stored-check";

/*
 * Writes and reads RuleCheckRun and RuleCheck. A run that is being written has the digest "running:<job>", and nothing reads it until
 * completeCheckRun gives it its own.
 */
const RUNNING = "running:";
/** Runs whose rows are kept; older ones keep their counts. */
export const RUNS_WITH_ROWS = 5;

/** Begins a run that nothing reads yet. @returns its id */
export async function insertCheckRun(tx: Tx, run: Pick<CheckRun, "actor"> & { readonly at: Date; readonly freshFrom: Date; readonly segments: CheckRun["segments"]; readonly jobId: string }): Promise<string> {
  await tx.ruleCheckRun.deleteMany({ where: { inputDigest: `${RUNNING}${run.jobId}` } }); // what a broken run of this job left
  const { jobId, segments, ...data } = run;
  return (await tx.ruleCheckRun.create({ data: { ...data, segments: [...segments], counts: {}, inputDigest: `${RUNNING}${jobId}` }, select: { id: true } })).id;
}

const COLUMNS: BulkColumn[] = [
  ...["runId", "ruleId", "segmentId", "state", "field"].map((name) => ({ name, type: "text" })),
  { name: "hosts", type: "int" },
  { name: "hostsOf", type: "int" },
  { name: "detail", type: "jsonb" },
];

/** Writes rows of a run; call outside a transaction, each batch is one. */
export async function writeChecks(db: Db, runId: string, checks: readonly StoredCheck[]): Promise<void> {
  await bulkInsert(db, "RuleCheck", COLUMNS, checks.map((check) => ({ ...check, runId })));
}

/** Shows a run, and drops the rows of runs that are long past. */
export async function completeCheckRun(tx: Tx, id: string, { inputDigest, counts }: Pick<CheckRun, "inputDigest" | "counts">): Promise<void> {
  await tx.ruleCheckRun.update({ where: { id }, data: { inputDigest, counts } });
  const kept = await listCheckRuns(tx, RUNS_WITH_ROWS);
  await tx.ruleCheck.deleteMany({ where: { runId: { notIn: kept.map((run) => run.id) }, run: { NOT: { inputDigest: { startsWith: RUNNING } } } } });
}

/** Removes a run that failed. */
export async function discardCheckRun(tx: Tx, id: string): Promise<void> {
  await tx.ruleCheckRun.deleteMany({ where: { id } });
}

/** Removes the runs of one actor: those of the demonstration, when it goes. */
export async function deleteCheckRuns(tx: Tx, actor: string): Promise<void> {
  await tx.ruleCheckRun.deleteMany({ where: { actor } });
}

const runRow = z
  .object({ id: z.string(), at: z.date(), freshFrom: z.date(), actor: z.string(), inputDigest: z.string(), segments: z.array(checkedSegmentSchema), counts: checkCountsSchema })
  .transform(({ at, freshFrom, ...row }): CheckRun => ({ ...row, at: at.toISOString(), freshFrom: freshFrom.toISOString() }));

/** Finished runs, the newest first: by T, then by the order in which they were written. */
export async function listCheckRuns(db: Db | Tx, limit: number): Promise<CheckRun[]> {
  return z.array(runRow).parse(await db.ruleCheckRun.findMany({ where: { NOT: { inputDigest: { startsWith: RUNNING } } }, orderBy: [{ at: "desc" }, { id: "asc" }], take: limit }));
}

export interface CheckFilter {
  readonly segmentIds?: readonly string[];
  readonly ruleIds?: readonly string[];
}

const checkRow = z.object({ ruleId: z.string(), segmentId: z.string(), state: z.enum(CHECK_STATES), field: z.string().nullable(), hosts: z.number(), hostsOf: z.number(), detail: checkDetailSchema });

/** Rows of a run, by rule and segment. */
export async function listChecks(db: Db | Tx, runId: string, { segmentIds, ruleIds }: CheckFilter = {}): Promise<StoredCheck[]> {
  const rows = await db.ruleCheck.findMany({
    where: { runId, ...(segmentIds === undefined ? {} : { segmentId: { in: [...segmentIds] } }), ...(ruleIds === undefined ? {} : { ruleId: { in: [...ruleIds] } }) },
    omit: { runId: true },
    orderBy: [{ ruleId: "asc" }, { segmentId: "asc" }],
  });
  return z.array(checkRow).parse(rows);
}

const foundRow = z.object({ ruleId: z.string(), segments: z.array(z.string()), states: z.array(z.enum(FOUND_STATES)), field: z.string() });

/** What a run found in these segments, by rule: without its details, so that tens of thousands of rules are read at once. Pairs without a row are not told. */
export async function listFoundByRule(db: Db | Tx, run: Pick<CheckRun, "id" | "freshFrom">, segmentIds: readonly string[]): Promise<FoundByRule> {
  const rows = await db.$queryRaw`
    select "ruleId", array_agg("segmentId" order by "segmentId") segments,
           array_agg(case when state = 'can-fire' and coalesce(detail->>'newest', '') < ${run.freshFrom} then 'stale' else state end order by "segmentId") states,
           coalesce((array_agg(field order by "segmentId") filter (where field is not null))[1], '') field
    from "RuleCheck" where "runId" = ${run.id} and "segmentId" = any(${[...segmentIds]}) group by 1`;
  return new Map(z.array(foundRow).parse(rows).map(({ ruleId, ...found }) => [ruleId, found]));
}
