import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { assess } from "@/lib/assessment/assess";
import { cellJsonSchema, type CellJson } from "@/lib/assessment/cell-json";
import type { Stand } from "@/lib/assessment/compare/comparison";
import { DEFAULT_POLICY } from "@/lib/assessment/default-policy";
import { fillCounts } from "@/lib/assessment/fill-counts";
import { narrowInput } from "@/lib/assessment/narrow-input";
import { reportJsonSchema } from "@/lib/assessment/report-json";
import { scoringInputSchema } from "@/lib/assessment/scoring-input";
import { readCellDocuments, readCells, readLineCauses, readLineStands } from "@/lib/assessment/store";
import { startTestDatabase, type TestDatabase } from "@/lib/db/testing/test-database";
import { readRankedGaps, readUnlockingGaps } from "@/lib/gaps/ranked/store";
import { toStageFills } from "@/lib/reports/stage-record";
import { canonicalJson, compareCodeUnits } from "@/lib/shared/canonical-json";
import { SightlineError } from "@/lib/shared/errors";
import { addExclusion } from "./add-exclusion";
import { applyInventory } from "./apply-inventory";
import { readInputPart } from "./assessment/read-input-part";
import type { OperationContext } from "./context";
import { createSegment } from "./create-segment";
import { getAnalyticView } from "./get-analytic-view";
import { getAssessment } from "./get-assessment";
import { getPolicy } from "./get-policy";
import { getPolicyView } from "./get-policy-view";
import { getReport } from "./get-report";
import { keepUpload } from "./keep-upload";
import { listAssessments } from "./list-assessments";
import { listCellStatuses } from "./list-cell-statuses";
import { listExclusions } from "./list-exclusions";
import { listTargetChanges } from "./list-target-changes";
import { listTargets } from "./list-targets";
import { loadStarterCatalog } from "./load-starter-catalog";
import { prepareAssessment } from "./prepare-assessment";
import { prepareEventsImport } from "./prepare-events-import";
import { previewPolicy } from "./preview-policy";
import { assessmentOutcomeSchema, runAssessment } from "./run-assessment";
import { runJobInline } from "./run-job-inline";
import { setPolicy } from "./set-policy";
import { setTarget } from "./set-target";
import { streamCells } from "./stream-cells";
import { verifyAuditChain } from "./verify-audit-chain";
import { withdrawExclusion } from "./withdraw-exclusion";

const NOW = new Date("2026-11-21T12:00:00Z");
let now = NOW;
let t: TestDatabase;
let ctx: OperationContext;

beforeAll(async () => {
  t = await startTestDatabase(() => now);
  ctx = t.ctx;
});
afterAll(() => t?.stop());

const run = async (request: Parameters<typeof prepareAssessment>[1] = {}) => assessmentOutcomeSchema.parse(await runJobInline(ctx, await prepareAssessment(ctx, request)));
async function cells(filter: Partial<Parameters<typeof streamCells>[1]> = {}): Promise<CellJson[]> {
  const found: CellJson[] = [];
  for await (const cell of streamCells(ctx, { assessment: null, ...filter })) found.push(cell);
  return found;
}
const refusal = async (work: Promise<unknown>): Promise<SightlineError> => {
  const error = await work.then(() => null, (reason: unknown) => reason);
  if (error instanceof SightlineError) return error;
  throw new Error(`not refused: ${String(error)}`);
};
async function keptText(digest: string): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of ctx.files.open(digest)) parts.push(part);
  return Buffer.concat(parts).toString();
}
const sysmon = (n: number): string => {
  const at = new Date(NOW.getTime() - (n + 1) * 3_600_000).toISOString();
  return JSON.stringify({ EventID: 1, Channel: "Microsoft-Windows-Sysmon/Operational", SourceName: "Microsoft-Windows-Sysmon", Hostname: `ws-${n % 3}.example.test`, "@timestamp": at, UtcTime: at.replace("T", " ").replace("Z", ""), Image: "C:\\a.exe", CommandLine: `a ${n}`, ProcessId: n, User: "EX\\ana", ParentImage: "C:\\b.exe", ParentCommandLine: "b", ProcessGuid: `{${n}}`, IntegrityLevel: "High", Hashes: "MD5=0" });
};

