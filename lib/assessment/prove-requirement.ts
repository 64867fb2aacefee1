import { explainAbsence } from "./explain-why-not";
import type { Judgement } from "./judge-reference";
import type { Scope } from "./open-scope";
import type { AlternativeInput, RequirementInput } from "./scoring-input";
import type { AlternativeResult, RequirementResult } from "./scoring-result";
import { flagBits, flagsOf } from "./status";

/** What a requirement means for the cells that rest on it: the figures that decide status, reach and flags. */
export interface RequirementFacts {
  readonly proven: boolean;
  readonly claimed: boolean;
  readonly proofHosts: number; // with proof, by the best alternative
  readonly firmHosts: number; // with proof by a reference of basis curated or channel
  readonly claimedHosts: number; // most that an alternative claims
  readonly flags: number; // bits of FLAGS
}

export interface DecidedRequirement {
  readonly result: RequirementResult;
  readonly facts: RequirementFacts;
}

/**
 * Decides one requirement in one segment: every alternative is weighed, the best one is shown. Best: proven before
 * claimed before nothing, then more hosts, as cited before equivalent, a named event before a free-text channel, more
 * records, published order. So better evidence on one alternative never hides behind a worse one, and adding evidence
 * never lowers the requirement.
 */
export function proveRequirement(scope: Scope, requirement: RequirementInput): DecidedRequirement {
  const { component, critical, windowMs } = requirement;
  const alternatives: AlternativeResult[] = [];
  let best = 0;
  let shown = 0; // flags of the best one
  let shortcomings = 0; // of any
  let firmHosts = 0;
  let claimedHosts = 0;
  for (const alternative of requirement.alternatives) {
    const judgement = scope.judge(alternative, component, windowMs);
    const result = toResult(scope, alternative, judgement);
    const flags = judgement.flags | (alternative.basis === "component" ? BY_COMPONENT : 0) | (alternative.override === undefined ? 0 : OVERRIDDEN);
    shortcomings |= flags & SHORTCOMINGS;
    if (result.proven && result.basis !== "component") firmHosts = Math.max(firmHosts, result.reachHosts);
    if (result.claimed) claimedHosts = Math.max(claimedHosts, result.claimedHosts);
    const champion = alternatives[best];
    alternatives.push(result);
    if (champion && !better(result, champion)) continue;
    best = alternatives.length - 1;
    shown = flags;
  }
  const line = alternatives[best];
  const proven = line?.proven ?? false;
  const flags = proven ? shown : shown | shortcomings;
  return {
    result: { component, critical, flags: flagsOf(flags), best, alternatives },
    facts: { proven, claimed: line?.claimed ?? false, proofHosts: proven ? (line?.reachHosts ?? 0) : 0, firmHosts, claimedHosts, flags },
  };
}

const BY_COMPONENT = flagBits(["by-component"]);
const OVERRIDDEN = flagBits(["overridden"]);
const SHORTCOMINGS = flagBits(["thin", "stale", "silent", "contradicted"]);

function toResult(scope: Scope, alternative: AlternativeInput, { present, evidence, claimed, claimedHosts, why }: Judgement): AlternativeResult {
  const { name, channel, family, basis } = alternative;
  const { met, proven, past, nearest, records, hosts, reachHosts, newest } = present;
  return { name, channel, family, basis, evidence, met, proven, claimed, kind: (past ?? nearest)?.kind ?? null, records, hosts, reachHosts, claimedHosts, newest, why: why ?? explainAbsence(scope, alternative, present), ...(alternative.override === undefined ? {} : { override: alternative.override }) };
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
