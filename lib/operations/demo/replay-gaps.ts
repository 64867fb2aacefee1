import { listGapEvents } from "@/lib/gaps/store";
import { readGapLabel } from "@/lib/gaps/gap-key";
import { commentGap } from "../comment-gap";
import type { OperationContext } from "../context";
import { listGaps } from "../list-gaps";
import { setGaps } from "../set-gaps";
import type { DemoStep } from "./demo-content";

/**
 * What people of the demonstration decided about gaps that an earlier assessment had found. What is decided or said already stays
 * as it is; a gap that another catalogue than the starter did not open is passed over.
 *
 * @param dateOf days after T0 as an ISO date
 */
export async function replayGaps(ctx: OperationContext, decisions: DemoStep["gaps"], dateOf: (days: number) => string): Promise<void> {
  if (decisions.length === 0) return;
  const gaps = await listGaps(ctx);
  for (const { segment, component, family, state, owner, due, reason, expires, comment } of decisions) {
    const gap = gaps.find((one) => one.segment === segment && one.family === family && (one.component?.name ?? null) === component);
    if (gap === undefined) continue;
    await setGaps(ctx, { ids: [gap.id], change: { owner, ...(state === undefined ? {} : { state }), ...(due === undefined ? {} : { due: dateOf(due) }), ...(reason === undefined ? {} : { reason }), ...(expires === undefined ? {} : { expires: dateOf(expires) }) } });
    if (comment === undefined) continue;
    const said = await listGapEvents(ctx.db, readGapLabel(gap.id) ?? 0);
    if (!said.some(({ kind, text }) => kind === "comment" && text === comment)) await commentGap(ctx, { id: gap.id, text: comment });
  }
}
