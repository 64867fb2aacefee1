import { Library } from "lucide-react";
import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { KeptLink } from "@/components/layout/kept-link";
import { PageBody } from "@/components/layout/page-header";
import { AnalyticsTable } from "@/components/tables/analytics-table";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { getAnalyticsView } from "@/lib/operations/get-analytics-view";
import { readChoice, type SearchParams } from "../read-choice";

export const metadata: Metadata = { title: "Analytics" };

export default async function AnalyticsPage({ searchParams }: { searchParams: SearchParams }) {
  const { assessment } = await readChoice(searchParams);
  const view = await pageData((ctx) => getAnalyticsView(ctx, assessment));
  if (view.rows.length > 0) return <AnalyticsTable view={view} />;
  return (
    <PageBody>
      <EmptyState
        icon={Library}
        title="No analytics yet"
        action={
          <Button asChild variant="primary">
            <KeptLink href="/imports/catalog">Import a catalog</KeptLink>
          </Button>
        }
      >
        The analytics are ATT&CK’s. Import a release to see them; run an assessment to see where each could have seen something.
      </EmptyState>
    </PageBody>
  );
}
