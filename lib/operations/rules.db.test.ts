import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestDatabase, type TestDatabase } from "@/lib/db/testing/test-database";
import { withTransaction } from "@/lib/db/with-transaction";
import { readCorpus } from "@/lib/detection/testing/corpus";
import { listRules, listRulesOfAnalytic } from "@/lib/detection/rules/store";
import { insertTuning } from "@/lib/detection/tuning/store";
import { addRuleLink } from "./add-rule-link";
import type { OperationContext } from "./context";
import { createSegment } from "./create-segment";
import { decideRuleLinks } from "./decide-rule-links";
import { getAnalyticRules } from "./get-analytic-rules";
import { getRuleQueries } from "./get-rule-queries";
import { importFieldMapping } from "./import-field-mapping";
import { keepRuleFiles } from "./keep-rule-files";
import { listFieldMappings } from "./list-field-mappings";
import { listRuleLinks as listLinks } from "./list-rule-links";
import { loadStarterCatalog } from "./load-starter-catalog";
import { prepareRulesImport, type RulesImportRequest } from "./prepare-rules-import";
import { ruleImportOutcomeSchema, type RuleImportOutcome } from "./rules/import-outcome";
import { readRuleScope } from "./rules/read-rule-scope";
import { readRulesInWorker } from "./rules/read-rules-in-worker";
import { removeRuleSource } from "./remove-rule-source";
import { runJobInline } from "./run-job-inline";
import { verifyAuditChain } from "./verify-audit-chain";
import { withdrawFieldMapping } from "./withdraw-field-mapping";

let database: TestDatabase;
let ctx: OperationContext;
const NO_EFFECT = { truePositivesLost: 0, benignHitsGained: 0, truePositivesGained: 0, benignHitsLost: 0, samplesLost: 0, samples: [], skipped: [], rules: 1, refused: [] };
const NOW = new Date("2026-11-21T12:00:00Z");

beforeAll(async () => {
  database = await startTestDatabase(() => NOW);
  ctx = database.ctx;
  await loadStarterCatalog(ctx);
});
afterAll(() => database.stop());

const bytes = async function* (text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
};
const rule = (title: string, more = "", product = "windows"): string =>
  `title: ${title}\nid: 00000000-0000-4000-8000-${Buffer.from(title).toString("hex").padStart(12, "0").slice(-12)}\nauthor: Somebody\ntags:\n  - attack.t1059.001\nlogsource:\n  product: ${product}\n  category: process_creation\ndetection:\n  selection:\n    Image|endswith: '\\x.exe'\n${more}  condition: selection\n`;

async function importTexts(files: Readonly<Record<string, string>>, request: RulesImportRequest = { source: "ours" }, name = "folder"): Promise<RuleImportOutcome> {
  const upload = await keepRuleFiles(ctx, Object.entries(files).map(([path, text]) => ({ path, open: () => bytes(text) })), `${name}.zip`);
  return ruleImportOutcomeSchema.parse(await runJobInline(ctx, await prepareRulesImport(ctx, [upload], request)));
}

describe("importing rules", () => {
  test("an archive is the whole source: new, changed, same, removed and refused are counted, and rows outlive all of it", async () => {
    const first = await importTexts({ "a.yml": rule("one"), "b.yml": rule("two"), "sub/c.yml": rule("three", "    Image|nonsense: x\n"), LICENSE: "# Terms\nDetection Rule License (DRL) 1.1" });
    expect(first).toMatchObject({ source: "ours", unchanged: false, adds: false, counts: { files: 3, documents: 3, new: 3, changed: 0, same: 0, removed: 0, refused: 1 } });
    expect(first.refusals).toMatchObject([{ file: "sub/c.yml", document: 0, title: "three", line: 12, message: expect.stringContaining("nonsense"), remedy: expect.stringMatching(/./) }]);
    const [one, two, three] = await listRules(ctx.db);
    expect(one).toMatchObject({ title: "one", path: "a.yml", author: "Somebody", license: "Detection Rule License (DRL) 1.1", fields: ["Image"], refusal: null });
    expect(three).toMatchObject({ title: "three", author: "Somebody", refusal: { line: 12 } });

    expect(await importTexts({ "a.yml": rule("one"), "b.yml": rule("two"), "sub/c.yml": rule("three", "    Image|nonsense: x\n"), LICENSE: "# Terms\nDetection Rule License (DRL) 1.1" })).toMatchObject({ unchanged: true, import: first.import });

    const second = await importTexts({ "moved/a.yml": rule("one"), "sub/c.yml": rule("three"), "new.yml": rule("four") });
    expect(second.counts).toEqual({ files: 3, documents: 3, new: 1, changed: 1, same: 1, removed: 1, refused: 0 });
    const after = await listRules(ctx.db, { state: "any" });
    expect(after.map(({ title, state, path }) => [title, state, path]).sort()).toEqual([["four", "active", "new.yml"], ["one", "active", "moved/a.yml"], ["three", "active", "sub/c.yml"], ["two", "removed", "b.yml"]]);
    expect(after.find(({ title }) => title === "one")?.id).toBe(one?.id);
    expect(after.find(({ title }) => title === "three")).toMatchObject({ id: three?.id, refusal: null });
    expect(after.find(({ title }) => title === "two")?.id).toBe(two?.id);
  });
});

