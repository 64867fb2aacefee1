import { ACTION_KINDS } from "@/lib/gaps/costs";
import { shortMoney } from "@/lib/shared/format-money";
import { counted, formatCount } from "@/lib/shared/format-number";
import { formatPoints, pointSize } from "@/lib/shared/format-share";
import { kneeOf } from "@/lib/shared/knee-of";
import type { FrontierFacts } from "./overview-facts";
import type { FrontierPoint, OverviewFrontier } from "./overview-view";
import { type Sentence, strong } from "./sentence";

type Plan = FrontierFacts["points"][number];

/** The frontier as the overview draws it: a sentence for every point, and the point where more money begins to win less. */
export function overviewFrontier(facts: FrontierFacts, currency: string): OverviewFrontier {
  const { points, naive, proven } = facts;
  return {
    currency,
    proven,
    points: points.map((plan, position): FrontierPoint => ({ cost: plan.cost, value: plan.value, label: `${shortMoney(plan.cost, currency)}, ${formatPoints(plan.points)} points`, say: sayPlan(facts, currency, plan), consists: sayKinds(plan), next: sayNext(currency, plan, points[position + 1]) })),
    naive: naive.map(({ cost, value }) => ({ cost, value })),
    knee: kneeOf(points),
  };
}

/** What a plan wins of what is open. */
function sayPlan({ open, beyond, points }: FrontierFacts, currency: string, plan: Plan): Sentence {
  if (open === 0) return ["No cell is below observed: there is nothing to plan."];
  if (points.length === 1) return [`No collection would raise the share: ${counted(beyond, "open cell")} of ${formatCount(open)} ${beyond === 1 ? "is" : "are"} beyond any.`];
  if (plan.cost === 0 && plan.cells === 0 && plan.points === 0) return [`Nothing is spent: ${counted(open, "cell")} ${open === 1 ? "stays" : "stay"} open.`];
  const { kinds, cells } = plan;
  const what = kinds === null ? "A plan" : counted(kinds.length, "collection");
  return [strong(`${what} for ${shortMoney(plan.cost, currency)} a year`), ` would bring ${formatCount(cells)} of ${counted(open, "open cell")}, `, strong(`${formatPoints(plan.points)} points`), "."];
}

/** Of how many actions of each kind. */
function sayKinds({ kinds }: Plan): string {
  return kinds === null ? "" : ACTION_KINDS.flatMap((kind) => countOf(kinds, kind)).join(", ");
}

/** What the next plan on the frontier adds. */
function sayNext(currency: string, plan: Plan, next: Plan | undefined): string {
  if (next === undefined) return "nothing more to win";
  const size = pointSize(next.points - plan.points);
  return `${shortMoney(next.cost - plan.cost, currency)} more: ${size.startsWith("<") ? "under +0.1" : `+${size}`}`;
}

function countOf(kinds: readonly string[], kind: string): string[] {
  const count = kinds.filter((one) => one === kind).length;
  return count === 0 ? [] : [`${formatCount(count)} to ${kind}`];
}
