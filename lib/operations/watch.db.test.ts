import { mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startTestDatabase, type TestDatabase } from "@/lib/db/testing/test-database";
import { listHostsSeen } from "@/lib/events/store";
import { listMeasurements } from "@/lib/inventory/measurements/store";
import { listWatchedFamilies, listWatchedFolders, openWatchedFolder, releaseWatchLease, takeWatchLease } from "@/lib/inventory/watch/store";
import { readScoringInput } from "@/lib/assessment/read-scoring-input";
import type { OperationContext } from "./context";
import { createSegment } from "./create-segment";
import { readKeptJson } from "./evidence/read-kept-json";
import { findAssessment } from "./find-assessment";
import { forgetWatchedFolder, forgottenFolderSchema } from "./forget-watched-folder";
import { listAssessments } from "./list-assessments";
import { listDatasets } from "./list-datasets";
import { loadStarterCatalog } from "./load-starter-catalog";
import { watchFolder, type WatchOptions } from "./watch-folder";

let database: TestDatabase;
let ctx: OperationContext;
let folder: string;
const START = Date.parse("2026-11-21T12:00:00Z");
let now = START;
const DAY = 86_400_000;

beforeAll(async () => {
  database = await startTestDatabase(() => new Date(now));
  ctx = database.ctx;
  await loadStarterCatalog(ctx);
  await createSegment(ctx, { name: "Office", platforms: [{ name: "Windows" }], assets: 2, criticality: 3 });
});
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "sightline-watch-"))));
afterAll(async () => {
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
});

function processStart(host: string, at: string): string {
  return JSON.stringify({ Channel: "Microsoft-Windows-Sysmon/Operational", SourceName: "Microsoft-Windows-Sysmon", EventID: 1, Hostname: host, "@timestamp": at, UtcTime: at.replace("T", " ").replace("Z", ""), Image: "C:\\cmd.exe", CommandLine: "cmd.exe", ParentImage: "C:\\e.exe", ProcessId: "7", ParentProcessId: "8", User: "EX\\ana" });
}

function drop(name: string, text: string): void {
  mkdirSync(join(folder, name, ".."), { recursive: true });
  writeFileSync(join(folder, name), text);
  utimesSync(join(folder, name), now / 1_000, now / 1_000);
}

/** Watches for as many polls as there are steps; each step runs in the pause before the next poll. */
async function watchThrough(steps: readonly (() => void)[], options: Partial<WatchOptions> = {}): Promise<string[]> {
  const stop = new AbortController();
  const lines: string[] = [];
  const waiting = [...steps];
  await watchFolder(ctx, {
    folder,
    segment: "Office",
    signal: stop.signal,
    report: (line) => void lines.push(line),
    wait: async () => {
      now += 10_000;
      const step = waiting.shift();
      if (step === undefined) stop.abort();
      else step();
    },
    ...options,
  });
  return lines;
}

const nothing = () => {};

