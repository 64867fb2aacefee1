import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { projectRoot } from "@/lib/db/project-root";
import { startTestDatabase, type TestDatabase } from "@/lib/db/testing/test-database";
import { listPackManifests } from "@/lib/detection/packs/store";
import { listRules } from "@/lib/detection/rules/store";
import { MOST_EVENT_CHARACTERS } from "@/lib/reports/bench-view";
import type { OperationContext } from "./context";
import { createSegment } from "./create-segment";
import { findBenchChoices } from "./find-bench-choices";
import { getBenchView } from "./get-bench-view";
import { getPackView } from "./get-pack-view";
import { writeZip } from "./evidence/write-zip";
import { preparePackImport } from "./import-pack";
import { keepUpload } from "./keep-upload";
import { loadStarterCatalog } from "./load-starter-catalog";
import { listDatasets } from "./list-datasets";
import { readPackFolder } from "./packs/read-pack-folders";
import { prepareEventsImport } from "./prepare-events-import";
import { runBench } from "./run-bench";
import { runJobInline } from "./run-job-inline";

let database: TestDatabase;
let ctx: OperationContext;
let dataset: string;
const signal = new AbortController().signal;

const RULE = `title: Downloads by PowerShell
author: A. Author
license: MIT
logsource:
  product: windows
  category: process_creation
detection:
  selection:
    Image|endswith: '\\powershell.exe'
    CommandLine|contains|expand: '%Words%'
  condition: selection
`;
const record = (command: string, second: number): string => JSON.stringify({ EventID: 1, Channel: "Microsoft-Windows-Sysmon/Operational", UtcTime: `2026-03-02 10:00:0${second}.000`, Computer: "ws-1", Image: "C:\\Windows\\powershell.exe", CommandLine: command });
const EVENTS = [record("powershell -nop iwr http://192.0.2.1", 1), record("powershell Get-Date", 2), record("powershell iwr http://192.0.2.2", 3)].join("\n");
const NOTHING = { rule: null, dataset: null, record: null, pack: null, test: null, segment: null };
const ask = (request: object) => runBench(ctx, { rule: RULE, events: { from: "text", text: EVENTS, format: null, host: null }, values: { Words: ["iwr "] }, segment: null, ignoreLogsource: false, ...request }, signal);

beforeAll(async () => {
  database = await startTestDatabase(() => new Date("2026-03-02T12:00:00Z"));
  ctx = database.ctx;
  await loadStarterCatalog(ctx);
  const files = [...(await readPackFolder(join(projectRoot(), "prisma/packs/AN1316")))]; // one is enough, and quicker than all
  const zip = writeZip(files.map(([path, bytes]) => ({ path, content: () => [bytes] })), new Date(0), []);
  await runJobInline(ctx, preparePackImport(ctx, await keepUpload(ctx, Readable.from(zip), "pack.zip")));
  const { id: segment } = await createSegment(ctx, { name: "Workstations", platforms: [{ name: "Windows", hosts: 1 }], assets: 1, criticality: 3, owner: "", tags: [], timeZone: null });
  await runJobInline(ctx, await prepareEventsImport(ctx, await keepUpload(ctx, Readable.from([Buffer.from(EVENTS)]), "day.ndjson"), { segment, options: {} }));
  dataset = (await listDatasets(ctx))[0]?.id ?? "";
});
afterAll(() => database.stop());

test("a pasted rule matches pasted events, and each match comes with its record; nothing is stored", async () => {
  const before = [await ctx.db.auditEntry.count(), await ctx.db.job.count()];
  const { documents, records, inputs } = await ask({});
  expect(inputs).toMatchObject([{ records: 3, refused: 0, error: null }]);
  expect(documents).toMatchObject([{ title: "Downloads by PowerShell", author: "A. Author", license: "MIT", say: "It matches 2 of 3 records of its logsource.", rule: { verdict: "matched", events: [1, 3] } }]);
  expect(records.map(({ number, host, kind }) => [number, host, kind])).toEqual([[1, "ws-1", "windows-sysmon:1"], [3, "ws-1", "windows-sysmon:1"]]);
  expect(records[1]?.raw).toContain("192.0.2.2");
  expect([await ctx.db.auditEntry.count(), await ctx.db.job.count()]).toEqual(before);
});

test("what does not match says which line decides, at the nearest record", async () => {
  const { documents } = await ask({ values: { Words: ["no-such-word"] } });
  expect(documents[0]?.rule).toMatchObject({ verdict: "not-matched", needed: 1, matched: 0, seen: 3 });
  expect(documents[0]?.rule?.items.filter(({ decides }) => decides).map(({ field }) => field)).toEqual(["CommandLine"]);
});

test("a refused rule is listed with line, column and remedy, and the others are asked", async () => {
  const { documents } = await ask({ rule: `${RULE}---\ntitle: Broken\nlogsource:\n  product: windows\ndetection:\n  selection:\n    Image|nosuch: a\n  condition: selection\n` });
  expect(documents.map(({ title, message }) => [title, message === null])).toEqual([["Downloads by PowerShell", true], ["Broken", false]]);
  expect(documents[1]).toMatchObject({ line: 18, rule: null });
  expect(documents[1]?.remedy).not.toBe("");
});

