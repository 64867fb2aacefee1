import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { analytic, bundleBytes, bundleText, collection, component, detects, soundObjects, strategy, technique, type StixObject } from "@/lib/catalog/testing/small-bundle";
import { startTestDatabase, type TestDatabase } from "@/lib/db/testing/test-database";
import { fileSource } from "@/lib/files/byte-source";
import { bytesSource } from "@/lib/files/read-single-file";
import { sha256 } from "@/lib/shared/digest";
import { diffCatalog } from "./diff-catalog";
import { downloadAttack } from "./download-attack";
import { getRawObject } from "./get-raw-object";
import { getSnapshotIssues } from "./get-snapshot-issues";
import { importCatalog, type ImportCatalogInput } from "./import-catalog";
import { listSnapshots } from "./list-snapshots";
import { loadPinnedAnalytics } from "./load-pinned-analytics";
import { loadStarterCatalog } from "./load-starter-catalog";
import { runJobInline } from "./run-job-inline";
import { showCatalogObjects } from "./show-catalog-objects";
import { startCatalogImport } from "./start-catalog-import";

const SAMPLES = join(process.env.SIGHTLINE_SAMPLES ?? "../shared", "attack");
const absent = !existsSync(SAMPLES);

let t: TestDatabase;
beforeAll(async () => {
  t = await startTestDatabase();
});
afterAll(() => t?.stop());
beforeEach(async () => {
  await t.db.$executeRawUnsafe('truncate "CatalogSnapshot", "CatalogRaw", "KeptFile", "Job" cascade');
});

const importBytes = (bytes: Uint8Array, fileName: string, options: Partial<ImportCatalogInput> = {}) => importCatalog(t.ctx, { fileName, source: bytesSource(bytes), ...options });
const importObjects = (objects: readonly StixObject[], release: string, options: Partial<ImportCatalogInput> = {}) => importBytes(bundleBytes(objects), `enterprise-attack-${release}.json`, options);
const importSample = async (file: string, options: Partial<ImportCatalogInput> = {}) => importCatalog(t.ctx, { fileName: file, source: await fileSource(join(SAMPLES, file)), ...options });
/** Everything that an import writes, to compare before and after. */
async function state() {
  const [snapshots, objects, entities, issues, texts, audit, files] = await Promise.all([
    listSnapshots(t.ctx),
    t.db.catalogObject.findMany({ orderBy: [{ snapshotId: "asc" }, { stixId: "asc" }] }),
    t.db.catalogEntity.count(),
    t.db.catalogIssue.count(),
    t.db.catalogRaw.count(),
    t.db.auditEntry.count(),
    t.db.keptFile.count(),
  ]);
  return { snapshots, objects, entities, issues, texts, audit, files };
}
const malware = { type: "malware", id: "malware--1", name: "m" };

test("a bundle is imported whole: objects, links, issues, published texts, kept file and audit entry", async () => {
  const result = await importObjects([...soundObjects(), analytic("AN2", "DET1", [])], "19.1");
  expect(result).toMatchObject({ outcome: "imported", snapshot: { domain: "enterprise", release: "19.1", releaseFrom: "file-name", current: true, objectCount: 8, detectOnly: true }, issues: { odd: 2, folded: 0, refused: 0 } });
  expect(result.message).toContain("taken from the file name");
  expect(await state()).toMatchObject({ entities: 6, issues: 2, texts: 8, files: 1 });
  expect(await t.db.auditEntry.findFirst({ orderBy: { seq: "desc" } })).toMatchObject({ action: "catalog.import", target: "enterprise 19.1", actor: "local:test" });
  const { issues } = await getSnapshotIssues(t.ctx, { snapshotId: result.snapshot.id });
  expect(issues.map(({ code, attackId }) => [code, attackId])).toEqual([["orphan-analytic", "AN2"], ["no-log-sources", "AN2"]]);
});

test("the same bundle again changes nothing, packed or not", async () => {
  await importObjects(soundObjects(), "19.1");
  const before = await state();
  const again = await importBytes(gzipSync(bundleBytes(soundObjects())), "other-name-19.1.json.gz");
  expect(again.outcome).toBe("unchanged");
  expect(again.message).toContain("Nothing changed");
  expect(await state()).toEqual(before);
});

