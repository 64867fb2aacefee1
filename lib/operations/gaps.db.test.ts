import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { startTestDatabase, type TestDatabase } from "@/lib/db/testing/test-database";
import { gapJsonSchema, type GapJson } from "@/lib/gaps/gap-json";
import { listGapEvents } from "@/lib/gaps/store";
import { readGapLabel } from "@/lib/gaps/gap-key";
import { commentGap } from "./comment-gap";
import type { OperationContext } from "./context";
import { createSegment } from "./create-segment";
import { exportGapsCsv, exportGapTickets } from "./export-gaps";
import { importEvents, importEventsSchema } from "./import-events";
import { keepUpload } from "./keep-upload";
import { listGaps } from "./list-gaps";
import { loadStarterCatalog } from "./load-starter-catalog";
import { prepareAssessment } from "./prepare-assessment";
import { prepareEventsImport } from "./prepare-events-import";
import { assessmentOutcomeSchema } from "./run-assessment";
import { runJobInline } from "./run-job-inline";
import { setGaps } from "./set-gaps";
import { verifyAuditChain } from "./verify-audit-chain";

const DAY = 86_400_000;
const T0 = Date.parse("2026-11-21T12:00:00Z");
let now = new Date(T0);
let t: TestDatabase;
let ctx: OperationContext;
let found: GapJson; // process creation from Sysmon, found by the first assessment

const later = (days: number): void => void (now = new Date(T0 + days * DAY));
const run = async (at?: string) => assessmentOutcomeSchema.parse(await runJobInline(ctx, await prepareAssessment(ctx, at === undefined ? {} : { at })));
const gaps = async (): Promise<GapJson[]> => z.array(gapJsonSchema).parse(await listGaps(ctx));
const again = async (gap = found): Promise<GapJson> => {
  const one = (await gaps()).find(({ id }) => id === gap.id);
  if (one === undefined) throw new Error("a gap is never lost");
  return one;
};
const history = async (gap = found) => (await listGapEvents(t.db, readGapLabel(gap.id) ?? 0)).map(({ kind, text, assessmentId }) => ({ kind, text, by: assessmentId }));
const sysmon = (n: number): string => {
  const at = new Date(T0 + DAY - (n + 1) * 600_000).toISOString();
  return JSON.stringify({ EventID: 1, Channel: "Microsoft-Windows-Sysmon/Operational", SourceName: "Microsoft-Windows-Sysmon", Hostname: `ws-${n % 3}.example.test`, "@timestamp": at, UtcTime: at.replace("T", " ").replace("Z", ""), Image: "C:\\a.exe", CommandLine: `a ${n}`, ProcessId: n, User: "EX\\ana", ParentImage: "C:\\b.exe", ParentCommandLine: "b", ProcessGuid: `{${n}}`, IntegrityLevel: "High", Hashes: "MD5=0" });
};

beforeAll(async () => {
  t = await startTestDatabase(() => now);
  ctx = t.ctx;
  await loadStarterCatalog(ctx);
  await createSegment(ctx, { name: "Workstations", platforms: [{ name: "Windows" }], assets: 10, criticality: 4 });
  await createSegment(ctx, { name: "Macs", platforms: [{ name: "macOS" }], assets: 20, criticality: 2 });
});
afterAll(() => t?.stop());

test("the first assessment fills the backlog: every gap open, ranked by what closing it brings for its cost", async () => {
  await run();
  const all = await gaps();
  const below = await t.db.cell.count({ where: { status: { lt: 5 } } });
  expect(new Set(all.flatMap(({ segmentId, analytics }) => analytics.map((analytic) => `${segmentId} ${analytic}`))).size).toBe(below);
  expect(all.every(({ state, owner, lapsed }) => state === "open" && owner === "" && !lapsed)).toBe(true);
  expect(all.map(({ gain }) => gain ?? -1)).toEqual(all.map(({ gain }) => gain ?? -1).sort((a, b) => b - a));
  const process = all.find(({ segment, family, component }) => segment === "Workstations" && family === "windows-sysmon" && component?.name === "Process Creation");
  if (process === undefined) throw new Error("nothing collects process creation");
  found = process;
  expect(found).toMatchObject({ kind: "buy", group: "collection", assessment: 1 });
  expect(found.cost).toBeGreaterThan(0);
  expect(await listGaps(ctx, { segment: "macs", states: ["open"] })).toHaveLength(all.filter(({ segment }) => segment === "Macs").length);
  await expect(listGaps(ctx, { segment: "Nowhere" })).rejects.toThrow("no segment named");
});

