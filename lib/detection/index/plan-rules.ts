import type { ValueMatcher } from "../evaluate/compile-matcher";
import { MatcherInterner } from "./intern-matchers";
import { matcherKey } from "./matcher-key";
import type { Condition, Detection, DetectionItem, Matcher, SigmaRule } from "../sigma/rule-types";

/**
 * Rules taken apart into units: questions about one field that many rules share and that are answered once per event.
 * A slot is a field as the rules of one logsource read it: a record is asked only what rules that may see it ask.
 */
export type Unit =
  | { readonly kind: "value"; readonly slot: number; readonly matchers: readonly ValueMatcher[] } // any of them, by any value
  | { readonly kind: "null"; readonly slot: number }
  | { readonly kind: "present"; readonly slot: number }
  | { readonly kind: "item"; readonly slot: number; readonly item: DetectionItem }; // asked of the whole event, one by one: fieldref

/** What a rule asks, over units. */
export type Program =
  | { readonly kind: "unit"; readonly unit: number }
  | { readonly kind: "and" | "or"; readonly parts: readonly Program[] }
  | { readonly kind: "not"; readonly part: Program };

/** The slots of one logsource, by field. */
type Group = Map<string | null, number>;

export interface RulePlan {
  readonly slots: readonly { readonly field: string | null }[];
  readonly units: readonly Unit[];
  readonly programs: readonly Program[]; // one per rule
}

export function planRules(rules: readonly Pick<SigmaRule, "detections" | "condition" | "logsource">[]): RulePlan {
  const slots: { field: string | null }[] = [];
  const groups = new Map<string, Group>();
  const units: Unit[] = [];
  const unitIds = new Map<string, number>();

  const slotOf = (group: Group, field: string | null): number => {
    const known = group.get(field);
    if (known !== undefined) return known;
    group.set(field, slots.length);
    return slots.push({ field }) - 1;
  };
  const matchers = new MatcherInterner();
  const single: Map<number, number>[] = []; // by slot: the unit of one matcher
  const valueUnit = (slot: number, own: readonly ValueMatcher[]): Program => {
    const interned = own.map((matcher) => matchers.intern(matcher));
    const unit = (): Unit => ({ kind: "value", slot, matchers: interned.map(({ matcher }) => matcher) });
    const [only] = interned;
    if (interned.length !== 1 || only === undefined) return unitOf(unit(), `v${slot}:${interned.map(({ id }) => id).join()}`);
    const known = (single[slot] ??= new Map<number, number>()).get(only.id);
    if (known !== undefined) return { kind: "unit", unit: known };
    single[slot]?.set(only.id, units.length);
    return { kind: "unit", unit: units.push(unit()) - 1 };
  };
  const unitOf = (unit: Unit, key: string): Program => {
    const known = unitIds.get(key);
    if (known !== undefined) return { kind: "unit", unit: known };
    unitIds.set(key, units.length);
    return { kind: "unit", unit: units.push(unit) - 1 };
  };

  const planItem = (item: DetectionItem, group: Group): Program => {
    const slot = slotOf(group, item.field);
    const parts: Program[] = [];
    const together: ValueMatcher[] = [];
    for (const matcher of item.matchers) {
      if (isValueMatcher(matcher)) {
        if (item.quantifier === "any") together.push(matcher);
        else parts.push(valueUnit(slot, [matcher]));
      } else if (matcher.kind === "null") parts.push(unitOf({ kind: "null", slot }, `n${slot}`));
      else if (matcher.kind === "exists") {
        const present = unitOf({ kind: "present", slot }, `p${slot}`);
        parts.push(matcher.wanted ? present : { kind: "not", part: present });
      } else parts.push(unitOf({ kind: "item", slot, item: { ...item, path: "", wanted: "", quantifier: "any", negated: false, matchers: [matcher] } }, `i${slot}:${matcherKey(matcher)}`));
    }
    if (together.length > 0) parts.push(valueUnit(slot, together));
    const holds = join(item.quantifier === "all" ? "and" : "or", parts);
    return item.negated ? { kind: "and", parts: [unitOf({ kind: "present", slot }, `p${slot}`), { kind: "not", part: holds }] } : holds;
  };
  const planDetection = (detection: Detection, group: Group): Program =>
    detection.kind === "item" ? planItem(detection.item, group) : join(detection.kind, detection.parts.map((part) => planDetection(part, group)));
  const planCondition = (condition: Condition, named: (name: string) => Program): Program => {
    switch (condition.kind) {
      case "name":
        return named(condition.name);
      case "not":
        return { kind: "not", part: planCondition(condition.part, named) };
      case "and":
      case "or":
        return join(condition.kind, condition.parts.map((part) => planCondition(part, named)));
      case "of":
        return join(condition.quantifier === "all" ? "and" : "or", condition.names.map(named));
    }
  };

  const programs = rules.map(({ detections, condition, logsource }) => {
    const source = JSON.stringify([logsource.product, logsource.category, logsource.service]);
    const group = groups.get(source) ?? new Map<string | null, number>();
    groups.set(source, group);
    const done = new Map<string, Program>();
    return planCondition(condition, (name) => {
      const known = done.get(name);
      if (known !== undefined) return known;
      const detection = detections.get(name);
      if (detection === undefined) throw new Error(`the condition names "${name}", which was checked when the rule was parsed`);
      const program = planDetection(detection, group);
      done.set(name, program);
      return program;
    });
  });
  return { slots, units, programs };
}

export function isValueMatcher(matcher: Matcher): matcher is ValueMatcher {
  return matcher.kind !== "null" && matcher.kind !== "exists" && matcher.kind !== "fieldref";
}

function join(kind: "and" | "or", parts: readonly Program[]): Program {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind, parts };
}
