import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson } from "@/lib/shared/canonical-json";
import { assess } from "./assess";
import { DAY_MS, SKEW_MS } from "./instants";
import { scoreCell } from "./score-cell";
import { scoringInputSchema, type AggregateInput, type ScoringInput } from "./scoring-input";
import type { Headline, ScoringResult } from "./scoring-result";
import { MILLION, statusRank, type Status } from "./status";
import { AT, fromHosts, makeAnalytic, makeInput, makeSegment } from "./testing/make-input";
import { aggregate, claim, FULL_SHAPE, KINDS, scoringInput } from "./testing/scoring-input-arbitrary";

// P11 is tested with the rollups (rollups.test.ts); P15, an import refused or killed half-way changes nothing, with the imports (lib/operations/assessment.db.test.ts and the tests of each import).
const RUNS = { numRuns: 150 };

/** Cells by names, so that results of reordered or extended inputs can be compared. */
function cellsOf(input: ScoringInput, result: ScoringResult = assess(input)) {
  return new Map(result.cells.map((cell) => [`${input.analytics[cell.analytic]?.id} ${input.segments[cell.segment]?.id}`, cell]));
}

function withAdded<T extends "aggregates" | "claims">(input: ScoringInput, key: T, more: ScoringInput[T]): ScoringInput {
  return { ...input, [key]: [...input[key], ...more] };
}

function expectNoneLower(before: ScoringInput, after: ScoringInput): void {
  const later = cellsOf(after);
  for (const [name, cell] of cellsOf(before)) {
    const other = later.get(name);
    expect(statusRank(other?.status ?? "not-applicable"), name).toBeGreaterThanOrEqual(statusRank(cell.status));
    if (cell.score !== null) expect(other?.score, name).toBeGreaterThanOrEqual(cell.score);
  }
}

const idsOf = (input: ScoringInput): string[] => input.segments.map((segment) => segment.id);

