import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileMatcher, type ValueMatcher } from "../evaluate/compile-matcher";
import { compileRule } from "../evaluate/compile-rule";
import { compileText } from "../evaluate/compile-text";
import { viewRecord } from "../evaluate/rule-view";
import { parseRule } from "../sigma/parse-rule";
import { RuleFault } from "../sigma/rule-fault";
import type { SigmaRule } from "../sigma/rule-types";
import { DASHES, foldPattern, parseTextPattern, surround, type TextPattern, type Token } from "../sigma/text-pattern";
import { chooseWitness } from "./choose-witness";
import { buildDecider } from "./decide-value";
import { buildGramTable } from "./gram-table";
import { MatcherInterner } from "./intern-matchers";
import { matcherKey } from "./matcher-key";
import { planRules } from "./plan-rules";
import { requiredOfPattern, requiredOfRegex } from "./required-literal";
import { buildRuleEngine } from "./rule-engine";
import { buildStrideTable } from "./stride-table";

/* Few letters, so that values meet; among them case pairs, letters whose folding differs between engines, dashes, wildcards. */
const ALPHABET = ["a", "A", "b", "c", "k", "s", "S", "\u017f", "\u212a", "\u0130", "i", "-", "/", "\u2014", " ", "1", "0", ".", "\\", "\n", "\u{1f600}"];
const word = (most: number) => fc.array(fc.constantFrom(...ALPHABET), { maxLength: most }).map((letters) => letters.join(""));
const wild = (most: number) => fc.array(fc.constantFrom(...ALPHABET, "*", "?", "\\*"), { maxLength: most }).map((letters) => letters.join(""));
const atom = fc.constantFrom("a", "b", "k", "s", ".", "[ab]", "[^s]", "\\w", "\\d", "\\\\", "(a|bc)", "(?:sk)", "abc", "\\.", "^", "$", "(?i)", "\\x41");
const regex = fc.array(fc.tuple(atom, fc.constantFrom("", "", "", "*", "+", "?", "{1,2}", "|")), { minLength: 1, maxLength: 6 }).map((parts) => parts.map(([one, more]) => (/^[\^$]$|\(\?i\)/.test(one) && more !== "|" ? one : one + more)).join(""));
const FIELDS = ["A", "B", "C.D"] as const;

const entry: fc.Arbitrary<readonly [string, unknown]> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constantFrom("", "|contains", "|startswith", "|endswith", "|contains|all", "|cased", "|contains|cased", "|windash|contains", "|contains|neq", "|neq"), fc.oneof(wild(5), fc.array(wild(4), { minLength: 2, maxLength: 4 }))) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom("|re", "|re|i", "|re|m", "|re|s"), regex) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom("", "|lt", "|lte", "|gt", "|gte", "|neq"), fc.integer({ min: -1, max: 12 })) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("|exists"), fc.boolean()) },
  { weight: 1, arbitrary: fc.tuple(fc.constant(""), fc.constantFrom(null, "", true, false)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("|cidr"), fc.constantFrom("10.0.0.0/8", "::1/128")) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom("|fieldref", "|fieldref|contains", "|fieldref|neq"), fc.constantFrom(...FIELDS)) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom("|base64offset|contains", "|base64", "|wide|base64"), fc.constantFrom("a", "ab", "abc")) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom("|hour", "|year|gte"), fc.integer({ min: 0, max: 12 })) },
).map(([modifiers, value]) => [modifiers, value] as const);
const lines = fc.array(fc.tuple(fc.constantFrom(...FIELDS), entry), { minLength: 1, maxLength: 3 }).map((all) => Object.fromEntries(all.map(([field, [modifiers, value]]) => [field + modifiers, value])));
const selection: fc.Arbitrary<unknown> = fc.oneof({ weight: 5, arbitrary: lines }, { weight: 2, arbitrary: fc.array(lines, { minLength: 1, maxLength: 3 }) }, { weight: 1, arbitrary: fc.array(wild(4).filter((text) => text !== ""), { minLength: 1, maxLength: 3 }) }, { weight: 1, arbitrary: fc.record({ "|all": fc.array(wild(3), { minLength: 2, maxLength: 3 }) }) });
const condition = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof({ depthSize: "small", maxDepth: 4 }, fc.constantFrom("sel_a", "sel_b", "flt", "1 of sel_*", "all of sel_*", "1 of them", "all of them"), tie("any").map((part) => `not (${part})`), fc.tuple(tie("any"), tie("any")).map(([a, b]) => `(${a}) and (${b})`), fc.tuple(tie("any"), tie("any")).map(([a, b]) => `(${a}) or (${b})`)),
})).any;
const rule: fc.Arbitrary<SigmaRule | null> = fc.tuple(selection, selection, selection, condition).map(([selA, selB, flt, text]) => {
  try {
    return parseRule({ title: "R", logsource: { product: "x" }, detection: { sel_a: selA, sel_b: selB, flt, condition: text } }, 0, new Map());
  } catch (error) {
    if (error instanceof RuleFault) return null; // a refused rule is an answer; anything else is a defect
    throw error;
  }
});
const scalar = fc.oneof({ weight: 5, arbitrary: word(8) }, fc.integer({ min: -1, max: 12 }), fc.constantFrom(null, true, false, "", "10.0.0.1", "::1", "0:0:0:0:0:0:0:1", "YWJj", "2026-01-02T03:04:05Z", "-", "5", "1.0"));
const value = fc.oneof({ weight: 5, arbitrary: scalar }, fc.array(scalar, { maxLength: 3 }), fc.record({ D: scalar }));
const event = fc.record({ A: value, B: value, C: fc.record({ D: value }) }, { requiredKeys: [] });
const view = (native: unknown) => viewRecord({ kind: { family: "test", key: "k" }, fields: {}, native });

