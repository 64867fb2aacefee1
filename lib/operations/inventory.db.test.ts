import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestDatabase, type TestDatabase } from "@/lib/db/testing/test-database";
import { listClaims, listSegmentsForScoring } from "@/lib/inventory/store";
import { applyInventory } from "./apply-inventory";
import type { OperationContext } from "./context";
import { createSegment } from "./create-segment";
import { editSegment } from "./edit-segment";
import { getRosterReport } from "./get-roster-report";
import { getSegment } from "./get-segment";
import { importRoster } from "./import-roster";
import { importSegments } from "./import-segments";
import { listInventoryImports } from "./list-inventory-imports";
import { listSegments } from "./list-segments";
import { previewInventory } from "./preview-inventory";
import { restoreSegment } from "./restore-segment";
import { retireSegment } from "./retire-segment";
import { verifyAuditChain } from "./verify-audit-chain";

let database: TestDatabase;
let ctx: OperationContext;
const NOW = new Date("2026-11-21T12:00:00Z");

beforeAll(async () => {
  database = await startTestDatabase(() => NOW);
  ctx = database.ctx;
});
afterAll(() => database.stop());

const file = (fileName: string, text: string) => ({ fileName, content: Buffer.from(text) });
const audited = async (): Promise<number> => (await verifyAuditChain(ctx)).entries;
const HEADER = "segment,source,log_source,hosts_reporting,basis,as_of";

