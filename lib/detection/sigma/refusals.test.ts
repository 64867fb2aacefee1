import { describe, expect, test } from "vitest";
import { matchesEvent, readRule, refusalOf, ruleOf } from "../testing/ask-rule";
import { readRuleTexts } from "../rules/read-rule-texts";
import { parseRuleFile } from "./parse-rule-file";
import { MODIFIERS } from "./parse-modifiers";

const line = (text: string): string => `selection:\n  ${text}\ncondition: selection`;

describe("what cannot be honoured is refused with its place and a remedy", () => {
  test.each([
    [line("F|cotains: a"), 'The modifier "cotains" in "F|cotains" is unknown.', 6, 5],
    [line("F|contains|contains: a"), "given twice", 6, 5],
    [line("F|contains|startswith: a"), "contains and startswith at once", 6, 5],
    [line("F|re|cidr: a"), "two modifiers that each decide how to compare", 6, 5],
    [line("F|i: a"), 'stands without "re" before it', 6, 5],
    [line("F|hour|day: 1"), "two parts of a date", 6, 5],
    [line("F|re|contains: a"), "both re and contains", 6, 5],
    [line("F|lt|contains: 1"), "by order and by contains", 6, 5],
    [line("F|base64|re: a"), "not compared as text", 6, 5],
    [line("F|cidr|cased: 10.0.0.0/8"), "cased without a comparison of text", 6, 5],
    [line("F|hour|contains: 1"), "part of a date as something else", 6, 5],
    [line("'|exists': true"), "asks for a field but names none", 6, 5],
    [line("'|lt': 1"), "asks for a field but names none", 6, 5],
    [line("F|exists: maybe"), "exists takes true or false", 6, 5],
    [line("F|lt: many"), "is not a number", 6, 5],
    [line("F|minute: x"), "is not a number", 6, 5],
    [line("F|cidr: 10.0.0/8"), "is not a range of addresses", 6, 5],
    [line("F|cidr: '10.0.0.0/99'"), "is not a range of addresses", 6, 5],
    [line("F|re: 'a(?=b)'"), "outside the linear-time syntax", 6, 5],
    [line("F|re: '(a)\\1'"), "outside the linear-time syntax", 6, 5],
    [line("F|re: '('"), "outside the linear-time syntax", 6, 5],
    [line("F|fieldref: 7"), "fieldref takes the name of another field", 6, 5],
    [line("F|base64: 'a*b'"), "wildcard cannot be encoded", 6, 5],
    [line("F|wide|base64: 'ä'"), "letters beyond ASCII", 6, 5],
    [line("F|contains: null"), "cannot be compared as text", 6, 5],
    [line("F: [a, null]"), "null stands in a list", 6, 5],
    [line("F: []"), "is empty", 6, 5],
    [line("F: {a: 1}"), "A value is a list or a map", 6, 5],
    [line("F|expand: '%none%'"), "The placeholder %none% has no value.", 6, 5],
    ["selection: {}\ncondition: selection", "The map is empty.", 5, 3],
    ["selection: []\ncondition: selection", "The list is empty.", 5, 3],
    ["selection:\ncondition: selection", "The selection is empty.", 5, 3],
    ["condition: selection", "There is no selection.", 4, 1],
    ["selection:\n  F: a", "There is no condition.", 4, 1],
    ["selection:\n  F: a\ncondition: []", "The list of conditions is empty.", 7, 3],
    ["selection:\n  F: a\ncondition: other", 'names "other", and no selection has this name. (column 1', 7, 3],
    ["selection:\n  F: a\ncondition: (selection", "A bracket is not closed. (column 11", 7, 3],
    ["selection:\n  F: a\ncondition: selection )", "stands where nothing belongs. (column 11", 7, 3],
    ["selection:\n  F: a\ncondition: selection and", "ends where a selection belongs", 7, 3],
    ["selection:\n  F: a\ncondition: or selection", "stands where a selection belongs. (column 1", 7, 3],
    ["selection:\n  F: a\ncondition: 2 of selection*", 'only "1 of" and "all of" exist', 7, 3],
    ["selection:\n  F: a\ncondition: 1 of filter*", 'No selection has a name like "filter*".', 7, 3],
    ["selection:\n  F: a\ncondition: '1 of'", 'stands without a pattern', 7, 3],
    ["selection:\n  F: a\ncondition: ''", "The condition is empty.", 7, 3],
    ["selection:\n  F: a\ncondition: selection | count() by x > 5", "old aggregation syntax", 7, 3],
    ["selection:\n  F: a\ncondition: selection near selection", "old aggregation syntax", 7, 3],
    ["selection:\n  F: a\ntimeframe: 5m\ncondition: selection", "timeframe belongs to the old aggregation syntax", 7, 3],
  ])("%j", (detection, message, atLine, column) => {
    const fault = refusalOf(detection);
    expect({ line: fault.line, column: fault.column }).toEqual({ line: atLine, column });
    expect(fault.message).toContain(message);
    expect(fault.remedy.length).toBeGreaterThan(5);
    expect(fault.title).toBe("R");
  });

  test.each([
    ["type: odd\n  rules: [r]\n  timespan: 5m", 'The correlation type "odd" is unknown.', 3, 3],
    ["type: event_count\n  rules: [r]\n  timespan: 5m\n  window: 3\n  condition: {gte: 1}", '"window" is no key of a correlation.', 6, 3],
    ["type: temporal\n  rules: []\n  timespan: 5m", "refers to no rule", 4, 3],
    ["type: temporal\n  rules: [7]\n  timespan: 5m", "Only names belong here.", 4, 3],
    ["type: temporal\n  rules: [r]", "The correlation has no timespan.", 2, 1],
    ...["5", "0s", "-5m", "5 minutes", "5w", "1e3s"].map((timespan): [string, string, number, number] => [`type: temporal\n  rules: [r]\n  timespan: "${timespan}"`, `The timespan "${timespan}" is none.`, 5, 3]),
    ["type: event_count\n  rules: [r]\n  timespan: 5m", "event_count needs a condition.", 2, 1],
    ["type: event_count\n  rules: [r]\n  timespan: 5m\n  condition: {}", "The condition has no threshold.", 6, 3],
    ["type: event_count\n  rules: [r]\n  timespan: 5m\n  condition:\n    ge: 1", '"ge" is no comparison.', 7, 5],
    ["type: event_count\n  rules: [r]\n  timespan: 5m\n  condition:\n    gte: many", '"many" is no number.', 7, 5],
    ["type: value_count\n  rules: [r]\n  timespan: 5m\n  condition: {gte: 1}", "value_count needs a field.", 6, 3],
    ["type: value_sum\n  rules: [r]\n  timespan: 5m\n  condition:\n    field: [A, B]\n    gte: 1", "value_sum works on one field.", 7, 5],
    ["type: value_percentile\n  rules: [r]\n  timespan: 5m\n  condition:\n    field: A\n    percentile: 101\n    gte: 1", "percentile from 0 to 100", 8, 5],
    ["type: temporal\n  rules: [r]\n  timespan: 5m\n  aliases: [a]", "The aliases are no map.", 6, 3],
  ])("a correlation that cannot be honoured: %j", (body, message, atLine, column) => {
    const { documents, refused } = parseRuleFile("r.yml", `title: C\ncorrelation:\n  ${body}\n`);
    expect(documents).toEqual([]);
    expect(refused).toMatchObject([{ title: "C", line: atLine, message: expect.stringContaining(message) }]);
    expect([refused[0]?.column, (refused[0]?.remedy.length ?? 0) > 5]).toEqual([column, true]);
  });

  test("a fault inside a list is shown at its entry", () => {
    expect(refusalOf("selection:\n  - F: a\n  - G|odd: b\ncondition: selection")).toMatchObject({ line: 7, column: 7 });
    expect(refusalOf("selection:\n  F|re:\n    - ok\n    - '(?<!a)b'\ncondition: selection")).toMatchObject({ line: 8, column: 9 });
  });

  test("rules without title, logsource or detection, and files that are none", () => {
    const messages = (text: string) => parseRuleFile("r.yml", text).refused.map(({ message, line: at }) => `${at} ${message}`);
    expect(messages("logsource:\n  product: x\n")).toEqual(["1 The rule has no title."]);
    expect(messages("title: T\n")).toEqual(["1 The rule has no logsource."]);
    expect(messages("title: T\nlogsource: {}\n")).toEqual(["2 The logsource names no product, category or service."]);
    expect(messages("title: T\nlogsource:\n  product: x\n")).toEqual(["1 There is no detection."]);
    expect(messages("- a\n- b\n")).toEqual(["1 The document is no map."]);
    expect(messages("title: [\n")[0]).toMatch(/^\d+ This is not YAML/);
    expect(messages("a: 1\na: 2\n")[0]).toMatch(/^2 This is not YAML: duplicated mapping key/);
    expect(["", "# later\n", "---\n"].map((text) => messages(text))).toEqual(Array(3).fill(["null The file is empty: it holds no rule."]));
  });

  test("one bad document of a file does not take the others with it", () => {
    const good = "title: G\nlogsource:\n  product: x\ndetection:\n  s: [a]\n  condition: s\n";
    const { documents, refused } = parseRuleFile("r.yml", [good, "title: B\n", good].join("---\n"));
    expect([documents.map(({ document }) => document), refused.map(({ document, line: at }) => [document, at])]).toEqual([[0, 2], [[1, 8]]]);
  });

  test("collections of Sigma 1 are read: global parts are merged into what follows, but for id and name", () => {
    const { documents, refused } = parseRuleFile("r.yml", "action: global\ntitle: T\nid: one\ndetection:\n  condition: s\n---\nlogsource:\n  product: x\ndetection:\n  s: [a]\n---\nid: two\nlogsource:\n  product: y\ndetection:\n  s: [b]\n");
    expect([refused, documents.map(({ meta, document }) => [meta.title, meta.id, document])]).toEqual([[], [["T", null, 1], ["T", "two", 2]]]);
  });

  test("every modifier that the remedy names is known", () => {
    for (const modifier of MODIFIERS) {
      const values: Record<string, unknown> = { exists: true, cidr: "10.0.0.0/8", i: "a", m: "a", s: "a" };
      const key = ["i", "m", "s", "ignorecase", "multiline", "dotall"].includes(modifier) ? `F|re|${modifier}` : `F|${modifier}`;
      const numeric = /^(lt|lte|gt|gte|minute|hour|day|week|month|year)$/.test(modifier);
      const found = readRule(line(`${key}: ${JSON.stringify(numeric ? 1 : (values[modifier] ?? "a"))}`));
      expect("message" in found ? found.message : "", modifier).toBe("");
    }
  });
});

