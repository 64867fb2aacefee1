import { describeRefusal } from "@/lib/events/describe-refusal";
import type { DatasetView } from "@/lib/events/dataset-types";
import { getDatasetView, listRefusals, summariseKinds, type KindTotals } from "@/lib/events/store";
import type { Refusals } from "@/lib/events/read-events";
import { SightlineError } from "@/lib/shared/errors";
import { componentById } from "@/lib/telemetry/component-index";
import { componentsOfKind } from "@/lib/telemetry/record-kinds";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

export interface DatasetDetail extends DatasetView {
  readonly kinds: readonly (KindTotals & { readonly components: readonly { readonly id: string; readonly name: string }[] })[];
  readonly refusals: readonly (Refusals["reasons"][number] & { readonly says: string })[]; // says: for all of a reason; message: of its first record
}

/** One imported sample with what it holds by record kind, and what was refused and why. */
export async function getDataset(ctx: OperationContext, id: string): Promise<DatasetDetail> {
  authorize(ctx, "events.read", "none");
  const dataset = await getDatasetView(ctx.db, id);
  if (dataset === null) throw new SightlineError("NOT_FOUND", "There is no such dataset.");
  authorize(ctx, "events.read", [dataset.segmentId]);
  const kinds = await summariseKinds(ctx.db, id);
  return {
    ...dataset,
    kinds: kinds.map((totals) => ({ ...totals, components: componentsOfKind(totals.kind).map((component) => ({ id: component, name: componentById(component)?.name ?? component })) })),
    refusals: (await listRefusals(ctx.db, id)).map((refusal) => ({ ...refusal, says: describeRefusal(refusal.reason) })),
  };
}
