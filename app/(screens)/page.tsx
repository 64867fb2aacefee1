import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { RunAssessment } from "@/components/assessments/run-assessment";
import { Overview } from "@/components/overview/overview";
import { SetupSteps } from "@/components/overview/setup-steps";
import { getOverviewView } from "@/lib/operations/get-overview-view";
import { getSetupView } from "@/lib/operations/get-setup-view";
import { runAssessmentAction } from "./assessments/actions";
import { readChoice, type SearchParams } from "./read-choice";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage({ searchParams }: { searchParams: SearchParams }) {
  const choice = await readChoice(searchParams);
  const view = await pageData((ctx) => getOverviewView(ctx, choice));
  if (view === null) return <SetupSteps setup={await pageData(getSetupView)} run={<RunAssessment run={runAssessmentAction} />} />;
  return <Overview view={view} actions={<RunAssessment run={runAssessmentAction} variant="plain" />} />;
}
