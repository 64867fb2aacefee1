import { gzipSync } from "node:zlib";
import { ZipFile } from "yazl";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestDatabase, type TestDatabase } from "@/lib/db/testing/test-database";
import { readWindowedAggregates } from "@/lib/events/store";
import { insertSegment, replaceRoster } from "@/lib/inventory/store";
import { SightlineError } from "@/lib/shared/errors";
import type { DatasetFilter } from "@/lib/events/dataset-types";
import { fileOutcomesSchema, type FileOutcome } from "./events/file-outcome";
import { getDataset } from "./get-dataset";
import { getEventsImportView } from "./get-events-import-view";
import { keepUpload } from "./keep-upload";
import { listDatasets } from "./list-datasets";
import { listJobs } from "./list-jobs";
import { listExamples } from "./list-examples";
import { listStaleDatasets } from "./list-stale-datasets";
import { prepareEventsImport, type EventsImportRequest } from "./prepare-events-import";
import { readRawRecord } from "./read-raw-record";
import { removeDataset } from "./remove-dataset";
import { runJobInline } from "./run-job-inline";

let at: TestDatabase;
let segment: string;

beforeAll(async () => {
  at = await startTestDatabase();
  const draft = { name: "EU servers", platforms: [{ name: "Windows", hosts: null }], assets: 10, criticality: 4, owner: "", tags: [], timeZone: null, target: null };
  segment = (await insertSegment(at.db, draft, { at: new Date("2026-01-01") })).id;
});
afterAll(() => at.stop());

const sysmon = (n: number, host = "ws-1.example.test", extra = {}) =>
  JSON.stringify({ EventID: 1, Channel: "Microsoft-Windows-Sysmon/Operational", SourceName: "Microsoft-Windows-Sysmon", Hostname: host, UtcTime: new Date(Date.UTC(2026, 2, 1) + n * 60_000).toISOString().replace("T", " ").replace("Z", ""), Image: "C:\\a.exe", CommandLine: `a ${n}`, ProcessId: n, User: "EX\\ana", ParentImage: "C:\\b.exe", ...extra });
const lines = (count: number, host?: string) => Array.from({ length: count }, (_, n) => sysmon(n, host)).join("\n");

async function* chunks(content: Uint8Array) {
  for (let from = 0; from < content.length; from += 1000) yield content.subarray(from, from + 1000);
}

async function run(content: string | Uint8Array, request: Partial<EventsImportRequest> = {}, name = "sample.json"): Promise<FileOutcome[]> {
  const upload = await keepUpload(at.ctx, chunks(Buffer.from(content)), name);
  return fileOutcomesSchema.parse(await runJobInline(at.ctx, await prepareEventsImport(at.ctx, upload, { segment: " eu SERVERS ", ...request })));
}
const refusal = async (work: Promise<unknown>): Promise<SightlineError> => {
  const error: unknown = await work.then(() => null, (e: unknown) => e);
  if (!(error instanceof SightlineError)) throw new Error(`refused with ${String(error)}`);
  return error;
};
const aggregateRows = () => at.db.eventAggregate.count();

