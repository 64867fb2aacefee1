import { DEFAULT_COSTS } from "@/lib/gaps/costs";
import { openGapPrices, type GapPrice, type PriceableGap } from "@/lib/gaps/price-gap";
import type { OperationContext } from "../context";

/** What gaps cost by the prices in force, and their currency. */
export async function readGapPrices(_ctx: OperationContext): Promise<{ readonly currency: string; readonly priceOf: (gap: PriceableGap) => GapPrice }> {
  const settings = await Promise.resolve(DEFAULT_COSTS);
  return { currency: settings.rates.currency, priceOf: openGapPrices(settings) };
}
