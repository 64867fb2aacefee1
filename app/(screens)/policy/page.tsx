import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { PolicyPage } from "@/components/policy/policy-page";
import { getPolicyView } from "@/lib/operations/get-policy-view";
import { addExclusionAction, previewPolicyAction, setPolicyAction, withdrawExclusionAction } from "./actions";

export const metadata: Metadata = { title: "Policy" };

export default async function PolicyScreen() {
  return <PolicyPage view={await pageData(getPolicyView)} actions={{ preview: previewPolicyAction, save: setPolicyAction, exclude: addExclusionAction, withdraw: withdrawExclusionAction }} />;
}
