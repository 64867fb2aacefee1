import { criticalOf } from "@/lib/assessment/decide-status";
import { familyOfKind } from "@/lib/assessment/index-evidence";
import type { CellResult, RequirementResult, ScoringResult } from "@/lib/assessment/scoring-result";
import { statusRank } from "@/lib/assessment/status";
import { groupOfCode, type GapCode, type GapGroup } from "./gap-words";

/** One thing that keeps a cell below observed. requirement and alternative are positions in the analytic's own; -1: none is meant. */
export interface Cause {
  readonly code: GapCode;
  readonly group: GapGroup;
  readonly component: { readonly id: string; readonly name: string } | null;
  readonly family: string;
  readonly why: string;
  readonly requirement: number;
  readonly alternative: number;
}

/** A gap is an applicable cell below observed, one that nobody can assess included. */
export function isBelowObserved(cell: Pick<CellResult, "status">): boolean {
  return statusRank(cell.status) < statusRank("observed");
}

/**
 * What keeps a cell below observed: every unproven critical requirement by its best line, or the joins of a chain that is proven
 * otherwise, or that nobody can say what it needs. Never empty for such a cell. Several requirements may share what would close them.
 */
export function causesOf(cell: CellResult, result: ScoringResult): Cause[] {
  const detail = result.details[cell.detail];
  if (cell.status === "unassessable") return [{ code: "unassessable", group: "unassessable", component: null, family: "", why: detail?.reason ?? "", requirement: -1, alternative: -1 }];
  const requirements = (detail?.requirements ?? []).map((line) => result.requirements[line]).filter((line): line is RequirementResult => line !== undefined);
  const deciding = new Set(criticalOf(requirements));
  const causes = requirements.flatMap((requirement, position) => (deciding.has(requirement) ? causeOf(requirement, position) : []));
  if (causes.length > 0) return causes;
  const open = detail?.joins.filter((join) => join.state !== "joined") ?? [];
  const broken = open.some((join) => join.state === "not-joined");
  const why = `${broken ? "Every stage is proven, but the chain does not join" : "The joins of the chain were not computed"}: ${open.map((join) => join.edge).join(", ")}.`;
  return [{ code: broken ? "unjoinable" : "joins-not-computed", group: "joins", component: null, family: "joins", why, requirement: -1, alternative: -1 }];
}

/**
 * A requirement whose best line can never be produced is closed by another line where there is one. Where records came near, theirs
 * is the family, whichever one the reference cites: that source is what has to be mended.
 */
function causeOf({ component, alternatives, best }: RequirementResult, requirement: number): Cause[] {
  const line = alternatives[best];
  if (!line || line.proven) return [];
  const possible = groupOfCode(line.why.code) === "impossible" ? alternatives.findIndex(({ why }) => groupOfCode(why.code) !== "impossible") : best;
  const alternative = possible < 0 ? best : possible;
  const { family: cited, kind, why } = alternatives[alternative] ?? line;
  const family = kind === null ? cited : familyOfKind(kind);
  const group = groupOfCode(why.code);
  return [{ code: why.code, group, component: group === "stream" ? null : component, family, why: why.text, requirement, alternative }];
}
