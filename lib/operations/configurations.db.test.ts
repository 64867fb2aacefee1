import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestDatabase, type TestDatabase } from "@/lib/db/testing/test-database";
import { listStatements } from "@/lib/inventory/statements/store";
import { applyInventory } from "./apply-inventory";
import type { OperationContext } from "./context";
import { createSegment } from "./create-segment";
import { getInventoryImportView } from "./get-inventory-import-view";
import { getSegment } from "./get-segment";
import { listInventoryImports } from "./list-inventory-imports";
import { previewInventory } from "./preview-inventory";

const FIXTURES = join(process.cwd(), "lib/inventory/formats/__fixtures__");
let database: TestDatabase;
let ctx: OperationContext;
beforeAll(async () => {
  database = await startTestDatabase(() => new Date("2026-11-21T12:00:00Z"));
  ctx = database.ctx;
  await createSegment(ctx, { name: "Servers", platforms: [{ name: "Windows" }], assets: 40, criticality: 4 });
});
afterAll(() => database.stop());

const fixture = (name: string) => ({ fileName: name, content: readFileSync(join(FIXTURES, name)) });
const sysmon = (events: string) => ({ fileName: "sysmon.xml", content: Buffer.from(`<Sysmon schemaversion="4.9"><EventFiltering>${events}</EventFiltering></Sysmon>`) });
const channels = async (): Promise<string[]> => (await getSegment(ctx, "Servers")).claims.map(({ channel, hostsReporting, condition }) => `${channel} ${hostsReporting ?? "-"} ${condition}`.trim()).sort();

