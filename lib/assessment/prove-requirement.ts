import { explainWhyNot } from "./explain-why-not";
import type { AcceptedSet, EvidenceIndex, SegmentEvidence } from "./index-evidence";
import type { AlternativeInput, RequirementInput } from "./scoring-input";
import type { AlternativeResult, RequirementResult } from "./scoring-result";
import { FLAGS, MILLION, type Flag } from "./status";
import { flowHosts, matchClaims, weighClaims, type ClaimVerdict, type MatchedClaim } from "./weigh-claims";
import { capHosts, measuredHosts, openGround, weighKind, type Ground, type KindEvidence } from "./weigh-kind";

/** A ground with its memory: each (kind, field set) is weighed once, and what the policy leaves of an accept set is found once. */
export interface Scope extends Ground {
  readonly weigh: (kind: string, fieldSet: number) => KindEvidence;
  readonly present: (alternative: AlternativeInput) => Present;
}

/** Of the kinds a reference accepts: all that count, and the evidence of those that the segment has records of. */
interface Present {
  readonly accepted: AcceptedSet;
  readonly evidence: readonly { readonly met: "as-cited" | "equivalent"; readonly found: KindEvidence }[];
  readonly claims: readonly MatchedClaim[];
}

/** Opens a scope: the platforms common to an analytic and a segment. */
export function openScope(index: EvidenceIndex, segment: SegmentEvidence, platforms: readonly string[]): Scope {
  const ground = openGround(index, segment, platforms);
  const memory = new Map<string, KindEvidence[]>();
  const weigh = (kind: string, fieldSet: number): KindEvidence => {
    let list = memory.get(kind);
    if (!list) memory.set(kind, (list = []));
    return (list[fieldSet] ??= weighKind(ground, kind, fieldSet));
  };
  const found = new Map<number, Present>();
  const present = (alternative: AlternativeInput): Present => {
    const key = alternative.accepts * 2 + (alternative.verdict === "producible" ? 0 : 1);
    const known = found.get(key);
    if (known) return known;
    const accepted = acceptedKinds(index, alternative);
    const evidence = accepted.kinds.filter(({ kind }) => segment.rows.has(kind)).map((accept) => ({ met: accept.met, found: weigh(accept.kind, accept.fields) }));
    const made = { accepted, evidence, claims: matchClaims(index, segment, accepted) };
    found.set(key, made);
    return made;
  };
  return { ...ground, weigh, present };
}

/** The alternative and what its flags rest on; only the result is kept. */
interface Weighed {
  readonly result: AlternativeResult;
  readonly flags: readonly Flag[];
}

/**
 * Decides one requirement in one segment: every alternative is weighed, the best one is shown. Best: proven before
 * claimed before nothing, then more hosts, as cited before equivalent, a named event before a free-text channel, more
 * records, published order. So better evidence on one alternative never hides behind a worse one, and adding evidence
 * never lowers the requirement.
 */
export function proveRequirement(scope: Scope, requirement: RequirementInput): RequirementResult {
  const weighed = requirement.alternatives.map((alternative) => weighAlternative(scope, requirement, alternative));
  let best = 0;
  weighed.forEach((candidate, position) => {
    const champion = weighed[best];
    if (champion && better(candidate.result, champion.result)) best = position;
  });
  const shown = weighed[best];
  const flags = new Set<Flag>(shown?.flags);
  if (!shown?.result.proven) {
    for (const other of weighed) for (const flag of other.flags) if (SHORTCOMINGS.has(flag)) flags.add(flag);
  }
  return {
    component: requirement.component,
    critical: requirement.critical,
    flags: FLAGS.filter((flag) => flags.has(flag)),
    best,
    alternatives: weighed.map(({ result }) => result),
  };
}

const SHORTCOMINGS: ReadonlySet<Flag> = new Set<Flag>(["thin", "stale", "silent", "contradicted"]);

function weighAlternative(scope: Scope, requirement: RequirementInput, alternative: AlternativeInput): Weighed {
  const { index, segment, population } = scope;
  const { accepted, evidence, claims } = scope.present(alternative);
  const proofs = evidence.filter(({ found }) => found.proven);
  const claim = weighClaims(index, segment, requirement.component, alternative, accepted, claims, population);
  const past = proofs.length === 0 ? evidence.filter(({ found }) => found.wasProof).sort((a, b) => (b.found.staleLast ?? b.found.newest ?? 0) - (a.found.staleLast ?? a.found.newest ?? 0))[0] : undefined;
  const nearest = (proofs.length > 0 ? proofs : evidence).reduce<(typeof evidence)[number] | undefined>((a, b) => (a === undefined || nearer(b.found, a.found) ? b : a), undefined);
  const proven = proofs.length > 0;
  const hosts = proven ? unionOfHosts(scope, proofs.map(({ found }) => found.hosts)) : (nearest?.found.hosts ?? []);
  const asCited = proofs.filter(({ met }) => met === "as-cited");
  const counted = capHosts(hosts.length, population);
  const result: AlternativeResult = {
    name: alternative.name,
    channel: alternative.channel,
    family: alternative.family,
    basis: alternative.basis,
    evidence: proven || past ? "events" : (claim?.evidence ?? "none"),
    met: !proven ? null : asCited.length > 0 ? "as-cited" : "equivalent",
    proven,
    claimed: !proven && (claim !== null || past !== undefined),
    kind: (past ?? nearest)?.found.kind ?? null,
    records: (proven ? proofs : nearest ? [nearest] : []).reduce((sum, { found }) => sum + found.filled, 0),
    hosts: counted,
    reachHosts: proven ? reachHosts(scope, accepted, proofs.map(({ found }) => found), hosts) : 0,
    claimedHosts: proven ? 0 : claimedHosts(claim, past?.found, population),
    newest: (proven ? proofs : nearest ? [nearest] : []).reduce<number | null>((newest, { found }) => maximum(newest, found.newest ?? found.staleLast), null),
    why: explainWhyNot(scope, alternative, evidence.map(({ found }) => found), { proven, hosts: counted, asCitedHosts: asCited.length === proofs.length ? hosts.length : unionOfHosts(scope, asCited.map(({ found }) => found.hosts)).length, nearest: nearest?.found, past: past?.found, claim }),
  };
  return { result, flags: flagsOfAlternative(scope, alternative, result, evidence.map(({ found }) => found), claim, past?.found) };
}

