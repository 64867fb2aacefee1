import { describe, expect, test } from "vitest";
import { UNKNOWN_FAMILY, familyOf } from "@/lib/telemetry/family-of";
import { kindsOfClaim } from "@/lib/telemetry/resolve-claim";
import { knownSources, matchSource } from "./match-source";

describe("what collectors call a source", () => {
  test.each(knownSources().map(({ names, source }) => [names[0], source] as const))("%s means a log source of ATT&CK whose records carry something", (_, source) => {
    expect(familyOf(source.logSource)).not.toBe(UNKNOWN_FAMILY);
    expect(kindsOfClaim({ ...source, component: "" }, source.platform === "" ? null : source.platform).kinds).not.toEqual([]);
  });

  test.each([
    ["XmlWinEventLog:Microsoft-Windows-Sysmon/Operational", "WinEventLog:Sysmon"],
    ["WinEventLog:Security", "WinEventLog:Security"],
    ["logs-system.auth-default", "linux:auth"],
    [".ds-logs-aws.cloudtrail-prod-2026.11.01-000003", "AWS:CloudTrail"],
    ["SigninLogs", "azure:signinlogs"],
  ])("%s is unwrapped to %s", (name, logSource) => {
    expect(matchSource(name, []).map((source) => source.logSource)).toEqual([logSource]);
  });

  test("a name that serves two platforms follows the segment; a name nobody knows is nothing", () => {
    expect(matchSource("osquery:results", ["macOS"]).map(({ logSource }) => logSource)).toEqual(["macos:osquery"]);
    expect(matchSource("osquery:results", [])).toHaveLength(2);
    expect(matchSource("acme:widgets", [])).toEqual([]);
  });
});
