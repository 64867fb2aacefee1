import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestDatabase, type TestDatabase } from "@/lib/db/testing/test-database";
import { insertSegment } from "@/lib/inventory/store";
import { describeSourceFacts } from "@/lib/reports/telemetry-source";
import type { RecordFilter } from "@/lib/reports/telemetry-record-page";
import { sha256 } from "@/lib/shared/digest";
import { browseRecords } from "./browse-records";
import type { OperationContext } from "./context";
import { fileOutcomesSchema } from "./events/file-outcome";
import { getRecord } from "./get-record";
import { getTelemetryMap } from "./get-telemetry-map";
import { getTelemetrySource } from "./get-telemetry-source";
import { getWhatIf } from "./get-what-if";
import { keepUpload } from "./keep-upload";
import { loadStarterCatalog } from "./load-starter-catalog";
import { prepareAssessment } from "./prepare-assessment";
import { prepareEventsImport } from "./prepare-events-import";
import { previewWhatIf } from "./preview-what-if";
import { runJobInline } from "./run-job-inline";
import { readTelemetry } from "./telemetry/read-evidence";

let at: TestDatabase;
let windows: string;
let mac: string;
let dataset: string;
let content: Buffer;

const T0 = Date.UTC(2026, 2, 2, 12);
const FILTER: RecordFilter = { kind: null, host: null, from: null, to: null, text: "", field: null, refused: false, columns: [], page: 1, after: 0 };
const COUNT = 1400;

const line = (n: number): string =>
  n % 500 === 0
    ? `{"EventID": 1, broken ${n}`
    : JSON.stringify({ EventID: n % 2 === 0 ? 1 : 3, Channel: "Microsoft-Windows-Sysmon/Operational", SourceName: "Microsoft-Windows-Sysmon", Hostname: `ws-${n % 4}`, UtcTime: new Date(T0 - n * 1000).toISOString().replace("T", " ").replace("Z", ""), Image: `C:\\app${n}.exe`, CommandLine: `app${n} --run`, ProcessId: n + 1, ProcessGuid: `{g-${n}}`, User: "EX\\ana", ParentImage: "C:\\b.exe", DestinationIp: "203.0.113.9", DestinationPort: "443" });

beforeAll(async () => {
  at = await startTestDatabase();
  await loadStarterCatalog(at.ctx);
  const segment = { assets: 4, criticality: 4, owner: "", tags: [], timeZone: null, target: null };
  windows = (await insertSegment(at.db, { ...segment, name: "Workstations", platforms: [{ name: "Windows", hosts: null }] }, { at: new Date("2026-01-01") })).id;
  mac = (await insertSegment(at.db, { ...segment, name: "Laptops", platforms: [{ name: "macOS", hosts: null }] }, { at: new Date("2026-01-01") })).id;
});
afterAll(() => at.stop());

const page = (filter: Partial<RecordFilter>, ctx: OperationContext = at.ctx) => browseRecords(ctx, { datasetId: dataset, filter: { ...FILTER, ...filter } });
const numbers = (view: Awaited<ReturnType<typeof page>>): number[] => view.rows.map(({ number }) => number);
const only = (segment: string): OperationContext => ({ ...at.ctx, segments: [segment] });

