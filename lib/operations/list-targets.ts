import { findAssessmentRow, readAssessmentSegments } from "@/lib/assessment/store";
import type { Measure } from "@/lib/assessment/scoring-result";
import { standAgainstTarget, type TargetStand } from "@/lib/reports/target-stand";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { listSegments } from "./list-segments";

/** A live segment against its target. observed null: not part of the newest assessment; target null: none is set. */
export interface TargetRow {
  readonly id: string;
  readonly segment: string;
  readonly criticality: number;
  readonly observed: Measure | null;
  readonly target: TargetStand | null;
}

export interface TargetList {
  readonly assessment: number | null; // whose shares are held against the targets; null: none ran yet
  readonly policy: number | null; // its version
  readonly targets: readonly TargetRow[];
}

/** The targets of the segments that the actor may see, with the distance to them: farthest first, then those without one, by name. */
export async function listTargets(ctx: OperationContext): Promise<TargetList> {
  authorize(ctx, "segment.read", "none");
  const [segments, row] = await Promise.all([listSegments(ctx), findAssessmentRow(ctx.db, null)]);
  const observed = new Map(row === null ? [] : (await readAssessmentSegments(ctx.db, row.id)).map(({ id, doc }) => [id, doc.headline.observed]));
  const today = ctx.clock().toISOString().slice(0, 10);
  const targets = segments.map(({ id, name, criticality, target }): TargetRow => {
    const measure = observed.get(id) ?? null;
    return { id, segment: name, criticality, observed: measure, target: target && standAgainstTarget(target, measure, today) };
  });
  return { assessment: row?.id ?? null, policy: row?.policyVersion ?? null, targets: targets.sort((a, b) => distance(b) - distance(a)) };
}

/** What is missing, in millionths; a target without evidence comes after all that have some, and no target last. */
function distance({ target }: TargetRow): number {
  return target === null ? -3_000_000 : (target.short ?? -2_000_000);
}
