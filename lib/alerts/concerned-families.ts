import { familyOfKind } from "@/lib/assessment/index-evidence";
import type { AlternativeInput, ClaimInput, ScoringInput } from "@/lib/assessment/scoring-input";
import type { AlternativeResult, RequirementResult } from "@/lib/assessment/scoring-result";

/** A family that a claim speaks of, and what the inventory calls the claims. */
export interface ClaimedFamily {
  readonly family: string;
  readonly sources: readonly string[];
}

/** Which families an analytic or a reference of it concerns. */
export interface ConcernedFamilies {
  /** Of every record kind that meets a reference of the analytic; the cited ones where none does. @param analytic position in the input */
  ofAnalytic(analytic: number): ReadonlySet<string>;
  /** Of the claims of a segment on a reference: those whose kinds the reference accepts. */
  claimedFor(analytic: number, segment: string, line: RequirementResult, alternative: AlternativeResult): readonly ClaimedFamily[];
}

/** Opens these questions for an input. An alert asks them of many cells that share an analytic, so what is read once is kept. */
export function openConcernedFamilies(input: Pick<ScoringInput, "analytics" | "acceptSets" | "claims">): ConcernedFamilies {
  const families = new Map<number, ReadonlySet<string>>();
  const claimed = new Map<string, readonly ClaimedFamily[]>();
  const claims = new Map<string, ClaimInput[]>();
  for (const claim of input.claims) {
    const own = claims.get(claim.segment);
    if (own === undefined) claims.set(claim.segment, [claim]);
    else own.push(claim);
  }
  const acceptedBy = ({ accepts }: AlternativeInput): string[] => (input.acceptSets[accepts] ?? []).map(({ kind }) => kind);
  return {
    ofAnalytic(analytic) {
      const known = families.get(analytic);
      if (known !== undefined) return known;
      const alternatives = input.analytics[analytic]?.requirements.flatMap((requirement) => requirement.alternatives) ?? [];
      const accepted = alternatives.flatMap((alternative) => acceptedBy(alternative).map(familyOfKind));
      const found = new Set(accepted.length > 0 ? accepted : alternatives.map(({ family }) => family));
      families.set(analytic, found);
      return found;
    },
    claimedFor(analytic, segment, { component }, { name, channel }) {
      const reference = input.analytics[analytic]?.requirements.find((one) => one.component.id === component.id && one.alternatives.some((other) => other.name === name && other.channel === channel))?.alternatives.find((other) => other.name === name && other.channel === channel);
      if (reference === undefined) return [];
      const key = `${reference.accepts} ${segment}`; // references of one component share what they accept
      const known = claimed.get(key);
      if (known !== undefined) return known;
      const accepted = new Set(acceptedBy(reference));
      const sources = new Map<string, Set<string>>();
      for (const { kinds, source } of claims.get(segment) ?? []) {
        for (const kind of kinds) if (accepted.has(kind)) sources.set(familyOfKind(kind), (sources.get(familyOfKind(kind)) ?? new Set<string>()).add(source));
      }
      const found = [...sources].map(([family, named]) => ({ family, sources: [...named].sort() })).sort((a, b) => (a.family < b.family ? -1 : 1));
      claimed.set(key, found);
      return found;
    },
  };
}
