import { FileSearch } from "lucide-react";
import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { KeptLink } from "@/components/layout/kept-link";
import { PageBody } from "@/components/layout/page-header";
import { RulesTable } from "@/components/rules/rules-table";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { getRulesView } from "@/lib/operations/get-rules-view";

export const metadata: Metadata = { title: "Rules" };

export default async function RulesPage() {
  const view = await pageData(getRulesView);
  if (view.rules.size > 0) return <RulesTable view={view} />;
  return (
    <PageBody>
      <EmptyState
        icon={FileSearch}
        title="No rules yet"
        action={
          <Button asChild variant="primary">
            <KeptLink href="/imports/rules">Import Sigma rules</KeptLink>
          </Button>
        }
      >
        A rule says what to look for; an analytic says what should be seen. Import Sigma rules to see which of them could fire here, and for which analytics.
      </EmptyState>
    </PageBody>
  );
}
