import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ParsedRecord } from "@/lib/events/types";
import { startDetection } from "../../start-detection";
import { linkRules } from "../../sigma/link-rules";
import { parseRuleFile } from "../../sigma/parse-rule-file";
import { mappingsInForce, scopeKey, scopeOf, type FieldMappingRow } from "./field-mapping";
import { readPipeline } from "./read-pipeline";
import { renameFields } from "./rename-fields";

const PIPELINE = `
name: ours
priority: 10
transformations:
  - id: one
    type: field_name_mapping
    mapping:
      Image: proc.exe
      CommandLine: [proc.args, proc.cmd]
    rule_conditions:
      - type: logsource
        product: windows
        category: process_creation
  - type: add_condition
    conditions: { a: b }
  - type: field_name_mapping
    mapping: { User: who }
    rule_conditions:
      - type: is_sigma_rule
  - type: field_name_mapping
    mapping: { User: who }
    detection_item_conditions: []
`;

describe("renames of a processing pipeline", () => {
  test("are taken over with their logsource; everything else is refused by name", () => {
    const { renames, refused } = readPipeline(PIPELINE);
    expect(renames).toEqual([{ scope: { product: "windows", category: "process_creation", service: null }, fields: { Image: ["proc.exe"], CommandLine: ["proc.args", "proc.cmd"] } }]);
    expect(refused.map(({ at, message }) => `${at}: ${message}`)).toEqual([
      expect.stringContaining('transformations[1]: The transformation "add_condition"'),
      expect.stringContaining('transformations[2]: A rule condition of the type "is_sigma_rule"'),
      expect.stringContaining('transformations[3]: "detection_item_conditions"'),
    ]);
  });

  test("several logsources must be alternatives; the file may be JSON", () => {
    const json = (more: object): string => JSON.stringify({ transformations: [{ type: "field_name_mapping", mapping: { A: "b" }, rule_conditions: [{ type: "logsource", product: "linux" }, { type: "logsource", product: "macos" }], ...more }] });
    expect(readPipeline(json({})).renames).toEqual([]);
    expect(readPipeline(json({})).refused).toHaveLength(1);
    expect(readPipeline(json({ rule_cond_op: "or" })).renames.map(({ scope }) => scope.product)).toEqual(["linux", "macos"]);
  });

  test("whatever the text is, reading ends without throwing", () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json(), fc.json().map((json) => `transformations: [{type: field_name_mapping, mapping: ${json}}]`)), (text) => void readPipeline(text)), { numRuns: 100 });
  });

  test("the newest version of a scope is in force, unless it withdraws", () => {
    const row = (key: string, version: number, state: "set" | "withdrawn"): FieldMappingRow => ({ scopeKey: key, scope: scopeOf(key), fields: { A: ["b"] }, version, state, reason: "", fileName: "", at: "", by: "" });
    expect(mappingsInForce([row("a/*/*", 1, "set"), row("a/*/*", 2, "withdrawn"), row("*/*/*", 1, "set")]).map(({ scopeKey: key }) => key)).toEqual(["*/*/*"]);
    expect(scopeKey(scopeOf("windows/*/sysmon"))).toBe("windows/*/sysmon");
  });
});

describe("evaluation with own names of fields", () => {
  const text = "title: t\nlogsource:\n  product: windows\n  category: process_creation\ndetection:\n  selection:\n    Image|endswith: evil.exe\n  other:\n    CommandLine: null\n  condition: selection and not other\n";
  const record = (number: number, native: Record<string, unknown>): ParsedRecord => ({ number, offset: 0, length: 0, time: null, kind: { family: "windows-sysmon", key: "1" }, host: "h", fields: {}, native });
  const matchesOf = (pipeline: string | null): number[] => {
    const set = linkRules([parseRuleFile("t.yml", text)]);
    const detection = startDetection(pipeline === null ? set : renameFields(set, readPipeline(pipeline).renames), { ignoreLogsource: true });
    const records = [record(1, { proc: { exe: "c:\\evil.exe", cmd: "x" } }), record(2, { Image: "c:\\evil.exe", CommandLine: "x" }), record(3, { proc: { exe: "c:\\good.exe", args: "x" }, Image: "c:\\evil.exe" }), record(4, { proc: { exe: "c:\\evil.exe" } })];
    for (const one of records) detection.record(one);
    return detection.finish().matches.map(({ event }) => event);
  };

  test("a record is asked by the customer's name first, then by Sigma's; rules of another logsource are left alone", () => {
    expect(matchesOf(null)).toEqual([2]);
    expect(matchesOf(PIPELINE)).toEqual([1, 2]);
    expect(matchesOf(PIPELINE.replace("product: windows", "product: linux"))).toEqual([2]);
  });
});
