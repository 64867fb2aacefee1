import { z } from "zod";
import { criticalOf } from "@/lib/assessment/decide-status";
import type { ScoringInput } from "@/lib/assessment/scoring-input";
import { WHY_CODES, type CellResult, type RequirementResult, type ScoringResult } from "@/lib/assessment/scoring-result";
import { MILLION, statusRank } from "@/lib/assessment/status";
import { techniqueWeight } from "@/lib/assessment/technique-weight";
import { familyById } from "@/lib/telemetry/family-of";

export const GAP_KINDS = ["repair", "prove", "configure", "none"] as const;
export type GapKind = (typeof GAP_KINDS)[number];

/**
 * A group of cells of one segment below observed for one cause: a reason and a component of a family of log sources.
 * points: the part of the fleet's headline that is lost to this cause, in millionths; a cell with several causes divides its
 * weight evenly over them, so that points add up. alone: cells that lack nothing else, and the points that removing this
 * cause alone would bring at full reach. kind "none": no collection can close it.
 */
export const gapSchema = z.object({
  segmentId: z.string(),
  segment: z.string(),
  kind: z.enum(GAP_KINDS),
  code: z.enum([...WHY_CODES, "unjoinable", "joins-not-computed"]),
  component: z.object({ id: z.string(), name: z.string() }).nullable(),
  family: z.string(),
  what: z.string(),
  why: z.string(),
  points: z.number().int(),
  cells: z.number().int(),
  alone: z.number().int(),
  alonePoints: z.number().int(),
  analytics: z.array(z.string()), // the first ten by id
});
export type Gap = z.infer<typeof gapSchema>;

type Cause = Pick<Gap, "code" | "component" | "family" | "why">;

interface Group extends Cause {
  readonly segment: number;
  weight: bigint; // divided evenly: in 1 / SHARES of a weight
  alone: number;
  aloneWeight: bigint;
  readonly analytics: number[];
}

// Divisible by the number of causes of any analytic (at most ten requirements), so that even parts stay whole numbers.
const SHARES = 2_520n;

/**
 * The largest gaps of an assessment, most points first; ties by segment, then by words. What fell silent or is contradicted
 * is never cut, however few points it costs: a source that stopped is news whatever it weighs. Pure.
 *
 * @param limit how many of the others are kept
 */
export function rankGaps(input: ScoringInput, result: ScoringResult, limit = 100): Gap[] {
  const groups = new Map<string, Group>();
  const weights = input.analytics.map((analytic) => techniqueWeight(analytic, input.weights));
  let total = 0n;
  for (const cell of result.cells) {
    const weight = BigInt(cell.weight) * BigInt(weights[cell.analytic] ?? MILLION);
    total += weight;
    if (statusRank(cell.status) >= statusRank("observed") || cell.status === "unassessable") continue;
    const causes = causesOf(cell, result);
    for (const cause of causes) {
      const key = `${cell.segment}\n${cause.code}\n${cause.component?.id ?? ""}\n${cause.family}`;
      let group = groups.get(key);
      if (!group) groups.set(key, (group = { ...cause, segment: cell.segment, weight: 0n, alone: 0, aloneWeight: 0n, analytics: [] }));
      group.weight += (weight * SHARES) / BigInt(causes.length);
      group.analytics.push(cell.analytic);
      if (causes.length === 1) {
        group.alone += 1;
        group.aloneWeight += weight;
      }
    }
  }
  // One division, at the end: weights can be so small that rounding a share away would show in the points.
  const points = (shares: bigint): number => (total === 0n ? 0 : Number((shares * BigInt(MILLION)) / (total * SHARES)));
  return [...groups.values()]
    .map((group) => toGap(input, group, points(group.weight), points(group.aloneWeight * SHARES)))
    .sort((a, b) => b.points - a.points || b.cells - a.cells || compare(a.segment, b.segment) || compare(a.what, b.what) || compare(a.code, b.code))
    .filter((gap, rank) => rank < limit || gap.code === "silent" || gap.code === "contradicted");
}

/** What keeps a cell below observed: each unproven critical requirement by its best line, or the joins of a proven chain. */
function causesOf(cell: CellResult, result: ScoringResult): Cause[] {
  const detail = result.details[cell.detail];
  const requirements = (detail?.requirements ?? []).map((line) => result.requirements[line]).filter((line): line is RequirementResult => line !== undefined);
  const causes = new Map<string, Cause>();
  for (const requirement of criticalOf(requirements)) {
    const line = requirement.alternatives[requirement.best];
    if (!line || line.proven) continue;
    causes.set(`${line.why.code}\n${requirement.component.id}\n${line.family}`, { code: line.why.code, component: requirement.component, family: line.family, why: line.why.text });
  }
  if (causes.size > 0) return [...causes.values()];
  const open = detail?.joins.filter((join) => join.state !== "joined") ?? [];
  const broken = open.some((join) => join.state === "not-joined");
  return [{ code: broken ? "unjoinable" : "joins-not-computed", component: null, family: "joins", why: `${broken ? "Every stage is proven, but the chain does not join" : "The joins of the chain were not computed"}: ${open.map((join) => join.edge).join(", ")}.` }];
}

function toGap(input: ScoringInput, group: Group, points: number, alonePoints: number): Gap {
  const { code, component, family, why, alone } = group;
  const segment = input.segments[group.segment];
  const analytics = [...new Set(group.analytics)].sort((a, b) => a - b);
  const label = component === null ? "Join keys" : `${component.name} from ${familyById(family)?.title ?? family}`;
  return {
    segmentId: segment?.id ?? "",
    segment: segment?.name ?? "",
    kind: kindOf(code),
    code,
    component: component && { id: component.id, name: component.name },
    family,
    what: label,
    why,
    points,
    cells: analytics.length,
    alone,
    alonePoints,
    analytics: analytics.slice(0, 10).map((position) => input.analytics[position]?.id ?? ""),
  };
}

/** repair: it worked and stopped; prove: claimed, no sample; configure: it is not collected, or not well enough. */
function kindOf(code: Gap["code"]): GapKind {
  if (code === "silent" || code === "stale") return "repair";
  if (code === "claimed-only") return "prove";
  return code === "not-producible" || code === "platform-mismatch" || code === "external" || code === "no-carrier" ? "none" : "configure";
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
