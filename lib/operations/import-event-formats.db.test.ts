import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestDatabase, type TestDatabase } from "@/lib/db/testing/test-database";
import { buildEvtx } from "@/lib/events/testing/build-evtx";
import { insertSegment } from "@/lib/inventory/store";
import { eventOptionsSchema } from "@/lib/events/dataset-types";
import { fileOutcomesSchema, type FileOutcome } from "./events/file-outcome";
import { getDataset } from "./get-dataset";
import { keepUpload } from "./keep-upload";
import { listExamples } from "./list-examples";
import { prepareEventsImport, type EventsImportRequest } from "./prepare-events-import";
import { previewEvents } from "./preview-events";
import { readRawRecord } from "./read-raw-record";
import { runJobInline } from "./run-job-inline";

let at: TestDatabase;
let segment: string;

beforeAll(async () => {
  at = await startTestDatabase();
  const draft = { name: "Mixed", platforms: [{ name: "Windows", hosts: null }], assets: 10, criticality: 3, owner: "", tags: [], timeZone: null, target: null };
  segment = (await insertSegment(at.db, draft, { at: new Date("2026-01-01") })).id;
});
afterAll(() => at.stop());

async function* once(content: Uint8Array) {
  yield content;
}
async function run(content: string | Uint8Array, options: EventsImportRequest["options"] = {}): Promise<FileOutcome> {
  const upload = await keepUpload(at.ctx, once(Buffer.from(content)), "sample");
  const [outcome] = fileOutcomesSchema.parse(await runJobInline(at.ctx, await prepareEventsImport(at.ctx, upload, { segment: "Mixed", options })));
  if (outcome === undefined) throw new Error("no outcome");
  return outcome;
}

const zeek = '{"_path":"conn","ts":1770112800.1,"uid":"C","id.orig_h":"10.0.0.1","id.resp_h":"198.51.100.7"}';
const trail = '{"eventVersion":"1","eventTime":"2026-02-03T10:00:00Z","eventName":"RunInstances","eventSource":"ec2.amazonaws.com","userIdentity":{},"recipientAccountId":"111122223333"}';
const mapping = { time: { column: "When" }, host: { column: "PC" }, kind: { family: "windows-security", key: { column: "Event" } }, fields: { image: "Program" } };
const table = "When,PC,Event,Program\n2026-02-03T10:00:00Z,ws-7,4688,C:\\a.exe\n2026-02-03T10:00:01Z,ws-7,4688,C:\\b.exe\n";

describe("imports of content that is more than one thing", () => {
  test("a mixed file says how many records each format read, in its outcome and on its page", async () => {
    const outcome = await run(`${zeek}\n${trail}\n${zeek.replace('"C"', '"D"')}\n{"nobody":1}\n`);
    expect(outcome).toMatchObject({ format: "mixed", records: 3, formats: [{ format: "zeek-json", records: 2 }, { format: "cloudtrail", records: 1 }], refused: { count: 1 } });
    const detail = await getDataset(at.ctx, outcome.dataset ?? "");
    expect(JSON.stringify(detail)).toContain("2 records of zeek-json, 1 record of cloudtrail");
  });

  test("UTF-16 is imported, and its raw records read as text", async () => {
    const outcome = await run(Buffer.from(`\uFEFF${zeek.replace('"C"', '"wide"')}\r\n`, "utf16le"));
    expect(outcome).toMatchObject({ outcome: "imported", format: "zeek-json", records: 1 });
    const example = (await listExamples(at.ctx, { segmentId: segment, kinds: ["nsm-zeek:conn"] })).find(({ dataset }) => dataset === outcome.dataset);
    expect(example?.raw).toContain('"uid":"wide"');
    expect(await readRawRecord(at.ctx, { datasetId: outcome.dataset ?? "", offset: example?.offset ?? 0, length: example?.length ?? 0 })).toContain('"uid":"wide"');
  });

  test("a binary Windows log is imported; its raw records show as hexadecimal", async () => {
    const outcome = await run(buildEvtx([{ Provider: "Microsoft-Windows-Sysmon", EventID: "1", Channel: "Microsoft-Windows-Sysmon/Operational", Computer: "ws-07", SystemTime: "2026-02-03T09:15:30.912Z", UtcTime: "2026-02-03 09:15:30.901", Image: "C:\\a.exe" }]));
    expect(outcome).toMatchObject({ format: "evtx", records: 1, kinds: [{ kind: "windows-sysmon:1", count: 1 }], hosts: { names: ["ws-07"] } });
    const [example] = await listExamples(at.ctx, { segmentId: segment, kinds: ["windows-sysmon:1"] });
    expect(example?.raw).toMatch(/binary.*\n2a2a0000/);
  });

  test("a table asks for a mapping, is read by it, and keeps it with the dataset", async () => {
    await expect(run(table)).rejects.toThrow(/is a table/);
    expect(previewEvents(at.ctx, Buffer.from("segment,family,event_key,host,count,first,last\nEU,windows-sysmon,1,pc-1,1,,2026-02-03T10:00:00Z\n"))).toMatchObject({ ask: "mapping", other: "This is a measurement: counts, not events." });
    expect(previewEvents(at.ctx, gzipSync(table))).toMatchObject({ ask: "mapping", other: null, columns: ["When", "PC", "Event", "Program"], rows: [["2026-02-03T10:00:00Z", "ws-7", "4688", "C:\\a.exe"], expect.anything()] });
    const outcome = await run(table, { mapping });
    expect(outcome).toMatchObject({ format: "csv", records: 2, kinds: [{ kind: "windows-security:4688", count: 2 }], hosts: { names: ["ws-7"] } });
    const row = await at.db.dataset.findUniqueOrThrow({ where: { id: outcome.dataset ?? "" } });
    expect(eventOptionsSchema.parse(row.options).mapping).toEqual(mapping);
    expect(await run(table, { mapping })).toMatchObject({ outcome: "unchanged" });
    await expect(run(table, { mapping: { ...mapping, fields: {} } })).rejects.toThrow(/other options/);
  });
});

test("a file that two formats know asks which it is; others ask nothing", () => {
  const both = `{"_path":"conn","ts":1,"uid":"C",${trail.slice(1)}\n`;
  expect(previewEvents(at.ctx, Buffer.from(both))).toMatchObject({ ask: "format", candidates: [{ id: "zeek-json" }, { id: "cloudtrail" }] });
  for (const content of [zeek, `${zeek}\n${trail}`, "prose", ""]) expect(previewEvents(at.ctx, Buffer.from(content))).toEqual({ ask: "nothing" });
});
