import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explainCorrelation } from "../explain/explain-correlation";
import { renameFields } from "../rules/mappings/rename-fields";
import { linkRules } from "../sigma/link-rules";
import { parseRuleFile } from "../sigma/parse-rule-file";
import { collectItems } from "./collect-items";
import { correlate, rulesFeedingOnly } from "./correlate";
import { specOf } from "./group-items";
import { fieldsByRule } from "./take-match";
import { matchesOf, ruleSet, type MatchSketch } from "./testing/sketch";
import { windowValue } from "./window-value";

const fire = (correlation: string | readonly string[], sketches: readonly MatchSketch[], names: readonly string[] = ["a", "b", "c"]) => {
  const set = ruleSet(names, ...(typeof correlation === "string" ? [correlation] : correlation));
  return correlate(set.correlations, matchesOf(set, sketches));
};
const events = (...args: Parameters<typeof fire>) => fire(...args).fired.map((one) => one.events);
const body = (type: string, more: string, rules = "[a]") => `correlation:\n  type: ${type}\n  rules: ${rules}\n  timespan: 10s\n${more.replace(/^/gm, "  ")}\n`;
const a = (at: number | null, values: MatchSketch["values"] = {}, number?: number): MatchSketch => ({ rule: "a", at, values, ...(number === undefined ? {} : { number }) });
const times = (...seconds: readonly number[]) => seconds.map((at) => a(at));

describe("event_count", () => {
  const three = body("event_count", "condition: {gte: 3}");
  it("fires on the record that completes the count, with the records of the window", () => {
    expect(fire(three, times(0, 4, 8)).fired).toMatchObject([{ title: "correlation", correlation: 0, events: [1, 2, 3], at: 3, atMs: 8000, group: {}, inner: false }]);
  });
  it("keeps a record that is exactly one timespan old, and none that is older", () => {
    expect(events(three, times(0, 5, 10))).toEqual([[1, 2, 3]]);
    expect(events(three, times(0, 5, 10.001))).toEqual([]);
  });
  it("slides its window: records on both sides of a clock mark count together", () => {
    expect(events(three, times(58, 61, 64))).toEqual([[1, 2, 3]]);
  });
  it("fires once per window: again only when nothing of the last firing is in the window", () => {
    expect(events(three, times(0, 1, 2, 3, 4, 5, 12))).toEqual([[1, 2, 3]]);
    expect(events(three, times(0, 1, 2, 3, 12, 12.001))).toEqual([[1, 2, 3], [4, 5, 6]]);
  });
  it("counts records that came late where they belong", () => {
    expect(fire(three, [a(8), a(0), a(4)]).fired).toMatchObject([{ events: [2, 3, 1], at: 1 }]);
  });
  it("counts a record once, however many of its rules it matched", () => {
    const two = body("event_count", "condition: {gte: 2}", "[a, b]");
    expect(events(two, [a(0, {}, 1), { rule: "b", at: 0, number: 1 }])).toEqual([]);
    expect(events(two, [a(0, {}, 1), { rule: "b", at: 1, number: 2 }])).toEqual([[1, 2]]);
  });
  it("takes several thresholds as one range", () => {
    expect(events(body("event_count", "condition: {gt: 1, lt: 3}"), times(0, 1, 2))).toEqual([[1, 2]]);
    expect(events(body("event_count", "condition: {gte: 3, lt: 3}"), times(0, 1, 2))).toEqual([]);
    expect(events(body("event_count", "condition: {neq: 1, lte: 9}"), times(0, 1, 2))).toEqual([[1, 2]]);
    expect(events(body("event_count", "condition: {eq: 3}"), times(0, 1, 2))).toEqual([[1, 2, 3]]);
  });
});

