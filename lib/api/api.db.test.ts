import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { createServer } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestDatabase, type TestDatabase } from "@/lib/db/testing/test-database";
import { createSegment } from "@/lib/operations/create-segment";
import { getOverviewView } from "@/lib/operations/get-overview-view";
import { loadStarterCatalog } from "@/lib/operations/load-starter-catalog";
import { importLayer } from "@/lib/operations/import-layer";
import { prepareAssessment } from "@/lib/operations/prepare-assessment";
import { runJobInline } from "@/lib/operations/run-job-inline";
import { answerRequest } from "./answer-request";
import { ENDPOINTS } from "./endpoints";
import { openApi } from "./open-api";
import { problemSchema } from "./problem";

const NOW = new Date("2026-11-21T12:00:00Z");
let t: TestDatabase;

const document = JSON.parse(JSON.stringify(openApi()));
const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
ajv.addSchema({ $id: "api", ...document });

beforeAll(async () => {
  t = await startTestDatabase(() => NOW);
  await loadStarterCatalog(t.ctx);
  for (const [name, platform] of [["Servers", "Windows"], ["Workstations", "macOS"]] as const) {
    await createSegment(t.ctx, { name, platforms: [{ name: platform, hosts: 10 }], assets: 10, criticality: 4, owner: "ana", tags: [], timeZone: null, target: { value: 900_000, date: "2026-11-01", owner: "ben" } });
  }
  for (const at of ["2026-11-21T11:00:00Z", "2026-11-21T12:00:00Z"]) await runJobInline(t.ctx, await prepareAssessment(t.ctx, { at }));
});
afterAll(() => t?.stop());

/** A body that is text is a table. */
async function ask(method: string, address: string, body?: unknown) {
  const url = new URL(`http://127.0.0.1${address}`);
  const unexpected: unknown[] = [];
  const response = await answerRequest(
    t.ctx,
    {
      method,
      path: url.pathname.split("/").slice(1).map(decodeURIComponent),
      query: url.searchParams,
      contentType: body === undefined ? null : typeof body === "string" ? "text/csv; charset=utf-8" : "application/json",
      ifNoneMatch: null,
      body: body === undefined ? null : (async function* () { yield Buffer.from(typeof body === "string" ? body : JSON.stringify(body)); })(),
    },
    (error) => unexpected.push(error),
  );
  expect(unexpected).toEqual([]);
  let text = "";
  if (typeof response.body === "string") text = response.body;
  else if (response.body !== null) for await (const part of response.body) text += Buffer.from(part).toString("latin1");
  return { ...response, text };
}

/** The answer of an endpoint, held against the shape that the document promises. */
async function fits(id: string, address: string, body?: unknown) {
  const endpoint = ENDPOINTS.find((one) => one.id === id);
  if (endpoint === undefined) throw new Error(`no endpoint ${id}`);
  const answer = await ask(endpoint.method, address, body);
  expect(answer.status, answer.text).toBe(endpoint.status);
  const pointer = `api#/paths/${endpoint.path.replaceAll("/", "~1").replaceAll("{", "%7B").replaceAll("}", "%7D")}/${endpoint.method.toLowerCase()}/responses/${endpoint.status}/content/${endpoint.mediaType.replaceAll("/", "~1")}/schema`;
  if (endpoint.kind === "file") return answer;
  const documents = endpoint.kind === "lines" ? answer.text.trim().split("\n").map((line) => JSON.parse(line)) : [JSON.parse(answer.text)];
  for (const one of documents) expect(ajv.validate(pointer, one), JSON.stringify(ajv.errors)).toBe(true);
  return answer;
}

