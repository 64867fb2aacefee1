import type { CostRates, CostRow } from "@/lib/gaps/costs";
import type { PlanDoc } from "@/lib/gaps/plan/plan-doc";
import type { ScenarioChoices, ScenarioOutcome } from "@/lib/gaps/plan/scenario";

/** A scenario as the page lists it. */
export interface ScenarioView {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly assessmentId: number;
  readonly choices: ScenarioChoices;
  readonly outcome: ScenarioOutcome;
  readonly at: string;
  readonly by: string;
}

export interface PlanView {
  readonly assessment: number;
  readonly at: string;
  readonly frontier: { readonly doc: PlanDoc; readonly at: string } | null; // null: not traced at these costs
  readonly titles: Readonly<Record<string, string>>; // of families
  readonly costs: { readonly version: number; readonly rates: CostRates; readonly rows: readonly CostRow[]; readonly unpriced: readonly string[] };
  readonly scenarios: readonly ScenarioView[];
  readonly running: string | null; // the job that is tracing a frontier
}
