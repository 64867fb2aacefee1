import { ListChecks } from "lucide-react";
import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { GapsTable } from "@/components/gaps/gaps-table";
import { KeptLink } from "@/components/layout/kept-link";
import { OfAssessment } from "@/components/how-computed/shown-assessment";
import { PageBody } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { getGapsView } from "@/lib/operations/get-gaps-view";
import { commentGapAction, setGapsAction } from "./actions";

export const metadata: Metadata = { title: "Gaps" };

export default async function GapsPage() {
  const view = await pageData(getGapsView);
  if (view.assessment !== null)
    return (
      <OfAssessment id={view.assessment.id}>
        <GapsTable view={view} actions={{ set: setGapsAction, comment: commentGapAction }} />
      </OfAssessment>
    );
  return (
    <PageBody>
      <EmptyState
        icon={ListChecks}
        title="No gap was found yet"
        action={
          <Button asChild variant="primary">
            <KeptLink href="/assessments">Run an assessment</KeptLink>
          </Button>
        }
      >
        An assessment says which analytics could not have seen it where, and why. What the same collection would close becomes one gap here, with an owner, a date and a history.
      </EmptyState>
    </PageBody>
  );
}
