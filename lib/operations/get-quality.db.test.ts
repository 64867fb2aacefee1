import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestDatabase, type TestDatabase } from "@/lib/db/testing/test-database";
import { joinResult } from "@/lib/events/joins/join-result";
import type { GradedProbe } from "@/lib/events/probes/grade-sources";
import { qualityJsonSchema } from "@/lib/events/probes/quality-json";
import { listJoinIndexes } from "@/lib/events/probes/store";
import { insertSegment } from "@/lib/inventory/store";
import { fileOutcomesSchema } from "./events/file-outcome";
import { getQuality } from "./get-quality";
import { keepUpload } from "./keep-upload";
import { prepareEventsImport, type EventsImportRequest } from "./prepare-events-import";
import { readRawRecord } from "./read-raw-record";
import { removeDataset } from "./remove-dataset";
import { runJobInline } from "./run-job-inline";

let at: TestDatabase;
let segment: string;

beforeAll(async () => {
  at = await startTestDatabase();
  const draft = { name: "EU servers", platforms: [{ name: "Windows", hosts: null }], assets: 4, criticality: 4, owner: "", tags: [], timeZone: null, target: null };
  segment = (await insertSegment(at.db, draft, { at: new Date("2026-01-01") })).id;
});
afterAll(() => at.stop());

const instant = (n: number) => new Date(Date.UTC(2026, 2, 1) + n * 60_000);
const event = (n: number, host: string, id: number, data: object) =>
  JSON.stringify({ EventID: id, Channel: "Microsoft-Windows-Sysmon/Operational", SourceName: "Microsoft-Windows-Sysmon", Hostname: host, EventRecordID: 100 + n, UtcTime: instant(n).toISOString().replace("T", " ").replace("Z", ""), TimeCreated: instant(n).toISOString(), ...data });
const start = (n: number, host: string, more: object = {}) => event(n, host, 1, { Image: "C:\\a.exe", CommandLine: `a ${n}`, ProcessId: n, ProcessGuid: `{guid-${n}}`, User: `EX\\user${n % 5}`, ParentImage: "C:\\b.exe", ...more });
const connect = (n: number, host: string, process: number) => event(n, host, 3, { Image: "C:\\a.exe", ProcessId: process, ProcessGuid: `{guid-${process}}`, User: "EX\\ana", SourceIp: "10.0.0.1", SourcePort: "4000", DestinationIp: "203.0.113.9", DestinationPort: "443" });
const starts = (from: number, count: number, host: string) => Array.from({ length: count }, (_, n) => start(from + n, host));

async function* chunks(content: Uint8Array) {
  for (let from = 0; from < content.length; from += 1000) yield content.subarray(from, from + 1000);
}

async function importLines(lines: readonly string[], request: Partial<EventsImportRequest> = {}): Promise<string> {
  const upload = await keepUpload(at.ctx, chunks(Buffer.from(lines.join("\n"))), `sample-${lines.length}.json`);
  const [outcome] = fileOutcomesSchema.parse(await runJobInline(at.ctx, await prepareEventsImport(at.ctx, upload, { segment: "EU servers", ...request })));
  return outcome?.dataset ?? "";
}

async function probesOf(of: Parameters<typeof getQuality>[1]): Promise<Map<string, GradedProbe>> {
  const [source] = qualityJsonSchema.parse(await getQuality(at.ctx, of));
  return new Map((source?.probes ?? []).map((probe) => [probe.id, probe]));
}

describe("the quality of imported records", () => {
  test("is graded for a file, and for the segment over its files added up", async () => {
    const first = await importLines(starts(0, 60, "ws-1"));
    const alone = await probesOf({ datasetId: first });
    expect(alone.get("missing-parent")).toMatchObject({ grade: "pass", n: 60 });
    expect(alone.get("host-coverage")).toMatchObject({ grade: "warn", value: 250_000 });
    expect(alone.get("sequence-gaps")).toMatchObject({ grade: "pass", value: 0, n: 60 });
    const second = await importLines([...starts(100, 60, "ws-2"), ...[1, 2, 3].map((n) => start(200 + n, "ws-2", { CommandLine: `cut ${n}...` }))]);
    const both = await probesOf({ segmentId: segment });
    expect(both.get("missing-parent")).toMatchObject({ grade: "pass", n: 123 });
    expect(both.get("host-coverage")).toMatchObject({ grade: "warn", value: 500_000 });
    expect(both.get("truncated-command")).toMatchObject({ grade: "warn", examples: [{ dataset: second, number: 61 }, { number: 62 }, { number: 63 }] });
    const [example] = both.get("truncated-command")?.examples ?? [];
    expect(await readRawRecord(at.ctx, { datasetId: example?.dataset ?? "", offset: example?.offset ?? -1, length: example?.length ?? -1 })).toContain("cut 1...");
  });

  test("of a lab is shown with its file and says nothing of the segment", async () => {
    const before = await probesOf({ segmentId: segment });
    const lab = await importLines(starts(500, 40, "lab-1"), { options: { origin: "lab" } });
    expect((await probesOf({ datasetId: lab })).get("window")?.n).toBe(40);
    expect(await probesOf({ segmentId: segment })).toEqual(before);
  });

  test("holds what joins over files: a process start in one, its connection in another", async () => {
    await importLines([connect(1, "ws-1", 0), connect(2, "ws-1", 9999)]);
    const indexes = await listJoinIndexes(at.db, segment);
    const edge = { id: "start-connect", from: ["windows-sysmon:1"], to: ["windows-sysmon:3"], by: "process", ordered: true, windowMs: 3_600_000 } as const;
    const found = joinResult(indexes, edge);
    expect(found).toMatchObject({ state: "joined", witness: { from: { record: 1 }, to: { record: 1 } } });
    expect(joinResult(indexes, { ...edge, windowMs: 1_000 })).toMatchObject({ state: "not-joined" });
  });

  test("is read again with its file, and goes with it", async () => {
    const before = await probesOf({ segmentId: segment });
    await at.db.dataset.updateMany({ data: { deriverVersion: 0 } });
    await at.db.probeSummary.deleteMany({});
    expect((await probesOf({ segmentId: segment })).size).toBe(0);
    await runJobInline(at.ctx, { kind: "events-rederive", title: "again", input: {} });
    const after = await probesOf({ segmentId: segment });
    const bare = (probes: typeof before) => [...probes.values()].map(({ examples, ...probe }) => ({ ...probe, examples: examples.length }));
    expect(bare(after)).toEqual(bare(before));
    const kept = await at.db.datasetJoins.findMany({ select: { datasetId: true } });
    for (const { datasetId } of kept) await removeDataset(at.ctx, datasetId);
    expect([await at.db.probeSummary.count(), await at.db.datasetJoins.count()]).toEqual([0, 0]);
  });

  test("of what does not exist is refused", async () => {
    await expect(getQuality(at.ctx, { datasetId: "none" })).rejects.toThrow("There is no such dataset.");
    await expect(getQuality(at.ctx, { segmentId: "none" })).rejects.toThrow("There is no such segment.");
  });
});
