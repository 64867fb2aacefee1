import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestDatabase, type TestDatabase } from "@/lib/db/testing/test-database";
import { listCheckRuns, listFoundByRule } from "@/lib/detection/check/store";
import { listRules } from "@/lib/detection/rules/store";
import { insertSegment } from "@/lib/inventory/store";
import { SightlineError } from "@/lib/shared/errors";
import type { OperationContext } from "./context";
import { importSiem } from "./import-siem";
import { keepRuleFiles } from "./keep-rule-files";
import { keepUpload, type KeptUpload } from "./keep-upload";
import { listRuleChecks, ruleCheckRowSchema } from "./list-rule-checks";
import { linkSiemRule } from "./link-siem-rule";
import { listSiem, siemRowSchema } from "./list-siem";
import { prepareEventsImport } from "./prepare-events-import";
import { prepareRuleCheck } from "./prepare-rule-check";
import { prepareRulesImport } from "./prepare-rules-import";
import { previewSiem, siemImportSchema } from "./preview-siem";
import { runGate } from "./run-gate";
import { runJobInline } from "./run-job-inline";
import { ruleCheckOutcomeSchema } from "./run-rule-check";

let database: TestDatabase;
let ctx: OperationContext;
let now = new Date("2026-03-10T12:00:00Z");

const text = async function* (content: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(content);
};
const upload = (content: string, name: string): Promise<KeptUpload> => keepUpload(ctx, text(content), name);
const rule = (n: number, title: string, detection: string, logsource = "product: windows, category: process_creation"): string => `title: ${title}\nid: 00000000-0000-4000-8000-00000000000${n}\nauthor: Somebody\nlogsource: {${logsource}}\ndetection:\n  s: {${detection}}\n  condition: s\n`;
const sysmon = (n: number, host: string): string => JSON.stringify({ EventID: 1, Channel: "Microsoft-Windows-Sysmon/Operational", Hostname: host, UtcTime: `2026-03-01 00:0${n % 10}:00.000`, Image: "C:\\a.exe", CommandLine: "-", ProcessId: n });

async function importRules(files: Readonly<Record<string, string>>): Promise<void> {
  const archive = await keepRuleFiles(ctx, Object.entries(files).map(([path, content]) => ({ path, open: () => text(content) })), "ours.zip");
  await runJobInline(ctx, await prepareRulesImport(ctx, [archive], { source: "ours" }));
}

async function importEvents(content: string, name: string, options = {}): Promise<void> {
  await runJobInline(ctx, await prepareEventsImport(ctx, await upload(content, name), { segment: "EU", options }));
}

async function check(day: string) {
  now = new Date(day);
  return ruleCheckOutcomeSchema.parse(await runJobInline(ctx, prepareRuleCheck(ctx)));
}

const RULES = {
  "a.yml": rule(1, "Image", "Image|endswith: a.exe"),
  "b.yml": rule(2, "Command line", "CommandLine|contains: x"),
  "c.yml": rule(3, "Account", "EventID: 4720", "product: windows, service: security"),
  "d.yml": rule(4, "Mac", "Image: a", "product: macos, category: process_creation"),
  "e.yml": rule(5, "Broken", "Image|nonsense: a"),
  "f.yml": rule(6, "Admins", 'User|expand: "%admins%"'),
};

beforeAll(async () => {
  database = await startTestDatabase(() => now);
  ctx = database.ctx;
  const segment = { platforms: [{ name: "Windows", hosts: null }], assets: 10, criticality: 4, owner: "", tags: [], timeZone: null, target: null };
  await insertSegment(ctx.db, { ...segment, name: "EU" }, { at: now });
  await insertSegment(ctx.db, { ...segment, name: "US" }, { at: now });
  await importRules(RULES);
  await importEvents([1, 2, 3].map((n) => sysmon(n, `ws-${n}`)).join("\n"), "events.json");
  await importEvents(JSON.stringify({ EventID: 4720, Channel: "Security", Hostname: "lab-1", TimeCreated: "2026-03-01T00:00:00Z" }), "lab.json", { origin: "lab" });
});
afterAll(() => database.stop());

