import { hostname } from "node:os";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CellJson } from "@/lib/assessment/cell-json";
import type { Flag, Status } from "@/lib/assessment/status";
import { listRuleLinks, listRuleSources } from "@/lib/detection/rules/store";
import { overridesInForce } from "@/lib/telemetry/overrides/override";
import { listOverrideVersions } from "@/lib/telemetry/overrides/store";
import { startTestDatabase, type TestDatabase } from "@/lib/db/testing/test-database";
import { leaseOwner } from "@/lib/jobs/job-lease";
import { applyInventory } from "./apply-inventory";
import type { OperationContext } from "./context";
import { DEMO_RULES } from "./demo/replay-rules";
import { getDemo } from "./get-demo";
import { getPolicyView } from "./get-policy-view";
import { getAnalyticView } from "./get-analytic-view";
import { getReleaseChoices } from "./get-release-choices";
import { getReleaseEffect } from "./get-release-effect";
import { getReport } from "./get-report";
import { getRosterReport } from "./get-roster-report";
import { getTrend } from "./get-trend";
import { isDemoOnly } from "./is-demo-only";
import { listAssessments } from "./list-assessments";
import { listDatasets } from "./list-datasets";
import { listGaps } from "./list-gaps";
import { listRuleChecks } from "./list-rule-checks";
import { listSnapshots } from "./list-snapshots";
import { listTargetChanges } from "./list-target-changes";
import { listTargets } from "./list-targets";
import { loadDemo, loadDemoSchema } from "./load-demo";
import { prepareAssessment } from "./prepare-assessment";
import { prepareDemo } from "./prepare-demo";
import { removeDemo } from "./remove-demo";
import { runJobInline } from "./run-job-inline";
import { streamCells } from "./stream-cells";
import { verifyAuditChain } from "./verify-audit-chain";

const T0 = new Date("2027-05-03T12:00:00.000Z");
const DAY = 86_400_000;
let database: TestDatabase;
let ctx: OperationContext;
const dateOf = (days: number): string => new Date(T0.getTime() + days * DAY).toISOString().slice(0, 10);
const at = (days: number): OperationContext => ({ ...ctx, clock: () => new Date(T0.getTime() + days * DAY) });

beforeAll(async () => {
  database = await startTestDatabase(() => T0);
  ctx = database.ctx;
  await load();
}, 300_000);
afterAll(() => database.stop());

/** Loads in two runs: the first is cancelled in the middle, as a crash would end it, the second goes on. */
async function load(): Promise<void> {
  const first = await prepareDemo(ctx);
  if (first.state !== "load") throw new Error("an empty database is loaded");
  const stop = new AbortController();
  const broken = runJobInline(ctx, first.job, { signal: stop.signal, onProgress: (_done, _total, text) => void (text.includes("workstations-audit") && stop.abort()) });
  await expect(broken).rejects.toThrow("cancelled");
  expect(await getDemo(ctx)).toEqual({ t0: T0.toISOString(), ready: false });
  const second = await prepareDemo(at(1)); // a day later: the pinned T0 stays
  if (second.state !== "load") throw new Error("a broken load is gone on with");
  expect([second.resumed, second.t0]).toEqual([true, T0.toISOString()]);
  await runJobInline(at(1), second.job);
}

/** A claim of somebody's own beside the demonstration. @returns the id of its import */
async function importOwnClaim(): Promise<string> {
  const content = Buffer.from("segment,source,log_source\nOwn,auditd,auditd:SYSCALL\n");
  const { importId } = await applyInventory(ctx, { source: { fileName: "own.csv", content } });
  if (importId === null) throw new Error("nothing was imported");
  return importId;
}

async function cells(assessment: number | null = null): Promise<CellJson[]> {
  const all: CellJson[] = [];
  for await (const cell of streamCells(ctx, { assessment })) all.push(cell);
  return all;
}

async function assessments() {
  return (await listAssessments(ctx)).toSorted((a, b) => a.at.localeCompare(b.at) || a.id - b.id);
}

