import { insertCosts, listScenarios, readCosts, deleteCostsOf, deleteDemoScenarios, deleteFrontiersBut } from "@/lib/gaps/plan/store";
import { withTransaction } from "@/lib/db/with-transaction";
import type { Tx } from "@/lib/db/client";
import { getPlanView } from "../get-plan-view";
import type { JobRun } from "../job-handlers";
import { savePlanScenario } from "../save-plan-scenario";
import { tracePlanFrontier } from "../trace-plan-frontier";
import { DEMO_ACTOR } from "./demo-actor";
import type { DemoContent } from "./read-demo-content";

/** States the costs of the demonstration, traces the plans of its newest assessment and saves its scenarios; what is there already stays. */
export async function replayPlan(run: JobRun, { plan }: Pick<DemoContent, "plan">): Promise<void> {
  const { ctx } = run;
  if ((await readCosts(ctx.db)).version === 0) {
    const { rates, costs: rows } = plan;
    await withTransaction(ctx.db, (tx) => insertCosts(tx, { rates, rows }, { at: ctx.clock(), actor: ctx.actor.name, reason: "offers and estimates of the teams" }));
  }
  const before = await getPlanView(ctx, null);
  if (before === null) return;
  if (before.frontier === null) await tracePlanFrontier(run, { assessment: before.assessment });
  const doc = (await getPlanView(ctx, null))?.frontier?.doc;
  const saved = new Set((await listScenarios(ctx.db)).map(({ name }) => name));
  for (const { name, note, kinds, segments } of plan.scenarios) {
    const choices = (doc?.actions ?? []).flatMap(({ kind, segment, collection }) => {
      const where = doc?.segments[segment];
      return where !== undefined && kinds.includes(kind) && (segments === null || segments.includes(where.name)) ? [{ segment: where.id, collection }] : [];
    });
    if (choices.length > 0 && !saved.has(name)) await savePlanScenario(ctx, { name, note, assessment: before.assessment, choices });
  }
}

/** Takes back what replayPlan wrote. */
export async function removeDemoPlan(tx: Tx): Promise<void> {
  await deleteDemoScenarios(tx);
  await deleteCostsOf(tx, DEMO_ACTOR);
  await deleteFrontiersBut(tx);
}
