import type { Headline } from "@/lib/assessment/scoring-result";

/** An assessment as the list of assessments shows it; times are ISO texts. */
export interface AssessmentListRow {
  readonly id: number;
  readonly at: string;
  readonly ranAt: string;
  readonly actor: string;
  readonly releases: Readonly<Record<string, string>>;
  readonly policyVersion: number;
  readonly engine: string;
  readonly inputDigest: string;
  readonly resultDigest: string;
  readonly runLater: boolean;
  readonly demo: boolean;
  readonly report: { readonly fleet: Headline };
}
