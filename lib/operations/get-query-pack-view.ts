import { QUERY_BACKENDS } from "@/lib/inventory/query-packs/backends";
import { BACKENDS } from "@/lib/inventory/query-packs/types";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { makeQueryPack, type SegmentQueryPack } from "./make-query-pack";

export interface QueryPackChoice {
  readonly pack: SegmentQueryPack;
  readonly backends: readonly { readonly id: string; readonly label: string }[];
}

/** The page of a segment's queries, for a platform; the first where none or an unknown one is named. @throws SightlineError NOT_FOUND for an unknown segment */
export async function getQueryPackView(ctx: OperationContext, input: { readonly segment: string; readonly backend: string | null }): Promise<QueryPackChoice> {
  authorize(ctx, "inventory.read", "none");
  const backend = BACKENDS.find((id) => id === input.backend) ?? BACKENDS[0];
  return { pack: await makeQueryPack(ctx, { segment: input.segment, backend }), backends: BACKENDS.map((id) => ({ id, label: QUERY_BACKENDS[id].label })) };
}
