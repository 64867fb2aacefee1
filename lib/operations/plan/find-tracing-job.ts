import { listJobRows } from "@/lib/jobs/store";
import type { OperationContext } from "../context";

export const PLAN_FRONTIER = "plan-frontier";

/** The job that traces a frontier, or waits to; null: none does. */
export async function findTracingJob({ db }: OperationContext): Promise<string | null> {
  const jobs = await listJobRows(db, 50, ["queued", "running"]);
  return jobs.find(({ kind }) => kind === PLAN_FRONTIER)?.id ?? null;
}
