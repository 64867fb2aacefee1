import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startTestDatabase, type TestDatabase } from "@/lib/db/testing/test-database";
import { gapHistoryJsonSchema } from "@/lib/gaps/gap-history-json";
import { gapJsonSchema } from "@/lib/gaps/gap-json";
import { planJsonSchema, type PlanJson } from "@/lib/gaps/plan/plan-json";
import { planCollectionsSchema, scenarioComparisonSchema, whatIfJsonSchema } from "@/lib/gaps/plan/what-if-json";
import { applyInventory } from "@/lib/operations/apply-inventory";
import { cancelJob } from "@/lib/operations/cancel-job";
import { createSegment } from "@/lib/operations/create-segment";
import { getMatrixView } from "@/lib/operations/get-matrix-view";
import { getOverviewView } from "@/lib/operations/get-overview-view";
import { getPlanView } from "@/lib/operations/get-plan-view";
import { listJobs } from "@/lib/operations/list-jobs";
import { listWhatIfChoices } from "@/lib/operations/list-what-if-choices";
import { loadStarterCatalog } from "@/lib/operations/load-starter-catalog";
import { prepareAssessment, startAssessment } from "@/lib/operations/prepare-assessment";
import { projectPlanCells } from "@/lib/operations/project-plan-cells";
import { runJobInline } from "@/lib/operations/run-job-inline";
import { runJobs } from "@/lib/operations/run-jobs";
import { savePlanScenario } from "@/lib/operations/save-plan-scenario";
import { setPlanCosts } from "@/lib/operations/set-plan-costs";
import { startDueFrontier } from "@/lib/operations/start-due-frontier";
import { verifyAuditChain } from "@/lib/operations/verify-audit-chain";
import { verbRunner } from "../testing/run-verb";

let t: TestDatabase;
let folder: string;
let now = Date.parse("2026-11-21T12:00:00Z");
const verb = verbRunner(() => t.ctx);
const plan = async (...words: string[]): Promise<PlanJson> => planJsonSchema.parse((await verb("plan", ...words, "--json")).json);

