import type { JoinResult, RequirementResult } from "./scoring-result";
import type { Flag, Status } from "./status";

/** What a cell that applies is decided from. test: the newest valid one within validationDays, when there is one. */
export interface StatusFacts {
  readonly requirements: readonly Pick<RequirementResult, "critical" | "best" | "alternatives">[];
  readonly joins: readonly JoinResult[];
  readonly unassessable: string | null; // why nobody could assess it
  readonly tested: boolean; // a passed test in this segment within validationDays
}

export interface StatusVerdict {
  readonly status: Exclude<Status, "not-applicable">;
  readonly flags: readonly Flag[];
  readonly proven: number; // critical requirements
  readonly critical: number;
}

/**
 * The status table of design section 7, first match wins. Where no requirement is marked critical all are: a cell must
 * never be observed without evidence. A chain whose joins were not computed is not guessed: it stays partial.
 */
export function decideStatus(facts: StatusFacts): StatusVerdict {
  const critical = criticalOf(facts.requirements);
  let proven = 0;
  let claimed = 0;
  for (const requirement of critical) {
    const line = requirement.alternatives[requirement.best];
    if (line?.proven) proven += 1;
    else if (line?.claimed) claimed += 1;
  }
  const base = { proven, critical: critical.length };
  if (facts.unassessable !== null || critical.length === 0) return { ...base, status: "unassessable", flags: [] };
  if (proven === critical.length) {
    if (facts.joins.some((join) => join.state === "not-joined")) return { ...base, status: "partial", flags: ["unjoinable"] };
    if (facts.joins.some((join) => join.state === "not-computed")) return { ...base, status: "partial", flags: ["joins-not-computed"] };
    return { ...base, status: facts.tested ? "validated" : "observed", flags: [] };
  }
  if (proven > 0) return { ...base, status: "partial", flags: [] };
  return { ...base, status: claimed === critical.length ? "declared" : "blind", flags: [] };
}

/** The requirements that decide: the critical ones, or all where none is marked. */
export function criticalOf<T extends { readonly critical: boolean }>(requirements: readonly T[]): readonly T[] {
  if (requirements.every((requirement) => requirement.critical)) return requirements;
  const critical = requirements.filter((requirement) => requirement.critical);
  return critical.length > 0 ? critical : requirements;
}
