import type { CountingClaim } from "./counting-claims";
import { explainUnseen } from "./explain-why-not";
import type { EvidenceIndex, SegmentEvidence } from "./index-evidence";
import { judgeReference, type Judgement } from "./judge-reference";
import { slotOf } from "./accepted-sets";
import type { PreparedAlternative } from "./prepare-analytics";
import type { AlternativeInput } from "./scoring-input";
import type { WhyNot } from "./scoring-result";
import { weighAccepted, type Present } from "./weigh-accepted";
import { claimsOn, listCiting, NOTHING_CLAIMED, openClaimSearch, type MatchedClaims } from "./weigh-claims";
import { openGround, weighKind, type Ground, type KindEvidence } from "./weigh-kind";

/** A ground with its memory: references that accept the same kinds share what was found of them. */
export interface Scope extends Ground {
  readonly present: (alternative: AlternativeInput) => Present;
  /** The verdict on a reference; one object for all that differ in nothing it depends on. */
  readonly judge: (alternative: PreparedAlternative) => Judgement;
  /** Why there is nothing of a reference: for those whose judgement cannot say it. */
  readonly absence: (alternative: PreparedAlternative) => WhyNot;
}

/** Opens a scope: the platforms common to an analytic and a segment. */
export function openScope(index: EvidenceIndex, segment: SegmentEvidence, platforms: readonly string[]): Scope {
  const ground = openGround(index, segment, platforms);
  const kinds = new Map<number, KindEvidence>(); // by the kind's number and field set
  const weigh = (kind: string, fieldSet: number, number: number): KindEvidence => {
    const key = number * index.input.fieldSets.length + fieldSet;
    let known = kinds.get(key);
    if (known === undefined) kinds.set(key, (known = weighKind(ground, kind, fieldSet)));
    return known;
  };
  const found = new Array<Remembered | undefined>(index.accepted.length * 2); // by slot
  const remember = (slot: number, alternative: AlternativeInput): Remembered => (found[slot] ??= { present: weighAccepted(ground, index.allowed(alternative), weigh) });
  const search = openClaimSearch(ground);
  const claimless = segment.claims.length === 0 && segment.measurements.size === 0;
  return {
    ...ground,
    present: (alternative) => remember(slotOf(alternative), alternative).present,
    judge(alternative) {
      const known = remember(alternative.slot, alternative.input);
      const { present } = known;
      if (present.proven && alternative.windowMs !== undefined && segment.quality.size > 0) return judgeReference(ground, present, NOTHING_CLAIMED, [], alternative.windowMs);
      // Claims do not bear on what is proven, so only the rest asks for them.
      if (present.proven || claimless) return (known.plain ??= judgeReference(ground, present, NOTHING_CLAIMED, []));
      const claims = (known.claims ??= search(present.accepted));
      const citing = listCiting(ground, alternative);
      if (citing.length === 0 && !claims.divided) return (known.plain ??= judgeReference(ground, present, claims, []));
      const key = `${claims.divided ? alternative.componentId : ""} ${positionsOf(citing)}`;
      known.judged ??= new Map();
      let judgement = known.judged.get(key);
      if (judgement === undefined) known.judged.set(key, (judgement = judgeReference(ground, present, claimsOn(alternative.componentId, claims), citing)));
      return judgement;
    },
    absence(alternative) {
      const known = remember(alternative.slot, alternative.input);
      const { present } = known;
      if (alternative.impossible !== null && present.evidence.length === 0) return alternative.impossible;
      const { family } = alternative.input;
      if (known.unseen?.family !== family) known.unseen = { family, why: explainUnseen(ground, present.accepted, family) };
      return known.unseen.why ?? alternative.absent;
    },
  };
}

/** What is known of the references of a slot. */
interface Remembered {
  readonly present: Present;
  claims?: MatchedClaims;
  plain?: Judgement; // of those that no claim names, and whose component makes no difference
  judged?: Map<string, Judgement>; // of the others, by component and the claims that name them
  unseen?: { readonly family: string; readonly why: WhyNot | null }; // what was last said of absence, of those that cite this family
}

function positionsOf(claims: readonly CountingClaim[]): string {
  return claims.length === 1 ? String(claims[0]?.position) : claims.map(({ position }) => position).join(",");
}
