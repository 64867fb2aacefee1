import type { LinkedCorrelation, LinkedRule, RuleSet } from "../../sigma/link-rules";
import type { Detection, DetectionItem, SigmaLogsource } from "../../sigma/rule-types";
import type { FieldRenames } from "./field-mapping";

/**
 * A rule set whose fields are asked for under the names of the customer's own records. A renamed field becomes
 * "theirs|theirs too|own": record views read the first of them that is there (no name can hold a |), so that a rule still
 * finds the fields of records that keep Sigma's names.
 */
export function renameFields(set: RuleSet, mappings: readonly FieldRenames[]): RuleSet {
  if (mappings.length === 0) return set;
  const namers = set.rules.map(({ logsource }) => namerFor(logsource, mappings));
  return { ...set, rules: set.rules.map((rule, i) => renameRule(rule, namers[i] ?? asIs)), correlations: set.correlations.map((one) => renameCorrelation(one, set, namers)) };
}

type Namer = (field: string) => string;
const asIs: Namer = (field) => field;

/** Every mapping whose scope a logsource falls under; the narrowest comes first. */
export function mappingsOf<T extends FieldRenames>(logsource: SigmaLogsource, mappings: readonly T[]): T[] {
  return mappings.filter(({ scope }) => holds(scope.product, logsource.product) && holds(scope.category, logsource.category) && holds(scope.service, logsource.service)).sort((a, b) => breadth(a.scope) - breadth(b.scope));
}

function namerFor(logsource: SigmaLogsource, mappings: readonly FieldRenames[]): Namer {
  const own = mappingsOf(logsource, mappings);
  if (own.length === 0) return asIs;
  return (field) => {
    const theirs = own.flatMap(({ fields }) => (Object.hasOwn(fields, field) ? (fields[field] ?? []) : []));
    return theirs.length === 0 ? field : [...new Set([...theirs, field])].join("|");
  };
}

function holds(wanted: string | null, given: string | null): boolean {
  return wanted === null || wanted === given;
}

function breadth({ product, category, service }: SigmaLogsource): number {
  return [product, category, service].filter((part) => part === null).length;
}

function renameRule(rule: LinkedRule, name: Namer): LinkedRule {
  if (name === asIs) return rule;
  return { ...rule, detections: new Map([...rule.detections].map(([key, detection]) => [key, renameDetection(detection, name)])), fields: [...new Set(rule.fields.map(name))].sort() };
}

function renameDetection(detection: Detection, name: Namer): Detection {
  if (detection.kind === "item") return { kind: "item", item: renameItem(detection.item, name) };
  return { ...detection, parts: detection.parts.map((part) => renameDetection(part, name)) };
}

function renameItem(item: DetectionItem, name: Namer): DetectionItem {
  const matchers = item.matchers.map((matcher) => (matcher.kind === "fieldref" ? { ...matcher, field: name(matcher.field) } : matcher));
  return { ...item, field: item.field === null ? null : name(item.field), matchers };
}

/** A field of a correlation takes the name that all its rules have for it; aliases are renamed rule by rule. */
function renameCorrelation(correlation: LinkedCorrelation, set: RuleSet, namers: readonly Namer[]): LinkedCorrelation {
  const own = [...rulesBelow(correlation, set)].map((index) => namers[index] ?? asIs);
  const shared: Namer = (field) => {
    if (correlation.aliases.has(field)) return field;
    const names = new Set(own.map((name) => name(field)));
    return names.size === 1 ? ([...names][0] ?? field) : field;
  };
  const aliases = new Map(
    [...correlation.aliases].map(([alias, fields]) => [
      alias,
      new Map(
        [...fields].map(([reference, field]) => {
          const target = correlation.references.find(({ as }) => as === reference);
          return [reference, target?.kind === "rule" ? (namers[target.index] ?? asIs)(field) : field];
        }),
      ),
    ]),
  );
  return { ...correlation, aliases, groupBy: correlation.groupBy.map(shared), fields: correlation.fields.map(shared) };
}

/** The rules that a correlation rests on, over any number of steps, each once. */
function rulesBelow(correlation: LinkedCorrelation, set: RuleSet): Set<number> {
  const rules = new Set<number>();
  const visited = new Set<LinkedCorrelation>();
  const visit = (one: LinkedCorrelation): void => {
    if (visited.has(one)) return;
    visited.add(one);
    for (const { kind, index } of one.references) {
      if (kind === "rule") rules.add(index);
      else for (const inner of set.correlations.slice(index, index + 1)) visit(inner);
    }
  };
  visit(correlation);
  return rules;
}
