import { ENGINE } from "../assess";
import { DEFAULT_POLICY } from "../default-policy";
import { DAY_MS } from "../instants";
import { SCORING_INPUT_SCHEMA, type AggregateInput, type AlternativeInput, type AnalyticInput, type ClaimInput, type Policy, type RequirementInput, type ScoringInput, type SegmentInput } from "../scoring-input";

/** T of every hand-made input: 2026-06-15 12:00 UTC. */
export const AT = Date.UTC(2026, 5, 15, 12);

/** One macOS analytic with one requirement (macos-esf:exec, field cmd), one segment "mac" of 100 hosts without a roster, nothing seen. */
export function makeInput(changes: Partial<Omit<ScoringInput, "policy">> & { policy?: Partial<Policy> } = {}): ScoringInput {
  return {
    schema: SCORING_INPUT_SCHEMA,
    at: AT,
    engine: ENGINE,
    domains: ["enterprise"],
    releases: { enterprise: "19.1" },
    catalogDigests: { enterprise: "0" },
    weights: { profile: "uniform", version: 1, techniques: {} },
    fieldSets: [{ required: ["cmd"], anyOf: [] }],
    acceptSets: [[{ kind: "macos-esf:exec", met: "as-cited", fields: 0 }]],
    shapes: [["cmd", "host", "ts"], ["host", "ts"]],
    analytics: [makeAnalytic("AN0001")],
    segments: [makeSegment("mac")],
    claims: [],
    measurements: [],
    aggregates: [],
    joins: [],
    tests: [],
    exclusions: [],
    links: [],
    kindPlatforms: {},
    zoneDependent: [],
    ...changes,
    policy: { ...DEFAULT_POLICY, ...changes.policy },
  };
}

export function makeSegment(id: string, changes: Partial<SegmentInput> = {}): SegmentInput {
  return { id, name: id, assets: 100, criticality: 1, platforms: [{ name: "macOS", hosts: null }], roster: null, target: null, ...changes };
}

export function makeAlternative(changes: Partial<AlternativeInput> = {}): AlternativeInput {
  return { name: "macos:endpointsecurity", channel: "ES_EVENT_TYPE_NOTIFY_EXEC", family: "macos-esf", basis: "channel", verdict: "producible", accepts: 0, ...changes };
}

export function makeRequirement(changes: Partial<RequirementInput> = {}): RequirementInput {
  return { component: { id: "DC0032", name: "Process Creation" }, critical: true, carrier: true, alternatives: [makeAlternative()], ...changes };
}

export function makeAnalytic(id: string, changes: Partial<AnalyticInput> = {}): AnalyticInput {
  return { id, domain: "enterprise", platforms: ["macOS"], techniques: ["T1059"], source: "attack", strategyDeprecated: false, external: false, requirements: [makeRequirement()], joins: [], ...changes };
}

/** `count` records of one host, all filled (shape 0), one day old unless told. */
export function makeRecords(host: string, count: number, changes: Partial<AggregateInput> = {}): AggregateInput {
  return { segment: "mac", dataset: "d1", kind: "macos-esf:exec", host, shape: 0, fresh: count, freshFirst: AT - DAY_MS, freshLast: AT - DAY_MS, stale: 0, staleLast: null, future: 0, untimed: 0, ...changes };
}

/** One filled record from each of `count` hosts h1, h2, ... */
export function fromHosts(count: number, changes: Partial<AggregateInput> = {}): AggregateInput[] {
  return Array.from({ length: count }, (_, index) => makeRecords(`h${index + 1}`, 1, changes));
}

/** The same records, older than the window. */
export function aged(row: AggregateInput, days = 50): AggregateInput {
  return { ...row, stale: row.fresh, staleLast: AT - days * DAY_MS, fresh: 0, freshFirst: null, freshLast: null };
}

export function makeClaim(changes: Partial<ClaimInput> = {}): ClaimInput {
  return { segment: "mac", logSource: "macos:endpointsecurity", channel: "", component: "", family: "macos-esf", kinds: ["macos-esf:exec"], hosts: null, asOf: AT - DAY_MS, basis: "statement", source: "ES agent", ...changes };
}
