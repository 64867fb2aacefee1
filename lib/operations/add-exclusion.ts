import { insertExclusion } from "@/lib/assessment/decisions/store";
import { emitAudit } from "@/lib/audit/emit-audit";
import { findEntities } from "@/lib/catalog/store";
import { withTransaction } from "@/lib/db/with-transaction";
import { findSegment, findSegmentByName } from "@/lib/inventory/store";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";

export interface ExclusionRequest {
  readonly analytic: string;
  readonly segment: string; // name or id
  readonly reason: string;
  readonly owner: string;
  readonly expires: string; // ISO date, the last day it holds
}

/**
 * Takes a cell out of the denominator for a time: dated, owned, reasoned, at most 12 months ahead.
 *
 * @returns the id of the exclusion
 * @throws SightlineError INVALID naming the field, NOT_FOUND for an analytic or segment that does not exist
 */
export async function addExclusion(ctx: OperationContext, request: ExclusionRequest): Promise<{ readonly id: string; readonly segment: string } & Omit<ExclusionRequest, "segment">> {
  authorize(ctx, "exclusion.write", "none");
  const segment = (await findSegmentByName(ctx.db, request.segment)) ?? (await findSegment(ctx.db, request.segment));
  if (segment === null || segment.retiredAt !== null) throw new SightlineError("NOT_FOUND", `There is no segment named "${request.segment}".`, { field: "segment" });
  authorize(ctx, "exclusion.write", [segment.id]);
  const reason = required("reason", request.reason, 2_000);
  const owner = required("owner", request.owner, 200);
  const expires = readExpiry(request.expires, ctx.clock());
  const analytic = request.analytic.trim().toUpperCase();
  const known = (await findEntities(ctx.db, [analytic])).some(({ kind }) => kind === "analytic");
  if (!known) throw new SightlineError("NOT_FOUND", `No imported catalogue holds an analytic "${request.analytic}".`, { field: "analytic" });
  const id = await withTransaction(ctx.db, async (tx) => {
    const made = await insertExclusion(tx, { analytic, segmentId: segment.id, reason, owner, expires }, { at: ctx.clock(), actor: ctx.actor.name });
    await emitAudit(tx, ctx, { action: "exclusion.add", target: `exclusion/${made}`, detail: { analytic, segment: segment.name, reason, owner, expires } });
    return made;
  });
  return { id, analytic, segment: segment.name, reason, owner, expires };
}

function required(field: string, text: string, longest: number): string {
  const value = text.trim();
  if (value === "") throw new SightlineError("INVALID", `An exclusion needs its ${field}.`, { field });
  if (value.length > longest) throw new SightlineError("INVALID", `The ${field} is longer than ${longest} characters.`, { field });
  return value;
}

function readExpiry(text: string, now: Date): string {
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text.trim()) ? new Date(`${text.trim()}T00:00:00.000Z`) : new Date(NaN);
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text.trim()) throw new SightlineError("INVALID", `"${text}" is not a date.`, { field: "expires", remedy: "Write it as 2027-05-31." });
  const today = now.toISOString().slice(0, 10);
  const latest = new Date(now);
  latest.setUTCMonth(latest.getUTCMonth() + 12);
  if (text.trim() < today) throw new SightlineError("INVALID", `${text.trim()} is past.`, { field: "expires" });
  if (text.trim() > latest.toISOString().slice(0, 10)) throw new SightlineError("INVALID", "An exclusion lasts at most 12 months.", { field: "expires", remedy: `The latest day is ${latest.toISOString().slice(0, 10)}.` });
  return text.trim();
}
