import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { createGzip } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { ZipFile } from "yazl";
import { startTestDatabase, type TestDatabase } from "@/lib/db/testing/test-database";
import type { FileStore } from "@/lib/files/file-store";
import { insertSegment } from "@/lib/inventory/store";
import { SightlineError } from "@/lib/shared/errors";
import { cancelJob } from "./cancel-job";
import { fileOutcomesSchema } from "./events/file-outcome";
import { keepUpload, type KeptUpload } from "./keep-upload";
import { listJobs } from "./list-jobs";
import { prepareEventsImport } from "./prepare-events-import";
import { runJobInline } from "./run-job-inline";
import { LARGE_RECORDS, largeSample } from "./testing/large-sample";

/** A file of about 40 MB, plain and packed: what its import says of its progress, and what is left when it is stopped. */
let at: TestDatabase;
let plain: KeptUpload;
let gzip: KeptUpload;

beforeAll(async () => {
  at = await startTestDatabase();
  await insertSegment(at.db, { name: "Sites", platforms: [{ name: "Windows", hosts: 40 }], assets: 40, criticality: 3, owner: "", tags: [], timeZone: null, target: null }, { at: new Date("2026-01-01") });
  plain = await keepUpload(at.ctx, largeSample(), "sysmon.json");
  gzip = await keepUpload(at.ctx, Readable.from(largeSample()).pipe(createGzip({ level: 1 })), "sysmon.json.gz");
});
afterEach(async () => {
  await at.db.dataset.deleteMany();
  await at.db.keptFile.deleteMany({ where: { digest: { notIn: [plain.digest, gzip.digest] } } });
});
afterAll(() => at.stop());

interface Step {
  readonly done: number;
  readonly total: number | null;
  readonly text: string;
}

async function importing(upload: KeptUpload, onStep: (step: Step) => void, options: { signal?: AbortSignal; files?: FileStore } = {}) {
  const ctx = { ...at.ctx, files: options.files ?? at.files };
  const job = await prepareEventsImport(ctx, upload, { segment: "Sites" });
  const result = await runJobInline(ctx, job, { signal: options.signal, onProgress: (done, total, text) => onStep({ done, total, text }) });
  return fileOutcomesSchema.parse(result);
}

function expectTrueProgress(steps: readonly Step[], wholeBytes: number): void {
  expect(steps.length).toBeGreaterThan(20);
  for (const [i, { done }] of steps.entries()) expect(done).toBeGreaterThanOrEqual(steps[i - 1]?.done ?? 0);
  expect(steps.at(-1)).toMatchObject({ done: wholeBytes, total: wholeBytes });
  const firstWhole = steps.findIndex(({ done, total }) => done === total);
  expect(steps.slice(firstWhole).every(({ text }) => /^Stor|^Reading/.test(text))).toBe(true); // 100 % only once everything was read
  expect(firstWhole).toBeGreaterThan(20);
}

describe("progress of a large import", () => {
  test("counts the bytes read of those there are, and ends at all of them", async () => {
    const steps: Step[] = [];
    expect(await importing(plain, (step) => steps.push(step))).toMatchObject([{ outcome: "imported", records: LARGE_RECORDS }]);
    expectTrueProgress(steps, plain.bytes);
    expect(new Set(steps.map(({ total }) => total))).toEqual(new Set([plain.bytes]));
  });

  test("of a gzip file names no total until it is unpacked, then counts on to both unpacking and reading", async () => {
    const steps: Step[] = [];
    expect(await importing(gzip, (step) => steps.push(step))).toMatchObject([{ outcome: "imported", records: LARGE_RECORDS }]);
    expectTrueProgress(steps, 2 * plain.bytes);
    const unpacking = steps.filter(({ text }) => text.startsWith("Unpacking"));
    expect(unpacking.length).toBeGreaterThan(20);
    expect(unpacking.every(({ total }) => total === null)).toBe(true);
    expect(unpacking.at(-1)).toMatchObject({ done: plain.bytes, text: expect.stringMatching(/^Unpacking sysmon\.json\.gz: (.+) of \1 packed$/) });
    expect(steps.slice(unpacking.length).every(({ total, done }) => total === 2 * plain.bytes && done >= plain.bytes)).toBe(true);
  });

  test("of a zip counts over all its files, one that is refused too", async () => {
    const zip = new ZipFile();
    zip.addReadStream(Readable.from(largeSample(25_000)), "a.json");
    zip.addReadStream(Readable.from(largeSample(35_000)), "b.json");
    zip.addBuffer(Buffer.from("nobody's format\n".repeat(50)), "c.txt");
    zip.end();
    const upload = await keepUpload(at.ctx, Readable.from(zip.outputStream), "three.zip");
    const steps: Step[] = [];
    expect(await importing(upload, (step) => steps.push(step))).toMatchObject([{ records: 25_000 }, { records: 35_000 }, { outcome: "refused" }]);
    const whole = steps.at(-1)?.total ?? 0;
    expectTrueProgress(steps, whole);
    const kept = await at.db.keptFile.findMany({ where: { name: { startsWith: "three.zip/" } } });
    expect(whole).toBe(2 * kept.reduce((sum, { bytes }) => sum + Number(bytes), 0));
  });
});