test("an assessment is refused while there is nothing to assess, and says what to do", async () => {
  expect((await refusal(run())).sentence()).toContain("catalog import");
  await loadStarterCatalog(ctx);
  expect((await refusal(run())).sentence()).toContain("segments import");
  expect((await refusal(run({ domains: ["ics"] }))).message).toContain("ics");
  expect(await t.db.assessment.count()).toBe(0);
});

describe("over a catalogue, two segments and a sample", () => {
  beforeAll(async () => {
    await loadStarterCatalog(ctx);
    await createSegment(ctx, { name: "Workstations", platforms: [{ name: "Windows" }], assets: 10, criticality: 4 });
    await createSegment(ctx, { name: "Macs", platforms: [{ name: "macOS" }], assets: 20, criticality: 2 });
    const lines = Array.from({ length: 12 }, (_, n) => sysmon(n)).join("\n");
    async function* chunks(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(lines);
    }
    const upload = await keepUpload(ctx, chunks(), "sysmon.ndjson");
    await runJobInline(ctx, await prepareEventsImport(ctx, upload, { segment: "Workstations" }));
    const csv = "segment,source,log_source,hosts_reporting,basis,as_of\nMacs,ES agent,macos:endpointsecurity,20,configuration,2026-11-01\n";
    await applyInventory(ctx, { source: { fileName: "inventory.csv", content: Buffer.from(csv) } });
  });

  test("cells --json holds every analytic of every segment in order, each in the published shape", async () => {
    const outcome = await run();
    const all = await cells();
    const [{ assessment }, { analytics }] = [await getAssessment(ctx, null), await listCellStatuses(ctx, null)];
    expect(assessment.id).toBe(outcome.assessment);
    expect(all).toHaveLength(analytics.length * 2);
    expect(outcome.cells).toBe(all.length);
    for (const cell of all) cellJsonSchema.strict().parse(cell);
    const order = all.map((cell) => `${cell.analytic}\0${cell.segment}`);
    expect(order).toEqual([...order].sort(compareCodeUnits));
    expect(new Set(all.map((cell) => cell.segment))).toEqual(new Set(["Workstations", "Macs"]));
  });

  test("Sysmon 1 of 3 of 10 hosts proves process creation: reach 30 %, narrow, hosts unverified", async () => {
    const found = (await cells({ segment: " workSTATIONS " })).filter((cell) => cell.requirements.length > 0);
    const proven = found.flatMap((cell) => cell.requirements).find((line) => line.component.name === "Process Creation" && line.evidence === "events");
    expect(proven).toMatchObject({ records: 12, hosts: 3, hostsTotal: 10, newest: "2026-11-21T11:00:00.000Z", whyCode: "proven", flags: expect.arrayContaining(["narrow", "hosts-unverified"]) });
    const observed = found.find((cell) => cell.status === "observed");
    expect(observed).toMatchObject({ reach: 300_000, score: 750_000 + Math.floor(249_999 * 0.3) });
    expect((await cells({ segment: "Macs" })).some((cell) => cell.status === "declared" && cell.requirements.every((line) => line.evidence === "configuration"))).toBe(true);
  });

  test("report --json is in its published shape; its counts are those of the cells", async () => {
    const report = await getReport(ctx, null);
    reportJsonSchema.strict().parse(report);
    const all = await cells();
    for (const [status, count] of Object.entries(report.fleet.counts)) expect(all.filter((cell) => cell.status === status), status).toHaveLength(count);
    expect(report.fleet.applicable).toBe(all.filter((cell) => cell.status !== "not-applicable").length);
    expect(report.segments.map((segment) => segment.segment)).toEqual(["Macs", "Workstations"]);
    expect(report.fleet.observed.value).toBeGreaterThan(0);
    expect(report.fleet.observed.high).toBeGreaterThan(report.fleet.observed.value ?? 1);
  });

  test("input and result are kept files; the input alone gives the result again, byte for byte, and a second run the same input", async () => {
    const first = await run({ at: NOW.toISOString() });
    const second = await run({ at: NOW.toISOString() });
    expect(second.assessment).not.toBe(first.assessment);
    expect([second.inputDigest, second.resultDigest]).toEqual([first.inputDigest, first.resultDigest]);
    const text = await keptText(first.inputDigest);
    const input = scoringInputSchema.parse(JSON.parse(text));
    expect(canonicalJson(input)).toBe(text);
    expect(canonicalJson(assess(input))).toBe(await keptText(first.resultDigest));
    expect(await t.db.keptFile.count({ where: { digest: { in: [first.inputDigest, first.resultDigest] } } })).toBe(2);
  });

  test("assessments are immutable: one at another time stands beside it, labelled when it was run later", async () => {
    const before = await listAssessments(ctx);
    const later = await run({ at: "2026-12-22T12:00:00Z" });
    expect(later).toMatchObject({ at: "2026-12-22T12:00:00.000Z", ranAt: NOW.toISOString(), runLater: true });
    expect(await run({ at: "2026-11-20T12:00:00+00:00" })).toMatchObject({ runLater: false });
    const stale = await cells({ assessment: later.assessment, segment: "Workstations" });
    expect(stale.some((cell) => cell.status === "observed")).toBe(false);
    expect(stale.some((cell) => cell.status === "declared" && cell.flags.includes("stale"))).toBe(true);
    expect((await listAssessments(ctx)).slice(2)).toEqual(before);
  });

  test.each(["yesterday", "2026-02-30", "1999-12-31", "2026-11-21T12:00:00", "2200-01-01T00:00:00Z"])("the time %s is refused", async (at) => {
    expect((await refusal(prepareAssessment(ctx, { at }))).place.field).toBe("at");
  });

  test("a run that is cancelled while it writes leaves nothing, and so does one that died: the same job starts over", async () => {
    const count = await t.db.assessment.count();
    const abort = new AbortController();
    const dead = { id: "job-x", ctx, attempt: 1, signal: abort.signal, confirm: async () => {}, progress: (done: number) => done >= 50 && abort.abort(new SightlineError("CANCELLED", "stop")) };
    await expect(runAssessment(dead, { at: NOW.toISOString(), domains: ["enterprise"] })).rejects.toMatchObject({ code: "CANCELLED" });
    expect(await t.db.assessment.count()).toBe(count);
    // What a killed process leaves: an incomplete row with cells, invisible to every reader.
    const row = await t.db.assessment.findFirstOrThrow({ orderBy: { id: "desc" } });
    const { id: _, inputParts: __, ...rest } = row;
    const broken = await t.db.assessment.create({ data: { ...rest, domains: [...row.domains], releases: z.json().parse(row.releases) ?? {}, report: z.json().parse(row.report) ?? {}, analytics: z.json().parse(row.analytics) ?? [], jobId: "job-y", complete: false } });
    await t.db.cell.create({ data: { assessmentId: broken.id, segment: 0, analytic: "AN0749", status: 5, reach: 1, flags: 0, hosts: 1, detailId: 1, lines: [] } });
    expect((await refusal(getAssessment(ctx, broken.id))).code).toBe("NOT_FOUND");
    expect((await listAssessments(ctx)).some((assessment) => assessment.id === broken.id)).toBe(false);
    const again = await runAssessment({ ...dead, id: "job-y", attempt: 2, signal: new AbortController().signal, progress: () => {} }, { at: NOW.toISOString(), domains: ["enterprise"] });
    expect(await t.db.assessment.count({ where: { jobId: "job-y" } })).toBe(1);
    expect(await t.db.cell.count({ where: { assessmentId: broken.id } })).toBe(0);
    expect((await getAssessment(ctx, null)).assessment.id).toBe(again.assessment);
  });

  test("P15: an import that is refused, or broken off half-way, changes neither the input of an assessment nor a number", async () => {
    const before = await run({ at: NOW.toISOString() });
    async function* many(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(Array.from({ length: 3_000 }, (_, n) => sysmon(n).replace(/ws-\d/, `late-${n % 9}`)).join("\n"));
    }
    const job = await prepareEventsImport(ctx, await keepUpload(ctx, many(), "late.ndjson"), { segment: "Workstations" });
    const stop = new AbortController();
    expect((await refusal(runJobInline(ctx, job, { signal: stop.signal, onProgress: () => stop.abort(new SightlineError("CANCELLED", "Stopped.")) }))).code).toBe("CANCELLED");
    await refusal(applyInventory(ctx, { source: { fileName: "inventory.csv", content: Buffer.from("segment,source,log_source,hosts_reporting,basis,as_of\nNowhere,ES agent,macos:endpointsecurity,20,configuration,2026-11-01\n") } }));
    const after = await run({ at: NOW.toISOString() });
    expect([after.inputDigest, after.resultDigest]).toEqual([before.inputDigest, before.resultDigest]);
  });

  test("samples that an earlier version read are named, and nothing is mixed", async () => {
    await t.db.dataset.updateMany({ data: { deriverInput: "older tables" } });
    const error = await refusal(run());
    expect(error.sentence()).toContain("sysmon.ndjson");
    expect(error.code).toBe("CONFLICT");
    const { deriverInput } = await import("@/lib/events/deriver-input");
    await t.db.dataset.updateMany({ data: { deriverInput: deriverInput() } });
  });

  test("the largest gaps come first, and their points are those of the headline", async () => {
    await run();
    const { assessment } = await getAssessment(ctx, null);
    const gaps = await readRankedGaps(t.db, assessment.id);
    const points = gaps.filter(({ kind }) => kind !== "none").map((gap) => gap.points);
    expect(points).toEqual([...points].sort((a, b) => b - a));
    expect(gaps.slice(points.length).every(({ kind }) => kind === "none")).toBe(true); // what nothing can close comes last
    expect(gaps[0]?.points).toBeGreaterThan(0);
    expect(gaps.find((gap) => gap.segment === "Macs" && gap.kind === "prove")).toMatchObject({ code: "claimed-only" });
    const [first, , third] = gaps;
    expect(await readRankedGaps(t.db, assessment.id, {}, 1)).toEqual([first]);
    expect(await readRankedGaps(t.db, assessment.id, { segmentIds: [third?.segmentId ?? ""], components: [third?.component?.id ?? ""] })).toContainEqual(third);
    const of = { segmentIds: [...new Set(gaps.map(({ segmentId }) => segmentId))], components: gaps.flatMap(({ component }) => component?.id ?? []), families: gaps.map(({ family }) => family) };
    const unlocking = gaps.filter(({ kind }) => kind !== "none").sort((a, b) => b.alone - a.alone || b.cells - a.cells);
    expect(await readUnlockingGaps(t.db, assessment.id, of, 5)).toEqual(unlocking.slice(0, 5));
    expect(await readUnlockingGaps(t.db, assessment.id, { ...of, families: [] }, 5)).toEqual([]);
    expect(gaps.reduce((sum, gap) => sum + gap.points, 0)).toBeLessThanOrEqual(1_000_000 - (assessment.report.fleet.observed.value ?? 0));
  });

  test("an analytic's page reads of the input only its part, and shows the same where an earlier version noted no parts", async () => {
    await run();
    const { assessment, segments } = await getAssessment(ctx, null);
    const segment = segments.find(({ name }) => name === "Workstations")?.id ?? "";
    const [proven] = (await cells({ segment: "Workstations", status: ["observed", "partial"] })).map(({ analytic, requirements }) => ({ analytic, kinds: requirements.flatMap(({ kind }) => kind ?? []) }));
    const ask = { analytic: proven?.analytic ?? "", segment, kinds: proven?.kinds ?? [] };
    const whole: unknown = JSON.parse(await keptText(assessment.inputDigest));
    const narrow = narrowInput(whole, ask);
    const look = async () => ({ part: await readInputPart(ctx, assessment, ask), view: await getAnalyticView(ctx, { id: ask.analytic, assessment: null, segment, stage: null }) });
    const noted = await look();
    expect(narrow?.aggregates.length).toBeGreaterThan(0);
    expect(narrowInput(noted.part, ask)).toEqual(narrow);
    expect(JSON.stringify(noted.part).length).toBeLessThan(JSON.stringify(whole).length / 5);
    expect(noted.view.fills).toEqual(narrow && fillCounts(narrow, { ...ask, kinds: noted.view.chosen?.cell.requirements.map(({ kind }) => kind) ?? [] }).map((counts) => counts && toStageFills(counts)));
    expect(noted.view.fills.some((fill) => fill !== null && fill.records > 0)).toBe(true);
    await t.db.$executeRaw`update "AssessmentSegment" set "inputParts" = null where "assessmentId" = ${assessment.id} and "segmentId" = ${segment}`;
    expect(await look()).toEqual(noted);
    // Kept whole or not at all: what was damaged is said, what is gone shows no counts.
    expect(await readInputPart(ctx, { ...assessment, inputDigest: "0".repeat(64) }, ask)).toBeNull();
    expect((await refusal(readInputPart(ctx, { id: assessment.id, inputDigest: assessment.resultDigest }, { ...ask, segment: segments.find(({ id }) => id !== segment)?.id ?? "" }))).code).toBe("CONFLICT");
  });

  test("what tables read of a requirement line is what the whole line says", async () => {
    await run();
    const rows = await readCells(t.db, (await getAssessment(ctx, null)).assessment.id, {});
    const ids = [...new Set(rows.flatMap(({ lines }) => lines))];
    const [{ lines }, causes, stands] = await Promise.all([readCellDocuments(t.db, rows), readLineCauses(t.db, ids), readLineStands(t.db, ids)]);
    expect(lines.size).toBeGreaterThan(5);
    for (const [id, line] of lines) {
      const chosen = line.alternatives[line.best];
      expect(causes.get(id)).toEqual({ component: line.component, critical: line.critical, best: chosen === undefined ? null : { family: chosen.family, proven: chosen.proven, code: chosen.why.code } });
      expect(stands.get(id)).toEqual({ critical: line.critical, met: (chosen?.met ?? null) !== null });
    }
    expect([...stands.values()].some(({ met }) => met)).toBe(true);
  });

  test("a policy is versioned, and an assessment keeps the one it was made by", async () => {
    const before = await getReport(ctx, null);
    expect((await getPolicy(ctx)).policy).toEqual(DEFAULT_POLICY);
    const policy = await setPolicy(ctx, { settings: ["minHostsPercent=50", "minHostsCap=100"], reason: "stricter" });
    expect(policy).toMatchObject({ version: 2, minHostsPercent: 50, freshDays: 30 });
    await run();
    const after = await getReport(ctx, null);
    expect(after.policy).toEqual(policy);
    expect(after.fleet.observed.k).toBe(0);
    expect((await getReport(ctx, before.assessment)).policy).toEqual(DEFAULT_POLICY);
    expect((await getPolicy(ctx)).versions.map((row) => row.reason)).toEqual(["stricter", "defaults"]);
    for (const settings of [["freshDays=0"], ["freshDays=soon"], ["frehsDays=3"], ["version=9"], ["asCitedOnly=maybe"], ["freshDays"]]) expect((await refusal(setPolicy(ctx, { settings }))).code, settings[0]).toBe("INVALID");
    await setPolicy(ctx, { settings: ["minHostsPercent=5", "minHostsCap=30"] });
  });

  test("an exclusion takes a cell out of the denominator until its day is over", async () => {
    await run();
    const before = await getReport(ctx, null);
    const cell = (await cells({ segment: "Workstations" })).find((one) => one.status === "blind");
    const request = { analytic: cell?.analytic ?? "", segment: "workstations", reason: "no such service", owner: "Ada", expires: "2026-11-22" };
    for (const [field, changes] of [["reason", { reason: " " }], ["owner", { owner: "" }], ["expires", { expires: "2027-11-22" }], ["expires", { expires: "2026-11-20" }], ["expires", { expires: "2026-02-30" }], ["analytic", { analytic: "AN9999" }], ["segment", { segment: "nowhere" }]] as const) {
      expect((await refusal(addExclusion(ctx, { ...request, ...changes }))).place.field).toBe(field);
    }
    await addExclusion(ctx, request);
    await run();
    expect(await cells({ analytic: request.analytic, segment: request.segment })).toMatchObject([{ status: "not-applicable", score: null, reason: "Excluded by Ada until 2026-11-22: no such service" }]);
    expect((await getReport(ctx, null)).fleet.applicable).toBe(before.fleet.applicable - 1);
    now = new Date("2026-11-23T00:00:00Z");
    await run();
    expect(await cells({ analytic: request.analytic, segment: request.segment })).toMatchObject([{ status: "blind" }]);
    expect(await listExclusions(ctx)).toMatchObject([{ analytic: request.analytic, segment: "Workstations", expired: true }]);
    now = NOW;
  });

  test("an exclusion that is withdrawn stays listed, and its cell counts again from the next assessment on", async () => {
    await run();
    const before = await getReport(ctx, null);
    const cell = (await cells({ segment: "Macs" })).find((one) => one.status === "blind");
    const request = { analytic: cell?.analytic ?? "", segment: "Macs", reason: "not in use", owner: "Ada", expires: "2027-02-28" };
    const { id } = await addExclusion(ctx, request);
    await run();
    const excluded = await getReport(ctx, null);
    expect(excluded.fleet.applicable).toBe(before.fleet.applicable - 1);
    expect((await refusal(withdrawExclusion(ctx, { id, reason: " " }))).place.field).toBe("reason");
    expect((await refusal(withdrawExclusion(ctx, { id: "nobody", reason: "in use" }))).code).toBe("NOT_FOUND");
    expect((await refusal(withdrawExclusion({ ...ctx, segments: [] }, { id, reason: "in use" }))).code).toBe("FORBIDDEN");
    await withdrawExclusion(ctx, { id, reason: "in use since Monday" });
    expect((await refusal(withdrawExclusion(ctx, { id, reason: "again" }))).code).toBe("CONFLICT");
    expect((await listExclusions(ctx)).find((one) => one.id === id)).toMatchObject({ ...request, approvedBy: null, withdrawn: { by: ctx.actor.name, reason: "in use since Monday" } });
    expect((await getPolicyView(ctx)).exclusions.find((one) => one.id === id)?.state).toBe("withdrawn");
    expect((await getReport(ctx, excluded.assessment)).fleet).toEqual(excluded.fleet); // what ran keeps what it counted
    await run();
    expect((await getReport(ctx, null)).fleet).toEqual(before.fleet);
    expect((await cells({ analytic: request.analytic, segment: "Macs" }))[0]?.status).toBe("blind");
  });

  test("what a policy would do is told before it is written, stores nothing, and is what an assessment then gives", async () => {
    await run();
    const stored = async () => [await t.db.policyVersion.count(), await t.db.assessment.count(), await t.db.auditEntry.count(), await t.db.keptFile.count()];
    const before = await stored();
    const effect = await previewPolicy(ctx, ["minHostsPercent=50", "minHostsCap=100"]);
    expect(await stored()).toEqual(before);
    const as = ({ observed, low, high, k, n }: Stand) => ({ value: observed === null ? null : observed / 1_000_000, low: low === null ? null : low / 1_000_000, high: high === null ? null : high / 1_000_000, k, n });
    expect(as(effect.fleet.before)).toEqual((await getReport(ctx, null)).fleet.observed);
    expect(effect.segments.map(({ name }) => name)).toEqual(["Workstations"]); // nothing is proven on Macs
    expect(effect.moves.map(({ from }) => from)).toContain("observed");
    expect(effect.moves.filter(({ from }) => from === "observed").reduce((sum, { cells: moved }) => sum + moved, 0)).toBe(effect.fleet.before.k);
    expect((await refusal(previewPolicy(ctx, ["freshDays=0"]))).place.field).toBe("freshDays");
    await setPolicy(ctx, { settings: ["minHostsPercent=50", "minHostsCap=100"], reason: "as previewed" });
    await run();
    const after = await getReport(ctx, null);
    expect(as(effect.fleet.after)).toEqual(after.fleet.observed);
    expect(after.policy).toEqual(effect.policy);
    await setPolicy(ctx, { settings: ["minHostsPercent=5", "minHostsCap=30"] });
  });

  test("a target has a day, an owner and a reason; it moves no verdict, and its changes are told from the log", async () => {
    const segment = "Workstations";
    const target = { value: 600_000, date: "2026-12-31", owner: "Ada" };
    for (const [field, changes] of [["owner", { owner: " " }], ["date", { date: null }], ["target", { date: "2026-02-30" }], ["value", { value: 1_000_001 }]] as const) {
      expect((await refusal(setTarget(ctx, { segment, target: { ...target, ...changes }, reason: "agreed" }))).place.field, field).toBe(field);
    }
    expect((await refusal(setTarget(ctx, { segment, target, reason: "" }))).place.field).toBe("reason");
    expect((await refusal(setTarget({ ...ctx, role: "viewer" }, { segment, target, reason: "agreed" }))).code).toBe("FORBIDDEN");
    await run();
    const before = await getReport(ctx, null);
    const { id } = await setTarget(ctx, { segment: " workSTATIONS ", target, reason: "agreed with the board" });
    await setTarget(ctx, { segment, target, reason: "once more" }); // changes nothing, leaves no entry
    await run();
    const after = await getReport(ctx, null);
    expect(after.fleet).toEqual(before.fleet);
    expect(after.segments.find((one) => one.segment === segment)?.target).toEqual({ value: 0.6, date: "2026-12-31", owner: "Ada" });
    expect(before.segments.find((one) => one.segment === segment)?.target).toBeNull();
    const { targets, assessment } = await listTargets(ctx);
    expect([assessment, targets[0]]).toMatchObject([after.assessment, { segment, target: { state: "short", daysLeft: 40, short: 600_000 - (targets[0]?.observed?.value ?? 0) } }]);
    expect(targets.map(({ segment: name, target: one }) => [name, one === null])).toEqual([["Workstations", false], ["Macs", true]]);
    await setTarget(ctx, { segment, target: { ...target, value: 1 }, reason: "within reach" });
    expect((await listTargets(ctx)).targets[0]?.target?.state).toBe("reached");
    await setTarget(ctx, { segment, target: null, reason: "no longer ours" });
    expect((await listTargetChanges(ctx, id)).map(({ to, reason }) => [to?.value ?? null, reason])).toEqual([[null, "no longer ours"], [1, "within reach"], [600_000, "agreed with the board"]]);
  });

  test("unknown assessments, segments and analytics are refused by name", async () => {
    expect((await refusal(getReport(ctx, 999_999))).message).toContain("999999");
    expect((await refusal(cells({ segment: "nowhere" }))).place.field).toBe("segment");
    expect((await refusal(cells({ analytic: "AN9999" }))).place.field).toBe("analytic");
  });

  test("an actor sees the cells, gaps and numbers of granted segments only", async () => {
    const { segments } = await getAssessment(ctx, null);
    const macs = segments.find((segment) => segment.name === "Macs")?.id ?? "";
    const viewer: OperationContext = { ...ctx, role: "viewer", segments: [macs] };
    const seen = new Set<string>();
    for await (const cell of streamCells(viewer, { assessment: null })) seen.add(cell.segment);
    expect([...seen]).toEqual(["Macs"]);
    expect((await getAssessment(viewer, null)).segments.map(({ name }) => name)).toEqual(["Macs"]);
    expect((await refusal(prepareAssessment(viewer, {}))).code).toBe("FORBIDDEN");
  });

  test("every run, policy and exclusion is in the audit log, whose chain is whole", async () => {
    const actions = new Set((await t.db.auditEntry.findMany({ select: { action: true } })).map((entry) => entry.action));
    expect(["assessment.run", "policy.set", "exclusion.add"].filter((action) => !actions.has(action))).toEqual([]);
    expect((await verifyAuditChain(ctx)).broken).toBeNull();
  });
});
