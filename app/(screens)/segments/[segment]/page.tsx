import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { SegmentQuality } from "@/components/probes/segment-quality";
import { SegmentPage } from "@/components/segments/segment-page";
import { RetireSegment } from "@/components/segments/retire-segment";
import { SegmentForm } from "@/components/segments/segment-form";
import { fieldsOf } from "@/components/segments/segment-fields";
import { getQuality } from "@/lib/operations/get-quality";
import { getSegmentView } from "@/lib/operations/get-segment-view";
import { readChoice, type SearchParams } from "../../read-choice";
import { editSegmentAction, setSegmentRetiredAction, setTargetAction } from "../actions";

export const metadata: Metadata = { title: "Segment" };

export default async function SegmentRoute({ params, searchParams }: { params: Promise<{ segment: string }>; searchParams: SearchParams }) {
  const [{ segment: id }, { assessment }] = await Promise.all([params, readChoice(searchParams)]);
  const view = await pageData((ctx) => getSegmentView(ctx, { id, assessment }));
  const { segment } = view;
  const quality = await pageData((ctx) => getQuality(ctx, { segmentId: segment.id }));
  return (
    <SegmentPage
      view={view}
      setTarget={setTargetAction}
      quality={<SegmentQuality sources={quality} claims={view.claims} />}
      actions={
        <>
          {segment.retiredAt ? null : <SegmentForm label="Edit" title={`Edit ${segment.name}`} initial={fieldsOf(segment)} save={editSegmentAction.bind(null, segment.id)} variant="plain" />}
          <RetireSegment name={segment.name} retired={segment.retiredAt !== null} save={setSegmentRetiredAction.bind(null, segment.id)} />
        </>
      }
    />
  );
}
