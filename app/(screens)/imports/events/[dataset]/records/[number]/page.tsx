import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { RecordAhead } from "@/components/telemetry/record-ahead";
import { RecordDetail } from "@/components/telemetry/record-detail";
import { getRecord } from "@/lib/operations/get-record";

export const metadata: Metadata = { title: "Record" };

export default async function RecordPage({ params }: { params: Promise<{ dataset: string; number: string }> }) {
  const { dataset, number } = await params;
  const found = await pageData((ctx) => getRecord(ctx, { datasetId: dataset, number: Number(number) }));
  return "ahead" in found ? <RecordAhead ahead={found} /> : <RecordDetail view={found} />;
}
