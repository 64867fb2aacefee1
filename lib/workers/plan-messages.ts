import type { BestChoice } from "@/lib/gaps/plan/choose-best";
import type { Step } from "@/lib/gaps/plan/naive-order";
import type { PlanQuestion } from "@/lib/gaps/plan/plan-collection";
import type { Program } from "@/lib/gaps/plan/reduce-model";
import type { Frontier } from "@/lib/gaps/plan/trace-frontier";

/** What the optimiser's thread starts with. seconds: for the whole of it; it answers by then with what it has. */
export interface PlanRequest {
  readonly program: Program;
  readonly seconds: number;
  readonly ask: { readonly type: "plan"; readonly question: PlanQuestion } | { readonly type: "frontier"; readonly points: number };
}

export type FromPlanWorker =
  | { readonly type: "progress"; readonly done: number; readonly of: number }
  | { readonly type: "plan"; readonly best: BestChoice }
  | { readonly type: "frontier"; readonly frontier: Frontier; readonly naive: readonly Step[] }
  | { readonly type: "failed"; readonly message: string };
