import { listDatasetsById } from "@/lib/events/store";
import type { JobView } from "@/lib/jobs/job-types";
import type { Json } from "@/lib/shared/canonical-json";
import type { OperationContext } from "../context";

type Fields = { readonly [key: string]: Json };

/** Results of imports, with `removed` beside each file whose samples were removed since, or replaced: nothing leads to them any more. */
export async function markRemovedDatasets(ctx: OperationContext, jobs: readonly JobView[]): Promise<JobView[]> {
  const named = [...new Set(jobs.flatMap((job) => filesOf(job).flatMap(({ dataset }) => (typeof dataset === "string" ? [dataset] : []))))];
  if (named.length === 0) return [...jobs];
  const there = new Set((await listDatasetsById(ctx.db, named)).flatMap(({ id, removed }) => (removed === null ? [id] : [])));
  return jobs.map((job) => (filesOf(job).length === 0 ? job : { ...job, result: filesOf(job).map((file) => (typeof file["dataset"] === "string" && !there.has(file["dataset"]) ? { ...file, removed: true } : file)) }));
}

function filesOf({ kind, result }: JobView): readonly Fields[] {
  return kind === "events-import" && Array.isArray(result) ? result.filter(isFields) : [];
}

function isFields(value: Json): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
