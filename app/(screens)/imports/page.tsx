import { Database, Layers } from "lucide-react";
import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
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
import { OFFERED_IMPORTS } from "./offered-imports";

export const metadata: Metadata = { title: "Imports" };

export default async function EventsImportPage() {
  const view = await pageData(getEventsImportView);
  const accepted = view.datasets.reduce((sum, dataset) => sum + dataset.records, 0);
  const refused = view.datasets.reduce((sum, dataset) => sum + dataset.refused, 0);
  return (
    <JobPanel jobs={view.jobs}>
      <PageBody>
        <PageHeader
          title="Imports"
          say={
            view.datasets.length === 0 ? (
              "Sample events are what turns a claim into proof."
            ) : (
              <>
                <strong>{formatCount(accepted)}</strong> records accepted, <strong>{formatCount(refused)}</strong> refused with a reason, in {counted(view.datasets.length, "file")}.
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
        <WatchedFolders folders={view.watched} segmentNames={view.segmentNames} />
        {view.datasets.length > 0 ? (
          <DatasetTable datasets={view.datasets} segmentNames={view.segmentNames} />
        ) : view.segments.length > 0 ? (
          <EmptyState icon={Database} title="No events yet">
            Export an hour of records from the tools of one segment and drop the file above. Formats are told from the content.
          </EmptyState>
        ) : null}
      </PageBody>
    </JobPanel>
  );
}
