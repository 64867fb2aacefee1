import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { pageData } from "@/app/_adapters/page-data";
import { AssessmentPage } from "@/components/assessments/assessment-page";
import { getAssessmentView } from "@/lib/operations/get-assessment-view";

export const metadata: Metadata = { title: "Assessment" };

export default async function AssessmentRoute({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  if (!/^\d{1,9}$/.test(id)) notFound();
  return <AssessmentPage {...await pageData((ctx) => getAssessmentView(ctx, Number(id)))} />;
}