test("several gaps are planned at once, all or none, and a comment stays", async () => {
  const others = (await gaps()).filter(({ id, segment }) => id !== found.id && segment === "Macs").slice(0, 2).map(({ id }) => id);
  const change = { state: "planned", owner: "=Ada", due: "2026-12-24" } as const;
  expect(await setGaps(ctx, { ids: [found.id, ...others], change })).toBe(3);
  expect(await setGaps(ctx, { ids: [found.id], change })).toBe(0);
  await expect(setGaps(ctx, { ids: [found.id, "G-9999"], change: { owner: "Ben" } })).rejects.toThrow('no gap "G-9999"');
  await expect(setGaps({ ...ctx, role: "viewer" }, { ids: [found.id], change: { owner: "Ben" } })).rejects.toThrow("may not");
  expect(await setGaps(ctx, { ids: others.slice(0, 1), change: { state: "accepted", reason: "until the new agent is out", expires: "2026-12-01" } })).toBe(1);
  expect(await commentGap({ ...ctx, role: "auditor" }, { id: found.key, text: "Agent is ordered" })).toBe(found.id);
  await expect(commentGap({ ...ctx, segments: [] }, { id: found.id, text: "x" })).rejects.toThrow("There is no gap");
  expect(await again()).toMatchObject({ state: "planned", owner: "=Ada", due: "2026-12-24" });
  expect((await history()).map(({ kind }) => kind)).toEqual(["opened", "state", "owner", "due", "comment"]);
});

test("the exports are safe for a spreadsheet, and say what to do and which evidence will do", async () => {
  const csv = await exportGapsCsv(ctx, { ids: [found.id] });
  expect(csv.split("\r\n")).toHaveLength(3);
  expect(csv).toContain(",'=Ada,2026-12-24,");
  const [ticket] = await exportGapTickets(ctx, { ids: [found.id] });
  expect(ticket?.text).toMatch(/^# G-\d+: Process Creation from .*Sysmon.* in Workstations\n/);
  for (const part of ["- **Owner**: =Ada", "## Why", "## What to do", "`windows-sysmon:1`", "at least 1 of 10 hosts", "MITRE"]) expect(ticket?.text).toContain(part);
  expect(ticket?.text).toContain(`- ${found.analytics[0] ?? "?"} T`);
});

test("an assessment closes what it proves and keeps what people decided about the rest; again, or told later of the past, it changes nothing", async () => {
  later(1);
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(Array.from({ length: 12 }, (_, n) => sysmon(n)).join("\n"));
  }
  const upload = await keepUpload(ctx, chunks(), "sysmon.ndjson");
  const job = await prepareEventsImport(ctx, upload, { segment: "Workstations", options: {} });
  await importEvents({ id: "x", ctx, attempt: 1, signal: new AbortController().signal, progress: () => {}, confirm: async () => {} }, importEventsSchema.parse(job.input));
  const { assessment } = await run();
  expect(await again()).toMatchObject({ state: "done", closing: "proven", cells: 0, points: 0, owner: "=Ada", analytics: found.analytics });
  expect((await history()).at(-1)).toMatchObject({ kind: "closed", by: assessment, text: expect.stringMatching(/\d+ cells? proven/) });
  expect((await gaps()).filter(({ state }) => state === "planned")).toHaveLength(1);
  const events = await t.db.gapEvent.count();
  const before = await gaps();
  await run(now.toISOString());
  await run(new Date(T0 - 60 * DAY).toISOString());
  expect(await t.db.gapEvent.count()).toBe(events);
  expect((await gaps()).map(({ assessment: _, ...gap }) => gap)).toEqual(before.map(({ assessment: _, ...gap }) => gap));
});

test("proof that goes stale opens the gap again, and an acceptance is over on the day after its last, before an assessment says so", async () => {
  later(20);
  const accepted = (await gaps()).find(({ lapsed }) => lapsed);
  expect(accepted).toMatchObject({ state: "open", expires: "2026-12-01", segment: "Macs" });
  later(40);
  const { assessment } = await run();
  expect(await again()).toMatchObject({ state: "open", closing: null, owner: "=Ada", kind: "repair", assessment });
  expect((await history()).at(-1)).toMatchObject({ kind: "reopened", text: expect.stringMatching(/open again\. .*days old/) });
  expect(await again(accepted)).toMatchObject({ state: "open", expires: null, lapsed: false });
  expect((await history(accepted)).at(-1)?.text).toContain("The acceptance ended on 2026-12-01");
  const entry = await t.db.auditEntry.findFirst({ where: { action: "gap.reconcile" }, orderBy: { seq: "desc" } });
  expect(entry?.detail).toMatchObject({ assessment, reopened: expect.any(Number) });
  expect((await verifyAuditChain(ctx)).broken).toBeNull();
});
