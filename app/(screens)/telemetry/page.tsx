import { RadioTower } from "lucide-react";
import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { KeptLink } from "@/components/layout/kept-link";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { TelemetryMap } from "@/components/telemetry/telemetry-map";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { getTelemetryMap } from "@/lib/operations/get-telemetry-map";
import { readChoice, type SearchParams } from "../read-choice";

export const metadata: Metadata = { title: "Telemetry" };

export default async function TelemetryPage({ searchParams }: { searchParams: SearchParams }) {
  const { assessment } = await readChoice(searchParams);
  const view = await pageData((ctx) => getTelemetryMap(ctx, assessment));
  if (view !== null && view.segments.length > 0) return <TelemetryMap view={view} />;
  return (
    <PageBody>
      <PageHeader title="Telemetry map" say="Which records really arrive, from how many hosts, how fresh, how good." />
      <EmptyState
        icon={RadioTower}
        title="Nothing has been assessed yet"
        action={
          <>
            <Button asChild variant="primary">
              <KeptLink href="/imports">Import sample events</KeptLink>
            </Button>
            <Button asChild>
              <KeptLink href="/assessments?run=1">Run an assessment</KeptLink>
            </Button>
          </>
        }
      >
        The map shows what an assessment counted. Import sample events or an inventory of a segment, then run an assessment.
      </EmptyState>
    </PageBody>
  );
}
