import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import yazl from "yazl";
import { projectRoot } from "@/lib/db/project-root";
import { startTestDatabase, type TestDatabase } from "@/lib/db/testing/test-database";
import { listRuleLinks, listRules } from "@/lib/detection/rules/store";
import type { OperationContext } from "./context";
import { createSegment } from "./create-segment";
import { exportPack } from "./export-pack";
import { importedPackSchema, preparePackImport } from "./import-pack";
import { keepUpload } from "./keep-upload";
import { listPacks } from "./list-packs";
import { preparePacksLoad } from "./load-packs";
import { loadStarterCatalog } from "./load-starter-catalog";
import { readPackFolder } from "./packs/read-pack-folders";
import { prepareAssessment } from "./prepare-assessment";
import { prepareEventsImport } from "./prepare-events-import";
import { assessmentOutcomeSchema } from "./run-assessment";
import { runJobInline } from "./run-job-inline";
import { streamCells } from "./stream-cells";

let database: TestDatabase;
let ctx: OperationContext;
const folder = join(projectRoot(), "prisma/packs/AN1316");

beforeAll(async () => {
  database = await startTestDatabase(() => new Date("2026-03-02T12:00:00Z"));
  ctx = database.ctx;
  await loadStarterCatalog(ctx);
  const load = await preparePacksLoad(ctx);
  if (load !== null) await runJobInline(ctx, load);
});
afterAll(() => database.stop());

async function zip(files: ReadonlyMap<string, Uint8Array>): Promise<Buffer> {
  const archive = new yazl.ZipFile();
  for (const [name, bytes] of files) archive.addBuffer(Buffer.from(bytes), name);
  archive.end();
  const parts: Buffer[] = [];
  for await (const part of archive.outputStream) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

async function importPack(bytes: Uint8Array) {
  const kept = await keepUpload(ctx, Readable.from([bytes]), "pack.zip");
  return importedPackSchema.parse(await runJobInline(ctx, preparePackImport(ctx, kept)));
}

async function importSamples(segment: string, files: readonly (readonly [name: string, format: string])[]): Promise<void> {
  for (const [name, format] of files) {
    const kept = await keepUpload(ctx, Readable.from([await readFile(join(folder, "samples", name))]), name);
    await runJobInline(ctx, await prepareEventsImport(ctx, kept, { segment, options: { format, host: "mac-0417" } }));
  }
}

async function cellOf(segment: string) {
  const { assessment } = assessmentOutcomeSchema.parse(await runJobInline(ctx, await prepareAssessment(ctx, {})));
  for await (const cell of await streamCells(ctx, { assessment, segment, analytic: "AN1316" })) return cell;
  throw new Error("no cell");
}

describe("the packs that ship with Sightline", () => {
  test("are loaded once, with their tests passed and their signals linked to their analytics", async () => {
    expect(await preparePacksLoad(ctx)).toBeNull();
    const packs = await listPacks(ctx);
    expect(packs.map(({ analytic }) => analytic)).toEqual(expect.arrayContaining(["AN0173", "AN0598", "AN0747", "AN0748", "AN0749", "AN1316"]));
    for (const { analytic, tests, passed } of packs) expect({ analytic, passed, failed: tests.filter((one) => !one.passed) }).toEqual({ analytic, passed: true, failed: [] });
    const signals = await listRules(ctx.db, { linkedTo: "AN1316" });
    expect(signals.map(({ name, source }) => ({ name, source }))).toEqual([{ name: "an1316-document-to-egress", source: "pack AN1316" }]);
    expect(await listRuleLinks(ctx.db, { analytics: ["AN1316"], state: "accepted" })).toMatchObject([{ because: "pack" }]);
  });
});

describe("a cell that a pack curates", () => {
  test("is observed when its four stages are proven and their edges join over the segment's files", async () => {
    await createSegment(ctx, { name: "Macs", platforms: [{ name: "macOS" }], assets: 1, criticality: 3 });
    await importSamples("Macs", [["program-starts.ndjson", "eslogger"], ["opened.ndjson", "macos-unified-log"], ["written.ndjson", "eslogger"], ["child.ndjson", "eslogger"], ["egress.ndjson", "jamf-protect"]]);
    const cell = await cellOf("Macs");
    expect(cell).toMatchObject({ status: "observed", source: "pack", asPublished: { status: expect.any(String) } });
    expect(cell.flags).toContain("rule-tested");
    expect(cell.joins?.map(({ edge, state }) => ({ edge, state }))).toEqual([
      { edge: "opened-written", state: "joined" },
      { edge: "written-child", state: "joined" },
      { edge: "child-egress", state: "joined" },
    ]);
    expect(cell.joins?.[2]?.witness).toMatch(/record \d+ of child\.ndjson at 2026-03-02T09:16:0\dZ?.* and record \d+ of egress\.ndjson/);
    expect(cell.joins?.[2]?.records).toHaveLength(2);
  });

  test("is partial and not joinable when only another Mac's process connects", async () => {
    await createSegment(ctx, { name: "Other Macs", platforms: [{ name: "macOS" }], assets: 1, criticality: 3 });
    await importSamples("Other Macs", [["program-starts.ndjson", "eslogger"], ["opened.ndjson", "macos-unified-log"], ["written.ndjson", "eslogger"], ["child.ndjson", "eslogger"], ["egress-other-host.ndjson", "jamf-protect"]]);
    const cell = await cellOf("Other Macs");
    expect(cell.status).toBe("partial");
    expect(cell.flags).toContain("unjoinable");
    expect(cell.joins?.find(({ edge }) => edge === "child-egress")).toMatchObject({ state: "not-joined", because: expect.stringContaining("process") });
  });
});

describe("a pack of one's own", () => {
  test("is exported and imported as the same; other content under its version is refused; a higher version takes its place and stays", async () => {
    const { zip: content } = await exportPack(ctx, { analytic: "an1316" });
    const parts: Uint8Array[] = [];
    for await (const part of content) parts.push(part);
    expect(await importPack(Buffer.concat(parts))).toMatchObject({ outcome: "unchanged", analytic: "AN1316" });

    const files = await readPackFolder(folder);
    const manifest = Buffer.from(files.get("pack.yaml") ?? []).toString("utf8");
    const changed = (text: string) => zip(new Map([...files].map(([path, bytes]) => [`AN1316/${path}`, path === "pack.yaml" ? Buffer.from(text) : bytes])));
    await expect(importPack(await changed(manifest.replace(/^author: .*$/m, "author: Somebody else")))).rejects.toMatchObject({ code: "CONFLICT", place: { field: "version" } });
    await expect(importPack(await changed(manifest.replace(/^severity: .*$/m, "severity: dreadful")))).rejects.toMatchObject({ code: "INVALID", place: { field: "severity", line: expect.any(Number) } });

    const version = (await listPacks(ctx)).find(({ analytic }) => analytic === "AN1316")?.version ?? 0;
    const found = await importPack(await changed(manifest.replace(/^version: .*$/m, `version: ${version + 1}`).replace(/^author: .*$/m, "author: Somebody else")));
    expect(found).toMatchObject({ outcome: "imported", version: version + 1 });
    expect((await listPacks(ctx)).find(({ analytic }) => analytic === "AN1316")).toMatchObject({ origin: "imported", version: version + 1, passed: true });
    expect((await listPacks(ctx, { all: true })).filter(({ analytic }) => analytic === "AN1316")).toHaveLength(2);
    expect(await preparePacksLoad(ctx)).toBeNull();
  });
});
