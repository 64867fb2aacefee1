import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { AssessmentActions } from "@/components/assessments/assessment-actions";
import { AssessmentTable } from "@/components/assessments/assessment-table";
import { RunAssessment } from "@/components/assessments/run-assessment";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { listAssessments } from "@/lib/operations/list-assessments";
import { counted } from "@/lib/shared/format-number";
import type { SearchParams } from "../read-choice";
import { runAssessmentAction } from "./actions";

export const metadata: Metadata = { title: "Assessments" };

export default async function AssessmentsPage({ searchParams }: { searchParams: SearchParams }) {
  const [rows, { run }] = await Promise.all([pageData((ctx) => listAssessments(ctx)), searchParams]);
  return (
    <PageBody of={null}>
      <PageHeader title="Assessments" say={rows.length === 0 ? "An assessment decides every analytic in every segment at one moment, from pinned inputs." : `${counted(rows.length, "assessment")}. Each is immutable: its inputs are pinned by digest, and the same input gives the same result.`} actions={<AssessmentActions compare={rows.length > 1} run={<RunAssessment run={runAssessmentAction} initiallyOpen={run === "1"} />} />} />
      {rows.length > 0 ? <AssessmentTable rows={rows} /> : null}
    </PageBody>
  );
}
