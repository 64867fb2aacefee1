import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { costRatesSchema, costRowSchema, type CostRow } from "@/lib/gaps/costs";
import { COST_COLUMNS, readCostsCsv } from "@/lib/gaps/plan/read-costs-csv";
import { insertCosts, readCosts } from "@/lib/gaps/plan/store";
import { segmentKey } from "@/lib/inventory/segment-key";
import { listSegmentsForScoring } from "@/lib/inventory/store";
import { SightlineError } from "@/lib/shared/errors";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { mergeRows } from "./import-plan-costs";

/** One change of what is stated: a row, its removal, or the rates. */
export type CostChange =
  | { readonly set: CostRow }
  | { readonly remove: Pick<CostRow, "segment" | "collection"> }
  | { readonly rates: { readonly currency?: string; readonly perEffortDay?: number; readonly perGbDay?: number } };

/**
 * Writes the next version of the costs.
 *
 * @returns its number
 * @throws SightlineError INVALID naming what cannot be, NOT_FOUND for a row that is not stated
 */
export async function setPlanCosts(ctx: OperationContext, change: CostChange): Promise<number> {
  authorize(ctx, "plan.write", "all");
  return withTransaction(ctx.db, async (tx) => {
    const { settings } = await readCosts(tx);
    let next = settings;
    if ("rates" in change) {
      const rates = costRatesSchema.safeParse({ ...settings.rates, ...change.rates });
      if (!rates.success) throw new SightlineError("INVALID", "A rate is an amount of money.", { field: String(rates.error.issues[0]?.path[0] ?? "rates"), remedy: "Write digits, and a currency of at most 8 letters." });
      next = { ...settings, rates: rates.data };
    } else if ("set" in change) {
      const row = costRowSchema.safeParse(change.set);
      if (!row.success) throw new SightlineError("INVALID", "A cost is an amount of at least 0.", { field: String(row.error.issues[0]?.path[0] ?? "") });
      next = mergeRows(settings, [row.data]);
    } else {
      const { segment, collection } = change.remove;
      const rows = settings.rows.filter((row) => segmentKey(row.segment) !== segmentKey(segment) || segmentKey(row.collection) !== segmentKey(collection));
      if (rows.length === settings.rows.length) throw new SightlineError("NOT_FOUND", `Nothing is stated of ${collection} in ${segment}.`);
      next = { ...settings, rows };
    }
    const version = await insertCosts(tx, next, { at: ctx.clock(), actor: ctx.actor.name, reason: "by hand" });
    await emitAudit(tx, ctx, { action: "plan.costs", target: `plan-costs/${version}`, detail: { ...change } });
    return version;
  });
}

/** A row as people type it: amounts are texts, empty where nothing is stated. */
export interface TypedCost {
  readonly segment: string; // "" or "*": all
  readonly collection: string;
  readonly licence: string;
  readonly volumeGbPerDay: string;
  readonly effortDays: string;
  readonly sharedLicence: string;
  readonly note: string;
}

/**
 * States one cost, read by the same rules as a row of a file.
 *
 * @returns the version that holds it
 * @throws SightlineError INVALID naming the field
 */
export async function statePlanCost(ctx: OperationContext, typed: TypedCost): Promise<number> {
  authorize(ctx, "plan.write", "all");
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const line = [typed.segment, typed.collection, typed.licence, typed.volumeGbPerDay, typed.effortDays, typed.sharedLicence, typed.note].map(cell).join(",");
  const names = new Set((await listSegmentsForScoring(ctx.db)).map(({ name }) => segmentKey(name)));
  const { understood, refused } = readCostsCsv("", `${COST_COLUMNS.join(",")}\n${line}\n`, names, segmentKey);
  const [row, problem] = [understood[0], refused[0]];
  if (row === undefined) throw new SightlineError("INVALID", problem?.message ?? "Nothing is stated.", { field: problem?.field ?? "collection", remedy: problem?.remedy ?? "Write a collection and what it costs." });
  return setPlanCosts(ctx, { set: row });
}
