import { Target } from "lucide-react";
import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { KeptLink } from "@/components/layout/kept-link";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { CostsCard } from "@/components/plan/costs-card";
import { PlanPage } from "@/components/plan/plan-page";
import { TraceFrontier } from "@/components/plan/trace-frontier";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { getPlanView } from "@/lib/operations/get-plan-view";
import { readChoice, type SearchParams } from "../read-choice";
import { importCostsAction, projectCellsAction, removeCostAction, removeScenarioAction, saveScenarioAction, setCostAction, setRatesAction, traceFrontierAction } from "./actions";

export const metadata: Metadata = { title: "Collection plan" };

export default async function PlanRoute({ searchParams }: { searchParams: SearchParams }) {
  const { assessment } = await readChoice(searchParams);
  const view = await pageData((ctx) => getPlanView(ctx, assessment));
  const costs = { set: setCostAction, remove: removeCostAction, setRates: setRatesAction, importFile: importCostsAction };
  if (view?.frontier) return <PlanPage key={`${view.assessment} ${view.frontier.at}`} view={view} doc={view.frontier.doc} actions={{ save: saveScenarioAction, project: projectCellsAction, remove: removeScenarioAction, costs }} />;
  return (
    <PageBody>
      <PageHeader title="Collection plan" say="Which collections to repair, prove, configure or buy first, and what each plan would bring." />
      {view === null ? (
        <EmptyState
          icon={Target}
          title="Nothing has been assessed yet"
          action={
            <Button asChild variant="primary">
              <KeptLink href="/assessments?run=1">Run an assessment</KeptLink>
            </Button>
          }
        >
          A plan says what would raise the headline of an assessment.
        </EmptyState>
      ) : (
        <>
          <EmptyState icon={Target} title={`The plans of assessment ${view.assessment} are not traced at these costs`} action={<TraceFrontier assessment={view.assessment} running={view.running} start={traceFrontierAction} />}>
            Tracing finds for every cost the collections that win most. It takes seconds for a few segments, up to a minute for a hundred. The server begins by itself once nothing else waits.
          </EmptyState>
          <CostsCard costs={view.costs} actions={costs} segments={[]} />
        </>
      )}
    </PageBody>
  );
}
