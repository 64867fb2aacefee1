import { KeptLink } from "@/components/layout/kept-link";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { formatCount } from "@/lib/shared/format-number";

/** A record that lies further into a file than one request reads. */
export function RecordAhead({ ahead }: { ahead: { readonly fileName: string; readonly datasetId: string; readonly number: number; readonly reached: number } }) {
  return (
    <PageBody>
      <PageHeader crumb={`Record ${formatCount(ahead.number)} of ${ahead.fileName}`} title={`Record ${formatCount(ahead.number)}`} say={ahead.fileName} />
      <EmptyState
        title="The record lies further into the file"
        action={
          <Button asChild variant="primary">
            <KeptLink href={`/imports/events/${ahead.datasetId}/records/${ahead.number}?from=${ahead.reached}`}>Read on</KeptLink>
          </Button>
        }
      >
        The file was read up to record {formatCount(ahead.reached)}. Each request reads a part of it, so that the server stays free; the next one goes on from there.
      </EmptyState>
    </PageBody>
  );
}
