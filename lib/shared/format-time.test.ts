import { describe, expect, it } from "vitest";
import { formatIsoDay, spellTimes } from "./format-time";

describe("spellTimes", () => {
  it("says a day and a time of a generated sentence as the pages do, and keeps the seconds", () => {
    expect(spellTimes("as record 1 of a.ndjson at 2026-11-21T02:57:37.765Z and none before 2026-11-07.")).toBe("as record 1 of a.ndjson at 21 Nov 2026 02:57:37.765 UTC and none before 7 Nov 2026.");
    expect(spellTimes("newest 2026-11-14 22:07 UTC")).toBe("newest 14 Nov 2026 22:07 UTC");
  });

  it("leaves a date alone that is part of a name or a number", () => {
    for (const text of ["review-2026-11-20.csv", "2026-11-20.csv", "logs/2026-11-20/a", "12026-11-20", "2026-11-201", "2026-13-45"]) expect(spellTimes(text)).toBe(text);
  });
});

describe("formatIsoDay", () => {
  it("reads the day of a date or a time, and gives back what is neither", () => {
    expect([formatIsoDay("2026-11-20"), formatIsoDay("2026-11-20T23:59:59.000Z"), formatIsoDay("2026-13-45"), formatIsoDay("soon")]).toEqual(["20 Nov 2026", "20 Nov 2026", "2026-13-45", "soon"]);
  });
});
