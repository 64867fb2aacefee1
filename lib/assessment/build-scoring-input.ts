import type { Analytic } from "@/lib/catalog/types";
import { isAssetClass, platformsOfAnalytic } from "@/lib/inventory/platforms";
import { canonicalJson, compareCodeUnits, type Json } from "@/lib/shared/canonical-json";
import { polledForm } from "@/lib/telemetry/polled-rows";
import { platformsOfKind } from "@/lib/telemetry/record-kinds";
import { overrideConcerns, type ResolutionOverride } from "@/lib/telemetry/overrides/override";
import { resolveWithOverrides } from "@/lib/telemetry/overrides/resolve-with-overrides";
import { kindsOfClaim, type ClaimedKinds } from "@/lib/telemetry/resolve-claim";
import { ENGINE } from "./assess";
import { DAY_MS, HOUR_MS, SKEW_MS } from "./instants";
import { edgesOf, packFits, withWindows } from "./pin-joins";
import type { PackForScoring, PinnedInputs, WindowedAggregate } from "./pinned-inputs";
import { resolveRequirements } from "./resolve-requirements";
import { SCORING_INPUT_SCHEMA, type AggregateInput, type AnalyticInput, type ClaimInput, type Policy, type ScoringInput, type SegmentInput } from "./scoring-input";

/** Fresh is [from, to] in ms: what the windowed aggregates of an assessment must be cut at. */
export function freshWindow(at: number, policy: Pick<Policy, "freshDays">): { from: number; to: number } {
  return { from: at - policy.freshDays * DAY_MS, to: at + SKEW_MS };
}

/**
 * One canonical ScoringInput from what an assessment pins: references resolved to record kinds, claims to the kinds they
 * speak of, everything in a fixed order. The same facts in any order give the same document, byte for byte.
 */
export function buildScoringInput(pinned: PinnedInputs): ScoringInput {
  const analytics = [...pinned.analytics].filter((analytic) => !analytic.revoked && !analytic.deprecated).sort((a, b) => compareCodeUnits(a.id, b.id));
  const segments = [...pinned.segments].map(sortSegment).sort((a, b) => compareCodeUnits(a.name, b.name) || compareCodeUnits(a.id, b.id));
  const seen = [...new Set(pinned.aggregates.map((row) => row.kind))].sort(compareCodeUnits);
  const overrides = pinned.overrides ?? [];
  const ids = new Set(segments.map(({ id }) => id));
  const measurements = (pinned.measurements ?? []).filter(({ segment }) => ids.has(segment));
  const packs = [...(pinned.packs ?? [])].sort((a, b) => compareCodeUnits(a.manifest.analytic, b.manifest.analytic));
  const resolved = resolveRequirements(analytics, [...new Set([...seen, ...readingsAsked(pinned.claims.filter(({ segmentId }) => ids.has(segmentId)), measurements)])].sort(compareCodeUnits), resolveWithOverrides(overrides), packs.map(({ manifest }) => manifest));
  const packed = new Map(packs.map((pack, index) => [pack.manifest.analytic, { ...pack, requirements: resolved.curated[index] ?? [] }]));
  const platforms = new Map(segments.map((segment) => [segment.id, segment.platforms.map(({ name }) => name)]));
  const asked = [...new Set([...seen, ...resolved.acceptSets.flatMap((set) => set.map(({ kind }) => kind))])].sort(compareCodeUnits);
  const read = readClaims(asked);
  const shown = [...new Set([...seen, ...measurements.map(({ kind }) => kind)])].sort(compareCodeUnits);
  const { shapes, position } = internShapes(pinned.aggregates);
  return {
    schema: SCORING_INPUT_SCHEMA,
    at: pinned.at,
    engine: ENGINE,
    domains: [...pinned.domains].sort(compareCodeUnits),
    releases: { ...pinned.releases },
    catalogDigests: { ...pinned.catalogDigests },
    policy: pinned.policy,
    weights: pinned.weights,
    fieldSets: resolved.fieldSets,
    acceptSets: resolved.acceptSets,
    shapes,
    analytics: analytics.map((analytic, index): AnalyticInput => toAnalytic(analytic, resolved.requirements[index] ?? [], packed.get(analytic.id))),
    segments,
    claims: ordered(pinned.claims.filter((claim) => platforms.has(claim.segmentId)).map((claim) => toClaim(claim, platforms.get(claim.segmentId) ?? [], read))),
    measurements: ordered(measurements),
    ...(pinned.queries === undefined || Object.keys(pinned.queries).length === 0 ? {} : { queries: { ...pinned.queries } }),
    aggregates: pinned.aggregates
      .filter((row) => platforms.has(row.segment))
      .map((row) => toAggregate(row, position(row.shape)))
      .sort((a, b) => compareCodeUnits(a.segment, b.segment) || compareCodeUnits(a.kind, b.kind) || compareCodeUnits(a.host, b.host) || a.shape - b.shape || compareCodeUnits(a.dataset, b.dataset)),
    joins: ordered([...(pinned.joins ?? [])]),
    tests: ordered([...(pinned.tests ?? [])]),
    exclusions: ordered(pinned.exclusions.filter((exclusion) => platforms.has(exclusion.segment))),
    ...(overrides.length === 0 ? {} : { overrides: ordered(overrides.map(toOverride)) }),
    ...(pinned.quality === undefined || pinned.quality.length === 0 ? {} : { quality: ordered(pinned.quality.filter(({ segment }) => platforms.has(segment))) }),
    links: ordered([...(pinned.links ?? [])]),
    kindPlatforms: Object.fromEntries(shown.map((kind) => [kind, [...platformsOfKind(kind)].sort(compareCodeUnits)])),
    zoneDependent: zoneDependent(pinned),
  };
}

