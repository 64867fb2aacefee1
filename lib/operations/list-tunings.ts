import { listTuningVersions } from "@/lib/detection/tuning/store";
import { toTuningRows, type TuningRow } from "@/lib/detection/tuning/tuning-row";
import { findSegment, findSegmentByName, listSegments } from "@/lib/inventory/store";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** Every version of every value that was tuned, of segments that the actor may see. @throws SightlineError NOT_FOUND for an unknown segment */
export async function listTunings(ctx: OperationContext, query: { readonly segment?: string; readonly analytic?: string } = {}): Promise<TuningRow[]> {
  authorize(ctx, "tuning.read", "none");
  const segment = query.segment === undefined ? undefined : ((await findSegmentByName(ctx.db, query.segment)) ?? (await findSegment(ctx.db, query.segment)));
  if (segment === null) throw new SightlineError("NOT_FOUND", `There is no segment named "${query.segment ?? ""}".`, { field: "segment" });
  if (segment !== undefined) authorize(ctx, "tuning.read", [segment.id]);
  const versions = await listTuningVersions(ctx.db, segment === undefined ? ctx.segments : [segment.id]);
  const names = new Map((await listSegments(ctx.db, { retired: true })).map(({ id, name }) => [id, name]));
  const analytic = query.analytic?.trim().toUpperCase();
  return toTuningRows(versions.filter(({ scope }) => analytic === undefined || scope === analytic), names, ctx.clock().toISOString().slice(0, 10));
}
