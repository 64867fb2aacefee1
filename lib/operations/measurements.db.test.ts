import { afterAll, beforeAll, describe, expect, test } from "vitest";
import yazl from "yazl";
import { startTestDatabase, type TestDatabase } from "@/lib/db/testing/test-database";
import { PACK_SCHEMA } from "@/lib/inventory/measurements/pack-manifest";
import { listMeasurements } from "@/lib/inventory/measurements/store";
import { readScoringInput } from "@/lib/assessment/read-scoring-input";
import { sha256 } from "@/lib/shared/digest";
import { applyInventory } from "./apply-inventory";
import type { OperationContext } from "./context";
import { createSegment } from "./create-segment";
import { readKeptJson } from "./evidence/read-kept-json";
import { listDatasets } from "./list-datasets";
import { listInventoryImports } from "./list-inventory-imports";
import { loadStarterCatalog } from "./load-starter-catalog";
import { prepareAssessment } from "./prepare-assessment";
import { previewInventory } from "./preview-inventory";
import { removeDataset } from "./remove-dataset";
import { assessmentOutcomeSchema } from "./run-assessment";
import { runJobInline } from "./run-job-inline";
import { streamCells } from "./stream-cells";

let database: TestDatabase;
let ctx: OperationContext;
let now = new Date("2026-11-21T12:00:00Z");

beforeAll(async () => {
  database = await startTestDatabase(() => now);
  ctx = database.ctx;
  await loadStarterCatalog(ctx);
  await createSegment(ctx, { name: "Office", platforms: [{ name: "Windows" }], assets: 100, criticality: 3 });
});
afterAll(() => database.stop());

const FIELDS = ["image", "user", "pid", "parent_image", "ppid", "cmd"];
const QUERY = "| tstats count where index=sysmon by host EventCode";

/** Process starts on `hosts` hosts, 1,000 each, every field filled but in `bare` records. */
function table(hosts: number, bare = 0): string {
  const header = ["segment", "family", "event_key", "host", "count", "first", "last", ...FIELDS.map((field) => `fill_${field}`)].join(",");
  const rows = Array.from({ length: hosts }, (_, n) => ["Office", "windows-sysmon", "1", `ws-${n}`, 1000, "2026-11-20T00:00:00Z", "2026-11-21T11:00:00Z", ...FIELDS.map(() => 1000 - bare)].join(","));
  return [header, ...rows].join("\n");
}

/** Twenty process starts of one host, as Sysmon's JSON. */
const RAW = Array.from({ length: 20 }, (_, i) =>
  JSON.stringify({
    Channel: "Microsoft-Windows-Sysmon/Operational", SourceName: "Microsoft-Windows-Sysmon", EventID: 1, Hostname: "ws-0.example.test", "@timestamp": `2026-11-21T10:00:${String(i).padStart(2, "0")}.000Z`, UtcTime: `2026-11-21 10:00:${String(i).padStart(2, "0")}.000`,
    Image: "C:\\Windows\\System32\\cmd.exe", CommandLine: `cmd.exe /c echo ${i}`, ParentImage: "C:\\Windows\\explorer.exe", ProcessId: String(1000 + i), ParentProcessId: "812", ProcessGuid: `{96128EA2-F212-5F7E-${String(i).padStart(4, "0")}-000000007F01}`, User: "EXAMPLE\\ana",
  }),
).join("\n");

const manifest = (changes = {}) =>
  JSON.stringify({ schema: PACK_SCHEMA, pack: "1", segment: "Office", backend: "splunk", window_days: 1, hosts: "roster", families: ["windows-sysmon"], queries: [{ family: "windows-sysmon", purpose: "measure", file: "queries/windows-sysmon.spl", sha256: sha256(QUERY) }], ran_at: "2026-11-21T11:30:00Z", ran_by: "Ada", system: "splunk-prod", ...changes });