describe("the demonstration fleet", () => {
  it("has its T0 pinned and is known to be nothing but a demonstration", async () => {
    expect(await getDemo(ctx)).toEqual({ t0: T0.toISOString(), ready: true });
    expect(await isDemoOnly(ctx)).toBe(true);
  });

  it("replays four assessments by an actor who is named as replayed, each run at its own time", async () => {
    const runs = await assessments();
    expect(runs.map((run) => (Date.parse(run.at) - T0.getTime()) / DAY)).toEqual([-28, -14, -7, 0]);
    expect(new Set(runs.map((run) => run.actor))).toEqual(new Set(["demonstration (replayed clock)"]));
    expect(runs.every((run) => run.demo && !run.runLater && run.ranAt === run.at)).toBe(true);
  });

  it("asked by one edition of the starter catalogue until the day before, and by the next one since: what that changed can be seen", async () => {
    const runs = await assessments();
    expect(runs.map(({ releases }) => releases.enterprise)).toEqual(["starter-18.1", "starter-18.1", "starter-18.1", "starter-19.1"]);
    expect((await getReleaseChoices(ctx)).pairs).toEqual([{ domain: "enterprise", from: "starter-18.1", to: "starter-19.1", way: "since" }]);
    const effect = await getReleaseEffect(ctx, { release: "starter-19.1", from: "starter-18.1" });
    expect(effect).toMatchObject({ contentCompared: false, added: [{ id: "AN2044", cells: expect.arrayContaining([{ state: "declared", cells: 1 }]) }], deprecated: [], formalOnly: null });
    expect(effect.retired.map(({ id }) => id)).toEqual(["AN0886", "AN0887", "AN0888", "AN0889", "AN0890", "AN0891", "AN0892", "AN0893", "AN0894"]);
    expect((await getAnalyticView(ctx, { id: "AN0886", assessment: null, segment: null, stage: null })).notAsked).toMatch(/starter-19\.1, which does not hold this analytic; it is shown as starter-18\.1 held it\.$/);
    expect((await getAnalyticView(ctx, { id: "AN0886", assessment: null, segment: null, stage: null })).chosen).toBeNull();
    expect(effect.changed.map(({ id, asksAnew }) => [id, asksAnew])).toEqual([["AN1374", true], ["AN1612", true], ["AN1614", true]]);
    expect(effect.changed.reduce((sum, { moved }) => sum + moved, 0)).toBeGreaterThan(0);
    expect(effect.repointed.map(({ id }) => id)).toEqual(["DET0289", "DET0497", "DET0520", "DET0532"]);
    expect(effect.segments.filter(({ points }) => points !== 0).length).toBeGreaterThan(3);
    expect(effect.fleet.to.n).toBeLessThan(effect.fleet.from.n);
    expect((await getTrend(ctx, { segment: null, domains: null })).points.map(({ marks }) => marks.find(({ kind }) => kind === "release")?.text ?? null)).toEqual([null, null, null, "enterprise starter-18.1 to starter-19.1"]);
  });

  // Which cell shows what. AN1314..1316 are the exploitation for client execution, AN0747..0749 archiving through a library.
  it.each<[status: Status, analytic: string, segment: string, flags: Flag[]]>([
    ["observed", "AN0173", "macOS Engineering", []],
    ["observed", "AN1316", "macOS Engineering", []],
    ["partial", "AN1316", "Contractor Laptops", ["unjoinable", "hosts-unverified", "late"]],
    ["observed", "AN1590", "macOS Engineering", ["narrow", "overridden"]],
    ["validated", "AN0749", "macOS Engineering", ["rule-tested"]],
    ["observed", "AN1314", "Windows Workstations", ["narrow"]],
    ["observed", "AN0173", "Contractor Laptops", ["hosts-unverified", "late"]],
    ["observed", "AN0105", "Windows Workstations", ["narrow"]],
    ["observed", "AN1339", "Workforce Identity", ["by-component"]],
    ["partial", "AN0747", "Windows Workstations", ["contradicted"]],
    ["partial", "AN0598", "macOS Engineering", []],
    ["partial", "AN0748", "Linux Production", []],
    ["declared", "AN0747", "Domain Controllers", ["stale"]],
    ["declared", "AN0411", "Domain Controllers", ["stale", "conditional"]],
    ["declared", "AN0598", "macOS Executives", []],
    ["blind", "AN1316", "macOS Executives", ["stale"]],
    ["unassessable", "AN0099", "Branch Routers", []],
    ["not-applicable", "AN1314", "macOS Engineering", []],
    ["not-applicable", "AN1314", "Domain Controllers", []],
  ])("shows %s: %s in %s, flags %j", async (status, analytic, segment, flags) => {
    const cell = (await cells()).find((one) => one.analytic === analytic && one.segment === segment);
    expect(cell?.status).toBe(status);
    expect(cell?.flags).toEqual(expect.arrayContaining(flags));
  });

  it("shows every flag that its inventories, configurations and samples are made to show, each in a segment that means it", async () => {
    const shown = new Map<string, Set<string>>();
    for (const cell of await cells()) for (const flag of cell.flags) shown.set(flag, (shown.get(flag) ?? new Set()).add(cell.segment));
    const where = (flag: Flag) => [...(shown.get(flag) ?? [])];
    expect(where("stale")).toEqual(expect.arrayContaining(["Domain Controllers", "macOS Executives"]));
    expect(where("contradicted")).toContain("Windows Workstations");
    expect(where("silent")).toEqual(["Branch Routers"]);
    expect(where("thin")).toContain("Windows Workstations");
    expect(where("narrow")).toEqual(expect.arrayContaining(["Windows Workstations", "macOS Engineering"]));
    expect(where("by-component")).toContain("macOS Engineering");
    expect(where("hosts-unverified")).toEqual(["Contractor Laptops"]);
    expect(where("zone-dependent")).toEqual(["Domain Controllers"]);
    expect(where("conditional")).toEqual(["Domain Controllers"]);
    expect(where("late")).toEqual(["Contractor Laptops"]);
    expect(where("unjoinable")).toContain("Contractor Laptops");
  });

  it("validates one analytic by the samples of an exercise, and withdraws another on the day on which its tuning lost the attack", async () => {
    const of = async (analytic: string, run?: number) => (await cells(run)).find((one) => one.analytic === analytic && one.segment === "macOS Engineering");
    const runs = await assessments();
    const day = (n: number): number => T0.getTime() + n * DAY;
    expect(await of("AN0749")).toMatchObject({ status: "validated", matchedIn: "engine", validation: { state: "valid", since: day(-14), until: day(76) } });
    expect(await of("AN0173", runs[1]?.id)).toMatchObject({ validation: { state: "valid", since: day(-14) } });
    expect(await of("AN0173")).toMatchObject({ status: "observed", validation: { state: "withdrawn", at: day(-7), code: "filtered-by-tuning", text: expect.stringContaining("%SpawnChain%") } });
    expect(await database.db.dataset.count({ where: { fileName: { contains: "exercise" } } })).toBe(0);
  });

  it("proves all four stages of the client exploitation in two segments, and joins them only where the viewer itself said what it opened", async () => {
    const of = async (segment: string) => (await cells()).find((one) => one.analytic === "AN1316" && one.segment === segment);
    const [engineering, contractors] = [await of("macOS Engineering"), await of("Contractor Laptops")];
    for (const cell of [engineering, contractors]) expect(cell?.requirements.map(({ whyCode }) => whyCode)).toEqual(["proven", "proven", "proven", "proven"]);
    expect(engineering?.joins?.map(({ edge, state }) => [edge, state])).toEqual([["opened-written", "joined"], ["written-child", "joined"], ["child-egress", "joined"]]);
    expect(contractors?.joins?.map(({ edge, state }) => [edge, state])).toEqual([["opened-written", "not-joined"], ["written-child", "joined"], ["child-egress", "joined"]]);
  });

  it("has rules of its own: six read, one of them refused with its place, three links accepted, one rule without the field it needs", async () => {
    const source = (await listRuleSources(database.db)).find(({ name }) => name === DEMO_RULES);
    expect(source).toMatchObject({ rules: 6, refused: 1 });
    expect(source?.lastImport?.refusals).toMatchObject([{ file: "audit-rules-changed.yml", line: 16 }]);
    expect((await listRuleLinks(database.db, { state: "accepted", ...(source === undefined ? {} : { sourceId: source.id }) })).map(({ analytic }) => analytic).sort()).toEqual(["AN1164", "AN1252", "AN1316"]);
    const checks = (await listRuleChecks(ctx)).filter((row) => row.source === DEMO_RULES && row.segment === "Windows Workstations");
    expect(checks.find(({ file }) => file === "renamed-archiver.yml")).toMatchObject({ state: "field-empty", field: "OriginalFileName" });
    expect(checks.find(({ file }) => file === "powershell-encoded-command.yml")).toMatchObject({ state: "can-fire" });
  });

  it("claims what a Sysmon configuration lets through only with its condition", async () => {
    const cell = (await cells()).find((one) => one.analytic === "AN0411" && one.segment === "Domain Controllers");
    const deletion = cell?.requirements.find(({ component }) => component.name === "File Deletion");
    expect(deletion).toMatchObject({ evidence: "configuration", hosts: 0 });
    expect(deletion?.why).toContain("only where TargetFilename");
    expect(await database.db.claim.count({ where: { source: "Audit rules", segment: { name: "Linux Production" } } })).toBeGreaterThan(5);
  });

  it("proves process access by a query over one site, where samples alone come from too few hosts", async () => {
    const of = async (run: number) => (await cells((await assessments())[run]?.id)).find((one) => one.analytic === "AN0105" && one.segment === "Windows Workstations")?.requirements.find(({ component }) => component.name === "Process Access");
    const [before, after] = [await of(2), await of(3)];
    expect(before).toMatchObject({ evidence: "configuration", hosts: 12, whyCode: "too-few-hosts" });
    expect(after).toMatchObject({ evidence: "measured", met: "as-cited", whyCode: "proven" });
    expect(after?.hosts).toBeGreaterThanOrEqual(780);
  });

  it("takes one cell out by a dated exclusion that says who answers for it", async () => {
    const excluded = (await cells()).find((cell) => cell.analytic === "AN1314" && cell.segment === "Domain Controllers");
    expect(excluded?.reason).toContain("Head of Identity");
    const { exclusions, versions } = await getPolicyView(ctx);
    expect(exclusions.map(({ analytic, state, daysLeft }) => [analytic, state, state === "in force" ? daysLeft : null])).toEqual([
      ["AN1084", "in force", 10],
      ["AN1314", "in force", 181],
      ["AN0615", "expired", null],
      ["AN1124", "withdrawn", null],
    ]);
    expect(versions.map(({ version }) => version)).toEqual([3, 2, 1]);
  });

  it("holds segments against targets that somebody answers for: some far, one past its day, one that was raised", async () => {
    const { targets } = await listTargets(ctx);
    expect(targets.find(({ segment }) => segment === "Branch Routers")?.target).toMatchObject({ state: "missed", daysLeft: -6 });
    expect(targets.filter(({ target }) => target === null).map(({ segment }) => segment)).toEqual(["Contractor Laptops", "Workforce Identity"]);
    const raised = targets.find(({ segment }) => segment === "macOS Engineering");
    expect((await listTargetChanges(ctx, raised?.id ?? "")).map(({ from, to }) => [from?.value ?? null, to?.value ?? null])).toEqual([[600_000, 700_000], [null, 600_000]]);
  });

  it("contradicts the claimed image loads by more than 1,000 fresh Sysmon records", async () => {
    const cell = (await cells()).find((one) => one.analytic === "AN0747" && one.segment === "Windows Workstations");
    const why = cell?.requirements.find((requirement) => requirement.component.name === "Module Load")?.why ?? "";
    expect(Number(/none of ([\d,]+) fresh/.exec(why)?.[1]?.replaceAll(",", ""))).toBeGreaterThanOrEqual(1000);
  });

  it("has something true to tell: the Domain Controllers fell, registry events arrived, the fleet rose", async () => {
    const runs = await assessments();
    const reports = await Promise.all(runs.map((run) => getReport(ctx, run.id)));
    const k = (name: string) => reports.map((report) => report.segments.find((segment) => segment.segment === name)?.observed.k);
    const [dc1, dc2, dc3, dc4] = k("Domain Controllers");
    expect([dc1, dc3, dc4]).toEqual([dc2, 0, 0]);
    expect(dc1).toBeGreaterThan(5);
    const [, before, after] = k("Windows Workstations");
    expect(after).toBeGreaterThan(before ?? 0);
    const fleet = reports.map((report) => report.fleet.observed.value ?? 0);
    expect(fleet).toEqual([...fleet].sort((a, b) => a - b));
    const engineering = reports.at(-1)?.segments.find((segment) => segment.segment === "macOS Engineering")?.observed.value ?? 0;
    const executives = reports.at(-1)?.segments.find((segment) => segment.segment === "macOS Executives")?.observed.value ?? 0;
    expect(engineering).toBeGreaterThan(0.4);
    expect(executives).toBeLessThan(0.1);
    const registry = async (run: number) => (await cells(runs[run]?.id)).some((cell) => cell.segment === "Windows Workstations" && cell.requirements.some((requirement) => requirement.kind === "windows-sysmon:13" && requirement.evidence === "events"));
    expect([await registry(1), await registry(2)]).toEqual([false, true]);
  });

  it("has a backlog of gaps: some owned and dated, one risk accepted for a few days more, one closed by the newest proof, one called done that is not", async () => {
    const gaps = await listGaps(ctx);
    const of = (segment: string, component: string) => gaps.find((gap) => gap.segment === segment && gap.component?.name === component && gap.owner !== "");
    expect(of("Windows Workstations", "Module Load")).toMatchObject({ state: "planned", due: dateOf(24) });
    expect(of("AWS Production", "Instance Enumeration")).toMatchObject({ state: "accepted", expires: dateOf(5) });
    expect(of("Linux Production", "User Account Creation")).toMatchObject({ state: "done", closing: "proven", assessment: (await assessments()).at(-1)?.id });
    expect(of("Windows Workstations", "Scheduled Job Creation")).toMatchObject({ state: "open", owner: "Identity Operations" });
    expect(of("Domain Controllers", "Process Creation")).toMatchObject({ state: "planned", kind: "repair", due: dateOf(-1) });
    expect(of("macOS Executives", "File Creation")).toMatchObject({ state: "open", due: dateOf(45) });
  });

  it("names foreign and never-seen hosts", async () => {
    const report = await getRosterReport(ctx, "Windows Workstations");
    expect(report?.foreign.map(({ host }) => host).sort()).toEqual(["ws-lab-01", "ws-lab-02", "ws-lab-03"]);
    expect(report?.neverSeen.length).toBe(2150 - 440 - 4); // four more by the raw records of the measurement
    expect(await getRosterReport(ctx, "Contractor Laptops")).toBeNull();
  });

  it("imports 31 files in twelve formats or versions, with three broken records refused by name", async () => {
    const datasets = await listDatasets(ctx, {});
    expect(datasets).toHaveLength(31);
    expect(new Set(datasets.map((dataset) => dataset.format))).toEqual(new Set(["auditd", "cloudtrail", "ecs-endpoint", "entra-audit", "entra-signin", "eslogger", "macos-unified-log", "osquery", "windows-json", "zeek-json", "zeek-tsv"]));
    expect(datasets.reduce((sum, dataset) => sum + dataset.records, 0)).toBeGreaterThan(20_000);
    expect(datasets.filter((dataset) => dataset.refused > 0).map((dataset) => [dataset.fileName, dataset.refused])).toEqual([["contractors-endpoint.ndjson", 3]]);
    expect(await database.db.datasetRefusal.count()).toBeGreaterThan(0);
  });

  it("doubles nothing when it is loaded again, by the door and behind it", async () => {
    const count = async () => [await database.db.segment.count(), await database.db.rosterHost.count(), await database.db.claim.count(), await database.db.dataset.count(), await database.db.eventAggregate.aggregate({ _sum: { count: true } }), await database.db.assessment.count(), await database.db.exclusion.count(), await database.db.inventoryImport.count(), await database.db.measurement.count()];
    const before = await count();
    expect(await prepareDemo(at(3))).toEqual({ state: "loaded", t0: T0.toISOString() });
    const input = loadDemoSchema.parse({ t0: T0.toISOString() });
    await loadDemo({ id: "again", ctx: at(3), attempt: 1, signal: new AbortController().signal, progress: () => {}, confirm: async () => {} }, input);
    expect(await count()).toEqual(before);
    expect((await verifyAuditChain(ctx)).broken).toBeNull();
  });

  it("is stale 31 days later: no cell rests on old proof", async () => {
    await runJobInline(at(31), await prepareAssessment(at(31), {}));
    const later = await cells();
    expect(later.filter((cell) => cell.status === "observed" || cell.status === "partial")).toEqual([]);
    expect(later.flatMap((cell) => cell.requirements).filter((requirement) => requirement.evidence === "events" && requirement.whyCode === "proven")).toEqual([]);
    expect(later.filter((cell) => cell.flags.includes("stale")).length).toBeGreaterThan(100);
  });

  it("waits for a process that is loading it, and not for one that was killed", async () => {
    const mark = (ready: boolean) => database.db.setting.update({ where: { key: "demo" }, data: { value: { t0: T0.toISOString(), ready } } });
    await mark(false);
    const { id } = await database.db.job.create({ data: { kind: "demo-load", title: "", input: {}, state: "running", leaseOwner: leaseOwner(), leaseUntil: new Date(Date.now() + 60_000), createdAt: T0, actor: "x" } });
    await expect(prepareDemo(ctx)).rejects.toThrow("Another process is loading");
    await database.db.job.update({ where: { id }, data: { leaseOwner: JSON.stringify([hostname(), 2 ** 22 + 1, "0"]) } }); // above the largest pid
    expect(await prepareDemo(ctx)).toMatchObject({ state: "load", resumed: true, t0: T0.toISOString() });
    await database.db.job.delete({ where: { id } });
    await mark(true);
  });

  it("is not mixed into a fleet of somebody's own", async () => {
    await database.db.segment.create({ data: { name: "Own", nameKey: "own", assets: 1, criticality: 1, createdAt: T0, updatedAt: T0 } });
    await database.db.setting.delete({ where: { key: "demo" } });
    expect(await prepareDemo(ctx)).toEqual({ state: "not-empty", segments: ["Own"] });
  });

  it("is taken away whole, with nothing of anybody's own, and leaves room for another one", async () => {
    const own = await importOwnClaim();
    const { id } = await database.db.job.create({ data: { kind: "events-import", title: "Import x", input: {}, state: "running", leaseOwner: leaseOwner(), leaseUntil: new Date(Date.now() + 60_000), createdAt: T0, actor: "x" } });
    await expect(removeDemo(ctx)).rejects.toMatchObject({ code: "CONFLICT", message: "A job is running: Import x." });
    await database.db.job.delete({ where: { id } });
    const all = await database.db.assessment.count();
    const mixed = await database.db.assessment.count({ where: { demo: false } });
    const removed = await removeDemo(ctx);
    expect(removed).toMatchObject({ segments: expect.any(Number), assessments: all - mixed });
    expect(Object.values(removed).every((count) => count > 0)).toBe(true);
    expect([await database.db.segment.findMany({ select: { name: true } }), await database.db.claim.count(), await database.db.inventoryImport.findMany({ select: { id: true } })]).toEqual([[{ name: "Own" }], 1, [{ id: own }]]);
    expect([await database.db.dataset.count(), await database.db.eventAggregate.count(), await database.db.exclusion.count(), await database.db.rosterHost.count(), await database.db.cell.count({ where: { assessment: { demo: true } } }), await getDemo(ctx)]).toEqual([0, 0, 0, 0, 0, null]);
    expect((await listRuleSources(database.db)).find(({ name }) => name === DEMO_RULES)).toMatchObject({ rules: 0 });
    expect(overridesInForce(await listOverrideVersions(database.db))).toEqual([]);
    expect(await database.db.auditEntry.findFirst({ orderBy: { seq: "desc" } })).toMatchObject({ action: "demo.remove", detail: expect.objectContaining(removed) });
    expect((await listSnapshots(ctx)).map(({ release, current }) => [release, current])).toEqual([["starter-19.1", true]]);
    expect((await verifyAuditChain(ctx)).broken).toBeNull();
    await database.db.segment.deleteMany({});
    expect(await prepareDemo(ctx)).toMatchObject({ state: "load", resumed: false });
  });
});
