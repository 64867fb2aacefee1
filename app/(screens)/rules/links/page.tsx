import { Link2 } from "lucide-react";
import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { KeptLink } from "@/components/layout/kept-link";
import { PageBody } from "@/components/layout/page-header";
import { LinksTable } from "@/components/rules/links-table";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { getLinksView } from "@/lib/operations/get-links-view";
import { decideLinksAction } from "../actions";

export const metadata: Metadata = { title: "Links between rules and analytics" };

export default async function LinksPage() {
  const links = await pageData(getLinksView);
  if (links !== null) return <LinksTable packed={links} decide={decideLinksAction} />;
  return (
    <PageBody>
      <EmptyState
        icon={Link2}
        title="No rule serves an analytic yet"
        action={
          <Button asChild variant="primary">
            <KeptLink href="/imports/rules">Import Sigma rules</KeptLink>
          </Button>
        }
      >
        Technique tags of imported rules propose links to analytics of the same platform; they count once an engineer accepts them.
      </EmptyState>
    </PageBody>
  );
}
