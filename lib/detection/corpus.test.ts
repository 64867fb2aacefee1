import { beforeAll, describe, expect, test } from "vitest";
import type { ParsedRecord } from "@/lib/events/types";
import { compileRule } from "./evaluate/compile-rule";
import { viewRecord } from "./evaluate/rule-view";
import { buildRuleEngine } from "./index/rule-engine";
import { routeRules } from "./route/route-rules";
import { linkRules, type RuleSet } from "./sigma/link-rules";
import { parseRuleFile } from "./sigma/parse-rule-file";
import { readCorpus, readSampleRecords } from "./testing/corpus";

const corpus = readCorpus();
const there = corpus !== null;
let set: RuleSet = { rules: [], correlations: [], refused: [], warnings: [] };
let records: ParsedRecord[] = [];

beforeAll(() => {
  if (corpus === null) return;
  set = linkRules(corpus.map(({ file, text }) => parseRuleFile(file, text)));
  records = readSampleRecords();
});

describe.skipIf(!there)("the public rules on the sample events", () => {
  test("every rule parses or is refused for a stated reason", () => {
    expect(corpus?.length).toBeGreaterThan(3_000);
    expect(set.rules.length + set.refused.length).toBe(corpus?.length);
    expect(set.refused).toEqual([]); // all of the stored release are within Sigma 2.1
    expect(new Set(set.rules.map(({ meta }) => meta.id)).size).toBe(set.rules.length);
    expect(set.rules.every(({ meta }) => meta.author !== null)).toBe(true);
  });

  test("most rules have a logsource that some record can have; the others are those of products without a format", () => {
    const { unrouted } = routeRules(set.rules, buildRuleEngine(set.rules));
    const products = new Set(unrouted.map((rule) => set.rules[rule]?.logsource.product ?? "-"));
    expect(unrouted.length).toBeLessThan(100);
    for (const served of ["windows", "macos", "linux", "aws", "gcp", "m365", "okta", "github", "kubernetes", "zeek"]) expect([...products]).not.toContain(served);
  });

  test("with routing, the fast path finds exactly what the full scan finds, on every sample event", () => {
    const engine = buildRuleEngine(set.rules);
    const router = routeRules(set.rules, engine);
    const tests = set.rules.map(compileRule);
    let [pairs, matches] = [0, 0];
    const different: string[] = [];
    for (const record of records) {
      const view = viewRecord(record);
      const group = router.groupOf(record, view);
      const found = engine.match(group, view);
      const wanted = group.rules.filter((rule) => tests[rule]?.(view) === true);
      pairs += group.rules.length;
      matches += found.length;
      if (found.join() !== wanted.join()) different.push(`${record.kind.family}:${record.kind.key} #${record.number}: fast ${found.join()}, full ${wanted.join()}`);
    }
    console.log(`corpus: ${records.length} events, ${set.rules.length} rules, ${pairs} routed pairs compared, ${matches} matches`);
    expect(different).toEqual([]);
    expect(records.length).toBeGreaterThan(5_000);
    expect(matches).toBeGreaterThan(100);
  });

  test("without routing too, on a part of the events", () => {
    const engine = buildRuleEngine(set.rules);
    const router = routeRules(set.rules, engine, true);
    const tests = set.rules.map(compileRule);
    const part = records.filter((_, i) => i % 29 === 0);
    let matches = 0;
    for (const record of part) {
      const view = viewRecord(record);
      const found = engine.match(router.groupOf(record, view), view);
      matches += found.length;
      expect(found).toEqual(tests.flatMap((holds, rule) => (holds(view) ? [rule] : [])));
    }
    console.log(`corpus: ${part.length} events, ${part.length * set.rules.length} pairs compared without routing, ${matches} matches`);
    expect(matches).toBeGreaterThan(0);
  });
});
