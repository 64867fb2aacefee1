import { hostname } from "node:os";
import { z } from "zod";
import type { Db, Tx } from "@/lib/db/client";
import { isAlive, ownIdentity } from "@/lib/db/embedded/process-identity";
import type { Json } from "@/lib/shared/canonical-json";

/** How long a job stays ours without a heartbeat. Leases use the database's clock: machines may disagree about the time. */
export const LEASE_SECONDS = 30;

export interface ClaimedJob {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly input: Json;
  readonly attempts: number;
  readonly actor: string;
}

const Claimed = z.array(z.object({ id: z.string(), kind: z.string(), title: z.string(), input: z.json(), attempts: z.number(), actor: z.string() }));

/** The name of a process in leases: on its own machine anybody can tell whether it still runs. */
export function leaseOwner(): string {
  const { pid, started } = ownIdentity();
  return JSON.stringify([hostname(), pid, started]);
}

/** True when that owner was a process of this machine and has ended: its lease need not run out first. */
export function ownerHasEnded(owner: string | null): boolean {
  const parsed = z.tuple([z.string(), z.number(), z.string()]).safeParse(safeJson(owner));
  if (!parsed.success) return false;
  const [host, pid, started] = parsed.data;
  return host === hostname() && !isAlive({ pid, started });
}

/** Takes the oldest queued job (or the named one), so that no two processes take the same. null: nothing to do. */
export async function claimJob(db: Db | Tx, owner: string, id: string | null = null): Promise<ClaimedJob | null> {
  const rows = await db.$queryRaw`
    update "Job" set state = 'running', attempts = attempts + 1, "leaseOwner" = ${owner},
      "leaseUntil" = (now() at time zone 'utc') + make_interval(secs => ${LEASE_SECONDS}::int),
      "startedAt" = coalesce("startedAt", now() at time zone 'utc')
    where id = (select id from "Job" where state = 'queued' and (${id}::text is null or id = ${id}::text)
                order by "createdAt", id limit 1 for update skip locked)
    returning id, kind, title, input, attempts, actor`;
  return Claimed.parse(rows)[0] ?? null;
}

const Live = z.array(z.object({ title: z.string(), leaseOwner: z.string().nullable() }));

/**
 * Titles of the jobs that run now, of the given kinds or of all. One whose process was killed still holds its lease for a
 * while; that it has ended is known at once, and it is not among them.
 */
export async function listLiveJobs(db: Db | Tx, kinds: readonly string[] | "all"): Promise<string[]> {
  const named = kinds === "all" ? null : [...kinds];
  const rows = Live.parse(
    await db.$queryRaw`
      select title, "leaseOwner" from "Job"
      where state = 'running' and "leaseUntil" > (now() at time zone 'utc') and (${named}::text[] is null or kind = any(${named}::text[]))
      order by "createdAt", id`,
  );
  return rows.filter((row) => !ownerHasEnded(row.leaseOwner)).map(({ title }) => title);
}

/** What a heartbeat learns: held false = the job is no longer ours. */
export interface Heartbeat {
  readonly held: boolean;
  readonly cancelRequested: boolean;
}

/** Renews the lease and writes the progress in one statement. */
export async function beat(db: Db, id: string, owner: string, progress: { done: number; total: number | null; text: string }): Promise<Heartbeat> {
  const rows = z.array(z.object({ cancelRequested: z.boolean() })).parse(
    await db.$queryRaw`
      update "Job" set "leaseUntil" = (now() at time zone 'utc') + make_interval(secs => ${LEASE_SECONDS}::int),
        "progressDone" = ${progress.done}::bigint, "progressTotal" = ${progress.total}::bigint, "progressText" = ${progress.text}
      where id = ${id} and "leaseOwner" = ${owner} and state = 'running'
      returning "cancelRequested"`,
  );
  return { held: rows.length === 1, cancelRequested: rows[0]?.cancelRequested ?? false };
}

/** Ends a job that is ours. @returns false when it was not any more. */
export async function endJob(db: Db, id: string, owner: string, end: { state: "done"; result: Json } | { state: "failed" | "cancelled"; error: string }): Promise<boolean> {
  const result = end.state === "done" ? JSON.stringify(end.result) : null;
  const error = end.state === "done" ? null : end.error;
  const changed = await db.$executeRaw`
    update "Job" set state = ${end.state}, result = ${result}::jsonb, error = ${error}, "finishedAt" = now() at time zone 'utc',
      "leaseOwner" = null, "leaseUntil" = null
    where id = ${id} and "leaseOwner" = ${owner} and state = 'running'`;
  return changed === 1;
}

/** Puts a job that is ours back into the queue, as if this attempt had not been: its process ends before the work is done. */
export async function releaseJob(db: Db, id: string, owner: string): Promise<boolean> {
  const changed = await db.$executeRaw`
    update "Job" set state = 'queued', attempts = attempts - 1, "leaseOwner" = null, "leaseUntil" = null, "progressDone" = 0, "progressText" = ''
    where id = ${id} and "leaseOwner" = ${owner} and state = 'running' and not "cancelRequested"`;
  return changed === 1;
}

/** Locks the job's row when it is ours, for the rest of the transaction. */
export async function holdsLease(tx: Tx, id: string, owner: string): Promise<boolean> {
  const rows = z.array(z.unknown()).parse(await tx.$queryRaw`select 1 from "Job" where id = ${id} and "leaseOwner" = ${owner} and state = 'running' for update`);
  return rows.length === 1;
}

function safeJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}
