import type { AssessmentRow } from "@/lib/assessment/store";
import { buildModel } from "@/lib/gaps/plan/build-model";
import { chooseActions } from "@/lib/gaps/plan/choose-actions";
import { costOf, type PlanModel } from "@/lib/gaps/plan/plan-model";
import { projectSegment, type ProjectedCell } from "@/lib/gaps/plan/project-segment";
import { listScenarios } from "@/lib/gaps/plan/store";
import type { NoProjection } from "@/lib/reports/matrix-projection";
import { familyById } from "@/lib/telemetry/family-of";
import type { OperationContext } from "../context";
import { grantsOf } from "../make-plan";
import { readPlanGround, type PlanGround } from "./read-plan-ground";

/** What an address asks to be thought through: families that are ticked, or a saved scenario. */
export type WhatIf = { readonly sources: readonly string[] } | { readonly scenario: string };

/** The cells that it would win, by segment (id). */
export interface ProjectedMatrix {
  readonly state: "projected";
  readonly name: string;
  readonly scenario: string | null;
  readonly sources: readonly string[];
  readonly won: ReadonlyMap<string, readonly ProjectedCell[]>;
  readonly cost: number;
  readonly currency: string;
  readonly collections: number;
  readonly gone: number; // collections of the scenario that are not open here any more
}

const MOST_SEGMENTS = 120; // each is scored twice while the page waits

/** windows-sysmon,linux-auditd or scenario:ID; null: nothing is asked. */
export function readWhatIf(text: string | null): WhatIf | null {
  if (text === null) return null;
  const scenario = /^scenario:(.+)$/.exec(text)?.[1];
  if (scenario !== undefined) return { scenario };
  const sources = [...new Set(text.split(",").map((part) => part.trim()).filter((part) => part !== ""))].sort();
  return sources.length === 0 ? null : { sources };
}

interface Models {
  readonly key: string;
  readonly models: Map<number | null, PlanModel>;
}
let opened: Models | null = null;

/** What is open to be collected in one segment (by position) or in the fleet; kept while assessment and costs stay the same. */
export function openModel({ row, input, result, costs }: PlanGround, position: number | null): PlanModel {
  const key = `${row.inputDigest} ${row.resultDigest} ${costs.digest}`;
  if (opened?.key !== key) opened = { key, models: new Map() };
  const known = opened.models.get(position) ?? buildModel(input, result, costs.settings, position);
  opened.models.set(position, known);
  return known;
}

let last: { readonly key: string; readonly projected: ProjectedMatrix } | null = null;

/**
 * Thinks a choice through for the segments that are looked at, each by itself: segments do not influence each other. The last answer is
 * kept, for who looks at the same with another filter of the server.
 *
 * @param segments ids
 */
export async function projectMatrix(ctx: OperationContext, row: Pick<AssessmentRow, "id">, segments: readonly string[], asked: WhatIf): Promise<ProjectedMatrix | NoProjection> {
  const ground = await readPlanGround(ctx, row.id);
  const scenario = "scenario" in asked ? (await listScenarios(ctx.db)).find(({ id }) => id === asked.scenario) : undefined;
  if ("scenario" in asked && scenario === undefined) return { state: "refused", why: "The scenario of this address is not here any more." };
  const key = JSON.stringify([ground.key, [...segments].sort(), asked]);
  if (last?.key === key) return last.projected;
  const { input, costs } = ground;
  const [only, ...more] = segments;
  const model = openModel(ground, only !== undefined && more.length === 0 ? input.segments.findIndex(({ id }) => id === only) : null);
  const looked = new Set(segments);
  const here = (position: number): boolean => looked.has(input.segments[model.actions[position]?.segment ?? -1]?.id ?? "");
  const chosen = scenario === undefined ? { actions: model.actions.flatMap(({ collection }, position) => ("sources" in asked && asked.sources.includes(collection.family) ? [position] : [])), gone: [] } : chooseActions(model, input.segments, scenario.choices.filter(({ segment }) => looked.has(segment)));
  const actions = chosen.actions.filter(here);
  const kinds = new Map<string, string[]>();
  for (const { segment, kinds: granted } of grantsOf(model, input, actions)) kinds.set(segment, [...(kinds.get(segment) ?? []), ...granted]);
  if (kinds.size > MOST_SEGMENTS) return { state: "refused", why: `The choice concerns ${kinds.size} segments; at most ${MOST_SEGMENTS} are thought through at once. Look at one segment.` };
  const won = new Map<string, readonly ProjectedCell[]>();
  for (const [segment, granted] of kinds) {
    won.set(segment, projectSegment(input, segment, granted).won);
    await new Promise(setImmediate); // other requests go on between two segments
  }
  const sources = "sources" in asked ? asked.sources : [];
  const titles = sources.map((family) => familyById(family)?.title ?? family);
  const name = scenario?.name ?? (titles.length > 3 ? `${titles.slice(0, 2).join(", ")} and ${titles.length - 2} more sources` : [titles.slice(0, -1).join(", "), ...titles.slice(-1)].filter((part) => part !== "").join(" and "));
  const projected: ProjectedMatrix = { state: "projected", name, scenario: scenario?.id ?? null, sources, won, cost: costOf(model, actions), currency: costs.settings.rates.currency, collections: actions.length, gone: chosen.gone.length };
  last = { key, projected };
  return projected;
}
