import type { Condition, Detection, SigmaFilter, SigmaRule } from "./rule-types";

/**
 * A rule with filters added: (condition) and (each filter's condition). Selections of a filter get names that no rule can
 * have, so that a filter's "selection" never meets the rule's, and patterns such as `1 of sel*` (resolved when they were
 * parsed) go on meaning what they meant where they were written.
 */
export function applyFilters(rule: SigmaRule, filters: readonly SigmaFilter[]): SigmaRule {
  if (filters.length === 0) return rule;
  const detections = new Map<string, Detection>(rule.detections);
  const parts: Condition[] = [rule.condition];
  for (const [i, filter] of filters.entries()) {
    let prefix = `filter ${i + 1}: `;
    while ([...filter.detections.keys()].some((name) => detections.has(prefix + name))) prefix = ` ${prefix}`;
    for (const [name, detection] of filter.detections) detections.set(prefix + name, detection);
    parts.push(renamed(filter.condition, prefix));
  }
  const fields = [...new Set([...rule.fields, ...filters.flatMap((filter) => filter.fields)])].sort();
  return { ...rule, detections, condition: { kind: "and", parts }, fields };
}

function renamed(condition: Condition, prefix: string): Condition {
  switch (condition.kind) {
    case "name":
      return { kind: "name", name: prefix + condition.name };
    case "not":
      return { kind: "not", part: renamed(condition.part, prefix) };
    case "and":
    case "or":
      return { kind: condition.kind, parts: condition.parts.map((part) => renamed(part, prefix)) };
    case "of":
      return { ...condition, names: condition.names.map((name) => prefix + name) };
  }
}
