import { findAssessmentRow, type AssessmentRow } from "@/lib/assessment/store";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** The assessment with this id, or the newest when it is null. @throws SightlineError NOT_FOUND */
export async function findAssessment(ctx: OperationContext, id: number | null): Promise<AssessmentRow> {
  authorize(ctx, "assessment.read", "none");
  const row = id !== null && !Number.isSafeInteger(id) ? null : await findAssessmentRow(ctx.db, id);
  if (row !== null) return row;
  if (id === null) throw new SightlineError("NOT_FOUND", "There is no assessment yet.", { remedy: "Run sightline assess first." });
  throw new SightlineError("NOT_FOUND", `There is no assessment ${id}.`, { field: "assessment" });
}