describe("properties of the scorer", () => {
  test("the arbitraries are valid inputs and reach every status", () => {
    const met = new Map<Status, number>();
    fc.assert(
      fc.property(scoringInput, (input) => {
        expect(scoringInputSchema.safeParse(input).success).toBe(true);
        for (const cell of assess(input).cells) met.set(cell.status, (met.get(cell.status) ?? 0) + 1);
      }),
      { numRuns: 250, seed: 1 },
    );
    expect([...met.keys()].sort()).toEqual(["blind", "declared", "observed", "partial", "unassessable", "validated"]);
  });

  test("P1: well-filled records of a required kind never lower a status or a score", () => {
    fc.assert(
      fc.property(scoringInput.chain((input) => fc.tuple(fc.constant(input), fc.array(aggregate(idsOf(input)), { minLength: 1, maxLength: 6 }))), ([input, more]) => {
        const filled = more.map((row): AggregateInput => ({ ...row, shape: FULL_SHAPE, fresh: row.fresh + 1, freshFirst: AT, freshLast: AT }));
        expectNoneLower(input, withAdded(input, "aggregates", filled));
      }),
      RUNS,
    );
  });

  test("P1: a claim never lowers a status or a score", () => {
    fc.assert(
      fc.property(scoringInput.chain((input) => fc.tuple(fc.constant(input), fc.array(claim(idsOf(input)), { minLength: 1, maxLength: 4 }))), ([input, more]) => expectNoneLower(input, withAdded(input, "claims", more))),
      RUNS,
    );
  });

  test("P1: a field more in a record never lowers a status or a score", () => {
    fc.assert(
      fc.property(scoringInput, fc.nat(), (input, pick) => {
        const at = input.aggregates.length === 0 ? -1 : pick % input.aggregates.length;
        expectNoneLower(input, { ...input, aggregates: input.aggregates.map((row, index) => (index === at ? { ...row, shape: FULL_SHAPE } : row)) });
      }),
      RUNS,
    );
  });

  test("P2: the bands never meet, whatever the quality within them", () => {
    const share = fc.nat(MILLION);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(9), share), { minLength: 5, maxLength: 5 }), (quality) => {
        const ladder = (["blind", "declared", "partial", "observed", "validated"] as const).map((status, index) => scoreCell(status, Math.min(quality[index]?.[0] ?? 0, 10), 10, quality[index]?.[1] ?? 0) ?? -1);
        for (let index = 1; index < ladder.length; index += 1) expect(ladder[index]).toBeGreaterThan(ladder[index - 1] ?? 0);
      }),
      RUNS,
    );
    expect(scoreCell("partial", 10, 10, MILLION)).toBeLessThan(scoreCell("observed", 0, 10, 0) ?? 0);
    expect(scoreCell("observed", 10, 10, MILLION)).toBeLessThan(scoreCell("validated", 0, 10, 0) ?? 0);
  });

  test("P3: a higher status has the higher score, and a higher score never the lower status", () => {
    fc.assert(
      fc.property(scoringInput, (input) => {
        const cells = assess(input).cells.filter((cell) => cell.score !== null);
        for (const a of cells) for (const b of cells) if (statusRank(a.status) > statusRank(b.status)) expect(a.score).toBeGreaterThan(b.score ?? -1);
      }),
      RUNS,
    );
  });

  test("P4: unassessable cells have no score, and cells that do not apply change no number", () => {
    fc.assert(
      fc.property(scoringInput, (input) => {
        const result = assess(input);
        for (const cell of result.cells) expect(cell.score === null).toBe(cell.status === "unassessable");
        const more = assess({ ...input, analytics: [...input.analytics, makeAnalytic("AN9998", { platforms: ["ESXi"] }), makeAnalytic("AN9999", { external: true })] });
        const { counts: _, ...rest } = result.fleet;
        expect(more.fleet).toMatchObject(rest);
      }),
      RUNS,
    );
  });

  test("P5: every record twice changes counts, not a status, a score or a number", () => {
    fc.assert(
      fc.property(scoringInput, fc.integer({ min: 2, max: 9 }), (given, times) => {
        const input = { ...given, policy: { ...given.policy, minEvents: 1 } };
        const repeated = { ...input, aggregates: input.aggregates.map((row) => ({ ...row, fresh: row.fresh * times, stale: row.stale * times })) };
        const after = cellsOf(repeated);
        for (const [name, { status, score, reach }] of cellsOf(input)) expect(after.get(name)).toMatchObject({ status, score, reach });
        const { value, k, n } = assess(input).fleet.observed;
        expect(assess(repeated).fleet.observed).toMatchObject({ value, k, n });
      }),
      RUNS,
    );
  });

  test("P6: the order of analytics, segments, requirements, alternatives, claims and events is irrelevant", () => {
    fc.assert(
      fc.property(scoringInput, (input) => {
        const turned: ScoringInput = {
          ...input,
          analytics: [...input.analytics].reverse().map((analytic) => ({ ...analytic, requirements: analytic.joins.length > 0 ? analytic.requirements : [...analytic.requirements].reverse() })),
          segments: [...input.segments].reverse().map((segment) => ({ ...segment, platforms: [...segment.platforms].reverse(), roster: segment.roster && [...segment.roster].reverse() })),
          aggregates: [...input.aggregates].reverse(),
          claims: [...input.claims].reverse(),
          joins: input.joins,
          tests: [...input.tests].reverse(),
          links: [...input.links].reverse(),
        };
        const [before, after] = [assess(input), assess(turned)];
        const others = cellsOf(turned, after);
        for (const [name, { status, score, reach, flags, weight, lower, upper }] of cellsOf(input, before)) expect(others.get(name)).toMatchObject({ status, score, reach, flags, weight, lower, upper });
        expect(after.fleet).toEqual(before.fleet);
      }),
      RUNS,
    );
  });

  test("P7: without fresh records nothing is better than declared", () => {
    fc.assert(
      fc.property(scoringInput, (input) => {
        const old = { ...input, aggregates: input.aggregates.map((row) => ({ ...row, fresh: 0, freshFirst: null, freshLast: null })) };
        for (const cell of assess(old).cells) expect(statusRank(cell.status)).toBeLessThanOrEqual(statusRank("declared"));
      }),
      RUNS,
    );
  });

  test("P8, P11: the number is what an independent sum gives, and the fleet lies between its segments", () => {
    fc.assert(
      fc.property(scoringInput, (input) => {
        const result = assess(input);
        expect(numbersOf(result.fleet)).toEqual(naive(input, result, () => true));
        result.segments.forEach((segment, position) => expect(numbersOf(segment.headline)).toEqual(naive(input, result, (cell) => cell.segment === position)));
        const parts = result.segments.map((segment) => segment.headline.observed.value).filter((value) => value !== null);
        if (result.fleet.observed.value === null) expect(parts).toEqual([]);
        else {
          expect(result.fleet.observed.value).toBeGreaterThanOrEqual(Math.min(...parts));
          expect(result.fleet.observed.value).toBeLessThanOrEqual(Math.max(...parts));
        }
      }),
      RUNS,
    );
  });

  test("P9: time only demotes, for records not later than T that are either all filled or all not", () => {
    const record = fc.record({ kind: fc.constantFrom(...KINDS), host: fc.constantFrom("h1", "h2", "h3", "h4", "h5"), daysAgo: fc.integer({ min: 0, max: 80 }) });
    fc.assert(
      fc.property(scoringInput, fc.array(record, { maxLength: 25 }), fc.uniqueArray(fc.constantFrom(...KINDS)), fc.integer({ min: 0, max: 60 }), (given, records, unfilled, days) => {
        const at = (moment: number): ScoringInput => ({
          ...given,
          at: moment,
          aggregates: given.segments.flatMap((segment) => cut(segment.id, records, unfilled, moment, given.policy.freshDays)),
          claims: given.claims.filter((item) => item.asOf === null || item.asOf <= AT),
          tests: given.tests.filter((item) => item.at <= AT),
          measurements: [],
          exclusions: [],
        });
        expectNoneLower(at(AT + days * DAY_MS), at(AT));
      }),
      RUNS,
    );
  });

  test("P10: splitting a segment into parts that keep the same status and together the same hosts keeps the fleet's number", () => {
    const share = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.nat(60)).map(([hosts, proven]) => ({ hosts, proven: Math.min(hosts, proven) }));
    let same = 0;
    fc.assert(
      fc.property(share, share, fc.integer({ min: 1, max: 5 }), (a, b, criticality) => {
        const segment = (id: string, hosts: number) => makeSegment(id, { assets: hosts, criticality });
        const rows = (id: string, proven: number) => fromHosts(proven, { segment: id });
        const other = [segment("z", 17)];
        const whole = makeInput({ segments: [segment("s", a.hosts + b.hosts), ...other], aggregates: rows("s", a.proven + b.proven) });
        const parts = makeInput({ segments: [segment("s1", a.hosts), segment("s2", b.hosts), ...other], aggregates: [...rows("s1", a.proven), ...rows("s2", b.proven)] });
        const statuses = (input: ScoringInput) => new Set([...cellsOf(input)].flatMap(([name, { status }]) => (name.endsWith(" z") ? [] : [status])));
        const [before, after] = [statuses(whole), statuses(parts)];
        if (after.size > 1 || [...before][0] !== [...after][0]) return; // minHosts is a share with a cap: the status itself may change
        same += 1;
        // A reach is rounded down to a millionth per cell.
        expect(Math.abs((assess(parts).fleet.observed.value ?? 0) - (assess(whole).fleet.observed.value ?? 0))).toBeLessThanOrEqual(2);
      }),
      { ...RUNS, seed: 10 },
    );
    expect(same).toBeGreaterThan(20);
  });

  test("P14: removing a test that fails never lowers a status or a score", () => {
    fc.assert(
      fc.property(scoringInput, (input) => expectNoneLower(input, { ...input, tests: input.tests.filter(({ passed }) => passed) })),
      RUNS,
    );
  });

  test("P16: an exclusion takes its cell out only with a reason and an owner, through its last day, and then the cell is as if there had been none", () => {
    const exclusion = fc.record({ reason: fc.constantFrom("legacy", "", "  "), owner: fc.constantFrom("Ada", ""), expires: fc.constantFrom("2026-06-14", "2026-06-15", "2027-01-01") });
    fc.assert(
      fc.property(scoringInput, exclusion, fc.nat(), (given, terms, pick) => {
        const input = { ...given, exclusions: [] };
        const plain = cellsOf(input);
        const names = [...plain.keys()].sort();
        const chosen = names[pick % Math.max(1, names.length)];
        if (chosen === undefined) return;
        const [analytic = "", segment = ""] = chosen.split(" ");
        const excluded = cellsOf({ ...input, exclusions: [{ analytic, segment, ...terms }] });
        const counts = terms.reason.trim() !== "" && terms.owner.trim() !== "" && terms.expires >= "2026-06-15"; // T is 2026-06-15, 12:00
        expect(excluded.has(chosen)).toBe(!counts);
        for (const [name, { status, score, reach }] of excluded) expect(plain.get(name)).toMatchObject({ status, score, reach });
        expect(excluded.size).toBe(plain.size - (counts ? 1 : 0));
      }),
      RUNS,
    );
  });

  test("what leaves the window can no longer spoil the fill share: the one way in which time may promote", () => {
    const rows = (at: number): AggregateInput[] => [...cut("mac", [{ kind: "macos-esf:exec", host: "h1", daysAgo: 20 }], ["macos-esf:exec"], at, 30, 1), ...cut("mac", [{ kind: "macos-esf:exec", host: "h1", daysAgo: 1 }], [], at, 30)];
    const input = (at: number) => makeInput({ at, segments: [makeSegment("mac", { assets: 1 })], aggregates: rows(at) });
    expect(assess(input(AT)).cells[0]?.status).toBe("blind");
    expect(assess(input(AT + 15 * DAY_MS)).cells[0]?.status).toBe("observed");
  });

  test("P12: the same input gives the same bytes, whatever the order of its keys", () => {
    fc.assert(
      fc.property(scoringInput, (input) => {
        const turned = scoringInputSchema.parse(Object.fromEntries(Object.entries(structuredClone(input)).reverse()));
        expect(canonicalJson(assess(turned))).toBe(canonicalJson(assess(input)));
      }),
      RUNS,
    );
  });

  test("P13: L <= value <= U, and new declared data moves only U, and only up", () => {
    fc.assert(
      fc.property(scoringInput.chain((input) => fc.tuple(fc.constant(input), fc.array(claim(idsOf(input), ["configuration", "statement", "unknown"]), { maxLength: 4 }))), ([input, more]) => {
        const before = assess(input).fleet;
        const after = assess(withAdded(input, "claims", more)).fleet;
        for (const { observed, validated, uniform } of [before, after]) {
          for (const { low, value, high } of [observed, validated, uniform.observed, uniform.validated]) {
            if (value === null || low === null || high === null) continue;
            expect(low).toBeLessThanOrEqual(value);
            expect(value).toBeLessThanOrEqual(high);
          }
        }
        expect([after.observed.value, after.observed.low, after.validated.value, after.validated.low]).toEqual([before.observed.value, before.observed.low, before.validated.value, before.validated.low]);
        expect(after.observed.high ?? 0).toBeGreaterThanOrEqual(before.observed.high ?? 0);
      }),
      RUNS,
    );
  });
});

