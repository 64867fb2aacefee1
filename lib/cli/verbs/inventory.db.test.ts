import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestDatabase, type TestDatabase } from "@/lib/db/testing/test-database";
import { writeZip } from "@/lib/operations/evidence/write-zip";
import { SightlineError } from "@/lib/shared/errors";
import { evidenceVerifyJson, hostsImportJson, inventoryFormatsJson, inventoryImportJson, rosterReportJson, segmentsImportJson, segmentsListJson } from "../inventory-json";
import { verbRunner } from "../testing/run-verb";

const TEMPLATES = join(process.cwd(), "public/templates");
let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await startTestDatabase();
  folder = mkdtempSync(join(tmpdir(), "sightline-inventory-verb-"));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database.stop();
});

const run = verbRunner(() => database.ctx);

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

test("every template to download imports without a refusal, in the shapes that --json promises", async () => {
  const segments = segmentsImportJson.strict().parse((await run("segments", "import", join(TEMPLATES, "segments.csv"), "--json")).json);
  expect(segments).toMatchObject({ understood: 4, refused: { count: 0 } });
  const hosts = hostsImportJson.strict().parse((await run("segments", "hosts", "import", join(TEMPLATES, "roster.csv"), "--segment", "office laptops", "--json")).json);
  expect(hosts).toMatchObject({ segment: "Office laptops", hosts: 3, refused: { count: 0 } });
  const inventory = inventoryImportJson.strict().parse((await run("inventory", "import", join(TEMPLATES, "inventory.csv"), join(TEMPLATES, "inventory.json"), "--json")).json);
  expect(inventory.files).toEqual([
    expect.objectContaining({ outcome: "imported", format: "sightline-csv", understood: 3, refused: { count: 0, rows: [] }, losses: [] }),
    expect.objectContaining({ outcome: "unchanged", format: "sightline-json", understood: 2, refused: { count: 0, rows: [] }, losses: [] }),
  ]);
  const list = segmentsListJson.parse((await run("segments", "list", "--json")).json);
  expect(list.map(({ name, rosterHosts, claims }) => [name, rosterHosts, claims])).toEqual([["Cloud accounts", null, 0], ["Office laptops", 3, 1], ["Web farm", null, 0], ["Windows servers", null, 2]]);
  const report = rosterReportJson.parse((await run("segments", "hosts", "list", "--segment", "Office laptops", "--json")).json);
  expect(report?.neverSeen.map(({ host }) => host)).toEqual(["lap-0001", "lap-0002", "mac-0001"]);
});

test("a dry run shows the same and writes nothing", async () => {
  const path = file("dry.csv", "segment,source,log_source\nWeb farm,auditd,auditd:SYSCALL\nNowhere,auditd,auditd:SYSCALL\n");
  const seen = await run("inventory", "import", path, "--dry-run");
  expect(seen).toMatchObject({ failed: true, notes: [expect.stringMatching(/dry\.csv: 1 of 2 rows was refused, the others would be imported; the first is line 3, segment: There is no segment "Nowhere"/)] });
  expect(seen.text).toMatch(/2: 1 understood, 1 refused[\s\S]*would change: 1 new[\s\S]*line 3, segment: There is no segment "Nowhere"/);
  const list = segmentsListJson.parse((await run("segments", "list", "--json")).json);
  expect(list.find(({ name }) => name === "Web farm")?.claims).toBe(0);
});

test("of several files the good ones are imported; the verb fails and names the others", async () => {
  const good = file("good.csv", "segment,source,log_source\nWeb farm,auditd,auditd:SYSCALL\n");
  const empty = file("empty.csv", "");
  const refused = file("refused.csv", "segment,source,log_source\nNowhere,auditd,auditd:SYSCALL\n");
  const seen = await run("inventory", "import", empty, join(folder, "absent.csv"), refused, good, "--json");
  expect(seen.failed).toBe(true);
  expect(inventoryImportJson.parse(seen.json).files.map(({ outcome }) => outcome)).toEqual(["refused", "refused", "preview", "imported"]);
  expect(seen.notes).toEqual([expect.stringMatching(/^3 of 4 files were not taken whole, the first .*empty\.csv/)]);
  expect((await run("inventory", "import", good, good)).failed).toBe(false); // what is there already was not refused
});

