import fc from "fast-check";
import { expect, test } from "vitest";
import { UNTIMED_HOUR } from "../types";
import { HourCells, type HourCell } from "./hour-cells";

const HOUR_MS = 3_600_000;

const seenArb = fc.record({
  series: fc.integer({ min: 0, max: 40 }).map((n) => n * 97), // some beyond the first room
  ms: fc.option(fc.oneof(fc.integer({ min: 0, max: 60 * HOUR_MS }), fc.double({ min: 0, max: 4e12, noNaN: true })), { nil: null, freq: 12 }),
});

function countWithMaps(seen: readonly { series: number; ms: number | null }[]): Map<number, Map<number, HourCell>> {
  const all = new Map<number, Map<number, HourCell>>();
  for (const { series, ms } of seen) {
    const hour = ms === null ? UNTIMED_HOUR : Math.floor(ms / HOUR_MS);
    const hours = all.get(series) ?? new Map<number, HourCell>();
    all.set(series, hours);
    const before = hours.get(hour) ?? { hour, count: 0, first: null, last: null };
    const first = ms === null ? before.first : Math.min(before.first ?? ms, ms);
    const last = ms === null ? before.last : Math.max(before.last ?? ms, ms);
    hours.set(hour, { hour, count: before.count + 1, first, last });
  }
  return all;
}

test("cells in columns count what a map per series and hour counts, in the order in which the hours appeared", () => {
  fc.assert(
    fc.property(fc.array(seenArb, { maxLength: 6000, size: "max" }), (seen) => {
      const cells = new HourCells();
      for (const { series, ms } of seen) cells.add(series, ms === null ? UNTIMED_HOUR : Math.floor(ms / HOUR_MS), ms);
      const expected = countWithMaps(seen);
      for (const series of new Set([...expected.keys(), 1, 5000])) expect([...cells.of(series)]).toEqual([...(expected.get(series)?.values() ?? [])]);
    }),
    { numRuns: 40 },
  );
});

test("more cells than there is room for at first are all kept, whatever the order of their hours", () => {
  const cells = new HourCells();
  const hours = Array.from({ length: 9000 }, (_, i) => (i * 7919) % 9000);
  for (const round of [0, 1]) for (const hour of hours) cells.add(3, hour, hour * HOUR_MS + round);
  expect([...cells.of(3)]).toEqual(hours.map((hour) => ({ hour, count: 2, first: hour * HOUR_MS, last: hour * HOUR_MS + 1 })));
});
