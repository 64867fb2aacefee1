import { CHOICES } from "@/lib/events/formats";
import type { DatasetFilter, DatasetPage } from "@/lib/events/dataset-types";
import { pageDatasetViews } from "@/lib/events/store";
import type { JobView } from "@/lib/jobs/job-types";
import { listSegments } from "@/lib/inventory/store";
import { listWatchedFolders, type WatchedFolderView } from "@/lib/inventory/watch/store";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { listJobs } from "./list-jobs";

export interface EventsImportView {
  readonly segments: readonly { readonly id: string; readonly name: string }[];
  readonly segmentNames: Readonly<Record<string, string>>; // retired ones too: their samples stay
  readonly formats: readonly { readonly id: string; readonly label: string }[];
  readonly datasets: DatasetPage;
  readonly jobs: readonly JobView[];
  readonly watched: readonly WatchedFolderView[];
}

/** The page of event imports: where events can go, what can be read, what came in (as far as the filter asks), what runs. */
export async function getEventsImportView(ctx: OperationContext, filter: DatasetFilter): Promise<EventsImportView> {
  authorize(ctx, "events.read", "none");
  const [all, datasets, jobs, watched] = await Promise.all([listSegments(ctx.db, { retired: true }), pageDatasetViews(ctx.db, ctx.segments, filter), listJobs(ctx, { limit: 30 }), listWatchedFolders(ctx.db, ctx.segments)]);
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
