import { Library } from "lucide-react";
import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { SnapshotTable } from "@/components/catalog/snapshot-table";
import { KeptLink } from "@/components/layout/kept-link";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { getReleaseChoices } from "@/lib/operations/get-release-choices";
import { listSnapshots } from "@/lib/operations/list-snapshots";
import { counted } from "@/lib/shared/format-number";

export const metadata: Metadata = { title: "Catalog" };

export default async function CatalogPage() {
  const snapshots = await pageData(listSnapshots);
  const { pairs } = await pageData(getReleaseChoices);
  const importLink = (
    <Button asChild variant="primary">
      <KeptLink href="/imports/catalog">Import a bundle</KeptLink>
    </Button>
  );
  return (
    <PageBody>
      <PageHeader title="Catalog" say={snapshots.length === 0 ? "What ATT&CK publishes, release by release." : `${counted(snapshots.length, "release")} of ATT&CK, side by side. Assessments name the releases they pin.`} actions={snapshots.length > 0 ? importLink : undefined} />
      {snapshots.length === 0 ? (
        <EmptyState icon={Library} title="No catalog yet" action={importLink}>
          Nothing can be asked before it is known which analytics exist. Import MITRE’s STIX bundle of enterprise, mobile or ICS.
        </EmptyState>
      ) : (
        <SnapshotTable snapshots={snapshots} pairs={pairs} />
      )}
    </PageBody>
  );
}
