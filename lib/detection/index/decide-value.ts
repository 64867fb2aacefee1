import type { Scalar } from "../evaluate/rule-view";
import { compileMatcher, numberOf, type ValueMatcher, type ValueTest } from "../evaluate/compile-matcher";
import { literalOf } from "../sigma/text-pattern";
import { buildGramTable, type GramSize, type GramTable } from "./gram-table";
import { FOLDS_BEYOND, requiredOfPattern, requiredOfRegex } from "./required-literal";

/** Which units of a field hold for a value: their numbers, each once. */
export interface ValueDecider {
  decide(value: Scalar): readonly number[];
}

/** A matcher with the units (questions of rules about this field) that hold when it matches. */
export interface Entry {
  readonly matcher: ValueMatcher;
  readonly units: readonly number[];
}

interface Tested {
  readonly units: readonly number[];
  readonly test: ValueTest;
}

interface Finder {
  readonly table: GramTable;
  readonly needles: readonly Tested[];
  readonly seen: Uint32Array; // when each was tested last
}

const SIZES: readonly GramSize[] = [4, 3, 2, 1];
const NONE: readonly number[] = [];
const MOST_CACHED = 40_000; // distinct values of one field; beyond it the cache begins anew
const LONGEST_CACHED = 1_024;
const TRIAL = 4_096; // values after which a cache that hits less than one in eight is set aside for as many

/**
 * Decides a value against all matchers of one field at once: exact texts and numbers by hash, everything with a literal by
 * grams and then a full test, the rest one by one. Logs repeat themselves, so each distinct value is decided once while the
 * cache holds it; fields that never repeat (command lines with random parts) are not cached for long.
 */
export function buildDecider(entries: readonly Entry[]): ValueDecider {
  return new CachedDecider(new MatcherTable(mergeEntries(entries)));
}

/** Matchers that are the same object are tested once for all their units. */
function mergeEntries(entries: readonly Entry[]): Map<ValueMatcher, number[]> {
  const merged = new Map<ValueMatcher, number[]>();
  for (const { matcher, units } of entries) {
    const known = merged.get(matcher);
    if (known === undefined) merged.set(matcher, [...units]);
    else known.push(...units);
  }
  return merged;
}

class MatcherTable {
  private readonly exact = new Map<string, readonly number[]>();
  private readonly numbers = new Map<number, readonly number[]>();
  private readonly linear: Tested[] = [];
  private readonly finders: readonly Finder[]; // by the length of the text that must stand in the value
  private readonly regexes: Tested[] = []; // among the needles: an expression may ignore case by a flag inside it too
  // Of the value in hand:
  private now = 0;
  private readonly hits: number[] = [];

  constructor(entries: ReadonlyMap<ValueMatcher, readonly number[]>) {
    const needles = new Map<GramSize, { text: string; tested: Tested }[]>();
    for (const [matcher, units] of entries) {
      if (matcher.kind === "number") {
        this.numbers.set(matcher.value, [...(this.numbers.get(matcher.value) ?? NONE), ...units]);
        continue;
      }
      const text = matcher.kind === "text" && !matcher.cased ? literalOf(matcher.pattern) : matcher.kind === "boolean" ? String(matcher.value) : null;
      if (text !== null) {
        const folded = text.toLowerCase();
        this.exact.set(folded, [...(this.exact.get(folded) ?? NONE), ...units]);
        continue;
      }
      const required = matcher.kind === "text" ? requiredOfPattern(matcher.pattern) : matcher.kind === "regex" ? requiredOfRegex(matcher.source) : "";
      const tested: Tested = { units, test: compileMatcher(matcher) };
      const size = SIZES.find((one) => required.length >= one);
      if (size === undefined) {
        this.linear.push(tested);
        continue;
      }
      const own = needles.get(size) ?? [];
      own.push({ text: required, tested });
      needles.set(size, own);
      if (matcher.kind === "regex") this.regexes.push(tested);
    }
    this.finders = [...needles].map(([size, own]) => ({ table: buildGramTable(own.map(({ text }) => text), size), needles: own.map(({ tested }) => tested), seen: new Uint32Array(own.length) }));
  }

  decide(value: Scalar): readonly number[] {
    if (value === null) return NONE;
    const raw = String(value);
    const folded = raw.toLowerCase();
    const found: number[] = [];
    const exact = this.exact.get(folded);
    if (exact !== undefined) for (const unit of exact) found.push(unit);
    if (this.numbers.size > 0) {
      const number = numberOf(value);
      const units = number === null ? undefined : this.numbers.get(number);
      if (units !== undefined) for (const unit of units) found.push(unit);
    }
    for (const tested of this.linear) if (tested.test(value, folded)) for (const unit of tested.units) found.push(unit);
    this.now += 1;
    if (this.now === 0xffffffff) this.forget();
    for (const finder of this.finders) this.scan(finder, value, folded, found);
    if (this.regexes.length > 0 && FOLDS_BEYOND.test(raw)) for (const tested of this.regexes) if (tested.test(value, folded)) for (const unit of tested.units) found.push(unit);
    return found.length < 2 ? found : [...new Set(found)];
  }

  private scan({ table, needles, seen }: Finder, value: Scalar, folded: string, found: number[]): void {
    const { hits } = this;
    table.scan(folded, hits);
    if (hits.length === 0) return; // as mostly: emptying an array costs
    for (const hit of hits) {
      if (seen[hit] === this.now) continue;
      seen[hit] = this.now;
      const tested = needles[hit];
      if (tested !== undefined && tested.test(value, folded)) for (const unit of tested.units) found.push(unit);
    }
    hits.length = 0;
  }

  private forget(): void {
    this.now = 1;
    for (const { seen } of this.finders) seen.fill(0);
  }
}

class CachedDecider implements ValueDecider {
  private cache = new Map<Scalar, readonly number[]>();
  private asked = 0;
  private hits = 0;
  private resting = 0;

  constructor(private readonly table: MatcherTable) {}

  decide(value: Scalar): readonly number[] {
    if (this.resting > 0 || (typeof value === "string" && value.length > LONGEST_CACHED)) {
      if (this.resting > 0) this.resting -= 1;
      return this.table.decide(value);
    }
    this.asked += 1;
    const known = this.cache.get(value);
    if (known !== undefined) {
      this.hits += 1;
      return known;
    }
    if (this.asked >= TRIAL) {
      if (this.hits * 8 < this.asked) {
        this.resting = TRIAL * 8;
        this.cache = new Map();
      }
      this.asked = 0;
      this.hits = 0;
    }
    const units = this.table.decide(value);
    if (this.cache.size >= MOST_CACHED) this.cache = new Map();
    this.cache.set(value, units);
    return units;
  }
}
