import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { pageData } from "@/app/_adapters/page-data";
import { AssessmentPage } from "@/components/assessments/assessment-page";
import { getAssessment } from "@/lib/operations/get-assessment";
import { describePolicy } from "@/lib/reports/describe-policy";
import { assessmentLabel, releasesLabel } from "@/lib/reports/shell-view";

type Params = Promise<{ id: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const { id } = await params;
  return { title: /^\d{1,9}$/.test(id) ? assessmentLabel(Number(id)) : "Assessment" };
}

export default async function AssessmentRoute({ params }: { params: Params }) {
  const { id } = await params;
  if (!/^\d{1,9}$/.test(id)) notFound();
  const { assessment, segments } = await pageData((ctx) => getAssessment(ctx, Number(id)));
  return <AssessmentPage assessment={assessment} segments={segments} label={assessmentLabel(assessment.id)} releases={releasesLabel(assessment.releases)} policy={describePolicy(assessment.report.policy)} />;
}