/** A pack's requirements stand in place of the published ones where it accounts for all of them; those are kept beside it. */
function toAnalytic(analytic: Analytic, requirements: AnalyticInput["requirements"], pack: (PackForScoring & { readonly requirements: AnalyticInput["requirements"] }) | undefined): AnalyticInput {
  const fits = pack !== undefined && packFits(pack.manifest, analytic);
  return {
    id: analytic.id,
    domain: analytic.domain,
    platforms: [...platformsOfAnalytic(analytic)].sort(compareCodeUnits),
    ...(analytic.platforms.length === 0 ? { platformsFrom: "domain" as const } : {}),
    techniques: analytic.techniques.map(({ id }) => id).sort(compareCodeUnits),
    source: fits ? "pack" : "attack",
    strategyDeprecated: analytic.strategyDeprecated,
    external: analytic.platforms.length > 0 && analytic.platforms.every((platform) => platform === "PRE"),
    requirements: fits ? withWindows(pack.manifest, pack.requirements) : requirements,
    joins: fits ? edgesOf(pack.manifest) : [],
    ...(pack === undefined ? {} : { pack: { id: pack.manifest.id, version: pack.manifest.version, digest: pack.digest, tested: pack.passed, fits } }),
    ...(fits ? { published: requirements } : {}),
  };
}

function toOverride(override: ResolutionOverride): NonNullable<ScoringInput["overrides"]>[number] {
  const { scope, component, name, channel, platform, analytic, version, reason, by, at, doc } = override;
  const concerns = overrideConcerns(override).map(({ text }) => text);
  return { scope, component, name, channel, platform, analytic, version, reason, by, at, concerns, ...doc };
}

/**
 * A claim speaks of the kinds that its words mean on any platform of its segment; it is impossible when it is so on all. An
 * asset class (ICS) tells no system, so nothing is impossible on it.
 */
function toClaim(claim: PinnedInputs["claims"][number], platforms: readonly string[], read: ReturnType<typeof readClaims>): ClaimInput {
  const systems = new Set(platforms.map((platform) => (isAssetClass(platform) ? null : platform)));
  const parts = (systems.size === 0 ? [null] : [...systems]).map((platform) => read(claim, platform));
  const kinds = [...new Set(parts.flatMap((part) => part.kinds))].sort(compareCodeUnits);
  const impossible = kinds.length === 0 && parts.every((part) => part.impossible !== undefined) ? parts[0]?.impossible : undefined;
  return {
    segment: claim.segmentId,
    logSource: claim.logSource,
    channel: claim.channel,
    component: claim.component,
    family: parts[0]?.family ?? "unknown",
    kinds,
    hosts: claim.hostsReporting,
    asOf: claim.asOf === null ? null : Date.parse(`${claim.asOf.slice(0, 10)}T00:00:00.000Z`),
    basis: claim.basis,
    ...(impossible === undefined ? {} : { impossible }),
    ...(claim.condition ? { condition: claim.condition } : {}),
    source: claim.product === "" ? claim.source || claim.logSource : claim.product,
    ...(claim.fileName ? { file: claim.fileName } : {}),
  };
}

