import { z } from "zod";
import type { Db, Tx } from "@/lib/db/client";
import { JOB_STATES, type JobState, type JobView } from "./job-types";

const Result = z.json();
const State = z.enum(JOB_STATES);

type JobRow = Awaited<ReturnType<Db["job"]["findMany"]>>[number];

/** The newest jobs first. */
export async function listJobRows(db: Db | Tx, limit: number, states?: readonly JobState[]): Promise<JobView[]> {
  const rows = await db.job.findMany({ where: states === undefined ? {} : { state: { in: [...states] } }, orderBy: [{ createdAt: "desc" }, { id: "asc" }], take: limit });
  return rows.map(toView);
}

/** The job with this id; null when there is none. */
export async function findJob(db: Db | Tx, id: string): Promise<JobView | null> {
  const row = await db.job.findUnique({ where: { id } });
  return row === null ? null : toView(row);
}

/** Whether a job of this kind and with this in its input was ever queued, however it ended. */
export async function hasJob(db: Db | Tx, kind: string, { name, value }: { readonly name: string; readonly value: string }): Promise<boolean> {
  return (await db.job.count({ where: { kind, input: { path: [name], equals: value } } })) > 0;
}

/** Whether any job waits or runs. */
export async function hasUnfinishedJob(db: Db | Tx): Promise<boolean> {
  return (await db.job.count({ where: { state: { in: ["queued", "running"] } } })) > 0;
}

/** Asks a running job to stop, and takes a queued one out at once. @returns false when it had ended before. */
export async function requestCancel(tx: Tx, id: string, now: Date): Promise<boolean> {
  const queued = await tx.job.updateMany({ where: { id, state: "queued" }, data: { state: "cancelled", cancelRequested: true, finishedAt: now, error: "The work was cancelled before it began." } });
  if (queued.count === 1) return true;
  const running = await tx.job.updateMany({ where: { id, state: "running" }, data: { cancelRequested: true } });
  return running.count === 1;
}

function toView(row: JobRow): JobView {
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    state: State.parse(row.state),
    progress: { done: Number(row.progressDone), total: row.progressTotal === null ? null : Number(row.progressTotal), text: row.progressText },
    result: Result.parse(row.result),
    error: row.error,
    attempts: row.attempts,
    cancelRequested: row.cancelRequested,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    actor: row.actor,
  };
}
