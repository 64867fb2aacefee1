import { toReportJson, type ReportJson } from "@/lib/assessment/report-json";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { getAssessment } from "./get-assessment";

/** Headline numbers of an assessment, fleet and per segment, as `report --json` prints them; the newest when id is null. */
export async function getReport(ctx: OperationContext, id: number | null): Promise<ReportJson> {
  authorize(ctx, "assessment.read", "none");
  const { assessment, segments } = await getAssessment(ctx, id);
  const { id: number, at, ranAt, runLater, releases, inputDigest, resultDigest, engine, report } = assessment;
  return toReportJson({ assessment: number, at, ranAt, runLater, releases: { ...releases }, inputDigest, resultDigest, engine, report, segments });
}
