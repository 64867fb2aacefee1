import { describe, expect, test } from "vitest";
import { compileRule } from "../evaluate/compile-rule";
import { viewRecord } from "../evaluate/rule-view";
import { linkRules, type RuleSet } from "./link-rules";
import { parseRuleFile } from "./parse-rule-file";

const rule = (meta: string, detection: string, logsource = "product: windows"): string => `title: R\n${meta}\nlogsource:\n  ${logsource}\ndetection:\n${detection.replace(/^/gm, "  ")}\n`;
const SELECTION = "selection:\n  Image: a\ncondition: selection";
const correlation = (meta: string, rules: string, more = ""): string => `title: C\n${meta}\ncorrelation:\n  type: temporal\n  rules: ${rules}\n  timespan: 5m\n${more}`;
const filter = (rules: string, body: string, logsource = "product: windows"): string => `title: F\nlogsource:\n  ${logsource}\nfilter:\n  rules: ${rules}\n${body.replace(/^/gm, "  ")}\n`;
const link = (...files: readonly (readonly string[])[]): RuleSet => linkRules(files.map((documents, i) => parseRuleFile(`f${i}.yml`, documents.join("---\n"))));
const matches = (set: RuleSet, index: number, native: Record<string, unknown>): boolean => {
  const found = set.rules[index];
  if (found === undefined) throw new Error("no such rule");
  return compileRule(found)(viewRecord({ kind: { family: "x", key: "y" }, fields: {}, native }));
};

describe("references", () => {
  test("a correlation finds rules by id and by name, before and behind it", () => {
    const set = link([rule("id: one", SELECTION), correlation("name: c", "[one, two]"), rule("name: two", SELECTION)]);
    expect(set.refused).toEqual([]);
    expect(set.correlations[0]?.references).toEqual([{ kind: "rule", index: 0, as: "one" }, { kind: "rule", index: 1, as: "two" }]);
  });

  test("a correlation of correlations stands behind those it refers to, whatever the order in the file", () => {
    const set = link([correlation("name: outer", "[inner]"), correlation("name: inner", "[one]"), rule("name: one", SELECTION)]);
    expect(set.correlations.map(({ meta }) => meta.name)).toEqual(["inner", "outer"]);
    expect(set.correlations[1]?.references).toEqual([{ kind: "correlation", index: 0, as: "inner" }]);
  });

  test("the own file goes before other files; a name that several other files have is refused", () => {
    const one = rule("name: same", SELECTION);
    const set = link([one, correlation("name: near", "[same]")], [one], [correlation("name: far", "[same]")]);
    expect(set.correlations.map(({ references }) => references[0]?.index)).toEqual([0]);
    expect(set.refused).toMatchObject([{ file: "f2.yml", name: "far", message: '"same" stands for several rules of other files.', line: 5 }]);
  });

  test("a reference to nothing, and to a refused rule, is refused with its line, each by its own words", () => {
    const set = link([correlation("name: a", "\n  - nowhere"), rule("name: bad", "selection:\n  Image|odd: a\ncondition: selection"), correlation("name: b", "[bad]")]);
    expect(set.refused.map(({ line, column, message }) => ({ line, column, message }))).toEqual([
      { line: 6, column: 5, message: 'No rule has the id or name "nowhere".' },
      { line: 15, column: 5, message: 'The modifier "odd" in "Image|odd" is unknown.' },
      { line: 22, column: 11, message: 'It refers to "bad", which was refused.' },
    ]);
  });

  test("a circle of correlations is refused, and every member is listed; a correlation of itself too", () => {
    const set = link([correlation("name: a", "[b]"), correlation("name: b", "[c]"), correlation("name: c", "[a]"), correlation("name: d", "[d]")]);
    expect(set.correlations).toEqual([]);
    expect(set.refused.map(({ name }) => name)).toEqual(["a", "b", "c", "d"]);
    expect(set.refused[2]?.message).toContain("refers to itself");
  });

  test("a very long chain is refused by name and does not exhaust the stack", () => {
    const chain = Array.from({ length: 5_000 }, (_, i) => correlation(`name: c${i}`, `[c${i + 1}]`));
    const set = link([...chain, rule("name: c5000", SELECTION)]);
    expect(set.refused.length).toBeGreaterThan(0);
    expect(set.refused.some(({ message }) => message.includes("in a chain"))).toBe(true);
    expect(set.refused.length + set.correlations.length).toBe(5_000);
  });

  test("an id or a name that stands twice in one file is refused; the first stays; in two files both stay", () => {
    const set = link([rule("id: x\nname: n", SELECTION), rule("id: x", SELECTION), rule("name: n", SELECTION)], [rule("id: x", SELECTION)]);
    expect(set.rules).toHaveLength(2);
    expect(set.refused).toMatchObject([{ document: 1, message: "The id x stands twice in this file.", line: 12 }, { document: 2, message: "The name n stands twice in this file." }]);
  });
});

