import { isEmptyValue } from "@/lib/telemetry/canonical-fields";
import type { Condition, Detection, DetectionItem, Matcher, SigmaRule } from "../sigma/rule-types";
import { compileMatcher, type ValueTest } from "./compile-matcher";
import type { RuleView, Scalar } from "./rule-view";

/** Whether a rule matches an event. Logic is two-valued: a line about a field that is not there is false, and its "not" true. */
export type RuleTest = (view: RuleView) => boolean;

/** The whole of a rule as one test, without any index: the full scan that every faster way is held equal to. */
export function compileRule(rule: Pick<SigmaRule, "detections" | "condition">): RuleTest {
  const tests = new Map([...rule.detections].map(([name, detection]) => [name, compileDetection(detection)]));
  return compileCondition(rule.condition, tests);
}

function compileCondition(condition: Condition, tests: ReadonlyMap<string, RuleTest>): RuleTest {
  switch (condition.kind) {
    case "name":
      return testOf(condition.name, tests);
    case "not": {
      const part = compileCondition(condition.part, tests);
      return (view) => !part(view);
    }
    case "and":
    case "or":
      return combine(condition.kind, condition.parts.map((part) => compileCondition(part, tests)));
    case "of":
      return combine(condition.quantifier === "all" ? "and" : "or", condition.names.map((name) => testOf(name, tests)));
  }
}

function testOf(name: string, tests: ReadonlyMap<string, RuleTest>): RuleTest {
  const test = tests.get(name);
  if (test === undefined) throw new Error(`the condition names "${name}", which was checked when the rule was parsed`);
  return test;
}

export function compileDetection(detection: Detection): RuleTest {
  return detection.kind === "item" ? compileItem(detection.item) : combine(detection.kind, detection.parts.map(compileDetection));
}

function combine(kind: "and" | "or", parts: readonly RuleTest[]): RuleTest {
  return kind === "and" ? (view) => parts.every((part) => part(view)) : (view) => parts.some((part) => part(view));
}

/** One line of a detection. */
export function compileItem(item: DetectionItem): RuleTest {
  const { field, quantifier, negated } = item;
  if (field === null) {
    const tests = item.matchers.map((matcher) => compileKeyword(matcher));
    return quantifier === "all" ? (view) => tests.every((test) => view.texts().some(test)) : (view) => tests.some((test) => view.texts().some(test));
  }
  const tests = item.matchers.map((matcher) => compileFieldMatcher(field, matcher));
  const holds = combine(quantifier === "all" ? "and" : "or", tests);
  // "Different from the values" speaks of a field that is there: an absent one is neither equal nor different.
  return negated ? (view) => view.values(field) !== null && !holds(view) : holds;
}

function compileKeyword(matcher: Matcher): (text: string) => boolean {
  if (matcher.kind === "null" || matcher.kind === "exists" || matcher.kind === "fieldref") return () => false; // refused while parsing
  const test = compileMatcher(matcher);
  return (text) => test(text, text.toLowerCase());
}

function compileFieldMatcher(field: string, matcher: Matcher): RuleTest {
  switch (matcher.kind) {
    case "null":
      return (view) => {
        const values = view.values(field);
        return values === null || values.includes(null);
      };
    case "exists":
      return (view) => (view.values(field) !== null) === matcher.wanted;
    case "fieldref":
      return (view) => refersTo(view.values(field), view.values(matcher.field), matcher.part, matcher.cased);
    default: {
      const test = compileMatcher(matcher);
      return (view) => view.values(field)?.some((value) => testValue(test, value)) === true;
    }
  }
}

function testValue(test: ValueTest, value: Scalar): boolean {
  return test(value, value === null ? "" : String(value).toLowerCase());
}

/** Two fields of one event compared as text. What sensors write for "nothing" ("-") equals nothing, not even itself. */
function refersTo(own: readonly Scalar[] | null, other: readonly Scalar[] | null, part: "whole" | "start" | "end" | "inside", cased: boolean): boolean {
  if (own === null || other === null) return false;
  const text = (value: Scalar): string | null => (value === null || isEmptyValue(value) ? null : cased ? String(value) : String(value).toLowerCase());
  return own.some((a) => {
    const left = text(a);
    return (
      left !== null &&
      other.some((b) => {
        const right = text(b);
        if (right === null) return false;
        return part === "whole" ? left === right : part === "start" ? left.startsWith(right) : part === "end" ? left.endsWith(right) : left.includes(right);
      })
    );
  });
}