describe("links", () => {
  test("are proposed on the rule's own platform, accepted and rejected in bulk with an audit entry, and outlive the next import", async () => {
    const tagged = (title: string, product: string): string => rule(title, "", product).replace("t1059.001", "t1560.002");
    const files = { "w.yml": tagged("win", "windows"), "m.yml": tagged("mac", "macos"), "l.yml": tagged("lin", "linux"), "u.yml": rule("untagged").replace("t1059.001", "t9998") };
    const outcome = await importTexts(files, { source: "linked" });
    expect(outcome).toMatchObject({ links: { proposed: 3, undecided: 3 }, unmapped: [{ tag: "T9998", rules: 1 }] });
    const proposed = await listLinks(ctx, { source: "linked" });
    expect(proposed.map(({ analytic, rule: { title } }) => `${analytic} ${title}`)).toEqual(["AN0747 win", "AN0748 lin", "AN0749 mac"]);

    const links = proposed.map(({ ruleId, analytic }) => ({ ruleId, analytic }));
    await expect(decideRuleLinks(ctx, { state: "rejected", links, reason: " " })).rejects.toMatchObject({ code: "INVALID", place: { field: "reason" } });
    await expect(decideRuleLinks(ctx, { state: "accepted", links: [{ ruleId: links[0]?.ruleId ?? "", analytic: "AN9999" }], reason: "" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(decideRuleLinks({ ...ctx, role: "viewer" }, { state: "accepted", links, reason: "" })).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await decideRuleLinks(ctx, { state: "accepted", links: links.slice(0, 2), reason: "tried" })).toBe(2);
    expect(await decideRuleLinks(ctx, { state: "rejected", links: links.slice(2), reason: "another library" })).toBe(1);
    await addRuleLink(ctx, { rule: "untagged", analytic: "an0747", reason: "by hand" });

    expect(await importTexts({ ...files, "w.yml": `${files["w.yml"]}falsepositives:\n  - none\n` }, { source: "linked" })).toMatchObject({ counts: { changed: 1, same: 3 }, links: { proposed: 0, undecided: 0 } });
    expect((await listLinks(ctx, { source: "linked" })).map(({ analytic, state, reason, decidedBy }) => [analytic, state, reason, decidedBy])).toEqual([
      ["AN0747", "accepted", "by hand", "local:test"],
      ["AN0747", "accepted", "tried", "local:test"],
      ["AN0748", "accepted", "tried", "local:test"],
      ["AN0749", "rejected", "another library", "local:test"],
    ]);
    expect((await listRulesOfAnalytic(ctx.db, "AN0747")).map(({ title }) => title).sort()).toEqual(["untagged", "win"]);
    expect((await getAnalyticRules(ctx, "AN0749")).map(({ title, link, fires }) => [title, link.state, fires])).toEqual([["mac", "rejected", null]]);
    expect((await verifyAuditChain(ctx)).broken).toBeNull();
  });

  test("a rule that its source lost serves nothing, and comes back as it was linked", async () => {
    expect(await removeRuleSource(ctx, "LINKED")).toBe(4);
    expect(await listRulesOfAnalytic(ctx.db, "AN0747")).toEqual([]);
    const again = await importTexts({ "w.yml": rule("win", "", "windows").replace("t1059.001", "t1560.002") }, { source: "linked" });
    expect(again.counts).toMatchObject({ new: 1, removed: 0 });
    expect((await listRulesOfAnalytic(ctx.db, "AN0747")).map(({ title }) => title)).toEqual(["win"]);
  });
});

describe("texts for an evaluation", () => {
  test("hold what correlations refer to and the filters of the source, and nothing else", async () => {
    const correlation = `title: many\nname: many\ncorrelation:\n  type: event_count\n  rules:\n    - ${/id: (\S+)/.exec(rule("base"))?.[1] ?? ""}\n  timespan: 5m\n  group-by:\n    - User\n  condition:\n    gte: 3\n`;
    await importTexts({ "many.yml": correlation, "base.yml": rule("base"), "other.yml": rule("other") }, { source: "scoped" });
    const [many] = await listRules(ctx.db, { text: "many" });
    const scope = await readRuleScope(ctx.db, [many?.id ?? ""]);
    expect(scope.files.map(({ file }) => file)).toEqual(["scoped/base.yml", "scoped/many.yml"]);
    expect(scope.ruleAt("scoped/many.yml", 0)?.id).toBe(many?.id);
    const queries = await getRuleQueries(ctx, (await listRules(ctx.db, { text: "other" }))[0]?.id ?? "");
    expect(queries.queries.find(({ id }) => id === "splunk")?.query).toContain("x.exe");
  });

  test("single files are added to their source; a source of its name in another case is the same", async () => {
    const added = await importTexts({ "third.yml": rule("third") }, { source: "Scoped", adds: true });
    expect(added).toMatchObject({ source: "scoped", adds: true, counts: { documents: 4, new: 1, removed: 0 } });
  });
});

describe("queries of rules with placeholders", () => {
  const asking = rule("asking", "    User|expand: '%admins%'\n");

  test("take the value of the chosen segment and say whose it is; without one the rule is refused by name", async () => {
    await importTexts({ "asking.yml": asking }, { source: "asking" });
    const id = (await listRules(ctx.db, { text: "asking" }))[0]?.id ?? "";
    const none = await getRuleQueries(ctx, id);
    expect(none.values).toMatchObject([{ name: "admins", values: null, from: "none", said: expect.stringContaining("No segment is chosen") }]);
    expect(none.queries.every(({ query, refused }) => query === null && refused?.includes("%admins%"))).toBe(true);

    const segment = await createSegment(ctx, { name: "Desks", platforms: [{ name: "Windows", hosts: 5 }], assets: 5, criticality: 3, owner: "ops", tags: [], timeZone: null, target: null });
    expect((await getRuleQueries(ctx, id, { segment: "desks" })).queries[0]?.refused).toMatch(/^Desks gives no value for %admins%/);
    await withTransaction(ctx.db, (tx) => insertTuning(tx, { segmentId: segment.id, scope: "", name: "admins", state: "set", values: ["root"], unit: "", owner: "Ada", reason: "named accounts", expires: "2026-12-31", effect: NO_EFFECT }, { at: NOW, actor: "test" }));
    const tuned = await getRuleQueries(ctx, "asking", { segment: segment.id });
    expect(tuned).toMatchObject({ segment: { name: "Desks" }, values: [{ name: "admins", values: ["root"], from: "everywhere", said: "Set for every rule in Desks by Ada, version 1, until 2026-12-31." }] });
    expect(tuned.queries.find((one) => one.id === "splunk")?.query).toContain('"root"');
    await expect(getRuleQueries(ctx, id, { segment: "nowhere" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(getRuleQueries(ctx, id, { analytic: "AN0001" })).rejects.toMatchObject({ code: "NOT_FOUND", place: { field: "analytic" } });
  });

  test("ask the columns that imported mappings name, by the rule's own logsource, and the usual ones where that is wished", async () => {
    const pipeline = "transformations:\n  - type: field_name_mapping\n    mapping: {Image: exe_path}\n    rule_conditions: [{type: logsource, product: windows}]\n";
    await importFieldMapping(ctx, { fileName: "names.yml", text: pipeline, reason: "our EDR" });
    const { id = "" } = (await listRules(ctx.db, { text: "three" }))[0] ?? {};
    const splunk = async (names: "imported" | "usual") => (await getRuleQueries(ctx, id, { names })).queries.find((one) => one.id === "splunk");
    expect(await splunk("imported")).toMatchObject({ query: expect.stringContaining("exe_path="), notes: expect.arrayContaining([expect.stringMatching(/^Asks Image as exe_path, as the imported mapping of windows\/\*\/\* says/)]) });
    expect((await splunk("usual"))?.query).toContain("Image=");
    expect((await getRuleQueries(ctx, id)).mappings).toEqual([{ scope: "windows/*/*", version: 1 }]);
    await withdrawFieldMapping(ctx, { scope: "windows/*/*", reason: "only tried" });
    expect((await splunk("imported"))?.query).toContain("Image=");
  });
});

describe("own names of fields", () => {
  test("are versioned by logsource, withdrawn with a reason, and refused as a whole where nothing can be taken over", async () => {
    const pipeline = "transformations:\n  - type: field_name_mapping\n    mapping: {Image: exe}\n    rule_conditions: [{type: logsource, product: windows}]\n  - type: drop_detection_item\n";
    const made = await importFieldMapping(ctx, { fileName: "p.yml", text: pipeline, reason: "our EDR" });
    expect(made).toMatchObject({ written: [{ scope: "windows/*/*", version: 3, fields: 1 }], refused: [{ at: "transformations[1]" }] });
    await expect(importFieldMapping(ctx, { fileName: "q.yml", text: "transformations:\n  - type: drop_detection_item\n", reason: "" })).rejects.toMatchObject({ code: "INVALID", place: { file: "q.yml", field: "transformations[0]" } });
    await expect(withdrawFieldMapping(ctx, { scope: "windows/*/*", reason: "" })).rejects.toMatchObject({ code: "INVALID" });
    expect(await withdrawFieldMapping(ctx, { scope: "windows/*/*", reason: "EDR replaced" })).toBe(4);
    const { inForce, versions } = await listFieldMappings(ctx);
    expect([inForce, versions.map(({ version, state }) => [version, state])]).toEqual([[], [[4, "withdrawn"], [3, "set"], [2, "withdrawn"], [1, "set"]]]);
  });
});

describe("hostile input", () => {
  test("a file that takes too long to read is refused by name, the others are read; many of them refuse the import", async () => {
    const signal = new AbortController().signal;
    const bomb = `a: &a [${"x,".repeat(9)}x]\n${"bcdefgh".split("").map((name, i) => `${name}: &${name} [${`*${"abcdefg"[i] ?? ""},`.repeat(9)}*${"abcdefg"[i] ?? ""}]`).join("\n")}\n${rule("bomb")}`;
    const files = [{ path: "bomb.yml", text: bomb }, { path: "good.yml", text: rule("good") }];
    const { documents } = await readRulesInWorker(files, { signal, onFile: () => {} }, { fileMs: 4000, linkMs: 60_000, memoryMb: 256 });
    expect(documents.find(({ path }) => path === "good.yml")?.refusal).toBeNull();
    expect(documents.find(({ path }) => path === "bomb.yml")?.refusal?.remedy).toMatch(/./);
    await expect(readRulesInWorker([{ path: "good.yml", text: rule("good") }], { signal: AbortSignal.abort(), onFile: () => {} })).rejects.toThrow();
  });
});

describe.skipIf(readCorpus() === null)("the public rules", () => {
  test("all of them go in at once, and propose links on their own platform only", async () => {
    const corpus = readCorpus() ?? [];
    const started = performance.now();
    const outcome = await importTexts(Object.fromEntries(corpus.map(({ file, text }) => [file, text])), { source: null }, "sigmahq-rules-8eaafff");
    console.log(`imported in ${Math.round(performance.now() - started)} ms: ${JSON.stringify({ ...outcome.counts, ...outcome.links, unmapped: outcome.unmapped.length, warnings: outcome.warnings.length })}`);
    expect(outcome).toMatchObject({ source: "sigmahq-rules", counts: { new: 3141, refused: 0 } });
    expect(outcome.links.proposed).toBeGreaterThan(1000);
  });
});
