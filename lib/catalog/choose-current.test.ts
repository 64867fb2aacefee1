import { expect, test } from "vitest";
import { chooseCurrent, supersedesStarter } from "./choose-current";
import { compareReleases } from "./compare-releases";
import type { Snapshot } from "./types";

const snapshot = (release: string, change: Partial<Snapshot> = {}): Snapshot => ({
  id: release,
  domain: "enterprise",
  release,
  origin: release.startsWith("starter") ? "starter" : "mitre",
  digest: "",
  fileName: "",
  releaseFrom: "option",
  detectOnly: false,
  current: false,
  retiredAt: null,
  importedAt: "",
  importedBy: "",
  objectCount: 0,
  issueCount: 0,
  counts: {},
  ...change,
});

test("releases are ordered by their numbers, not as text", () => {
  expect(["19.10", "9.0", "19.2", "starter-19.1", "19"].sort(compareReleases)).toEqual(["starter-19.1", "9.0", "19", "19.2", "19.10"]);
});

test("the highest release is current, in whatever order they came", () => {
  expect(chooseCurrent([snapshot("19.1"), snapshot("18.1")], false).current).toBe("19.1");
  expect(chooseCurrent([snapshot("9.0"), snapshot("19.1")], false).current).toBe("19.1");
});

test("with keep the current release stays, and the first one becomes current all the same", () => {
  expect(chooseCurrent([snapshot("19.1"), snapshot("18.1", { current: true })], true).current).toBe("18.1");
  expect(chooseCurrent([snapshot("19.1")], true).current).toBe("19.1");
});

test("the starter is current only while nothing was published to us", () => {
  expect(chooseCurrent([snapshot("starter-19.1")], false)).toEqual({ current: "starter-19.1", retire: [] });
  expect(chooseCurrent([snapshot("starter-19.1"), snapshot("18.1")], false)).toEqual({ current: "18.1", retire: [] });
});

test("of several editions of the starter the newest is current, by number; a published release retires those that it is as new as", () => {
  const editions = [snapshot("starter-9.0"), snapshot("starter-18.1"), snapshot("starter-19.1")];
  expect(chooseCurrent(editions, false)).toEqual({ current: "starter-19.1", retire: [] });
  expect(chooseCurrent(editions.slice(0, 2), false).current).toBe("starter-18.1");
  expect(chooseCurrent([...editions, snapshot("18.1")], false)).toEqual({ current: "18.1", retire: ["starter-18.1", "starter-9.0"] });
  expect(supersedesStarter({ ...snapshot("20.0"), domain: "mobile" }, snapshot("starter-19.1"))).toBe(false);
});

test("19.1 or later retires the starter, once", () => {
  expect(chooseCurrent([snapshot("starter-19.1", { current: true }), snapshot("19.1")], true)).toEqual({ current: "19.1", retire: ["starter-19.1"] });
  expect(chooseCurrent([snapshot("starter-19.1", { retiredAt: "2026-01-01" }), snapshot("20.0")], false)).toEqual({ current: "20.0", retire: [] });
});
