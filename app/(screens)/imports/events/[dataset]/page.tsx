import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { DatasetDetailView } from "@/components/imports/dataset-detail";
import { getDataset } from "@/lib/operations/get-dataset";
import { listExamples } from "@/lib/operations/list-examples";
import { removeDatasetAction } from "./actions";

export const metadata: Metadata = { title: "Event file" };

export default async function DatasetPage({ params, searchParams }: { params: Promise<{ dataset: string }>; searchParams: Promise<{ kind?: string }> }) {
  const { dataset: id } = await params;
  const { kind } = await searchParams;
  const dataset = await pageData((ctx) => getDataset(ctx, id));
  const chosen = dataset.kinds.find((entry) => entry.kind === kind)?.kind ?? dataset.kinds[0]?.kind ?? null;
  const examples = chosen === null ? [] : await pageData((ctx) => listExamples(ctx, { segmentId: dataset.segmentId, datasetId: id, kinds: [chosen], limit: 20 }));
  return <DatasetDetailView dataset={dataset} kind={chosen} examples={examples} remove={removeDatasetAction.bind(null, id)} />;
}
