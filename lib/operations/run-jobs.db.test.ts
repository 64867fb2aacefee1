import { spawn } from "node:child_process";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { startTestDatabase, type TestDatabase } from "@/lib/db/testing/test-database";
import { withTransaction } from "@/lib/db/with-transaction";
import { ownIdentity } from "@/lib/db/embedded/process-identity";
import type { JobHandlers } from "./job-handlers";
import { cancelJob } from "./cancel-job";
import { getJob } from "./get-job";
import { listJobs } from "./list-jobs";
import { runJobInline } from "./run-job-inline";
import { runJobs } from "./run-jobs";
import { SightlineError } from "@/lib/shared/errors";
import { hostname } from "node:os";
import { enqueueJob } from "@/lib/jobs/enqueue-job";
import { beat, claimJob, endJob, leaseOwner } from "@/lib/jobs/job-lease";
import { recoverJobs } from "@/lib/jobs/recover-jobs";
import { runClaimedJob } from "@/lib/jobs/run-claimed-job";

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());
afterEach(() => database.db.job.deleteMany());

const enqueue = (kind: string, input: number | object = {}): Promise<string> =>
  withTransaction(database.db, (tx) => enqueueJob(tx, { kind, title: `a ${kind}`, input: JSON.parse(JSON.stringify(input)), actor: "local:test", now: database.ctx.clock() }));

const waitForAbort = (signal: AbortSignal): Promise<never> => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

const HANDLERS: JobHandlers = {
  double: async () => ({ handler: async (run, input) => (run.progress(1, 2, "half"), Number(input) * 2) }),
  refuse: async () => ({ handler: async () => Promise.reject(new SightlineError("INVALID", "The file is empty.", { file: "a.json" })) }),
  defect: async () => ({ handler: async () => Promise.reject(new TypeError("x is not a function")) }),
  endless: async () => ({ handler: (run) => waitForAbort(run.signal) }),
  "endless-resumable": async () => ({ resumable: true, handler: (run) => waitForAbort(run.signal) }),
};

async function runUntil(done: () => Promise<boolean>): Promise<void> {
  const stop = new AbortController();
  const loop = runJobs(database.ctx, { signal: stop.signal, handlers: HANDLERS, idleMs: 20 });
  for (let i = 0; i < 500 && !(await done()); i += 1) await new Promise((resolve) => setTimeout(resolve, 20));
  stop.abort();
  await loop;
}

