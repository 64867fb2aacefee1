import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { DeployedTable } from "@/components/check/deployed-table";
import { SiemUpload } from "@/components/check/siem-upload";
import { getDeployedView } from "@/lib/operations/get-deployed-view";
import { importSiemAction, previewSiemAction } from "./actions";

export const metadata: Metadata = { title: "Deployed rules" };

export default async function DeployedPage() {
  const view = await pageData(getDeployedView);
  return (
    <DeployedTable view={view}>
      <SiemUpload actions={{ preview: previewSiemAction, apply: importSiemAction }} systems={view.systems.map(({ name }) => name)} />
    </DeployedTable>
  );
}
