import { assess } from "@/lib/assessment/assess";
import type { ScoringInput } from "@/lib/assessment/scoring-input";
import type { ScoringResult } from "@/lib/assessment/scoring-result";
import type { AssessmentRow } from "@/lib/assessment/store";
import { buildModel } from "@/lib/gaps/plan/build-model";
import { chooseActions } from "@/lib/gaps/plan/choose-actions";
import { projectGrants } from "@/lib/gaps/plan/grant-collections";
import { costOf, type PlanModel } from "@/lib/gaps/plan/plan-model";
import { divideProjection, onlySegments, type ProjectedSegment } from "@/lib/gaps/plan/project-segment";
import { listScenarios } from "@/lib/gaps/plan/store";
import type { NoProjection } from "@/lib/reports/matrix-projection";
import type { ProjectionFacts } from "@/lib/reports/place-projection";
import { SightlineError } from "@/lib/shared/errors";
import { familyById } from "@/lib/telemetry/family-of";
import type { OperationContext } from "../context";
import { grantsOf } from "../make-plan";
import { readPlanGround, type PlanGround } from "./read-plan-ground";

/** What an address asks to be thought through: families that are ticked, or a saved scenario. */
export type WhatIf = { readonly sources: readonly string[] } | { readonly scenario: string };

/** windows-sysmon,linux-auditd or scenario:ID; null: nothing is asked. */
export function readWhatIf(text: string | null): WhatIf | null {
  if (text === null) return null;
  const scenario = /^scenario:(.+)$/.exec(text)?.[1];
  if (scenario !== undefined) return { scenario };
  const sources = [...new Set(text.split(",").map((part) => part.trim()).filter((part) => part !== ""))].sort();
  return sources.length === 0 ? null : { sources };
}

/** The segments that are looked at, by themselves: they do not influence each other, so the rest is left out. */
export interface LookedAt {
  readonly input: ScoringInput;
  readonly result: ScoringResult;
  readonly model: PlanModel; // everything that is open there
}

const MOST_CELLS = 40_000; // that are scored while a page waits: enterprise in twenty segments
let opened: { readonly key: string; readonly looked: LookedAt } | null = null;

/**
 * What is open to be collected in some segments; the last answer is kept, for whoever ticks one source after another.
 *
 * @param segments ids
 * @throws SightlineError TOO_LARGE for more cells than a page can wait for
 */
export function openLookedAt({ key: ground, input, result, costs }: PlanGround, segments: readonly string[]): LookedAt {
  if (input.analytics.length * segments.length > MOST_CELLS) throw new SightlineError("TOO_LARGE", `${segments.length} segments are too many to think through at once.`, { field: "segment", remedy: "Look at one segment; the plan thinks the whole fleet through." });
  const key = JSON.stringify([ground, [...segments].sort()]);
  if (opened?.key === key) return opened.looked;
  const all = segments.length === input.segments.length;
  const own = all ? input : onlySegments(input, new Set(segments));
  const before = all ? result : assess(own);
  opened = { key, looked: { input: own, result: before, model: buildModel(own, before, costs.settings, null) } };
  return opened.looked;
}

/** Thinks a choice through for the segments (ids) that are looked at. What cannot be is said and not thrown: the matrix itself stands. */
export async function projectMatrix(ctx: OperationContext, row: Pick<AssessmentRow, "id">, segments: readonly string[], asked: WhatIf): Promise<ProjectionFacts | NoProjection> {
  const ground = await readPlanGround(ctx, row.id);
  const scenario = "scenario" in asked ? (await listScenarios(ctx.db)).find(({ id }) => id === asked.scenario) : undefined;
  if ("scenario" in asked && scenario === undefined) return { state: "refused", why: "The scenario of this address is not here any more." };
  let looked: LookedAt;
  try {
    looked = openLookedAt(ground, segments);
  } catch (error) {
    if (error instanceof SightlineError && error.code === "TOO_LARGE") return { state: "refused", why: error.sentence() };
    throw error;
  }
  const { input, result, model } = looked;
  const sources = "sources" in asked ? asked.sources : [];
  const here = new Set(segments);
  const chosen = scenario === undefined ? { actions: model.actions.flatMap(({ collection }, position) => (sources.includes(collection.family) ? [position] : [])), gone: [] } : chooseActions(model, input.segments, scenario.choices.filter(({ segment }) => here.has(segment)));
  const divided = chosen.actions.length === 0 ? new Map<number, ProjectedSegment>() : divideProjection(input, result, projectGrants(input, result, grantsOf(model, input, chosen.actions)));
  return {
    state: "projected",
    name: scenario?.name ?? nameSources(sources),
    scenario: scenario?.id ?? null,
    sources,
    won: new Map([...divided].map(([position, { won }]) => [input.segments[position]?.id ?? "", won])),
    cost: costOf(model, chosen.actions),
    currency: ground.costs.settings.rates.currency,
    collections: chosen.actions.length,
    gone: chosen.gone.length,
  };
}

/** "Linux audit and Sysmon" */
function nameSources(families: readonly string[]): string {
  const titles = families.map((family) => familyById(family)?.title ?? family);
  if (titles.length > 3) return `${titles.slice(0, 2).join(", ")} and ${titles.length - 2} more sources`;
  return titles.length < 2 ? titles.join("") : `${titles.slice(0, -1).join(", ")} and ${titles.at(-1) ?? ""}`;
}