test("another bundle of the same release is a conflict that changes nothing, and replaces when asked", async () => {
  await importObjects(soundObjects(), "19.1");
  const before = await state();
  const other = [...soundObjects().slice(1), technique("T2")];
  await expect(importObjects(other, "19.1")).rejects.toMatchObject({ code: "CONFLICT", message: expect.stringContaining("2 objects differ") });
  expect(await state()).toEqual(before);

  const replaced = await importObjects(other, "19.1", { replace: true });
  expect(replaced).toMatchObject({ outcome: "replaced", snapshot: { id: before.snapshots[0]?.id, objectCount: 7, current: true } });
  const after = await state();
  expect(after.objects.map(({ stixId }) => stixId)).toContain("attack-pattern--T2");
  expect(after.texts).toBe(7); // the text that only the replaced bundle held is gone
});

test("a detection-only bundle is extended by the full one, and after the full one it changes nothing", async () => {
  await importObjects(soundObjects(), "19.1");
  const extended = await importObjects([...soundObjects(), malware], "19.1");
  expect(extended).toMatchObject({ outcome: "extended", snapshot: { objectCount: 8, detectOnly: false } });
  const before = await state();
  expect((await importObjects([...soundObjects()].reverse(), "19.1")).outcome).toBe("contained");
  expect(await state()).toEqual(before);
});

test.each([
  ["a bundle cut off in the middle", bundleBytes(soundObjects()).subarray(0, 1200), /cut off: it ends at byte 1200 after \d+ whole objects/],
  ["a gzip cut off in the middle", gzipSync(bundleBytes(soundObjects())).subarray(0, 300), /gzip file ends in the middle/],
  ["a decompression bomb", gzipSync(Buffer.alloc(400 * 1024 * 1024)), /unpacks to more than/],
  ["a picture named .json", Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0]), /PNG picture/],
  ["an empty file", new Uint8Array(), /empty/],
])("%s is refused and changes nothing", async (_, bytes, message) => {
  await importObjects(soundObjects(), "18.1");
  const before = await state();
  await expect(importBytes(bytes, "enterprise-attack-19.1.json")).rejects.toThrow(message);
  expect(await state()).toEqual(before);
});

test("a bundle without a release is refused, with --release it is imported as said", async () => {
  await expect(importBytes(bundleBytes(soundObjects()), "enterprise-attack.json")).rejects.toThrow("does not say which release");
  expect((await importBytes(bundleBytes(soundObjects()), "enterprise-attack.json", { release: "17.1" })).snapshot).toMatchObject({ release: "17.1", releaseFrom: "option" });
  expect((await importBytes(bundleBytes([...soundObjects(), collection("19.2")]), "enterprise-attack.json")).snapshot).toMatchObject({ release: "19.2", releaseFrom: "collection" });
});

test("the highest release is current whatever the order, and --no-current leaves it as it is", async () => {
  const current = async () => (await listSnapshots(t.ctx)).filter((row) => row.current).map((row) => row.release);
  await importObjects(soundObjects(), "18.1");
  await importObjects(soundObjects(), "19.10", { keepCurrent: true });
  expect(await current()).toEqual(["18.1"]);
  await importObjects(soundObjects(), "19.2");
  expect(await current()).toEqual(["19.10"]);
});

test("keys that need care reach the database as text: __proto__, NUL, half surrogates", async () => {
  const text = bundleText(soundObjects()).replace('"name":"Name of T1"', '"name":"a\\u0000\\ud800b","__proto__":{"x":1}');
  const { snapshot } = await importBytes(new TextEncoder().encode(text), "e-19.1.json");
  const raw = await getRawObject(t.ctx, { snapshotId: snapshot.id, stixId: "attack-pattern--T1" });
  expect(raw.text).toContain('"a\\u0000\\ud800b","__proto__":{"x":1}');
  expect(sha256(raw.text ?? "")).toBe(raw.rawSha256);
});

test("an object that several releases hold unchanged is stored once", async () => {
  await importObjects(soundObjects(), "18.1");
  await importObjects([...soundObjects(), technique("T2")], "19.1");
  expect(await t.db.catalogRaw.count()).toBe(8);
  const [shown] = await showCatalogObjects(t.ctx, { ids: ["an1"] });
  expect(shown?.releases.map(({ release }) => release)).toEqual(["18.1", "19.1"]);
  expect(shown?.release).toBe("19.1");
});

test("ids that nobody holds are named; a release can be asked for", async () => {
  await importObjects(soundObjects(), "18.1");
  await importObjects([...soundObjects(), technique("T2")], "19.1");
  await expect(showCatalogObjects(t.ctx, { ids: ["AN1", "AN9", "DC9"] })).rejects.toThrow("AN9, DC9: no imported release holds these ids");
  await expect(showCatalogObjects(t.ctx, { ids: ["T2"], release: "18.1" })).rejects.toThrow("release 18.1 holds this id");
  const shown = await showCatalogObjects(t.ctx, { ids: ["DET1", "T1", "TA1", "DC1"], release: "18.1" });
  expect(shown.map(({ type, release }) => [type, release])).toEqual([["x-mitre-detection-strategy", "18.1"], ["attack-pattern", "18.1"], ["x-mitre-tactic", "18.1"], ["x-mitre-data-component", "18.1"]]);
});