beforeAll(async () => {
  t = await startTestDatabase(() => new Date((now += 1000)));
  folder = mkdtempSync(join(tmpdir(), "sightline-plan-"));
  await loadStarterCatalog(t.ctx);
  await createSegment(t.ctx, { name: "Workstations", platforms: [{ name: "Windows" }], assets: 40, criticality: 4 });
  await createSegment(t.ctx, { name: "Macs", platforms: [{ name: "macOS" }], assets: 20, criticality: 2 });
  await applyInventory(t.ctx, { source: { fileName: "inventory.csv", content: Buffer.from("segment,source,log_source,hosts_reporting,basis,as_of\nMacs,ES agent,macos:endpointsecurity,20,configuration,2026-11-01\n") } });
  await runJobInline(t.ctx, await prepareAssessment(t.ctx, {}));
});
afterAll(async () => {
  await t?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("a plan keeps its budget, adds up, and its points are those of the scorer on the headline that it names", async () => {
  const made = await plan("--budget", "60000");
  expect(made).toMatchObject({ status: "optimal", gap: 0, budget: 60_000, segment: null, costsVersion: 0, policyVersion: 1 });
  expect(made.cost).toBeLessThanOrEqual(60_000);
  expect([...made.items, ...made.licences].reduce((sum, { cost }) => sum + cost, 0)).toBe(made.cost);
  expect(made.headline.after - made.headline.before).toBe(made.points);
  expect(made.points).toBeGreaterThan(0);
  for (const { kind, segment } of made.items) if (kind === "prove") expect(segment).toBe("Macs");
  expect(made.items.some(({ kind }) => kind === "prove")).toBe(true); // what is claimed costs a day of effort, and no licence
});

test("a segment has its own headline, a target its cheapest plan, and what cannot be reached is infeasible", async () => {
  const own = await plan("--segment", "Macs", "--budget", "20000");
  expect(new Set(own.items.map(({ segment }) => segment))).toEqual(new Set(["Macs"]));
  const target = await plan("--segment", "Macs", "--target", String(own.headline.after / 1_000_000));
  expect(target.status).toBe("optimal");
  expect(target.points).toBeGreaterThanOrEqual(own.points);
  expect(target.cost).toBeLessThanOrEqual(own.cost);
  const never = await verb("plan", "--segment", "Macs", "--target", "1", "--json");
  expect(planJsonSchema.parse(never.json)).toMatchObject({ status: "infeasible", items: [] });
  // What it says could be reached is what is reached without a limit.
  const all = await plan("--segment", "Macs");
  expect(planJsonSchema.parse(never.json).reachable).toBe(all.headline.after);
  expect(all.reachable).toBeNull();
  for (const [words, field] of [[["--budget", "-1"], "budget"], [["--target", "2"], "target"], [["--segment", "Nowhere"], "segment"], [["--seconds", "0"], "seconds"], [["--seconds", "601"], "seconds"]] as const) await expect(verb("plan", ...words)).rejects.toMatchObject({ place: { field } });
});

test("stated costs count from then on, and the frontier of other costs is not shown for them", async () => {
  await verb("plan", "frontier", "--json");
  const before = await getPlanView(t.ctx, null);
  const doc = before?.frontier?.doc;
  expect(doc).toMatchObject({ proven: true, costsVersion: 0, now: { k: 0 } });
  expect(doc?.points.map(({ points }) => points)).toEqual([...(doc?.points ?? [])].map(({ points }) => points).sort((a, b) => a - b));
  const path = join(folder, "costs.csv");
  writeFileSync(path, "segment,collection,licence,volume_gb_day,effort_days\n*,windows-sysmon,0,,1\nMoon,nsm-zeek,1,,\nMacs,macos-esf,,,200\n");
  const imported = (await verb("plan", "costs", "import", path, "--json")).json;
  expect(imported).toMatchObject({ rows: 3, understood: 2, version: 1, refused: { count: 1 } });
  expect(await getPlanView(t.ctx, null)).toMatchObject({ frontier: null, costs: { version: 1 } });
  expect((await verb("plan", "costs", "import", path, "--json")).json).toMatchObject({ version: 1, changed: 0 });
});

test("the cells that a choice would bring are as many as its plan counts in every segment, and are stored nowhere", async () => {
  await verb("plan", "frontier", "--json");
  const view = await getPlanView(t.ctx, null);
  const doc = view?.frontier?.doc;
  if (view === null || doc === undefined) throw new Error("nothing was traced");
  const point = doc.points.findLast(({ actions }) => actions !== null);
  const choices = (point?.actions ?? []).map((position) => ({ segment: doc.segments[doc.actions[position]?.segment ?? -1]?.id ?? "", collection: doc.actions[position]?.collection ?? "" }));
  const { assessment } = view;
  const projected = await Promise.all(doc.segments.map(({ id }) => projectPlanCells(t.ctx, { assessment, segment: id, choices })));
  expect(projected.reduce((sum, { cells }) => sum + cells.length, 0)).toBe(point?.cells);
  expect(projected.every(({ cells }) => cells.every(({ technique }) => /^T\d{4}/.test(technique)))).toBe(true);
  await expect(projectPlanCells(t.ctx, { assessment, segment: "nowhere", choices })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(projectPlanCells(t.ctx, { assessment, segment: doc.segments[0]?.id ?? "", choices: [{ segment: doc.segments[0]?.id ?? "", collection: "nsm-zeek:none" }] })).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await t.db.assessment.count()).toBe(1);
});

test("the overview has the frontier of its assessment, and a cost for the best action of each kind; one segment has no frontier", async () => {
  if ((await getPlanView(t.ctx, null))?.frontier === null) await verb("plan", "frontier", "--json");
  const view = await getOverviewView(t.ctx, { assessment: null, segment: null });
  expect(view?.frontier).toMatchObject({ proven: true, currency: "EUR" });
  expect(view?.frontier?.points.length).toBeGreaterThan(2);
  expect(view?.actions.map(({ kind }) => kind)).toContain("prove");
  for (const { cost } of view?.actions ?? []) expect(cost).toBeGreaterThan(0);
  const [segment] = view?.segments ?? [];
  const own = await getOverviewView(t.ctx, { assessment: null, segment: segment?.id ?? "" });
  expect(own).toMatchObject({ segment: segment?.name, frontier: null });
  expect(new Set(own?.gaps.map((gap) => gap.segment))).toEqual(new Set([segment?.name]));
});

test("a choice is made of what is listed, thought through, kept and set beside another, and none of it is stored as a fact", async () => {
  const offered = planCollectionsSchema.parse((await verb("plan", "collections", "--json")).json);
  const [mac, other] = ["Macs", "Workstations"].map((segment) => offered.collections.filter((row) => row.segment === segment));
  const exec = mac?.find(({ collection }) => collection === "macos-esf:exec");
  expect(exec).toMatchObject({ kind: "prove" });
  expect(planCollectionsSchema.parse((await verb("plan", "collections", "--segment", "macs", "--json")).json).collections).toEqual(mac);
  const thought = whatIfJsonSchema.parse((await verb("plan", "what-if", "--choose", "macs=macos-esf:exec", "--json")).json);
  expect(thought.segments).toMatchObject([{ segment: "Macs", cells: thought.cells.length }]);
  expect(thought.cells.length).toBeGreaterThan(0);
  expect(thought).toMatchObject({ cost: exec?.cost, points: (thought.fleet.after ?? 0) - (thought.fleet.before ?? 0) });
  const sysmon = other?.find(({ collection }) => collection === "windows-sysmon:1");
  await verb("plan", "scenarios", "save", "Apple", "--choose", "Macs=macos-esf:exec");
  await verb("plan", "scenarios", "save", "Both", "--choose", "Macs=macos-esf:exec", `Workstations=${sysmon?.collection ?? ""}`, "--note", "all");
  const beside = scenarioComparisonSchema.parse((await verb("plan", "scenarios", "compare", "apple", "both", "--json")).json);
  expect(beside.scenarios.map(({ name, now, gone }) => [name, now, gone])).toEqual(beside.scenarios.map(({ name, saved }) => [name, saved, []])); // nothing changed since
  const [apple, both] = beside.scenarios.map(({ id }) => beside.cells.filter(({ scenarios }) => scenarios.includes(id)));
  expect(apple).toHaveLength(thought.cells.length);
  expect(both?.length).toBeGreaterThan(apple?.length ?? 0);
  await expect(verb("plan", "what-if", "--choose", "Macs", "--json")).rejects.toMatchObject({ place: { field: "choose" } });
  await expect(verb("plan", "what-if", "--choose", "Macs=nsm-zeek:none", "--json")).rejects.toMatchObject({ place: { field: "choices" } });
  await expect(verb("plan", "scenarios", "compare", "apple", "APPLE")).rejects.toMatchObject({ place: { field: "scenarios" } });
  expect(await t.db.assessment.count()).toBe(1);
  for (const { id } of beside.scenarios) await verb("plan", "scenarios", "remove", id);
});

test("the matrix draws what ticked sources, or a scenario, would add: as many cells as the scorer says, in each scope its own, and none without asking", async () => {
  const query = { assessment: null, segment: null, against: null, domain: null };
  expect((await getMatrixView(t.ctx, query))?.projection).toBeNull();
  const offered = planCollectionsSchema.parse((await verb("plan", "collections", "--json")).json).collections;
  const choices = await listWhatIfChoices(t.ctx, { assessment: 1, segments: null });
  expect(choices.sources.map(({ family }) => family).sort()).toEqual([...new Set(offered.map(({ family }) => family))].sort());
  const asked = offered.filter(({ family }) => family === "macos-esf" || family === "windows-sysmon");
  const thought = whatIfJsonSchema.parse((await verb("plan", "what-if", "--choose", ...asked.map(({ segment, collection }) => `${segment}=${collection}`), "--json")).json);
  const ids = new Map(thought.segments.map(({ segment, segmentId }) => [segment, segmentId]));
  const view = await getMatrixView(t.ctx, { ...query, segment: ids.get("Macs") ?? "", against: "fleet", whatIf: "windows-sysmon,macos-esf" });
  const projection = view?.projection;
  if (projection?.state !== "projected") throw new Error("nothing was projected");
  const [macs, fleet] = projection.scopes.map((rows) => rows.reduce((sum, [, , cells]) => sum + cells, 0));
  expect([macs, fleet]).toEqual([thought.cells.filter(({ segment }) => segment === "Macs").length, thought.cells.length]);
  expect(macs).toBeGreaterThan(0);
  expect(view?.scopes[0].total.observed.k).toBe(0); // the numbers themselves stay what was seen
  const mac = await getMatrixView(t.ctx, { ...query, segment: ids.get("Macs") ?? "", whatIf: "windows-sysmon" });
  expect(mac?.projection).toMatchObject({ state: "projected", scopes: [[]] });
  await verb("plan", "scenarios", "save", "Apple", "--choose", "Macs=macos-esf:exec");
  const [scenario] = (await getPlanView(t.ctx, null))?.scenarios ?? [];
  const saved = await getMatrixView(t.ctx, { ...query, whatIf: `scenario:${scenario?.id ?? ""}` });
  expect(saved?.projection).toMatchObject({ state: "projected", name: "Apple", scenario: scenario?.id, scopes: [expect.any(Array)] });
  await verb("plan", "scenarios", "remove", scenario?.id ?? "");
  expect((await getMatrixView(t.ctx, { ...query, whatIf: `scenario:${scenario?.id ?? ""}` }))?.projection).toMatchObject({ state: "refused" });
  expect(await t.db.assessment.count()).toBe(1);
});

test("a gap is shown with its history, what was said among it", async () => {
  const [gap] = gapJsonSchema.array().parse((await verb("gaps", "list", "--json")).json);
  await verb("gaps", "comment", gap?.id ?? "", "asked the vendor");
  expect(gapHistoryJsonSchema.parse((await verb("gaps", "show", gap?.id ?? "", "--json")).json)).toMatchObject({ gap: { id: gap?.id }, history: [{ kind: "comment", text: "asked the vendor", assessment: null }, { kind: "opened", assessment: 1 }] });
  expect((await verb("gaps", "show", gap?.id ?? "")).text).toContain("asked the vendor");
});

test("one cost is stated and taken back by hand", async () => {
  await verb("plan", "costs", "set", "macos-esf:exec", "--segment", "Macs", "--licence", "77", "--effort-days", "2");
  const stated = planCollectionsSchema.parse((await verb("plan", "collections", "--segment", "Macs", "--json")).json);
  expect(stated.collections.find(({ collection }) => collection === "macos-esf:exec")).toBeDefined();
  expect((await verb("plan", "costs", "list", "--json")).json).toMatchObject({ rows: expect.arrayContaining([expect.objectContaining({ segment: "Macs", collection: "macos-esf:exec", licence: 77, effortDays: 2 })]) });
  await verb("plan", "costs", "remove", "macos-esf:exec", "--segment", "Macs");
  await expect(verb("plan", "costs", "remove", "macos-esf:exec", "--segment", "Macs")).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(verb("plan", "costs", "set", "macos-esf:exec", "--licence", "much")).rejects.toMatchObject({ code: "INVALID" });
});

test("rates and statements are held to the same limits wherever they come from", async () => {
  for (const [change, field] of [[{ rates: { perEffortDay: 1e15 } }, "perEffortDay"], [{ rates: { perGbDay: Number.NaN } }, "perGbDay"], [{ rates: { currency: "a b" } }, "currency"]] as const) await expect(setPlanCosts(t.ctx, change)).rejects.toMatchObject({ code: "INVALID", place: { field } });
  const row = { segment: "*", collection: "nsm-zeek", licence: null, volumeGbPerDay: null, effortDays: null, sharedLicence: null, note: "" };
  for (const [wrong, field] of [[{ segment: "Moon" }, "segment"], [{ collection: "nsm-zeke" }, "collection"], [{ licence: 1e12 }, "licence"]] as const) await expect(setPlanCosts(t.ctx, { set: { ...row, ...wrong } })).rejects.toMatchObject({ code: "INVALID", place: { field } });
});

test("a shared licence that nobody prices is named wherever costs are, because a plan counts it as nothing", async () => {
  await verb("plan", "costs", "set", "nsm-zeek", "--shared-licence", "Taps");
  expect((await verb("plan", "costs", "list")).text).toContain("licence Taps has no price");
  expect((await plan("--segment", "Macs", "--budget", "0")).unpricedLicences).toEqual(["Taps"]);
  expect((await getPlanView(t.ctx, null))?.costs.unpriced).toEqual(["Taps"]);
  await verb("plan", "costs", "set", "licence:taps", "--licence", "9000");
  expect((await plan("--segment", "Macs", "--budget", "0")).unpricedLicences).toEqual([]);
  for (const collection of ["nsm-zeek", "licence:taps"]) await verb("plan", "costs", "remove", collection);
});

test("a scenario keeps a name, a choice and what it came to, and nothing that is assessed", async () => {
  await verb("plan", "frontier", "--json");
  const view = await getPlanView(t.ctx, null);
  const doc = view?.frontier?.doc;
  const choices = (doc?.points[2]?.actions ?? []).map((position) => ({ segment: doc?.segments[doc.actions[position]?.segment ?? -1]?.id ?? "", collection: doc?.actions[position]?.collection ?? "" }));
  const request = { name: "Cheap wins", note: "for the board", assessment: null, choices };
  await savePlanScenario(t.ctx, request);
  await expect(savePlanScenario(t.ctx, { ...request, name: "  cheap WINS " })).rejects.toMatchObject({ code: "CONFLICT" });
  await expect(savePlanScenario(t.ctx, { ...request, name: "x", choices: [{ segment: choices[0]?.segment ?? "", collection: "nsm-zeek:none" }] })).rejects.toMatchObject({ code: "INVALID" });
  const [scenario] = (await getPlanView(t.ctx, null))?.scenarios ?? [];
  expect(scenario).toMatchObject({ name: "Cheap wins", choices, outcome: { points: doc?.points[2]?.points, cells: doc?.points[2]?.cells, cost: doc?.points[2]?.cost } });
  expect(await t.db.assessment.count()).toBe(1);
  await verb("plan", "scenarios", "remove", scenario?.id ?? "");
  expect((await verb("plan", "scenarios", "list", "--json")).json).toEqual([]);
  expect((await verifyAuditChain(t.ctx)).broken).toBeNull();
});

test("the job process traces the plans of the newest assessment by itself, once for its costs, and not while anything else waits", async () => {
  const { assessment } = (await getPlanView(t.ctx, null)) ?? { assessment: 0 };
  await verb("plan", "costs", "rates", "--effort-day", "700"); // costs that nobody has traced
  expect(await startDueFrontier(t.ctx)).toBeNull(); // they were changed a moment ago
  now += 60_000;
  const waiting = await startAssessment(t.ctx, { at: "2026-11-20T00:00:00Z" });
  expect(await startDueFrontier(t.ctx)).toBeNull();
  await cancelJob(t.ctx, waiting);
  const stop = new AbortController();
  const loop = runJobs(t.ctx, { signal: stop.signal, idleMs: 20 });
  await vi.waitFor(async () => expect((await getPlanView(t.ctx, null))?.frontier).not.toBeNull(), { timeout: 60_000, interval: 100 });
  stop.abort();
  await loop;
  const traced = (await listJobs(t.ctx, {})).filter(({ kind, title }) => kind === "plan-frontier" && title === `Trace the efficient plans of assessment ${assessment}`);
  expect(traced[0]).toMatchObject({ state: "done", result: { assessment } });
  await verb("plan", "costs", "rates", "--effort-day", "701");
  now += 60_000;
  const id = await startDueFrontier(t.ctx);
  await cancelJob(t.ctx, id ?? "");
  expect(await startDueFrontier(t.ctx)).toBeNull(); // somebody did not want it
  await verb("plan", "frontier", "--json");
  expect((await getPlanView(t.ctx, null))?.frontier).not.toBeNull(); // and may have it still
});
