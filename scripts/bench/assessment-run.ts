import { existsSync, readFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import { makeLargeFleet } from "@/lib/assessment/testing/make-large-fleet";
import type { WindowedAggregate } from "@/lib/assessment/pinned-inputs";
import { linkCatalog } from "@/lib/catalog/link-catalog";
import { parseStixBundle } from "@/lib/catalog/parse-stix-bundle";
import { setCurrent, writeSnapshot } from "@/lib/catalog/store";
import { createDb } from "@/lib/db/client";
import { projectRoot } from "@/lib/db/project-root";
import { startTestDatabase, type TestDatabase } from "@/lib/db/testing/test-database";
import { withTransaction } from "@/lib/db/with-transaction";
import { eventOptionsSchema } from "@/lib/events/dataset-types";
import { deriverInput } from "@/lib/events/deriver-input";
import { publishDataset, stageDataset, writeAggregates } from "@/lib/events/store";
import type { AggregateRow } from "@/lib/events/types";
import { createFileStore } from "@/lib/files/file-store";
import type { OperationContext } from "@/lib/operations/context";
import { runJobInline } from "@/lib/operations/run-job-inline";
import { groupBy } from "@/lib/shared/group-by";

/*
 * A whole assessment as a job does it: 1,758 analytics of enterprise 19.1 x 500 segments with their samples in a database, from
 * reading them to the backlog of gaps. The fleet is written by this process and assessed by one of its own, whose memory is told.
 */
const SEGMENTS = 500;
const AT = Date.UTC(2026, 10, 21);
const HOUR_MS = 3_600_000;
const SAMPLE = join(process.env["SIGHTLINE_SAMPLES"] ?? join(projectRoot(), "../shared"), "attack/enterprise-attack-19.1-detect-stix21.json.gz");
const connectionSchema = z.object({ host: z.string(), port: z.number(), user: z.string(), database: z.string() });

const peak = (): number => Math.round(process.resourceUsage().maxRSS / 1024);

/** The rows of hours that a window cuts into such an aggregate. */
function hoursOf({ kind, host, shape, fresh, freshFirst, freshLast, stale, staleLast }: WindowedAggregate): AggregateRow[] {
  const row = (ms: number, count: number): AggregateRow => ({ kind, host, shape, hour: Math.floor(ms / HOUR_MS), count, first: ms, last: ms });
  const rows = staleLast === null ? [] : [row(staleLast, stale)];
  if (freshLast !== null) rows.push(row(freshLast, fresh > 1 ? fresh - 1 : fresh));
  if (freshFirst !== null && fresh > 1) rows.push(row(freshFirst, 1));
  return rows;
}

/** One row per kind, host, shape and hour: a kind that two platforms of a segment have comes twice. */
function mergeHours(rows: readonly AggregateRow[]): AggregateRow[] {
  const groups = groupBy(rows, ({ kind, host, shape, hour }) => `${kind} ${host} ${shape.join()} ${hour}`);
  return [...groups.values()].map((same) => same.reduce((a, b) => ({ ...a, count: a.count + b.count, first: Math.min(a.first ?? 0, b.first ?? 0), last: Math.max(a.last ?? 0, b.last ?? 0) })));
}

async function writeFleet({ db }: TestDatabase): Promise<void> {
  const bundle = parseStixBundle(gunzipSync(readFileSync(SAMPLE)), "bench");
  const linked = linkCatalog(bundle, "enterprise");
  await withTransaction(db, async (tx) => {
    await writeSnapshot(tx, { id: "bench", domain: "enterprise", release: "19.1", origin: "mitre", digest: "bench", fileName: "bench", releaseFrom: "option", detectOnly: true, importedAt: new Date(AT), importedBy: "bench", objects: bundle.objects, linked });
    await setCurrent(tx, "enterprise", "bench");
  });
  const fleet = makeLargeFleet(linked.analytics, SEGMENTS, AT);
  const samples = groupBy(fleet.aggregates, ({ segment }) => segment);
  const options = eventOptionsSchema.parse({ origin: "production" });
  let hours = 0;
  for (const { id, name, assets, criticality, platforms, roster } of fleet.segments) {
    const hosts = (roster ?? []).map(({ host, platform }) => ({ hostKey: host, host, platform }));
    await db.segment.create({ data: { id, name, nameKey: name.toLowerCase(), assets, criticality, tags: [], createdAt: new Date(0), updatedAt: new Date(0), platforms: { create: platforms.map((platform) => ({ platform: platform.name, hosts: platform.hosts })) }, roster: { create: hosts } } });
    const rows = mergeHours((samples.get(id) ?? []).flatMap(hoursOf));
    hours += rows.length;
    const dataset = await stageDataset(db, { segmentId: id, stagingKey: id, fileName: `${id}.json`, format: "windows-json", formatForced: false, options, deriverInput: deriverInput(), bytes: rows.length, at: new Date(AT), by: "bench" });
    await writeAggregates(db, dataset, rows);
    const times = rows.flatMap(({ last }) => last ?? []).sort((a, b) => a - b);
    const published = { id: dataset, segmentId: id, contentDigest: id, records: rows.reduce((sum, { count }) => sum + count, 0), refused: 0, untimed: 0, firstMs: times[0] ?? null, lastMs: times.at(-1) ?? null, warnings: [] };
    await withTransaction(db, (tx) => publishDataset(tx, published, null));
  }
  await db.$executeRaw`analyze`;
  console.log(`fleet written: ${fleet.segments.length} segments, ${fleet.aggregates.length} aggregates of ${hours} hours`);
}

/** Runs the assessment twice and prints what each step took: the first with nothing before it, the second with a backlog and alerts to follow. */
async function assessFleet(connection: z.infer<typeof connectionSchema>, dataDir: string): Promise<void> {
  const db = createDb(connection);
  const ctx: OperationContext = { actor: { name: "local:bench", authenticated: false }, role: "admin", segments: "all", clock: () => new Date(AT), db, files: createFileStore(join(dataDir, "files")) };
  try {
    for (const which of ["first", "second"]) {
      const steps = new Map<string, { readonly ms: number; readonly mb: number }>();
      let [step, since] = ["", performance.now()];
      const began = since;
      const onProgress = (_done: number, _total: number | null, text: string): void => {
        const now = performance.now();
        if (step !== "") steps.set(step, { ms: (steps.get(step)?.ms ?? 0) + now - since, mb: peak() });
        [step, since] = [text.split(" ")[0] ?? "", now];
      };
      const outcome = z.object({ cells: z.number() }).parse(await runJobInline(ctx, { kind: "assessment-run", title: "bench", input: { at: new Date(AT).toISOString(), domains: ["enterprise"] } }, { onProgress }));
      const told = [...steps].map(([name, { ms, mb }]) => `${name.toLowerCase()} ${(ms / 1000).toFixed(1)} s, ${mb} MB so far`).join("; ");
      console.log(`${which}: ${outcome.cells} cells in ${((performance.now() - began) / 1000).toFixed(1)} s (${told}), ${peak()} MB at most`);
    }
  } finally {
    await db.$disconnect();
  }
}

async function main(): Promise<void> {
  const [mode, connection, dataDir] = process.argv.slice(2);
  if (mode === "assess" && connection !== undefined && dataDir !== undefined) return assessFleet(connectionSchema.parse(JSON.parse(connection)), dataDir);
  if (!existsSync(SAMPLE)) return console.log(`skipped: ${SAMPLE} is not here`);
  const at = await startTestDatabase();
  try {
    await writeFleet(at);
    const child = spawnSync(process.execPath, ["--import", "tsx", "scripts/bench/assessment-run.ts", "assess", JSON.stringify(at.connection), at.dataDir], { cwd: projectRoot(), stdio: "inherit" });
    process.exitCode = child.status ?? 1;
  } finally {
    await at.stop();
  }
}

await main();
