import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { cellJsonSchema, type CellJson } from "@/lib/assessment/cell-json";
import { scoringInputSchema, type ScoringInput } from "@/lib/assessment/scoring-input";
import { startTestDatabase, type TestDatabase } from "@/lib/db/testing/test-database";
import { resolutionRowSchema, type ResolutionRow } from "@/lib/reports/resolution-rows";
import { resolutionViewSchema } from "@/lib/reports/resolution-view";
import { resolutionCountsSchema } from "@/lib/operations/count-resolutions";
import { createSegment } from "@/lib/operations/create-segment";
import { keepUpload } from "@/lib/operations/keep-upload";
import { listCandidateKinds } from "@/lib/operations/list-candidate-kinds";
import { loadStarterCatalog } from "@/lib/operations/load-starter-catalog";
import { prepareAssessment } from "@/lib/operations/prepare-assessment";
import { prepareEventsImport } from "@/lib/operations/prepare-events-import";
import { assessmentOutcomeSchema } from "@/lib/operations/run-assessment";
import { runJobInline } from "@/lib/operations/run-job-inline";
import { setResolutionOverride } from "@/lib/operations/set-resolution-override";
import { showCatalogObjects } from "@/lib/operations/show-catalog-objects";
import { streamCells } from "@/lib/operations/stream-cells";
import { verifyAuditChain } from "@/lib/operations/verify-audit-chain";
import { verbRunner } from "../testing/run-verb";

const NOW = new Date("2026-11-21T12:00:00Z");
let t: TestDatabase;
const run = verbRunner(() => t.ctx);
const assessAt = async (): Promise<z.infer<typeof assessmentOutcomeSchema>> => assessmentOutcomeSchema.parse(await runJobInline(t.ctx, await prepareAssessment(t.ctx, { at: NOW.toISOString() })));

async function cellsOf(assessment: number, analytics: readonly string[]): Promise<CellJson[]> {
  const found: CellJson[] = [];
  for await (const cell of streamCells(t.ctx, { assessment })) if (analytics.includes(cell.analytic)) found.push(cellJsonSchema.strict().parse(cell));
  return found;
}

async function inputOf(digest: string): Promise<ScoringInput> {
  const parts: Uint8Array[] = [];
  for await (const part of t.ctx.files.open(digest)) parts.push(part);
  return scoringInputSchema.parse(JSON.parse(Buffer.concat(parts).toString()));
}

let processStart: ResolutionRow;

beforeAll(async () => {
  t = await startTestDatabase(() => NOW);
  await loadStarterCatalog(t.ctx);
  await createSegment(t.ctx, { name: "Workstations", platforms: [{ name: "Windows" }], assets: 3, criticality: 4 });
  const lines = [0, 1, 2].map((n) => JSON.stringify({ EventID: 1, Channel: "Microsoft-Windows-Sysmon/Operational", SourceName: "Microsoft-Windows-Sysmon", Hostname: `ws-${n}.example.test`, "@timestamp": `2026-11-21T0${n}:00:00.000Z`, UtcTime: `2026-11-21 0${n}:00:00.000`, Image: "C:\\a.exe", CommandLine: `a ${n}`, ProcessId: n, User: "EX\\ana", ParentImage: "C:\\b.exe", ParentCommandLine: "b", ProcessGuid: `{${n}}` }));
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(lines.join("\n"));
  }
  await runJobInline(t.ctx, await prepareEventsImport(t.ctx, await keepUpload(t.ctx, chunks(), "sysmon.ndjson"), { segment: "Workstations" }));
  const rows = z.array(resolutionRowSchema.strict()).parse((await run("resolutions", "list", "Process", "Creation", "EventCode=1", "--platform", "windows", "--json")).json);
  const found = rows.find((row) => row.name === "WinEventLog:Sysmon" && row.channel === "EventCode=1");
  if (!found) throw new Error("the starter catalogue cites Sysmon 1");
  processStart = found;
});
afterAll(() => t?.stop());

test("the list tells what each log source means, and who cites it", async () => {
  expect(processStart).toMatchObject({ basis: "channel", verdict: "producible", confidence: "high", asCited: ["windows-sysmon:1"], overridden: false });
  expect(processStart.analytics.length).toBeGreaterThan(1);
  const text = (await run("resolutions", "list", "--verdict", "not-producible")).text;
  expect(text).toContain("ES_EVENT_TYPE_NOTIFY_CONNECT");
  expect((await run("resolutions", "list", "--overridden", "--json")).json).toEqual([]);
  const unlogged = z.array(resolutionRowSchema).parse((await run("resolutions", "list", "--uncited", "not-logged", "--json")).json);
  expect(unlogged.length).toBeGreaterThan(50);
  expect(unlogged.filter((row) => row.uncited !== "not-logged" || row.asCited.length > 0 || !row.reason.endsWith("."))).toEqual([]);
});

