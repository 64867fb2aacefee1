import { Database, Layers } from "lucide-react";
import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { DatasetFilters } from "@/components/imports/dataset-filters";
import { DatasetTable } from "@/components/imports/dataset-table";
import { EventsUpload } from "@/components/imports/events-upload";
import { ImportTabs } from "@/components/imports/import-tabs";
import { WatchedFolders } from "@/components/imports/watched-folders";
import { JobPanel } from "@/components/jobs/job-panel";
import { KeptLink } from "@/components/layout/kept-link";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { getEventsImportView } from "@/lib/operations/get-events-import-view";
import { counted, formatCount } from "@/lib/shared/format-number";
import type { SearchParams } from "../read-choice";
import { forgetFolderAction } from "./actions";
import { OFFERED_IMPORTS } from "./offered-imports";
import { readDatasetFilter } from "./read-dataset-filter";

export const metadata: Metadata = { title: "Imports" };

export default async function EventsImportPage({ searchParams }: { searchParams: SearchParams }) {
  const filter = readDatasetFilter(await searchParams);
  const view = await pageData((ctx) => getEventsImportView(ctx, filter));
  const { all, rows } = view.datasets;
  return (
    <JobPanel jobs={view.jobs}>
      <PageBody>
        <PageHeader
          title="Imports"
          say={
            all.files === 0 ? (
              "Sample events are what turns a claim into proof."
            ) : (
              <>
                <strong>{formatCount(all.records)}</strong> records accepted, <strong>{formatCount(all.refused)}</strong> refused with a reason, in {counted(all.files, "file")}.
              </>
            )
          }
          actions={<ImportTabs current="/imports" offered={OFFERED_IMPORTS} />}
        />
        {view.segments.length === 0 ? (
          <EmptyState
            icon={Layers}
            title="Events need a segment to belong to"
            action={
              <Button asChild variant="primary">
                <KeptLink href="/segments">Create a segment</KeptLink>
              </Button>
            }
          >
            A segment is a part of the fleet: its platforms, how many hosts, how critical, who owns it.
          </EmptyState>
        ) : (
          <EventsUpload segments={view.segments} formats={view.formats} />
        )}
        <WatchedFolders folders={view.watched} segmentNames={view.segmentNames} forget={forgetFolderAction} />
        {all.files > 0 ? (
          <>
            <DatasetFilters page={view.datasets} segments={view.segments} />
            {rows.length > 0 ? <DatasetTable datasets={rows} segmentNames={view.segmentNames} /> : <p className="text-ink-2">No file fits these filters.</p>}
          </>
        ) : view.segments.length > 0 ? (
          <EmptyState icon={Database} title="No events yet">
            Export an hour of records from the tools of one segment and drop the file above. Formats are told from the content.
          </EmptyState>
        ) : null}
      </PageBody>
    </JobPanel>
  );
}
