import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { SourcePage } from "@/components/telemetry/source-page";
import { getTelemetrySource } from "@/lib/operations/get-telemetry-source";
import { readChoice, type SearchParams } from "../../../read-choice";

export const metadata: Metadata = { title: "Telemetry source" };

export default async function TelemetrySourcePage({ params, searchParams }: { params: Promise<{ segment: string; family: string }>; searchParams: SearchParams }) {
  const { segment, family } = await params;
  const { assessment } = await readChoice(searchParams);
  const view = await pageData((ctx) => getTelemetrySource(ctx, { assessment, segment: decodeURIComponent(segment), family: decodeURIComponent(family) }));
  return <SourcePage view={view} />;
}
