import { compareCodeUnits } from "@/lib/shared/canonical-json";
import { commonPlatforms } from "./common-platforms";
import { decideApplicability } from "./decide-applicability";
import type { PreparedAnalytic } from "./prepare-analytics";
import type { ScoringInput, SegmentInput } from "./scoring-input";
import type { NotApplicableRule } from "./scoring-result";

/** Which analytics apply to a segment, and why the others do not. */
export interface Applicable {
  readonly analytics: readonly PreparedAnalytic[]; // in their order
  readonly scope: readonly number[]; // of each: position in platforms
  readonly platforms: readonly (readonly string[])[]; // sets that an analytic has in common with the segment
  readonly rules: readonly NotApplicableRule[];
}

/** Lists by segment. What applies depends on platforms and exclusions alone, so segments of the same platforms without an exclusion share one list. */
export function openApplicability(input: ScoringInput, analytics: readonly PreparedAnalytic[]): (segment: SegmentInput) => Applicable {
  const exclusions = lastingExclusions(input);
  const known = new Map<string, Applicable>();
  return (segment) => {
    const own = exclusions.get(segment.id);
    if (own !== undefined) return listApplicable(segment, analytics, own, input.at);
    const key = JSON.stringify(segment.platforms.map(({ name }) => name));
    let found = known.get(key);
    if (found === undefined) known.set(key, (found = listApplicable(segment, analytics, NONE, input.at)));
    return found;
  };
}

type Exclusions = ReadonlyMap<string, ScoringInput["exclusions"][number]>; // by analytic

const NONE: Exclusions = new Map();

function listApplicable(segment: SegmentInput, analytics: readonly PreparedAnalytic[], exclusions: Exclusions, at: number): Applicable {
  const scopes = new Map<string, number>(); // -1: no platform in common
  const platforms: string[][] = [];
  const apply: PreparedAnalytic[] = [];
  const scope: number[] = [];
  const rules = new Map<string, { readonly rule: Omit<NotApplicableRule, "analytics">; readonly analytics: number[] }>();
  for (const analytic of analytics) {
    let own = scopes.get(analytic.platformKey);
    if (own === undefined) {
      const common = commonPlatforms(analytic.input, segment);
      scopes.set(analytic.platformKey, (own = common.length === 0 ? -1 : platforms.push(common) - 1));
    }
    const rule = decideApplicability(analytic.input, own >= 0, exclusions.get(analytic.input.id), at);
    if (rule === null) {
      apply.push(analytic);
      scope.push(own);
      continue;
    }
    const known = rules.get(rule.text);
    if (known) known.analytics.push(analytic.position);
    else rules.set(rule.text, { rule, analytics: [analytic.position] });
  }
  return { analytics: apply, scope, platforms, rules: [...rules.values()].map(({ rule, analytics: positions }) => ({ ...rule, analytics: positions })) };
}

/** By segment and analytic; of several exclusions of one cell the one that lasts longest counts. */
function lastingExclusions(input: ScoringInput): ReadonlyMap<string, Exclusions> {
  const found = new Map<string, Map<string, ScoringInput["exclusions"][number]>>();
  for (const exclusion of [...input.exclusions].sort((a, b) => compareCodeUnits(a.expires, b.expires))) {
    let own = found.get(exclusion.segment);
    if (own === undefined) found.set(exclusion.segment, (own = new Map()));
    own.set(exclusion.analytic, exclusion);
  }
  return found;
}
