import { checkSteps, type CheckStep, PACKAGE_PARTS, packageSize, packageFileName, type PackagePart } from "@/lib/evidence/describe-package";
import { assessmentLabel, releasesLabel } from "@/lib/reports/shell-view";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { findAssessment } from "./find-assessment";
import { listAssessments } from "./list-assessments";

/** An assessment whose evidence can be taken away. Times in ms since 1970 UTC. */
export interface OfferedEvidence {
  readonly id: number;
  readonly label: string; // A-0042
  readonly at: number;
  readonly ranAt: number;
  readonly runLater: boolean;
  readonly actor: string;
  readonly engine: string;
  readonly releases: string;
  readonly policy: number;
  readonly inputDigest: string;
  readonly resultDigest: string;
  readonly fileName: string;
}

export interface EvidenceView {
  readonly chosen: OfferedEvidence;
  readonly offered: readonly OfferedEvidence[]; // newest first
  readonly parts: readonly PackagePart[];
  readonly size: string; // how many files, in words
  readonly steps: readonly CheckStep[];
}

/** What can be exported and how it is checked; null while nothing was assessed. @throws SightlineError NOT_FOUND for an unknown assessment */
export async function getEvidenceView(ctx: OperationContext, input: { readonly assessment: number | null }): Promise<EvidenceView | null> {
  authorize(ctx, "assessment.read", "none");
  const offered = (await listAssessments(ctx)).map(offer);
  if (offered.length === 0 && input.assessment === null) return null;
  const chosen = offer(await findAssessment(ctx, input.assessment));
  return { chosen, offered, parts: PACKAGE_PARTS, size: packageSize(PACKAGE_PARTS), steps: checkSteps(chosen, chosen.fileName) };
}

function offer({ id, at, ranAt, runLater, actor, engine, releases, policyVersion, inputDigest, resultDigest }: Awaited<ReturnType<typeof findAssessment>>): OfferedEvidence {
  return { id, label: assessmentLabel(id), at: Date.parse(at), ranAt: Date.parse(ranAt), runLater, actor, engine, releases: releasesLabel(releases), policy: policyVersion, inputDigest, resultDigest, fileName: packageFileName(id, at) };
}
