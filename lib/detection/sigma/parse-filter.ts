import { isJsonObject, type JsonObject } from "@/lib/events/frame/plain-value";
import { parseMeta, parseSigmaLogsource } from "./parse-meta";
import { parseSearch } from "./parse-rule";
import { RuleFault } from "./rule-fault";
import type { Condition, PlaceholderValues, SigmaFilter } from "./rule-types";

/**
 * A filter document of Sigma 2.1. Its condition is added to the rules with AND, as pySigma and other tools do; so filters
 * that take events away write `condition: not selection`. (The specification's own example writes `selection` and means
 * the same; a warning says so where a filter has no `not`.)
 */
export function parseFilter(document: JsonObject, position: number, placeholders: PlaceholderValues): SigmaFilter {
  const meta = parseMeta(document);
  const logsource = parseSigmaLogsource(document["logsource"]);
  const body = document["filter"];
  if (!isJsonObject(body)) throw new RuleFault(["filter"], "The filter is empty.", "Give it rules, selections and a condition.");
  const rules = ruleList(body["rules"]);
  const { detections, condition, fields, warnings } = parseSearch(Object.fromEntries(Object.entries(body).filter(([key]) => key !== "rules")), ["filter"], placeholders);
  if (!hasNot(condition)) warnings.push("The filter's condition has no not: only events that match it stay. A filter that is to take events away writes condition: not selection.");
  return { kind: "filter", meta, document: position, logsource, rules, detections, condition, fields, warnings };
}

function hasNot(condition: Condition): boolean {
  return condition.kind === "not" || ((condition.kind === "and" || condition.kind === "or") && condition.parts.some(hasNot));
}

function ruleList(value: unknown): readonly string[] | "any" {
  if (value === undefined || value === null || value === "any") return "any";
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const names = list.filter((one) => typeof one === "string");
  if (names.length !== list.length || names.length === 0) throw new RuleFault(["filter", "rules"], "The rules of a filter are ids or names.", 'List them, or write "any".');
  return names;
}
