import { chooseTarget, chooseWithin, tolerance, type BestChoice } from "./choose-best";
import type { Solver } from "./linear-program";
import type { PricedParts } from "./priced-parts";
import type { Program } from "./reduce-model";

/** What a plan is asked for: the most within a budget (null: no limit), or the cheapest that wins so much (in the units of value). */
export type PlanQuestion = { readonly budget: number | null } | { readonly target: number };

/** Beyond so many items a program is first decided part by part: one program over all of them would not even begin in time. */
const WHOLE_ITEMS = 4_000;

/**
 * The best plan, proven where it says so. A large fleet is decided part by part at the price of money that its budget comes to; what no
 * plan can exceed follows from the same price, and the whole is asked afterwards with the time that is left.
 *
 * @param seconds for all of it
 * @param now seconds, from anywhere
 */
export function planCollection(program: Program, parts: PricedParts, question: PlanQuestion, solver: Solver, seconds: number, now: () => number): BestChoice {
  if ("target" in question) return chooseTarget(program, question.target, solver, seconds);
  const { budget } = question;
  const end = now() + seconds;
  if (budget === null || program.items.length <= WHOLE_ITEMS) return budget === null ? buyEverything(program, parts) : chooseWithin(program, budget, solver, seconds);
  const { choice, bound } = parts.within(budget);
  const gap = Math.max(0, bound - choice.value);
  if (gap <= tolerance(program)) return { status: "optimal", choice, gap: 0 };
  const left = end - now();
  if (left < 1) return { status: "time-limit", choice, gap };
  const whole = chooseWithin(program, budget, solver, left, choice);
  const better = Math.max(0, Math.min(whole.gap, bound - whole.choice.value));
  return whole.status === "optimal" ? whole : { status: better <= tolerance(program) ? "optimal" : "time-limit", choice: whole.choice, gap: better <= tolerance(program) ? 0 : better };
}

/** Without a budget: all that wins anything, as cheap as it gets. */
function buyEverything(program: Program, parts: PricedParts): BestChoice {
  const { choice, proven } = parts.at(parts.least);
  const most = program.items.reduce((sum, { value }) => sum + value, 0);
  const gap = Math.max(0, most - choice.value);
  return proven && gap <= tolerance(program) ? { status: "optimal", choice, gap: 0 } : { status: "time-limit", choice, gap };
}
