import type { CountedSample } from "@/lib/reports/counted-sample";
import { describePolicy, type PolicyLine } from "@/lib/reports/describe-policy";
import { assessmentLabel, releasesLabel, weightsLabel } from "@/lib/reports/shell-view";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { listSamples } from "./evidence/list-samples";
import { getAssessment, type AssessmentView } from "./get-assessment";

/** The page of one assessment: its numbers, and everything it pinned in words. */
export interface AssessmentPageView extends Pick<AssessmentView, "assessment" | "segments"> {
  readonly label: string; // A-0042
  readonly releases: string;
  readonly policy: readonly PolicyLine[];
  readonly weights: string; // the profile that they were made with
  readonly samples: readonly CountedSample[] | null; // that its verdicts counted; null: its input cannot be read any more
}

/** @throws SightlineError NOT_FOUND */
export async function getAssessmentView(ctx: OperationContext, id: number): Promise<AssessmentPageView> {
  authorize(ctx, "assessment.read", "none");
  const { assessment, segments } = await getAssessment(ctx, id);
  const samples = await listSamples(ctx, assessment, segments);
  return { samples, assessment, segments, label: assessmentLabel(assessment.id), releases: releasesLabel(assessment.releases), policy: describePolicy(assessment.report.policy), weights: weightsLabel(assessment.report.weights) };
}