test("references are counted by basis and verdict, and every one is in each count", async () => {
  const rows = z.array(resolutionCountsSchema.strict()).parse((await run("resolutions", "count", "--json")).json);
  expect(rows.length).toBeGreaterThan(0);
  for (const { references, basis, verdicts, uncited, structured } of rows) {
    expect(Object.values(uncited).reduce((sum, n) => sum + n, 0)).toBeLessThanOrEqual(verdicts.producible);
    expect(uncited["not-judged"]).toBe(0); // of the release that comes with Sightline every reference was read
    expect(basis.curated + basis.channel + basis.component).toBe(references);
    expect(Object.values(verdicts).reduce((sum, n) => sum + n, 0)).toBe(references);
    expect(structured).toBe(Math.round(((basis.curated + basis.channel) / references) * 1e6) / 1e6);
  }
  const [first] = rows;
  expect((await run("resolutions", "count")).text).toContain(`${first?.basis.curated} (${((100 * (first?.basis.curated ?? 0)) / (first?.references ?? 1)).toFixed(1)} %)`);
});

test("an override is refused where it says nothing, and nothing is written", async () => {
  const base = ["resolutions", "override", processStart.reference];
  await expect(run(...base, "--as-cited", "windows-sysmon:1", "--reason", "short")).rejects.toMatchObject({ code: "INVALID", place: { field: "reason" } });
  await expect(run(...base, "--as-cited", "nosuch:1", "--reason", "seen on ws-0 in May")).rejects.toMatchObject({ code: "INVALID", place: { field: "kinds" } });
  await expect(run(...base, "--as-cited", "macos-esf:exec", "--platform", "Windows", "--reason", "seen on ws-0 in May")).rejects.toMatchObject({ code: "INVALID", place: { field: "kinds" } });
  await expect(run(...base, "--verdict", "maybe", "--reason", "seen on ws-0 in May")).rejects.toMatchObject({ code: "INVALID", place: { field: "verdict" } });
  await expect(run(...base, "--as-cited", "windows-sysmon:1", "--analytic", "AN9999", "--reason", "seen on ws-0 in May")).rejects.toMatchObject({ code: "NOT_FOUND", place: { field: "analytic" } });
  await expect(run("resolutions", "override", "0123456789abcdef", "--as-cited", "windows-sysmon:1", "--reason", "seen on ws-0 in May")).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(run("resolutions", "withdraw", processStart.reference, "--reason", "never set")).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(setResolutionOverride({ ...t.ctx, role: "viewer" }, { reference: processStart.reference, asCited: ["windows-sysmon:1"], equivalents: [], verdict: "producible", reason: "seen on ws-0 in May" })).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await t.db.resolutionOverride.count()).toBe(0);
});

test("an override is part of the next assessment's inputs, shows in the cell with its reason, and its withdrawal gives the old verdict again", async () => {
  const before = await assessAt();
  const wereProven = (await cellsOf(before.assessment, processStart.analytics)).filter((cell) => cell.requirements.some((line) => line.component.id === "DC0032" && line.met !== null));
  expect(wereProven.length).toBeGreaterThan(0);

  const reason = "Our agents drop Sysmon 1 since the June rollout";
  const written = z.object({ version: z.number(), concerns: z.array(z.string()) }).loose().parse((await run("resolutions", "override", processStart.reference, "--verdict", "not-producible", "--substitute", "Security 4688", "--reason", reason, "--json")).json);
  expect(written).toMatchObject({ version: 1, concerns: [] });
  const after = await assessAt();
  expect(after.inputDigest).not.toBe(before.inputDigest);
  const input = await inputOf(after.inputDigest);
  expect(input.overrides).toMatchObject([{ component: "DC0032", name: "WinEventLog:Sysmon", channel: "EventCode=1", verdict: "not-producible", reason, version: 1, platform: null, analytic: null }]);
  for (const cell of await cellsOf(after.assessment, wereProven.map(({ analytic }) => analytic))) {
    const line = cell.requirements.find((own) => own.component.id === "DC0032");
    const cited = line?.alternatives.find((own) => own.channel === "EventCode=1");
    expect(cited).toMatchObject({ basis: "curated", met: null, override: { version: 1, reason, concerns: [] } });
    if (line?.channel === "EventCode=1") expect(cell.flags).toContain("overridden");
  }
  const [first] = wereProven;
  const [shown] = await showCatalogObjects(t.ctx, { ids: [first?.analytic ?? ""] });
  expect(shown && "requirements" in shown && shown.requirements.find((own) => own.reference === processStart.reference)).toMatchObject({ basis: "curated", verdict: "not-producible", override: { reason } });

  await run("resolutions", "withdraw", processStart.reference, "--reason", "The rollout was mended");
  const again = await assessAt();
  expect(again.inputDigest).toBe(before.inputDigest); // nothing of it is left in the inputs
  const view = resolutionViewSchema.strict().parse((await run("resolutions", "show", processStart.reference, "--json")).json);
  expect(view.history.map(({ version, state, inForce }) => [version, state, inForce])).toEqual([[2, "withdrawn", false], [1, "set", false]]);
  expect(view.readings.every((row) => !row.overridden)).toBe(true);
});

