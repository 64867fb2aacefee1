import type { JobView } from "@/lib/jobs/job-types";
import { packLine, type PackLine } from "@/lib/reports/packs-view";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { listJobs } from "./list-jobs";
import { listPacks } from "./list-packs";

export interface PacksView {
  readonly packs: readonly PackLine[];
  readonly jobs: readonly JobView[];
}

/** The page of packs: those in force, and the jobs that brought packs in. */
export async function getPacksView(ctx: OperationContext): Promise<PacksView> {
  authorize(ctx, "pack.read", "none");
  return { packs: (await listPacks(ctx)).map(packLine), jobs: await listJobs(ctx, { limit: 30 }) };
}
