import type { Db } from "@/lib/db/client";
import type { Json } from "@/lib/shared/canonical-json";
import { errorSentence, SightlineError } from "@/lib/shared/errors";
import { lostDatabase } from "@/lib/shared/lost-database";
import { beat, type ClaimedJob, endJob, holdsLease, releaseJob } from "./job-lease";
import type { JobHandlers, JobRun } from "./job-types";

/** How a run ended. unexpected: a defect; its error goes to the server's log, people see the sentence only. */
export type JobEnd =
  | { readonly state: "done"; readonly result: Json }
  | { readonly state: "failed" | "cancelled"; readonly error: SightlineError; readonly unexpected?: unknown };

export interface JobWatch {
  readonly beatMs?: number; // heartbeat and progress, default 1000
  readonly onProgress?: (done: number, total: number | null, text: string) => void;
  readonly signal?: AbortSignal; // the person at the terminal, or the process ending: stops the work
  readonly onStop?: "cancel" | "requeue"; // what that means for a job that starts over safely; default cancel
}

/** Runs a job that this process has claimed, keeps its lease meanwhile, and writes how it ended. Never throws for what the handler threw. */
export async function runClaimedJob<Ctx>(db: Db, owner: string, job: ClaimedJob, ctx: Ctx, handlers: JobHandlers<Ctx>, watch: JobWatch = {}): Promise<JobEnd> {
  const abort = new AbortController();
  const stop = (why: string): void => abort.abort(new SightlineError("CANCELLED", why));
  const onSignal = (): void => {
    const reason: unknown = watch.signal?.reason;
    stop(reason instanceof SightlineError ? reason.message : "The work was cancelled.");
  };
  watch.signal?.addEventListener("abort", onSignal);
  if (watch.signal?.aborted) onSignal();
  let progress = { done: 0, total: null as number | null, text: "" };
  let held = true;
  const tick = async (): Promise<void> => {
    const heart = await beat(db, job.id, owner, progress).catch(() => null); // the database is away: the lease decides
    if (heart === null) return;
    held = heart.held;
    if (!heart.held) stop("The work was taken over by another process.");
    else if (heart.cancelRequested) stop("The work was cancelled.");
  };
  const heartbeat = startHeartbeat(tick, watch.beatMs ?? 1000);
  const run: JobRun<Ctx> = {
    id: job.id,
    ctx,
    attempt: job.attempts,
    signal: abort.signal,
    progress: (done, total, text) => {
      progress = { done: Math.floor(done), total: total === null ? null : Math.floor(total), text };
      watch.onProgress?.(done, total, text);
    },
    confirm: async (tx) => {
      if (!(await holdsLease(tx, job.id, owner))) throw new SightlineError("CANCELLED", "The work was taken over by another process.");
    },
  };
  const end = await attempt(run, job, handlers);
  await heartbeat.stop();
  watch.signal?.removeEventListener("abort", onSignal);
  if (held) await tick(); // the last progress
  const goesOn = watch.onStop === "requeue" && watch.signal?.aborted === true && end.state === "cancelled" && (await isResumable(job, handlers));
  if (goesOn && (await releaseJob(db, job.id, owner))) return end;
  await endJob(db, job.id, owner, end.state === "done" ? end : { state: end.state, error: end.error.sentence() });
  return end;
}

async function isResumable<Ctx>(job: ClaimedJob, handlers: JobHandlers<Ctx>): Promise<boolean> {
  return (await handlers[job.kind]?.())?.resumable ?? false;
}

async function attempt<Ctx>(run: JobRun<Ctx>, job: ClaimedJob, handlers: JobHandlers<Ctx>): Promise<JobEnd> {
  try {
    const load = handlers[job.kind];
    if (load === undefined) throw new SightlineError("UNSUPPORTED", `This version of Sightline knows no job "${job.kind}".`);
    const { handler } = await load();
    run.signal.throwIfAborted();
    return { state: "done", result: await handler(run, job.input) };
  } catch (error) {
    if (run.signal.aborted) {
      const reason: unknown = run.signal.reason;
      return { state: "cancelled", error: reason instanceof SightlineError ? reason : new SightlineError("CANCELLED", "The work was cancelled.") };
    }
    if (error instanceof SightlineError) return { state: error.code === "CANCELLED" ? "cancelled" : "failed", error };
    const lost = lostDatabase(error);
    if (lost !== null) return { state: "failed", error: new SightlineError("UNAVAILABLE", `The work stopped: ${lost.words}.`, { remedy: lost.remedy }, { cause: error }) };
    return { state: "failed", error: new SightlineError("UNAVAILABLE", `Unexpected: ${firstLine(errorSentence(error))}`, {}, { cause: error }), unexpected: error };
  }
}

// One beat after another, never two at once; stop() waits for the one under way.
function startHeartbeat(tick: () => Promise<void>, everyMs: number): { stop(): Promise<void> } {
  let current: Promise<void> = Promise.resolve();
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    current = tick().finally(() => (busy = false));
  }, everyMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await current;
    },
  };
}

function firstLine(text: string): string {
  return text.trim().split("\n")[0] ?? "";
}
