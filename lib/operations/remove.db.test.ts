import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { analytic, bundleBytes, component, soundObjects, strategy } from "@/lib/catalog/testing/small-bundle";
import { startTestDatabase, type TestDatabase } from "@/lib/db/testing/test-database";
import { bytesSource } from "@/lib/files/read-single-file";
import { createSegment } from "./create-segment";
import { editSegment } from "./edit-segment";
import { fileOutcomesSchema } from "./events/file-outcome";
import { getAssessmentView } from "./get-assessment-view";
import { getDataset } from "./get-dataset";
import { getReport } from "./get-report";
import { getSegment } from "./get-segment";
import { importCatalog } from "./import-catalog";
import { keepUpload } from "./keep-upload";
import { listDatasets } from "./list-datasets";
import { listJobs } from "./list-jobs";
import { listSnapshots } from "./list-snapshots";
import { listStaleDatasets } from "./list-stale-datasets";
import { prepareAssessment } from "./prepare-assessment";
import { prepareEventsImport } from "./prepare-events-import";
import { removeDataset } from "./remove-dataset";
import { removeDemo } from "./remove-demo";
import { removeSnapshot } from "./remove-snapshot";
import { assessmentOutcomeSchema } from "./run-assessment";
import { runJobInline } from "./run-job-inline";
import { verifyAuditChain } from "./verify-audit-chain";

const NOW = new Date("2026-02-04T00:00:00Z");
let t: TestDatabase;
let segment: string;

beforeAll(async () => {
  t = await startTestDatabase(() => NOW);
  await importBundle("19.1");
  segment = (await createSegment(t.ctx, { name: "macs", platforms: [{ name: "macOS" }], assets: 1, criticality: 3 })).id;
});
afterAll(() => t?.stop());

function importBundle(release: string) {
  const objects = [...soundObjects().filter(({ type }) => type !== "x-mitre-detection-strategy"), strategy("DET1", ["AN1", "AN2"]), component("DC0032", [["macos:endpointsecurity", "exec"]], { name: "Process Creation" }), analytic("AN2", "DET1", [["DC0032", "macos:endpointsecurity", "exec"]], { description: `In ${release}.` })];
  return importCatalog(t.ctx, { fileName: `e-${release}.json`, release, source: bytesSource(bundleBytes(objects)) });
}

const execLine = (minute: number): string => {
  const process = { executable: { path: "/bin/zsh" }, audit_token: { pid: 7, pidversion: 1, euid: 501 }, ppid: 1 };
  return JSON.stringify({ schema_version: 1, version: 9, event_type: 9, action_type: 1, time: `2026-02-03T10:0${minute}:00.000Z`, seq_num: minute, global_seq_num: minute, process, event: { exec: { target: { ...process, executable: { path: "/bin/ls" } }, args: ["ls", `${minute}`], env: [], cwd: { path: "/" } } } });
};
const bytes = async function* (text: string) {
  yield Buffer.from(text);
};
async function importText(text: string, name: string): Promise<string> {
  const upload = await keepUpload(t.ctx, bytes(text), name);
  const [outcome] = fileOutcomesSchema.parse(await runJobInline(t.ctx, await prepareEventsImport(t.ctx, upload, { segment: "macs", options: { host: "mac-1" } })));
  if (outcome?.outcome !== "imported" || outcome.dataset === null) throw new Error(`not imported: ${JSON.stringify(outcome)}`);
  return outcome.dataset;
}
const assess = async () => assessmentOutcomeSchema.parse(await runJobInline(t.ctx, await prepareAssessment(t.ctx, { at: NOW.toISOString() }))).assessment;
const observed = async (id: number) => (await getReport(t.ctx, id)).fleet.counts.observed;
const lastAudit = () => t.db.auditEntry.findFirst({ orderBy: { seq: "desc" } });

