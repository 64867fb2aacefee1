import { GitCompareArrows } from "lucide-react";
import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { ComparePage } from "@/components/compare/compare-page";
import { LargeComparison } from "@/components/compare/large-comparison";
import { KeptLink } from "@/components/layout/kept-link";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { getComparisonView } from "@/lib/operations/get-comparison-view";
import type { SearchParams } from "../../read-choice";
import { startComparisonAction } from "../actions";
import { readCompareQuery } from "./read-compare-query";

export const metadata: Metadata = { title: "What changed" };

export default async function CompareRoute({ searchParams }: { searchParams: SearchParams }) {
  const query = readCompareQuery(await searchParams);
  const found = await pageData((ctx) => getComparisonView(ctx, query));
  if (found.state === "ready") return <ComparePage view={found.view} />;
  return (
    <PageBody>
      <PageHeader title="What changed" say="The difference of two assessments, divided over what moved it." />
      {found.state === "large" ? (
        <LargeComparison start={startComparisonAction.bind(null, found.a.id, found.b.id)} cells={found.cells} title={`${found.a.label} to ${found.b.label}`} />
      ) : (
        <EmptyState
          icon={GitCompareArrows}
          title={found.assessments === 0 ? "No assessment yet" : "No earlier assessment"}
          action={
            <Button asChild variant="primary">
              <KeptLink href="/assessments?run=1">Run an assessment</KeptLink>
            </Button>
          }
        >
          Two assessments make a difference. Run one now, and another when something has changed.
        </EmptyState>
      )}
    </PageBody>
  );
}