describe("importing events", () => {
  test("a file becomes a dataset with aggregates, index, examples and refusals", async () => {
    const content = `${lines(100)}\nnot json\n${sysmon(5000, "ws-2")}\n`;
    const [outcome] = await run(content);
    expect(outcome).toMatchObject({ outcome: "imported", format: "windows-json", records: 101, refused: { count: 1 }, hosts: { count: 2 }, first: "2026-03-01T00:00:00.000Z" });
    expect(outcome?.components.map(({ name }) => name)).toContain("Process Creation");
    const detail = await getDataset(at.ctx, outcome?.dataset ?? "");
    expect(detail.refusals).toMatchObject([{ reason: "not-json", count: 1, firstRecord: 101, example: "not json" }]);
    expect(detail.kinds).toMatchObject([{ kind: "windows-sysmon:1", count: 101, hosts: 2 }]);
    const [example] = await listExamples(at.ctx, { segmentId: segment, kinds: ["windows-sysmon:1"] });
    expect(example).toMatchObject({ raw: sysmon(0), number: 1, host: "ws-1", fileName: "sample.json" });
    const place = { datasetId: outcome?.dataset ?? "", offset: example?.offset ?? -1, length: example?.length ?? -1 };
    expect(await readRawRecord(at.ctx, place)).toBe(sysmon(0));
    const window = { from: Date.UTC(2026, 2, 1, 0, 30, 30), to: Date.UTC(2026, 2, 1, 1, 10) };
    const rows = await readWindowedAggregates(at.db, { segments: [segment], ...window });
    expect(rows.filter(({ host }) => host === "ws-1")).toMatchObject([{ fresh: 40, stale: 31, future: 29, staleLast: Date.UTC(2026, 2, 1, 0, 30), freshFirst: Date.UTC(2026, 2, 1, 0, 31), freshLast: Date.UTC(2026, 2, 1, 1, 10), untimed: 0 }]);
  });

  test("the same content again changes nothing; with other options it is refused until --replace", async () => {
    const content = lines(50, "ws-again");
    await run(content, {}, "first.json");
    const rows = await aggregateRows();
    expect(await run(gzipSync(content), {}, "other-name.json.gz")).toMatchObject([{ outcome: "unchanged" }]);
    const error = await refusal(run(content, { options: { origin: "lab" } }, "second.json"));
    expect(error.sentence()).toMatch(/second\.json: The same content was imported into EU servers on .* as first\.json, with other options \(origin was "production"\)\..*--replace/);
    expect(await aggregateRows()).toBe(rows);
    expect(await run(content, { options: { origin: "lab" }, replace: true }, "second.json")).toMatchObject([{ outcome: "imported", records: 50 }]);
    expect(await aggregateRows()).toBe(rows);
    const mine = (await listDatasets(at.ctx)).filter(({ fileName }) => fileName === "second.json");
    expect(mine).toMatchObject([{ origin: "lab", records: 50 }]);
  });

  test("lab and public samples never reach what an assessment reads", async () => {
    await run(lines(3, "lab-host"), { options: { origin: "lab" } });
    const rows = await readWindowedAggregates(at.db, { segments: [segment], from: 0, to: Date.UTC(2027, 0) });
    expect(rows.some(({ host }) => host === "lab-host")).toBe(false);
  });

  test.each<[string, string | Uint8Array, RegExp]>([
    ["an empty file", "", /The file is empty/],
    ["white space", "\n\n", /The file is empty/],
    ["a picture named .json", Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), /picture/],
    ["a binary Windows log cut short", Buffer.from("ElfFile\0\0\0"), /No record could be read: The file ends inside/],
    ["UTF-16 of nothing known", Buffer.from("\uFEFF{}", "utf16le"), /no known event format/],
    ["a CloudTrail digest alone", JSON.stringify({ awsAccountId: "111122223333", digestStartTime: "2026-02-03T07:00:00Z", digestEndTime: "2026-02-03T08:00:00Z", logFiles: [{ s3Object: "a", hashValue: "b" }] }), /holds no records: a CloudTrail digest lists delivered files.*Import the log files that it lists/],
    ["prose", "dear colleague,\nhere are the logs", /no known event format/],
    ["a truncated gzip", gzipSync(lines(2000)).subarray(0, 2000), /gzip file ends in the middle/],
    ["a gzip bomb", gzipSync(Buffer.alloc(80 * 1024 * 1024)), /only a decompression bomb does/],
    ["a truncated zip", Buffer.from("PK\u0003\u0004 nothing follows"), /zip file is damaged/],
  ])("%s is refused with a sentence and leaves nothing", async (_, content, sentence) => {
    const before = [await at.db.dataset.count(), await aggregateRows()];
    expect((await refusal(run(content))).sentence()).toMatch(sentence);
    expect([await at.db.dataset.count(), await aggregateRows()]).toEqual(before);
  });

  test("of an archive, each file is a dataset; one that is refused says why beside the others", async () => {
    const zip = new ZipFile();
    zip.addBuffer(Buffer.from(lines(5, "zipped")), "a/one.json");
    zip.addBuffer(Buffer.from("nothing known"), "two.txt");
    zip.end();
    const packed: Buffer[] = [];
    for await (const chunk of zip.outputStream) packed.push(Buffer.from(chunk));
    const found = await run(Buffer.concat(packed), {}, "both.zip");
    expect(found).toMatchObject([{ file: "both.zip/a/one.json", outcome: "imported", records: 5 }, { file: "both.zip/two.txt", outcome: "refused", reason: expect.stringMatching(/^The content is of no known event format/) }]);
  });

  test("a file large enough for a thread gives what the same file gives without one", async () => {
    const content = lines(4_000, "threaded");
    expect(Buffer.byteLength(content)).toBeGreaterThan(512 * 1024);
    expect(await run(content)).toMatchObject([{ outcome: "imported", records: 4_000, hosts: { count: 1 } }]);
    const parts = await at.db.recordIndexPart.count({ where: { dataset: { records: 4_000 } } });
    expect(parts).toBe(1);
  });

  test("an unknown segment, format or option is refused before anything is read", async () => {
    expect((await refusal(run("{}", { segment: "nowhere" }))).sentence()).toMatch(/no segment named "nowhere"/);
    expect((await refusal(run("{}", { options: { format: "syslog" } }))).sentence()).toMatch(/"syslog" is not an event format.*eslogger/);
    expect((await refusal(run("{}", { options: { zone: "Mars/Olympus" } }))).sentence()).toMatch(/zone.*IANA/);
    expect((await refusal(run("{}", { options: { label: "evil" } }))).sentence()).toMatch(/label.*benign/);
    expect((await refusal(run("{}", { options: { extraction: { countAtSource: Number.NaN } } }))).sentence()).toMatch(/countAtSource: must be a whole number/);
  });

  test("of a format that somebody names, at least one record must be; what else is in the file is said", async () => {
    const { place, message } = await refusal(run(lines(3, "forced"), { options: { format: "auditd" } }));
    expect([place.field, message]).toEqual(["format", "Not one of its records is auditd, as was named: 3 are windows-json."]);
    const audit = 'type=SYSCALL msg=audit(1772323200.000:7): arch=c000003e syscall=59 pid=2 exe="/bin/sh"';
    const [outcome] = await run(`${audit}\n${lines(2, "forced")}\n`, { options: { format: "auditd" } });
    expect(outcome).toMatchObject({ records: 3, formats: [{ format: "auditd", records: 1 }, { format: "windows-json", records: 2 }] });
    expect(outcome?.warnings.map(({ message: text }) => text)).toContain("Not all of the file is auditd, as was named: it was read record by record: 1 record of auditd, 2 records of windows-json.");
  });

  test("hosts that the roster does not list are counted and named at the import", async () => {
    const other = await insertSegment(at.db, { name: "With roster", platforms: [{ name: "Windows", hosts: null }], assets: 2, criticality: 3, owner: "", tags: [], timeZone: null, target: null }, { at: new Date("2026-01-01") });
    await replaceRoster(at.db, other.id, [{ host: "ws-1", key: "ws-1", platform: "Windows" }]);
    const [outcome] = await run([sysmon(1, "WS-1.example.test"), sysmon(2, "stray-1"), sysmon(3, "stray-2")].join("\n"), { segment: "With roster" });
    expect(outcome?.warnings).toEqual([{ code: "foreign-hosts", count: 2, kinds: [], message: "2 of 3 hosts did not stand on the segment's roster at the import, and prove nothing while they do not: stray-1, stray-2." }]);
  });

  test("files are listed by pages, narrowed by part of their name as it is written, segment, origin and refusals", async () => {
    await run(lines(2, "odd%name"), { options: { origin: "lab" } }, "100%_odd.json");
    await run(`${lines(2, "half")}\n{"cut": `, {}, "100xyodd.json");
    const list = async (filter: Partial<DatasetFilter>) => (await getEventsImportView(at.ctx, { text: "", segment: null, origin: null, refused: false, page: 1, ...filter })).datasets;
    const all = await list({});
    expect([all.matching, all.pages, all.all.files]).toEqual([all.rows.length, 1, all.rows.length]);
    expect(all.all).toEqual({ files: all.rows.length, records: all.rows.reduce((sum, { records }) => sum + records, 0), refused: all.rows.reduce((sum, { refused }) => sum + refused, 0) });
    expect((await list({ text: "%_ODD" })).rows.map(({ fileName }) => fileName)).toEqual(["100%_odd.json"]);
    expect((await list({ text: "odd.json", origin: "lab" })).rows.map(({ fileName }) => fileName)).toEqual(["100%_odd.json"]);
    expect((await list({ text: "odd.json", refused: true })).rows.map(({ fileName }) => fileName)).toEqual(["100xyodd.json"]);
    expect(await list({ segment: "none", page: 7 })).toMatchObject({ rows: [], matching: 0, pages: 1, filter: { page: 1 }, all: all.all });
  });

  test("a job whose samples were removed says so, and still names the file", async () => {
    const upload = await keepUpload(at.ctx, chunks(Buffer.from(lines(2, "short-lived"))), "gone.json");
    const [made] = fileOutcomesSchema.parse(await runJobInline(at.ctx, await prepareEventsImport(at.ctx, upload, { segment: "EU servers" })));
    const mine = async () => (await listJobs(at.ctx)).flatMap(({ result }) => (Array.isArray(result) ? result : [])).find((file) => typeof file === "object" && file !== null && Reflect.get(file, "file") === "gone.json");
    expect(await mine()).not.toHaveProperty("removed");
    await removeDataset(at.ctx, made?.dataset ?? "");
    expect(await mine()).toMatchObject({ file: "gone.json", dataset: made?.dataset, removed: true });
  });

  test("negative and absurd dates count as untimed and are said", async () => {
    const [outcome] = await run([sysmon(1, "h", { UtcTime: "0001-01-01 00:00:00.000" }), sysmon(2, "h", { UtcTime: "-2026-03-01 00:00:00" }), sysmon(3, "h", { UtcTime: "9999-12-31 00:00:00" })].join("\n"));
    expect(outcome).toMatchObject({ records: 3, untimed: 3, first: null });
    expect(outcome?.warnings.map(({ code, count, message }) => [code, count, message])).toEqual([
      ["absurd-time", 2, "2 records have a time before 1980 or after 2099; they prove nothing."],
      ["bad-time", 1, "1 record has a time that cannot be read; it proves nothing."],
    ]);
  });

  test("text that a database cannot hold does no harm", async () => {
    const [outcome] = await run([sysmon(1, "a\u0000b"), sysmon(2, "h", { Image: "x\u0000\ud800y", CommandLine: "\u0000" })].join("\n"));
    expect(outcome).toMatchObject({ records: 2, refused: { count: 0 } });
  });

  test("a cancelled import leaves nothing", async () => {
    const stop = new AbortController();
    const upload = await keepUpload(at.ctx, chunks(Buffer.from(lines(20_000, "cancelled"))), "big.json");
    const job = await prepareEventsImport(at.ctx, upload, { segment: "EU servers" });
    const work = runJobInline(at.ctx, job, { signal: stop.signal, onProgress: () => stop.abort(new SightlineError("CANCELLED", "Stopped.")) });
    expect((await refusal(work)).code).toBe("CANCELLED");
    expect(await at.db.dataset.count({ where: { state: "deriving" } })).toBe(0);
    expect((await listDatasets(at.ctx)).some(({ fileName }) => fileName === "big.json")).toBe(false);
  });

  test("what a crashed run left is invisible, and is removed by the next run of the same job", async () => {
    const { handler } = await import("./import-events");
    const upload = await keepUpload(at.ctx, chunks(Buffer.from(lines(40, "crashed"))), "crashed.json");
    const { input } = await prepareEventsImport(at.ctx, upload, { segment: "EU servers" });
    const run = { id: "job-1", ctx: at.ctx, attempt: 1, signal: new AbortController().signal, progress: () => {}, confirm: async () => { throw new SightlineError("UNAVAILABLE", "the process ended here"); } };
    const before = await aggregateRows();
    await at.db.dataset.create({ data: { segmentId: segment, contentDigest: `deriving:job-1:${segment}:${upload.digest}`, fileName: "crashed.json", format: "windows-json", origin: "production", extraction: {}, options: {}, optionsDigest: "", bytes: 1n, records: 0, refused: 0, untimed: 0, warnings: [], state: "deriving", deriverId: "events", deriverVersion: 1, deriverInput: "", importedAt: new Date(), importedBy: "x" } });
    expect((await refusal(handler(run, input))).code).toBe("UNAVAILABLE");
    expect(await aggregateRows()).toBe(before);
    await handler({ ...run, attempt: 2, confirm: async () => {} }, input);
    expect(await at.db.dataset.count({ where: { fileName: "crashed.json" } })).toBe(1);
    expect(await at.db.dataset.count({ where: { state: "deriving" } })).toBe(0);
    const rows = await readWindowedAggregates(at.db, { segments: [segment], from: 0, to: Date.UTC(2027, 0) });
    expect(rows.filter(({ host }) => host === "crashed").map(({ fresh }) => fresh)).toEqual([40]);
  });

  test("a dataset of an older reader is listed as stale and derived again to the same rows", async () => {
    const [outcome] = await run(lines(30, "stale"), {}, "stale.json");
    await at.db.dataset.updateMany({ where: { id: outcome?.dataset ?? "" }, data: { deriverVersion: 0 } });
    expect((await listStaleDatasets(at.ctx)).map(({ fileName }) => fileName)).toEqual(["stale.json"]);
    const rows = await aggregateRows();
    expect(await runJobInline(at.ctx, { kind: "events-rederive", title: "Read again", input: {} })).toEqual({ derived: 1, failed: [] });
    expect(await listStaleDatasets(at.ctx)).toEqual([]);
    expect(await aggregateRows()).toBe(rows);
  });
});