describe("group-by", () => {
  const two = (more: string) => body("event_count", `condition: {gte: 2}\n${more}`, "[a, b]");
  it("counts records with equal values only", () => {
    expect(events(two("group-by: [User]"), [a(0, { User: "ana" }), a(1, { User: "bob" }), a(2, { User: "ana" })])).toEqual([[1, 3]]);
  });
  it("takes several fields together", () => {
    const both = (User: string, Host: string) => ({ User, Host });
    expect(events(two("group-by: [User, Host]"), [a(0, both("ana", "x")), a(1, both("ana", "y")), a(2, both("ana", "x"))])).toEqual([[1, 3]]);
  });
  it("compares values as Sigma compares texts: without case, and numbers with the text of the number", () => {
    expect(fire(two("group-by: [User]"), [a(0, { User: "ANA" }), a(1, { User: "ana" })]).fired).toMatchObject([{ events: [1, 2], group: { User: "ANA" } }]);
    expect(events(two("group-by: [Port]"), [a(0, { Port: 22 }), a(1, { Port: "22" })])).toEqual([[1, 2]]);
    expect(events(two("group-by: [Port]"), [a(0, { Port: "22" }), a(1, { Port: "220" })])).toEqual([]);
  });
  it("leaves out records that lack a field or hold a mark for nothing, and says how many", () => {
    expect(fire(two("group-by: [User]"), [a(0), a(1), a(2, { User: "-" }), a(3, { User: "-" })])).toEqual({ fired: [], untimed: 0, keyless: [{ correlation: 0, records: 4 }] });
  });
  it("counts a record with several values in the group of each", () => {
    expect(events(two("group-by: [User]"), [a(0, { User: ["ana", "bob"] }), a(1, { User: "bob" })])).toEqual([[1, 2]]);
  });
  it("finds one thing under the name that each rule's records use, by alias", () => {
    const aliases = "group-by: [who]\naliases:\n  who:\n    a: SubjectUser\n    b: TargetUser";
    expect(fire(two(aliases), [a(0, { SubjectUser: "ana", TargetUser: "x" }), { rule: "b", at: 1, values: { TargetUser: "ana" } }]).fired).toMatchObject([{ events: [1, 2], group: { who: "ana" } }]);
    expect(events(two(aliases), [a(0, { TargetUser: "ana" }), { rule: "b", at: 1, values: { TargetUser: "ana" } }])).toEqual([]);
  });
});

describe("aliases", () => {
  const rules = ["a", "b"].map((name) => `title: ${name}\nname: ${name}\nid: id-${name}\nlogsource: {product: windows}\ndetection: {selection: {EventID: 1}, condition: selection}\n`);
  const link = (aliases: string) => linkRules([parseRuleFile("r.yml", [...rules, `title: c\n${body("event_count", `condition: {gte: 2}\ngroup-by: [who]\naliases: {who: ${aliases}}`, "[a, b]")}`].join("---\n"))]);
  it("may name a rule by its id where the list names it by its name", () => {
    const set = link("{id-a: X, b: Y}");
    expect(correlate(set.correlations, matchesOf(set, [a(0, { X: "ana" }), { rule: "b", at: 1, values: { Y: "ana" } }])).fired).toMatchObject([{ events: [1, 2] }]);
  });
  it("of a rule that the correlation does not list are refused: they would join nothing", () => {
    expect(link("{c: X}").refused).toMatchObject([{ title: "c", line: expect.any(Number), message: expect.stringContaining('"c"') }]);
    expect(link("{a: X, nobody: Y}").refused).toMatchObject([{ title: "c" }]);
  });
});

describe("value_count", () => {
  const names = body("value_count", "condition: {field: User, gte: 2}");
  it("counts distinct values, without regard to case", () => {
    expect(events(names, [a(0, { User: "ana" }), a(1, { User: "ANA" }), a(2, { User: "bob" })])).toEqual([[1, 2, 3]]);
    expect(events(names, [a(0, { User: 1 }), a(1, { User: "1" })])).toEqual([]);
  });
  it("forgets a value when the last record with it leaves the window", () => {
    expect(events(names, [a(0, { User: "ana" }), a(11, { User: "bob" })])).toEqual([]);
  });
  it("does not count a field that is not there as a value", () => {
    expect(events(names, [a(0, { User: "ana" }), a(1)])).toEqual([]);
  });
  it("counts tuples of several fields", () => {
    const pairs = body("value_count", "condition: {field: [User, Host], gte: 3}");
    const pair = (at: number, User: string, Host: string) => a(at, { User, Host });
    expect(events(pairs, [pair(0, "ana", "x"), pair(1, "ana", "y"), pair(2, "ana", "x"), pair(3, "bob", "y")])).toEqual([[1, 2, 3, 4]]);
    expect(events(pairs, [pair(0, "a b", "c"), pair(1, "a", "b c")])).toEqual([]);
  });
});

