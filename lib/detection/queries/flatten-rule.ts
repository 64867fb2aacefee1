import type { Condition, Detection, DetectionItem, SigmaRule } from "../sigma/rule-types";
import type { Predicate } from "./query-types";

/** A rule's condition as one tree over its lines. */
export function flattenRule(rule: Pick<SigmaRule, "detections" | "condition">): Predicate {
  return ofCondition(rule.condition, rule.detections);
}

/** Parts joined; one part stands for itself, and neighbours of the same kind are one. */
export function combine(kind: "and" | "or", parts: readonly Predicate[]): Predicate {
  const flat = parts.flatMap((part) => (part.kind === kind ? part.parts : [part]));
  const [only] = flat;
  return flat.length === 1 && only !== undefined ? only : { kind, parts: flat };
}

function ofCondition(condition: Condition, detections: ReadonlyMap<string, Detection>): Predicate {
  switch (condition.kind) {
    case "name":
      return ofName(condition.name, detections);
    case "not":
      return { kind: "not", part: ofCondition(condition.part, detections) };
    case "and":
    case "or":
      return combine(condition.kind, condition.parts.map((part) => ofCondition(part, detections)));
    case "of":
      return combine(condition.quantifier === "all" ? "and" : "or", condition.names.map((name) => ofName(name, detections)));
  }
}

function ofName(name: string, detections: ReadonlyMap<string, Detection>): Predicate {
  const detection = detections.get(name);
  if (detection === undefined) throw new Error(`the condition names "${name}", which was checked when the rule was parsed`);
  return ofDetection(detection);
}

function ofDetection(detection: Detection): Predicate {
  return detection.kind === "item" ? ofItem(detection.item) : combine(detection.kind, detection.parts.map(ofDetection));
}

function ofItem({ field, matchers, quantifier, negated }: DetectionItem): Predicate {
  if (field === null) return combine(quantifier === "all" ? "and" : "or", matchers.map((matcher) => ({ kind: "keyword", matcher })));
  const holds = quantifier === "all" ? combine("and", matchers.map((matcher) => ({ kind: "field", field, matchers: [matcher], native: false }))) : ({ kind: "field", field, matchers, native: false } satisfies Predicate);
  if (!negated) return holds;
  // "Different from the values" speaks of a field that is there (docs/sigma.md, 12).
  return combine("and", [{ kind: "field", field, matchers: [{ kind: "exists", wanted: true }], native: false }, { kind: "not", part: holds }]);
}
