import { expect, test } from "vitest";
import type { ParsedRecord } from "@/lib/events/types";
import { viewRecord } from "../evaluate/rule-view";
import { buildRuleEngine } from "../index/rule-engine";
import { parseRuleFile } from "../sigma/parse-rule-file";
import type { SigmaRule } from "../sigma/rule-types";
import { routeRules } from "./route-rules";
import { mergeLooks, watchFields } from "./watch-fields";

const parse = (product: string, ...fields: readonly string[]): SigmaRule => {
  const [rule] = parseRuleFile("r.yml", `title: R\nlogsource:\n  product: ${product}\n  category: process_creation\ndetection:\n  s:\n${fields.map((field) => `    ${field}: x`).join("\n")}\n  condition: s\n`).documents;
  if (rule?.kind !== "rule") throw new Error("no rule");
  return rule;
};
const exec = (fields: Record<string, string>, native: Record<string, unknown> = {}): ParsedRecord => ({ number: 1, offset: 0, length: 1, time: null, host: null, kind: { family: "macos-esf", key: "exec" }, fields, native });

test("a field that no record of the kind has is unmapped, one that never says anything is empty; answered ones are no gap", () => {
  const rules = [parse("macos", "Image", "OriginalFileName", "Shell"), parse("windows", "Image", "Nothing")];
  const watching = watchFields(rules, routeRules(rules, buildRuleEngine(rules)));
  for (const record of [exec({ image: "/bin/ls" }, { Shell: "-" }), exec({ image: "/bin/ps" }, { Shell: "" })]) watching.record(record, viewRecord(record));
  expect(mergeLooks(watching.take())).toEqual([
    { kind: "macos-esf:exec", field: "OriginalFileName", state: "field-unmapped", records: 2, rules: [0] },
    { kind: "macos-esf:exec", field: "Shell", state: "field-empty", records: 2, rules: [0] },
  ]);
  expect(watching.take()).toEqual([]);
});

test("one filled record is enough, whenever it comes", () => {
  const rules = [parse("macos", "Image")];
  const watching = watchFields(rules, routeRules(rules, buildRuleEngine(rules)));
  for (const record of [exec({}), exec({ image: "/bin/ls" }), exec({})]) watching.record(record, viewRecord(record));
  expect(mergeLooks(watching.take())).toEqual([]);
});

test("parts of a sample are one: what any of them fills is no gap, what any of them has is empty and not unmapped", () => {
  const rules = [parse("macos", "Image", "Shell", "Other"), parse("macos", "Other")];
  const watching = watchFields(rules, routeRules(rules, buildRuleEngine(rules)));
  const part = (...records: readonly ParsedRecord[]) => {
    for (const record of records) watching.record(record, viewRecord(record));
    return watching.take();
  };
  const [one, two, three] = [part(exec({ image: "/bin/ls" })), part(exec({}, { Shell: "" }), exec({})), part(exec({}, { Shell: "zsh" }))];
  expect(mergeLooks([...one, ...two])).toEqual([
    { kind: "macos-esf:exec", field: "Other", state: "field-unmapped", records: 3, rules: [0, 1] },
    { kind: "macos-esf:exec", field: "Shell", state: "field-empty", records: 3, rules: [0] },
  ]);
  expect(mergeLooks([...one, ...two, ...three]).map(({ field }) => field)).toEqual(["Other"]);
  expect(mergeLooks([...three, ...two, ...one])).toEqual(mergeLooks([...one, ...two, ...three]));
});

test("records of one kind that are shown to different rules are asked for the fields of each", () => {
  const rules = ["registry_add", "registry_delete"].map((category): SigmaRule => {
    const [rule] = parseRuleFile("r.yml", `title: R\nlogsource: {product: windows, category: ${category}}\ndetection: {s: {${category}: x}, condition: s}\n`).documents;
    if (rule?.kind !== "rule") throw new Error("no rule");
    return rule;
  });
  const watching = watchFields(rules, routeRules(rules, buildRuleEngine(rules)));
  for (const EventType of ["CreateKey", "DeleteKey"]) {
    const record = { ...exec({}, { EventID: 12, Channel: "Microsoft-Windows-Sysmon/Operational", EventType }), kind: { family: "windows-sysmon", key: "12" } };
    watching.record(record, viewRecord(record));
  }
  expect(mergeLooks(watching.take()).map(({ field, rules: asking }) => [field, asking])).toEqual([["registry_add", [0]], ["registry_delete", [1]]]);
});