const matcher: fc.Arbitrary<ValueMatcher> = fc.oneof(
  fc.record({ kind: fc.constant("text" as const), pattern: fc.tuple(wild(7), fc.boolean(), fc.boolean()).map(([text, before, after]) => surround(parseTextPattern(text), { before, after })), cased: fc.boolean() }),
  fc.record({ kind: fc.constant("regex" as const), source: regex, flags: fc.record({ i: fc.boolean(), m: fc.boolean(), s: fc.boolean() }) }).filter((one) => compiles(one)),
  fc.record({ kind: fc.constant("number" as const), value: fc.integer({ min: 0, max: 12 }) }),
);

describe("the fast path", () => {
  test("finds what the full scan finds, for random rules and events, in whatever order they come", () => {
    let [matched, asked] = [0, 0];
    fc.assert(
      fc.property(fc.array(rule, { minLength: 1, maxLength: 8 }), fc.array(event, { minLength: 1, maxLength: 12 }), (candidates, events) => {
        const rules = candidates.filter((one) => one !== null);
        const engine = buildRuleEngine(rules);
        const group = engine.group(rules.map((_, i) => i));
        const tests = rules.map(compileRule);
        for (const native of [...events, ...events]) {
          const seen = view(native);
          const wanted = tests.flatMap((holds, i) => (holds(seen) ? [i] : []));
          expect(engine.match(group, seen)).toEqual(wanted);
          matched += wanted.length;
          asked += rules.length;
        }
      }),
      { numRuns: 1_500 },
    );
    expect(matched).toBeGreaterThan(asked / 50); // rules of which none ever matches would prove nothing
    expect(matched).toBeLessThan((asked * 49) / 50);
  });

  test("a group answers for its own rules only, ascending, and one of another engine is a defect", () => {
    const rules = ["a", "b", "a"].map((text) => parseRule({ title: "R", logsource: { product: "x" }, detection: { s: { A: text }, condition: "s" } }, 0, new Map()));
    const engine = buildRuleEngine(rules);
    expect([engine.match(engine.group([2, 0]), view({ A: "a" })), engine.match(engine.group([1]), view({ A: "a" })), engine.match(engine.group([]), view({ A: "a" }))]).toEqual([[0, 2], [], []]);
    expect(() => engine.match(buildRuleEngine(rules).group([0]), view({}))).toThrow("another engine");
  });

  test("a witness is sound: where none of its units holds, the rule does not match", () => {
    fc.assert(
      fc.property(rule, event, (one, native) => {
        if (one === null) return;
        const { units, programs, slots } = planRules([one]);
        const [program] = programs;
        const witness = program === undefined ? null : chooseWitness(program, units);
        const seen = view(native);
        if (witness === null || !compileRule(one)(seen)) return;
        const held = witness.units.some((id) => {
          const unit = units[id];
          if (unit?.kind !== "value") return false;
          const field = slots[unit.slot]?.field ?? null;
          const values = field === null ? seen.texts() : (seen.values(field) ?? []);
          return unit.matchers.some((matcher) => values.some((found) => compileMatcher(matcher)(found, found === null ? "" : String(found).toLowerCase())));
        });
        expect(held).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("filters before the full test", () => {
  test("a decider finds every unit whose matcher holds, and no other, the second time too", () => {
    fc.assert(
      fc.property(fc.array(matcher, { minLength: 1, maxLength: 20 }), fc.array(scalar, { minLength: 1, maxLength: 10 }), (matchers, values) => {
        const decider = buildDecider(matchers.map((one, i) => ({ matcher: one, units: [i] })));
        for (const found of [...values, ...values]) {
          const wanted = found === null ? [] : matchers.flatMap((one, i) => (compileMatcher(one)(found, String(found).toLowerCase()) ? [i] : []));
          expect([...decider.decide(found)].sort((a, b) => a - b)).toEqual(wanted);
        }
      }),
      { numRuns: 1_500 },
    );
  });

  test("letters that only an expression without regard to case takes for one another are found: long s, the Kelvin sign", () => {
    const decider = buildDecider(["(?i)task", "desktop"].map((source, i) => ({ matcher: { kind: "regex", source, flags: { i: i === 1, m: false, s: false } }, units: [i] })));
    expect([decider.decide("ta\u017fk"), decider.decide("de\u017f\u212atop"), decider.decide("tank")]).toEqual([[0], [1], []]);
  });

  test("the text that a pattern requires stands in every text it matches", () => {
    fc.assert(
      fc.property(wild(7), fc.boolean(), word(10), (source, around, text) => {
        const pattern = surround(parseTextPattern(source), { before: around, after: around });
        if (compileText(pattern, false)(text.toLowerCase())) expect(text.toLowerCase()).toContain(requiredOfPattern(pattern));
      }),
      { numRuns: 5_000 },
    );
  });

  test.each([
    ["abc", "abc"], ["abc?", "ab"], ["a(bcd)?ef", "ef"], ["ab|cd", ""], ["a[xyz]bcd", "bcd"], ["(ab|cd)xyz", "xyz"], ["a{2}bc", "bc"], ["\\\\Device\\\\x", "\\device\\x"], ["ab\\x41cd", ""], ["[]a]bcd", "bcd"], ["ab\\d+cdef", "cdef"], ["(?:abcdef)*gh", "gh"], ["a.*bcd", "bcd"], ["\\Qa|b\\E", ""],
  ])("of a regular expression: %s requires %j", (source, wanted) => {
    expect(requiredOfRegex(source)).toBe(wanted);
  });

  test("a gram table announces every needle that stands in the text", () => {
    fc.assert(
      fc.property(fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const), fc.array(word(8).map((text) => `abcd${text}`.toLowerCase()), { minLength: 1, maxLength: 40 }), word(8), word(8), fc.nat(), (size, needles, before, after, pick) => {
        const chosen = pick % needles.length;
        const seen: number[] = [];
        buildGramTable(needles, size).scan(`${before}${needles[chosen] ?? ""}${after}`.toLowerCase(), seen);
        expect(seen).toContain(chosen);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe("long needles", () => {
  const LETTERS = ["a", "k", "i", "s", "\\", "-", "1", " "];
  const long = (least: number, most: number) => fc.array(fc.constantFrom(...LETTERS), { minLength: least, maxLength: most }).map((letters) => letters.join(""));
  const written = (text: string, picks: readonly number[]) => [...text].map((letter, i) => ((picks[i % picks.length] ?? 0) === 0 ? letter : letter === "k" && picks[i % picks.length] === 1 ? "\u212a" : letter.toUpperCase())).join("");

  test("are announced wherever they stand, whatever the case, letters that fold into ASCII included", () => {
    fc.assert(
      fc.property(fc.array(long(7, 16), { minLength: 1, maxLength: 12 }), fc.array(fc.constantFrom("a", "K", "i", "\u0130", "\u00e4", "1"), { maxLength: 9 }), long(0, 9), fc.nat(), fc.array(fc.nat(3), { minLength: 1, maxLength: 20 }), (needles, before, after, pick, picks) => {
        const chosen = pick % needles.length;
        const text = `${before.join("")}${written(needles[chosen] ?? "", picks)}${after}`;
        const table = buildStrideTable(needles);
        const seen: number[] = [];
        if (!table.scan(text, seen)) table.scanFolded(text.toLowerCase(), seen);
        expect(seen).toContain(chosen);
        expect(new Set(seen).size).toBeLessThanOrEqual(needles.length);
      }),
      { numRuns: 3_000 },
    );
  });

  test("a decider of long and short texts finds every unit that holds, and no other", () => {
    const entry = fc.record({ text: fc.oneof(long(1, 6), long(7, 14)), before: fc.boolean(), after: fc.boolean(), cased: fc.boolean() });
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 12 }), fc.array(fc.tuple(long(0, 6), fc.nat(), long(0, 6), fc.array(fc.nat(3), { minLength: 1, maxLength: 9 })), { minLength: 1, maxLength: 6 }), (entries, texts) => {
        const matchers: ValueMatcher[] = entries.map(({ text, before, after, cased }) => ({ kind: "text", pattern: surround([{ kind: "text", text }], { before, after }), cased }));
        const decider = buildDecider(matchers.map((one, i) => ({ matcher: one, units: [i] })));
        for (const [before, pick, after, picks] of texts) {
          const found = `${before}${written(entries[pick % entries.length]?.text ?? "", picks)}${after}`;
          const wanted = matchers.flatMap((one, i) => (compileMatcher(one)(found, found.toLowerCase()) ? [i] : []));
          expect([...decider.decide(found)].sort((a, b) => a - b)).toEqual(wanted);
        }
      }),
      { numRuns: 1_500 },
    );
  });

  test("a text of one letter and thousands of needles that begin alike cost no more than the needles", () => {
    const needles = Array.from({ length: 50_000 }, (_, i) => `aaaaaaaa${i}`);
    const text = "a".repeat(1_000_000);
    const hits: number[] = [];
    buildStrideTable(needles).scan(text, hits);
    buildGramTable(needles, 4).scan(text, hits);
    expect(hits.length).toBeLessThanOrEqual(2 * needles.length);
  });
});

test("two matchers have one key exactly when they are equal", () => {
  fc.assert(
    fc.property(matcher, matcher, (a, b) => {
      const equal = JSON.stringify(a) === JSON.stringify(b);
      expect(matcherKey(a) === matcherKey(b)).toBe(equal);
      const interner = new MatcherInterner();
      expect(interner.intern(a) === interner.intern(b)).toBe(equal);
    }),
    { numRuns: 3_000 },
  );
});

describe("patterns", () => {
  test("match what a plain definition by characters says", () => {
    fc.assert(
      fc.property(wild(6), fc.boolean(), fc.boolean(), word(8), (source, before, after, text) => {
        const pattern = surround(parseTextPattern(source), { before, after });
        expect(compileText(pattern, false)(text.toLowerCase())).toBe(matchesSlowly(foldPattern(pattern), [...text.toLowerCase()]));
      }),
      { numRuns: 10_000 },
    );
  });
});

function compiles(matcher: ValueMatcher): boolean {
  try {
    compileMatcher(matcher);
    return true;
  } catch {
    return false;
  }
}

/** By trying everything: the definition, at exponential cost. */
function matchesSlowly(pattern: TextPattern, text: readonly string[]): boolean {
  const letters = pattern.flatMap((token): (Token | string)[] => (token.kind === "text" ? [...token.text] : [token]));
  const from = (i: number, at: number): boolean => {
    const one = letters[i];
    if (one === undefined) return at === text.length;
    if (typeof one === "string") return text[at] === one && from(i + 1, at + 1);
    if (one.kind === "any") return from(i + 1, at) || (at < text.length && from(i, at + 1));
    return at < text.length && (one.kind === "one" || DASHES.includes(text[at] ?? " ")) && from(i + 1, at + 1);
  };
  return from(0, 0);
}