test("rows of segments and rosters that are refused fail the verb with one sentence; the others are written", async () => {
  const segments = await run("segments", "import", file("some.csv", "name,platforms,assets,criticality\nNew site,Linux,3,2\nOdd,Amiga,1,1\n,Linux,1,1\n"), "--json");
  expect(segmentsImportJson.parse(segments.json)).toMatchObject({ created: ["New site"], refused: { count: 2 } });
  expect(segments).toMatchObject({ failed: true, notes: [expect.stringMatching(/some\.csv: 2 of 3 rows were refused, the others are imported; the first is line 3, platforms: /)] });
  const roster = await run("segments", "hosts", "import", file("hosts.csv", "host,platform\nsrv-1,Linux\nsrv-2,Amiga\n"), "--segment", "New site");
  expect(roster).toMatchObject({ failed: true, notes: [expect.stringMatching(/hosts\.csv: 1 of 2 rows was refused, the others are the roster now; the first is line 3, platform: /)] });
  expect(roster.text).toContain("refused     line 3, platform");
  expect(await run("segments", "import", file("again.csv", "name,platforms,assets,criticality\nNew site,Linux,3,2\n"))).toMatchObject({ failed: false, notes: [] });
});

test("without an assessment nothing is exported, and no half file is left", async () => {
  await expect(run("evidence", "export", "--out", join(folder, "e.zip"))).rejects.toBeInstanceOf(SightlineError);
  await expect(run("evidence", "verify", join(folder, "absent.zip"))).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(readdirSync(folder).filter((name) => name.includes("zip"))).toEqual([]);
});

test("a package that is not whole makes verify fail, with every finding on its own line", async () => {
  const parts: Uint8Array[] = [];
  const entries = [{ path: "data/run.json", content: () => ["{}"] }, { path: "manifest-sha256.txt", content: () => [`${"0".repeat(64)}  data/run.json\n`] }];
  for await (const part of writeZip(entries, new Date(0), [])) parts.push(part);
  const path = join(folder, "broken.zip");
  writeFileSync(path, Buffer.concat(parts));
  const seen = await run("evidence", "verify", path, "--recompute", "--json");
  const check = evidenceVerifyJson.strict().parse(seen.json);
  expect(seen.failed).toBe(true);
  expect(check).toMatchObject({ ok: false, recomputed: "differs", tagManifest: null });
  expect(check.findings.map(({ path: entry, state }) => [entry, state])).toEqual([
    ["data/run.json", "differs"],
    ["tagmanifest-sha256.txt", "missing"],
  ]);
});

test("a configuration is imported for the segment, hosts and date that the caller states; without a segment it is refused in one sentence", async () => {
  const path = file("audit.rules", "-a always,exit -F arch=b64 -S execve\n-a always,exit -F arch=b32 -S execve\n-Z\n");
  expect(await run("inventory", "import", path)).toMatchObject({ failed: true, notes: [expect.stringMatching(/names no segment.*--segment/)] });
  const seen = inventoryImportJson.parse((await run("inventory", "import", path, "--segment", "Web farm", "--hosts", "3", "--as-of", "2026-01-31", "--json")).json);
  expect(seen.files).toEqual([
    expect.objectContaining({ outcome: "imported", format: "auditd-rules", rows: 3, understood: 2, claims: [expect.objectContaining({ segment: "Web farm", channel: "execve", hostsReporting: 3, asOf: "2026-01-31", condition: "" })], statements: [] }),
  ]);
});

test("the formats say what they show and how to get them", async () => {
  const formats = inventoryFormatsJson.parse((await run("inventory", "formats", "--json")).json);
  expect(formats.map(({ id }) => id)).toEqual(expect.arrayContaining(["sysmon-config", "auditd-rules", "auditpol-csv", "osquery-config", "apple-profile", "cloudtrail-selectors", "elastic-fleet", "flow-csv", "dettect-techniques"]));
  expect((await run("inventory", "formats")).text).toContain("| tstats count");
});
