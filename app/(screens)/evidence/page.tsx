import { FileCheck2 } from "lucide-react";
import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { RunAssessment } from "@/components/assessments/run-assessment";
import { EvidencePage } from "@/components/evidence/evidence-page";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { EmptyState } from "@/components/ui/empty-state";
import { getEvidenceView } from "@/lib/operations/get-evidence-view";
import { runAssessmentAction } from "../assessments/actions";
import { readChoice, type SearchParams } from "../read-choice";

export const metadata: Metadata = { title: "Evidence" };

export default async function EvidenceScreen({ searchParams }: { searchParams: SearchParams }) {
  const { assessment } = await readChoice(searchParams);
  const view = await pageData((ctx) => getEvidenceView(ctx, { assessment }));
  if (view !== null) return <EvidencePage view={view} />;
  return (
    <PageBody>
      <PageHeader title="Evidence" say="What somebody else can check again without us." />
      <EmptyState icon={FileCheck2} title="No evidence yet" action={<RunAssessment run={runAssessmentAction} />}>
        A package holds one assessment: its inputs, its results and the records they rest on. Run the first assessment to have something to take away.
      </EmptyState>
    </PageBody>
  );
}