async function expectNothingLeft(): Promise<void> {
  expect(await at.db.dataset.count()).toBe(0);
  expect([await at.db.eventAggregate.count(), await at.db.recordIndexPart.count(), await at.db.eventExample.count(), await at.db.datasetRefusal.count()]).toEqual([0, 0, 0, 0]);
  expect(readdirSync(join(at.dataDir, "files", "incoming"))).toEqual([]);
}

describe("a large import that is cancelled", () => {
  test.each<[string, () => KeptUpload, (step: Step) => boolean]>([
    ["while an archive is unpacked", () => gzip, ({ done, text }) => text.startsWith("Unpacking") && done > 10_000_000],
    ["while the file is read", () => plain, ({ done, text }) => text.startsWith("Reading") && done > 10_000_000],
    ["while the results are stored", () => plain, ({ text }) => text.startsWith("Storing")],
  ])("%s stops there and leaves nothing but the uploaded file", async (_, upload, here) => {
    const stop = new AbortController();
    let after = 0;
    const work = importing(upload(), (step) => {
      if (stop.signal.aborted) after += 1;
      else if (here(step)) stop.abort(new SightlineError("CANCELLED", "Stopped."));
    }, { signal: stop.signal });
    await expect(work).rejects.toMatchObject({ code: "CANCELLED" });
    expect(after).toBeLessThanOrEqual(4); // chunks that were on their way to the thread
    await expectNothingLeft();
    expect(await at.db.keptFile.count({ where: { digest: upload().digest } })).toBe(1);
  });

  test("by somebody else, from another page or process, stops long before its end", async () => {
    // A disk that gives one MiB every 100 ms: the file would take four seconds, the wish is heard within one.
    const slow: FileStore = {
      ...at.files,
      open: async function* (digest) {
        for await (const chunk of at.files.open(digest)) {
          await sleep(100);
          yield chunk;
        }
      },
    };
    let asked: Promise<void> | null = null;
    let read = 0;
    const ask = async (): Promise<void> => {
      const [job] = await listJobs(at.ctx, { states: ["running"] });
      await cancelJob(at.ctx, job?.id ?? "");
    };
    const work = importing(plain, (step) => {
      read = step.done;
      if (step.done > 2_000_000) asked ??= ask();
    }, { files: slow });
    await expect(work).rejects.toMatchObject({ code: "CANCELLED" });
    await asked;
    expect(read).toBeLessThan(plain.bytes / 2);
    await expectNothingLeft();
    const [job] = await listJobs(at.ctx);
    expect(job).toMatchObject({ state: "cancelled", progress: { done: read, total: plain.bytes } });
  });

  test("can be imported afterwards, whole and once", async () => {
    const [outcome] = await importing(gzip, () => {});
    expect(outcome).toMatchObject({ outcome: "imported", records: LARGE_RECORDS });
    expect((await at.db.eventAggregate.aggregate({ _sum: { count: true } }))._sum.count).toBe(LARGE_RECORDS);
  });
});
