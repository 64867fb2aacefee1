import { deleteExclusionsOf } from "@/lib/assessment/decisions/store";
import { deleteDemoAssessments } from "@/lib/assessment/store";
import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { deleteCheckRuns } from "@/lib/detection/check/store";
import { deleteSystem } from "@/lib/detection/siem/store";
import { deleteDemoLayers } from "@/lib/evidence/navigator/store";
import { deleteDatasets } from "@/lib/events/store";
import { deleteSegments, listDemoSegmentIds, lockInventory } from "@/lib/inventory/store";
import { listLiveJobs } from "@/lib/jobs/job-lease";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { DEMO_ACTOR } from "./demo/demo-actor";
import { withdrawDemoOverrides } from "./demo/replay-override";
import { removeDemoPlan } from "./demo/replay-plan";
import { removeDemoRules } from "./demo/replay-rules";
import { removeEarlierStarters } from "./demo/remove-earlier-starters";
import { DEMO_SIEM } from "./demo/replay-checks";
import { clearDemoSetting, readDemoSetting } from "./demo/demo-setting";
import { loadStarterCatalog } from "./load-starter-catalog";

/** What went with the demonstration. */
export interface DemoRemoved {
  readonly segments: number;
  readonly datasets: number;
  readonly exclusions: number;
  readonly rules: number;
  readonly overrides: number; // withdrawn; their versions stay
  readonly layers: number; // of Navigator
  readonly editions: number; // of the starter catalogue: earlier ones than the newest
  readonly assessments: number; // those of nothing but the demonstration; others are immutable and stay
}

/**
 * Takes the demonstration fleet away: its segments with claims, rosters and samples, its exclusions, its assessments, its runs of
 * can-it-fire, what its SIEM listed, its Navigator layer, its own rules, its readings of log sources and the earlier edition of the starter catalogue. The starter itself, the packs, the policy and
 * the audit log stay. It can be loaded again into a fleet without segments of its own.
 *
 * @throws SightlineError NOT_FOUND when it is not loaded; CONFLICT while a job runs, which might write into it
 */
export async function removeDemo(ctx: OperationContext): Promise<DemoRemoved> {
  authorize(ctx, "demo.remove", "all");
  const removed = await withTransaction(ctx.db, async (tx) => {
    await lockInventory(tx);
    const setting = await readDemoSetting(tx);
    const ids = await listDemoSegmentIds(tx);
    if (setting === null && ids.length === 0) throw new SightlineError("NOT_FOUND", "The demonstration fleet is not loaded.");
    const [running] = await listLiveJobs(tx, "all");
    if (running !== undefined) throw new SightlineError("CONFLICT", `A job is running: ${running}.`, { remedy: "Wait until it has ended, or cancel it." });
    const datasets = await deleteDatasets(tx, { segmentIds: ids });
    const exclusions = await deleteExclusionsOf(tx, ids);
    const assessments = await deleteDemoAssessments(tx);
    await removeDemoPlan(tx);
    await deleteCheckRuns(tx, DEMO_ACTOR);
    await deleteSystem(tx, DEMO_SIEM);
    const layers = await deleteDemoLayers(tx);
    const rules = await removeDemoRules(tx, ctx.clock());
    const overrides = await withdrawDemoOverrides(tx, ctx.clock());
    const editions = await removeEarlierStarters(tx, ctx.clock());
    await deleteSegments(tx, ids, DEMO_ACTOR);
    await clearDemoSetting(tx);
    const removed = { segments: ids.length, datasets, exclusions, rules, overrides, layers, editions, assessments };
    await emitAudit(tx, ctx, { action: "demo.remove", target: "demo", detail: { t0: setting?.t0 ?? null, ...removed } });
    return removed;
  }, TIMEOUT_MS);
  if (removed.editions > 0) await loadStarterCatalog(ctx); // a load that was broken off early had the earlier edition alone
  return removed;
}

const TIMEOUT_MS = 120_000; // every row that was derived from its samples goes in one step
