import { CHOICES } from "@/lib/events/formats";
import type { DatasetView } from "@/lib/events/dataset-types";
import type { JobView } from "@/lib/jobs/job-types";
import { listSegments } from "@/lib/inventory/store";
import { listWatchedFolders, type WatchedFolderView } from "@/lib/inventory/watch/store";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { listDatasets } from "./list-datasets";
import { listJobs } from "./list-jobs";

export interface EventsImportView {
  readonly segments: readonly { readonly id: string; readonly name: string }[];
  readonly segmentNames: Readonly<Record<string, string>>; // retired ones too: their samples stay
  readonly formats: readonly { readonly id: string; readonly label: string }[];
  readonly datasets: readonly DatasetView[];
  readonly jobs: readonly JobView[];
  readonly watched: readonly WatchedFolderView[];
}

/** The page of event imports: where events can go, what can be read, what came in, what runs. */
export async function getEventsImportView(ctx: OperationContext): Promise<EventsImportView> {
  authorize(ctx, "events.read", "none");
  const [all, datasets, jobs, watched] = await Promise.all([listSegments(ctx.db, { retired: true }), listDatasets(ctx), listJobs(ctx, { limit: 30 }), listWatchedFolders(ctx.db, ctx.segments)]);
  const visible = all.filter((segment) => ctx.segments === "all" || ctx.segments.includes(segment.id));
  return {
    segments: visible.filter((segment) => segment.retiredAt === null).map(({ id, name }) => ({ id, name })),
    segmentNames: Object.fromEntries(visible.map(({ id, name }) => [id, name])),
    formats: CHOICES.map(({ id, label }) => ({ id, label })),
    datasets,
    jobs,
    watched,
  };
}
