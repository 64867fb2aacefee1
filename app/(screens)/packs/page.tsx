import { Package } from "lucide-react";
import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { JobPanel } from "@/components/jobs/job-panel";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { PackTable } from "@/components/packs/pack-table";
import { PackUpload } from "@/components/packs/pack-upload";
import { EmptyState } from "@/components/ui/empty-state";
import { getPacksView } from "@/lib/operations/get-packs-view";

export const metadata: Metadata = { title: "Packs" };

export default async function PacksPage() {
  const view = await pageData(getPacksView);
  return (
    <JobPanel jobs={view.jobs}>
      <PageBody>
        <PageHeader title="Packs" say="What is known about an analytic beyond what ATT&CK publishes: requirements and how they join, rules, values to adapt, advice, and samples that prove it." />
        {view.packs.length > 0 ? (
          <PackTable packs={view.packs} />
        ) : (
          <EmptyState icon={Package} title="No packs yet">
            The packs that come with Sightline are loaded when its jobs start. A pack of your own is a zip: drop it below.
          </EmptyState>
        )}
        <PackUpload jobs={view.jobs} />
      </PageBody>
    </JobPanel>
  );
}