describe("a configuration", () => {
  test("needs somebody to say where it holds, and a number of hosts and a date that can be true", async () => {
    const source = sysmon('<ProcessCreate onmatch="exclude"/>');
    await expect(previewInventory(ctx, { source })).rejects.toMatchObject({ code: "INVALID", place: { field: "segment", remedy: expect.stringContaining("--segment") } });
    await expect(previewInventory(ctx, { source, segment: "Nowhere" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(previewInventory(ctx, { source, segment: "Servers", hosts: 0 })).rejects.toMatchObject({ code: "INVALID", place: { field: "hosts" } });
    await expect(previewInventory(ctx, { source, segment: "Servers", hosts: NaN })).rejects.toMatchObject({ code: "INVALID", place: { field: "hosts" } });
    await expect(previewInventory(ctx, { source, segment: "Servers", asOf: "2026-12-24" })).rejects.toMatchObject({ code: "INVALID", place: { field: "as_of" } });
    expect((await getSegment(ctx, "Servers")).claims).toEqual([]);
  });

  test("becomes claims with their conditions, dated and counted as stated; again it changes nothing", async () => {
    const request = { source: sysmon('<ProcessCreate onmatch="exclude"/><NetworkConnect onmatch="include"><DestinationPort>3389</DestinationPort></NetworkConnect>'), segment: "servers", hosts: 12, asOf: "2026-11-01" };
    expect(await applyInventory(ctx, request)).toMatchObject({ format: { id: "sysmon-config" }, changes: { added: 5 } });
    expect(await channels()).toEqual([
      "EventCode=1 12",
      "EventCode=2 12 as long as Sysmon's built-in default is on: the file does not name FileCreateTime",
      'EventCode=3 12 only where DestinationPort is "3389"',
      "EventCode=5 12 as long as Sysmon's built-in default is on: the file does not name ProcessTerminate",
      "EventCode=6 12 as long as Sysmon's built-in default is on: the file does not name DriverLoad",
    ]);
    const { claims } = await getSegment(ctx, "Servers");
    expect(new Set(claims.map(({ asOf, basis }) => `${asOf} ${basis}`))).toEqual(new Set(["2026-11-01 configuration"]));
    expect(claims.find(({ channel }) => channel === "EventCode=3")?.note).toContain("sysmon.xml, line 1, NetworkConnect");
    expect((await applyInventory(ctx, request)).importId).toBe(null);
  });

  test("is whole: what a later one turns off or leaves out is no longer claimed, nothing else is touched", async () => {
    await applyInventory(ctx, { source: { fileName: "i.csv", content: Buffer.from("segment,source,log_source\nServers,EDR,EDR:Telemetry\n") } });
    const later = await applyInventory(ctx, { source: sysmon('<ProcessCreate onmatch="include"/><FileCreateTime onmatch="include"/><ProcessTerminate onmatch="include"/><DriverLoad onmatch="exclude"/>'), segment: "Servers", hosts: 12, asOf: "2026-11-20" });
    expect(later.changes).toMatchObject({ changed: 4, removed: 1 });
    expect(await channels()).toEqual([
      "-",
      "EventCode=1 0 An include list without rules lets nothing through.",
      "EventCode=2 0 An include list without rules lets nothing through.",
      "EventCode=5 0 An include list without rules lets nothing through.",
      "EventCode=6 12",
    ]);
  });

  test("that is signed is read, and the import says that the signature was not checked", async () => {
    await createSegment(ctx, { name: "Macs", platforms: [{ name: "macOS" }], assets: 9, criticality: 2 });
    const applied = await applyInventory(ctx, { source: fixture("signed.mobileconfig"), segment: "Macs" });
    expect(applied).toMatchObject({ format: { id: "apple-profile" }, changes: { added: 2 } });
    expect((await listInventoryImports(ctx)).find(({ fileName }) => fileName === "signed.mobileconfig")?.losses).toEqual(expect.arrayContaining([expect.objectContaining({ what: "signature" })]));
  });
});

describe("scores of techniques", () => {
  test("are kept as what their author says: of a segment or of everything, the newest of each, and no claim", async () => {
    const before = (await getSegment(ctx, "Servers")).claims.length;
    const applied = await applyInventory(ctx, { source: fixture("techniques.yaml") });
    expect(applied).toMatchObject({ format: { id: "dettect-techniques" }, claims: [], changes: { added: 3 }, refused: expect.arrayContaining([expect.objectContaining({ message: 'T1003: there is no segment "Nowhere".' })]) });
    const segment = (await getSegment(ctx, "Servers")).segment;
    expect((await listStatements(ctx.db, "enterprise", ["T1059.001"])).map(({ aspect, score, scoredOn, segmentId, author }) => [aspect, score, scoredOn, segmentId, author])).toEqual([
      ["visibility", 2, "2026-05-02", null, "Blue team"],
      ["detection", 4, "2026-06-01", segment.id, "Blue team"],
    ]);
    expect(await listStatements(ctx.db, "mobile", ["T1059.001"])).toEqual([]);
    expect((await getSegment(ctx, "Servers")).claims).toHaveLength(before);
    expect((await applyInventory(ctx, { source: fixture("techniques.yaml") })).importId).toBe(null);
  });

  test("are replaced by a later file of the same author", async () => {
    const text = "version: 1.2\nfile_type: technique-administration\nname: Blue team\ndomain: enterprise-attack\ntechniques:\n  - technique_id: T1059.001\n    visibility: {applicable_to: [all], score_logbook: {date: 2026-10-01, score: 3, comment: ''}}\n";
    expect(await applyInventory(ctx, { source: { fileName: "t.yaml", content: Buffer.from(text) } })).toMatchObject({ changes: { added: 0, changed: 1, removed: 2 } });
    expect((await listStatements(ctx.db, "enterprise", ["T1059.001", "T1003"])).map(({ score, scoredOn }) => [score, scoredOn])).toEqual([[3, "2026-10-01"]]);
  });
});

test("the import page names every format with what it shows, what it does not, and the segments to choose from", async () => {
  const view = await getInventoryImportView(ctx);
  expect(view.segments.map(({ name }) => name)).toEqual(["Macs", "Servers"]);
  expect(view.formats.map(({ id }) => id)).toEqual(expect.arrayContaining(["sysmon-config", "auditd-rules", "auditpol-csv", "osquery-config", "apple-profile", "cloudtrail-selectors", "elastic-fleet", "flow-csv", "dettect-techniques"]));
  for (const { guide } of view.formats) expect(guide.proves.length > 0 && guide.not.length > 0).toBe(true);
  expect(view.formats.filter(({ segment }) => segment === "asked").every(({ guide }) => guide.obtain.length > 0)).toBe(true);
});
