import { SearchX } from "lucide-react";
import { KeptLink } from "@/components/layout/kept-link";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default function NotFound() {
  return (
    <PageBody>
      <PageHeader title="Not found" />
      <EmptyState
        icon={SearchX}
        title="There is nothing at this address"
        action={
          <Button asChild>
            <KeptLink href="/">Overview</KeptLink>
          </Button>
        }
      >
        The id may be mistyped, or belong to a release, segment or assessment that is not here. ⌘K finds things by name.
      </EmptyState>
    </PageBody>
  );
}
