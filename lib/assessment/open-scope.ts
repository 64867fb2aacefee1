import type { EvidenceIndex, SegmentEvidence } from "./index-evidence";
import { judgeReference, type Judgement } from "./judge-reference";
import type { AlternativeInput, RequirementInput } from "./scoring-input";
import { acceptedKinds, weighAccepted, type Present } from "./weigh-accepted";
import { claimsOn, listCiting, matchClaims, type MatchedClaims } from "./weigh-claims";
import { openGround, weighKind, type Ground, type KindEvidence } from "./weigh-kind";

/** A ground with its memory: references that accept the same kinds share what was found of them. */
export interface Scope extends Ground {
  readonly present: (alternative: AlternativeInput) => Present;
  /** The verdict on a reference of a component; one object for all references that no claim names and that no window narrows. */
  readonly judge: (alternative: AlternativeInput, component: RequirementInput["component"], windowMs?: number) => Judgement;
}

/** Opens a scope: the platforms common to an analytic and a segment. */
export function openScope(index: EvidenceIndex, segment: SegmentEvidence, platforms: readonly string[]): Scope {
  const ground = openGround(index, segment, platforms);
  const kinds = new Map<string, KindEvidence[]>();
  const weigh = (kind: string, fieldSet: number): KindEvidence => {
    let list = kinds.get(kind);
    if (!list) kinds.set(kind, (list = []));
    return (list[fieldSet] ??= weighKind(ground, kind, fieldSet));
  };
  const found = new Map<number, Remembered>();
  const remember = (alternative: AlternativeInput): Remembered => {
    const key = alternative.accepts * 2 + (alternative.verdict === "producible" ? 0 : 1);
    let known = found.get(key);
    if (!known) found.set(key, (known = { present: weighAccepted(ground, acceptedKinds(index, alternative), weigh) }));
    return known;
  };
  const claimless = segment.claims.length === 0 && segment.measurements.size === 0;
  return {
    ...ground,
    present: (alternative) => remember(alternative).present,
    judge(alternative, component, windowMs) {
      const known = remember(alternative);
      if (known.present.proven && windowMs !== undefined && segment.quality.size > 0) return judgeReference(ground, known.present, NOTHING_CLAIMED, [], windowMs);
      // Claims do not bear on what is proven, so only the rest asks for them.
      if (known.present.proven || claimless) return (known.judgement ??= judgeReference(ground, known.present, NOTHING_CLAIMED, []));
      known.claims ??= matchClaims(ground, known.present.accepted);
      const citing = listCiting(ground, component, alternative);
      const own = claimsOn(component.id, known.claims);
      if (citing.length > 0 || own !== known.claims) return judgeReference(ground, known.present, own, citing);
      return (known.judgement ??= judgeReference(ground, known.present, known.claims, []));
    },
  };
}

interface Remembered {
  readonly present: Present;
  claims?: MatchedClaims;
  judgement?: Judgement; // of references that no claim names
}

const NOTHING_CLAIMED: MatchedClaims = { claims: [], measured: [] };