/** What the policy and the verdict leave of the accepted kinds: nothing rests on a reference that cannot be produced, except by its equivalents. */
function acceptedKinds(index: EvidenceIndex, alternative: AlternativeInput): AcceptedSet {
  const all = index.accepted[alternative.accepts] ?? NOTHING_ACCEPTED;
  const { asCitedOnly } = index.input.policy;
  const impossible = alternative.verdict !== "producible";
  if (!impossible && !asCitedOnly) return all;
  const kinds = all.kinds.filter(({ met }) => !(impossible && met === "as-cited") && !(asCitedOnly && met === "equivalent"));
  return { kinds, met: new Map(kinds.map(({ kind, met }) => [kind, met])) };
}

const NOTHING_ACCEPTED: AcceptedSet = { kinds: [], met: new Map() };

function flagsOfAlternative(scope: Scope, alternative: AlternativeInput, result: AlternativeResult, evidence: readonly KindEvidence[], claim: ClaimVerdict | null, past: KindEvidence | undefined): Flag[] {
  const flags: Flag[] = [];
  const { segment, population, index } = scope;
  if (!result.proven) {
    if (evidence.some((found) => found.silent && (found.fresh > 0 || found.wasProof)) || claim?.silent) flags.push("silent");
    if (past && !past.silent) flags.push("stale");
    if (claim?.contradicted) flags.push("contradicted");
    if (evidence.some((found) => !found.silent && found.fresh + found.foreign + found.hostless + found.future + found.untimed > 0)) flags.push("thin");
  } else if (shareOf(result.reachHosts, population) * 100 < index.input.policy.narrowPercent * MILLION) flags.push("narrow");
  if (alternative.basis === "component") flags.push("by-component");
  if (!segment.rostered && evidence.some((found) => found.fresh + found.stale > 0)) flags.push("hosts-unverified");
  if (evidence.some((found) => found.fresh + found.stale > 0 && segment.zoneDependent.has(found.kind))) flags.push("zone-dependent");
  return flags;
}

function reachHosts(scope: Scope, accepted: AcceptedSet, proofs: readonly KindEvidence[], hosts: readonly number[]): number {
  let all = hosts.length;
  if (scope.segment.measurements.size > 0) {
    const united = new Set(hosts);
    for (const proof of proofs) for (const host of measuredHosts(scope, proof.kind, proof.fieldSet)) united.add(host);
    all = united.size;
  }
  const flow = flowHosts(scope.segment, accepted, new Set(proofs.map(({ kind }) => kind)));
  return capHosts(Math.max(all, flow), scope.population);
}

/** A past proof claims the hosts it was seen on, unless the source is silent; a claim the hosts it states. */
function claimedHosts(claim: ClaimVerdict | null, past: KindEvidence | undefined, population: number): number {
  const seen = past && !past.silent ? capHosts(past.everHosts, population) : 0;
  return Math.max(claim?.hosts ?? 0, seen);
}

function better(a: AlternativeResult, b: AlternativeResult): boolean {
  const order =
    Number(a.proven) - Number(b.proven) ||
    a.reachHosts - b.reachHosts ||
    Number(a.claimed) - Number(b.claimed) ||
    a.claimedHosts - b.claimedHosts ||
    Number(a.met === "as-cited") - Number(b.met === "as-cited") ||
    Number(a.basis !== "component") - Number(b.basis !== "component") ||
    a.records - b.records;
  return order > 0;
}

/** Which kind comes nearest to proof: more jointly filled, then more fresh, then anything that exists at all. */
function nearer(a: KindEvidence, b: KindEvidence): boolean {
  const order = Number(a.proven) - Number(b.proven) || a.hosts.length - b.hosts.length || a.filled - b.filled || a.fresh - b.fresh || (a.staleLast ?? 0) - (b.staleLast ?? 0) || a.foreign + a.hostless + a.future + a.untimed - (b.foreign + b.hostless + b.future + b.untimed);
  return order > 0 || (order === 0 && a.kind < b.kind);
}

function unionOfHosts(scope: Scope, lists: readonly (readonly number[])[]): readonly number[] {
  if (lists.length === 1) return lists[0] ?? [];
  const first = scope.mark();
  const all: number[] = [];
  for (const list of lists) for (const host of list) if (first(host)) all.push(host);
  return all;
}

function maximum(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.max(a, b);
}

/** Share of a population in millionths, rounded down; of a population that nobody stated it is 0: nothing is claimed. */
export function shareOf(hosts: number, population: number): number {
  return population === 0 ? 0 : Math.floor((hosts * MILLION) / population);
}
