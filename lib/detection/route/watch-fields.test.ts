import { expect, test } from "vitest";
import type { ParsedRecord } from "@/lib/events/types";
import { viewRecord } from "../evaluate/rule-view";
import { buildRuleEngine } from "../index/rule-engine";
import { parseRuleFile } from "../sigma/parse-rule-file";
import type { SigmaRule } from "../sigma/rule-types";
import { routeRules } from "./route-rules";
import { watchFields } from "./watch-fields";

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
  expect(watching.finish()).toEqual([
    { rule: 0, kind: "macos-esf:exec", field: "OriginalFileName", state: "field-unmapped", records: 2 },
    { rule: 0, kind: "macos-esf:exec", field: "Shell", state: "field-empty", records: 2 },
  ]);
});

test("one filled record is enough, whenever it comes", () => {
  const rules = [parse("macos", "Image")];
  const watching = watchFields(rules, routeRules(rules, buildRuleEngine(rules)));
  for (const record of [exec({}), exec({ image: "/bin/ls" }), exec({})]) watching.record(record, viewRecord(record));
  expect(watching.finish()).toEqual([]);
});
