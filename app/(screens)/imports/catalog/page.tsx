import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { CatalogUpload } from "@/components/catalog/catalog-upload";
import { SnapshotTable } from "@/components/catalog/snapshot-table";
import { ImportTabs } from "@/components/imports/import-tabs";
import { JobPanel } from "@/components/jobs/job-panel";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { getReleaseChoices } from "@/lib/operations/get-release-choices";
import { listJobs } from "@/lib/operations/list-jobs";
import { listSnapshots } from "@/lib/operations/list-snapshots";
import { OFFERED_IMPORTS } from "../offered-imports";

export const metadata: Metadata = { title: "Import a catalog" };

export default async function CatalogImportPage() {
  const [snapshots, { pairs }, jobs] = await Promise.all([pageData(listSnapshots), pageData(getReleaseChoices), pageData((ctx) => listJobs(ctx, { limit: 30 }))]);
  return (
    <JobPanel jobs={jobs}>
      <PageBody>
        <PageHeader title="Imports" say="ATT&CK bundles as MITRE publishes them, STIX 2.1, plain or gzip." actions={<ImportTabs current="/imports/catalog" offered={OFFERED_IMPORTS} />} />
        <CatalogUpload />
        {snapshots.length > 0 ? <SnapshotTable snapshots={snapshots} pairs={pairs} /> : null}
      </PageBody>
    </JobPanel>
  );
}
