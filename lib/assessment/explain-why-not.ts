import { baseKind } from "@/lib/telemetry/stated-platform";
import type { AcceptedKind, AcceptedSet } from "./accepted-sets";
import { familyOfKind, FRESH, type EvidenceIndex, type SegmentEvidence } from "./index-evidence";
import { daysBetween, sayInstant } from "./instants";
import { notesOnProof } from "./quality/quality-notes";
import type { AlternativeInput, ScoringInput } from "./scoring-input";
import type { WhyCode, WhyNot } from "./scoring-result";
import type { Present } from "./weigh-accepted";
import type { ClaimVerdict } from "./weigh-claims";
import { capHosts, hostsNeeded, type Ground, type KindEvidence } from "./weigh-kind";

/**
 * The sentence that says why a reference is not proven, worst obstacle first: what fell silent or aged, records that fall
 * short (with the number that is short), and claims without records. A proven reference says by how much. null when the
 * segment holds no record and no claim: explainImpossible, explainUnseen and explainUnclaimed say why, in this order.
 */
export function explainPresent(ground: Ground, present: Present, claim: ClaimVerdict | null, windowMs?: number): WhyNot | null {
  if (present.proven) return { code: "proven", text: sayProof(ground, present, windowMs) };
  const shortfall = sayPast(ground, present) ?? sayShort(ground, present.nearest, present.evidence);
  if (shortfall) return { ...shortfall, text: `${shortfall.text}${claim ? ` ${sayClaim(claim)}` : ""}${sayUnplaced(ground, present)}` };
  if (claim?.contradiction) {
    const { source, family, records } = claim.contradiction;
    return { code: "contradicted", text: `Claimed by ${quote(source)}, but none of ${amount(records, "fresh record")} of ${family} from this segment carries it.` };
  }
  if (claim?.silent) return { code: "silent", text: `${sayClaim(claim)} A measurement or flow statistic shows no record of the source for ${ground.index.input.policy.silentHours} hours.` };
  return claim ? { code: "claimed-only", text: `${sayClaim(claim)} No sample event proves it.` } : null;
}

/** Why no segment can have a reference as it is cited; null: one could. */
export function explainImpossible(alternative: AlternativeInput): WhyNot | null {
  if (alternative.verdict === "producible") return null;
  if (alternative.verdict === "not-producible") {
    return { code: "not-producible", text: alternative.substitute ? `This event is never written. In its place: ${alternative.substitute.replace(/\.$/, "")}.` : "This event is never written, and no substitute is known." };
  }
  if (alternative.verdict === "external") return { code: "external", text: "Recorded outside the fleet: no segment can produce it." };
  return { code: "platform-mismatch", text: `${alternative.name} does not exist on the analytic's platform.` };
}

/** What a segment without records and claims of these kinds shows instead: other objects, other segments, other events of the family. null: nothing. */
export function explainUnseen({ index, segment }: Ground, accepted: AcceptedSet, citedFamily: string): WhyNot | null {
  const other = accepted.kinds.find((_, at) => ((segment.holds[accepted.numbers[at] ?? -1] ?? 0) & FRESH) !== 0); // nothing of it counts, or this were no absence
  if (other) return absence("key-never-seen", sayOtherObjects(index, segment, other));
  const elsewhere = index.collectors(accepted);
  if (elsewhere > 0) return absence("collected-elsewhere", `Collected from ${amount(elsewhere, "other segment")}, but not from here.`);
  const kinds = accepted.kinds.map(({ kind }) => kind);
  const family = segment.freshByFamily.has(citedFamily) ? citedFamily : kinds.map(familyOfKind).find((name) => segment.freshByFamily.has(name));
  if (family === undefined) return null;
  const wanted = kinds.filter((kind) => familyOfKind(kind) === family).slice(0, 3).join(", ");
  return absence("key-never-seen", `${amount(segment.freshByFamily.get(family) ?? 0, "fresh record")} of ${family}, none of ${wanted === "" ? "a kind that carries it" : wanted}.`);
}

/** Why a reference is absent of which nothing else is known. */
export function explainUnclaimed({ name }: AlternativeInput): WhyNot {
  return absence("source-absent", `Nothing from ${name} and no claim that it is collected.`);
}

function sayProof(ground: Ground, found: Present, windowMs: number | undefined): string {
  const equivalent = found.asCitedHosts < found.hosts ? `, ${found.asCitedHosts === 0 ? "all" : found.hosts - found.asCitedHosts} by an equivalent` : "";
  const { measured } = found;
  const source = measured === null ? "" : ` Measured on ${sayInstant(measured.asOf)}${measured.system === "" ? "" : ` in ${measured.system}`}${measured.query === "" ? ", query unknown" : `, query ${measured.query.slice(0, 12)}`}; ${amount(found.records, "raw record")} of it ${found.records === 1 ? "is" : "are"} kept.`;
  return `Proven by ${found.nearest?.kind ?? "records"}: ${sayHosts(found.hosts, ground.population)}${equivalent}, newest ${sayNewest(found.newest)}.${source}${notesOnProof(ground, found, windowMs).map(({ text }) => ` ${text}`).join("")}`;
}