test("a diff goes by content: dates and false flags do not count, a moved strategy and a changed text with the old date do", async () => {
  const touched = soundObjects().map((object): StixObject => ({ ...object, modified: "2027-01-01T00:00:00.000Z", revoked: false }));
  await importObjects(soundObjects(), "18.1");
  const changed = touched.filter((object) => object.type !== "relationship" && object.type !== "x-mitre-analytic");
  await importObjects([...changed, analytic("AN1", "DET1", [["DC1", "macos:unifiedlog", "exec"]], { description: "Other words." }), technique("T2"), detects("DET1", "T2"), component("DC2", [])], "19.1");
  const diff = await diffCatalog(t.ctx, { a: "18.1", b: "enterprise-19.1" });
  expect(diff.added.map(({ stixId }) => stixId)).toEqual(["attack-pattern--T2", "relationship--DET1-T2", "x-mitre-data-component--DC2"]);
  expect(diff.removed.map(({ stixId }) => stixId)).toEqual(["relationship--DET1-T1"]);
  expect(diff.changed).toEqual([expect.objectContaining({ id: "AN1", fields: ["description"], versions: ["1.0", "1.0"] })]);
  expect(diff.repointed).toEqual([{ id: "DET1", name: "Name of DET1", from: ["T1"], to: ["T2"] }]);
  expect(diff.formalOnly).toBe(5);
});

test("a detection-only release is compared with a full one in what both can hold", async () => {
  await importObjects(soundObjects(), "18.1");
  const uses = { ...detects("DET1", "T1"), id: "relationship--uses", relationship_type: "uses" };
  await importObjects([...soundObjects(), malware, uses], "19.1");
  expect(await diffCatalog(t.ctx, { a: "18.1", b: "19.1" })).toMatchObject({ scope: "detection", added: [], removed: [], changed: [] });
});

test("releases that were not imported, two domains and the starter are refused for a diff", async () => {
  await loadStarterCatalog(t.ctx);
  await importObjects(soundObjects(), "18.1");
  await expect(diffCatalog(t.ctx, { a: "18.1", b: "19.1" })).rejects.toMatchObject({ code: "NOT_FOUND", place: { remedy: "Imported: enterprise-18.1." } });
  await expect(diffCatalog(t.ctx, { a: "18.1", b: "starter-19.1" })).rejects.toThrow("outside the history");
});

test("the starter catalogue loads once, is current, shows no raw hash, and takes no part in release history", async () => {
  expect((await loadStarterCatalog(t.ctx)).snapshot).toMatchObject({ release: "starter-19.1", origin: "starter", current: true });
  const before = await state();
  expect((await loadStarterCatalog(t.ctx)).outcome).toBe("unchanged");
  expect(await state()).toEqual(before);
  const [shown] = await showCatalogObjects(t.ctx, { ids: ["AN0749"] });
  expect(shown).toMatchObject({ origin: "starter", rawSha256: null, releases: [], strategy: { id: "DET0268" }, requirements: [{ component: { id: "DC0032" } }, { component: { id: "DC0016" } }, { component: { id: "DC0039" } }] });
  expect((await loadPinnedAnalytics(t.ctx, null)).size).toBeGreaterThanOrEqual(150);
});

test("an older release takes over from the starter without retiring it; 19.1 retires it, and it does not come back", async () => {
  await loadStarterCatalog(t.ctx);
  expect(await importObjects(soundObjects(), "18.1")).toMatchObject({ retired: [], snapshot: { current: true } });
  const result = await importObjects(soundObjects(), "19.1", { keepCurrent: true });
  expect(result.retired).toEqual(["starter-19.1"]);
  const rows = await listSnapshots(t.ctx);
  expect(rows.map(({ release, current, retiredAt }) => [release, current, retiredAt !== null])).toEqual([["starter-19.1", false, true], ["18.1", true, false], ["19.1", false, false]]);
  expect((await loadStarterCatalog(t.ctx)).outcome).toBe("not-needed");
});