async function zip(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const archive = new yazl.ZipFile();
  for (const [name, text] of Object.entries(files)) archive.addBuffer(Buffer.from(text), name);
  archive.end();
  const parts: Buffer[] = [];
  for await (const part of archive.outputStream) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

const sent = (fileName: string, content: Uint8Array | string) => ({ source: { fileName, content: typeof content === "string" ? Buffer.from(content) : content } });
const pack = (changes: Readonly<Record<string, string>> = {}) => zip({ "pack/manifest.json": manifest(), "pack/queries/windows-sysmon.spl": QUERY, "pack/windows-sysmon.csv": table(60), "pack/raw/windows-sysmon.json": RAW, ...changes });

async function processCreation() {
  const { assessment, inputDigest } = assessmentOutcomeSchema.parse(await runJobInline(ctx, await prepareAssessment(ctx, {})));
  const lines = new Map<string, number>();
  for await (const cell of await streamCells(ctx, { assessment, segment: "Office" })) {
    const { requirements } = typeof cell === "string" ? JSON.parse(cell) : cell;
    for (const { component, evidence, met } of requirements ?? []) if (component.id === "DC0032") lines.set(`${evidence} ${met}`, (lines.get(`${evidence} ${met}`) ?? 0) + 1);
  }
  return { lines, input: readScoringInput(await readKeptJson(ctx.files, inputDigest), "test") };
}

describe("a measurement", () => {
  test("without raw records is a claim; with them it proves, and the pinned inputs hold query, digest and who ran it", async () => {
    const first = await applyInventory(ctx, { ...sent("windows-sysmon.csv", table(60)), query: QUERY });
    expect(first).toMatchObject({ format: { id: "measurement-csv" }, rows: 60, understood: 60, refused: [], changes: { added: 1 }, measurements: { items: [expect.objectContaining({ kind: "windows-sysmon:1", hosts: 60, records: 60_000, queryDigest: sha256(QUERY) })] } });
    expect([...(await processCreation()).lines.keys()].filter((key) => key.startsWith("measured"))).toEqual(["measured null"]);

    const content = await pack();
    const preview = await previewInventory(ctx, sent("back.zip", content));
    expect(preview).toMatchObject({ format: { id: "measurement-zip" }, refused: [], changes: { added: 1 }, measurements: { raw: [{ file: "raw/windows-sysmon.json" }] } });
    const applied = await applyInventory(ctx, { ...sent("back.zip", content), expect: preview.digest });
    expect(applied.measurements?.outcomes).toEqual([{ file: "raw/windows-sysmon.json", outcome: "imported", reason: null, format: expect.any(String), records: 20 }]);
    const { lines, input } = await processCreation();
    expect([...lines.keys()]).toContain("measured as-cited");
    expect(input.measurements).toContainEqual(expect.objectContaining({ kind: "windows-sysmon:1", records: true, query: sha256(QUERY), system: "splunk-prod", ranBy: "Ada" }));
    expect(input.queries).toEqual({ [sha256(QUERY)]: QUERY });
    expect((await listDatasets(ctx))[0]?.extraction).toEqual({ who: "Ada", system: "splunk-prod", query: QUERY, when: "2026-11-21T11:30:00.000Z", countAtSource: "unknown" });
  });

  test("again changes nothing; asked again later it is the next version, which still knows the raw records", async () => {
    const stored = () => listMeasurements(ctx.db);
    const before = (await stored()).length;
    expect(await applyInventory(ctx, sent("back.zip", await pack()))).toMatchObject({ importId: null, changes: { unchanged: 1 } });
    expect(await stored()).toHaveLength(before);
    const later = await applyInventory(ctx, sent("back.zip", await pack({ "pack/windows-sysmon.csv": table(70), "pack/raw/windows-sysmon.json": "" })));
    expect(later).toMatchObject({ changes: { added: 0, changed: 1 } });
    const [v1, v2] = (await stored()).filter(({ system }) => system === "splunk-prod");
    expect([v1?.version, v2?.version, v2?.hosts.length]).toEqual([1, 2, 70]);
    expect(v2?.rawDatasets).toEqual(v1?.rawDatasets);
  });

  test("raw records that are no events are refused and listed; the counts stay, and without records prove nothing", async () => {
    const applied = await applyInventory(ctx, sent("odd.zip", await pack({ "pack/manifest.json": manifest({ system: "other" }), "pack/raw/windows-sysmon.json": "this is prose\n" })));
    expect(applied.refused).toEqual([expect.objectContaining({ field: "raw/windows-sysmon.json" })]);
    expect((await listInventoryImports(ctx)).find(({ fileName }) => fileName === "odd.zip")?.refusals).toHaveLength(1);
    for (const { id } of await listDatasets(ctx)) await removeDataset(ctx, id);
    expect([...(await processCreation()).lines.keys()].filter((key) => key.startsWith("measured"))).toEqual(["measured null"]);
  });

  test("a query that found nothing shows silence only where somebody states that it covered everything", async () => {
    const [header = ""] = table(0).split("\n");
    const empty = async (complete: boolean) => zip({ "manifest.json": manifest({ complete, system: "empty" }), "queries/windows-sysmon.spl": QUERY, "windows-sysmon.csv": `${header}\n` });
    await expect(applyInventory(ctx, sent("e.zip", await empty(false)))).rejects.toThrow(/no rows/);
    now = new Date("2026-11-25T12:00:00Z");
    const stated = await zip({ "manifest.json": manifest({ complete: true, system: "empty", ran_at: "2026-11-25T11:00:00Z" }), "queries/windows-sysmon.spl": QUERY, "windows-sysmon.csv": `${header}\n` });
    expect((await applyInventory(ctx, sent("e.zip", stated))).measurements?.items).toEqual([expect.objectContaining({ kind: "windows-sysmon:*", complete: true, hosts: 0 })]);
    const { input } = await processCreation();
    expect(input.measurements).toContainEqual(expect.objectContaining({ kind: "windows-sysmon:*", complete: true }));
  });

  test("what is not the segment's, what holds no measurement and what is damaged is refused in one sentence", async () => {
    await createSegment(ctx, { name: "Web farm", platforms: [{ name: "Linux" }], assets: 3, criticality: 1 });
    await expect(previewInventory(ctx, { ...sent("back.zip", await pack()), segment: "Web farm" })).rejects.toThrow(/measures Office, not Web farm/);
    await expect(previewInventory(ctx, sent("n.zip", await zip({ "a.txt": "x" })))).rejects.toThrow(/holds no measurement/);
    await expect(previewInventory(ctx, sent("d.zip", (await pack()).subarray(0, 400)))).rejects.toThrow(/damaged/);
    await expect(previewInventory(ctx, sent("m.zip", await pack({ "pack/manifest.json": "{" })))).rejects.toThrow(/not valid JSON/);
    const unknown = await previewInventory(ctx, sent("u.csv", table(1).replaceAll("Office", "Nowhere")));
    expect(unknown.refused).toEqual([expect.objectContaining({ field: "segment", message: 'There is no segment "Nowhere".' })]);
  });

  test("a changed query is said to be changed, and its text is what is kept", async () => {
    const preview = await previewInventory(ctx, sent("back.zip", await pack({ "pack/queries/windows-sysmon.spl": `${QUERY} ` })));
    expect(preview.losses.map(({ text }) => text)).toContainEqual(expect.stringMatching(/not the query that the pack held/));
    expect(preview.measurements?.items[0]?.queryDigest).toBe(sha256(`${QUERY} `));
  });
});