describe("segments", () => {
  test("are created once per name, edited, retired and restored, each with one audit entry", async () => {
    const before = await audited();
    const form = { name: "  EU  servers ", platforms: [{ name: "windows" }], assets: 5, criticality: 5, timeZone: "Europe/Berlin", target: { value: 800_000, date: "2027-06-30", owner: "Ann" } };
    const made = await createSegment(ctx, form);
    expect(made).toMatchObject({ name: "EU servers", platforms: [{ name: "Windows", hosts: null }], target: form.target, retiredAt: null });
    await expect(createSegment(ctx, { ...form, name: "eu SERVERS" })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(createSegment(ctx, { ...form, name: "x", assets: -1, criticality: 9 })).rejects.toMatchObject({ code: "INVALID", place: { field: "assets" } });

    expect((await editSegment(ctx, made.id, form)).updatedAt).toBe(made.updatedAt);
    const edited = await editSegment(ctx, made.id, { ...form, name: "EU servers", assets: 6, target: null });
    expect(edited).toMatchObject({ id: made.id, assets: 6, target: null });
    await retireSegment(ctx, made.id);
    await retireSegment(ctx, made.id);
    expect(await listSegments(ctx)).toEqual([]);
    expect(await listSegments(ctx, { retired: true })).toHaveLength(1);
    expect(await listSegmentsForScoring(ctx.db)).toEqual([]);
    await expect(editSegment(ctx, made.id, form)).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(createSegment(ctx, form)).rejects.toMatchObject({ code: "CONFLICT", message: expect.stringContaining("retired") });
    await restoreSegment(ctx, made.id);
    expect(await listSegmentsForScoring(ctx.db)).toEqual([{ id: made.id, name: "EU servers", assets: 6, criticality: 5, platforms: [{ name: "Windows", hosts: null }], roster: null, target: null }]);
    expect((await audited()) - before).toBe(4);
  });

  test("come from a CSV: understood rows are written, refused ones are kept with the import, a second import changes nothing", async () => {
    const csv = file("segments.csv", "name,platforms,assets,criticality,colour\nEU servers,Windows,7,5,red\nLaptops,Windows=3;macOS=4,,2,blue\nBad,Amiga,1,1,green\n");
    const first = await importSegments(ctx, csv);
    expect(first.planned.map(({ change, draft }) => [draft.name, change])).toEqual([["EU servers", "changed"], ["Laptops", "new"]]);
    expect(first.refused).toEqual([expect.objectContaining({ line: 4, field: "platforms" })]);
    const [entry] = await listInventoryImports(ctx);
    expect(entry).toMatchObject({ kind: "segments", understood: 2, changes: { added: 1, changed: 1 }, refusals: [expect.objectContaining({ line: 4 })], losses: [expect.objectContaining({ what: "colour" })] });
    const before = await audited();
    expect((await importSegments(ctx, csv)).importId).toBe(null);
    expect(await audited()).toBe(before);
    expect(await listInventoryImports(ctx)).toHaveLength(1);
    expect(await database.files.has(entry?.fileDigest ?? "")).toBe(true);
  });

  test("a CSV of which no row is understood writes nothing and says why", async () => {
    const before = await audited();
    await expect(importSegments(ctx, file("s.csv", "name,platforms,assets\nBad,Amiga,1\nWorse,Vax,1\n"))).rejects.toMatchObject({ code: "INVALID", place: { line: 2, field: "platforms" }, message: expect.stringContaining("1 more row") });
    expect(await audited()).toBe(before);
  });

  test("an engineer who was granted one segment changes that one only, a viewer none", async () => {
    const servers = (await listSegments(ctx)).find(({ name }) => name === "EU servers");
    const engineer: OperationContext = { ...ctx, role: "engineer", segments: [servers?.id ?? ""] };
    expect((await listSegments(engineer)).map(({ name }) => name)).toEqual(["EU servers"]);
    await expect(getSegment(engineer, "Laptops")).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(applyInventory(engineer, { source: file("i.csv", `${HEADER}\nLaptops,s,WinEventLog:Sysmon,1,flow,\n`) })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(retireSegment({ ...ctx, role: "viewer" }, servers?.id ?? "")).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await listClaims(ctx.db)).toEqual([]);
  });
});

describe("rosters", () => {
  test("replace each other; hosts never seen and foreign hosts are named", async () => {
    const first = await importRoster(ctx, { segment: "laptops", source: file("r.csv", "host,platform\nLAP-1.corp.example,Windows\nmac-1,macOS\nlap-1,Windows\n") });
    expect(first).toMatchObject({ changes: { added: 2, removed: 0 }, refused: [expect.objectContaining({ line: 4 })] });
    const id = first.segment.id;
    expect((await listSegmentsForScoring(ctx.db)).find((segment) => segment.id === id)?.roster).toEqual([{ host: "lap-1", platform: "Windows" }, { host: "mac-1", platform: "macOS" }]);
    await seeHosts(id, ["lap-1", "lap-9", ""]);
    const report = await getRosterReport(ctx, "Laptops");
    expect(report?.neverSeen.map(({ host }) => host)).toEqual(["mac-1"]);
    expect(report?.foreign).toEqual([{ host: "lap-9", lastSeen: "2026-11-20T00:00:00.000Z" }]);

    const preview = await importRoster(ctx, { segment: id, source: file("r.csv", "host,platform\nlap-1,Windows\n"), dryRun: true });
    expect(preview).toMatchObject({ importId: null, changes: { changed: 1, removed: 1 } });
    expect((await getRosterReport(ctx, id))?.roster).toHaveLength(2);
    await expect(editSegment(ctx, id, { name: "Laptops", platforms: [{ name: "Windows" }], assets: 7, criticality: 2 })).rejects.toMatchObject({ code: "CONFLICT", message: expect.stringContaining("mac-1") });
    await expect(importSegments(ctx, file("s.csv", "name,platforms,assets\nNew one,Linux,1\nLaptops,Windows,7\n"))).rejects.toMatchObject({ code: "CONFLICT" });
    expect((await listSegments(ctx)).map(({ name }) => name)).not.toContain("New one");
  });

  test("a segment without one has no report", async () => {
    expect(await getRosterReport(ctx, "EU servers")).toBe(null);
  });
});

describe("inventories", () => {
  const csv = `${HEADER}\nEU servers,Sysmon,WinEventLog:Sysmon,5,configuration,2026-11-01\nEU servers,Log,WinEventLog:Security,,flow,\nNowhere,Log,WinEventLog:Security,,flow,\n`;

  test("are previewed without a trace, applied once, and change nothing when they come again", async () => {
    const before = await audited();
    const preview = await previewInventory(ctx, { source: file("i.csv", csv), keep: true });
    expect(preview).toMatchObject({ rows: 3, understood: 2, changes: { added: 2 }, format: { id: "sightline-csv" }, refused: [expect.objectContaining({ line: 4, field: "segment" })] });
    expect(await listClaims(ctx.db)).toEqual([]);
    expect(await audited()).toBe(before);

    const kept = { fileName: "i.csv", content: { digest: preview.fileDigest } };
    const applied = await applyInventory(ctx, { source: kept, expect: preview.digest });
    const claims = await listClaims(ctx.db);
    expect(claims.map(({ source, hostsReporting, basis, asOf }) => [source, hostsReporting, basis, asOf]).sort()).toEqual([["Log", null, "flow", null], ["Sysmon", 5, "configuration", "2026-11-01"]]);
    expect((await listInventoryImports(ctx)).find(({ id }) => id === applied.importId)).toMatchObject({ understood: 2, refusals: [expect.objectContaining({ line: 4 })] });
    expect(await audited()).toBe(before + 1);

    const again = await applyInventory(ctx, { source: file("renamed.csv", csv) });
    expect(again).toMatchObject({ importId: null, changes: { added: 0, changed: 0, unchanged: 2 } });
    expect(await listClaims(ctx.db)).toEqual(claims);
    expect(await audited()).toBe(before + 1);
    await expect(applyInventory(ctx, { source: kept, expect: preview.digest })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("a later row of the same identity replaces; what a file no longer says stays until it is to replace", async () => {
    const next = `${HEADER}\neu servers,sysmon,wineventlog:sysmon,6,flow,2026-11-10\n`;
    expect(await applyInventory(ctx, { source: file("i.csv", next) })).toMatchObject({ changes: { changed: 1 }, missing: 1 });
    expect((await listClaims(ctx.db)).map(({ hostsReporting }) => hostsReporting).sort()).toEqual([6, null]);
    expect(await applyInventory(ctx, { source: file("i.csv", next), replace: true })).toMatchObject({ changes: { unchanged: 1, removed: 1 } });
    expect(await listClaims(ctx.db)).toHaveLength(1);
  });

  test("DeTT&CT systems become segments with their scores; unknown stays unknown", async () => {
    const yaml = readFileSync(new URL("./inventory/__fixtures__/dettect-1.1.yaml", import.meta.url), "utf8");
    const applied = await applyInventory(ctx, { source: file("d.yaml", yaml) });
    expect(applied).toMatchObject({ format: { id: "dettect-yaml" }, changes: { added: 3, segmentsCreated: 2 } });
    const { segment, claims } = await getSegment(ctx, "call centre");
    expect(segment).toMatchObject({ assets: 0, platforms: [{ name: "Windows", hosts: null }] });
    expect(claims.map(({ component, quality, hostsReporting }) => [component, quality, hostsReporting])).toEqual(
      expect.arrayContaining([
        ["Process Creation", { deviceCompleteness: 4, dataFieldCompleteness: 0, timeliness: null, consistency: 3, retention: null }, null],
        ["File Access", null, null],
      ]),
    );
    expect((await applyInventory(ctx, { source: file("d.yaml", yaml) })).importId).toBe(null);
  });

  test("a file with nothing understood, and a file of something else, leave no trace", async () => {
    const before = await audited();
    await expect(applyInventory(ctx, { source: file("i.csv", `${HEADER}\nNowhere,s,WinEventLog:Sysmon,1,flow,\n`) })).rejects.toMatchObject({ code: "INVALID", place: { line: 2, field: "segment" } });
    await expect(applyInventory(ctx, { source: file("i.json", "\u0089PNG") })).rejects.toMatchObject({ code: "UNSUPPORTED" });
    await expect(applyInventory(ctx, { source: file("i.csv", "") })).rejects.toMatchObject({ code: "INVALID" });
    expect(await audited()).toBe(before);
  });
});

/** One dataset whose records name these hosts. */
async function seeHosts(segmentId: string, hosts: readonly string[]): Promise<void> {
  const kind = await ctx.db.recordKind.create({ data: { family: "windows-sysmon", key: "1" } });
  const shape = await ctx.db.fillShape.create({ data: { digest: "d", fields: ["ts"] } });
  const ms = BigInt(Date.UTC(2026, 10, 20));
  const hour = Math.floor(Number(ms) / 3_600_000);
  await ctx.db.dataset.create({
    data: {
      segmentId, contentDigest: "c", fileName: "f", format: "x", origin: "production", extraction: {}, options: {}, optionsDigest: "", bytes: 1n, records: 3, refused: 0, untimed: 0, warnings: [], state: "ready", deriverId: "events", deriverVersion: 1, deriverInput: "", importedAt: NOW, importedBy: "t",
      aggregates: { create: hosts.map((host) => ({ kindId: kind.id, host, shapeId: shape.id, hour, count: 1, firstMs: ms, lastMs: ms })) },
    },
  });
}
