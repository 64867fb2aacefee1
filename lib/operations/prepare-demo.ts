import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { listOwnSegmentNames, lockInventory } from "@/lib/inventory/store";
import { listLiveJobs } from "@/lib/jobs/job-lease";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { readDemoSetting, writeDemoSetting } from "./demo/demo-setting";
import type { InlineJob } from "./run-job-inline";

export const DEMO_LOAD = "demo-load";

export type DemoPlan =
  | { readonly state: "load"; readonly t0: string; readonly resumed: boolean; readonly job: InlineJob }
  | { readonly state: "loaded"; readonly t0: string }
  | { readonly state: "not-empty"; readonly segments: readonly string[] };

/**
 * Decides whether the demonstration is to be loaded, pins its T0 (the clock's now) in the setting "demo", and gives the job
 * that does it. A load that was broken off goes on with the T0 it had. Its history is replayed from four weeks ago, so it
 * goes into a fleet without segments of anybody's own only.
 *
 * @throws SightlineError CONFLICT while another process loads it
 */
export async function prepareDemo(ctx: OperationContext): Promise<DemoPlan> {
  authorize(ctx, "demo.load", "all");
  return withTransaction(ctx.db, async (tx): Promise<DemoPlan> => {
    await lockInventory(tx);
    const known = await readDemoSetting(tx);
    if (known?.ready) return { state: "loaded", t0: known.t0 };
    const own = await listOwnSegmentNames(tx);
    if (own.length > 0) return { state: "not-empty", segments: own };
    if ((await listLiveJobs(tx, [DEMO_LOAD])).length > 0) throw new SightlineError("CONFLICT", "Another process is loading the demonstration.", { remedy: "Wait for it, or try again in half a minute." });
    const t0 = known?.t0 ?? ctx.clock().toISOString();
    if (known === null) {
      await writeDemoSetting(tx, { t0, ready: false });
      await emitAudit(tx, ctx, { action: "demo.load", target: "demo", detail: { t0 } });
    }
    return { state: "load", t0, resumed: known !== null, job: { kind: DEMO_LOAD, title: "Load the demonstration fleet", input: { t0 } } };
  });
}
