import { listAlertRows, writeQuiet } from "@/lib/alerts/store";
import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

/** acknowledge: seen, and told no more while it lasts. snooze: quiet until the end of a day. wake: neither. */
export interface QuietRequest {
  readonly ids: readonly number[];
  readonly how: "acknowledge" | "snooze" | "wake";
  readonly reason?: string; // acknowledge and snooze need one
  readonly until?: string; // snooze: ISO date, at most 90 days ahead
}

const MOST_DAYS = 90;

/**
 * Acknowledges or snoozes alerts. Nothing is mended by it: they stand until an assessment finds them gone.
 *
 * @returns how many alerts it concerned
 * @throws SightlineError INVALID naming the field, NOT_FOUND
 */
export async function quietAlerts(ctx: OperationContext, { ids, how, reason = "", until }: QuietRequest): Promise<number> {
  authorize(ctx, "alert.write", "none");
  const now = ctx.clock();
  const text = reason.trim();
  if (how !== "wake" && text === "") throw new SightlineError("INVALID", "Say why.", { field: "reason" });
  if (text.length > 2_000) throw new SightlineError("INVALID", "The reason is longer than 2000 characters.", { field: "reason" });
  const end = how === "snooze" ? readDay(until, now) : null;
  return withTransaction(ctx.db, async (tx) => {
    const rows = await listAlertRows(tx, { ids });
    const missing = ids.filter((id) => !rows.some((row) => row.id === id));
    if (missing.length > 0 || ids.length === 0) throw new SightlineError("NOT_FOUND", ids.length === 0 ? "No alert is named." : `There is no alert ${missing.join(", ")}.`, { field: "alert", remedy: "See sightline alerts list." });
    authorize(ctx, "alert.write", [...new Set(rows.map(({ alert }) => alert.segmentId))]);
    const by = how === "wake" ? null : ctx.actor.name;
    await writeQuiet(tx, ids, { acknowledged: how === "acknowledge" ? now : null, until: end, by, reason: how === "wake" ? null : text });
    await emitAudit(tx, ctx, { action: `alert.${how}`, target: ids.length === 1 ? `alert/${ids[0] ?? ""}` : "alerts", detail: { alerts: [...ids], reason: text, until: end?.toISOString() ?? null } });
    return rows.length;
  });
}

function readDay(text: string | undefined, now: Date): Date {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text ?? "") ? new Date(`${text ?? ""}T23:59:59.999Z`) : new Date(NaN);
  if (Number.isNaN(day.getTime())) throw new SightlineError("INVALID", `"${text ?? ""}" is not a date.`, { field: "until", remedy: "Write it as 2027-05-31." });
  if (day <= now || day.getTime() - now.getTime() > MOST_DAYS * 86_400_000) throw new SightlineError("INVALID", `An alert is quiet for at most ${MOST_DAYS} days from today.`, { field: "until" });
  return day;
}
