"use server";
import { actionResult, type ActionResult } from "@/app/_adapters/action-result";
import type { CostFields } from "@/components/plan/costs-card";
import type { ScenarioChoices } from "@/lib/gaps/plan/scenario";
import { importPlanCosts } from "@/lib/operations/import-plan-costs";
import { projectPlanCells } from "@/lib/operations/project-plan-cells";
import { removePlanScenario } from "@/lib/operations/remove-plan-scenario";
import { savePlanScenario } from "@/lib/operations/save-plan-scenario";
import { setPlanCosts, statePlanCost } from "@/lib/operations/set-plan-costs";
import type { ProjectedCellsView } from "@/lib/reports/projected-cells";
import { startPlanFrontier } from "@/lib/operations/trace-plan-frontier";

/** Starts tracing the efficient plans of an assessment; gives the job. */
export async function traceFrontierAction(assessment: number): Promise<ActionResult<string>> {
  return actionResult((ctx) => startPlanFrontier(ctx, assessment));
}

/** Saves a choice of collections under a name; gives its id. */
export async function saveScenarioAction(request: { readonly name: string; readonly note: string; readonly assessment: number; readonly choices: ScenarioChoices }): Promise<ActionResult<string>> {
  return actionResult((ctx) => savePlanScenario(ctx, request));
}

/** The cells of a segment that a choice would bring to observed. */
export async function projectCellsAction(request: { readonly assessment: number; readonly segment: string; readonly choices: ScenarioChoices }): Promise<ActionResult<ProjectedCellsView>> {
  return actionResult((ctx) => projectPlanCells(ctx, request));
}

/** Forgets a scenario. */
export async function removeScenarioAction(id: string): Promise<ActionResult<void>> {
  return actionResult((ctx) => removePlanScenario(ctx, id));
}

/** States what a collection costs, from the fields as they were typed; gives the version. */
export async function setCostAction(fields: CostFields): Promise<ActionResult<number>> {
  return actionResult((ctx) => statePlanCost(ctx, fields));
}

/** Takes a statement back. */
export async function removeCostAction(row: { readonly segment: string; readonly collection: string }): Promise<ActionResult<number>> {
  return actionResult((ctx) => setPlanCosts(ctx, { remove: row }));
}

/** Sets currency and rates. */
export async function setRatesAction(rates: { readonly currency: string; readonly perEffortDay: string; readonly perGbDay: string }): Promise<ActionResult<number>> {
  return actionResult((ctx) => setPlanCosts(ctx, { rates: { currency: rates.currency.trim(), perEffortDay: typedRate(rates.perEffortDay), perGbDay: typedRate(rates.perGbDay) } }));
}

/** An empty field is no amount, and must not become 0. */
function typedRate(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text);
}

/** Reads a CSV of costs. */
export async function importCostsAction(file: { readonly fileName: string; readonly text: string }): Promise<ActionResult<{ readonly understood: number; readonly refused: readonly string[] }>> {
  return actionResult(async (ctx) => {
    const { understood, refused } = await importPlanCosts(ctx, { fileName: file.fileName, content: new TextEncoder().encode(file.text) });
    return { understood: understood.length, refused: refused.map(({ line, message, remedy }) => `Line ${line ?? "?"}: ${message} ${remedy}`) };
  });
}
