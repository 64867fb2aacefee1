import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { RecordBrowser } from "@/components/telemetry/record-browser";
import { browseRecords } from "@/lib/operations/browse-records";
import { readRecordFilter, recordQuery } from "../../../../read-record-filter";
import type { SearchParams } from "../../../../read-choice";

export const metadata: Metadata = { title: "Records" };

export default async function RecordsPage({ params, searchParams }: { params: Promise<{ dataset: string }>; searchParams: SearchParams }) {
  const { dataset } = await params;
  const filter = readRecordFilter(await searchParams);
  const view = await pageData((ctx) => browseRecords(ctx, { datasetId: dataset, filter }));
  const start = `/imports/events/${encodeURIComponent(dataset)}/records?`;
  const own = view.filter;
  return (
    <RecordBrowser
      view={view}
      links={{
        previous: view.pages > 1 && own.page > 1 ? start + recordQuery(own, { page: own.page - 1 }) : null,
        next: own.page < view.pages ? start + recordQuery(own, { page: own.page + 1 }) : null,
        goOn: view.goOn === null ? null : start + recordQuery(own, { after: view.goOn }),
        again: start + recordQuery(own, { page: own.page }),
        all: start,
        back: recordQuery(own, { page: own.page, after: own.after }),
      }}
    />
  );
}
