import { createReadStream, existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { startDeriving } from "@/lib/events/derive-dataset";
import { formatById } from "@/lib/events/formats/index";
import { DEFAULT_LIMITS } from "@/lib/events/read-events";
import { projectRoot } from "@/lib/db/project-root";
import { measureWholeImport, reportWholeImports } from "./support/whole-import";
import { WINDOWS_SAMPLES, writeCorpus } from "./support/windows-corpus";

/*
 * Deriving a dataset (formats, aggregates, index, examples; no rules) against the JSON.parse bound of the same run, on the
 * Windows samples with pids, GUIDs, times, hosts and tokens varied; and memory at 100 MB against 400 MB. With --gigabyte
 * (`npm run bench -- events --gigabyte`) whole imports of 100 MB, 400 MB and 1 GB into a database of their own instead.
 */
const CHUNK = 256 * 1024;

async function derive(path: string): Promise<{ records: number; seconds: number; peakMb: number; parts: number; partBytes: number; rows: number }> {
  const format = formatById("windows-json");
  if (format === undefined) throw new Error("windows-json");
  let [parts, partBytes, peak] = [0, 0, 0];
  const began = performance.now();
  const deriving = startDeriving({ format, limits: DEFAULT_LIMITS, host: null, hostFrom: null, filePath: path }, (part) => {
    parts += 1;
    partBytes += part.bytes.length;
  });
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK })) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError("bytes expected");
    deriving.push(chunk);
    peak = Math.max(peak, process.memoryUsage().rss);
  }
  const { summary } = deriving.end();
  let rows = 0;
  for (const slice of deriving.takeRows()) rows += slice.length;
  return { records: summary.records, seconds: (performance.now() - began) / 1000, peakMb: Math.round(peak / 1e6), parts, partBytes, rows };
}

/** JSON.parse over the same lines, already split and decoded: what no reader of JSON can beat. */
async function parseBound(path: string): Promise<number> {
  let [seconds, records] = [0, 0];
  let rest = "";
  for await (const chunk of createReadStream(path, { highWaterMark: 8 * 1024 * 1024, encoding: "utf8" })) {
    const lines = `${rest}${String(chunk)}`.split("\n");
    rest = lines.pop() ?? "";
    const began = performance.now();
    for (const line of lines) JSON.parse(line);
    seconds += (performance.now() - began) / 1000;
    records += lines.length;
  }
  return records / seconds;
}

async function main(): Promise<void> {
  const [mode, path] = process.argv.slice(2);
  if (mode === "import" && path !== undefined) return console.log(JSON.stringify(await measureWholeImport(path)));
  if (mode === "derive" && path !== undefined) return console.log(JSON.stringify(await derive(path)));
  if (!existsSync(WINDOWS_SAMPLES)) return console.log("events: skipped, no samples folder (set SIGHTLINE_SAMPLES)");
  if (mode === "--gigabyte") return reportWholeImports();
  const folder = mkdtempSync(join(tmpdir(), "sightline-bench-"));
  try {
    const measured: Record<number, Awaited<ReturnType<typeof derive>>> = {};
    let bound = 0;
    for (const megabytes of [100, 200, 400]) {
      const corpus = join(folder, `${megabytes}.json`);
      await writeCorpus(corpus, megabytes);
      // A process of its own for each, so that memory is that of one import.
      const child = spawnSync(process.execPath, ["--import", "tsx", "scripts/bench/events.ts", "derive", corpus], { cwd: projectRoot(), encoding: "utf8" });
      if (child.status !== 0) throw new Error(child.stderr);
      const result: Awaited<ReturnType<typeof derive>> = JSON.parse(child.stdout);
      measured[megabytes] = result;
      if (megabytes === 200) bound = await parseBound(corpus);
      console.log(`events: ${Math.round(statSync(corpus).size / 1e6)} MB, ${result.records} records in ${result.seconds.toFixed(1)} s = ${Math.round(result.records / result.seconds)}/s, peak ${result.peakMb} MB, ${result.rows} aggregate rows, index ${(result.partBytes / result.records).toFixed(1)} bytes per record`);
      rmSync(corpus);
    }
    const [small, middle, large] = [measured[100], measured[200], measured[400]];
    if (small === undefined || middle === undefined || large === undefined) return;
    const ratio = middle.records / middle.seconds / bound;
    console.log(`events: JSON.parse bound ${Math.round(bound)}/s, import ${(ratio * 100).toFixed(0)} % of it (wanted: 10 %) ${ratio >= 0.1 ? "ok" : "TOO SLOW"}`);
    console.log(`events: peak memory ${small.peakMb} MB at 100 MB, ${large.peakMb} MB at 400 MB`);
    if (ratio < 0.1) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