test("an earlier edition of the starter gives way to the newest one, and to the release that it is an excerpt of", async () => {
  expect((await loadStarterCatalog(t.ctx, "18.1")).snapshot).toMatchObject({ release: "starter-18.1", current: true });
  expect((await loadStarterCatalog(t.ctx)).snapshot).toMatchObject({ release: "starter-19.1", current: true });
  expect(await loadStarterCatalog(t.ctx, "18.1")).toMatchObject({ outcome: "unchanged", snapshot: { current: false } });
  expect(await importObjects(soundObjects(), "18.1")).toMatchObject({ retired: ["starter-18.1"], snapshot: { current: true } });
  expect((await loadStarterCatalog(t.ctx, "18.1")).outcome).toBe("not-needed");
  expect((await listSnapshots(t.ctx)).map(({ release, current, retiredAt }) => [release, current, retiredAt !== null])).toEqual([["starter-18.1", false, true], ["starter-19.1", false, false], ["18.1", true, false]]);
});

test("two imports of one bundle at once write it once", async () => {
  const outcomes = await Promise.all([importObjects(soundObjects(), "19.1"), importObjects(soundObjects(), "19.1"), importObjects(soundObjects(), "18.1")]);
  expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(["imported", "imported", "unchanged"]);
  expect((await listSnapshots(t.ctx)).filter((row) => row.current).map((row) => row.release)).toEqual(["19.1"]);
});

test("an uploaded bundle is imported by a job, and a refused one fails it with its sentence", async () => {
  const { job } = await startCatalogImport(t.ctx, { source: bundleBytes(soundObjects()), fileName: "enterprise-attack-19.1.json" });
  const queued = await t.db.job.findUniqueOrThrow({ where: { id: job } });
  expect(queued).toMatchObject({ kind: "catalog-import", state: "queued" });
  const input = { ...(await t.ctx.files.put(bundleBytes(soundObjects()))), fileName: "enterprise-attack-19.1.json" };
  expect(await runJobInline(t.ctx, { kind: "catalog-import", title: "x", input })).toMatchObject({ outcome: "imported", domain: "enterprise", release: "19.1" });
  const broken = { ...(await t.ctx.files.put(bundleBytes(soundObjects()).subarray(0, 500))), fileName: "b-19.1.json" };
  await expect(runJobInline(t.ctx, { kind: "catalog-import", title: "x", input: broken })).rejects.toThrow("cut off");
  expect(await t.db.job.findFirst({ where: { state: "failed" } })).toMatchObject({ error: expect.stringContaining("b-19.1.json, line 1: the file is cut off") });
});

test("a process killed in the middle of writing leaves nothing, and the import then runs as if nothing had been", async () => {
  const objects = Array.from({ length: 3000 }, (_, n) => technique(`T${n}`));
  const before = await state();
  const child = spawn(process.execPath, ["--import", pathToFileURL(join(process.cwd(), "node_modules/tsx/dist/loader.mjs")).href, "lib/operations/testing/import-and-hang.ts"], {
    env: { ...process.env, SIGHTLINE_TEST_CONNECTION: JSON.stringify(t.connection), SIGHTLINE_TEST_FILES: join(t.dataDir, "files") },
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.end(bundleText(objects));
  const seen = await new Promise<string>((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes("storing links")) resolve(text);
    });
    child.once("exit", () => reject(new Error(`the import ended by itself: ${text}`)));
  });
  child.removeAllListeners("exit");
  const gone = new Promise((resolve) => child.once("exit", (_, signal) => resolve(signal)));
  child.kill("SIGKILL");
  expect(await gone).toBe("SIGKILL");
  expect(seen).toContain("storing objects");
  expect(await state()).toEqual(before);
  expect((await importObjects(objects, "19.1")).outcome).toBe("imported"); // waits until the dead session's lock is gone
  expect((await state()).objects).toHaveLength(3000);
});

test("the newest bundle is asked of MITRE's repository alone, without redirects, and imported", async () => {
  const asked: [string, RequestInit | undefined][] = [];
  const answer: typeof fetch = async (url, init) => {
    asked.push([String(url), init]);
    return new Response(bundleText([...soundObjects(), collection("19.2")]));
  };
  const result = await downloadAttack(t.ctx, { domain: "enterprise" }, answer);
  expect(result).toMatchObject({ outcome: "imported", snapshot: { release: "19.2", releaseFrom: "collection" }, digest: sha256(bundleText([...soundObjects(), collection("19.2")])) });
  expect(asked).toEqual([["https://raw.githubusercontent.com/mitre-attack/attack-stix-data/master/enterprise-attack/enterprise-attack.json", expect.objectContaining({ redirect: "error" })]]);
});

