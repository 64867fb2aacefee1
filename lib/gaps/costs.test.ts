import { describe, expect, test } from "vitest";
import { DEFAULT_COSTS, openPrices, type CostRow, type PriceQuestion } from "./costs";

const ask: PriceQuestion = { segment: { id: "s1", name: "Servers", hosts: 100 }, family: "windows-sysmon", collection: "windows-sysmon:7", kinds: ["windows-sysmon:7"], kind: "buy", present: false };
const row = (change: Partial<CostRow>): CostRow => ({ segment: "*", collection: "windows-sysmon:7", licence: null, volumeGbPerDay: null, effortDays: null, sharedLicence: null, note: "", ...change });
const prices = (...rows: CostRow[]) => openPrices({ rates: { currency: "EUR", perEffortDay: 100, perGbDay: 10 }, rows });

describe("what a collection costs", () => {
  test("the most particular statement counts, field by field, and the estimate where nobody says anything", () => {
    const price = prices(row({ volumeGbPerDay: 5, effortDays: 2 }), row({ segment: "servers ", effortDays: 4 }));
    expect(price(ask)).toMatchObject({ volumeGbPerDay: 5, effortDays: 4, total: 450, stated: true });
    expect(price({ ...ask, segment: { ...ask.segment, name: "Others" } })).toMatchObject({ effortDays: 2, total: 250 });
    expect(openPrices(DEFAULT_COSTS)(ask)).toMatchObject({ volumeGbPerDay: 2, effortDays: 3, total: 2 * 900 + 3 * 800, stated: false });
  });

  test("repairs and proofs cost effort alone, whatever is stated of licences and volume", () => {
    const price = prices(row({ licence: 9_000, volumeGbPerDay: 50, effortDays: 3, sharedLicence: "Agents" }), row({ collection: "licence:Agents", licence: 70_000 }));
    for (const kind of ["repair", "prove"] as const) expect(price({ ...ask, kind })).toMatchObject({ licence: 0, volumeGbPerDay: 0, total: 300, needs: [] });
    expect(price({ ...ask, kind: "configure", present: true })).toMatchObject({ total: 9_800, needs: [{ id: "licence:agents", segment: null, cost: 70_000 }] });
  });

  test("a product is paid once in a segment where it is bought, and not where it is there", () => {
    const price = prices(row({ collection: "windows-sysmon", licence: 5_000, effortDays: 10 }));
    expect(price(ask).needs).toEqual([{ id: "product:s1:windows-sysmon", name: "windows-sysmon", segment: "s1", cost: 6_000 }]);
    expect(price({ ...ask, kind: "configure", present: true }).needs).toEqual([]);
  });

  test("a licence for several segments stands in place of the product's own, whose roll-out is still paid in each", () => {
    const price = prices(row({ collection: "edr-generic", sharedLicence: "EDR", effortDays: 2 }), row({ collection: "licence:edr", licence: 40_000 }));
    const edr = { ...ask, family: "edr-generic", collection: "edr-generic:process/create", kinds: ["edr-generic:process/create"] };
    expect(price(edr).needs).toEqual([
      { id: "product:s1:edr-generic", name: "edr-generic", segment: "s1", cost: 200 },
      { id: "licence:edr", name: "EDR", segment: null, cost: 40_000 },
    ]);
  });
});
