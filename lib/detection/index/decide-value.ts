import type { Scalar } from "../evaluate/rule-view";
import { compileMatcher, numberOf, type ValueMatcher, type ValueTest } from "../evaluate/compile-matcher";
import { buildGramTable, type GramTable } from "./gram-table";
import { FOLDS_BEYOND, requiredOfPattern, requiredOfRegex } from "./required-literal";
import { literalOf } from "../sigma/text-pattern";

/** Which units of a field hold for a value: their numbers, each once. */
export interface ValueDecider {
  decide(value: Scalar): readonly number[];
}

/** A matcher with the units (questions of rules about this field) that hold when it matches. */
export interface Entry {
  readonly matcher: ValueMatcher;
  readonly units: readonly number[];
}

const MOST_CACHED = 40_000; // distinct values of one field; beyond it the cache begins anew
const LONGEST_CACHED = 1_024;
const TRIAL = 4_096; // values after which a cache that hits less than one in eight is set aside for as many

/**
 * Decides a value against all matchers of one field at once: exact texts and numbers by hash, everything with a literal by
 * grams and then a full test, the rest one by one. Logs repeat themselves, so each distinct value is decided once while the
 * cache holds it; fields that never repeat (command lines with random parts) are not cached for long.
 */
export function buildDecider(entries: readonly Entry[]): ValueDecider {
  const byMatcher = mergeEntries(entries);
  const exact = new Map<string, number[]>();
  const numbers = new Map<number, readonly number[]>();
  const linear: Tested[] = [];
  const needles: { readonly text: string; readonly tested: Tested }[] = [];
  for (const { matcher, units } of byMatcher) {
    if (matcher.kind === "number") {
      numbers.set(matcher.value, units);
      continue;
    }
    const text = matcher.kind === "text" && !matcher.cased ? literalOf(matcher.pattern) : matcher.kind === "boolean" ? String(matcher.value) : null;
    if (text !== null) {
      const folded = text.toLowerCase();
      exact.set(folded, [...(exact.get(folded) ?? []), ...units]);
      continue;
    }
    const required = matcher.kind === "text" ? requiredOfPattern(matcher.pattern) : matcher.kind === "regex" ? requiredOfRegex(matcher.source) : "";
    const tested: Tested = { units, test: compileMatcher(matcher), foldsBeyond: matcher.kind === "regex" };
    if (required.length >= 3) needles.push({ text: required, tested });
    else linear.push(tested);
  }
  const short = needles.filter(({ text }) => text.length === 3);
  const long = needles.filter(({ text }) => text.length > 3);
  const shortTable = short.length === 0 ? null : buildGramTable(short.map(({ text }) => text), 3);
  const longTable = long.length === 0 ? null : buildGramTable(long.map(({ text }) => text), 4);
  const regexes = needles.filter(({ tested }) => tested.foldsBeyond);

  const compute = (value: Scalar): number[] => {
    const found = new Set<number>();
    if (value === null) return [];
    const raw = String(value);
    const folded = raw.toLowerCase();
    for (const unit of exact.get(folded) ?? NONE) found.add(unit);
    if (numbers.size > 0) {
      const number = numberOf(value);
      if (number !== null) for (const unit of numbers.get(number) ?? NONE) found.add(unit);
    }
    const take = ({ units, test }: Tested) => {
      if (test(value, folded)) for (const unit of units) found.add(unit);
    };
    for (const tested of linear) take(tested);
    scanWith(longTable, long, folded, take);
    scanWith(shortTable, short, folded, take);
    if (regexes.length > 0 && FOLDS_BEYOND.test(raw)) for (const { tested } of regexes) take(tested);
    return [...found];
  };
  return cached(compute);
}

interface Tested {
  readonly units: readonly number[];
  readonly test: ValueTest;
  readonly foldsBeyond: boolean; // an expression may ignore case by a flag inside it too
}

const NONE: readonly number[] = [];

function scanWith(table: GramTable | null, needles: readonly { readonly tested: Tested }[], folded: string, take: (tested: Tested) => void): void {
  if (table === null) return;
  let seen: Set<number> | null = null;
  table.scan(folded, (number) => {
    if (seen === null) seen = new Set();
    else if (seen.has(number)) return;
    seen.add(number);
    const needle = needles[number];
    if (needle !== undefined) take(needle.tested);
  });
}

/** Matchers that ask the same are tested once for all their units. */
function mergeEntries(entries: readonly Entry[]): { matcher: ValueMatcher; units: number[] }[] {
  const merged = new Map<string, { matcher: ValueMatcher; units: number[] }>();
  for (const { matcher, units } of entries) {
    const key = JSON.stringify(matcher);
    const known = merged.get(key);
    if (known === undefined) merged.set(key, { matcher, units: [...units] });
    else known.units.push(...units);
  }
  return [...merged.values()];
}

function cached(compute: (value: Scalar) => number[]): ValueDecider {
  let cache = new Map<Scalar, readonly number[]>();
  let asked = 0;
  let hits = 0;
  let resting = 0;
  return {
    decide(value) {
      if (resting > 0 || (typeof value === "string" && value.length > LONGEST_CACHED)) {
        if (resting > 0) resting -= 1;
        return compute(value);
      }
      asked += 1;
      const known = cache.get(value);
      if (known !== undefined) {
        hits += 1;
        return known;
      }
      if (asked >= TRIAL) {
        if (hits * 8 < asked) {
          resting = TRIAL * 8;
          cache = new Map();
        }
        asked = 0;
        hits = 0;
      }
      const units = compute(value);
      if (cache.size >= MOST_CACHED) cache = new Map();
      cache.set(value, units);
      return units;
    },
  };
}
