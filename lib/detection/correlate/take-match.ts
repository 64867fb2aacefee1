import type { ParsedRecord } from "@/lib/events/types";
import { CANONICAL_FIELDS } from "@/lib/telemetry/canonical-fields";
import type { LinkedCorrelation } from "../sigma/link-rules";
import type { RuleView, Scalar } from "../evaluate/rule-view";
import { isFilled } from "./join-text";
import type { RuleMatch } from "./match-types";
import { sightProcess } from "./sight-process";

/** Names that correlations may use beside those of records: our canonical fields, and what is derived from the tree of processes. */
export const OWN_PREFIX = "sightline.";
/** Derived once the whole sample was read: the key of the record's process, of its parent, and of its tree. */
export const DERIVED_FIELDS: ReadonlySet<string> = new Set(["sightline.process", "sightline.parent", "sightline.lineage"]);

/** The fields that correlations ask of the matches of each rule (group-by and condition, aliases resolved); rules that none refers to are absent. */
export function fieldsByRule(correlations: readonly LinkedCorrelation[]): ReadonlyMap<number, readonly string[]> {
  const byRule = new Map<number, Set<string>>();
  const asked = correlations.map(() => new Set<string>()); // each field of each correlation once: chains may refer twice to what they stand on, and so on down
  const ask = (index: number, field: string): void => {
    const correlation = correlations[index];
    if (correlation === undefined || asked[index]?.has(field) === true) return;
    asked[index]?.add(field);
    for (const reference of correlation.references) {
      const named = correlation.aliases.get(field)?.get(reference.as) ?? field;
      if (reference.kind === "rule") byRule.get(reference.index)?.add(named);
      else ask(reference.index, named);
    }
  };
  for (const { references } of correlations) for (const { kind, index } of references) if (kind === "rule") byRule.set(index, new Set());
  for (const [index, { groupBy, fields }] of correlations.entries()) for (const field of [...groupBy, ...fields]) ask(index, field);
  return new Map([...byRule].map(([rule, fields]) => [rule, [...fields].filter((field) => !DERIVED_FIELDS.has(field)).sort()]));
}

/** Whether any correlation asks who started whom: else nobody needs to watch process starts. */
export function asksForTree(correlations: readonly LinkedCorrelation[]): boolean {
  return correlations.some(({ groupBy, fields, aliases }) => [...groupBy, ...fields, ...[...aliases.values()].flatMap((map) => [...map.values()])].some((field) => DERIVED_FIELDS.has(field)));
}

/**
 * A match with what correlations may ask of its record, so that the record itself need not be kept.
 *
 * @param fields of this rule, from fieldsByRule
 * @param host as the import chose it, "" when unknown
 */
export function takeMatch(rule: number, record: Pick<ParsedRecord, "number" | "time" | "fields" | "facts">, view: RuleView, host: string, fields: readonly string[]): RuleMatch {
  const values = new Map<string, readonly Scalar[]>();
  for (const field of fields) {
    const found = (ownField(field, record, host) ?? view.values(field) ?? []).filter(isFilled);
    if (found.length > 0) values.set(field, found);
  }
  return { rule, event: record.number, ms: record.time?.ms ?? null, values, process: sightProcess(record, host) };
}

/** The value of a name of ours (sightline.<canonical field>); null: the name is not ours. */
export function ownField(field: string, record: Pick<ParsedRecord, "fields">, host: string): readonly Scalar[] | null {
  if (!field.startsWith(OWN_PREFIX)) return null;
  const id = field.slice(OWN_PREFIX.length);
  if (id === "host") return host === "" ? [] : [host];
  if (!CANONICAL_FIELDS.has(id)) return null;
  const value = record.fields[id];
  return value === undefined ? [] : [value];
}
