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
      <PageHeader title="Catalog" say={sayHeld(snapshots.filter(({ origin }) => origin === "mitre").length, snapshots.filter(({ origin }) => origin === "starter").length)} actions={snapshots.length > 0 ? importLink : undefined} />
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

/** What is held, releases as MITRE publishes them apart from editions of our excerpt. */
function sayHeld(published: number, editions: number): string {
  const excerpt = `${counted(editions, "edition")} of the starter catalogue, an excerpt`;
  if (published > 0) return `${counted(published, "release")} of ATT&CK${editions > 0 ? ` and ${excerpt}` : ""}, side by side. Assessments name the releases they pin.`;
  return editions > 0 ? `${excerpt} of ATT&CK. Import MITRE’s bundles for whole releases. Assessments name what they pin.` : "What ATT&CK publishes, release by release.";
}
