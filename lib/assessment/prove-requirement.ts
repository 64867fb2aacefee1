import { explainAbsence } from "./explain-why-not";
import type { Judgement } from "./judge-reference";
import type { Scope } from "./open-scope";
import type { AlternativeInput, RequirementInput } from "./scoring-input";
import type { AlternativeResult, RequirementResult } from "./scoring-result";
import { flagBits, flagsOf } from "./status";

/**
 * Decides one requirement in one segment: every alternative is weighed, the best one is shown. Best: proven before
 * claimed before nothing, then more hosts, as cited before equivalent, a named event before a free-text channel, more
 * records, published order. So better evidence on one alternative never hides behind a worse one, and adding evidence
 * never lowers the requirement.
 */
export function proveRequirement(scope: Scope, requirement: RequirementInput): RequirementResult {
  const { component, critical } = requirement;
  const alternatives: AlternativeResult[] = [];
  let best = 0;
  let shown = 0; // flags of the best one
  let shortcomings = 0; // of any
  for (const alternative of requirement.alternatives) {
    const judgement = scope.judge(alternative, component);
    const result = toResult(scope, alternative, judgement);
    const flags = judgement.flags | (alternative.basis === "component" ? BY_COMPONENT : 0);
    shortcomings |= flags & SHORTCOMINGS;
    const champion = alternatives[best];
    alternatives.push(result);
    if (champion && !better(result, champion)) continue;
    best = alternatives.length - 1;
    shown = flags;
  }
  return { component, critical, flags: flagsOf(alternatives[best]?.proven ? shown : shown | shortcomings), best, alternatives };
}

const BY_COMPONENT = flagBits(["by-component"]);
const SHORTCOMINGS = flagBits(["thin", "stale", "silent", "contradicted"]);

function toResult(scope: Scope, alternative: AlternativeInput, { present, evidence, claimed, claimedHosts, why }: Judgement): AlternativeResult {
  const { name, channel, family, basis } = alternative;
  const { met, proven, past, nearest, records, hosts, reachHosts, newest } = present;
  return { name, channel, family, basis, evidence, met, proven, claimed, kind: (past ?? nearest)?.kind ?? null, records, hosts, reachHosts, claimedHosts, newest, why: why ?? explainAbsence(scope, alternative, present) };
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
