import { listDatasetViews, listExamples as readExamples, type StoredExample } from "@/lib/events/store";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

export interface ExampleQuery {
  readonly segmentId: string;
  readonly datasetId?: string;
  readonly kinds?: readonly string[]; // "family:key"
  readonly limit?: number;
}

/** Raw example records of a segment by record kind, with their fields and where they stand in the kept file. */
export async function listExamples(ctx: OperationContext, query: ExampleQuery): Promise<(StoredExample & { readonly fileName: string; readonly contentDigest: string })[]> {
  authorize(ctx, "events.read", [query.segmentId]);
  const datasets = (await listDatasetViews(ctx.db, [query.segmentId])).filter(({ id }) => query.datasetId === undefined || id === query.datasetId);
  const byId = new Map(datasets.map((dataset) => [dataset.id, dataset]));
  const examples = await readExamples(ctx.db, { datasetIds: [...byId.keys()], limit: Math.min(query.limit ?? 20, 500), ...(query.kinds === undefined ? {} : { kinds: query.kinds }) });
  return examples.map((example) => {
    const dataset = byId.get(example.dataset);
    return { ...example, fileName: dataset?.fileName ?? "", contentDigest: dataset?.contentDigest ?? "" };
  });
}