describe("value_sum, value_avg and value_percentile", () => {
  const sizes = (...values: readonly unknown[]) => values.map((value, i) => a(i, { Size: typeof value === "number" || typeof value === "string" ? value : null }));
  it("sums numbers and texts that write one, and passes over what is none", () => {
    const sum = body("value_sum", "condition: {field: Size, gte: 100}");
    expect(events(sum, sizes(60, "0x28", "forty", "40"))).toEqual([[1, 4]]);
    expect(events(sum, [a(0, { Size: 60 }), a(11, { Size: 60 })])).toEqual([]);
  });
  it("a large value that left the window takes no small ones with it", () => {
    expect(events(body("value_sum", "condition: {field: Size, eq: 3}"), [a(0, { Size: 1e20 }), a(11, { Size: 1 }), a(12, { Size: 2 })])).toEqual([[2, 3]]);
  });
  it("averages over the records that have a number", () => {
    expect(events(body("value_avg", "condition: {field: Size, gt: 10}"), sizes(10, null, "x", 12))).toEqual([[1, 4]]);
  });
  it("takes the percentile by nearest rank: the smallest value that is not less than that share", () => {
    const at = (percentile: number, values: readonly number[]) => {
      const set = ruleSet(["a"], body("value_percentile", `condition: {field: Size, percentile: ${percentile}, gte: 0}`));
      const [correlation] = set.correlations;
      if (correlation === undefined) throw new Error("no correlation");
      const items = collectItems(correlation, { correlations: set.correlations, matches: new Map([[0, matchesOf(set, sizes(...values))]]), firings: [], tree: null });
      const { window } = windowValue(specOf(correlation), items);
      items.forEach((_, i) => window.enter(i));
      return window.value();
    };
    expect([0, 20, 21, 50, 80, 81, 100].map((percentile) => at(percentile, [5, 1, 4, 2, 3]))).toEqual([1, 1, 2, 3, 4, 5, 5]);
    expect(at(95, [7])).toBe(7);
    expect(at(50, [])).toBe(null);
  });
});

describe("temporal", () => {
  const all = body("temporal", "group-by: [User]", "[a, b, c]");
  const of = (rule: string, at: number, User = "ana", number?: number): MatchSketch => ({ rule, at, values: { User }, ...(number === undefined ? {} : { number }) });
  it("fires when all its rules matched within the timespan, in any order, with the newest record of each", () => {
    expect(fire(all, [of("c", 0), of("a", 1), of("c", 2), of("b", 10)]).fired).toMatchObject([{ events: [2, 3, 4], at: 4 }]);
    expect(events(all, [of("c", 0), of("a", 1), of("b", 10.5)])).toEqual([]);
    expect(events(all, [of("a", 0), of("b", 1, "bob"), of("c", 2)])).toEqual([]);
  });
  it("lets one record serve several of its rules", () => {
    expect(events(all, [of("a", 0, "ana", 1), of("b", 0, "ana", 1), of("c", 1, "ana", 2)])).toEqual([[1, 2]]);
  });
  it("with a condition, fires when so many of its rules matched", () => {
    expect(events(body("temporal", "condition: {gte: 2}", "[a, b, c]"), [of("a", 0), of("a", 1), of("c", 2)])).toEqual([[2, 3]]);
  });
});

