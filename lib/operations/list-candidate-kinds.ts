import { candidateKinds, type CandidateKind } from "@/lib/reports/resolution-view";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** The record kinds that an override of this component could name on these platforms, with the fields they must fill. */
export async function listCandidateKinds(ctx: OperationContext, ask: { readonly component: string; readonly platforms: readonly string[] }): Promise<readonly CandidateKind[]> {
  authorize(ctx, "resolution.read", "none");
  return candidateKinds(ask.component, ask.platforms);
}
