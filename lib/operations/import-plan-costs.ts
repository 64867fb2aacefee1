import { emitAudit } from "@/lib/audit/emit-audit";
import { withTransaction } from "@/lib/db/with-transaction";
import { unpricedLicences, type CostRow, type CostSettings } from "@/lib/gaps/costs";
import { readCostsCsv, type ParsedCosts } from "@/lib/gaps/plan/read-costs-csv";
import { insertCosts, readCosts } from "@/lib/gaps/plan/store";
import { segmentKey } from "@/lib/inventory/segment-key";
import { listSegmentsForScoring } from "@/lib/inventory/store";
import { authorize } from "./authorize";
import type { OperationContext } from "./context";
import { readSource, type InventorySource } from "./inventory/read-source";
import { refuseEmptyImport } from "./inventory/refuse-empty-import";

export interface CostsImported extends ParsedCosts {
  readonly version: number; // that holds them; unchanged when nothing was new
  readonly changed: number;
  readonly unpriced: readonly string[]; // shared licences that rows name and that nobody prices, as all of it stands now
}

/**
 * Reads what collections cost from a CSV. A row replaces what was stated of the same collection in the same segment; everything else
 * stays. Refused rows are in the result, the others are written as the next version.
 *
 * @throws SightlineError when the file is no such CSV, or no row of it was understood
 */
export async function importPlanCosts(ctx: OperationContext, source: InventorySource): Promise<CostsImported> {
  authorize(ctx, "plan.write", "all");
  const file = await readSource(ctx, source);
  return withTransaction(ctx.db, async (tx) => {
    const names = new Set((await listSegmentsForScoring(tx)).map(({ name }) => segmentKey(name)));
    const parsed = readCostsCsv(file.fileName, file.text, names, segmentKey);
    refuseEmptyImport(file.fileName, parsed.refused, parsed.understood.length);
    const now = await readCosts(tx);
    const settings = mergeRows(now.settings, parsed.understood);
    const changed = parsed.understood.filter((row) => !now.settings.rows.some((known) => JSON.stringify(known) === JSON.stringify(row))).length;
    if (changed === 0) return { ...parsed, version: now.version, changed, unpriced: unpricedLicences(settings) };
    const version = await insertCosts(tx, settings, { at: ctx.clock(), actor: ctx.actor.name, reason: `import of ${file.fileName}` });
    await emitAudit(tx, ctx, { action: "plan.costs", target: `plan-costs/${version}`, detail: { fileName: file.fileName, fileDigest: file.digest, rows: parsed.understood.length, refused: parsed.refused.length, changed } });
    return { ...parsed, version, changed, unpriced: unpricedLicences(settings) };
  });
}

/** The settings with these rows in place of those of the same segment and collection. */
export function mergeRows(settings: CostSettings, rows: readonly CostRow[]): CostSettings {
  const keyOf = ({ segment, collection }: CostRow): string => `${segmentKey(segment)}\n${segmentKey(collection)}`;
  const merged = new Map([...settings.rows, ...rows].map((row) => [keyOf(row), row]));
  return { ...settings, rows: [...merged.keys()].sort().flatMap((key) => merged.get(key) ?? []) };
}