describe("temporal_ordered", () => {
  const chain = body("temporal_ordered", "group-by: [User]", "[a, b, c]");
  const of = (rule: string, at: number, number?: number): MatchSketch => ({ rule, at, values: { User: "ana" }, ...(number === undefined ? {} : { number }) });
  it("fires in the order of its rules only", () => {
    expect(fire(chain, [of("a", 0), of("b", 1), of("c", 2)]).fired).toMatchObject([{ events: [1, 2, 3], at: 3 }]);
    expect(events(chain, [of("b", 0), of("a", 1), of("c", 2)])).toEqual([]);
  });
  it("takes the chain that began last, so that an early first stage hides no later one", () => {
    expect(events(chain, [of("a", 0), of("b", 1), of("a", 8), of("b", 9), of("c", 15)])).toEqual([[3, 4, 5]]);
  });
  it("holds the whole chain to the timespan, its edge included", () => {
    expect(events(chain, [of("a", 0), of("b", 5), of("c", 10)])).toEqual([[1, 2, 3]]);
    expect(events(chain, [of("a", 0), of("b", 5), of("c", 10.001)])).toEqual([]);
  });
  it("takes records of one instant in the order in which they were read", () => {
    expect(events(chain, [of("a", 0, 1), of("b", 0, 2), of("c", 0, 3)])).toEqual([[1, 2, 3]]);
    expect(events(chain, [of("a", 0, 2), of("b", 0, 1), of("c", 0, 3)])).toEqual([]);
  });
  it("wants a record of its own for every stage: none comes after itself", () => {
    expect(events(chain, [of("a", 0, 1), of("b", 0, 1), of("c", 1, 2)])).toEqual([]);
  });
  it("takes a rule named twice as two stages", () => {
    expect(events(body("temporal_ordered", "", "[a, a, b]"), [of("a", 0), of("b", 1), of("a", 2), of("b", 3)])).toEqual([[1, 3, 4]]);
  });
  it("with a condition, counts the stages of the longest chain, some left out", () => {
    const two = body("temporal_ordered", "condition: {gte: 2}", "[a, b, c]");
    expect(events(two, [of("a", 0), of("c", 1)])).toEqual([[1, 2]]);
    expect(events(two, [of("c", 0), of("a", 1)])).toEqual([]);
  });
});

describe("a chain of correlations", () => {
  const burst = (more = "") => `title: burst\nname: burst\n${more}${body("event_count", "condition: {gte: 2}\ngroup-by: [User, Host]")}`;
  const outer = `title: outer\n${body("temporal_ordered", "group-by: [User]", "[burst, b]")}`;
  const of = (rule: string, at: number, Host = "x"): MatchSketch => ({ rule, at, values: { User: "ana", Host } });
  const sample = [of("a", 0), of("a", 4), of("b", 6)];
  it("takes the firing of one as an event of the next, with all its records and the values they share", () => {
    expect(fire([outer, burst()], sample).fired).toMatchObject([{ title: "burst", events: [1, 2], inner: true }, { title: "outer", events: [1, 2, 3], at: 3, inner: false, group: { User: "ana" } }]);
    expect(events([outer, burst()], [of("a", 0), of("a", 4, "y"), of("b", 6)])).toEqual([]);
  });
  it("places a firing where its last record is, and wants its first one inside the window too", () => {
    expect(fire([outer, burst()], [of("a", 0), of("a", 4), of("b", 3)]).fired.map(({ title }) => title)).toEqual(["burst"]);
    expect(fire([outer, burst()], [of("a", 0), of("a", 4), of("b", 10.5)]).fired.map(({ title }) => title)).toEqual(["burst"]);
  });
  it("shows the inner firing for itself where its outer correlation says generate", () => {
    expect(fire([`generate: true\n${outer}`, burst()], sample).fired.map(({ inner }) => inner)).toEqual([false, false]);
    const set = ruleSet(["a", "b", "c"], outer, burst());
    expect([...rulesFeedingOnly(set.correlations)].sort()).toEqual([0, 1]);
    expect([...rulesFeedingOnly(ruleSet(["a", "b"], `generate: true\n${burst()}`).correlations)]).toEqual([]);
  });
});

describe("records without a usable time", () => {
  it("take part in nothing and are counted", () => {
    expect(fire(body("event_count", "condition: {gte: 1}"), [a(null), a(null), { rule: "b", at: null }])).toEqual({ fired: [], untimed: 2, keyless: [] });
  });
});

