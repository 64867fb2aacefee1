import { FileSearch } from "lucide-react";
import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { ImportTabs } from "@/components/imports/import-tabs";
import { JobPanel } from "@/components/jobs/job-panel";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { FieldMappings } from "@/components/rules/field-mappings";
import { RuleSources } from "@/components/rules/rule-sources";
import { RulesUpload } from "@/components/rules/rules-upload";
import { EmptyState } from "@/components/ui/empty-state";
import { getRulesImportView } from "@/lib/operations/get-rules-import-view";
import { loadMappingAction, removeSourceAction, withdrawMappingAction } from "../../rules/actions";
import { OFFERED_IMPORTS } from "../offered-imports";

export const metadata: Metadata = { title: "Import rules" };

export default async function RulesImportPage() {
  const view = await pageData(getRulesImportView);
  return (
    <JobPanel jobs={view.jobs}>
      <PageBody>
        <PageHeader title="Imports" say="Sigma rules, correlations and filters. Authors, licences and references stay with every rule." actions={<ImportTabs current="/imports/rules" offered={OFFERED_IMPORTS} />} />
        <RulesUpload />
        {view.sources.length > 0 ? (
          <RuleSources view={view} remove={removeSourceAction} />
        ) : (
          <EmptyState icon={FileSearch} title="No rules yet">
            Drop a zip or tar.gz of Sigma rules, the public ones or your own. What cannot be evaluated is listed with its line and what to do.
          </EmptyState>
        )}
        <FieldMappings inForce={view.mappings.inForce} versions={view.mappings.versions} actions={{ load: loadMappingAction, withdraw: withdrawMappingAction }} />
      </PageBody>
    </JobPanel>
  );
}
