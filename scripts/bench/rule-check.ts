import { createReadStream, existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "@/lib/db/project-root";
import { startTestDatabase } from "@/lib/db/testing/test-database";
import { readCorpus } from "@/lib/detection/testing/corpus";
import { insertSegment } from "@/lib/inventory/store";
import { keepRuleFiles } from "@/lib/operations/keep-rule-files";
import { keepUpload } from "@/lib/operations/keep-upload";
import { listRuleChecks } from "@/lib/operations/list-rule-checks";
import { prepareEventsImport } from "@/lib/operations/prepare-events-import";
import { prepareRuleCheck } from "@/lib/operations/prepare-rule-check";
import { prepareRulesImport } from "@/lib/operations/prepare-rules-import";
import { runJobInline } from "@/lib/operations/run-job-inline";

/*
 * Every public rule in ten segments, each with the sample events of Windows, Linux, macOS, CloudTrail or Zeek (each twice): how long deciding
 * and reading the answers takes, and what they are. Target: 20 s for all of it, the reading of 3,141 rule files included.
 */
const SAMPLES = join(process.env["SIGHTLINE_SAMPLES"] ?? join(projectRoot(), "../shared"), "events");
const TARGET = 20;
const corpus = readCorpus();
if (corpus === null || !existsSync(SAMPLES)) {
  console.log("skipped: no samples folder (set SIGHTLINE_SAMPLES)");
  process.exit(0);
}
const seconds = (began: number): string => `${((performance.now() - began) / 1000).toFixed(2)} s`;
const PLATFORMS: Readonly<Record<string, string>> = { windows: "Windows", linux: "Linux", macos: "macOS", cloudtrail: "IaaS", zeek: "Network Devices" };
const filesIn = (folder: string): string[] => readdirSync(folder).flatMap((name) => (statSync(join(folder, name)).isDirectory() ? filesIn(join(folder, name)) : name.endsWith(".md") ? [] : [join(folder, name)]));

const { ctx, stop } = await startTestDatabase();
try {
  const open = async function* (text: string): AsyncGenerator<Uint8Array> {
    yield Buffer.from(text);
  };
  let began = performance.now();
  const rules = await keepRuleFiles(ctx, corpus.map(({ file, text }) => ({ path: file, open: () => open(text) })), "rules.zip");
  await runJobInline(ctx, await prepareRulesImport(ctx, [rules], { source: "public" }));
  console.log(`${corpus.length} rules imported in ${seconds(began)}`);
  began = performance.now();
  let files = 0;
  for (const copy of [1, 2]) {
    for (const [folder, platform] of Object.entries(PLATFORMS)) {
      const name = `${folder} ${copy}`;
      await insertSegment(ctx.db, { name, platforms: [{ name: platform, hosts: null }], assets: 100, criticality: 3, owner: "", tags: [], timeZone: null, target: null }, { at: new Date() });
      for (const path of filesIn(join(SAMPLES, folder))) {
        const upload = await keepUpload(ctx, createReadStream(path), path);
        const done = await runJobInline(ctx, await prepareEventsImport(ctx, upload, { segment: name })).catch(() => null);
        files += done === null ? 0 : 1;
      }
    }
  }
  console.log(`${files} files of events imported in ${seconds(began)}`);
  for (const round of ["first", "second"]) {
    began = performance.now();
    const outcome = await runJobInline(ctx, prepareRuleCheck(ctx));
    const took = performance.now() - began;
    console.log(`decided and kept (${round}): ${(took / 1000).toFixed(2)} s  target ${TARGET} s: ${took < TARGET * 1000 ? "met" : "MISSED"}  ${JSON.stringify(outcome)}`);
  }
  began = performance.now();
  const rows = await listRuleChecks(ctx);
  console.log(`${rows.length} rows read and worded in ${seconds(began)}`);
  for (const segment of new Set(rows.map((row) => row.segment))) {
    const own = rows.filter((row) => row.segment === segment);
    const counts = Object.fromEntries([...new Set(own.map(({ state }) => state))].sort().map((state) => [state, own.filter((row) => row.state === state).length]));
    console.log(`${segment.padEnd(14)} ${JSON.stringify(counts)}`);
  }
  if (process.argv.includes("--rows")) for (const row of rows.filter(({ segment, state }) => segment.endsWith("1") && state !== "no-source" && state !== "can-fire")) console.log(`${row.segment} ${row.state} ${row.title}: ${row.why}`);
} finally {
  await stop();
}
