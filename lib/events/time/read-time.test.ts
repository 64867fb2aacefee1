import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readEpochSeconds, readEpochUnits, readIsoTime } from "./read-time";
import { zoneOffsetMs } from "./zone-offset";

const iso = (text: unknown, zone = "UTC") => {
  const reading = readIsoTime(text, "t", zone);
  return "time" in reading ? [new Date(reading.time.ms).toISOString(), reading.time.precision, reading.time.zone] : reading.untimed;
};

describe("times of records", () => {
  test.each<[string, string[] | string]>([
    ["2026-03-02T09:15:30Z", ["2026-03-02T09:15:30.000Z", "s", "known"]],
    ["2026-03-02 10:15:31.348728+0100", ["2026-03-02T09:15:31.348Z", "us", "known"]],
    ["2026-03-02T09:15:30.880814738Z", ["2026-03-02T09:15:30.880Z", "ns", "known"]],
    ["2026-03-02T09:15:30.5-05:30", ["2026-03-02T14:45:30.500Z", "ms", "known"]],
    ["2026-03-02 09:15:30.615", ["2026-03-02T09:15:30.615Z", "ms", "unknown"]],
    ["2024-02-29T00:00:00Z", ["2024-02-29T00:00:00.000Z", "s", "known"]],
    ["2026-02-29T00:00:00Z", "bad-time"],
    ["2026-13-01T00:00:00Z", "bad-time"],
    ["-2026-03-02T09:15:30Z", "bad-time"],
    ["1601-01-01T00:00:00Z", "absurd-time"],
    ["1969-12-31T23:59:59Z", "absurd-time"],
    ["2100-01-01T00:00:00Z", "absurd-time"],
    ["9999-12-31T23:59:59Z", "absurd-time"],
    ["yesterday", "bad-time"],
    ["", "no-time"],
  ])("%s", (text, wanted) => expect(iso(text)).toEqual(wanted));

  test("a text without a zone is read in the zone given, summer time included", () => {
    expect(iso("2026-07-01 12:00:00", "Europe/Berlin")).toEqual(["2026-07-01T10:00:00.000Z", "s", "unknown"]);
    expect(iso("2026-01-01 12:00:00", "Europe/Berlin")).toEqual(["2026-01-01T11:00:00.000Z", "s", "unknown"]);
    expect(iso("2026-07-01 12:00:00", "Asia/Kolkata")).toEqual(["2026-07-01T06:30:00.000Z", "s", "unknown"]);
  });

  test("the wall clock of every zone is found again from the instant", () => {
    fc.assert(
      fc.property(fc.constantFrom("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia"), fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2040, 0) }), (zone, instant) => {
        const text = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" }).format(instant);
        const wall = Date.parse(`${text.replace(" ", "T")}Z`);
        const found = wall - zoneOffsetMs(zone, wall);
        // The hour that a clock change repeats has two instants; both show this wall clock.
        expect(new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" }).format(found)).toBe(text);
      }),
    );
  });

  test("seconds since 1970, as numbers and texts; others are refused", () => {
    const epoch = (value: unknown) => {
      const reading = readEpochSeconds(value, "t");
      return "time" in reading ? reading.time.ms : reading.untimed;
    };
    expect(epoch(1772442930.588504)).toBe(1772442930588);
    expect(epoch("1772442930")).toBe(1772442930000);
    expect(epoch("1772442930.5")).toBe(1772442930500);
    expect(epoch(-5)).toBe("absurd-time");
    expect(epoch(1e300)).toBe("bad-time");
    expect(epoch(1772442930588)).toBe("absurd-time");
    expect(epoch("-")).toBe("no-time");
    expect(epoch({})).toBe("bad-time");
  });

  test("epochs in milli-, micro- and nanoseconds, as numbers or digits", () => {
    const read = (value: unknown, unit: "ms" | "us" | "ns") => {
      const reading = readEpochUnits(value, "t", unit);
      return "time" in reading ? [reading.time.ms, reading.time.precision] : reading.untimed;
    };
    expect(read(1772442930417, "ms")).toEqual([1772442930417, "ms"]);
    expect(read("1772442930417123", "us")).toEqual([1772442930417, "us"]);
    expect(read("1772442930417123456", "ns")).toEqual([1772442930417, "ns"]);
    expect(read(1772442930, "ms")).toBe("absurd-time");
    expect(read("1772442930.5", "ms")).toBe("bad-time");
    expect(read("", "ms")).toBe("no-time");
    expect(read(true, "ms")).toBe("bad-time");
  });
});
