import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { DeployedTable } from "@/components/check/deployed-table";
import { SiemLinks } from "@/components/check/siem-links";
import { SiemUpload } from "@/components/check/siem-upload";
import { getDeployedView } from "@/lib/operations/get-deployed-view";
import { importSiemAction, linkSiemAction, previewSiemAction } from "./actions";

export const metadata: Metadata = { title: "Deployed rules" };

export default async function DeployedPage() {
  const view = await pageData(getDeployedView);
  return (
    <DeployedTable view={view}>
      <SiemUpload actions={{ preview: previewSiemAction, apply: importSiemAction }} systems={view.systems.map(({ name }) => name)} />
      <div>
        <SiemLinks packed={view.lines} link={linkSiemAction} />
      </div>
    </DeployedTable>
  );
}
