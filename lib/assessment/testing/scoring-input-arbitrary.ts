import fc from "fast-check";
import { DAY_MS } from "../instants";
import type { AggregateInput, AlternativeInput, AnalyticInput, ClaimInput, RequirementInput, ScoringInput, SegmentInput } from "../scoring-input";
import { AT, makeInput } from "./make-input";

/** Four kinds of two families; shape 0 fills everything, 1 and 2 a part, 3 nothing. */
export const KINDS = ["fam-a:1", "fam-a:2", "fam-b:1", "fam-b:2"] as const;
export const FULL_SHAPE = 0;
const SHAPES = [["cmd", "host", "pid", "ts", "user"], ["cmd", "host", "ts"], ["host", "pid", "ts"], ["ts"]];
const FIELD_SETS = [{ required: ["cmd"], anyOf: [] }, { required: ["ts"], anyOf: [["pid", "user"]] }, { required: [], anyOf: [] }];
const PLATFORMS = ["Linux", "Windows", "macOS"];
const HOSTS = ["h1", "h2", "h3", "h4", "h5", "h6"];

const acceptSets: fc.Arbitrary<ScoringInput["acceptSets"]> = fc.array(
  fc.uniqueArray(fc.record({ kind: fc.constantFrom(...KINDS), met: fc.constantFrom("as-cited" as const, "equivalent" as const), fields: fc.nat(FIELD_SETS.length - 1) }), { selector: ({ kind }) => kind, maxLength: 3 }),
  { minLength: 4, maxLength: 4 },
);

const alternative: fc.Arbitrary<AlternativeInput> = fc.record({
  name: fc.constantFrom("Log A", "Log B"),
  channel: fc.constantFrom("", "one", "two"),
  family: fc.constantFrom("fam-a", "fam-b"),
  basis: fc.constantFrom("curated" as const, "channel" as const, "component" as const),
  verdict: fc.constantFrom("producible" as const, "producible" as const, "producible" as const, "not-producible" as const, "platform-mismatch" as const),
  accepts: fc.nat(3),
});

const requirement: fc.Arbitrary<RequirementInput> = fc.record({
  component: fc.constantFrom({ id: "DC0001", name: "One" }, { id: "DC0002", name: "Two" }, { id: "DC0003", name: "Three" }),
  critical: fc.constantFrom(true, true, true, false),
  carrier: fc.constantFrom(true, true, true, true, true, false),
  alternatives: fc.array(alternative, { minLength: 1, maxLength: 3 }),
});

function analytic(id: string): fc.Arbitrary<AnalyticInput> {
  return fc
    .record({
      platforms: fc.subarray(PLATFORMS, { minLength: 1, maxLength: 2 }),
      techniques: fc.subarray(["T1", "T2", "T3"]),
      strategyDeprecated: fc.constantFrom(false, false, false, false, true),
      external: fc.constantFrom(false, false, false, false, true),
      requirements: fc.array(requirement, { maxLength: 3 }),
      chained: fc.constantFrom(false, false, true),
    })
    .map(({ chained, ...rest }) => ({ ...rest, id, domain: "enterprise" as const, source: "attack" as const, joins: chained && rest.requirements.length > 1 ? [{ edge: "0-1", from: 0, to: 1 }] : [] }));
}

function segment(id: string): fc.Arbitrary<SegmentInput> {
  return fc.record({
    id: fc.constant(id),
    name: fc.constant(`Segment ${id}`),
    assets: fc.nat(60),
    criticality: fc.integer({ min: 1, max: 5 }),
    platforms: fc.subarray(PLATFORMS, { minLength: 1 }).chain((names) => fc.tuple(...names.map((name) => fc.record({ name: fc.constant(name), hosts: fc.option(fc.nat(40), { nil: null }) })))),
    roster: fc.option(fc.uniqueArray(fc.record({ host: fc.constantFrom(...HOSTS), platform: fc.constantFrom(...PLATFORMS) }), { selector: ({ host }) => host, minLength: 1 }), { nil: null }),
    target: fc.constant(null),
  });
}

export function aggregate(segments: readonly string[]): fc.Arbitrary<AggregateInput> {
  const age = fc.integer({ min: 0, max: 29 });
  return fc
    .record({ segment: fc.constantFrom(...segments), dataset: fc.constantFrom("d1", "d2"), kind: fc.constantFrom(...KINDS), host: fc.constantFrom(...HOSTS, ""), shape: fc.nat(SHAPES.length - 1), fresh: fc.constantFrom(0, 1, 3, 40, 1_200), stale: fc.constantFrom(0, 0, 1, 30), future: fc.constantFrom(0, 0, 2), untimed: fc.constantFrom(0, 0, 2), age })
    .map(({ age: days, ...row }) => ({ ...row, freshFirst: row.fresh > 0 ? AT - days * DAY_MS : null, freshLast: row.fresh > 0 ? AT - days * DAY_MS : null, staleLast: row.stale > 0 ? AT - (31 + days) * DAY_MS : null }));
}

