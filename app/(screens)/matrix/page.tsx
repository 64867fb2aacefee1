import { Grid3x3 } from "lucide-react";
import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { KeptLink } from "@/components/layout/kept-link";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { TechniqueMatrix } from "@/components/matrix/technique-matrix";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { getMatrixView } from "@/lib/operations/get-matrix-view";
import { listWhatIfAction, removeLayerAction } from "./actions";
import { readChoice, type SearchParams } from "../read-choice";

export const metadata: Metadata = { title: "Matrix" };

export default async function MatrixPage({ searchParams }: { searchParams: SearchParams }) {
  const { assessment, segment } = await readChoice(searchParams);
  const { against, domain, overlay, whatif } = await searchParams;
  const one = (value: string | string[] | undefined): string | null => (typeof value === "string" && value !== "" ? value : null);
  const view = await pageData((ctx) => getMatrixView(ctx, { assessment, segment, against: one(against), domain: one(domain), layer: /^layer:(.+)$/.exec(one(overlay) ?? "")?.[1] ?? null, whatIf: one(whatif) }));
  if (view !== null) return <TechniqueMatrix view={view} layerActions={{ remove: removeLayerAction }} listWhatIf={listWhatIfAction} />;
  return (
    <PageBody>
      <PageHeader title="Matrix" say="What could have been seen, technique by technique." />
      <EmptyState
        icon={Grid3x3}
        title="Nothing has been assessed yet"
        action={
          <>
            <Button asChild variant="primary">
              <KeptLink href="/assessments?run=1">Run an assessment</KeptLink>
            </Button>
            <Button asChild>
              <KeptLink href="/imports">Import sample events</KeptLink>
            </Button>
          </>
        }
      >
        The matrix shows what an assessment decided of every technique. Import a catalog, segments and sample events, then run one.
      </EmptyState>
    </PageBody>
  );
}