/** One request of every reading endpoint. */
const READINGS: readonly (readonly [string, string])[] = [
  ["listAssessments", "/assessments"],
  ["getReport", "/assessments/latest"],
  ["listCells", "/assessments/latest/cells?limit=5&status=blind,not-applicable"],
  ["streamCells", "/assessments/latest/cells.ndjson?segment=Servers&analytic=AN0747"],
  ["getRollups", "/assessments/latest/rollups?level=technique,fleet&segment=Servers"],
  ["exportLayer", "/assessments/latest/layer?segment=Servers"],
  ["listLayers", "/layers"],
  ["compareAssessments", "/compare"],
  ["getTrend", "/trend?segment=Servers"],
  ["listAlerts", "/alerts?closed=true"],
  ["getWeightEffect", "/weights/effect?name=uniform"],
  ["getCosts", "/plan/costs"],
  ["listScenarios", "/plan/scenarios"],
  ["listWeightProfiles", "/weights"],
  ["listThreatGroups", "/weights/groups"],
  ["listCollections", "/plan/collections?segment=Servers"],
  ["makePlan", "/plan?segment=Servers&budget=50000"],
  ["exportGapsCsv", "/gaps/csv?segment=Servers"],
  ["exportGapTickets", "/gaps/tickets?segment=Servers&state=open"],
  ["listTargetChanges", "/targets/history?segment=Servers"],
  ["listGaps", "/gaps?segment=Servers&state=open"],
  ["exportEvidence", "/assessments/latest/evidence"],
  ["listSegments", "/segments"],
  ["getSegment", "/segments/Servers"],
  ["listDatasets", "/datasets?segment=Servers"],
  ["listRules", "/rules?limit=5"],
  ["listSnapshots", "/catalog"],
  ["getObject", "/catalog/objects/AN0749"],
  ["getPolicy", "/policy"],
  ["listExclusions", "/exclusions"],
  ["listTargets", "/targets"],
  ["verifyAudit", "/audit/verify"],
  ["listJobs", "/jobs?state=done"],
];

test.each(READINGS)("%s answers what the document promises", async (id, address) => {
  await fits(id, address);
});

test("a job that is started is found at the address in Location, and can be cancelled once", async () => {
  const started = await fits("startAssessment", "/assessments", { at: "2026-11-20T00:00:00Z" });
  const place = started.headers.location?.replace("/api/v1", "") ?? "";
  await fits("getJob", place);
  await fits("cancelJob", place);
  expect((await ask("DELETE", place)).status).toBe(409);
});

test("what is decided over the API is what the command line decides: an exclusion, a policy, a gate", async () => {
  const { id } = JSON.parse((await fits("addExclusion", "/exclusions", { analytic: "AN0749", segment: "Workstations", reason: "retired in spring", owner: "ana", expires: "2027-03-31" })).text);
  expect(JSON.parse((await fits("withdrawExclusion", "/exclusions/withdraw", { id, reason: "back in service" })).text)).toEqual({ withdrawn: id });
  expect((await ask("POST", "/exclusions/withdraw", { id, reason: "again" })).status).toBe(409);
  expect(JSON.parse((await fits("previewPolicy", "/policy/preview", { settings: { freshDays: 14 } })).text)).toMatchObject({ policy: { version: 2, freshDays: 14 } });
  expect(JSON.parse((await fits("setTarget", "/targets", { segment: "Servers", target: { value: 0.6, date: "2027-05-31", owner: "ana" }, reason: "agreed" })).text)).toMatchObject({ segment: "Servers", target: { value: 0.6 } });
  expect(JSON.parse((await fits("setPolicy", "/policy", { settings: { freshDays: 14 }, reason: "tighter" })).text)).toMatchObject({ version: 2, freshDays: 14 });
  expect(JSON.parse((await fits("runGate", "/gate", { minObserved: 0.5 })).text)).toMatchObject({ passed: false, policyVersion: 1, checks: [{ policyVersion: 1 }] });
});

test("a gap is read, given an owner and commented on", async () => {
  const [gap] = JSON.parse((await fits("listGaps", "/gaps")).text).items;
  await fits("getGap", `/gaps/${gap.id}`);
  expect(JSON.parse((await fits("setGap", `/gaps/${gap.id}`, { owner: "ana", due: "2027-01-31", state: "planned" })).text)).toMatchObject({ owner: "ana", due: "2027-01-31", state: "planned" });
  await fits("commentGap", `/gaps/${gap.id}/comments`, { text: "ordered" });
  expect(JSON.parse((await fits("getGapHistory", `/gaps/${gap.id}/history`)).text)).toMatchObject({ gap: { id: gap.id }, history: [{ kind: "comment", text: "ordered" }, {}, {}, {}, { kind: "opened", assessment: 1 }] });
  expect((await ask("PATCH", `/gaps/${gap.id}`, { due: "soon" })).status).toBe(400);
});

test("many gaps are changed at once or none is, and go as a table and as tickets", async () => {
  const ids: string[] = JSON.parse((await ask("GET", "/gaps?limit=3")).text).items.map(({ id }: { id: string }) => id);
  expect(JSON.parse((await fits("setGaps", "/gaps", { ids, change: { owner: "ben" } })).text)).toEqual({ gaps: 3, changed: 3 });
  expect((await ask("PATCH", "/gaps", { ids: [...ids, "G-99999"], change: { owner: "cy" } })).status).toBe(404);
  const csv = (await fits("exportGapsCsv", `/gaps/csv?ids=${ids.join(",")}`)).text.trim().split("\r\n");
  expect(csv).toHaveLength(4);
  expect(csv[0]).toMatch(/,policy_version$/);
  for (const line of csv.slice(1)) expect(line).toMatch(/,ben,.*,1$/);
  expect(JSON.parse((await fits("exportGapTickets", `/gaps/tickets?ids=${ids.join(",")}`)).text).items.map(({ id }: { id: string }) => id).sort()).toEqual([...ids].sort());
});

