import { Sparkles } from "lucide-react";
import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { KeptLink } from "@/components/layout/kept-link";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { WhatIfPage } from "@/components/telemetry/what-if-page";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { getWhatIf } from "@/lib/operations/get-what-if";
import { readChoice, type SearchParams } from "../../read-choice";
import { previewWhatIfAction } from "./actions";

export const metadata: Metadata = { title: "What could a source give" };

export default async function WhatIfRoute({ searchParams }: { searchParams: SearchParams }) {
  const { assessment, segment } = await readChoice(searchParams);
  const { product } = await searchParams;
  const view = await pageData((ctx) => getWhatIf(ctx, { assessment, product: typeof product === "string" && product !== "" ? product : null, segment }));
  if (view !== null) return <WhatIfPage view={view} segment={segment} preview={previewWhatIfAction} />;
  return (
    <PageBody>
      <PageHeader title="What could a source give" />
      <EmptyState
        icon={Sparkles}
        title="Nothing has been assessed yet"
        action={
          <Button asChild variant="primary">
            <KeptLink href="/assessments?run=1">Run an assessment</KeptLink>
          </Button>
        }
      >
        What a source would add is counted against an assessment.
      </EmptyState>
    </PageBody>
  );
}
