import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { analytic, bundleBytes, collection, component, detects, matrix, strategy, tactic, technique } from "@/lib/catalog/testing/small-bundle";
import { verbRunner } from "../testing/run-verb";
import { startTestDatabase, type TestDatabase } from "@/lib/db/testing/test-database";
import type { ByteSource } from "@/lib/files/byte-source";
import { compareJsonSchema } from "@/lib/reports/compare-json";
import type { CompareFilter } from "@/lib/reports/compare-view";
import { releaseEffectSchema } from "@/lib/reports/release-effect";
import { trendSchema } from "@/lib/reports/trend-view";
import { applyInventory } from "@/lib/operations/apply-inventory";
import type { OperationContext } from "@/lib/operations/context";
import { createSegment } from "@/lib/operations/create-segment";
import { getComparisonView } from "@/lib/operations/get-comparison-view";
import { importCatalog } from "@/lib/operations/import-catalog";
import { JOB_HANDLERS } from "@/lib/operations/job-handlers";
import { listSnapshots } from "@/lib/operations/list-snapshots";
import { ASSESSMENT_RUN } from "@/lib/operations/prepare-assessment";
import { runJobInline } from "@/lib/operations/run-job-inline";
import { setPolicy } from "@/lib/operations/set-policy";
import { ASSESSMENT_COMPARE } from "@/lib/operations/start-comparison";

const SAMPLES = join(process.env.SIGHTLINE_SAMPLES ?? "../shared", "attack");
const DAY = 86_400_000;
const START = Date.parse("2026-11-01T09:00:00Z");

let t: TestDatabase;
const run = verbRunner(() => t.ctx);

function memorySource(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, stream: () => Readable.from([bytes]), readAt: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)) };
}
const NO_FILTER: CompareFilter = { segment: null, from: null, to: null, part: null, page: 1 };

const onDay = (day: number): OperationContext => ({ ...t.ctx, clock: () => new Date(START + day * DAY) });

async function assess(day: number, ranOn = day): Promise<void> {
  const at = new Date(START + day * DAY).toISOString();
  await runJobInline(onDay(ranOn), { kind: ASSESSMENT_RUN, title: "assess", input: { at, domains: ["enterprise"] } });
}

async function importRelease(release: string, objects: readonly unknown[], keepCurrent: boolean): Promise<void> {
  await importCatalog(t.ctx, { fileName: `enterprise-attack-${release}.json`, source: memorySource(bundleBytes([...objects, collection(release)])), keepCurrent });
}

/** 18.1: AN1 and AN2; 19.1: AN1 asks more, AN2 is gone, AN3 is new, and AN1's strategy moved to another technique. */
const EXEC = component("DC0032", [["macos:endpointsecurity", "ES_EVENT_TYPE_NOTIFY_EXEC"]]);
const OLD = [matrix(["TA1"]), tactic("TA1", "collection"), technique("T1"), technique("T2"), EXEC, strategy("DET1", ["AN1"]), analytic("AN1", "DET1", [["DC0032", "macos:endpointsecurity", "ES_EVENT_TYPE_NOTIFY_EXEC"]]), detects("DET1", "T1"), strategy("DET2", ["AN2"]), analytic("AN2", "DET2", [["DC0032", "macos:endpointsecurity", "ES_EVENT_TYPE_NOTIFY_EXEC"]]), detects("DET2", "T2")];
const NEW = [
  matrix(["TA1"]),
  tactic("TA1", "collection"),
  technique("T1"),
  technique("T2"),
  EXEC,
  component("DC0061", [["macos:osquery", "file_events"]]),
  strategy("DET1", ["AN1"]),
  analytic("AN1", "DET1", [["DC0032", "macos:endpointsecurity", "ES_EVENT_TYPE_NOTIFY_EXEC"], ["DC0061", "macos:osquery", "file_events"]], { modified: "2025-02-01T00:00:00.000Z" }),
  detects("DET1", "T2"),
  strategy("DET3", ["AN3"]),
  analytic("AN3", "DET3", [["DC0032", "macos:endpointsecurity", "ES_EVENT_TYPE_NOTIFY_EXEC"]]),
  detects("DET3", "T1"),
];

beforeAll(async () => {
  t = await startTestDatabase(() => new Date(START + 30 * DAY));
  await importRelease("18.1", OLD, false);
  await createSegment(onDay(0), { name: "Macs", platforms: [{ name: "macOS" }], assets: 10, criticality: 4 });
  await assess(0);
  await applyInventory(onDay(3), { source: { fileName: "claims.csv", content: Buffer.from("segment,source,product,log_source,channel,data_component,hosts_reporting,latency_p95_s,retention_days,basis,as_of,note\nMacs,agent,Agent,macos:endpointsecurity,,,,,,statement,2026-11-03,\n") }, format: "sightline-csv" });
  await createSegment(onDay(4), { name: "Lab", platforms: [{ name: "macOS" }], assets: 5, criticality: 1 });
  await assess(7);
  await setPolicy(onDay(8), { settings: ["claimDays=6"], reason: "statements age fast here" });
  await assess(9);
  await assess(2, 10); // as of, run later
});
afterAll(() => t?.stop());

