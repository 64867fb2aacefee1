import type { RequirementFacts } from "./prove-requirement";
import type { JoinResult } from "./scoring-result";
import type { Flag, Status } from "./status";

/** What a cell that applies is decided from. */
export interface StatusFacts {
  readonly requirements: readonly Pick<RequirementFacts, "proven" | "claimed">[]; // those that decide (criticalOf)
  readonly joins: readonly JoinResult[];
  readonly unassessable: string | null; // why nobody could assess it
  readonly tested: boolean; // a passed test in this segment within validationDays
}

export interface StatusVerdict {
  readonly status: Exclude<Status, "not-applicable">;
  readonly flags: readonly Flag[];
  readonly proven: number; // requirements
}

/**
 * The status table of design section 7, first match wins. A chain whose joins were not computed is not guessed: it stays
 * partial.
 */
export function decideStatus({ requirements, joins, unassessable, tested }: StatusFacts): StatusVerdict {
  let proven = 0;
  let claimed = 0;
  for (const requirement of requirements) {
    if (requirement.proven) proven += 1;
    else if (requirement.claimed) claimed += 1;
  }
  if (unassessable !== null || requirements.length === 0) return { proven, status: "unassessable", flags: NO_FLAGS };
  if (proven === requirements.length) {
    if (joins.some((join) => join.state === "not-joined")) return { proven, status: "partial", flags: ["unjoinable"] };
    if (joins.some((join) => join.state === "not-computed")) return { proven, status: "partial", flags: ["joins-not-computed"] };
    return { proven, status: tested ? "validated" : "observed", flags: NO_FLAGS };
  }
  if (proven > 0) return { proven, status: "partial", flags: NO_FLAGS };
  return { proven, status: claimed === requirements.length ? "declared" : "blind", flags: NO_FLAGS };
}

const NO_FLAGS: readonly Flag[] = [];

/** The requirements that decide: the critical ones, or all where none is marked: a cell must never be observed without evidence. */
export function criticalOf<T extends { readonly critical: boolean }>(requirements: readonly T[]): readonly T[] {
  if (requirements.every((requirement) => requirement.critical)) return requirements;
  const critical = requirements.filter((requirement) => requirement.critical);
  return critical.length > 0 ? critical : requirements;
}
