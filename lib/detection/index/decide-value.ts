import type { Scalar } from "../evaluate/rule-view";
import { compileMatcher, numberOf, type ValueMatcher, type ValueTest } from "../evaluate/compile-matcher";
import { literalOf } from "../sigma/text-pattern";
import { buildGramTable, type GramSize, type GramTable } from "./gram-table";
import { FOLDS_BEYOND, requiredOfPattern, requiredOfRegex } from "./required-literal";
import { buildStrideTable, STRIDE_LEAST, type StrideTable } from "./stride-table";

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
}

interface LongFinder {
  readonly table: StrideTable;
  readonly needles: readonly Tested[];
}

const SIZES: readonly GramSize[] = [4, 3, 2, 1];
const ASCII = /^[\0-\x7f]*$/;
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
  private readonly long: LongFinder | null; // of needles so long that not every place need be looked at
  private readonly regexes: Tested[] = []; // among the needles: an expression may ignore case by a flag inside it too
  /** Deciding costs no more than looking the value up would. */
  readonly cheap: boolean;
  private readonly hits: number[] = []; // of the value in hand

  constructor(entries: ReadonlyMap<ValueMatcher, readonly number[]>) {
    const needles = new Map<GramSize, { text: string; tested: Tested }[]>();
    const long: { text: string; tested: Tested }[] = [];
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
      if (matcher.kind === "regex" && required !== "") this.regexes.push(tested);
      if (required.length >= STRIDE_LEAST && ASCII.test(required)) {
        long.push({ text: required, tested });
        continue;
      }
      const size = SIZES.find((one) => required.length >= one);
      if (size === undefined) {
        this.linear.push(tested);
        continue;
      }
      const own = needles.get(size) ?? [];
      own.push({ text: required, tested });
      needles.set(size, own);
    }
    this.finders = [...needles].map(([size, own]) => ({ table: buildGramTable(own.map(({ text }) => text), size), needles: own.map(({ tested }) => tested) }));
    this.long = long.length === 0 ? null : { table: buildStrideTable(long.map(({ text }) => text)), needles: long.map(({ tested }) => tested) };
    this.cheap = this.long !== null && this.exact.size + this.numbers.size + this.linear.length + this.finders.length + this.regexes.length === 0;
  }

  decide(value: Scalar): readonly number[] {
    if (value === null) return NONE;
    const raw = typeof value === "string" ? value : String(value);
    if (this.cheap) return this.decideLong(value, raw, NONE);
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
    for (const { table, needles } of this.finders) {
      table.scan(folded, this.hits);
      if (this.hits.length > 0) this.test(needles, value, folded, found);
    }
    const all = this.decideLong(value, raw, found);
    if (this.regexes.length === 0 || !FOLDS_BEYOND.test(raw)) return all.length < 2 ? all : [...new Set(all)];
    const more = [...all];
    for (const tested of this.regexes) if (tested.test(value, folded)) for (const unit of tested.units) more.push(unit);
    return [...new Set(more)];
  }

  /** Without a lower-case copy of the text where it is ASCII and holds nothing, as mostly. */
  private decideLong(value: Scalar, raw: string, before: readonly number[]): readonly number[] {
    const { long, hits } = this;
    if (long === null) return before;
    const ascii = long.table.scan(raw, hits);
    if (ascii && hits.length === 0) return before;
    const folded = raw.toLowerCase();
    if (!ascii) long.table.scanFolded(folded, hits);
    const found = [...before];
    this.test(long.needles, value, folded, found);
    return found.length < 2 || !this.cheap ? found : [...new Set(found)];
  }

  /** A needle comes once per table, but by several matchers a unit may come more often. */
  private test(needles: readonly Tested[], value: Scalar, folded: string, found: number[]): void {
    const { hits } = this;
    for (const hit of hits) {
      const tested = needles[hit];
      if (tested !== undefined && tested.test(value, folded)) for (const unit of tested.units) found.push(unit);
    }
    hits.length = 0;
  }
}

class CachedDecider implements ValueDecider {
  private cache = new Map<Scalar, readonly number[]>();
  private asked = 0;
  private hits = 0;
  private resting = 0;

  constructor(private readonly table: MatcherTable) {}

  decide(value: Scalar): readonly number[] {
    if (this.table.cheap) return this.table.decide(value);
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
