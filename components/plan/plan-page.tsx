"use client";
import { KeptLink } from "@/components/layout/kept-link";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import type { Confirmed } from "@/components/forms/confirm-button";
import { Button } from "@/components/ui/button";
import type { PlanDoc } from "@/lib/gaps/plan/plan-doc";
import type { PlanView } from "@/lib/reports/plan-view";
import { shortMoney } from "@/lib/shared/format-money";
import { counted, formatCount } from "@/lib/shared/format-number";
import { formatPoints, pointSize } from "@/lib/shared/format-share";
import { CostsCard, type CostActions } from "./costs-card";
import { DependenceCard } from "./dependence-card";
import { FrontierCard } from "./frontier-card";
import { PlanTable } from "./plan-table";
import { naiveAt } from "./plan-words";
import { ProjectedCard } from "./projected-card";
import { ProjectedCellsCard, type ProjectCells } from "./projected-cells-card";
import { SaveScenarioButton, type SaveScenario } from "./save-scenario";
import { ScenariosCard } from "./scenarios-card";
import { SwitchList } from "./switch-list";
import { usePlan, type Plan } from "./use-plan";

export interface PlanActions {
  readonly save: SaveScenario;
  readonly project: ProjectCells;
  readonly remove: (id: string) => Promise<Confirmed>;
  readonly costs: CostActions;
}

/** What to collect first: efficient plans, what each collection is worth beside the others, and what hangs on a single source. */
export function PlanPage({ view, doc, actions }: { view: PlanView; doc: PlanDoc; actions: PlanActions }) {
  const plan = usePlan(doc);
  const choices = [...plan.chosen].sort((a, b) => a - b).flatMap((position) => {
    const action = doc.actions[position];
    const segment = doc.segments[action?.segment ?? -1];
    return action === undefined || segment === undefined ? [] : [{ segment: segment.id, collection: action.collection }];
  });
  return (
    <PageBody>
      <PageHeader
        numbers
        title={sayTitle(doc, plan)}
        say={sayProof(doc, plan)}
        actions={
          <>
            <Button asChild>
              <KeptLink href="/gaps">Gap backlog</KeptLink>
            </Button>
            <Button asChild>
              <KeptLink href="/telemetry/what-if">What a product gives</KeptLink>
            </Button>
          </>
        }
      />
      <div className="grid items-stretch gap-3 lg:grid-cols-2 xl:grid-cols-[minmax(0,1fr)_minmax(0,1.25fr)_minmax(0,1.1fr)]">
        <FrontierCard doc={doc} plan={plan} />
        <SwitchList doc={doc} plan={plan} titles={view.titles}>
          <SaveScenarioButton assessment={view.assessment} choices={choices} save={actions.save} />
        </SwitchList>
        <div className="grid content-start gap-3 lg:col-span-2 lg:grid-cols-2 xl:col-span-1 xl:grid-cols-1">
          <ProjectedCard doc={doc} plan={plan} />
          <DependenceCard doc={doc} titles={view.titles} />
        </div>
      </div>
      <ProjectedCellsCard doc={doc} plan={plan} choices={choices} assessment={view.assessment} project={actions.project} />
      <PlanTable doc={doc} plan={plan} titles={view.titles} />
      <ScenariosCard doc={doc} plan={plan} scenarios={view.scenarios} titles={view.titles} remove={actions.remove} />
      <CostsCard costs={view.costs} actions={actions.costs} segments={doc.segments.map(({ name }) => name)} />
    </PageBody>
  );
}

function sayTitle(doc: PlanDoc, { chosen, cost, gains, held }: Plan): string {
  if (!held) return "This plan is too long for the page";
  if (chosen.size === 0) return `${formatCount(doc.open)} cells are open`;
  const verb = chosen.size === 1 ? "brings" : "bring";
  return `${counted(chosen.size, "collection")} for ${shortMoney(cost, doc.currency)} ${verb} ${formatCount(gains.cells)} of ${formatCount(doc.open)} open cells to observed, ${formatPoints(Math.round(gains.value / 1000))} points`;
}

function sayProof(doc: PlanDoc, { point, changed, cost, gains, held }: Plan): string {
  if (!held) return "Its figures stand on the frontier; sightline plan with a budget lists its collections.";
  const naive = naiveAt(doc, cost);
  const lost = Math.round((gains.value - naive) / 1000);
  const proof = changed ? "This is your own choice, beside the frontier." : doc.points[point]?.cost === 0 ? "Nothing is spent." : doc.proven ? "No other plan at this cost wins more points: it is an exact optimum." : "Not proven optimal: the solver ran out of time at some points.";
  const beside = lost > 500 ? ` Collecting the most referenced sources first wins ${pointSize(lost)} points less for the same money, because a chain counts only when all of its records arrive.` : "";
  const beyond = doc.beyond > 0 ? ` ${counted(doc.beyond, "open cell")} ${doc.beyond === 1 ? "is" : "are"} beyond any collection.` : "";
  return `${proof}${beside}${beyond}`;
}
