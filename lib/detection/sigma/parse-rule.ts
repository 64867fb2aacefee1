import { isJsonObject, type JsonObject } from "@/lib/events/frame/plain-value";
import { parseCondition } from "./parse-condition";
import { collectFields, parseDetection, RuleScope } from "./parse-detection";
import { parseMeta, parseSigmaLogsource } from "./parse-meta";
import { RuleFault, type RulePath } from "./rule-fault";
import type { Condition, Detection, PlaceholderValues, SigmaRule } from "./rule-types";

/**
 * One rule document of Sigma 2.1.
 *
 * @throws RuleFault with the path of what cannot be honoured
 */
export function parseRule(document: JsonObject, position: number, placeholders: PlaceholderValues): SigmaRule {
  const meta = parseMeta(document);
  const logsource = parseSigmaLogsource(document["logsource"]);
  const { detections, condition, fields, warnings } = parseSearch(document["detection"], ["detection"], placeholders);
  return { kind: "rule", meta, document: position, logsource, detections, condition, fields, warnings };
}

/** Selections and condition, as rules and filters hold them. */
export function parseSearch(value: unknown, path: RulePath, placeholders: PlaceholderValues): { detections: Map<string, Detection>; condition: Condition; fields: string[]; warnings: string[] } {
  if (!isJsonObject(value)) throw new RuleFault(path, "There is no detection.", "Give it selections and a condition.");
  if ("timeframe" in value) throw new RuleFault([...path, "timeframe"], "timeframe belongs to the old aggregation syntax, which Sigma 2 replaced by correlations.", "Write a correlation document with a timespan that refers to this rule.");
  const scope = new RuleScope(placeholders);
  const detections = new Map<string, Detection>();
  for (const [name, selection] of Object.entries(value)) {
    if (name !== "condition") detections.set(name, parseDetection(selection, [...path, name], scope));
  }
  if (detections.size === 0) throw new RuleFault(path, "There is no selection.", "Give at least one.");
  const condition = parseConditions(value["condition"], [...detections.keys()], [...path, "condition"]);
  const fields = new Set<string>();
  for (const detection of detections.values()) collectFields(detection, fields);
  return { detections, condition, fields: [...fields].sort(), warnings: scope.warnings };
}

/** A list of conditions is an OR of them (Sigma 2.1). */
function parseConditions(value: unknown, names: readonly string[], path: RulePath): Condition {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const parts = list.map((one, i) => {
    if (typeof one !== "string") throw new RuleFault(path, "There is no condition.", "Say which selections must match, e.g. selection and not filter.");
    return parseCondition(one, names, Array.isArray(value) ? [...path, i] : path);
  });
  const [only] = parts;
  if (only === undefined) throw new RuleFault(path, "The list of conditions is empty.", "Give at least one.");
  return parts.length === 1 ? only : { kind: "or", parts };
}
