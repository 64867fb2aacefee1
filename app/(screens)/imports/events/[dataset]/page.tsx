import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { DatasetDetailView } from "@/components/imports/dataset-detail";
import { DatasetQuality } from "@/components/probes/dataset-quality";
import { RecordCard } from "@/components/probes/record-card";
import { getDataset } from "@/lib/operations/get-dataset";
import { getQuality } from "@/lib/operations/get-quality";
import { listExamples } from "@/lib/operations/list-examples";
import { readRawRecord } from "@/lib/operations/read-raw-record";
import { removeDatasetAction } from "./actions";

export const metadata: Metadata = { title: "Event file" };

export default async function DatasetPage({ params, searchParams }: { params: Promise<{ dataset: string }>; searchParams: Promise<{ kind?: string; record?: string }> }) {
  const { dataset: id } = await params;
  const { kind, record } = await searchParams;
  const dataset = await pageData((ctx) => getDataset(ctx, id));
  const chosen = dataset.kinds.find((entry) => entry.kind === kind)?.kind ?? dataset.kinds[0]?.kind ?? null;
  const place = readPlace(record);
  const [examples, quality, raw] = await Promise.all([
    chosen === null ? [] : pageData((ctx) => listExamples(ctx, { segmentId: dataset.segmentId, datasetId: id, kinds: [chosen], limit: 20 })),
    pageData((ctx) => getQuality(ctx, { datasetId: id })),
    place === null || place.offset + place.length > dataset.bytes ? null : pageData((ctx) => readRawRecord(ctx, { datasetId: id, ...place })),
  ]);
  return (
    <DatasetDetailView dataset={dataset} kind={chosen} examples={examples} remove={removeDatasetAction.bind(null, id)}>
      {place === null || raw === null ? null : <RecordCard {...place} raw={raw} />}
      <DatasetQuality sources={quality} />
    </DatasetDetailView>
  );
}

/** "12-3400-560": record number, offset and length, as a probe's example names it. */
function readPlace(text: string | undefined): { readonly number: number; readonly offset: number; readonly length: number } | null {
  const match = /^(\d{1,12})-(\d{1,15})-(\d{1,7})$/.exec(text ?? "");
  return match === null ? null : { number: Number(match[1]), offset: Number(match[2]), length: Number(match[3]) };
}
