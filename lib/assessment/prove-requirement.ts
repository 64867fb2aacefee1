import type { Judgement } from "./judge-reference";
import type { Scope } from "./open-scope";
import type { NumberedRequirement, PreparedAlternative } from "./prepare-analytics";
import type { AlternativeResult, RequirementResult, WhyNot } from "./scoring-result";
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

/** A requirement in a segment, before it is written out: the lines of many segments are the same. */
export interface DecidedRequirement {
  readonly requirement: NumberedRequirement;
  readonly alternatives: readonly DecidedAlternative[];
  readonly best: number;
  readonly recurs: boolean; // it rests on no record
  readonly facts: RequirementFacts;
}

export interface DecidedAlternative {
  readonly alternative: PreparedAlternative;
  readonly judgement: Judgement;
  readonly why: WhyNot;
}

/**
 * Decides one requirement in one segment: every alternative is weighed, the best one is shown. Best: proven before
 * claimed before nothing, then more hosts, as cited before equivalent, a named event before a free-text channel, more
 * records, published order. So better evidence on one alternative never hides behind a worse one, and adding evidence
 * never lowers the requirement.
 */
export function proveRequirement(scope: Scope, requirement: NumberedRequirement): DecidedRequirement {
  let best = 0;
  let champion: DecidedAlternative | null = null;
  let shortcomings = 0; // of any
  let firmHosts = 0;
  let claimedHosts = 0;
  let recurs = true;
  const alternatives = requirement.alternatives.map((alternative, at): DecidedAlternative => {
    const judgement = scope.judge(alternative);
    const { present } = judgement;
    const decided = { alternative, judgement, why: judgement.why ?? scope.absence(alternative) };
    shortcomings |= flagsOn(decided) & SHORTCOMINGS;
    if (present.proven && alternative.input.basis !== "component") firmHosts = Math.max(firmHosts, present.reachHosts);
    if (judgement.claimed) claimedHosts = Math.max(claimedHosts, judgement.claimedHosts);
    if (kindOf(judgement) !== null) recurs = false;
    if (champion === null || better(decided, champion)) [champion, best] = [decided, at];
    return decided;
  });
  const shown = alternatives[best];
  const proven = shown?.judgement.present.proven ?? false;
  const flags = shown === undefined ? 0 : proven ? flagsOn(shown) : flagsOn(shown) | shortcomings;
  return { requirement, alternatives, best, recurs, facts: { proven, claimed: shown?.judgement.claimed ?? false, proofHosts: proven ? (shown?.judgement.present.reachHosts ?? 0) : 0, firmHosts, claimedHosts, flags } };
}

/** The line of a decided requirement, as results show it. */
export function toLine({ requirement: { input }, alternatives, best, facts }: DecidedRequirement): RequirementResult {
  const { component, critical } = input;
  return { component, critical, flags: flagsOf(facts.flags), best, alternatives: alternatives.map(toResult) };
}

const SHORTCOMINGS = flagBits(["thin", "stale", "silent", "contradicted"]);

function flagsOn({ alternative, judgement }: DecidedAlternative): number {
  return judgement.flags | alternative.flags;
}

/** The record kind that proved a reference or came nearest. */
function kindOf({ present: { past, nearest } }: Judgement): string | null {
  return (past ?? nearest)?.kind ?? null;
}

function toResult({ alternative: { input }, judgement, why }: DecidedAlternative): AlternativeResult {
  const { name, channel, family, basis, override } = input;
  const { present, evidence, claimed, claimedHosts } = judgement;
  const { met, proven, records, hosts, reachHosts, newest } = present;
  const result: AlternativeResult = { name, channel, family, basis, evidence, met, proven, claimed, kind: kindOf(judgement), records, hosts, reachHosts, claimedHosts, newest, why };
  return override === undefined ? result : { override, ...result };
}

function better(one: DecidedAlternative, other: DecidedAlternative): boolean {
  const [a, b] = [one.judgement.present, other.judgement.present];
  const order =
    Number(a.proven) - Number(b.proven) ||
    a.reachHosts - b.reachHosts ||
    Number(one.judgement.claimed) - Number(other.judgement.claimed) ||
    one.judgement.claimedHosts - other.judgement.claimedHosts ||
    Number(a.met === "as-cited") - Number(b.met === "as-cited") ||
    Number(one.alternative.input.basis !== "component") - Number(other.alternative.input.basis !== "component") ||
    a.records - b.records;
  return order > 0;
}
