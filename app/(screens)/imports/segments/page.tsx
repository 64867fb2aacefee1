import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { FleetUpload } from "@/components/imports/fleet-upload";
import { ImportHistory } from "@/components/imports/import-history";
import { ImportTabs } from "@/components/imports/import-tabs";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { listInventoryImports } from "@/lib/operations/list-inventory-imports";
import { listSegments } from "@/lib/operations/list-segments";
import { OFFERED_IMPORTS } from "../offered-imports";
import { importRosterAction, importSegmentsAction, previewRosterAction, previewSegmentsAction } from "./actions";

export const metadata: Metadata = { title: "Import segments and rosters" };

export default async function FleetImportPage() {
  const [segments, imports] = await Promise.all([pageData((ctx) => listSegments(ctx)), pageData(listInventoryImports)]);
  return (
    <PageBody>
      <PageHeader
        title="Imports"
        say="Segments are the parts of the fleet that are judged apart. A roster lists the hosts of one segment: only they can prove it."
        actions={<ImportTabs current="/imports/segments" offered={OFFERED_IMPORTS} />}
      />
      <FleetUpload
        segments={segments.map(({ id, name }) => ({ id, name }))}
        segmentsFile={{ preview: previewSegmentsAction, apply: importSegmentsAction }}
        rosterFile={{ preview: previewRosterAction, apply: importRosterAction }}
      />
      <ImportHistory imports={imports.filter(({ kind }) => kind !== "inventory")} empty="No segments or rosters have been imported yet." />
    </PageBody>
  );
}