describe("the difference of two assessments", () => {
  test("says which group of inputs moved every cell, and its parts add up", async () => {
    const found = compareJsonSchema.strict().parse((await run("compare", "1", "A-0002", "--json")).json);
    expect(found).toMatchObject({ a: { assessment: 1 }, b: { assessment: 2 }, inputs: { fleet: ["Lab is new, 5 hosts"], evidence: ["1 claim added"], time: ["T is 7 days later"] } });
    expect(found.fleet?.parts.map(({ part, applicable }) => [part, applicable])).toEqual([["engine", 0], ["catalog", 0], ["fleet", 2], ["policy", 0], ["evidence", 0], ["time", 0]]);
    expect(found.fleet?.transitions).toEqual([{ from: "blind", to: "declared", cells: 2 }, { from: "not-assessed", to: "blind", cells: 2 }]);
    expect(found.cells.filter(({ segment }) => segment === "Macs")).toMatchObject([{ moves: [{ part: "evidence", from: "blind", to: "declared" }] }, { parts: ["evidence"] }]);
    expect(found.cells.filter(({ segment }) => segment === "Lab").map(({ moves }) => moves[0]?.part)).toEqual(["fleet", "fleet"]);
  });

  test("tells a policy from the time that passed, defaults to the newest in the trend, and looks at one segment", async () => {
    const found = compareJsonSchema.parse((await run("compare", "2", "3", "--segment", " macs", "--json")).json);
    expect(found.fleet).toBeNull();
    expect(found.inputs).toMatchObject({ policy: ["claimDays 365 to 6"], time: ["T is 2 days later"] });
    expect(new Set(found.cells.flatMap(({ moves }) => moves.map(({ part, to }) => `${part} ${to}`)))).toEqual(new Set(["time blind"])); // 5 days old at the earlier T, 7 at the later: the policy alone let it count
    await expect(run("compare", "1", "99")).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(run("compare", "1", "2", "--segment", "nowhere")).rejects.toMatchObject({ code: "NOT_FOUND", place: { field: "segment" } });
  });

  test("is kept: asked again it is read, and a job finds what it computed before", async () => {
    const before = await t.ctx.db.assessmentComparison.count();
    const again = await runJobInline(t.ctx, { kind: ASSESSMENT_COMPARE, title: "compare", input: { a: 1, b: 2 } });
    expect(again).toMatchObject({ a: 1, b: 2, cells: 4 });
    expect(await t.ctx.db.assessmentComparison.count()).toBe(before);
    expect(Object.keys(JOB_HANDLERS)).toContain(ASSESSMENT_COMPARE);
  });

  test("as a page gives the reason before and now, and filters by state, part and segment", async () => {
    const page = await getComparisonView(t.ctx, { a: 1, b: 2, filter: { ...NO_FILTER, from: "blind", to: "declared" } });
    if (page.state !== "ready") throw new Error(`the page is ${page.state}`);
    expect(page.view.cells).toMatchObject({ total: 2, changed: 4, pages: 1 });
    expect(page.view.cells.rows[0]).toMatchObject({ analytic: "AN1", name: "Name of AN1", segment: "Macs", parts: ["evidence"] });
    expect(page.view.cells.rows[0]?.before).toContain("Name of DC0032");
    expect(page.view.cells.rows[0]?.now).not.toBe(page.view.cells.rows[0]?.before);
    const none = await getComparisonView(t.ctx, { a: 1, b: 2, filter: { ...NO_FILTER, part: "policy" } });
    expect(none).toMatchObject({ state: "ready", view: { cells: { total: 0, changed: 4 } } });
    const own = { ...t.ctx, segments: [page.view.segments[0]?.id ?? ""] };
    await expect(getComparisonView(own, { a: 1, b: 2, filter: NO_FILTER })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

test("the trend marks what moved the ground, and lists apart what was run later than its time", async () => {
  const trend = trendSchema.strict().parse((await run("trend", "--json")).json);
  expect(trend.points.map(({ assessment, marks }) => [assessment, marks.map(({ kind, text }) => `${kind}: ${text}`)])).toEqual([
    [1, []],
    [2, ["fleet: Lab is new", "imports: 1 inventory"]],
    [3, ["policy: policy v1 to v2: statements age fast here"]],
  ]);
  expect(trend.excluded).toMatchObject([{ assessment: 4, label: "A-0004" }]);
  expect(trendSchema.parse((await run("trend", "--segment", "lab", "--json")).json)).toMatchObject({ segment: "Lab", points: [{ assessment: 2, hosts: 5 }, { assessment: 3 }] });
  const csv = (await run("trend", "--csv")).text.split("\n");
  expect(csv).toHaveLength(5);
  expect(csv[4]).toContain("A-0004,2026-11-03T09:00:00.000Z,2026-11-11T09:00:00.000Z,false");
});

describe("a release that is not current yet", () => {
  test("is looked at on today's evidence: added, changed, retired, re-pointed, and the numbers of every segment", async () => {
    await importRelease("19.1", NEW, true);
    const effect = releaseEffectSchema.strict().parse((await run("release-effect", "19.1", "--json")).json);
    expect(effect).toMatchObject({ domain: "enterprise", from: "18.1", to: "19.1", contentCompared: true });
    expect(effect.added).toMatchObject([{ id: "AN3", cells: [{ cells: 2 }] }]);
    expect(effect.retired).toMatchObject([{ id: "AN2", cells: [{ cells: 2 }] }]);
    expect(effect.changed).toMatchObject([{ id: "AN1", fields: ["x_mitre_log_source_references"], asksAnew: true }]); // its `modified` is the same
    expect(effect.repointed).toMatchObject([{ id: "DET1", from: ["T1"], to: ["T2"], analytics: ["AN1"] }]);
    expect(effect.segments.map(({ segment, from, to }) => [segment, from.n, to.n]).sort()).toEqual([["Lab", 2, 2], ["Macs", 2, 2]]);
    await expect(run("release-effect", "18.1")).rejects.toMatchObject({ code: "INVALID" });
    await expect(run("release-effect", "17.0")).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(run("release-effect", "19.1", "--from", "17.0")).rejects.toMatchObject({ code: "NOT_FOUND", place: { field: "from" } });
    await expect(run("release-effect", "19.1", "--from", "19.1")).rejects.toMatchObject({ code: "INVALID" });
  });

  test("is made current by hand; the next assessment asks what it asks, and the comparison puts it into the catalogue's part", async () => {
    expect((await run("catalog", "current", "19.1", "--json")).json).toMatchObject({ release: "19.1", current: true });
    expect((await listSnapshots(t.ctx)).filter(({ current }) => current)).toMatchObject([{ release: "19.1" }]);
    await assess(9.5);
    const found = compareJsonSchema.parse((await run("compare", "3", "--json")).json);
    expect(found).toMatchObject({ b: { assessment: 5, releases: { enterprise: "19.1" } } });
    expect(new Set(found.cells.flatMap(({ parts, moves }) => [...parts, ...moves.map(({ part }) => part)]))).toEqual(new Set(["catalog"]));
    const since = releaseEffectSchema.parse((await run("release-effect", "19.1", "--from", "18.1", "--json")).json); // it is current: what it changed
    expect(since).toMatchObject({ from: "18.1", to: "19.1", added: [{ id: "AN3" }], retired: [{ id: "AN2" }], repointed: [{ id: "DET1" }] });
    await run("catalog", "current", "18.1");
  });

  test.skipIf(!existsSync(SAMPLES))("18.1 to 19.1 as published adds 19 analytics, changes 15, and moves 15 strategies", async () => {
    for (const release of ["18.1", "19.1"]) {
      const fileName = `enterprise-attack-${release}-detect-stix21.json.gz`;
      await importCatalog(t.ctx, { fileName, source: memorySource(readFileSync(join(SAMPLES, fileName))), replace: true, keepCurrent: true });
    }
    const effect = releaseEffectSchema.parse((await run("release-effect", "19.1", "--json")).json);
    expect([effect.added.length, effect.changed.length, effect.retired.length, effect.repointed.length]).toEqual([19, 15, 0, 15]);
    expect(effect.changed.filter(({ fields }) => fields.includes("x_mitre_log_source_references"))).toHaveLength(5);
    expect(effect.repointed.find(({ id }) => id === "DET0497")).toMatchObject({ from: ["T1562.001"], to: ["T1685"] });
    expect(new Set(effect.deprecated.map(({ strategy: id }) => id))).toEqual(new Set(["DET0239", "DET0317"]));
    expect(effect.fleet.to.n - effect.fleet.from.n).toBe(effect.segments.reduce((sum, { from, to }) => sum + to.n - from.n, 0));
  });
});

test("a trend holds assessments of the same domains, by default those of the newest; the others are named and can be asked for", async () => {
  await importCatalog(t.ctx, { fileName: "mobile-attack-19.1.json", source: memorySource(bundleBytes([...OLD.map((object) => ({ ...object, x_mitre_domains: ["mobile-attack"] })), { ...collection("19.1"), name: "Mobile ATT&CK" }])), keepCurrent: false });
  const before = trendSchema.parse((await run("trend", "--json")).json);
  await runJobInline(onDay(40), { kind: ASSESSMENT_RUN, title: "assess", input: { at: new Date(START + 40 * DAY).toISOString(), domains: ["mobile"] } });
  const newest = trendSchema.parse((await run("trend", "--json")).json);
  expect(newest).toMatchObject({ domains: ["mobile"], points: [{ assessment: expect.any(Number) }], choices: [{ domains: ["mobile"], assessments: 1 }, { domains: ["enterprise"], assessments: before.points.length + before.excluded.length }] });
  expect(trendSchema.parse((await run("trend", "--domain", "enterprise", "--json")).json)).toMatchObject({ domains: ["enterprise"], points: before.points });
  await expect(run("trend", "--domain", "space", "--json")).rejects.toMatchObject({ place: { field: "domains" } });
});