test("where the network is closed, or the answer is an error or endless, one sentence says what to do and nothing changes", async () => {
  const before = await state();
  const closed: typeof fetch = async () => {
    throw new TypeError("fetch failed", { cause: new Error("getaddrinfo ENOTFOUND raw.githubusercontent.com") });
  };
  await expect(downloadAttack(t.ctx, { domain: "ics" }, closed)).rejects.toMatchObject({ code: "UNAVAILABLE", message: expect.stringContaining("cannot be reached from here (getaddrinfo ENOTFOUND"), place: { remedy: expect.stringContaining("import the file") } });
  await expect(downloadAttack(t.ctx, { domain: "ics" }, async () => new Response("no", { status: 404 }))).rejects.toThrow("status 404");
  const block = new Uint8Array(16 * 1024 * 1024);
  const endless: typeof fetch = async () => new Response(new ReadableStream({ pull: (controller) => controller.enqueue(block) }));
  await expect(downloadAttack(t.ctx, { domain: "ics" }, endless)).rejects.toMatchObject({ code: "TOO_LARGE" });
  expect(await state()).toEqual(before);
});

test("a viewer may read and not import", async () => {
  const viewer = { ...t.ctx, role: "viewer" as const };
  await expect(importCatalog(viewer, { fileName: "b-19.1.json", source: bytesSource(bundleBytes(soundObjects())) })).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await listSnapshots(viewer)).toEqual([]);
});

test("an unlinked strategy keeps its analytics; what was linked is read back", async () => {
  await importObjects([...soundObjects(), strategy("DET2", [])], "19.1");
  expect([...(await loadPinnedAnalytics(t.ctx, null)).values()]).toMatchObject([{ id: "AN1", techniques: [{ id: "T1" }] }]);
  const shown = await showCatalogObjects(t.ctx, { ids: ["DET1", "DET2", "TA1", "DC1"] });
  expect(shown.map(({ id, release }) => [id, release])).toEqual([["DET1", "19.1"], ["DET2", "19.1"], ["TA1", "19.1"], ["DC1", "19.1"]]);
  expect((await loadPinnedAnalytics(t.ctx, { ics: "19.1" })).size).toBe(0);
});

test.skipIf(absent)("the five published bundles stand side by side, with the four hashes and the release diff that were measured", async () => {
  await loadStarterCatalog(t.ctx);
  const outcomes: string[] = [];
  for (const file of ["enterprise-attack-18.1-detect", "enterprise-attack-19.1-detect", "enterprise-attack-19.1", "enterprise-attack-19.1-detect", "mobile-attack-19.1", "ics-attack-19.1"]) {
    outcomes.push((await importSample(`${file}-stix21.json.gz`)).outcome);
  }
  expect(outcomes).toEqual(["imported", "imported", "extended", "contained", "imported", "imported"]);
  const rows = await listSnapshots(t.ctx);
  expect(rows.map((row) => [row.domain, row.release, row.current, row.objectCount])).toEqual([
    ["enterprise", "starter-19.1", false, expect.any(Number)],
    ["enterprise", "18.1", false, 4729],
    ["enterprise", "19.1", true, 25_842],
    ["ics", "19.1", true, 2173],
    ["mobile", "19.1", true, 2634],
  ]);
  const shown = await showCatalogObjects(t.ctx, { ids: ["AN0749", "AN1316", "AN0173", "AN0598"] });
  expect(shown.map(({ rawSha256 }) => rawSha256?.slice(0, 12))).toEqual(["e5980b0ad417", "9e320a43752a", "87af7b98e27e", "8a7bbca83988"]);
  expect(shown[0]).toMatchObject({ releases: [{ release: "18.1" }, { release: "19.1" }] });
  const enterprise = rows[2]?.id ?? "";
  for (const { stixId, rawSha256 } of shown) expect(sha256((await getRawObject(t.ctx, { snapshotId: enterprise, stixId })).text ?? "")).toBe(rawSha256);

  const diff = await diffCatalog(t.ctx, { a: "18.1", b: "19.1" });
  expect(diff.counts).toMatchObject({
    "x-mitre-analytic": { added: 19, removed: 0, changed: 15 },
    "x-mitre-detection-strategy": { added: 8, removed: 0, changed: 11 },
    "x-mitre-data-component": { added: 0, removed: 0, changed: 30 },
    "attack-pattern": { added: 23, removed: 0, changed: 835 },
    "x-mitre-tactic": { added: 1, removed: 0 },
  });
  expect(diff.revoked).toHaveLength(17);
  expect(diff.deprecated.map(({ id }) => id).sort()).toEqual(["DET0239", "DET0317"]);
  expect(diff.repointed).toHaveLength(15);
  expect(diff.repointed).toContainEqual(expect.objectContaining({ id: "DET0497", from: ["T1562.001"], to: ["T1685"] }));
});
