import { describe, expect, test } from "vitest";
import { makeSegment } from "../testing/make-input";
import { gradeContextOf } from "./grade-context";

const claim = (changes: object = {}) => ({ logSource: "WinEventLog:Sysmon", channel: "EventCode=1", component: "", retentionDays: null, ...changes });
const mixed = makeSegment("s", { assets: 30, platforms: [{ name: "Windows", hosts: 20 }, { name: "macOS", hosts: 10 }], roster: [{ host: "ws-1", platform: "Windows" }, { host: "mac-1", platform: "macOS" }] });

describe("what grading knows of a segment", () => {
  test("a source is held against the hosts of the platforms it runs on, and against their roster", () => {
    const contextOf = gradeContextOf(mixed, []);
    expect(contextOf("windows-sysmon")).toMatchObject({ hosts: 20, roster: ["ws-1"] });
    expect(contextOf("macos-esf")).toMatchObject({ hosts: 10, roster: ["mac-1"] });
    expect(contextOf(null)).toMatchObject({ hosts: 30, roster: ["ws-1", "mac-1"] });
  });
  test("a segment of unknown size stays unknown, and so does a retention that nobody states", () => {
    expect(gradeContextOf(makeSegment("s", { assets: 0 }), [])("macos-esf")).toMatchObject({ hosts: null, roster: null, retentionDays: null, claimedKinds: [] });
  });
  test("of several retentions the shortest counts, of this source only", () => {
    const contextOf = gradeContextOf(mixed, [claim({ retentionDays: 90 }), claim({ retentionDays: 7 }), claim({ logSource: "macos:endpointsecurity", channel: "", retentionDays: 3 })]);
    expect(contextOf("windows-sysmon").retentionDays).toBe(7);
    expect(contextOf("macos-esf").retentionDays).toBe(3);
  });
  test("kinds that a claim names must be seen; a claim of a whole log source names none", () => {
    expect(gradeContextOf(mixed, [claim()])("windows-sysmon").claimedKinds).toEqual(["windows-sysmon:1"]);
    expect(gradeContextOf(mixed, [claim({ channel: "" })])("windows-sysmon").claimedKinds).toEqual([]);
    expect(gradeContextOf(mixed, [claim()])("macos-esf").claimedKinds).toEqual([]);
  });
});
