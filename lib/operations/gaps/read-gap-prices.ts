import { readCosts } from "@/lib/gaps/plan/store";
import { openGapPrices, type GapPrice, type PriceableGap } from "@/lib/gaps/price-gap";
import type { OperationContext } from "../context";

/** What gaps cost by the prices in force (the newest stated ones, else Sightline's estimates), and their currency. */
export async function readGapPrices(ctx: OperationContext): Promise<{ readonly currency: string; readonly priceOf: (gap: PriceableGap) => GapPrice }> {
  const { settings } = await readCosts(ctx.db);
  return { currency: settings.rates.currency, priceOf: openGapPrices(settings) };
}
