import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestDatabase, type TestDatabase } from "@/lib/db/testing/test-database";
import { readCorpus } from "@/lib/detection/testing/corpus";
import { listRuleLinks, listRules, listRulesOfAnalytic } from "@/lib/detection/rules/store";
import type { OperationContext } from "./context";
import { keepRuleFiles } from "./keep-rule-files";
import { keepUpload } from "./keep-upload";
import { loadStarterCatalog } from "./load-starter-catalog";
import { prepareRulesImport, type RulesImportRequest } from "./prepare-rules-import";
import { ruleImportOutcomeSchema, type RuleImportOutcome } from "./rules/import-outcome";
import { runJobInline } from "./run-job-inline";

let database: TestDatabase;
let ctx: OperationContext;
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

describe.skipIf(readCorpus() === null)("the public rules", () => {
  test("all of them go in at once, and propose links on their own platform only", async () => {
    const corpus = readCorpus() ?? [];
    const started = performance.now();
    const outcome = await importTexts(Object.fromEntries(corpus.map(({ file, text }) => [file, text])), { source: null }, "sigmahq-rules-8eaafff");
    console.log(`imported in ${Math.round(performance.now() - started)} ms: ${JSON.stringify({ ...outcome.counts, ...outcome.links, unmapped: outcome.unmapped.length, warnings: outcome.warnings.length })}`);
    expect(outcome).toMatchObject({ source: "sigmahq-rules", counts: { new: 3141, refused: 0 } });
    expect(outcome.links.proposed).toBeGreaterThan(1000);
    void keepUpload; void listRuleLinks; void listRulesOfAnalytic;
  });
});
