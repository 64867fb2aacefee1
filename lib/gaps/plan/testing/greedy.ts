import type { Program } from "../reduce-model";
import { weighChoice, type Choice } from "../weigh-choice";

/** The step by step way: always the action that wins most for its money, until none wins anything or fits. */
export function cheapestFirst(program: Program, budget: number): Choice[] {
  const path: Choice[] = [];
  let now = weighChoice(program, new Set());
  for (;;) {
    let best: { choice: Choice; rate: number } | null = null;
    for (let action = 0; action < program.actions.length; action += 1) {
      if (now.actions.has(action)) continue;
      const choice = weighChoice(program, new Set([...now.actions, action]));
      const rate = (choice.value - now.value) / Math.max(1, choice.cost - now.cost);
      if (choice.cost <= budget && rate > 0 && (best === null || rate > best.rate)) best = { choice, rate };
    }
    if (best === null) return path;
    path.push((now = best.choice));
  }
}

