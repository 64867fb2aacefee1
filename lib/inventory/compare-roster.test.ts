import { expect, test } from "vitest";
import { compareRoster } from "./compare-roster";

test("hosts of the roster that no record names are never seen; hosts that records name alone are foreign", () => {
  const roster = ["a", "b"].map((key) => ({ host: key.toUpperCase(), key, platform: "Windows" }));
  const report = compareRoster(roster, [{ host: "z", lastSeen: "2026-01-02T00:00:00.000Z" }, { host: "c", lastSeen: null }, { host: "b", lastSeen: "2026-01-01T00:00:00.000Z" }, { host: "", lastSeen: null }]);
  expect(report.neverSeen.map(({ host }) => host)).toEqual(["A"]);
  expect(report.foreign.map(({ host }) => host)).toEqual(["c", "z"]);
  expect(report.roster.map(({ lastSeen }) => lastSeen)).toEqual([null, "2026-01-01T00:00:00.000Z"]);
});
