import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { analytic, bundleText, component, soundObjects } from "@/lib/catalog/testing/small-bundle";
import { startTestDatabase, type TestDatabase } from "@/lib/db/testing/test-database";
import { EVENT_KEY_KINDS } from "@/lib/telemetry/types";
import { verbRunner } from "../testing/run-verb";

const named = z.object({ id: z.string(), name: z.string() });
/** `catalog show AN --json` as the interfaces page promises it. */
const shownAnalytic = z.object({
  id: z.string(),
  stixId: z.string(),
  type: z.literal("x-mitre-analytic"),
  name: z.string(),
  description: z.string(),
  domain: z.enum(["enterprise", "mobile", "ics"]),
  release: z.string(),
  origin: z.enum(["mitre", "starter"]),
  version: z.string(),
  created: z.iso.datetime(),
  modified: z.iso.datetime(),
  platforms: z.array(z.string()),
  strategy: named,
  techniques: z.array(named.extend({ tactics: z.array(named) })),
  requirements: z.array(
    z.object({
      component: named,
      name: z.string(),
      channel: z.string(),
      family: z.string(),
      eventKeys: z.array(z.object({ kind: z.enum(EVENT_KEY_KINDS), value: z.string(), channel: z.string().optional() })),
      basis: z.enum(["curated", "channel", "component"]),
      verdict: z.enum(["producible", "not-producible", "platform-mismatch", "external"]),
      substitute: z.string().optional(),
    }),
  ),
  mutableElements: z.array(z.object({ field: z.string(), description: z.string() })),
  references: z.array(z.object({ sourceName: z.string() })),
  rawSha256: z.string().regex(/^[0-9a-f]{64}$/),
  releases: z.array(z.object({ release: z.string(), rawSha256: z.string(), version: z.string(), modified: z.string() })),
});

let t: TestDatabase;
let folder: string;
beforeAll(async () => {
  t = await startTestDatabase();
  folder = mkdtempSync(join(tmpdir(), "sightline-verb-"));
});
afterAll(async () => {
  await t?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const runVerb = verbRunner(() => t.ctx);
const run = (...words: string[]) => runVerb("catalog", ...words);
function bundle(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}
const sources = [["DC1", "macos:endpointsecurity", "ES_EVENT_TYPE_NOTIFY_EXEC"], ["DC2", "WinEventLog:Sysmon", "EventCode=1"], ["DC1", "macos:osquery", "process_events"]] as const;
const objects = [
  ...soundObjects().filter((object) => object.type !== "x-mitre-analytic" && object.type !== "x-mitre-data-component"),
  analytic("AN1", "DET1", sources),
  component("DC1", [["macos:endpointsecurity", "ES_EVENT_TYPE_NOTIFY_EXEC"], ["macos:osquery", "process_events"]]),
  component("DC2", [["WinEventLog:Sysmon", "EventCode=1"]]),
];

test("import prints one document with an entry per file, and fails when a file was refused although others went in", async () => {
  const cut = bundle("enterprise-attack-18.1.json", bundleText(objects).slice(0, 600));
  const whole = bundle("enterprise-attack-19.1.json", bundleText(objects));
  const { json, failed, notes } = await run("import", cut, whole, "--json");
  expect(failed).toBe(true);
  expect(notes).toEqual([expect.stringMatching(/^1 of 2 files was not taken whole, the first .*enterprise-attack-18\.1\.json, line 1: the file is cut off: it ends at byte 600/)]);
  expect(json).toEqual([{ file: cut, error: expect.any(String) }, expect.objectContaining({ file: whole, outcome: "imported", domain: "enterprise", release: "19.1", releaseFrom: "file-name", current: true })]);
});

test("import without files, or with files and --latest, is refused", async () => {
  await expect(run("import")).rejects.toThrow("No file was named");
  await expect(run("import", "a.json", "--latest")).rejects.toThrow("takes no files");
  await expect(run("import", "--latest", "--domain", "cloud")).rejects.toThrow('"cloud" is not a domain');
});

test("list prints the snapshots", async () => {
  expect((await run("list", "--json")).json).toEqual([expect.objectContaining({ domain: "enterprise", release: "19.1", origin: "mitre", current: true, objectCount: 8 })]);
});

test("show prints one object for one id and an array for several, each analytic with every promised field", async () => {
  const shown = shownAnalytic.parse((await run("show", "AN1", "--json")).json);
  expect(shown.requirements.map(({ component: { id }, name }) => [id, name])).toEqual([["DC1", "macos:endpointsecurity"], ["DC1", "macos:osquery"], ["DC2", "WinEventLog:Sysmon"]]);
  expect(shown.requirements[2]).toMatchObject({ verdict: "platform-mismatch" });
  const several = z.array(z.object({ id: z.string() })).parse((await run("show", "an1", "DET1", "T1", "DC1", "TA1", "--json")).json);
  expect(several.map(({ id }) => id)).toEqual(["AN1", "DET1", "T1", "DC1", "TA1"]);
});

test("diff names the releases and what changed", async () => {
  await run("import", bundle("enterprise-attack-20.0.json", bundleText(objects.map((object) => (object.type === "x-mitre-analytic" ? { ...object, description: "New words." } : object)))));
  const { json } = await run("diff", "19.1", "20.0", "--json");
  expect(json).toMatchObject({ domain: "enterprise", a: "19.1", b: "20.0", changed: [{ id: "AN1", fields: ["description"] }], added: [], removed: [], repointed: [] });
});
