import { describe, expect, test } from "vitest";
import type { SourceCell, TelemetryMapView } from "@/lib/reports/telemetry-states";
import { filterMap, hasState, type MapFilter } from "./filter-map";
import { ageAt, hostShare, hostsOf, sayCell, sayQuality } from "./map-cell";

const cell = (family: number, segment: number, changes: Partial<SourceCell> = {}): SourceCell => ({ family, segment, state: "absent", flags: [], hosts: 0, of: 10, records: 0, newest: null, asked: 1, met: 0, claims: 0, analytics: 3, cited: 1, served: 0, quality: { worst: null, fail: 0, warn: 0, indicative: 0, pass: 0 }, ...changes });
const segment = (id: string, platform: string) => ({ id, name: `${id} fleet`, platforms: [platform], hosts: 10, criticality: 3, observed: 0, applicable: 4 });
const VIEW: TelemetryMapView = {
  assessment: 1,
  at: 10 * 86_400_000,
  freshDays: 30,
  silentHours: 24,
  segments: [segment("win", "Windows"), segment("cloud", "IaaS"), segment("mac", "macOS")],
  families: [
    { id: "macos-esf", title: "Endpoint Security", group: "macOS", needed: true, analytics: 3 },
    { id: "windows-sysmon", title: "Sysmon", group: "Windows", needed: true, analytics: 3 },
    { id: "edr-santa", title: "Santa", group: "macOS", needed: false, analytics: 3 },
  ],
  cells: [cell(0, 2, { state: "proven", records: 9, hosts: 9 }), cell(1, 0, { state: "part", flags: ["contradicted"] }), cell(2, 2)],
  say: [],
  later: 0,
};
const ALL: MapFilter = { segment: null, platform: null, group: null, state: null, all: false, text: "" };
const names = (filter: Partial<MapFilter>) => {
  const { families, segments, count } = filterMap(VIEW, { ...ALL, ...filter });
  return { families: families.map((position) => VIEW.families[position]?.id), segments: segments.map((position) => VIEW.segments[position]?.id), count };
};

describe("the map's filters", () => {
  test("segments of one platform stand together, in the order of the sources", () => expect(names({}).segments).toEqual(["mac", "win", "cloud"]));
  test("sources that nobody names, sends or claims are shown when asked for", () => {
    expect(names({}).families).toEqual(["macos-esf", "windows-sysmon"]);
    expect(names({ all: true }).families).toEqual(["macos-esf", "windows-sysmon", "edr-santa"]);
  });
  test("a platform keeps its segments, and the sources that have a cell there", () => expect(names({ platform: "Windows" })).toEqual({ families: ["windows-sysmon"], segments: ["win"], count: 1 }));
  test("a state keeps rows and columns in which it occurs, a flag counts as one", () => {
    expect(names({ state: "contradicted" })).toEqual({ families: ["windows-sysmon"], segments: ["win"], count: 1 });
    expect(names({ state: "proven" })).toEqual({ families: ["macos-esf"], segments: ["mac"], count: 1 });
    expect(names({ state: "silent" })).toEqual({ families: [], segments: [], count: 0 });
    expect(hasState({ state: "part", flags: ["contradicted"] }, "part")).toBe(true);
  });
  test("text looks for sources first, and for segments where no source has it", () => {
    expect(names({ text: " sysmon " }).families).toEqual(["windows-sysmon"]);
    expect(names({ text: "mac fleet" })).toMatchObject({ segments: ["mac"], families: ["macos-esf"] });
    expect(names({ text: "nothing" }).count).toBe(0);
  });
  test("a group and a segment narrow together", () => expect(names({ group: "macOS", segment: "mac", all: true })).toEqual({ families: ["macos-esf", "edr-santa"], segments: ["mac"], count: 2 }));
});

describe("a cell in words", () => {
  test("a share stands only where somebody stated how many there are", () => {
    expect(hostShare({ hosts: 1, of: 3 })).toBe(333_333);
    expect(hostShare({ hosts: 1, of: 0 })).toBeNull();
    expect(hostsOf({ hosts: 2, of: 0 })).toBe("2 hosts, of how many nobody stated");
  });
  test("ages are rounded down: never younger by words than by days", () => {
    expect(ageAt(100_000_000_000, 100_000_000_000 - 47 * 3_600_000)).toBe("1 d");
    expect(ageAt(100_000, 60_000)).toBe("now");
    expect(ageAt(0, 200_000)).toBe("now");
  });
  test("probes are counted, worst first", () => {
    expect(sayQuality({ worst: null, fail: 0, warn: 0, indicative: 0, pass: 0 })).toBe("no probe computed");
    expect(sayQuality({ worst: "fail", fail: 1, warn: 2, indicative: 0, pass: 4 })).toBe("1 fails, 2 warn, 4 pass");
    expect(sayQuality({ worst: "pass", fail: 0, warn: 0, indicative: 0, pass: 1 })).toBe("1 probe passes");
  });
  test("its title says state, hosts, age and whom it serves", () => {
    expect(sayCell(cell(0, 0, { state: "part", flags: ["contradicted"], hosts: 5, records: 9, newest: 9 * 86_400_000, served: 1 }), 10 * 86_400_000)).toBe("partly proven, contradicted; 5 of 10 hosts, 9 fresh records; newest 1 d old; serves 1 of 3 analytics");
    expect(sayCell(cell(0, 0), 0)).toBe("absent; never seen; serves 0 of 3 analytics");
  });
});