describe("correlations of small samples", () => {
  const sketch = fc.record({
    rule: fc.constantFrom("a", "b", "c"),
    at: fc.integer({ min: 0, max: 40 }),
    values: fc.record({ User: fc.constantFrom("ana", "bob"), Size: fc.integer({ min: 0, max: 5 }) }, { requiredKeys: [] }),
  });
  const sample = fc.array(sketch, { maxLength: 24 });
  const op = fc.constantFrom("gt", "gte", "lt", "lte", "eq", "neq");
  const kinds = fc.oneof(
    fc.record({ type: fc.constantFrom("event_count", "value_count", "value_sum", "value_avg", "value_percentile"), condition: fc.tuple(op, fc.integer({ min: 0, max: 8 })) }),
    fc.record({ type: fc.constantFrom("temporal", "temporal_ordered"), condition: fc.option(fc.tuple(op, fc.integer({ min: 1, max: 3 })), { nil: undefined }) }),
  );
  const compare = (value: number, [how, bound]: readonly [string, number]) =>
    ({ gt: value > bound, gte: value >= bound, lt: value < bound, lte: value <= bound, eq: value === bound, neq: value !== bound })[how] ?? false;

  interface Plain { readonly rule: string; readonly at: number; readonly number: number; readonly User?: string; readonly Size?: number }

  /** The definition, word for word: after each record, everything at most ten seconds older. */
  function bySight(all: readonly Plain[], type: string, condition: readonly [string, number] | undefined, grouped: boolean): string[] {
    const fired: string[] = [];
    const groups = grouped ? ["ana", "bob"].map((user) => all.filter(({ User }) => User === user)) : [all];
    for (const group of groups) {
      const sized = type.startsWith("value_") ? group.filter(({ Size }) => Size !== undefined) : group;
      const sorted = [...sized].sort((x, y) => x.at - y.at || x.number - y.number);
      let silent = -Infinity;
      for (const [i, last] of sorted.entries()) {
        const window = sorted.slice(0, i + 1).filter(({ at }) => at >= last.at - 10);
        if (last.at <= silent || !holds(type, condition, window, last)) continue;
        silent = last.at + 10;
        fired.push(`${last.at} ${last.number}`);
      }
    }
    return fired.sort();
  }

  function holds(type: string, condition: readonly [string, number] | undefined, window: readonly Plain[], last: Plain): boolean {
    const sizes = window.map(({ Size }) => Size ?? 0).sort((x, y) => x - y);
    const sum = sizes.reduce((total, size) => total + size, 0);
    if (type === "temporal") return compare(new Set(window.map(({ rule }) => rule)).size, condition ?? ["gte", 3]);
    if (type === "temporal_ordered") {
      const longest = chains(window.filter((one) => one !== last), last).reduce((most, chain) => Math.max(most, chain), 0);
      return condition === undefined ? longest === 3 : compare(longest, condition);
    }
    const value = type === "event_count" ? window.length : type === "value_count" ? new Set(sizes).size : type === "value_sum" ? sum : type === "value_avg" ? sum / sizes.length : (sizes.find((size) => sizes.filter((one) => one <= size).length >= 0.3 * sizes.length) ?? -1);
    return condition !== undefined && compare(value, condition);
  }

  /** Lengths of all chains with rising stages that end with a record. */
  function chains(before: readonly Plain[], last: Plain): number[] {
    return [1, ...before.flatMap((one, i) => (one.rule < last.rule && (one.at < last.at || (one.at === last.at && one.number < last.number)) ? chains(before.slice(0, i), one).map((length) => length + 1) : []))];
  }

  it("fire exactly where the definition says, whatever the order in which records come", () => {
    fc.assert(
      fc.property(sample, kinds, fc.boolean(), fc.infiniteStream(fc.nat()), (sketches, { type, condition }, grouped, keys) => {
        const threshold = condition === undefined ? "" : `${condition[0]}: ${condition[1]}`;
        const about = type.startsWith("value_") ? `field: Size, ${type === "value_percentile" ? "percentile: 30, " : ""}` : "";
        const text = body(type, `${grouped ? "group-by: [User]\n" : ""}${threshold === "" ? "" : `condition: {${about}${threshold}}`}`, "[a, b, c]");
        const set = ruleSet(["a", "b", "c"], text);
        const numbered = sketches.map((one, i) => ({ ...one, number: i + 1 }));
        const wanted = bySight(numbered.map(({ rule, at, number, values }) => ({ rule, at, number, ...values })), type, condition, grouped);
        const result = correlate(set.correlations, matchesOf(set, numbered));
        expect(result.fired.map(({ at, atMs }) => `${atMs / 1000} ${at}`).sort()).toEqual(wanted);
        const shuffled = numbered.map((one) => ({ one, key: keys.next().value ?? 0 })).sort((x, y) => x.key - y.key).map(({ one }) => one);
        expect(correlate(set.correlations, matchesOf(set, shuffled))).toEqual(result);
      }),
      { numRuns: 1500 },
    );
  });
  it("of one timespan share no record in the same group", () => {
    fc.assert(
      fc.property(sample, (sketches) => {
        const fired = events(body("event_count", "condition: {gte: 2}\ngroup-by: [User]", "[a, b, c]"), sketches).flat();
        expect(new Set(fired).size).toBe(fired.length);
      }),
    );
  });
});