/** Readings of osquery's lists that are claimed or were counted without a record: what they can show is accepted like what was seen. */
function readingsAsked(claims: PinnedInputs["claims"], measurements: readonly { readonly kind: string }[]): string[] {
  const claimed = claims.filter(({ channel }) => channel.includes("#")).flatMap((claim) => kindsOfClaim(claim, null).kinds);
  return [...claimed, ...measurements.map(({ kind }) => kind)].filter((kind) => polledForm(kind) !== null);
}

/** Claims of many segments say the same words: each is read once per platform. */
function readClaims(asked: readonly string[]): (claim: PinnedInputs["claims"][number], platform: string | null) => ClaimedKinds {
  const memory = new Map<string, ClaimedKinds>();
  return (claim, platform) => {
    const key = JSON.stringify([claim.logSource, claim.channel, claim.component, platform]);
    const known = memory.get(key);
    if (known) return known;
    const made = kindsOfClaim(claim, platform, asked);
    memory.set(key, made);
    return made;
  };
}

function sortSegment(segment: SegmentInput): SegmentInput {
  const { id, name, assets, criticality, target } = segment;
  const platforms = [...segment.platforms].sort((a, b) => compareCodeUnits(a.name, b.name));
  const roster = segment.roster && [...segment.roster].sort((a, b) => compareCodeUnits(a.host, b.host));
  return { id, name, assets, criticality, platforms, roster, target };
}

/** Written out field by field: a row made by spreading another takes four times the memory, and ten times as long to read. There are hundreds of thousands. */
function toAggregate(row: WindowedAggregate, shape: number): AggregateInput {
  const { segment, dataset, kind, host, fresh, freshFirst, freshLast, stale, staleLast, future, untimed } = row;
  return { segment, dataset, kind, host, shape, fresh, freshFirst, freshLast, stale, staleLast, future, untimed };
}

/** Rows mostly share the lists of their shapes, so each list is sorted once. */
function internShapes(rows: readonly WindowedAggregate[]): { shapes: string[][]; position: (fields: readonly string[]) => number } {
  const keyOf = new Map<readonly string[], string>();
  const known = new Map<string, string[]>();
  for (const { shape } of rows) {
    if (keyOf.has(shape)) continue;
    const fields = [...shape].sort(compareCodeUnits);
    const key = fields.join("\n");
    keyOf.set(shape, key);
    known.set(key, fields);
  }
  const keys = [...known.keys()].sort(compareCodeUnits);
  const positions = new Map(keys.map((key, index) => [key, index]));
  return { shapes: keys.map((key) => known.get(key) ?? []), position: (fields) => positions.get(keyOf.get(fields) ?? "") ?? -1 };
}

/** The assumed zone of a time can be wrong by this much: zones reach from UTC-12 to UTC+14. */
const ZONE_SPAN_MS = 26 * HOUR_MS;

/** Kinds of a segment with zoneless times so near an edge of the window that another zone would put them on its other side. */
function zoneDependent(pinned: PinnedInputs): ScoringInput["zoneDependent"] {
  const { from, to } = freshWindow(pinned.at, pinned.policy);
  const zoneless = new Set((pinned.zoneUnknown ?? []).map(({ dataset, kind }) => `${dataset}\n${kind}`));
  const found = new Map<string, { segment: string; kind: string }>();
  for (const row of pinned.aggregates) {
    if (!zoneless.has(`${row.dataset}\n${row.kind}`)) continue;
    const near = (ms: number | null, edge: number): boolean => ms !== null && Math.abs(ms - edge) <= ZONE_SPAN_MS;
    if (row.future > 0 || near(row.freshFirst, from) || near(row.freshLast, to) || near(row.staleLast, from)) found.set(`${row.segment}\n${row.kind}`, { segment: row.segment, kind: row.kind });
  }
  return ordered([...found.values()]);
}

/** By canonical text: an order that depends on nothing but the content. */
function ordered<T extends Json>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, text: canonicalJson(item) }))
    .sort((a, b) => compareCodeUnits(a.text, b.text))
    .map(({ item }) => item);
}
