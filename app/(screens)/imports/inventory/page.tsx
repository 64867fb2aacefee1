import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { ImportHistory } from "@/components/imports/import-history";
import { ImportTabs } from "@/components/imports/import-tabs";
import { InventoryUpload } from "@/components/imports/inventory-upload";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { listInventoryImports } from "@/lib/operations/list-inventory-imports";
import { OFFERED_IMPORTS } from "../offered-imports";
import { applyInventoryAction, previewInventoryAction } from "./actions";

export const metadata: Metadata = { title: "Import an inventory" };

export default async function InventoryImportPage() {
  const imports = await pageData(listInventoryImports);
  return (
    <PageBody>
      <PageHeader
        title="Imports"
        say="An inventory says what each segment is believed to collect. It is kept as a claim, with its basis and date: proof outranks it."
        actions={<ImportTabs current="/imports/inventory" offered={OFFERED_IMPORTS} />}
      />
      <InventoryUpload preview={previewInventoryAction} apply={applyInventoryAction} />
      <ImportHistory imports={imports.filter(({ kind }) => kind === "inventory")} empty="No inventory has been imported yet." />
    </PageBody>
  );
}
