import { KeptLink } from "@/components/layout/kept-link";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import type { WhatIfView } from "@/lib/reports/telemetry-what-if-view";
import { counted } from "@/lib/shared/format-number";
import { ProductList } from "./product-list";
import { WhatIfConfigurationForm, type PreviewWhatIf } from "./what-if-configuration";
import { WhatIfResult } from "./what-if-result";

/** What a product or a configuration would give, if it were collected: which requirements would be claimed, and where. */
export function WhatIfPage({ view, segment, preview }: { view: WhatIfView; segment: string | null; preview: PreviewWhatIf }) {
  const { chosen, products, segments } = view;
  const product = products.find(({ id }) => id === chosen?.product);
  const where = segments.find(({ id }) => id === segment);
  return (
    <PageBody>
      <PageHeader
        title="What could a source give"
        say={`Choose a product, or paste a configuration: which requirements would be claimed ${where === undefined ? "in which segments" : `in ${where.name}`}, counted by the scorer itself. At best a cell becomes declared: a claim proves nothing, and nothing here is stored.`}
        actions={
          <Button asChild>
            <KeptLink href="/telemetry">Telemetry map</KeptLink>
          </Button>
        }
      />
      <div className="grid items-start gap-3 xl:grid-cols-[minmax(0,1fr)_minmax(0,1.35fr)]">
        <ProductList view={view} />
        <div className="grid min-w-0 gap-3">
          {chosen === null || product === undefined ? (
            <Card className="p-4 text-ink-2">{chosen === null ? "Choose a product on the left to see what it would give." : "No segment of the fleet has a platform that this product runs on."}</Card>
          ) : (
            <Card className="pb-1">
              <CardHeader title={product.name} note={counted(chosen.kinds.length, "record kind")} say={`${product.configuration}. ${product.why}`} />
              <p className="px-3 pt-1 text-xs text-ink-3 md:px-4">After: {product.source}.</p>
              <WhatIfResult result={chosen.result} />
              <details className="border-t px-3 py-2 text-xs md:px-4">
                <summary className="cursor-pointer py-1">Record kinds it would write: {counted(chosen.kinds.length, "kind")}</summary>
                <p className="pt-1 font-mono [overflow-wrap:anywhere] text-ink-2">{chosen.kinds.join(", ")}</p>
              </details>
            </Card>
          )}
          <WhatIfConfigurationForm segments={segments} segment={segment} assessment={view.assessment} preview={preview} />
        </div>
      </div>
    </PageBody>
  );
}
