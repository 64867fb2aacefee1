import { familyOfKind } from "./index-evidence";
import { daysBetween, sayInstant } from "./instants";
import type { Present, Scope } from "./open-scope";
import type { AlternativeInput, ScoringInput } from "./scoring-input";
import type { WhyCode, WhyNot } from "./scoring-result";
import type { ClaimVerdict } from "./weigh-claims";
import { capHosts, hostsNeeded, type KindEvidence } from "./weigh-kind";

/**
 * The sentence that says why a reference is not proven, worst obstacle first: what cannot exist, what fell silent or
 * aged, records that fall short (with the number that is short), claims without records, and at last absence: of the
 * event, or of the whole source. A proven reference says by how much.
 */
export function explainWhyNot(scope: Scope, alternative: AlternativeInput, present: Present, claim: ClaimVerdict | null): WhyNot {
  if (present.proven) return { code: "proven", text: sayProof(scope, present) };
  const shortfall = sayImpossible(alternative, present, claim) ?? sayPast(scope, present) ?? sayShort(scope, present.nearest, present.evidence);
  if (shortfall) return claim ? { ...shortfall, text: `${shortfall.text} ${sayClaim(claim)}` } : shortfall;
  if (claim?.contradiction) {
    const { source, family, records } = claim.contradiction;
    return { code: "contradicted", text: `Claimed by ${quote(source)}, but none of ${amount(records, "fresh record")} of ${family} from this segment carries it.` };
  }
  if (claim?.silent) return { code: "silent", text: `${sayClaim(claim)} A measurement or flow statistic shows no record of the source for ${scope.index.input.policy.silentHours} hours.` };
  if (claim) return { code: "claimed-only", text: `${sayClaim(claim)} No sample event proves it.` };
  return sayAbsence(scope, alternative);
}

function sayProof(scope: Scope, found: Present): string {
  const equivalent = found.asCitedHosts < found.hosts ? `, ${found.asCitedHosts === 0 ? "all" : found.hosts - found.asCitedHosts} by an equivalent` : "";
  return `Proven by ${found.nearest?.kind ?? "records"}: ${sayHosts(found.hosts, scope.population)}${equivalent}, newest ${sayNewest(found.newest)}.`;
}

function sayImpossible(alternative: AlternativeInput, found: Present, claim: ClaimVerdict | null): WhyNot | null {
  if (alternative.verdict === "producible" || found.evidence.length > 0 || claim) return null;
  if (alternative.verdict === "not-producible") {
    return { code: "not-producible", text: alternative.substitute ? `This event is never written. In its place: ${alternative.substitute.replace(/\.$/, "")}.` : "This event is never written, and no substitute is known." };
  }
  if (alternative.verdict === "external") return { code: "external", text: "Recorded outside the fleet: no segment can produce it." };
  return { code: "platform-mismatch", text: `${alternative.name} does not exist on the analytic's platform.` };
}

function sayPast(scope: Scope, found: Present): WhyNot | null {
  const past = found.past;
  if (!past) return null;
  const { at, policy } = scope.index.input;
  if (past.silent) {
    const last = scope.segment.silentFamilies.get(familyOfKind(past.kind)) ?? null;
    return { code: "silent", text: `${familyOfKind(past.kind)} is silent: no record for ${policy.silentHours} hours${last === null ? "" : `, newest ${sayInstant(last)}`}.` };
  }
  const last = past.staleLast ?? past.newest ?? at;
  return { code: "stale", text: `Was proven by ${past.kind}; its newest proof is of ${sayInstant(last)}, ${daysBetween(last, at)} days old, and ${policy.freshDays} days are allowed.` };
}