test("a placeholder without a value refuses its rule by name", async () => {
  const { documents } = await ask({ values: {} });
  expect(documents[0]?.message).toContain("Words");
});

test("a near miss of a pack says what its chain lacks, stages with their records", async () => {
  const [manifest] = await listPackManifests(ctx.db, ["AN1316"]);
  const position = manifest?.tests.findIndex(({ misses }) => misses.some(({ reason }) => reason === "wrong-order")) ?? -1;
  const view = await getBenchView(ctx, { ...NOTHING, pack: "AN1316", test: position });
  expect(view.events?.files.map(({ name }) => name)).toEqual(manifest?.tests[position]?.samples);
  const { documents, records } = await ask({ rule: view.rule?.text ?? "", events: view.events?.asked ?? {}, values: Object.fromEntries(view.values.map(({ name, values }) => [name, values])) });
  const [chain] = documents;
  expect(chain?.correlation).toMatchObject({ fired: [], nearestMiss: { kind: "wrong-order", stage: "an1316-written" } });
  expect(chain?.correlation?.stages.every(({ reached }) => reached)).toBe(true);
  const shown = new Set(records.map(({ number }) => number));
  expect(chain?.correlation?.nearestMiss?.records.every((number) => shown.has(number))).toBe(true);
});

test("a dataset is asked as it was imported, and its records lead to their pages", async () => {
  const { records } = await ask({ events: { from: "dataset", dataset } });
  expect(records.map(({ number, href }) => [number, href])).toEqual([[1, `/imports/events/${dataset}/records/1`], [3, `/imports/events/${dataset}/records/3`]]);
});

test("one record of a dataset begins as text that reads the same", async () => {
  const { events } = await getBenchView(ctx, { ...NOTHING, dataset, record: 2 });
  expect(events?.asked).toMatchObject({ from: "text", text: record("powershell Get-Date", 2), host: "ws-1" });
});

test("a stored rule begins with all that it is read with, and with its values", async () => {
  const [signal] = (await listRules(ctx.db, { calledAny: ["an1316-document-to-egress"] })).filter(({ name }) => name === "an1316-document-to-egress");
  const { rule, values } = await getBenchView(ctx, { ...NOTHING, rule: signal?.id ?? "" });
  expect(rule?.text).toContain("name: an1316-opened");
  expect(values.map(({ name }) => name)).toContain("HighRiskChildren");
});

test("what is picked from is found by words: rules, datasets and the tests of packs", async () => {
  expect((await findBenchChoices(ctx, { of: "rule", words: "an1316 opened document" })).choices.map(({ address }) => Object.keys(address))).toEqual([["rule"]]);
  expect((await findBenchChoices(ctx, { of: "events", words: "day.ndjson" })).choices).toEqual([{ title: "day.ndjson", note: "Workstations, 3 records", address: { dataset } }]);
  const tests = await findBenchChoices(ctx, { of: "events", words: "pack AN1316" });
  expect(tests.total).toBe((await getPackView(ctx, { analytic: "AN1316", version: null })).ownTests.length);
});

test("too much text, an unknown dataset and a cancelled question are refused in words", async () => {
  await expect(ask({ events: { from: "text", text: "x".repeat(MOST_EVENT_CHARACTERS + 1), format: null, host: null } })).rejects.toMatchObject({ code: "TOO_LARGE" });
  await expect(ask({ events: { from: "dataset", dataset: "00000000-0000-0000-0000-000000000000" } })).rejects.toMatchObject({ code: "NOT_FOUND" });
  const stop = new AbortController();
  stop.abort(new Error("the browser is gone")); // as a web server says it
  await expect(runBench(ctx, { rule: RULE, events: { from: "text", text: EVENTS, format: null, host: null }, values: {}, segment: null, ignoreLogsource: false }, stop.signal)).rejects.toMatchObject({ code: "CANCELLED" });
});

test("events of another's segment are not shown", async () => {
  await expect(runBench({ ...ctx, segments: [] }, { rule: RULE, events: { from: "dataset", dataset }, values: {}, segment: null, ignoreLogsource: false }, signal)).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("a pack shows its requirements, edges, rules and tests, and whether it decides its analytic's cells", async () => {
  const pack = await getPackView(ctx, { analytic: "an1316", version: null });
  expect(pack).toMatchObject({ analytic: "AN1316", fits: true, current: true, requirements: 4, joins: 3 });
  expect(pack.tests.passed).toBe(pack.ownTests.length);
  expect(pack.rules.filter(({ signal: alerts }) => alerts).map(({ name }) => name)).toEqual(["an1316-document-to-egress"]);
  await expect(getPackView(ctx, { analytic: "AN1316", version: 99 })).rejects.toMatchObject({ code: "NOT_FOUND" });
});
