import type { Tx } from "@/lib/db/client";
import { markZoneChanged } from "@/lib/events/store";
import type { Segment } from "@/lib/inventory/types";
import { enqueueJob } from "@/lib/jobs/enqueue-job";
import { counted } from "@/lib/shared/format-number";
import type { OperationContext } from "../context";

/**
 * After a segment's time zone changed: samples with times that name no zone were read in the old one. They are out of date
 * from now on, and a job is queued that reads them again; an assessment waits for it.
 *
 * @returns how many samples that concerns
 */
export async function followTimeZone(tx: Tx, ctx: Pick<OperationContext, "actor" | "clock">, before: Pick<Segment, "timeZone">, after: Pick<Segment, "id" | "name" | "timeZone">): Promise<number> {
  if (before.timeZone === after.timeZone) return 0;
  const stale = await markZoneChanged(tx, after.id);
  if (stale > 0) await enqueueJob(tx, { kind: "events-rederive", title: `Read ${counted(stale, "sample")} of ${after.name} again in its new time zone`, input: {}, actor: ctx.actor.name, now: ctx.clock() });
  return stale;
}