describe("a watched folder", () => {
  test("imports what is finished, once; lists what it refuses; leaves the files where they are", async () => {
    const table = "segment,family,event_key,host,count,first,last,fill_user\nOffice,windows-sysmon,3,pc-1,9,2026-11-21T10:00:00Z,2026-11-21T11:00:00Z,9\n";
    const lines = await watchThrough([
      () => {
        drop("day/a.json", processStart("pc-1", "2026-11-21T11:00:00.000Z"));
        drop("m.csv", table);
        drop("m.query.txt", "the query");
        drop("prose.txt", "nothing that anybody knows\n");
        drop("sysmon.xml", `<Sysmon schemaversion="4.90"><!-- ${"x".repeat(300_000)} --><EventFiltering><ProcessCreate onmatch="exclude"/></EventFiltering></Sysmon>`);
        drop("b.json.tmp", processStart("pc-1", "2026-11-21T11:00:01.000Z"));
      },
      nothing,
      () => drop("again.json", processStart("pc-1", "2026-11-21T11:00:00.000Z")), // the same content under another name
      nothing,
      nothing,
    ]);
    expect(lines.filter((line) => !line.includes("assessed")).sort()).toEqual(["day/a.json: imported as events", "m.csv: imported as measurement", expect.stringMatching(/^prose\.txt: refused/), expect.stringMatching(/^sysmon\.xml: refused: This is an inventory or a configuration \(Sysmon.*sightline inventory import FILE --segment/)]);
    for (const line of lines) expect(line.length).toBeLessThan(300);
    expect((await listDatasets(ctx)).map(({ fileName }) => fileName)).toEqual(["day/a.json"]);
    expect((await listMeasurements(ctx.db)).map(({ kind, query }) => [kind, query])).toEqual([["windows-sysmon:3", "the query"]]);
    const [view] = await listWatchedFolders(ctx.db, "all");
    expect(view).toMatchObject({ families: ["windows-sysmon"], imported: 2, leaseOwner: null, refused: expect.arrayContaining([expect.objectContaining({ fileName: "prose.txt", state: "refused" })]) });
    expect(await watchThrough([nothing, nothing])).toEqual([]); // another process, the same folder
    expect(await listDatasets(ctx)).toHaveLength(1);
  });

  test("a file that grows counts once: what was read of it before is taken out; one that is written anew is another", async () => {
    const [one, two, three] = [4, 5, 6].map((minute) => `${processStart("pc-9", `2026-11-21T10:0${minute}:00.000Z`)}\n`);
    const known = (await listDatasets(ctx)).length;
    const lines = await watchThrough([() => drop("all.ndjson", one ?? ""), nothing, () => drop("all.ndjson", `${one}${two}`), nothing, nothing, () => drop("all.ndjson", `${three}`.repeat(4)), nothing, nothing]);
    expect(lines.filter((line) => line.startsWith("all.ndjson"))).toEqual(["all.ndjson: imported as events", "all.ndjson: imported as events; it has grown, and what was read of it before counts no more", "all.ndjson: imported as events"]);
    const now = (await listDatasets(ctx)).filter(({ fileName }) => fileName === "all.ndjson");
    expect(now.map(({ records }) => records).sort()).toEqual([2, 4]);
    expect(await listDatasets(ctx)).toHaveLength(known + 2);
    expect(await watchThrough([nothing, nothing])).toEqual([]); // nor after a restart
  });

  test("gives records without a host that of their file's path, where somebody says how; what cannot be meant is refused before it begins", async () => {
    const hostless = processStart("", "2026-11-21T11:30:00.000Z").replace('"Hostname":"",', "");
    await watchThrough([() => drop("pc-9/b.json", hostless), nothing], { reading: { hostFrom: "^([^/]+)/" } });
    const [{ segmentId } = { segmentId: "" }] = await listWatchedFolders(ctx.db, "all");
    expect((await listHostsSeen(ctx.db, segmentId)).map(({ host }) => host)).toContain("pc-9");
    await expect(watchThrough([], { reading: { zone: "Nowhere/At all" } })).rejects.toMatchObject({ code: "INVALID", place: { field: "zone" } });
  });

  test("assesses when the last assessment is older than a day, and not before", async () => {
    const before = (await listAssessments(ctx)).length;
    await watchThrough([nothing, nothing]);
    expect(await listAssessments(ctx)).toHaveLength(before);
    const later = () => void (now += DAY);
    expect((await watchThrough([later, nothing, later, nothing])).filter((line) => line === "the fleet is assessed")).toHaveLength(2);
    expect(await listAssessments(ctx)).toHaveLength(before + 2);
  });

  test("a family that it delivered and that falls silent is noticed within silentHours; a watch that stopped concludes nothing", async () => {
    const silences = async () => {
      const { inputDigest } = await findAssessment(ctx, null);
      return readScoringInput(await readKeptJson(ctx.files, inputDigest), "test").measurements.filter(({ watched }) => watched);
    };
    const hour = 3_600_000;
    now = Math.max(now, START) + 2 * DAY;
    const fresh = new Date(now - hour).toISOString();
    await watchThrough([() => drop("fresh.json", processStart("pc-1", fresh)), nothing, nothing, () => void (now += 26 * hour), nothing]);
    expect(await silences()).toContainEqual(expect.objectContaining({ kind: "windows-sysmon:*", complete: true, records: false }));
    const watched = await listWatchedFamilies(ctx.db);
    const looked = Math.max(...watched.map(({ lookedAt }) => lookedAt));
    expect(now - looked).toBeLessThan(hour);
    const { runJobInline } = await import("./run-job-inline");
    const { prepareAssessment } = await import("./prepare-assessment");
    now += 5 * DAY; // nobody looks any more
    await runJobInline(ctx, await prepareAssessment(ctx, {}));
    expect(Math.max(...(await silences()).map(({ asOf }) => asOf))).toBe(looked);
  });

  test("is forgotten when nobody watches it: its families are missed no more, what was imported stays, and the audit log says so", async () => {
    await watchThrough([() => drop("f.json", processStart("pc-3", new Date(now).toISOString())), nothing]);
    const path = realpathSync(folder);
    const mine = async () => (await listWatchedFolders(ctx.db, "all")).find((row) => row.folder === path);
    const { id = "", segmentId = "" } = (await mine()) ?? {};
    const imported = (await listDatasets(ctx)).length;
    const missed = (await listWatchedFamilies(ctx.db)).length;
    expect(await takeWatchLease(ctx.db, id, "another machine")).toBe(true);
    await expect(forgetWatchedFolder(ctx, { folder })).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await mine()).toMatchObject({ families: ["windows-sysmon"] });
    await releaseWatchLease(ctx.db, id, "another machine");
    const twin = await createSegment(ctx, { name: "Twin", platforms: [{ name: "Windows" }], assets: 1, criticality: 1 });
    await openWatchedFolder(ctx.db, twin.id, path);
    await expect(forgetWatchedFolder(ctx, { folder })).rejects.toMatchObject({ code: "INVALID", place: { field: "segment" } });
    expect(await forgetWatchedFolder(ctx, { folder, segment: "twin" })).toMatchObject({ segment: "Twin", files: 0 });
    expect(forgottenFolderSchema.parse(await forgetWatchedFolder(ctx, { folder }))).toEqual({ folder: path, segment: "Office", files: 1, families: ["windows-sysmon"] });
    expect(await mine()).toBeUndefined();
    expect(await listWatchedFamilies(ctx.db)).toHaveLength(missed - 1);
    expect(await listDatasets(ctx)).toHaveLength(imported);
    await expect(forgetWatchedFolder(ctx, { folder })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(forgetWatchedFolder({ ...ctx, segments: [twin.id] }, { id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    const entries = await ctx.db.auditEntry.findMany({ where: { action: "watch.forget" }, orderBy: { seq: "asc" } });
    expect(entries.map(({ target }) => target)).toEqual(["Twin", "Office"]);
    await watchThrough([nothing, nothing]); // watched again: read again, and the content is known
    expect(await mine()).toMatchObject({ segmentId, imported: 1 });
    expect(await listDatasets(ctx)).toHaveLength(imported);
  });

  test("one process watches it: a second is refused, the lease of one that has ended is taken at once", async () => {
    const segmentId = (await listWatchedFolders(ctx.db, "all"))[0]?.segmentId ?? "";
    const row = await openWatchedFolder(ctx.db, segmentId, realpathSync(folder));
    expect(await takeWatchLease(ctx.db, row.id, "another machine")).toBe(true);
    await expect(watchThrough([])).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await takeWatchLease(ctx.db, row.id, "me", "another machine")).toBe(true);
    expect(await takeWatchLease(ctx.db, row.id, "somebody")).toBe(false);
  });

  test("a folder that goes away is waited for, and its absence is not read as silence", async () => {
    const moved = `${folder}-moved`;
    const { renameSync } = await import("node:fs");
    const lines = await watchThrough([nothing, () => renameSync(folder, moved), nothing, () => renameSync(moved, folder), nothing, nothing]);
    expect(lines.filter((line) => /waiting|again/.test(line))).toEqual([expect.stringMatching(/^waiting: .*cannot be read/), "watching again"]);
    await expect(watchThrough([], { folder: join(folder, "absent") })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(watchThrough([], { segment: "Nowhere" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
