import ipaddr from "ipaddr.js";
import { RE2JS } from "re2js";
import { encodeValue } from "./encode-value";
import { expandPlaceholders, placeholdersIn } from "./expand-placeholders";
import type { FieldKey } from "./parse-modifiers";
import { RuleFault, type RulePath } from "./rule-fault";
import type { Matcher, PlaceholderValues } from "./rule-types";
import { parseTextPattern, surround, type TextPattern } from "./text-pattern";

/** A value of a rule as YAML gave it. */
export type RuleValue = string | number | boolean | null;

/** What the values of one rule share. */
export interface ValueScope {
  readonly placeholders: PlaceholderValues;
  /** Counts a compiled expression. @throws RuleFault when those of the rule grow too large together */
  takeRegex(instructions: number, path: RulePath): void;
}

/**
 * What one value of a rule asks of a field, as matchers of which one must match (encodings and placeholders turn one value
 * into several).
 *
 * @throws RuleFault naming the value when it does not go with the field's modifiers
 */
export function parseMatchers(key: FieldKey, value: RuleValue, scope: ValueScope, path: RulePath): Matcher[] {
  if (key.encodings.includes("expand") && typeof value === "string" && placeholdersIn(value).length > 0) {
    return expandPlaceholders(value, scope.placeholders, path).flatMap((one) => matchersOf(key, one, scope, path));
  }
  return matchersOf(key, value, scope, path);
}

function matchersOf(key: FieldKey, value: RuleValue, scope: ValueScope, path: RulePath): Matcher[] {
  if (key.timePart !== null) return [{ kind: "time", part: key.timePart, op: key.compare ?? "eq", value: numberOf(value, path) }];
  switch (key.test) {
    case "exists":
      if (typeof value !== "boolean") throw new RuleFault(path, "exists takes true or false.", "Write true for a field that must be there, false for one that must not.");
      return [{ kind: "exists", wanted: value }];
    case "number":
      return [{ kind: "compare", op: key.compare ?? "gt", value: numberOf(value, path) }];
    case "cidr":
      return [{ kind: "cidr", range: cidrOf(value, path) }];
    case "re":
      return [{ kind: "regex", source: regexOf(value, key.flags, scope, path), flags: key.flags }];
    case "fieldref":
      if (typeof value !== "string" || value === "") throw new RuleFault(path, "fieldref takes the name of another field.", "Write the field's name as text.");
      return [{ kind: "fieldref", field: value, part: key.position === null ? "whole" : PART[key.position], cased: key.cased }];
    case "text":
      return textMatchers(key, value, path);
  }
}

const PART = { contains: "inside", startswith: "start", endswith: "end" } as const;

function textMatchers(key: FieldKey, value: RuleValue, path: RulePath): Matcher[] {
  const asText = key.position !== null || key.encodings.length > 0 || key.field === null || key.cased;
  if (value === null) {
    if (asText) throw new RuleFault(path, "An empty value (null) cannot be compared as text.", 'Write "" for an empty text, or ask for null without modifiers.');
    return [{ kind: "null" }];
  }
  if (!asText && typeof value === "boolean") return [{ kind: "boolean", value }];
  if (!asText && typeof value === "number") return [{ kind: "number", value }];
  // The text of a whole number is the number to a log that writes it so: 4688 and "4688" are one (checked in both directions).
  const text = String(value);
  const patterns = encodeValue(parseTextPattern(text), key.encodings, path);
  return patterns.map((pattern) => ({ kind: "text", pattern: place(pattern, key), cased: key.cased }));
}

function place(pattern: TextPattern, { position, field }: FieldKey): TextPattern {
  const inside = position === "contains" || (field === null && position === null);
  return surround(pattern, { before: inside || position === "endswith", after: inside || position === "startswith" });
}

function numberOf(value: RuleValue, path: RulePath): number {
  const number = typeof value === "number" ? value : typeof value === "string" && value.trim() !== "" ? Number(value) : NaN;
  if (!Number.isFinite(number)) throw new RuleFault(path, `${JSON.stringify(value)} is not a number.`, "This modifier compares numbers.");
  return number;
}

function cidrOf(value: RuleValue, path: RulePath): string {
  const text = typeof value === "string" ? value.trim() : "";
  const whole = text.includes("/") ? text : `${text}/${text.includes(":") ? 128 : 32}`;
  if (!ipaddr.isValidCIDR(whole) || (!text.includes(":") && !/^\d+\.\d+\.\d+\.\d+(\/\d+)?$/.test(text))) {
    throw new RuleFault(path, `${JSON.stringify(value)} is not a range of addresses.`, "Write it like 10.0.0.0/8 or 2001:db8::/32.");
  }
  return whole;
}

/** Refuses what linear-time syntax does not know (look-around, back-references): those patterns can hang a server. */
function regexOf(value: RuleValue, flags: FieldKey["flags"], scope: ValueScope, path: RulePath): string {
  if (typeof value !== "string" && typeof value !== "number") throw new RuleFault(path, "A regular expression must be text.", "Put it in quotes.");
  const source = String(value);
  let instructions: number;
  try {
    instructions = compileRegex(source, flags).programSize();
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^error parsing regexp: /, "") : "unknown";
    throw new RuleFault(path, `The regular expression ${JSON.stringify(source.slice(0, 120))} is outside the linear-time syntax (RE2): ${why}.`, /too large|repeat count/.test(why) ? "Write fewer repetitions." : "Write it without look-around and back-references.");
  }
  scope.takeRegex(instructions, path);
  return source;
}

/** A regular expression of a rule, case-sensitive and unanchored unless it says otherwise (Sigma 2.1, `re`). */
export function compileRegex(source: string, { i, m, s }: FieldKey["flags"]): RE2JS {
  return RE2JS.compile(source, (i ? RE2JS.CASE_INSENSITIVE : 0) | (m ? RE2JS.MULTILINE : 0) | (s ? RE2JS.DOTALL : 0));
}