test("an alert is acknowledged with a reason", async () => {
  const [first] = JSON.parse((await fits("listAlerts", "/alerts")).text).items;
  expect(JSON.parse((await fits("getAlert", `/alerts/${first.id}`)).text).alert.analytics).toHaveLength(first.alert.cells);
  expect(JSON.parse((await fits("quietAlerts", "/alerts/quiet", { ids: [first.id], how: "acknowledge", reason: "known" })).text)).toEqual({ changed: 1 });
});

test("a channel is added, tried, changed and removed; its secret is never told again", async () => {
  const got: string[] = [];
  const hook = createServer((request, response) => {
    request.resume().on("end", () => response.writeHead(204).end());
    got.push(String(request.headers["x-sightline-signature"]));
  });
  await new Promise<void>((done) => hook.listen(0, "127.0.0.1", done));
  const address = hook.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/`;
  expect(JSON.parse((await ask("POST", "/alerts/channels", { channel: { kind: "webhook", name: "chat", url: "http://chat.example/" } })).text)).toMatchObject({ status: 400, field: "url" });
  const made = await fits("addChannel", "/alerts/channels", { channel: { kind: "webhook", name: "chat", url, digestHour: null }, secret: "swordfish" });
  const { id } = JSON.parse(made.text);
  expect(JSON.parse((await fits("testChannel", `/alerts/channels/${id}/test`)).text)).toMatchObject({ kind: "test", state: "sent" });
  expect(got).toEqual([expect.stringMatching(/^sha256=/)]);
  await fits("setChannel", `/alerts/channels/${id}`, { channel: { kind: "webhook", name: "room", url, enabled: false } });
  const listed = await fits("listChannels", "/alerts/channels");
  expect(listed.text).not.toContain("swordfish");
  expect(JSON.parse(listed.text)).toMatchObject({ items: [{ hasSecret: true, channel: { name: "room", enabled: false } }], deliveries: [{ kind: "test" }] });
  expect((await ask("POST", `/alerts/deliveries/${JSON.parse(listed.text).deliveries[0].id}/resend`)).status).toBe(409); // it arrived
  await fits("removeChannel", `/alerts/channels/${id}`);
  await new Promise((done) => hook.close(done));
});

test("what a plan rests on is stated, a choice is saved and removed, the efficient plans are traced as a job, weights are chosen", async () => {
  expect(JSON.parse((await fits("setCost", "/plan/costs", { rates: { currency: "CHF", perEffortDay: 900, perGbDay: 400 } })).text)).toEqual({ version: 1 });
  const [item] = JSON.parse((await ask("GET", "/plan?segment=Servers")).text).items;
  const segment = JSON.parse((await ask("GET", "/segments/Servers")).text).segment.id;
  const { id } = JSON.parse((await fits("saveScenario", "/plan/scenarios", { name: "first", choices: [{ segment, collection: item.collection }] })).text);
  const offered = JSON.parse((await fits("listCollections", "/plan/collections")).text).collections;
  expect(offered).toContainEqual(expect.objectContaining({ segmentId: segment, collection: item.collection, cost: expect.any(Number) }));
  const everywhere = offered.filter(({ collection }: { collection: string }) => collection === item.collection || collection === "macos-esf:exec").map(({ segment: name, collection }: { segment: string; collection: string }) => ({ segment: name, collection }));
  const thought = JSON.parse((await fits("projectChoices", "/plan/what-if", { choices: everywhere })).text);
  expect(thought).toMatchObject({ projected: true, policyVersion: 1, costsVersion: 1, currency: "CHF" });
  expect(thought.cells).toHaveLength(thought.segments.reduce((sum: number, { cells }: { cells: number }) => sum + cells, 0));
  expect(thought.cells.length).toBeGreaterThan(0);
  expect(JSON.parse((await ask("POST", "/plan/what-if", { choices: [{ segment: "Servers", collection: "nsm-zeek:none" }] })).text)).toMatchObject({ status: 400, field: "choices" });
  await fits("saveScenario", "/plan/scenarios", { name: "second", choices: everywhere });
  const beside = JSON.parse((await fits("compareScenarios", `/plan/scenarios/compare?scenarios=${id},second`)).text);
  expect(beside.scenarios).toMatchObject([{ name: "first", gone: [], now: { cells: JSON.parse((await ask("POST", "/plan/what-if", { choices: [{ segment, collection: item.collection }] })).text).cells.length } }, { name: "second", now: { cells: thought.cells.length } }]);
  expect((await ask("GET", "/plan/scenarios/compare?scenarios=first")).status).toBe(400);
  await fits("removeScenario", `/plan/scenarios/${id}`);
  expect((await ask("GET", "/plan/frontier")).status).toBe(404);
  const traced = await fits("traceFrontier", "/plan/frontier", {});
  expect(traced.headers.location).toMatch(/^\/api\/v1\/jobs\//);
  await fits("chooseWeightProfile", "/weights/choice", { name: "uniform", reason: "as agreed" });
  expect((await ask("POST", "/weights", { name: "theirs", groups: ["G9999"] })).status).toBe(404); // the starter catalogue holds no groups
  expect((await ask("PUT", "/catalog/current", { release: "starter-19.1" })).status).toBe(400); // an excerpt is never chosen
});

test("tables of costs and weights are read as the command line reads them, and refused by line and field", async () => {
  const costs = JSON.parse((await fits("importCosts", "/plan/costs/import?fileName=costs.csv", "segment,collection,licence,volume_gb_day,effort_days\n*,windows-sysmon,0,,1\nMoon,nsm-zeek,1,,\n")).text);
  expect(costs).toMatchObject({ rows: 2, understood: 1, changed: 1, refused: { count: 1, rows: [{ line: 3, field: "segment" }] } });
  expect(JSON.parse((await ask("POST", "/plan/costs/import?fileName=costs.csv", "segment,collection,licence\nMoon,nsm-zeek,1\n")).text)).toMatchObject({ status: 400, file: "costs.csv", line: 2, field: "segment", remedy: expect.stringMatching(/./) });
  expect(JSON.parse((await fits("importWeightProfile", "/weights/import?name=ours&fileName=w.csv", "technique,weight\nT1059,2\nT9999,3\n")).text)).toEqual({ name: "ours", version: 1, techniques: 2, unknown: ["T9999"] });
  expect(JSON.parse((await ask("POST", "/weights/import?name=ours&fileName=w.csv", "technique,weight\nT1059,much\n")).text)).toMatchObject({ status: 400, file: "w.csv", line: 2, field: "weight" });
  expect(JSON.parse((await ask("POST", "/weights/import?name=ours", { technique: "T1059" })).text)).toMatchObject({ status: 415, field: "content-type", remedy: "Send it as text/csv." });
});

test("a layer that comes back is all agreement, and one of somebody else shows where it says more than is proven", async () => {
  const ours = (await fits("exportLayer", "/assessments/latest/layer")).text;
  const again = await importLayer(t.ctx, { fileName: "ours.json", content: Buffer.from(ours) });
  const same = JSON.parse((await fits("compareLayer", `/layers/${again.layer.id}/comparison`)).text);
  expect(same.counts["only-theirs"] + same.counts["only-ours"] + same.counts["unknown-here"]).toBe(0);
  const bold = { name: "bold", domain: "enterprise-attack", versions: { layer: "4.5" }, techniques: [{ techniqueID: "T1059.001", score: 5 }, { techniqueID: "T9999", score: 1 }] };
  const theirs = JSON.parse((await fits("importLayer", "/layers", { fileName: "bold.json", layer: { ...bold, techniques: [...bold.techniques, { techniqueID: "1059" }] } })).text);
  expect(theirs).toMatchObject({ again: false, layer: { marked: 2, refused: 1 }, refusals: [{ position: 2, field: "techniqueID" }] });
  expect(JSON.parse((await fits("compareLayer", `/layers/${theirs.layer.id}/comparison?segment=Servers`)).text)).toMatchObject({ segment: "Servers", counts: { "only-theirs": 1, "unknown-here": 1, both: 0 } });
  expect((await importLayer(t.ctx, { fileName: "ours again.json", content: Buffer.from(ours) })).again).toBe(true);
  expect(JSON.parse((await ask("POST", "/layers", { fileName: "old.json", layer: { ...bold, versions: { layer: "3.0" } } })).text)).toMatchObject({ code: "UNSUPPORTED", file: "old.json", field: "versions.layer" });
  await fits("removeLayer", `/layers/${theirs.layer.id}`);
  expect((await ask("GET", `/layers/${theirs.layer.id}/comparison`)).status).toBe(404);
});

test("the pages of gaps put together are the backlog", async () => {
  const all = JSON.parse((await ask("GET", "/gaps")).text);
  const found: string[] = [];
  for (let next: string | null = ""; next !== null; ) {
    const page: { items: { id: string }[]; next: string | null } = JSON.parse((await ask("GET", `/gaps?limit=50${next === "" ? "" : `&after=${next}`}`)).text);
    found.push(...page.items.map(({ id }) => id));
    next = page.next;
  }
  expect(all.next).toBeNull();
  expect(found).toEqual(all.items.map(({ id }: { id: string }) => id));
  expect((await ask("GET", "/gaps?after=G-99999")).status).toBe(404);
});

test("the pages of cells put together are all cells, each once", async () => {
  const keys: string[] = [];
  for (let next: string | null = ""; next !== null; ) {
    const page: { items: { analytic: string; segment: string }[]; next: string | null } = JSON.parse((await ask("GET", `/assessments/latest/cells?limit=500${next === "" ? "" : `&after=${next}`}`)).text);
    keys.push(...page.items.map(({ analytic, segment }) => `${analytic} ${segment}`));
    next = page.next;
  }
  const lines = (await ask("GET", "/assessments/latest/cells.ndjson")).text.trim().split("\n").map((line) => JSON.parse(line));
  expect(keys).toEqual(lines.map(({ analytic, segment }) => `${analytic} ${segment}`));
  expect(new Set(keys).size).toBe(keys.length);
});

test.each([
  ["GET", "/assessments/999", 404],
  ["GET", "/assessments/yesterday", 400],
  ["GET", "/assessments/latest/cells?segment=Nowhere", 404],
  ["GET", "/assessments/latest/cells?after=AN9999", 404],
  ["GET", "/catalog/objects/AN9999", 404],
  ["GET", "/catalog/diff?a=1&b=2", 404],
  ["GET", "/rules/check", 404],
  ["GET", "/catalog/effect?release=18.1", 404],
  ["GET", "/gaps/none", 404],
  ["POST", "/alerts/quiet", 400],
  ["GET", "/plan?budget=-1", 400],
  ["POST", "/gate", 400],
  ["PATCH", "/policy", 400],
])("%s %s is refused with %i and problem details", async (method, address, status) => {
  const answer = await ask(method, address, method === "GET" ? undefined : {});
  expect(answer.status).toBe(status);
  expect(problemSchema.parse(JSON.parse(answer.text)).status).toBe(status);
});

test("what is told later of the past is judged by no gate, and is neither better nor worse than what came after it", async () => {
  const { assessment } = JSON.parse((await ask("POST", "/gate", { minObserved: 0 })).text).checks[0].says.match(/assessment (?<assessment>\d+)/).groups;
  const told = await runJobInline(t.ctx, await prepareAssessment(t.ctx, { at: "2026-09-01T00:00:00Z" }));
  expect(told).toMatchObject({ runLater: true });
  const gate = JSON.parse((await ask("POST", "/gate", { minObserved: 0, noRegression: true })).text);
  expect(gate.checks.map(({ says }: { says: string }) => says)).toEqual([expect.stringContaining(`assessment ${assessment},`), expect.stringMatching(new RegExp(`^Assessment ${assessment} against `))]);
  const view = await getOverviewView(t.ctx, { assessment: null, segment: null });
  expect(view).toMatchObject({ changes: null, observed: { delta: null } });
});

test("every endpoint is asked by a test of this file", () => {
  const elsewhere = ["getFrontier", "setCurrentRelease", "setWeightProfile", "diffCatalog", "getReleaseEffect", "listRuleChecks"]; // refused above; what they answer needs a second release and a check
  const asked = [...READINGS.map(([id]) => id), "startAssessment", "getJob", "cancelJob", "addExclusion", "setPolicy", "runGate", "compareLayer", "importLayer", "removeLayer", "addChannel", "testChannel", "setChannel", "listChannels", "removeChannel", "setCost", "saveScenario", "removeScenario", "traceFrontier", "chooseWeightProfile", "withdrawExclusion", "setTarget", "previewPolicy", "getGap", "setGap", "commentGap", "getGapHistory", "setGaps", "quietAlerts", "getAlert", "resendDelivery", "projectChoices", "compareScenarios", "importCosts", "importWeightProfile", ...elsewhere];
  expect(ENDPOINTS.map(({ id }) => id).filter((id) => !asked.includes(id))).toEqual([]);
});