/** A measurement of the plain kind beside records that state their platform, in a segment of several: why it did not count. */
function sayUnplaced({ segment }: Ground, { nearest }: Present): string {
  if (nearest === undefined || segment.measurements.size === 0 || segment.measurements.has(nearest.kind)) return "";
  const plain = baseKind(nearest.kind);
  if (plain === nearest.kind || !segment.measurements.has(plain)) return "";
  const several = `it does not say on which system it counted, and the segment has ${segment.input.platforms.length} platforms`;
  return ` The measurement of ${plain} proves nothing of it: ${several}${segment.rostered ? ", none of its hosts on the roster of this one" : ""}.`;
}

function sayPast(ground: Ground, found: Present): WhyNot | null {
  const past = found.past;
  if (!past) return null;
  const { at, policy } = ground.index.input;
  if (past.silent) {
    const last = ground.segment.silentFamilies.get(familyOfKind(past.kind)) ?? null;
    return { code: "silent", text: `${familyOfKind(past.kind)} is silent: no record for ${policy.silentHours} hours${last === null ? "" : `, newest ${sayInstant(last)}`}.` };
  }
  const last = past.staleLast ?? past.newest ?? at;
  return { code: "stale", text: `Was proven by ${past.kind}${past.wasMeasured === null ? "" : `, measured on ${sayInstant(past.wasMeasured.asOf)}${past.wasMeasured.system === "" ? "" : ` in ${past.wasMeasured.system}`}`}; its newest proof is of ${sayInstant(last)}, ${daysBetween(last, at)} days old, and ${policy.freshDays} days are allowed.` };
}

function sayShort(ground: Ground, nearest: KindEvidence | undefined, evidence: readonly KindEvidence[]): WhyNot | null {
  if (!nearest) return null;
  const { at, policy } = ground.index.input;
  const { kind, fresh, filled } = nearest;
  if (nearest.silent && fresh > 0) return { code: "silent", text: `${familyOfKind(kind)} is silent: a measurement or flow statistic shows no record of it for ${policy.silentHours} hours.` };
  if (fresh > 0 && filled * 100 < policy.fillPercent * fresh) return { code: isRedacted(nearest) ? "redacted" : "field-empty", text: sayEmptyFields(nearest, policy) };
  const needed = hostsNeeded(ground.population, policy.minHostsPercent, policy.minHostsCap);
  if (fresh > 0 && capHosts(nearest.hosts.length, ground.population) < needed) {
    return { code: "too-few-hosts", text: `${kind} comes from ${sayHosts(nearest.hosts.length, ground.population)}; ${needed} ${needed === 1 ? "is" : "are"} needed.` };
  }
  if (fresh > 0 && filled < policy.minEvents) return { code: "too-few-events", text: `${amount(filled, "fresh record")} of ${kind}; ${policy.minEvents} are needed.` };
  const total = (pick: (found: KindEvidence) => number): number => evidence.reduce((sum, found) => sum + pick(found), 0);
  const foreign = total((found) => found.foreign);
  const whose = ground.segment.rostered ? "that the roster does not list for this platform" : "whose platform nothing tells: the segment has several and no roster";
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

/** Redacted: wherever records fall short of a field, the source hid it in more than half of them. Else other records are simply empty, and unhiding would not help. */
function isRedacted({ fresh, missing }: KindEvidence): boolean {
  return missing.length > 0 && missing.every(({ filled, redacted }) => redacted * 2 > fresh - filled);
}

function sayEmptyFields({ kind, fresh, filled, missing }: KindEvidence, policy: ScoringInput["policy"]): string {
  const parts = missing.slice(0, 3).map(({ fields, filled: count, redacted }) => `${fields.length === 1 ? fields[0] : `one of ${fields.join(", ")}`} in ${grouped(count)}${redacted > 0 ? `, redacted in ${grouped(redacted)}` : ""}`);
  const which = parts.length > 0 ? ` (${parts.join("; ")})` : "";
  return `${grouped(filled)} of ${amount(fresh, "fresh record")} of ${kind} fill every required field${which}; ${policy.fillPercent} % are needed.`;
}

/** Records of an accepted kind come, and all are about other objects than the component. */
function sayOtherObjects({ input }: EvidenceIndex, segment: SegmentEvidence, { kind, fields }: AcceptedKind): string {
  const stated = [...(segment.freshKinds.get(kind) ?? [])].filter((objectClass) => objectClass !== null).sort();
  return `Fresh records of ${kind} are about ${stated.join(", ")}; none is about ${input.fieldSets[fields]?.objects?.join(" or ") ?? "the component's objects"}.`;
}

function absence(code: WhyCode, text: string): WhyNot {
  return { code, text };
}

function sayClaim(claim: ClaimVerdict): string {
  const basis = { measured: "measured", flow: "flow statistics", configuration: "configuration", statement: "statement" }[claim.evidence];
  return `Claimed by ${quote(claim.source)} (${basis}, ${claim.by === "as-cited" ? "as cited" : "an equivalent"}, ${claim.asOf === null ? "undated" : `as of ${sayInstant(claim.asOf).slice(0, 10)}`}).${sayCondition(claim.condition)}`;
}

const CONDITION_SHOWN = 240;

/** The inventory shows a condition whole; a reason shows its beginning. */
function sayCondition(condition: string): string {
  if (condition === "") return "";
  const text = condition.length > CONDITION_SHOWN ? `${condition.slice(0, CONDITION_SHOWN)}…` : condition;
  return ` Conditional: ${/[.…]$/.test(text) ? text : `${text}.`}`;
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
  return count < 1000 ? String(count) : String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

function quote(text: string): string {
  return `"${text}"`;
}
