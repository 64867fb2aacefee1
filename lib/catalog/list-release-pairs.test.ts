import { expect, test } from "vitest";
import { listReleasePairs } from "./list-release-pairs";

const published = (release: string, current = false) => ({ domain: "enterprise", release, origin: "mitre", current }) as const;
const starter = (release: string, current = false) => ({ domain: "enterprise", release, origin: "starter", current }) as const;
const said = (...snapshots: Parameters<typeof listReleasePairs>[0][number][]) => listReleasePairs(snapshots).map(({ from, to, way }) => `${way} ${from} ${to}`);

test("newer releases come first, then what changed since older ones, then the way back", () => {
  expect(said(published("9.0"), published("18.1"), published("19.1", true), published("19.2"), published("20.0"))).toEqual(["ahead 19.1 20.0", "ahead 19.1 19.2", "since 18.1 19.1", "since 9.0 19.1", "back 19.1 18.1", "back 19.1 9.0"]);
});

test("editions of the starter are held against each other by number, never against a published release, and nobody chooses one", () => {
  expect(said(starter("starter-9.0"), starter("starter-18.1"), starter("starter-19.1", true))).toEqual(["since starter-18.1 starter-19.1", "since starter-9.0 starter-19.1"]);
  expect(said(starter("starter-19.1"), published("19.1", true), published("18.1"))).toEqual(["since 18.1 19.1", "back 19.1 18.1"]);
  expect(said(starter("starter-18.1", true), starter("starter-19.1"))).toEqual([]);
});

test("a domain without a current release, or with that one alone, has nothing to look at", () => {
  expect(said(published("18.1"), published("19.1"))).toEqual([]);
  expect(listReleasePairs([published("19.1", true), { ...published("18.1"), domain: "mobile" }])).toEqual([]);
});
