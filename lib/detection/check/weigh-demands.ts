import { compileItem, type RuleTest } from "../evaluate/compile-rule";
import type { Condition, Detection, DetectionItem, SigmaRule } from "../sigma/rule-types";
import type { RecordProfile } from "./record-profile";

/**
 * The fields that would have to be filled, besides those that are, for a rule to be able to match a record of this profile: none, it can;
 * null, no value of any field would do, because the record is of another event.
 */
export type Lack = (profile: RecordProfile) => readonly string[] | null;

type Demand = (profile: RecordProfile, wanted: boolean) => readonly string[] | null;

const NOTHING: readonly string[] = [];

/**
 * What a rule demands of a record's fields, by the tree of its condition. A filled field may hold anything; an item about a field that is
 * not there, says nothing, or names the event is decided as it stands. So the absence that makes a "not" true stops no rule, and of an
 * "or" the part that lacks least counts. Two lines about one field are not weighed against each other: what this lets through may still
 * never match.
 *
 * @param extra fields that must be filled besides (a correlation groups by them)
 */
export function weighDemands(rule: Pick<SigmaRule, "detections" | "condition">, extra: readonly string[] = []): Lack {
  const named = new Map([...rule.detections].map(([name, detection]) => [name, ofDetection(detection)]));
  const whole = ofCondition(rule.condition, named);
  if (extra.length === 0) return (profile) => whole(profile, true);
  return (profile) => join([whole(profile, true), extra.filter((field) => profile.state(field) !== "filled")]);
}

/** The fields of a rule that name the event it wants, with what it wants there, as written. */
export function wantedKeys(rule: Pick<SigmaRule, "detections">, profile: Pick<RecordProfile, "isKey">): string[] {
  const wanted = new Set<string>();
  const visit = (detection: Detection): void => {
    if (detection.kind !== "item") detection.parts.forEach(visit);
    else if (detection.item.field !== null && profile.isKey(detection.item.field)) wanted.add(`${detection.item.field} ${detection.item.wanted}`);
  };
  for (const detection of rule.detections.values()) visit(detection);
  return [...wanted];
}

function ofCondition(condition: Condition, named: ReadonlyMap<string, Demand>): Demand {
  switch (condition.kind) {
    case "name":
      return byName(condition.name, named);
    case "not": {
      const part = ofCondition(condition.part, named);
      return (profile, wanted) => part(profile, !wanted);
    }
    case "and":
    case "or":
      return combine(condition.kind, condition.parts.map((part) => ofCondition(part, named)));
    case "of":
      return combine(condition.quantifier === "all" ? "and" : "or", condition.names.map((name) => byName(name, named)));
  }
}

function byName(name: string, named: ReadonlyMap<string, Demand>): Demand {
  const found = named.get(name);
  if (found === undefined) throw new Error(`the condition names "${name}", which was checked when the rule was parsed`);
  return found;
}

function ofDetection(detection: Detection): Demand {
  return detection.kind === "item" ? ofItem(detection.item) : combine(detection.kind, detection.parts.map(ofDetection));
}

function ofItem(item: DetectionItem): Demand {
  const { field } = item;
  if (field === null) return () => NOTHING; // any text of the record may hold a keyword
  const test: RuleTest = compileItem(item);
  const fields = [field, ...item.matchers.flatMap((matcher) => (matcher.kind === "fieldref" ? [matcher.field] : []))];
  return (profile, wanted) => {
    const key = profile.isKey(field);
    const open = key ? NOTHING : fields.filter((one) => profile.state(one) !== "filled");
    if (!key && open.length === 0) return NOTHING;
    if (test(profile.view) === wanted) return NOTHING;
    return key ? null : open;
  };
}

/** Of a conjunction every part must come out as wanted, of a disjunction the one that lacks least; refused, they change places. */
function combine(kind: "and" | "or", parts: readonly Demand[]): Demand {
  return (profile, wanted) => ((kind === "and") === wanted ? join(parts.map((part) => part(profile, wanted))) : least(parts, profile, wanted));
}

function join(lacks: readonly (readonly string[] | null)[]): readonly string[] | null {
  let found: readonly string[] = NOTHING;
  for (const lack of lacks) {
    if (lack === null) return null;
    if (lack.length > 0) found = found.length === 0 ? lack : [...new Set([...found, ...lack])];
  }
  return found;
}

function least(parts: readonly Demand[], profile: RecordProfile, wanted: boolean): readonly string[] | null {
  let best: readonly string[] | null = null;
  for (const part of parts) {
    const lack = part(profile, wanted);
    if (lack === null) continue;
    if (lack.length === 0) return lack;
    if (best === null || lack.length < best.length) best = lack;
  }
  return best;
}
