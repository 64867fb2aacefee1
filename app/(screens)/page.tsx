import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { RunAssessment } from "@/components/assessments/run-assessment";
import { CauseList, SegmentChangeList } from "@/components/overview/change-list";
import { changesShown, Overview } from "@/components/overview/overview";
import { SetupSteps } from "@/components/overview/setup-steps";
import { TraceFrontier } from "@/components/plan/trace-frontier";
import { getChangeCauses } from "@/lib/operations/get-change-causes";
import { getOverviewView } from "@/lib/operations/get-overview-view";
import { getSetupView } from "@/lib/operations/get-setup-view";
import { runAssessmentAction } from "./assessments/actions";
import { traceFrontierAction } from "./plan/actions";
import type { OverviewView } from "@/lib/reports/overview-view";
import { readChoice, type Choice, type SearchParams } from "./read-choice";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage({ searchParams }: { searchParams: SearchParams }) {
  const choice = await readChoice(searchParams);
  const view = await pageData((ctx) => getOverviewView(ctx, choice));
  if (view === null) return <SetupSteps setup={await pageData(getSetupView)} run={<RunAssessment run={runAssessmentAction} />} />;
  return <Overview view={view} trace={<TraceFrontier assessment={view.assessment} running={view.tracing} start={traceFrontierAction} />} actions={<RunAssessment run={runAssessmentAction} variant="plain" />} causes={view.changes === null ? null : <Causes choice={choice} changes={view.changes} shown={changesShown(view)} />} />;
}

/** Comes after the rest of the page: the first to ask for a difference waits while it is computed in a thread. */
async function Causes({ choice, changes, shown }: { choice: Choice; changes: NonNullable<OverviewView["changes"]>; shown: number }) {
  const causes = await pageData((ctx) => getChangeCauses(ctx, choice));
  return causes === null ? <SegmentChangeList changes={changes} shown={shown} asked /> : <CauseList causes={causes} shown={shown} />;
}
