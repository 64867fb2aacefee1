import { explainWhyNot } from "./explain-why-not";
import type { Present, Scope } from "./open-scope";
import type { AlternativeInput, RequirementInput } from "./scoring-input";
import type { AlternativeResult, RequirementResult } from "./scoring-result";
import { FLAGS, MILLION, type Flag } from "./status";
import { weighClaims, type ClaimVerdict } from "./weigh-claims";
import { capHosts, type KindEvidence } from "./weigh-kind";

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
  const present = scope.present(alternative);
  const { proven, met, past, nearest, records, hosts, newest } = present;
  const claim = weighClaims(index, segment, requirement.component, alternative, present.accepted, present.claims, population);
  const result: AlternativeResult = {
    name: alternative.name,
    channel: alternative.channel,
    family: alternative.family,
    basis: alternative.basis,
    evidence: proven || past ? "events" : (claim?.evidence ?? "none"),
    met,
    proven,
    claimed: !proven && (claim !== null || past !== undefined),
    kind: (past ?? nearest)?.kind ?? null,
    records,
    hosts,
    reachHosts: present.reachHosts,
    claimedHosts: proven ? 0 : claimedHosts(claim, past, population),
    newest,
    why: explainWhyNot(scope, alternative, present, claim),
  };
  return { result, flags: flagsOf(scope, alternative, present, claim) };
}

function flagsOf({ segment, population, index }: Scope, alternative: AlternativeInput, present: Present, claim: ClaimVerdict | null): Flag[] {
  const flags: Flag[] = [];
  if (present.proven) {
    if (shareOf(present.reachHosts, population) * 100 < index.input.policy.narrowPercent * MILLION) flags.push("narrow");
  } else {
    if (present.silent || claim?.silent) flags.push("silent");
    if (present.past && !present.past.silent) flags.push("stale");
    if (claim?.contradicted) flags.push("contradicted");
    if (present.thin) flags.push("thin");
  }
  if (alternative.basis === "component") flags.push("by-component");
  if (!segment.rostered && present.timed) flags.push("hosts-unverified");
  if (present.zoneDependent) flags.push("zone-dependent");
  return flags;
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

/** Share of a population in millionths, rounded down; of a population that nobody stated it is 0: nothing is claimed. */
export function shareOf(hosts: number, population: number): number {
  return population === 0 ? 0 : Math.floor((hosts * MILLION) / population);
}