const refusal = async (work: Promise<unknown>): Promise<SightlineError> => {
  const error: unknown = await work.then(() => null, (e: unknown) => e);
  if (!(error instanceof SightlineError)) throw new Error(`refused with ${String(error)}`);
  return error;
};

describe("whether rules can fire", () => {
  test("before anybody checked, the answer is what to do", async () => {
    expect((await refusal(listRuleChecks(ctx))).sentence()).toContain("sightline rules check");
    expect((await refusal(runGate(ctx, { rules: true }))).code).toBe("NOT_FOUND");
  });

  test("every rule in every segment has a state, its hosts of a population, and why; lab records prove nothing", async () => {
    const outcome = await check("2026-03-10T12:00:00Z");
    expect(outcome).toMatchObject({ rules: 6, segments: 2, counts: { "can-fire": 1, "field-empty": 1, refused: 4 } });
    const rows = ruleCheckRowSchema.array().parse(await listRuleChecks(ctx));
    expect(rows.map(({ title, segment, state, field, hosts, of }) => [title, segment, state, field, hosts, of])).toEqual([
      ["Image", "EU", "can-fire", null, 3, 10], ["Image", "US", "no-source", null, 0, 10],
      ["Command line", "EU", "field-empty", "CommandLine", 0, 10], ["Command line", "US", "no-source", null, 0, 10],
      ["Account", "EU", "no-source", null, 0, 10], ["Account", "US", "no-source", null, 0, 10],
      ["Mac", "EU", "no-source", null, 0, 0], ["Mac", "US", "no-source", null, 0, 0],
      ["Broken", "EU", "refused", null, 0, 10], ["Broken", "US", "refused", null, 0, 10],
      ["Admins", "EU", "refused", null, 0, 10], ["Admins", "US", "refused", null, 0, 10],
    ]);
    expect(rows.filter(({ segment }) => segment === "EU").map(({ why }) => why)).toMatchObject([expect.stringContaining("3 of 10 hosts"), expect.stringContaining("never filled"), expect.stringContaining("windows-security"), expect.stringContaining("no hosts"), expect.stringContaining("nonsense"), expect.stringContaining("%admins% has no value in EU")]);
    expect((await listRuleChecks(ctx, { segment: " eu " })).every(({ segment }) => segment === "EU")).toBe(true);
    expect((await refusal(listRuleChecks(ctx, { segment: "nowhere" }))).code).toBe("NOT_FOUND");
    expect(await ctx.db.ruleCheck.count()).toBe(6);
  });

  test("a rule that changed since has no answer until the next run, and a run that failed leaves nothing", async () => {
    now = new Date("2026-03-11T12:00:00Z");
    await importRules({ ...RULES, "a.yml": rule(1, "Image", "Image|endswith: a.exe, Shell: b") });
    expect((await listRuleChecks(ctx)).some(({ title }) => title === "Image")).toBe(false);
    const stop = new AbortController();
    await expect(runJobInline(ctx, prepareRuleCheck(ctx), { signal: stop.signal, onProgress: (done) => void (done >= 90 && stop.abort()) })).rejects.toThrow();
    expect((await listCheckRuns(ctx.db, 10)).length).toBe(await ctx.db.ruleCheckRun.count());
  });

  test("the gate stops for what became silent, by name and reason, and passes when it can fire again", async () => {
    await check("2026-03-11T13:00:00Z");
    expect(await runGate(ctx, { rules: true })).toMatchObject({ passed: false, checks: [{ check: "rules", reasons: [expect.stringMatching(/^Image became silent in EU \(field-unmapped\): Shell /)] }] });
    expect(await runGate(ctx, { rules: true, segment: "US" })).toMatchObject({ passed: true });
    now = new Date("2026-03-11T14:00:00Z");
    await importRules(RULES);
    await check("2026-03-11T15:00:00Z");
    expect(await runGate(ctx, { rules: true })).toMatchObject({ passed: true });
    await check("2026-04-15T00:00:00Z");
    expect(await runGate(ctx, { rules: true })).toMatchObject({ passed: false, checks: [{ reasons: [expect.stringContaining("(stale)")] }] });
    expect((await listRuleChecks(ctx)).find(({ state }) => state === "can-fire")).toMatchObject({ stale: true });
    const [run] = await listCheckRuns(ctx.db, 1);
    const found = run === undefined ? [] : [...(await listFoundByRule(ctx.db, run, run.segments.map(({ id }) => id))).values()];
    expect(found.filter(({ states }) => states.includes("stale")).length).toBeGreaterThan(0);
    expect(found.some(({ states }) => states.includes("can-fire"))).toBe(false);
    await check("2026-04-16T00:00:00Z");
    await check("2026-04-17T00:00:00Z");
    expect([await ctx.db.ruleCheckRun.count(), (await ctx.db.ruleCheck.groupBy({ by: ["runId"] })).length]).toEqual([6, 5]);
  });

  test("the gate asks for something that can be judged", async () => {
    expect((await refusal(runGate(ctx, {}))).code).toBe("INVALID");
    expect((await refusal(runGate(ctx, { minObserved: 60 }))).place.field).toBe("min-observed");
    expect((await refusal(runGate(ctx, { noRegression: true }))).sentence()).toContain("assess");
  });
});

