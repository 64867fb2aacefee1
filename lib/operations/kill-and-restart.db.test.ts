import { mkdtempSync, rmSync, chmodSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { createGzip } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { killDatabase, startJobProcess, waitForJob, type JobProcess } from "@/lib/db/testing/job-process";
import { copyCluster, migratedTemplate } from "@/lib/db/testing/migrated-template";
import { withTransaction } from "@/lib/db/with-transaction";
import { insertSegment } from "@/lib/inventory/store";
import { keepUpload } from "./keep-upload";
import { openContext, type OpenContext } from "./open-context";
import { startEventsImport } from "./prepare-events-import";
import { LARGE_RECORDS, largeSample } from "./testing/large-sample";

/**
 * kill -9 of the process that works and of the database, while it works: after a restart the job is done or failed with its
 * reason, and what it wrote is there once or not at all. Real processes on a durable cluster, as a user has them.
 */
const RECORDS = LARGE_RECORDS;
const HOSTS = 40;

let dataDir: string;
let open: OpenContext;
let process1: JobProcess;
let process2: JobProcess | null;
let jobId: string;
const before = process.env.SIGHTLINE_DATA;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "sightline-kill-"));
  chmodSync(dataDir, 0o711); // as root the server runs as another user
  process.env.SIGHTLINE_DATA = dataDir;
  copyCluster(await migratedTemplate(), dataDir); // durable from here on: it is started as a user's is
  open = await openContext();
  process2 = null;
});

afterEach(async () => {
  await process1.kill9();
  await process2?.end();
  await open.close();
  rmSync(dataDir, { recursive: true, force: true });
  if (before === undefined) delete process.env.SIGHTLINE_DATA;
  else process.env.SIGHTLINE_DATA = before;
});

describe("kill -9 during an import", () => {
  /** Until its job has begun to count. */
  async function startImport(sample: AsyncIterable<Uint8Array>, fileName: string): Promise<void> {
    const segment = await withTransaction(open.ctx.db, (tx) =>
      insertSegment(tx, { name: "Workstations", platforms: [{ name: "Windows", hosts: HOSTS }], assets: HOSTS, criticality: 3, owner: "", tags: [], timeZone: null, target: null }, { at: new Date() }),
    );
    const kept = await keepUpload(open.ctx, sample, fileName);
    jobId = await startEventsImport(open.ctx, kept, { segment: segment.name });
    process1 = startJobProcess(dataDir);
    await waitForJob(() => open.ctx.db, jobId, (job) => job.state === "running" && job.progressDone > 0n, process1.log);
  }

  async function everythingIsCountedOnce(): Promise<void> {
    const datasets = await open.ctx.db.dataset.findMany({ where: { state: "ready" } });
    expect(datasets.map(({ records }) => records)).toEqual([RECORDS]);
    expect(await open.ctx.db.dataset.count()).toBe(1);
    const sum = await open.ctx.db.eventAggregate.aggregate({ _sum: { count: true } });
    expect(sum._sum.count).toBe(RECORDS);
  }

  test("of the process that works: the next one does the job again and nothing is counted twice", async () => {
    await startImport(largeSample(), "sysmon.ndjson");
    await process1.kill9();
    expect(await open.ctx.db.dataset.count({ where: { state: "ready" } })).toBe(0);
    process2 = startJobProcess(dataDir);
    await waitForJob(() => open.ctx.db, jobId, (job) => job.state === "done", process2.log);
    const job = await open.ctx.db.job.findUniqueOrThrow({ where: { id: jobId } });
    expect(job.attempts).toBe(2);
    await everythingIsCountedOnce();
  });

  test("of the process that works, in the middle of an archive: it is unpacked and read again, once", async () => {
    await startImport(Readable.from(largeSample()).pipe(createGzip({ level: 1 })), "sysmon.ndjson.gz");
    await process1.kill9();
    expect(await open.ctx.db.dataset.count({ where: { state: "ready" } })).toBe(0);
    process2 = startJobProcess(dataDir);
    await waitForJob(() => open.ctx.db, jobId, (job) => job.state === "done", process2.log);
    await everythingIsCountedOnce();
  });

  test("of the database: it recovers, and the job is done or failed with its reason, never half", async () => {
    await startImport(largeSample(), "sysmon.ndjson");
    killDatabase(dataDir);
    await process1.kill9(); // the whole machine went away
    await open.close().catch(() => {});
    open = await openContext();
    process2 = startJobProcess(dataDir);
    await waitForJob(() => open.ctx.db, jobId, (job) => job.state === "done" || job.state === "failed", process2.log);
    const job = await open.ctx.db.job.findUniqueOrThrow({ where: { id: jobId } });
    if (job.state === "done") return everythingIsCountedOnce();
    expect(job.error).toMatch(/\S/);
    expect(await open.ctx.db.eventAggregate.count()).toBe(0);
  });

  test("of the database alone: it is started again, as `serve` does, and the job ends", async () => {
    await startImport(largeSample(), "sysmon.ndjson");
    killDatabase(dataDir);
    while (!(await open.revive())) await sleep(200); // the killed server takes a moment to be gone
    await waitForJob(() => open.ctx.db, jobId, (job) => job.state === "done" || job.state === "failed", process1.log);
    const job = await open.ctx.db.job.findUniqueOrThrow({ where: { id: jobId } });
    if (job.state === "done") return everythingIsCountedOnce();
    expect(job.error).toMatch(/\S/);
    expect(await open.ctx.db.dataset.count({ where: { state: "ready" } })).toBe(0);
  });
});
