import type { AnalyticInput, ScoringInput } from "./scoring-input";
import { MILLION } from "./status";

/** Weight of an analytic in millionths. It weighs once, however many techniques it detects: by the heaviest of them; 1 where none is weighted. */
export function techniqueWeight(analytic: AnalyticInput, { techniques }: ScoringInput["weights"]): number {
  const weights = analytic.techniques.map((technique) => techniques[technique] ?? MILLION);
  return weights.length === 0 ? MILLION : Math.max(...weights);
}