describe("filters", () => {
  const own = "selection:\n  User: svc\ncondition: not selection";

  test("a filter's condition is added to the rule's with AND; equal selection names do not meet", () => {
    const set = link([rule("name: one", SELECTION), filter("[one]", own)]);
    expect(set.rules[0]?.filters).toEqual(["F"]);
    expect([matches(set, 0, { Image: "a", User: "bob" }), matches(set, 0, { Image: "a", User: "svc" }), matches(set, 0, { Image: "b", User: "bob" })]).toEqual([true, false, false]);
  });

  test("two filters with the same names over one rule both hold, and `1 of sel*` of the rule does not see theirs", () => {
    const set = link([rule("name: one", "sel_a:\n  Image: a\nsel_b:\n  Image: b\ncondition: 1 of sel*"), filter("[one]", "sel_x:\n  User: svc\ncondition: not 1 of sel*"), filter("[one]", "sel_x:\n  Host: h\ncondition: not sel_x")]);
    expect([matches(set, 0, { Image: "b", User: "u" }), matches(set, 0, { Image: "b", User: "svc" }), matches(set, 0, { Image: "b", Host: "h" }), matches(set, 0, { Image: "c" })]).toEqual([true, false, false, false]);
    expect(set.rules[0]?.fields).toEqual(["Host", "Image", "User"]);
  });

  test("a filter over several rules reaches each of them; `any` every rule of its logsource in the file", () => {
    const set = link([rule("name: one", SELECTION), rule("name: two", SELECTION), rule("name: mac", SELECTION, "product: macos"), filter("any", own)], [rule("name: far", SELECTION)]);
    expect(set.rules.map(({ filters }) => filters.length)).toEqual([1, 1, 0, 0]);
    const named = link([rule("name: one", SELECTION), rule("name: two", SELECTION), filter("[one, two]", own)]);
    expect(named.rules.map(({ filters }) => filters.length)).toEqual([1, 1]);
  });

  test("a file that holds only filters concerns the rules of all files", () => {
    expect(link([rule("name: one", SELECTION)], [filter("any", own)]).rules[0]?.filters).toEqual(["F"]);
  });

  test("a filter without not gets a warning, and stays what it says: only what matches it", () => {
    const set = link([rule("name: one", SELECTION), filter("[one]", "selection:\n  User: svc\ncondition: selection")]);
    expect(set.warnings).toMatchObject([{ document: 1, message: expect.stringContaining("has no not") }]);
    expect([matches(set, 0, { Image: "a", User: "svc" }), matches(set, 0, { Image: "a", User: "bob" })]).toEqual([true, false]);
  });

  test("a filter of another logsource, of a correlation, or of nothing is refused or said", () => {
    const set = link([rule("name: one", SELECTION), correlation("name: c", "[one]"), filter("[one]", own, "product: linux"), filter("[c]", own), filter("[none]", own), filter("any", own, "product: linux")]);
    expect(set.refused.map(({ message }) => message)).toEqual(['The filter is written for another logsource than the rule "one".', '"c" is no rule, and a filter concerns rules only.', 'No rule has the id or name "none".']);
    expect(set.warnings).toMatchObject([{ document: 5, message: expect.stringContaining("concerns none") }]);
  });
});
