import type { AcceptedSet } from "./accepted-sets";
import { SEEN } from "./index-evidence";
import { flowHosts } from "./weigh-claims";
import { capHosts, type Ground, type KindEvidence } from "./weigh-kind";
import { weighMeasured, type MeasuredEvidence } from "./weigh-measured";

/** What a segment holds of the kinds that a reference accepts, whatever the reference is called. */
export interface Present {
  readonly accepted: AcceptedSet; // as far as policy and verdict let them count
  readonly evidence: readonly KindEvidence[]; // of the kinds that the segment has records of
  readonly proven: boolean;
  readonly met: "as-cited" | "equivalent" | null;
  readonly measured: MeasuredEvidence | null; // proven, and by no sample alone: what the measurement says
  readonly nearest: KindEvidence | undefined; // the best proof, a cited kind before an equivalent; else the kind that comes closest
  readonly past: KindEvidence | undefined; // not proven: the newest proof that has aged or fallen silent
  readonly records: number; // jointly filled: of all proofs, else of the nearest kind
  readonly newest: number | null;
  readonly hosts: number; // with such records, capped at the population
  readonly asCitedHosts: number;
  readonly reachHosts: number; // with what measurements and flow statistics of the proven kinds add
  readonly silent: boolean; // records exist, of a silent family
  readonly thin: boolean; // records exist, or would if they had a time, a host or a place on the roster
  readonly timed: boolean; // hosts were counted
  readonly zoneDependent: boolean;
}

/**
 * Weighs the kinds that a reference accepts, by the evidence of each that the segment has records of.
 *
 * @param weigh evidence of a kind for a field set; number: of the kind
 */
export function weighAccepted(ground: Ground, accepted: AcceptedSet, weigh: (kind: string, fieldSet: number, number: number) => KindEvidence): Present {
  const { segment, population } = ground;
  const { numbers } = accepted;
  let evidence = NO_EVIDENCE;
  for (let at = 0; at < numbers.length; at += 1) {
    const number = numbers[at] ?? -1;
    const accept = ((segment.holds[number] ?? 0) & SEEN) === 0 ? undefined : accepted.kinds[at];
    if (accept === undefined) continue;
    const found = weigh(accept.kind, accept.fields, number);
    if (isPresent(found)) evidence = evidence.length === 0 ? [found] : [...evidence, found]; // one or two: a list that is pushed to takes room for seventeen
  }
  if (evidence.length === 0) return nothingOf(accepted);
  const proofs = keep(evidence, (found) => found.proven);
  const asCited = keep(proofs, (found) => accepted.met.get(found.kind) === "as-cited");
  const proven = proofs.length > 0;
  const candidates = asCited.length > 0 ? asCited : proven ? proofs : evidence; // what is met as cited names a cited kind
  const nearest = candidates.reduce<KindEvidence | undefined>((a, b) => (a === undefined || nearer(b, a) ? b : a), undefined);
  const shown = proven ? proofs : nearest ? [nearest] : [];
  const hosts = unionOfHosts(ground, shown);
  return {
    accepted,
    evidence,
    proven,
    met: !proven ? null : asCited.length > 0 ? "as-cited" : "equivalent",
    measured: candidates.every((found) => found.measured !== null) ? (nearest?.measured ?? null) : null,
    nearest,
    past: proven ? undefined : evidence.reduce<KindEvidence | undefined>((a, b) => (b.wasProof && (a === undefined || lastOf(b) > lastOf(a)) ? b : a), undefined),
    records: shown.reduce((sum, found) => sum + found.filled, 0),
    newest: shown.reduce<number | null>((newest, found) => maximum(newest, found.newest ?? found.staleLast), null),
    hosts: capHosts(hosts.length, population),
    asCitedHosts: asCited.length === proofs.length ? hosts.length : unionOfHosts(ground, asCited).length,
    reachHosts: proven ? reachHosts(ground, accepted, proofs, hosts) : 0,
    silent: evidence.some((found) => found.silent && (found.fresh > 0 || found.wasProof)),
    thin: evidence.some((found) => !found.silent && found.fresh + found.foreign + found.hostless + found.future + found.untimed > 0),
    timed: evidence.some((found) => found.fresh + found.stale > 0),
    zoneDependent: evidence.some((found) => found.fresh + found.stale > 0 && segment.zoneDependent.has(found.kind)),
  };
}

/** A filter that makes no new list when all or none stay, as is usual of one or two. */
function keep(list: readonly KindEvidence[], test: (found: KindEvidence) => boolean): readonly KindEvidence[] {
  return list.every(test) ? list : list.some(test) ? list.filter(test) : NO_EVIDENCE;
}

const NO_EVIDENCE: readonly KindEvidence[] = [];

// Most references find nothing in most segments, and nothing says the same everywhere.
const NOTHING = new WeakMap<AcceptedSet, Present>();

function nothingOf(accepted: AcceptedSet): Present {
  let nothing = NOTHING.get(accepted);
  if (nothing === undefined) {
    nothing = { accepted, evidence: NO_EVIDENCE, proven: false, met: null, measured: null, nearest: undefined, past: undefined, records: 0, newest: null, hosts: 0, asCitedHosts: 0, reachHosts: 0, silent: false, thin: false, timed: false, zoneDependent: false };
    NOTHING.set(accepted, nothing);
  }
  return nothing;
}

/** Records of a kind that all state another class of object are no evidence of this one. */
function isPresent(found: KindEvidence): boolean {
  return found.fresh + found.stale + found.foreign + found.hostless + found.future + found.untimed > 0;
}

function reachHosts(ground: Ground, accepted: AcceptedSet, proofs: readonly KindEvidence[], hosts: readonly number[]): number {
  let all = hosts.length;
  if (ground.segment.measurements.size > 0) {
    const united = new Set(hosts);
    for (const proof of proofs) for (const host of weighMeasured(ground, proof.kind, proof.fieldSet, "any")?.hosts ?? []) united.add(host);
    all = united.size;
  }
  const flow = flowHosts(ground.segment, accepted, proofs);
  return capHosts(Math.max(all, flow), ground.population);
}

/** Which kind comes nearest to proof: more jointly filled, then more fresh, then anything that exists at all. */
function nearer(a: KindEvidence, b: KindEvidence): boolean {
  const order = Number(a.proven) - Number(b.proven) || a.hosts.length - b.hosts.length || a.filled - b.filled || a.fresh - b.fresh || (a.staleLast ?? 0) - (b.staleLast ?? 0) || a.foreign + a.hostless + a.future + a.untimed - (b.foreign + b.hostless + b.future + b.untimed);
  return order > 0 || (order === 0 && a.kind < b.kind);
}

function lastOf(found: KindEvidence): number {
  return found.staleLast ?? found.newest ?? 0;
}

function unionOfHosts(ground: Ground, kinds: readonly KindEvidence[]): readonly number[] {
  if (kinds.length < 2) return kinds[0]?.hosts ?? [];
  const first = ground.mark();
  const all: number[] = [];
  for (const { hosts } of kinds) for (const host of hosts) if (first(host)) all.push(host);
  return all;
}

function maximum(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.max(a, b);
}
