import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { ResolutionPage } from "@/components/resolutions/resolution-page";
import { getResolution } from "@/lib/operations/get-resolution";
import { candidateKindsAction, setOverrideAction, withdrawOverrideAction } from "../actions";

export const metadata: Metadata = { title: "Log source" };

export default async function ResolutionRoute({ params }: { params: Promise<{ reference: string }> }) {
  const { reference } = await params;
  const view = await pageData((ctx) => getResolution(ctx, reference));
  return <ResolutionPage view={view} actions={{ save: setOverrideAction, candidates: candidateKindsAction }} withdraw={withdrawOverrideAction} />;
}
