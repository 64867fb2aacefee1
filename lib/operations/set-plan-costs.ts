import { emitAudit } from "@/lib/audit/emit-audit";
import type { Tx } from "@/lib/db/client";
import { withTransaction } from "@/lib/db/with-transaction";
import { costRatesSchema, wrongRate, type CostRow } from "@/lib/gaps/costs";
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
  | { readonly set: CostRow | TypedCost }
  | { readonly remove: Pick<CostRow, "segment" | "collection"> }
  | { readonly rates: { readonly currency?: string; readonly perEffortDay?: number; readonly perGbDay?: number } };

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
    let detail: Exclude<CostChange, { readonly set: unknown }> | { readonly set: CostRow };
    if ("rates" in change) {
      const rates = costRatesSchema.safeParse({ ...settings.rates, ...change.rates });
      const wrong = rates.success ? wrongRate(rates.data) : String(rates.error.issues[0]?.path[0] ?? "rates");
      if (!rates.success || wrong !== null) throw new SightlineError("INVALID", wrong === "currency" ? "A currency is a word of at most 8 letters." : "A rate is an amount of money.", { field: wrong ?? "rates", remedy: wrong === "currency" ? "Write its code, for example EUR." : "Write digits, for example 850." });
      next = { ...settings, rates: rates.data };
      detail = { rates: change.rates };
    } else if ("set" in change) {
      const set = await readStatement(tx, change.set);
      next = mergeRows(settings, [set]);
      detail = { set };
    } else {
      const { segment, collection } = change.remove;
      const rows = settings.rows.filter((row) => segmentKey(row.segment) !== segmentKey(segment) || segmentKey(row.collection) !== segmentKey(collection));
      if (rows.length === settings.rows.length) throw new SightlineError("NOT_FOUND", `Nothing is stated of ${collection} in ${segment}.`);
      next = { ...settings, rows };
      detail = { remove: change.remove };
    }
    const version = await insertCosts(tx, next, { at: ctx.clock(), actor: ctx.actor.name, reason: "by hand" });
    await emitAudit(tx, ctx, { action: "plan.costs", target: `plan-costs/${version}`, detail: { ...detail } });
    return version;
  });
}

/**
 * States one cost.
 *
 * @returns the version that holds it
 * @throws SightlineError INVALID naming the field
 */
export async function statePlanCost(ctx: OperationContext, typed: TypedCost): Promise<number> {
  authorize(ctx, "plan.write", "all");
  return setPlanCosts(ctx, { set: typed });
}

/** A statement, read by the same rules as a row of a file, however it came. */
async function readStatement(tx: Tx, given: CostRow | TypedCost): Promise<CostRow> {
  const cell = (value: string | number | null): string => `"${String(value ?? "").replaceAll('"', '""')}"`;
  const line = [given.segment, given.collection, given.licence, given.volumeGbPerDay, given.effortDays, given.sharedLicence, given.note].map(cell).join(",");
  const names = new Set((await listSegmentsForScoring(tx)).map(({ name }) => segmentKey(name)));
  const { understood, refused } = readCostsCsv("", `${COST_COLUMNS.join(",")}\n${line}\n`, names, segmentKey);
  const [row, problem] = [understood[0], refused[0]];
  if (row === undefined) throw new SightlineError("INVALID", problem?.message ?? "Nothing is stated.", { field: problem?.field ?? "collection", remedy: problem?.remedy ?? "Write a collection and what it costs." });
  return row;
}