function sayShort(scope: Scope, nearest: KindEvidence | undefined, evidence: readonly KindEvidence[]): WhyNot | null {
  if (!nearest) return null;
  const { at, policy } = scope.index.input;
  const { kind, fresh, filled } = nearest;
  if (nearest.silent && fresh > 0) return { code: "silent", text: `${familyOfKind(kind)} is silent: a measurement or flow statistic shows no record of it for ${policy.silentHours} hours.` };
  if (fresh > 0 && filled * 100 < policy.fillPercent * fresh) return { code: "field-empty", text: sayEmptyFields(nearest, policy) };
  const needed = hostsNeeded(scope.population, policy.minHostsPercent, policy.minHostsCap);
  if (fresh > 0 && capHosts(nearest.hosts.length, scope.population) < needed) {
    return { code: "too-few-hosts", text: `${kind} comes from ${sayHosts(nearest.hosts.length, scope.population)}; ${needed} ${needed === 1 ? "is" : "are"} needed.` };
  }
  if (fresh > 0 && filled < policy.minEvents) return { code: "too-few-events", text: `${amount(filled, "fresh record")} of ${kind}; ${policy.minEvents} are needed.` };
  const total = (pick: (found: KindEvidence) => number): number => evidence.reduce((sum, found) => sum + pick(found), 0);
  const foreign = total((found) => found.foreign);
  const whose = scope.segment.rostered ? "that the roster does not list for this platform" : "whose platform nothing tells: the segment has several and no roster";
  if (foreign > 0) return { code: "foreign-hosts", text: `${amount(foreign, "fresh record")} of ${kind}, all from hosts ${whose}.` };
  const hostless = total((found) => found.hostless);
  if (hostless > 0) return { code: "too-few-hosts", text: `${amount(hostless, "fresh record")} of ${kind} ${hostless === 1 ? "names no host, so it proves" : "name no host, so they prove"} nothing about this segment's hosts.` };
  if (nearest.stale > 0) {
    const last = nearest.staleLast;
    return { code: "stale", text: `Only old records of ${kind}${last === null ? ", none with the required fields" : `, newest ${sayInstant(last)}, ${daysBetween(last, at)} days old`}; ${policy.freshDays} days are allowed.` };
  }
  const future = total((found) => found.future);
  if (future > 0) return { code: "future", text: `${amount(future, "record")} of ${kind} ${future === 1 ? "bears" : "bear"} a time later than ${sayInstant(at)}, the time of this assessment.` };
  const untimed = total((found) => found.untimed);
  return untimed > 0 ? { code: "no-time", text: `${amount(untimed, "record")} of ${kind} ${untimed === 1 ? "has" : "have"} no usable time.` } : null;
}

function sayEmptyFields({ kind, fresh, filled, missing }: KindEvidence, policy: ScoringInput["policy"]): string {
  const parts = missing.slice(0, 3).map(({ fields, filled: count }) => `${fields.length === 1 ? fields[0] : `one of ${fields.join(", ")}`} in ${grouped(count)}`);
  const which = parts.length > 0 ? ` (${parts.join("; ")})` : "";
  return `${grouped(filled)} of ${amount(fresh, "fresh record")} of ${kind} fill every required field${which}; ${policy.fillPercent} % are needed.`;
}

function sayAbsence(scope: Scope, alternative: AlternativeInput): WhyNot {
  const { index, segment } = scope;
  const kinds = scope.present(alternative).accepted.kinds.map(({ kind }) => kind);
  const elsewhere = kinds.reduce((most, kind) => Math.max(most, index.collectors.get(kind) ?? 0), 0);
  if (elsewhere > 0) return absence("collected-elsewhere", `Collected from ${amount(elsewhere, "other segment")}, but not from here.`);
  const family = segment.freshByFamily.has(alternative.family) ? alternative.family : kinds.map(familyOfKind).find((name) => segment.freshByFamily.has(name));
  if (family !== undefined) {
    const wanted = kinds.filter((kind) => familyOfKind(kind) === family).slice(0, 3).join(", ");
    return absence("key-never-seen", `${amount(segment.freshByFamily.get(family) ?? 0, "fresh record")} of ${family}, none of ${wanted === "" ? "a kind that carries it" : wanted}.`);
  }
  return absence("source-absent", `Nothing from ${alternative.name} and no claim that it is collected.`);
}

function absence(code: WhyCode, text: string): WhyNot {
  return { code, text };
}

function sayClaim(claim: ClaimVerdict): string {
  const basis = { measured: "measured", flow: "flow statistics", configuration: "configuration", statement: "statement" }[claim.evidence];
  return `Claimed by ${quote(claim.source)} (${basis}, ${claim.by === "as-cited" ? "as cited" : "an equivalent"}, ${claim.asOf === null ? "undated" : `as of ${sayInstant(claim.asOf).slice(0, 10)}`}).`;
}

function sayNewest(newest: number | null): string {
  return newest === null ? "of unknown time" : sayInstant(newest);
}

function sayHosts(hosts: number, population: number): string {
  return population === 0 ? `${amount(hosts, "host")} of a segment whose size is not stated` : `${grouped(hosts)} of ${amount(population, "host")}`;
}

function amount(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;
}

function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

function quote(text: string): string {
  return `"${text}"`;
}