/** The headline once more, by fractions of big integers and without the code under test: W x reach over W. */
function naive(input: ScoringInput, result: ScoringResult, belongs: (cell: ScoringResult["cells"][number]) => boolean) {
  let [all, seen, k, n] = [0n, 0n, 0, 0];
  for (const cell of result.cells.filter(belongs)) {
    const [analytic, segment] = [input.analytics[cell.analytic], input.segments[cell.segment]];
    const known = (analytic?.techniques ?? []).map((technique) => input.weights.techniques[technique] ?? 1_000_000);
    const weight = BigInt(cell.hosts) * BigInt(segment?.criticality ?? 0) * BigInt(known.length === 0 ? 1_000_000 : known.reduce((a, b) => (a > b ? a : b)));
    n += 1;
    all += weight;
    if (cell.status !== "observed" && cell.status !== "validated") continue;
    k += 1;
    const lines = (result.details[cell.detail]?.requirements ?? []).map((line) => result.requirements[line]);
    const critical = lines.some((line) => line?.critical) ? lines.filter((line) => line?.critical) : lines;
    const hosts = critical.map((line) => line?.alternatives[line.best]?.reachHosts ?? 0).reduce((a, b) => (a < b ? a : b));
    seen += weight * (cell.hosts === 0 ? 0n : (BigInt(hosts) * 1_000_000n) / BigInt(cell.hosts));
  }
  const value = all === 0n ? null : Number(seen / all) + (2n * (seen % all) >= all ? 1 : 0);
  return { value, k, n, uniform: n === 0 ? null : Math.round((k * 1_000_000) / n) };
}

function numbersOf({ observed, uniform }: Headline) {
  return { value: observed.value, k: observed.k, n: observed.n, uniform: uniform.observed.value };
}

/** Raw records cut at a window as the event store does it; kinds in `unfilled` fill nothing. */
function cut(segment: string, records: readonly { kind: string; host: string; daysAgo: number }[], unfilled: readonly string[], at: number, freshDays: number, empty = 3): AggregateInput[] {
  return records.map(({ kind, host, daysAgo }) => {
    const time = AT - daysAgo * DAY_MS;
    const fresh = time >= at - freshDays * DAY_MS && time <= at + SKEW_MS;
    return { segment, dataset: "d", kind, host, shape: unfilled.includes(kind) ? empty : FULL_SHAPE, fresh: fresh ? 1 : 0, freshFirst: fresh ? time : null, freshLast: fresh ? time : null, stale: fresh ? 0 : 1, staleLast: fresh ? null : time, future: 0, untimed: 0 };
  });
}
