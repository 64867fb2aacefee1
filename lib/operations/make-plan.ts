import { unpricedLicences } from "@/lib/gaps/costs";
import { buildModel } from "@/lib/gaps/plan/build-model";
import { describePlan } from "@/lib/gaps/plan/describe-plan";
import { projectGrants } from "@/lib/gaps/plan/grant-collections";
import type { PlanQuestion } from "@/lib/gaps/plan/plan-collection";
import type { PlanJson } from "@/lib/gaps/plan/plan-json";
import { pointsOf, shareAt, type PlanModel } from "@/lib/gaps/plan/plan-model";
import { reduceModel } from "@/lib/gaps/plan/reduce-model";
import { findSegment, findSegmentByName } from "@/lib/inventory/store";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { optimiseInWorker } from "./plan/optimise-in-worker";
import { readPlanGround } from "./plan/read-plan-ground";

export interface PlanRequest {
  readonly assessment: number | null; // null: the newest
  readonly segment: string | null; // name or id; null: the fleet
  readonly budget: number | null; // null: no limit
  readonly target?: number | null; // instead of a budget: a headline (fraction) to reach as cheaply as possible
  readonly seconds?: number; // 1 to 600; default 20 for a segment, 60 for the fleet
}

const PARTNERS = 3;
const MOST_SECONDS = 600;

/**
 * The collections that raise the headline most within a budget, or reach a headline at the least cost: proven best where it says so. The
 * points are those of the scorer on an input in which the collections are granted; nothing of it is stored.
 *
 * @throws SightlineError NOT_FOUND without an assessment or for an unknown segment, INVALID for a budget, a target or a time that is none
 */
export async function makePlan(ctx: OperationContext, request: PlanRequest, signal?: AbortSignal): Promise<PlanJson> {
  authorize(ctx, "plan.read", request.segment === null ? "all" : "none");
  const { budget, target = null } = request;
  if (budget !== null && !(Number.isFinite(budget) && budget >= 0)) throw new SightlineError("INVALID", `${budget} is no budget.`, { field: "budget", remedy: "Write an amount of money, for example 50000." });
  if (target !== null && !(target >= 0 && target <= 1)) throw new SightlineError("INVALID", `${target} is no fraction between 0 and 1.`, { field: "target", remedy: "Write 0.6 for 60 %." });
  if (target !== null && budget !== null) throw new SightlineError("INVALID", "A plan has a budget or a target, not both.", { field: "target" });
  if (request.seconds !== undefined && !(request.seconds >= 1 && request.seconds <= MOST_SECONDS)) throw new SightlineError("INVALID", `${request.seconds} is no time for the optimiser.`, { field: "seconds", remedy: `Write 1 to ${MOST_SECONDS}.` });
  const asked = request.segment === null ? null : ((await findSegmentByName(ctx.db, request.segment)) ?? (await findSegment(ctx.db, request.segment)));
  if (request.segment !== null && asked === null) throw new SightlineError("NOT_FOUND", `There is no segment "${request.segment}".`, { field: "segment", remedy: "See sightline segments list." });
  if (asked !== null) authorize(ctx, "plan.read", [asked.id]);
  const { row, input, result, costs } = await readPlanGround(ctx, request.assessment);
  const position = asked === null ? null : input.segments.findIndex(({ id }) => id === asked.id);
  if (position === -1) throw new SightlineError("NOT_FOUND", `Assessment ${row.id} does not hold the segment ${asked?.name}.`, { field: "segment" });
  const model = buildModel(input, result, costs.settings, position);
  const program = reduceModel(model);
  const needed = target === null ? 0 : Math.max(0, Math.round(target * 1e6) - shareAt(model.value, model.weight));
  const question: PlanQuestion = target === null ? { budget } : { target: needed * 1000 };
  const { best } = await optimiseInWorker({ program, seconds: request.seconds ?? (asked === null ? 60 : 20), ask: { type: "plan", question } }, signal === undefined ? {} : { signal });
  const chosen = new Set([...best.choice.actions].map((action) => program.actions[action] ?? -1));
  const scored = projectGrants(input, result, grantsOf(model, input, chosen));
  const measure = (of: typeof result) => (position === null ? of.fleet : of.segments[position]?.headline)?.observed;
  const [before, after] = [measure(result), measure(scored.result)];
  const most = best.status === "infeasible" ? (measure(projectGrants(input, result, grantsOf(model, input, model.actions.keys())).result)?.value ?? 0) : null;
  const newly = (counts: typeof before) => counts?.k ?? 0;
  return {
    status: best.status,
    gap: best.status === "infeasible" ? null : "target" in question ? finite(best.gap) : finite(Math.ceil(best.gap / 1000)),
    budget,
    target: target === null ? null : needed,
    currency: costs.settings.rates.currency,
    cost: best.choice.cost,
    points: (after?.value ?? 0) - (before?.value ?? 0),
    cells: newly(after) - newly(before),
    ...listItems(model, input.segments, chosen),
    assessment: row.id,
    segment: asked?.name ?? null,
    headline: { before: before?.value ?? 0, after: after?.value ?? 0, n: after?.n ?? 0 },
    reachable: most,
    unpricedLicences: unpricedLicences(costs.settings),
    assumedJoins: scored.assumed.length,
    open: model.open,
    beyond: model.beyond,
    costsVersion: costs.version,
    policyVersion: input.policy.version,
  };
}

/** What granting these actions means to the scorer. */
export function grantsOf(model: Pick<PlanModel, "actions">, input: { readonly segments: readonly { readonly id: string }[] }, chosen: Iterable<number>): { segment: string; kinds: readonly string[] }[] {
  return [...chosen].flatMap((position) => {
    const action = model.actions[position];
    return action === undefined ? [] : [{ segment: input.segments[action.segment]?.id ?? "", kinds: action.collection.kinds }];
  });
}

function listItems(model: PlanModel, segments: readonly { readonly id: string; readonly name: string }[], chosen: ReadonlySet<number>): Pick<PlanJson, "items" | "licences"> {
  const worths = describePlan(model, chosen);
  const total = [...chosen];
  const nameOf = (position: number): string => segments[model.actions[position]?.segment ?? -1]?.name ?? "";
  const items = total.flatMap((position) => {
    const [action, worth] = [model.actions[position], worths.get(position)];
    if (action === undefined || worth === undefined) return [];
    return [
      {
        segment: nameOf(position),
        collection: action.collection.id,
        kind: action.kind,
        cost: action.price.total,
        points: pointsOf(model, worth.marginal),
        cells: worth.cells,
        aloneUnlocks: worth.alone,
        togetherUnlocks: worth.partners.slice(0, PARTNERS).map(({ action: other, cells }) => ({ with: model.actions[other]?.collection.id ?? "", segment: nameOf(other), cells })),
        stated: action.price.stated,
        why: action.why,
      },
    ];
  });
  items.sort((a, b) => b.points - a.points || a.cost - b.cost || (a.segment + a.collection < b.segment + b.collection ? -1 : 1));
  const needs = new Set(total.flatMap((position) => model.actions[position]?.needs ?? []));
  const licences = [...needs].flatMap((need) => {
    const shared = model.needs[need];
    return shared === undefined ? [] : [{ name: shared.name, segment: segments.find(({ id }) => id === shared.segment)?.name ?? null, cost: shared.cost }];
  });
  return { items, licences };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