describe("jobs", () => {
  test("are done with their result, or failed with their reason; a defect shows no stack", async () => {
    const ids = [await enqueue("double", 21), await enqueue("refuse"), await enqueue("defect"), await enqueue("unheard-of")];
    await runUntil(async () => (await listJobs(database.ctx, { states: ["queued", "running"] })).length === 0);
    const [double, refuse, defect, unknown] = await Promise.all(ids.map((id) => getJob(database.ctx, id)));
    expect(double).toMatchObject({ state: "done", result: 42, error: null, attempts: 1, progress: { done: 1, total: 2, text: "half" } });
    expect(refuse).toMatchObject({ state: "failed", error: "a.json: The file is empty." });
    expect(defect).toMatchObject({ state: "failed", error: "Unexpected: x is not a function" });
    expect(unknown).toMatchObject({ state: "failed", error: expect.stringContaining("unheard-of") });
    for (const job of [double, refuse, defect]) expect(job?.finishedAt).not.toBeNull();
  });

  test("twenty claims at once of ten jobs: each is taken once, oldest first", async () => {
    for (let i = 0; i < 10; i += 1) await enqueue("double", i);
    const claims = await Promise.all(Array.from({ length: 20 }, (_, i) => claimJob(database.db, `owner ${i}`)));
    const taken = claims.flatMap((job) => (job === null ? [] : [job.id]));
    expect(taken).toHaveLength(10);
    expect(new Set(taken).size).toBe(10);
  });

  test("a running job that somebody cancels stops, and says so; a queued one never starts; an ended one cannot be cancelled", async () => {
    const running = await enqueue("endless");
    await runUntil(async () => {
      const { state } = await getJob(database.ctx, running);
      if (state === "running") await cancelJob(database.ctx, running).catch(() => {});
      return state === "cancelled";
    });
    expect(await getJob(database.ctx, running)).toMatchObject({ state: "cancelled", error: "The work was cancelled." });
    const queued = await enqueue("double", 1);
    await cancelJob(database.ctx, queued);
    expect(await claimJob(database.db, "owner")).toBeNull();
    await expect(cancelJob(database.ctx, queued)).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(cancelJob(database.ctx, "nowhere")).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("the command line runs a job in its own process: its result is returned, its error thrown, its record like any other", async () => {
    const seen: string[] = [];
    expect(await runJobInline(database.ctx, { kind: "double", title: "here", input: 4 }, { handlers: HANDLERS, onProgress: (_, __, text) => seen.push(text) })).toBe(8);
    expect(seen).toEqual(["half"]);
    await expect(runJobInline(database.ctx, { kind: "refuse", title: "here", input: null }, { handlers: HANDLERS })).rejects.toMatchObject({ code: "INVALID" });
    await expect(runJobInline(database.ctx, { kind: "defect", title: "here", input: null }, { handlers: HANDLERS })).rejects.toBeInstanceOf(TypeError);
    const interrupt = new AbortController();
    const stopped = runJobInline(database.ctx, { kind: "endless", title: "here", input: null }, { handlers: HANDLERS, signal: interrupt.signal });
    setTimeout(() => interrupt.abort(), 50);
    await expect(stopped).rejects.toMatchObject({ code: "CANCELLED" });
    expect((await listJobs(database.ctx)).map(({ state }) => state).sort()).toEqual(["cancelled", "done", "failed", "failed"]);
  });

  test("a lease that ran out: the job is failed with its reason, or queued again when a second run is safe, three times at most", async () => {
    const [once, again] = [await enqueue("endless"), await enqueue("endless-resumable")];
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      while ((await claimJob(database.db, "a machine far away")) !== null);
      expect(await recoverJobs(database.db, HANDLERS)).toEqual({ requeued: 0, failed: 0 }); // leases still hold
      await database.db.$executeRaw`update "Job" set "leaseUntil" = (now() at time zone 'utc') - interval '1 second' where state = 'running'`;
      await recoverJobs(database.db, HANDLERS);
      expect((await getJob(database.ctx, again)).state).toBe(attempt < 3 ? "queued" : "failed");
    }
    expect(await getJob(database.ctx, once)).toMatchObject({ state: "failed", attempts: 1, error: expect.stringContaining("ended before it was done") });
    expect(await getJob(database.ctx, again)).toMatchObject({ attempts: 3, error: expect.stringContaining("3 times") });
  });

  test("a dead process of this machine is known at once, without waiting for its lease", async () => {
    const id = await enqueue("endless");
    const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60_000)"]);
    const alive = JSON.stringify([hostname(), child.pid, ""]);
    await claimJob(database.db, alive);
    expect(await recoverJobs(database.db, HANDLERS)).toEqual({ requeued: 0, failed: 0 });
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("exit", resolve));
    expect(await recoverJobs(database.db, HANDLERS)).toEqual({ requeued: 0, failed: 1 });
    expect((await getJob(database.ctx, id)).state).toBe("failed");
    expect(JSON.parse(leaseOwner())[1]).toBe(ownIdentity().pid);
  });

  test("a process that lost its job can neither end it nor make its result visible, and is told to stop", async () => {
    const id = await enqueue("endless");
    const claimed = await claimJob(database.db, "first");
    if (claimed === null) throw new Error("nothing was claimed");
    let confirmed: unknown;
    const running = runClaimedJob(database.db, "first", claimed, database.ctx, {
      endless: async () => ({
        handler: async (run) => {
          await database.db.$executeRaw`update "Job" set "leaseOwner" = 'second' where id = ${id}`;
          confirmed = await withTransaction(database.db, (tx) => run.confirm(tx)).catch((error: unknown) => error);
          return waitForAbort(run.signal);
        },
      }),
    }, { beatMs: 20 });
    expect(await running).toMatchObject({ state: "cancelled", error: { message: "The work was taken over by another process." } });
    expect(confirmed).toMatchObject({ code: "CANCELLED" });
    expect(await endJob(database.db, id, "first", { state: "done", result: 1 })).toBe(false);
    expect((await getJob(database.ctx, id)).state).toBe("running");
    expect(await beat(database.db, id, "second", { done: 0, total: null, text: "" })).toEqual({ held: true, cancelRequested: false });
  });

  test("a job that is still running when its process is asked to end goes on later when a second run is safe, else it is cancelled", async () => {
    const [once, again] = [await enqueue("endless"), await enqueue("endless-resumable")];
    await runUntil(async () => (await getJob(database.ctx, once)).state === "running" && (await getJob(database.ctx, again)).state === "running");
    expect((await getJob(database.ctx, once)).state).toBe("cancelled");
    expect(await getJob(database.ctx, again)).toMatchObject({ state: "queued", attempts: 0 });
  });
});
