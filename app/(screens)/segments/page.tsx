import { Network } from "lucide-react";
import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { sayTargets } from "@/components/segments/say-targets";
import { SegmentForm } from "@/components/segments/segment-form";
import { SegmentTable } from "@/components/segments/segment-table";
import { EmptyState } from "@/components/ui/empty-state";
import { getSegmentsView } from "@/lib/operations/get-segments-view";
import { counted } from "@/lib/shared/format-number";
import { readChoice, type SearchParams } from "../read-choice";
import { createSegmentAction, setTargetAction } from "./actions";

export const metadata: Metadata = { title: "Segments" };

export default async function SegmentsPage({ searchParams }: { searchParams: SearchParams }) {
  const { assessment } = await readChoice(searchParams);
  const rows = await pageData((ctx) => getSegmentsView(ctx, assessment));
  const live = rows.filter((row) => row.segment.retiredAt === null);
  const create = <SegmentForm label="Create a segment" title="Create a segment" save={createSegmentAction} />;
  return (
    <PageBody>
      <PageHeader title="Segments" numbers={rows.some(({ assessed }) => assessed !== null)} say={`${counted(live.length, "segment")}, ${counted(live.reduce((sum, row) => sum + row.segment.assets, 0), "host")}. ${sayTargets(live)}`} actions={rows.length > 0 ? create : undefined} />
      {rows.length === 0 ? (
        <EmptyState icon={Network} title="No segment yet" action={create}>
          A segment is a part of the fleet that is collected alike: its platforms, how many hosts, how critical, who owns it. Every answer is given per segment.
        </EmptyState>
      ) : (
        <SegmentTable rows={rows} setTarget={setTargetAction} />
      )}
    </PageBody>
  );
}
