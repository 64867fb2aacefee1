import { describe, expect, test } from "vitest";
import { DEFAULT_POLICY } from "./default-policy";
import { findSilentFamilies } from "./find-silent-families";
import { DAY_MS, HOUR_MS } from "./instants";
import type { ScoringInput } from "./scoring-input";
import { AT, makeRecords } from "./testing/make-input";

type Input = ScoringInput["measurements"][number];

const nothing = (family: string, changes: Partial<Input> = {}): Input => ({ segment: "mac", kind: `${family}:*`, complete: true, records: false, hosts: [], asOf: AT - HOUR_MS, ...changes });
const rows = (family: string, host: string): Input => ({ ...nothing(family), kind: `${family}:SignInLogs`, asOf: AT - 3 * DAY_MS, hosts: [{ host, count: 9, last: AT - 3 * DAY_MS, filled: [] }] });
const silent = (measurements: readonly Input[], { roster = null, records = [] }: { roster?: readonly string[] | null; records?: ReturnType<typeof makeRecords>[] } = {}) =>
  [...findSilentFamilies(measurements, [], () => records, AT, DEFAULT_POLICY, roster && roster.map((host) => ({ host, platform: "macOS" }))).keys()];

describe("a complete query that found nothing", () => {
  test("silences a family of machines: every one of them was asked for", () => {
    expect(silent([nothing("macos-esf")], { roster: ["pc-1"] })).toEqual(["macos-esf"]);
  });

  test.each(["entra-id", "aws-cloudtrail", "kubernetes", "nsm-zeek"])("does not silence %s: what stands for a host there need not be on the roster", (family) => {
    expect(silent([nothing(family)], { roster: ["pc-1"] })).toEqual([]);
    expect(silent([nothing(family)])).toEqual([]);
    expect(silent([nothing(family, { kind: `${family}:SignInLogs` })], { roster: ["pc-1"] })).toEqual([]);
  });

  test("silences the family of a tenant that showed something before and is a host of the segment", () => {
    expect(silent([rows("entra-id", "tenant-1"), nothing("entra-id")], { roster: ["pc-1", "tenant-1"] })).toEqual(["entra-id"]);
    expect(silent([nothing("entra-id")], { roster: ["tenant-1"], records: [makeRecords("tenant-1", 3, { kind: "entra-id:SignInLogs", freshFirst: AT - 3 * DAY_MS, freshLast: AT - 3 * DAY_MS })] })).toEqual(["entra-id"]);
    expect(silent([rows("entra-id", "tenant-1"), nothing("entra-id")])).toEqual(["entra-id"]);
  });

  test("says nothing of a tenant that is no host of the segment, whatever came from it before", () => {
    expect(silent([rows("entra-id", "tenant-1"), nothing("entra-id")], { roster: ["pc-1"] })).toEqual([]);
    expect(silent([nothing("entra-id")], { records: [makeRecords("", 3, { kind: "entra-id:SignInLogs" })] })).toEqual([]);
  });

  test("a watched folder that delivered the family asks for no hosts", () => {
    expect(silent([nothing("entra-id", { watched: true })], { roster: ["pc-1"] })).toEqual(["entra-id"]);
  });
});