export function claim(segments: readonly string[], bases: readonly ClaimInput["basis"][] = ["flow", "configuration", "statement", "unknown"]): fc.Arbitrary<ClaimInput> {
  return fc.record(
    {
      segment: fc.constantFrom(...segments),
      logSource: fc.constantFrom("Log A", "log b", "other"),
      channel: fc.constantFrom("", "one"),
      component: fc.constantFrom("", "", "DC0001", "two"),
      family: fc.constantFrom("fam-a", "fam-b"),
      kinds: fc.subarray([...KINDS]),
      hosts: fc.option(fc.nat(20), { nil: null }),
      asOf: fc.option(fc.integer({ min: -500, max: 2 }).map((days) => AT + days * DAY_MS), { nil: null }),
      basis: fc.constantFrom(...bases),
      source: fc.constantFrom("agent", "collector"),
      impossible: fc.constant("never written"),
    },
    { requiredKeys: ["segment", "logSource", "channel", "component", "family", "kinds", "hosts", "asOf", "basis", "source"] },
  );
}

/** Whole inputs: small, but with every kind of evidence, and every way in which evidence does not count. */
export const scoringInput: fc.Arbitrary<ScoringInput> = fc
  .record({ analytics: fc.integer({ min: 1, max: 4 }), segments: fc.integer({ min: 1, max: 3 }) })
  .chain(({ analytics, segments }) => {
    const ids = Array.from({ length: segments }, (_, index) => `s${index}`);
    const ans = Array.from({ length: analytics }, (_, index) => `AN000${index + 1}`);
    const cell = { segment: fc.constantFrom(...ids), analytic: fc.constantFrom(...ans) };
    return fc.record({
      acceptSets,
      analytics: fc.tuple(...ans.map(analytic)),
      segments: fc.tuple(...ids.map(segment)),
      aggregates: fc.array(aggregate(ids), { maxLength: 25 }),
      claims: fc.array(claim(ids), { maxLength: 6 }),
      measurements: fc.array(
        fc.record({ segment: fc.constantFrom(...ids), kind: fc.constantFrom(...KINDS, "fam-a:*"), complete: fc.boolean(), records: fc.constant(true), asOf: fc.constantFrom(AT, AT - DAY_MS), hosts: fc.array(fc.record({ host: fc.constantFrom(...HOSTS), count: fc.nat(3), last: fc.constantFrom(AT - 2 * DAY_MS, AT), filled: fc.constantFrom("cmd pid ts", "ts").map((fields) => fields.split(" ")) }), { maxLength: 4 }) }),
        { maxLength: 2 },
      ),
      joins: fc.array(fc.record({ ...cell, edge: fc.constant("0-1"), state: fc.constantFrom("joined" as const, "joined" as const, "not-joined" as const, "not-computed" as const) }), { maxLength: 6 }),
      tests: fc.array(fc.record({ ...cell, at: fc.constantFrom(AT - DAY_MS, AT - 100 * DAY_MS, AT + 1), passed: fc.boolean(), matchedIn: fc.constantFrom("engine" as const, "siem" as const), before: fc.boolean() }), { maxLength: 6 }),
      exclusions: fc.array(fc.record({ ...cell, reason: fc.constantFrom("because", ""), owner: fc.constant("Ada"), expires: fc.constantFrom("2026-06-14", "2026-06-15", "2027-01-01") }), { maxLength: 1 }),
      links: fc.array(fc.record({ analytic: fc.constantFrom(...ans), rule: fc.constant("r") }), { maxLength: 2 }),
      zoneDependent: fc.array(fc.record({ segment: fc.constantFrom(...ids), kind: fc.constantFrom(...KINDS) }), { maxLength: 1 }),
      techniques: fc.dictionary(fc.constantFrom("T1", "T2"), fc.nat(3_000_000)),
      policy: fc.record({ minEvents: fc.constantFrom(1, 1, 1, 5), asCitedOnly: fc.constantFrom(false, false, true), minHostsPercent: fc.constantFrom(0, 5, 30) }),
    });
  })
  .map(({ techniques, ...changes }) => makeInput({ ...changes, shapes: SHAPES, fieldSets: FIELD_SETS, weights: { profile: "test", version: 1, techniques: { ...techniques } } }));