describe("telemetry screens", () => {
  test("before an assessment there is no map and nothing to think with", async () => {
    expect(await getTelemetryMap(at.ctx, null)).toBeNull();
    expect(await getWhatIf(at.ctx, { assessment: null, product: null, segment: null })).toBeNull();
    await expect(getTelemetryMap(at.ctx, 7)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("the map shows what arrived, and what came after the assessment is counted as later", async () => {
    content = Buffer.from(Array.from({ length: COUNT }, (_, n) => line(n + 1)).join("\n"));
    async function* whole() {
      yield content;
    }
    const upload = await keepUpload(at.ctx, whole(), "sysmon.json");
    const [outcome] = fileOutcomesSchema.parse(await runJobInline(at.ctx, await prepareEventsImport(at.ctx, upload, { segment: "Workstations" })));
    dataset = outcome?.dataset ?? "";
    await runJobInline(at.ctx, await prepareAssessment(at.ctx, { at: new Date(T0 + 60_000).toISOString() }));
    const view = await getTelemetryMap(at.ctx, null);
    const family = view?.families.findIndex(({ id }) => id === "windows-sysmon") ?? -1;
    const column = view?.segments.findIndex(({ id }) => id === windows) ?? -1;
    expect(view?.cells.find((cell) => cell.family === family && cell.segment === column)).toMatchObject({ state: "part", hosts: 4, of: 4, records: COUNT - 2 });
    expect(view?.cells.some((cell) => cell.family === family && view.segments[cell.segment]?.id === mac)).toBe(false);
    expect(view?.say.length).toBeGreaterThan(0);
  });

  test("whoever may see one segment sees that one alone", async () => {
    const view = await getTelemetryMap(only(mac), null);
    expect(view?.segments.map(({ id }) => id)).toEqual([mac]);
    expect(view?.cells.every(({ segment }) => segment === 0)).toBe(true);
    expect(view?.cells.every(({ records }) => records === 0)).toBe(true);
    await expect(getTelemetrySource(only(mac), { assessment: null, segment: windows, family: "windows-sysmon" })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(page({}, only(mac))).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(getRecord(only(mac), { datasetId: dataset, number: 1 })).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect((await getWhatIf(only(mac), { assessment: null, product: "eslogger-full", segment: null }))?.chosen?.result.segments.map(({ id }) => id)).toEqual([mac]);
  });

  test("behind a cell stand its file, its keys with names of analytics, probes and records", async () => {
    const view = await getTelemetrySource(at.ctx, { assessment: null, segment: windows, family: "windows-sysmon" });
    expect(view.datasets).toMatchObject([{ id: dataset, fileName: "sysmon.json", gone: false, fresh: COUNT - 2 }]);
    expect(view.kinds.filter(({ records }) => records > 0).map(({ key }) => key).sort()).toEqual(["1", "3"]);
    expect(view.analytics.length).toBe(view.cell.analytics);
    expect(view.analytics.filter(({ components }) => components.some(({ proven }) => proven)).length).toBe(view.cell.served);
    expect(view.analytics.every(({ name }) => name !== "")).toBe(true);
    expect(view.quality?.probes.length).toBeGreaterThan(10);
    expect(view.examples.length).toBeGreaterThan(0);
    const whole = (await readTelemetry(at.ctx, null))?.evidence;
    const { analytics, datasets: _, ...facts } = (whole && describeSourceFacts(whole, whole.input.segments.findIndex(({ id }) => id === windows), "windows-sysmon")) ?? { analytics: null, datasets: null };
    expect(view).toMatchObject(facts); // read from the segment's part of the input, it says what the whole says
    expect(view.analytics).toMatchObject(analytics ?? []);
    await expect(getTelemetrySource(at.ctx, { assessment: null, segment: mac, family: "windows-sysmon" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("records of a file", () => {
  test("come by pages in the order of the file, refused ones among them", async () => {
    const first = await page({});
    expect(numbers(first)).toEqual(Array.from({ length: 500 }, (_, n) => n + 1));
    expect(first.rows[499]).toMatchObject({ number: 500, refused: { reason: expect.any(String) } });
    expect(first).toMatchObject({ pages: 3, matching: COUNT, short: false, goOn: null });
    const last = await page({ page: 3 });
    expect(numbers(last)[0]).toBe(1001);
    expect(last.rows).toHaveLength(COUNT - 1000);
    expect((await page({ page: 99 })).filter.page).toBe(3);
  });

  test("are narrowed by the index: kind, host and time together, with an exact count", async () => {
    const found = await page({ kind: "windows-sysmon:3", host: "WS-1", from: T0 - 100_000, to: T0 });
    const expected = Array.from({ length: 100 }, (_, n) => n + 1).filter((n) => n % 2 === 1 && n % 4 === 1);
    expect(numbers(found)).toEqual(expected);
    expect(found.matching).toBe(expected.length);
    expect((await page({ kind: "windows-sysmon" })).matching).toBe(COUNT - 2);
    expect((await page({ kind: "no:such" })).rows).toEqual([]);
  });

  test("are searched in a named field, over what the index lets through, saying how far it came", async () => {
    const found = await page({ text: "app77", field: "image", columns: ["image", "no_such_field"] });
    expect(numbers(found)).toEqual([77, ...Array.from({ length: 10 }, (_, n) => 770 + n)]);
    expect(found).toMatchObject({ looked: COUNT, goOn: null, columns: ["image"] });
    expect(found.rows[0]?.values).toEqual(["C:\\app77.exe"]);
    expect(numbers(await page({ text: "app77", field: "image", kind: "windows-sysmon:1" }))).toEqual([770, 772, 774, 776, 778]);
    expect(numbers(await page({ text: "app77", field: "user" }))).toEqual([]);
  });

  test("a search with more finds than a page goes on where it stopped", async () => {
    const first = await page({ text: "app" });
    expect(first.rows).toHaveLength(500);
    const second = await page({ text: "app", after: first.goOn ?? 0 });
    expect(numbers(second)[0]).toBeGreaterThan(first.goOn ?? Infinity);
    const third = await page({ text: "app", after: second.goOn ?? 0 });
    expect(third.goOn).toBeNull();
    expect(new Set([...numbers(first), ...numbers(second), ...numbers(third)]).size).toBe(COUNT - 2);
  });

  test("that were refused are listed alone", async () => {
    const refused = await page({ refused: true });
    expect(numbers(refused)).toEqual([500, 1000]);
    expect(refused.matching).toBe(2);
  });

  test("one is shown whole, and its bytes are those of the file", async () => {
    for (const number of [1, 777, COUNT]) {
      const found = await getRecord(at.ctx, { datasetId: dataset, number });
      if ("ahead" in found) throw new Error("not reached");
      const bytes = content.subarray(found.offset, found.offset + found.length);
      expect(bytes.toString()).toBe(line(number));
      expect(found.sha256).toBe(sha256(bytes));
      expect(found.raw).toBe(line(number));
      expect(found.canonical.find(({ id }) => id === "image")?.value).toBe(`C:\\app${number}.exe`);
      expect(found.native.find(({ path }) => path === "ProcessId")?.value).toBe(String(number + 1));
      const [component] = found.components;
      expect(component?.missing).toEqual([]);
      expect(component?.analytics.length).toBeGreaterThan(0);
      expect(JSON.parse(found.json)).toMatchObject({ number, offset: found.offset });
    }
  });
  test("one that was refused says why", async () => {
    const found = await getRecord(at.ctx, { datasetId: dataset, number: 500 });
    expect(found).toMatchObject({ refused: { reason: expect.any(String) }, components: [], raw: expect.stringContaining(line(500)) });
  });
  test("a number that the file does not have is not found", async () => {
    for (const number of [0, -1, 1.5, COUNT + 1, NaN]) await expect(getRecord(at.ctx, { datasetId: dataset, number })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(browseRecords(at.ctx, { datasetId: "nothing", filter: FILTER })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("what a source could give", () => {
  const write = (text: string, segment = windows) => previewWhatIf(at.ctx, { fileName: "config.xml", content: Buffer.from(text), segment, assessment: null });
  const state = async () => JSON.stringify([await at.db.claim.count(), await at.db.inventoryImport.count(), await at.db.keptFile.count(), await at.db.assessment.count(), await at.db.auditEntry.count()]);

  test("products come with what they would add, most first, and nothing is stored", async () => {
    const before = await state();
    const view = await getWhatIf(at.ctx, { assessment: null, product: "eslogger-full", segment: null });
    expect(view?.ranked).toBe(true);
    const gains = view?.products.map(({ gain }) => gain?.claimed ?? -1) ?? [];
    expect([...gains].sort((a, b) => b - a)).toEqual(gains);
    expect(gains[0]).toBeGreaterThan(0);
    expect(view?.chosen?.result.segments).toMatchObject([{ id: mac }]);
    expect(view?.chosen?.result.segments[0]?.claimed.every(({ to }) => to === "declared" || to === "partial")).toBe(true);
    expect(view?.products.some(({ platforms }) => platforms.every((platform) => platform === "Containers"))).toBe(false);
    expect(await state()).toBe(before);
    await expect(getWhatIf(at.ctx, { assessment: null, product: "no-such", segment: null })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("a configuration is read and thought through, and nothing of it is stored", async () => {
    const before = await state();
    const found = await write('<Sysmon schemaversion="4.90"><EventFiltering><ImageLoad onmatch="exclude"/><ProcessAccess onmatch="include"/></EventFiltering></Sysmon>');
    expect(found.kinds).toContain("windows-sysmon:7");
    expect(found.kinds).not.toContain("windows-sysmon:10");
    expect(found.result.segments).toMatchObject([{ id: windows }]);
    expect(await state()).toBe(before);
  });
  test("what is no configuration is refused", async () => {
    await expect(write("neither this nor that")).rejects.toMatchObject({ code: "UNSUPPORTED" });
    await expect(write("x", "no-segment")).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