describe("removing a dataset", () => {
  test("takes it out of later assessments; the one that counted it stays as it was and names it as removed", async () => {
    const dataset = await importText([1, 2, 3].map((minute) => execLine(minute)).join("\n"), "exec.ndjson");
    const before = await assess();
    expect(await observed(before)).toBe(1);
    const { report, ...head } = (await getAssessmentView(t.ctx, before)).assessment;

    expect(await removeDataset(t.ctx, dataset)).toMatchObject({ id: dataset, fileName: "exec.ndjson", records: 3 });
    expect(await lastAudit()).toMatchObject({ action: "events.remove", target: "macs", detail: expect.objectContaining({ dataset, file: "exec.ndjson", records: 3 }) });
    expect(await listDatasets(t.ctx)).toEqual([]);
    await expect(getDataset(t.ctx, dataset)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect([await t.db.eventAggregate.count(), await t.db.eventExample.count(), await t.db.recordIndexPart.count()]).toEqual([0, 0, 0]);

    const after = await getAssessmentView(t.ctx, before);
    expect(after.assessment).toEqual({ report, ...head });
    expect(after.samples).toEqual([{ dataset, segment: "macs", fileName: "exec.ndjson", records: 3, removed: { at: NOW.toISOString(), by: "local:test" } }]);
    expect(await observed(await assess())).toBe(0);
  });

  test("of one that is not there, or was removed before, is refused; the same content can come back", async () => {
    const content = execLine(5);
    const first = await importText(content, "again.ndjson");
    await removeDataset(t.ctx, first);
    await expect(removeDataset(t.ctx, first)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(removeDataset(t.ctx, "nothing")).rejects.toMatchObject({ code: "NOT_FOUND" });
    const second = await importText(content, "again.ndjson");
    expect(second).not.toBe(first);
    await removeDataset(t.ctx, second);
  });

  test("needs a role that may, and the segment", async () => {
    const dataset = await importText(execLine(6), "role.ndjson");
    await expect(removeDataset({ ...t.ctx, role: "viewer" }, dataset)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(removeDataset({ ...t.ctx, segments: ["other"] }, dataset)).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await listDatasets(t.ctx)).toHaveLength(1);
  });
});

describe("removing a release", () => {
  test("is refused while it is current or pinned, and works for one that nothing rests on", async () => {
    const pinnedId = (await listSnapshots(t.ctx))[0]?.id ?? "";
    await expect(removeSnapshot(t.ctx, "19.1")).rejects.toMatchObject({ code: "CONFLICT", message: expect.stringContaining("current") });
    await importBundle("20.0");
    await expect(removeSnapshot(t.ctx, pinnedId)).rejects.toMatchObject({ code: "CONFLICT", message: expect.stringContaining("pinned by 2 assessments, the first is 1") });
    await importBundle("18.1");
    const texts = await t.db.catalogRaw.count();
    expect(await removeSnapshot(t.ctx, "enterprise-18.1")).toMatchObject({ release: "18.1" });
    expect((await listSnapshots(t.ctx)).map(({ release }) => release)).toEqual(["19.1", "20.0"]);
    expect(await t.db.catalogRaw.count()).toBe(texts - 1); // the one analytic that only 18.1 held in these words
    expect(await lastAudit()).toMatchObject({ action: "catalog.remove", target: "enterprise 18.1" });
    await expect(removeSnapshot(t.ctx, "18.1")).rejects.toMatchObject({ code: "NOT_FOUND", place: { remedy: "Imported: enterprise-19.1, enterprise-20.0." } });
  });
});

describe("another time zone of a segment", () => {
  test("puts samples whose times name none out of date and queues their reading; others stay", async () => {
    const zoned = await importText(execLine(7), "zoned.ndjson");
    const zoneless = await importText(JSON.stringify({ EventID: 4688, Channel: "Security", EventTime: "2026-02-03 10:08:00", Hostname: "ws-1", NewProcessName: "C:\\a.exe" }), "zoneless.ndjson");
    expect((await getDataset(t.ctx, zoneless)).warnings.map(({ code }) => code)).toContain("zone-unknown");
    const { name, platforms, assets, criticality } = (await getSegment(t.ctx, segment)).segment;
    await editSegment(t.ctx, segment, { name, platforms: [...platforms], assets, criticality, timeZone: "Europe/Berlin" });
    const stale = await listStaleDatasets(t.ctx);
    expect(stale.map(({ id }) => id)).toEqual([zoneless]);
    expect(await listJobs(t.ctx, { states: ["queued"] })).toMatchObject([{ kind: "events-rederive", title: "Read 1 sample of macs again in its new time zone" }]);
    await expect(assess()).rejects.toMatchObject({ code: "CONFLICT", message: expect.stringContaining("zoneless.ndjson") });
    await runJobInline(t.ctx, { kind: "events-rederive", title: "again", input: {} });
    const found = (await listDatasets(t.ctx)).find(({ fileName }) => fileName === "zoneless.ndjson");
    expect(found?.first).toBe("2026-02-03T09:08:00.000Z");
    expect((await listDatasets(t.ctx)).map(({ id }) => id)).toContain(zoned);
    expect(await listStaleDatasets(t.ctx)).toEqual([]);
  });
});

describe("removing the demonstration", () => {
  test("is refused where it is not loaded, and for whoever may not", async () => {
    await expect(removeDemo(t.ctx)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(removeDemo({ ...t.ctx, role: "engineer" })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("leaves an audit log that still holds together", async () => {
    expect((await verifyAuditChain(t.ctx)).broken).toBeNull();
  });
});
