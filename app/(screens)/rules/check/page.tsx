import { FileSearch } from "lucide-react";
import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { CheckTable } from "@/components/check/check-table";
import { StartCheck } from "@/components/check/start-check";
import { KeptLink } from "@/components/layout/kept-link";
import { PageBody } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { getCheckView } from "@/lib/operations/get-check-view";
import { startCheckAction } from "./actions";

export const metadata: Metadata = { title: "Can rules fire" };

export default async function RuleCheckPage() {
  const { view, rules } = await pageData(getCheckView);
  if (view !== null && rules > 0) return <CheckTable view={view} start={startCheckAction} />;
  return (
    <PageBody>
      <EmptyState
        icon={FileSearch}
        title={rules === 0 ? "No rules yet" : "Nobody has checked yet"}
        action={
          rules === 0 ? (
            <Button asChild variant="primary">
              <KeptLink href="/imports/rules">Import Sigma rules</KeptLink>
            </Button>
          ) : (
            <StartCheck start={startCheckAction} variant="primary">
              Check all rules
            </StartCheck>
          )
        }
      >
        For every rule and segment: did its records come from there, with the event and the fields that it asks for? From rules and events alone.
      </EmptyState>
    </PageBody>
  );
}
