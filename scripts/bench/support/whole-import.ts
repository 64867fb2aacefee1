import { chmodSync, createReadStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { z } from "zod";
import { projectRoot } from "@/lib/db/project-root";
import { withTransaction } from "@/lib/db/with-transaction";
import { insertSegment } from "@/lib/inventory/store";
import { fileOutcomesSchema } from "@/lib/operations/events/file-outcome";
import { keepUpload } from "@/lib/operations/keep-upload";
import { openContext } from "@/lib/operations/open-context";
import { prepareEventsImport } from "@/lib/operations/prepare-events-import";
import { runJobInline } from "@/lib/operations/run-job-inline";
import { SightlineError } from "@/lib/shared/errors";
import { writeCorpus } from "./windows-corpus";

const SIZES_MB = [100, 400, 1000];
const WATCH_MS = 50;

const Measured = z.object({
  records: z.number(),
  keepSeconds: z.number(),
  readSeconds: z.number(),
  storeSeconds: z.number(),
  keepPeakMb: z.number(),
  importPeakMb: z.number(),
  steps: z.number(), // how often progress was told
  backwards: z.number(), // how often it shrank
  endsWhole: z.boolean(),
  cancelMs: z.number(), // from the wish, in the middle of the file, to the end of the job
  leftAfterCancel: z.number(), // rows of any kind
});

/** One file through a whole import as a job does it: upload kept, cancelled in the middle, then imported. Memory is that of this process with its threads. */
export async function measureWholeImport(path: string): Promise<z.infer<typeof Measured>> {
  const dataDir = mkdtempSync(join(tmpdir(), "sightline-bench-data-"));
  chmodSync(dataDir, 0o711); // as root the database runs as another user
  process.env["SIGHTLINE_DATA"] = dataDir;
  delete process.env["DATABASE_URL"];
  const open = await openContext();
  const { ctx } = open;
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), WATCH_MS);
  const takePeak = (): number => {
    const mb = Math.round(peak / 1e6);
    peak = 0;
    return mb;
  };
  try {
    const draft = { name: "Bench", platforms: [{ name: "Windows", hosts: 300 }], assets: 300, criticality: 3, owner: "", tags: [], timeZone: null, target: null };
    await withTransaction(ctx.db, (tx) => insertSegment(tx, draft, { at: new Date() }));
    const began = performance.now();
    const kept = await keepUpload(ctx, createReadStream(path, { highWaterMark: 1 << 20 }), "corpus.json");
    const keepSeconds = (performance.now() - began) / 1000;
    const keepPeakMb = takePeak();

    const job = await prepareEventsImport(ctx, kept, { segment: "Bench" });
    const stop = new AbortController();
    let asked = 0;
    const onHalf = (done: number): void => {
      if (asked > 0 || done < kept.bytes / 2) return;
      asked = performance.now();
      stop.abort(new SightlineError("CANCELLED", "Stopped in the middle."));
    };
    const cancelled: unknown = await runJobInline(ctx, job, { signal: stop.signal, onProgress: onHalf }).catch((error: unknown) => error);
    if (!(cancelled instanceof SightlineError) || cancelled.code !== "CANCELLED") throw new Error("it was not cancelled", { cause: cancelled });
    const cancelMs = performance.now() - asked;
    const leftAfterCancel = (await ctx.db.dataset.count()) + (await ctx.db.eventAggregate.count()) + (await ctx.db.recordIndexPart.count()) + (await ctx.db.eventExample.count());
    takePeak();

    let [steps, backwards, last, storing] = [0, 0, 0, 0];
    let endsWhole = false;
    const started = performance.now();
    const [outcome] = fileOutcomesSchema.parse(
      await runJobInline(ctx, job, {
        onProgress: (done, total, text) => {
          steps += 1;
          if (done < last) backwards += 1;
          last = done;
          endsWhole = done === total;
          if (storing === 0 && text.startsWith("Storing")) storing = performance.now();
        },
      }),
    );
    const ended = performance.now();
    return { records: outcome?.records ?? 0, keepSeconds, readSeconds: (storing - started) / 1000, storeSeconds: (ended - storing) / 1000, keepPeakMb, importPeakMb: takePeak(), steps, backwards, endsWhole, cancelMs, leftAfterCancel };
  } finally {
    clearInterval(watch);
    await open.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Prints a line per size, each measured in a process of its own. Fails when progress lies, a cancelled import lingers or leaves rows. */
export async function reportWholeImports(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "sightline-bench-"));
  try {
    for (const megabytes of SIZES_MB) {
      const corpus = join(folder, `${megabytes}.json`);
      await writeCorpus(corpus, megabytes);
      const child = spawnSync(process.execPath, ["--import", "tsx", "scripts/bench/events.ts", "import", corpus], { cwd: projectRoot(), encoding: "utf8" });
      if (child.status !== 0) throw new Error(child.stderr);
      const found = Measured.parse(JSON.parse(child.stdout.trim().split("\n").at(-1) ?? ""));
      const { records, keepSeconds, readSeconds, storeSeconds } = found;
      console.log(`events: ${Math.round(statSync(corpus).size / 1e6)} MB, ${records} records: kept in ${keepSeconds.toFixed(1)} s, read in ${readSeconds.toFixed(1)} s, stored in ${storeSeconds.toFixed(1)} s; peak RSS ${found.keepPeakMb} MB keeping, ${found.importPeakMb} MB importing`);
      const sound = found.backwards === 0 && found.endsWhole && found.cancelMs < 2000 && found.leftAfterCancel === 0;
      console.log(`events: progress told ${found.steps} times, backwards ${found.backwards}, ends at the whole: ${found.endsWhole ? "yes" : "no"}; cancelled in the middle after ${Math.round(found.cancelMs)} ms (wanted: < 2000), ${found.leftAfterCancel} rows left ${sound ? "ok" : "WRONG"}`);
      if (!sound) process.exitCode = 1;
      rmSync(corpus);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