describe("hostile correlations", () => {
  it("of more stages than anybody means are refused by name", () => {
    const names = Array.from({ length: 65 }, (_, i) => `r${i}`);
    expect(() => ruleSet(names, body("temporal_ordered", "", `[${names.join(", ")}]`))).toThrow(/may list 64 rules, and here are 65/);
    expect(ruleSet(names, body("event_count", "condition: {gte: 1}", `[${names.join(", ")}]`)).correlations).toHaveLength(1);
  });
  it("of as many stages as are allowed end, whatever they ask", () => {
    const names = Array.from({ length: 64 }, (_, i) => `r${i}`);
    const rules = `[${names.join(", ")}]`;
    const sample = Array.from({ length: 500 }, (_, i): MatchSketch => ({ rule: `r${(i * 37) % 64}`, at: 0 }));
    expect(events(body("temporal_ordered", "condition: {gte: 64}", rules), sample, names)).toEqual([]);
    expect(events(body("temporal_ordered", "", rules), names.map((rule, i) => ({ rule, at: i / 10 })), names)).toHaveLength(1);
  });
  it("that refer twice to what they stand on, fifty times over, are loaded and run; one more is refused by name", () => {
    const level = (i: number, key: string) => `title: C${i}\nname: c${i}\nid: i${i}\ncorrelation: {type: event_count, rules: [c${i - 1}, i${i - 1}], timespan: 1d, condition: {gte: 1}, group-by: [${key}], aliases: {who: {c${i - 1}: who, i${i - 1}: who}}}\n`;
    const link = (length: number) => linkRules([parseRuleFile("r.yml", ["title: R\nname: c0\nid: i0\nlogsource: {product: windows}\ndetection: {s: {EventID: 1}, condition: s}\n", ...Array.from({ length }, (_, i) => level(i + 1, i === 49 ? "sightline.lineage" : "who"))].join("---\n"))]);
    const set = link(50);
    expect(set.refused).toEqual([]);
    expect(fieldsByRule(set.correlations)).toEqual(new Map([[0, ["who"]]]));
    expect(renameFields(set, []).correlations).toHaveLength(50);
    const match = { rule: 0, event: 1, ms: 0, values: new Map([["who", ["ana"]]]), process: { host: "h", uid: "1.1", pid: "1" } };
    const { fired, keyless } = correlate(set.correlations, [match]);
    expect([fired.length, keyless]).toEqual([49, [{ correlation: 49, records: 1 }]]);
    expect(explainCorrelation(set, 49, [match], null)?.nearestMiss?.kind).toBe("join-missing");
    const longer = link(300);
    expect(longer.refused.map(({ name, message }) => [name, message]).slice(0, 2)).toEqual([["c51", "More than 50 correlations refer to one another in a chain."], ["c52", 'It refers to "c51", which was refused.']]);
    expect(longer.correlations).toHaveLength(50);
  });
  it("whose fields are named after what every object has find nothing there", () => {
    expect(fire(body("event_count", "condition: {gte: 1}\ngroup-by: [__proto__, constructor]"), times(0, 1))).toMatchObject({ fired: [], keyless: [{ records: 2 }] });
  });
});

describe("large windows", () => {
  it("hold a hundred thousand records", () => {
    const many = Array.from({ length: 100_000 }, (_, i) => a((i % 1000) / 200, { Size: i % 977, User: `u${i % 50_000}` }));
    for (const type of ["value_sum", "value_percentile", "value_count", "event_count"]) {
      const condition = type === "event_count" ? "{gte: 100000}" : type === "value_count" ? "{field: User, gte: 50000}" : type === "value_sum" ? "{field: Size, gte: 40000000}" : "{field: Size, percentile: 50, eq: 1000}";
      const fired = fire(body(type, `condition: ${condition}`), many).fired;
      expect(fired.length).toBe(type === "value_percentile" ? 0 : 1);
    }
  });
});
