import { isJsonObject } from "@/lib/events/frame/plain-value";
import { parseFieldKey } from "./parse-modifiers";
import { parseMatchers, type RuleValue } from "./parse-matchers";
import { RuleFault, sayPath, type RulePath } from "./rule-fault";
import type { Detection, DetectionItem, Matcher, PlaceholderValues } from "./rule-types";

const MOST_ITEMS = 50_000; // values of one rule; the largest real rule holds some 4,500

const MOST_INSTRUCTIONS = 100_000; // of all compiled expressions of one rule; the largest real rule has 603

/** What the parts of one rule share while it is parsed: placeholder values, warnings, and a count that stops hostile rules before they fill the memory. */
export class RuleScope {
  readonly warnings: string[] = [];
  private left = MOST_ITEMS;
  private instructions = MOST_INSTRUCTIONS;

  constructor(readonly placeholders: PlaceholderValues) {}

  take(count: number, path: RulePath): void {
    this.left -= count;
    if (this.left < 0) throw new RuleFault(path, `The rule holds more than ${MOST_ITEMS} values.`, "Split it.");
  }

  takeRegex(instructions: number, path: RulePath): void {
    this.instructions -= instructions;
    if (this.instructions < 0) throw new RuleFault(path, `The rule's regular expressions have more than ${MOST_INSTRUCTIONS} steps once their repetitions are written out.`, "Use fewer of them, or smaller counts in braces.");
  }
}

/**
 * One search identifier (Sigma 2.1, "Detection"): a map is an AND of its lines, a list of maps an OR of those, a list of
 * texts keywords of which one must stand anywhere in the event.
 */
export function parseDetection(value: unknown, path: RulePath, scope: RuleScope): Detection {
  if (isJsonObject(value)) return parseMap(value, path, scope);
  if (Array.isArray(value)) {
    if (value.length === 0) throw new RuleFault(path, "The list is empty.", "Give at least one entry, or delete the selection.");
    if (value.some((one) => isJsonObject(one) || Array.isArray(one))) {
      return { kind: "or", path: sayPath(path), parts: value.map((one, i) => parseDetection(one, [...path, i], scope)) };
    }
    return parseItem("", value, path, scope);
  }
  if (value === null || value === undefined) throw new RuleFault(path, "The selection is empty.", "Give it a map of fields or a list of keywords.");
  return parseItem("", value, path, scope);
}

function parseMap(map: Readonly<Record<string, unknown>>, path: RulePath, scope: RuleScope): Detection {
  const keys = Object.keys(map);
  if (keys.length === 0) throw new RuleFault(path, "The map is empty.", "Give at least one field, or delete it.");
  const parts = keys.map((key) => parseItem(key, map[key], [...path, key], scope));
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind: "and", path: sayPath(path), parts };
}

function parseItem(key: string, value: unknown, path: RulePath, scope: RuleScope): Detection {
  const parsed = parseFieldKey(key, path);
  const values = Array.isArray(value) ? value : [value];
  if (values.length === 0) throw new RuleFault(path, `The list of ${key === "" ? "keywords" : `"${key}"`} is empty.`, 'Give at least one value; write null for "not there".');
  if (parsed.all && values.length < 2) scope.warnings.push(`"${key}" has all with a single value, which the specification does not allow; it is read as if all were not there.`);
  scope.take(values.length, path);
  const checked = values.map((one, i) => plainValue(one, Array.isArray(value) ? [...path, i] : path));
  if (checked.length > 1 && checked.includes(null)) throw new RuleFault(path, "null stands in a list of values.", "Put null into a selection of its own and join the two in the condition.");
  const groups = checked.map((one, i) => parseMatchers(parsed, one, scope, Array.isArray(value) ? [...path, i] : path));
  scope.take(groups.reduce((sum, group) => sum + group.length, 0) - groups.length, path);
  const item = (quantifier: "any" | "all", matchers: readonly Matcher[], wanted: string): DetectionItem => ({ path: sayPath(path), field: parsed.field, quantifier, negated: parsed.negated, matchers, wanted });
  const wanted = shorten(value);
  if (!parsed.all) return { kind: "item", item: item("any", groups.flat(), wanted) };
  // all over values of which one is several texts (encodings, placeholders): every value, each in any of its forms.
  if (groups.every((group) => group.length === 1)) return { kind: "item", item: item("all", groups.flat(), wanted) };
  return { kind: "and", path: sayPath(path), parts: groups.map((group, i) => ({ kind: "item", item: item("any", group, shorten(values[i])) })) };
}

function plainValue(value: unknown, path: RulePath): RuleValue {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  throw new RuleFault(path, "A value is a list or a map where text, a number, true, false or null belongs.", "Flatten it.");
}

const SHOWN = 300;

/** As written, for explanations. Long lists are not written out to be cut: some hold thousands of values. */
function shorten(value: unknown): string {
  const text = Array.isArray(value) && value.length > SHOWN ? JSON.stringify(value.slice(0, SHOWN)) : (JSON.stringify(value) ?? "");
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN - 1)}\u2026`;
}

/** Adds every field that a detection asks for, references to other fields included. */
export function collectFields(detection: Detection, into: Set<string>): void {
  if (detection.kind !== "item") {
    for (const part of detection.parts) collectFields(part, into);
    return;
  }
  const { field, matchers } = detection.item;
  if (field !== null) into.add(field);
  for (const matcher of matchers) if (matcher.kind === "fieldref") into.add(matcher.field);
}