test("an override of one analytic leaves the others alone, and a catalogue imported again changes nothing of it", async () => {
  const [one = "", other = ""] = processStart.analytics;
  await run("resolutions", "override", processStart.reference, "--as-cited", "windows-sysmon:1", "windows-security:4688", "--analytic", one.toLowerCase(), "--platform", "windows", "--reason", "Either of them is collected here");
  await loadStarterCatalog(t.ctx);
  const input = await inputOf((await assessAt()).inputDigest);
  const cited = (analytic: string) => input.analytics.find(({ id }) => id === analytic)?.requirements.flatMap(({ alternatives }) => alternatives).find(({ channel, name }) => channel === "EventCode=1" && name === "WinEventLog:Sysmon");
  const kinds = (at: number | undefined) => input.acceptSets[at ?? -1]?.flatMap(({ kind, met }) => (met === "as-cited" ? [kind] : []));
  expect([cited(one)?.override?.version, kinds(cited(one)?.accepts)]).toEqual([1, ["windows-security:4688", "windows-sysmon:1"]]);
  expect([cited(other)?.override, cited(other)?.basis]).toEqual([undefined, "channel"]);
  const [row] = z.array(resolutionRowSchema).parse((await run("resolutions", "list", "--overridden", "--json")).json);
  expect(row).toMatchObject({ reference: processStart.reference, overridden: true, basis: "channel" }); // the reading for all others stands
});

test("what goes beyond the tables is allowed with its reason, and said", async () => {
  const [row] = z.array(resolutionRowSchema).parse((await run("resolutions", "list", "ES_EVENT_TYPE_NOTIFY_CONNECT", "--json")).json);
  const { notes } = await run("resolutions", "override", row?.reference ?? "", "--as-cited", "macos-esf:connect", "--reason", "A beta sensor of ours reports it by this name");
  expect(notes).toEqual([expect.stringMatching(/^macos-esf:connect is held to be never written/)]);
  const input = await inputOf((await assessAt()).inputDigest);
  expect(input.overrides?.find(({ channel }) => channel === "ES_EVENT_TYPE_NOTIFY_CONNECT")?.concerns).toHaveLength(1);
});

test("two engineers at once write two versions, none is lost", async () => {
  const write = (reason: string) => setResolutionOverride(t.ctx, { reference: processStart.reference, asCited: ["windows-sysmon:1"], equivalents: [], verdict: "producible", reason });
  const written = await Promise.all([write("Said by the first engineer"), write("Said by the second engineer")]);
  const [a = 0, b = 0] = written.map(({ version }) => version).sort((x, y) => x - y);
  expect(b).toBe(a + 1);
  await run("resolutions", "withdraw", processStart.reference, "--reason", "It was a test of two at once");
});

test("every change is in the audit log, and its chain holds", async () => {
  const actions = (await t.db.auditEntry.findMany({ where: { action: { startsWith: "resolution." } }, orderBy: { seq: "asc" } })).map(({ action }) => action);
  expect(actions).toEqual(["resolution.override", "resolution.withdraw", "resolution.override", "resolution.override", "resolution.override", "resolution.override", "resolution.withdraw"]);
  expect(await verifyAuditChain(t.ctx)).toMatchObject({ broken: null });
});

test("kinds that an override could name: those that carry the component first, with the fields they must fill", async () => {
  const kinds = await listCandidateKinds(t.ctx, { component: "DC0032", platforms: ["macOS"] });
  expect(kinds[0]?.carries).toBe(true);
  expect(kinds.find(({ kind }) => kind === "macos-esf:exec")).toMatchObject({ carries: true, required: expect.arrayContaining(["ts"]) });
  expect(kinds.some(({ kind }) => kind.startsWith("windows-"))).toBe(false);
  expect(kinds.findIndex(({ carries }) => !carries)).toBeGreaterThan(kinds.findLastIndex(({ carries }) => carries));
});