describe("what a SIEM runs", () => {
  const list = (rows: string): Promise<KeptUpload> => upload(`name,enabled,schedule,last_run,query\n${rows}`, "rules.csv");

  test("a preview writes nothing; importing matches by Sigma id, then by title, and again changes nothing", async () => {
    const uploads = [await list("Whatever,true,5m,2026-03-09T00:00:00Z,x # 00000000-0000-4000-8000-000000000001\nMac,false,,,\nTheirs,true,,,\nBad,perhaps,,,\n")];
    const preview = siemImportSchema.parse(await previewSiem(ctx, { system: "Splunk  EU", uploads }));
    expect(preview).toMatchObject({ system: "Splunk EU", importId: null, rules: { new: 3, changed: 0, removed: 0, matched: 2 }, files: [{ refused: [{ line: 5, field: "enabled" }] }] });
    expect(await ctx.db.siemRule.count()).toBe(0);
    expect((await refusal(importSiem(ctx, { system: "Splunk EU", uploads, expect: "another" }))).code).toBe("CONFLICT");
    expect(await importSiem(ctx, { system: "Splunk EU", uploads, expect: preview.digest })).toMatchObject({ rules: { new: 3 } });
    expect(await importSiem(ctx, { system: "splunk eu", uploads })).toMatchObject({ system: "Splunk EU", importId: null, rules: { new: 0, same: 3 } });
    const ours = new Map((await listRules(ctx.db)).map(({ id, title }) => [title, id]));
    expect(siemRowSchema.array().parse(await listSiem(ctx)).map(({ name, rule: id, matchedBy, enabled, lastRun }) => [name, id, matchedBy, enabled, lastRun])).toEqual([["Mac", ours.get("Mac"), "title", false, null], ["Theirs", null, "", true, null], ["Whatever", ours.get("Image"), "sigma-id", true, "2026-03-09T00:00:00.000Z"]]);
  });

  test("alerts stand once each, move the last alert on, and leave the list alone", async () => {
    const uploads = [await upload("rule,host,time\nWhatever,ws-1.example.test,2026-03-09T10:00:00Z\nWhatever,ws-1,2026-03-09T10:00:00Z\nElse,ws-1,2026-03-09T10:00:00Z\n", "alerts.csv")];
    expect(await importSiem(ctx, { system: "Splunk EU", uploads })).toMatchObject({ rules: { changed: 1, same: 2, removed: 0 }, alerts: { read: 2, new: 2 }, unlisted: ["Else"] });
    expect(await importSiem(ctx, { system: "Splunk EU", uploads })).toMatchObject({ importId: null, alerts: { new: 0 } });
    expect((await listSiem(ctx)).find(({ name }) => name === "Whatever")).toMatchObject({ lastAlert: "2026-03-09T10:00:00.000Z", alerts: 1 });
  });

  test("rules that are imported later are found among the listed ones, and their alerts follow", async () => {
    await importRules({ ...RULES, "g.yml": rule(7, "Theirs", "Image: b"), "h.yml": rule(8, "Else", "Image: c") });
    expect((await listSiem(ctx)).find(({ name }) => name === "Theirs")).toMatchObject({ title: "Theirs", matchedBy: "title" });
    await importRules(RULES);
    expect((await listSiem(ctx)).find(({ name }) => name === "Theirs")).toMatchObject({ rule: null, matchedBy: "" });
  });

  test("an engineer says by hand which rule of ours a listed one is: later lists and imports keep it, alerts follow, and it can be undone", async () => {
    const ours = new Map((await listRules(ctx.db)).map(({ id, title }) => [title, id]));
    const row = async () => (await listSiem(ctx)).find(({ name }) => name === "Theirs");
    const raised = await upload("rule,host,time\nTheirs,ws-1,2026-03-09T11:00:00Z\n", "more.csv");
    await importSiem(ctx, { system: "Splunk EU", uploads: [raised] });
    expect(await linkSiemRule(ctx, { system: "splunk eu", listed: "theirs", rule: "Image" })).toEqual({ system: "Splunk EU", name: "Theirs", rule: ours.get("Image"), matchedBy: "hand" });
    expect(await ctx.db.siemAlert.count({ where: { ruleName: "Theirs", ruleId: ours.get("Image") ?? "" } })).toBe(1);
    await importSiem(ctx, { system: "Splunk EU", uploads: [await list("Whatever,true,5m,2026-03-09T00:00:00Z,x # 00000000-0000-4000-8000-000000000001\nMac,false,,,\nTheirs,false,,,\n")] });
    expect(await row()).toMatchObject({ title: "Image", matchedBy: "hand", enabled: false, alerts: 2 });
    expect((await refusal(linkSiemRule(ctx, { system: null, listed: "Mac", rule: null }))).code).toBe("CONFLICT");
    expect((await refusal(linkSiemRule(ctx, { system: null, listed: "Nobody's", rule: "Image" }))).place.field).toBe("listed");
    expect((await refusal(linkSiemRule(ctx, { system: null, listed: "Theirs", rule: "Nobody's" }))).code).toBe("NOT_FOUND");
    expect(await linkSiemRule(ctx, { system: null, listed: "Theirs", rule: null })).toMatchObject({ rule: null, matchedBy: "" });
    expect(await ctx.db.siemAlert.count({ where: { ruleName: "Theirs", ruleId: null } })).toBe(1);
  });

  test("a rule that is deployed and does not run stops the gate; one that is no longer listed is gone", async () => {
    expect(await runGate(ctx, { rules: true })).toMatchObject({ passed: false, checks: [{ reasons: [expect.stringContaining("Mac is deployed in Splunk EU")] }] });
    expect(await importSiem(ctx, { system: "Splunk EU", uploads: [await list("Whatever,true,5m,,x # 00000000-0000-4000-8000-000000000001\n")] })).toMatchObject({ rules: { removed: 2, same: 1 } });
    expect(await runGate(ctx, { rules: true })).toMatchObject({ passed: true });
  });

  test("a file of which nothing is understood is refused whole", async () => {
    expect((await refusal(importSiem(ctx, { system: "s", uploads: [await list("A,perhaps,,,\n")] }))).place).toMatchObject({ file: "rules.csv", line: 2 });
    expect((await refusal(previewSiem(ctx, { system: " ", uploads: [await list("A,true,,,\n")] }))).place.field).toBe("system");
  });
});