describe("hostile files end soon and are refused by name", () => {
  test("aliases of aliases", () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x,x]\n${"bcdefghij".split("").map((name, i) => `${name}: &${name} [${`*${"abcdefghi"[i]},`.repeat(9)}*${"abcdefghi"[i]}]`).join("\n")}\n`;
    const { documents, refused } = parseRuleFile("r.yml", `title: T\nlogsource:\n  product: x\n${bomb}detection:\n  s: *j\n  condition: s\n`);
    expect(documents).toEqual([]);
    expect(refused).toMatchObject([{ message: expect.stringContaining("more than 1000000 values"), line: 5, column: 8 }]);
    const self = "title: T\nlogsource: {product: x}\ndetection: &d\n  s: *d\n  condition: s\n";
    expect(parseRuleFile("r.yml", self).refused).toMatchObject([{ message: "An alias stands inside what it stands for.", line: 4, column: 6 }]);
    expect(readRuleTexts([{ path: "r.yml", text: self }, { path: "s.yml", text: bomb }, { path: "t.yml", text: "title: G\nlogsource: {product: x}\ndetection: {s: &w [whoami], t: *w, condition: s or t}\n" }]).documents.map(({ title, refusal }) => [title, refusal === null])).toEqual([["r.yml", false], ["s.yml", false], ["G", true]]);
  });

  test("nesting", () => {
    expect(parseRuleFile("r.yml", `title: T\nx: ${"[".repeat(100_000)}`).refused).toHaveLength(1);
    expect(parseRuleFile("r.yml", `title: T\nx: ${"{a: ".repeat(5_000)}1${"}".repeat(5_000)}`).refused[0]?.message).toMatch(/depth|nest/i);
    expect(refusalOf(`selection:\n  F: a\ncondition: ${"(".repeat(5_000)}selection${")".repeat(5_000)}`).message).toMatch(/^The condition is nested too deep.{0,260}$/);
    expect(matchesEvent(ruleOf(`selection:\n  F: a\ncondition: ${"not ".repeat(10_001)}selection`), { F: "b" })).toBe(true);
  });

  test("10,000 documents, good or bad", () => {
    const good = parseRuleFile("r.yml", "title: T\nlogsource:\n  product: x\ndetection:\n  s: [a]\n  condition: s\n---\n".repeat(10_000));
    expect([good.documents.length, good.refused.length]).toEqual([10_000, 0]);
    const bad = parseRuleFile("r.yml", "title: T\n---\n".repeat(10_000));
    expect([bad.refused.length, bad.refused.at(-1)?.line]).toEqual([10_000, 19_999]);
  });

  test("a list of 237 KB is taken; more values than any rule has are refused; a file beyond the limit too", () => {
    const values = Array.from({ length: 4_500 }, (_, i) => `    - '*\\value-${String(i).padStart(38, "0")}.sys'`).join("\n");
    const rule = ruleOf(`selection:\n  F:\n${values}\ncondition: selection`);
    expect([matchesEvent(rule, { F: `C:\\value-${"4499".padStart(38, "0")}.sys` }), matchesEvent(rule, { F: "C:\\value-x.sys" })]).toEqual([true, false]);
    expect(refusalOf(`selection:\n  F: [${"a,".repeat(60_000)}a]\ncondition: selection`).message).toContain("more than 50000 values");
    expect(parseRuleFile("r.yml", `title: ${"x".repeat(5_000_000)}`).refused[0]?.message).toContain("a rule file may have");
  });

  test("placeholders that stand for millions of texts", () => {
    const many = Array.from({ length: 1_000 }, (_, i) => String(i));
    expect(refusalOf(line("F|expand: '%a%%b%'"), new Map([["a", many], ["b", many]])).message).toContain("more than 10000 texts");
    const own = Array.from({ length: 60 }, () => "%a%%b%".slice(0, 3)).map((text) => `    - '${text}'`).join("\n");
    expect(refusalOf(`selection:\n  F|expand:\n${own}\ncondition: selection`, new Map([["a", many]])).message).toContain("more than 50000 values");
  });

  test("regular expressions that would grow or run without end", () => {
    expect(refusalOf(line("F|re: '((a{1000}){1000}){1000}'"))).toMatchObject({ message: expect.stringContaining("linear-time syntax"), remedy: "Write fewer repetitions." });
    const many = Array.from({ length: 2_000 }, (_, i) => `    - '(.{0,900}x)${i}'`).join("\n");
    expect(refusalOf(`selection:\n  F|re:\n${many}\ncondition: selection`).message).toContain("more than 100000 steps");
    const rule = ruleOf(line("F|re: '(a+)+$'"));
    expect(matchesEvent(rule, { F: `${"a".repeat(20_000)}!` })).toBe(false);
    const stars = ruleOf(line(`F: '${"*a".repeat(200)}*b'`));
    expect(matchesEvent(stars, { F: "a".repeat(20_000) })).toBe(false);
  });

  test("names of prototypes are names like others", () => {
    const { documents, refused } = parseRuleFile("r.yml", "title: T\nlogsource:\n  product: x\ndetection:\n  __proto__:\n    constructor: a\n  condition: __proto__\n");
    const [rule] = documents;
    expect(refused).toEqual([]);
    if (rule?.kind !== "rule") throw new Error("no rule");
    expect([matchesEvent(rule, { constructor: "a" }), matchesEvent(rule, {})]).toEqual([true, false]);
  });
});
