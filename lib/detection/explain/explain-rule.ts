import type { ParsedRecord } from "@/lib/events/types";
import { isEmptyValue } from "@/lib/telemetry/canonical-fields";
import { compileItem, compileRule, type RuleTest } from "../evaluate/compile-rule";
import { viewRecord, type RuleView, type Scalar } from "../evaluate/rule-view";
import type { DetectionItem, SigmaRule } from "../sigma/rule-types";
import { distanceTo, testItems, traceRule, type Trace } from "./trace-rule";

/** What one line of a rule asked of an event, and what it found. */
export interface ExplainedItem {
  readonly path: string; // detection.selection.Image|endswith
  readonly field: string | null; // null: keywords
  readonly wanted: string;
  readonly found: Scalar | readonly Scalar[]; // shortened; null when the field is not there, or no text holds a keyword
  /** filled; empty: there, with a value that says nothing; absent; anywhere: keywords. */
  readonly state: "filled" | "empty" | "absent" | "anywhere";
  /** native: under this name in the record; canonical: under another name, as Sightline reads the record. */
  readonly lookup: "native" | "canonical" | null;
  readonly result: boolean;
  readonly decides: boolean; // with the others that decide, the fewest lines that would have to come out otherwise for the rule to match
}

export interface RuleExplanation {
  readonly matched: boolean;
  readonly event: number; // record number
  readonly kind: string; // record kind
  readonly needed: number; // how many lines would have to come out otherwise
  readonly items: readonly ExplainedItem[];
}

type Explainable = Pick<ParsedRecord, "number" | "kind" | "fields" | "native">;

const MOST_VALUES = 20;
const MOST_TEXT = 300;

/** Why a rule did or did not match an event: every line with its verdict, by the tests that the full scan itself uses. */
export function explainRule(rule: Pick<SigmaRule, "detections" | "condition">, record: Explainable): RuleExplanation {
  return explainWith(testedRule(rule), record);
}

function explainWith({ trace, matches }: Tested, record: Explainable): RuleExplanation {
  const view = viewRecord(record);
  const results = testItems(trace, view);
  const { lines, deciding } = distanceTo(true, trace.root, results);
  const bare = viewRecord({ ...record, fields: {} });
  return {
    matched: matches(view),
    event: record.number,
    kind: `${record.kind.family}:${record.kind.key}`,
    needed: lines,
    items: trace.items.map(({ item }, i) => ({ path: item.path, field: item.field, wanted: item.wanted, ...foundOf(item, view, bare), result: results[i] ?? false, decides: deciding.includes(i) })),
  };
}

/** A rule compiled for explanations: its lines, and the test of the whole. */
export interface Tested {
  readonly trace: Trace;
  readonly matches: RuleTest;
}

const tested = new WeakMap<object, Tested>(); // goes with the rules

/** Compiled once per rule, however many samples it is explained over. */
export function testedRule(rule: Pick<SigmaRule, "detections" | "condition">): Tested {
  const known = tested.get(rule);
  if (known !== undefined) return known;
  const made = { trace: traceRule(rule), matches: compileRule(rule) };
  tested.set(rule, made);
  return made;
}

/** Over many events: keeps the first that matches, else the one that is nearest to matching. */
export class NearestEvent {
  private best: { readonly record: Explainable; readonly lines: number; readonly met: number } | null = null;
  /** Events looked at, and how many of them matched. */
  seen = 0;
  matched = 0;

  constructor(private readonly rule: Tested) {}

  /** @returns whether the event matches */
  look(record: Explainable, view: RuleView): boolean {
    this.seen += 1;
    const matched = this.rule.matches(view);
    if (matched) this.matched += 1;
    if (this.best?.lines === 0) return matched;
    const results = testItems(this.rule.trace, view);
    const { lines } = distanceTo(true, this.rule.trace.root, results);
    const met = results.filter(Boolean).length;
    if (this.best === null || lines < this.best.lines || (lines === this.best.lines && met > this.best.met)) this.best = { record, lines, met };
    return matched;
  }

  /** null when there was no event. */
  explain(): RuleExplanation | null {
    return this.best === null ? null : explainWith(this.rule, this.best.record);
  }
}

function foundOf(item: DetectionItem, view: RuleView, bare: RuleView): Pick<ExplainedItem, "found" | "state" | "lookup"> {
  const { field } = item;
  if (field === null) {
    const test = compileItem({ ...item, quantifier: "any" });
    const text = view.texts().find((one) => test({ values: () => null, texts: () => [one] }));
    return { found: text === undefined ? null : shorten(text), state: "anywhere", lookup: null };
  }
  const values = view.values(field);
  if (values === null) return { found: null, state: "absent", lookup: null };
  const shown = values.slice(0, MOST_VALUES).map(shorten);
  return {
    found: shown.length === 1 ? (shown[0] ?? null) : shown,
    state: values.every((value) => isEmptyValue(value)) ? "empty" : "filled",
    lookup: bare.values(field) === null ? "canonical" : "native",
  };
}

function shorten(value: Scalar): Scalar {
  return typeof value === "string" && value.length > MOST_TEXT ? `${value.slice(0, MOST_TEXT - 1)}\u2026` : value;
}
