import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { ImportHistory } from "@/components/imports/import-history";
import { ImportTabs } from "@/components/imports/import-tabs";
import { InventoryGuides } from "@/components/imports/inventory-guides";
import { InventoryUpload } from "@/components/imports/inventory-upload";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { getInventoryImportView } from "@/lib/operations/get-inventory-import-view";
import { OFFERED_IMPORTS } from "../offered-imports";
import { applyInventoryAction, previewInventoryAction } from "./actions";

export const metadata: Metadata = { title: "Import an inventory" };

export default async function InventoryImportPage() {
  const { segments, formats, imports } = await pageData(getInventoryImportView);
  return (
    <PageBody>
      <PageHeader
        title="Imports"
        say="An inventory says what each segment is believed to collect. It is kept as a claim, with its basis and date: proof outranks it."
        actions={<ImportTabs current="/imports/inventory" offered={OFFERED_IMPORTS} />}
      />
      <InventoryUpload preview={previewInventoryAction} apply={applyInventoryAction} segments={segments} formats={formats} />
      <InventoryGuides formats={formats} />
      <ImportHistory imports={imports} empty="No inventory has been imported yet." />
    </PageBody>
  );
}
