import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Analytic } from "@/lib/catalog/types";
import { canonicalJson } from "@/lib/shared/canonical-json";
import { assess } from "./assess";
import { buildScoringInput, freshWindow } from "./build-scoring-input";
import { DEFAULT_POLICY } from "./default-policy";
import { DAY_MS, HOUR_MS, SKEW_MS } from "./instants";
import type { PinnedInputs, WindowedAggregate } from "./pinned-inputs";
import { scoringInputSchema } from "./scoring-input";
import { AT } from "./testing/make-input";

const PROCESS = { id: "DC0032", name: "Process Creation" };
const FILE = { id: "DC0039", name: "File Creation" };

function analytic(id: string, changes: Partial<Analytic> = {}): Analytic {
  return {
    id,
    stixId: `x-mitre-analytic--${id}`,
    name: id,
    description: "",
    domain: "enterprise",
    platforms: ["Windows"],
    strategy: { id: "DET0001", name: "d" },
    strategyDeprecated: false,
    techniques: [{ id: "T1", name: "t", tactics: [] }],
    logSources: [
      { component: PROCESS, name: "WinEventLog:Sysmon", channel: "EventCode=1" },
      { component: FILE, name: "WinEventLog:Sysmon", channel: "EventCode=11" },
      { component: PROCESS, name: "WinEventLog:Security", channel: "EventCode=4688" },
      { component: PROCESS, name: "WinEventLog:Sysmon", channel: "EventCode=1" },
    ],
    mutableElements: [],
    references: [],
    version: "1.0",
    created: "",
    modified: "",
    revoked: false,
    deprecated: false,
    rawSha256: null,
    ...changes,
  };
}

const row = (changes: Partial<WindowedAggregate> = {}): WindowedAggregate => ({ segment: "s1", dataset: "d1", kind: "windows-sysmon:1", host: "ws-1", shape: ["cmd", "host", "image", "parent_image", "pid", "ts", "user"], fresh: 3, freshFirst: AT - DAY_MS, freshLast: AT - DAY_MS, stale: 0, staleLast: null, future: 0, untimed: 0, ...changes });

const pinned: PinnedInputs = {
  at: AT,
  domains: ["enterprise"],
  releases: { enterprise: "19.1" },
  catalogDigests: { enterprise: "d" },
  policy: DEFAULT_POLICY,
  weights: { profile: "uniform", version: 1, techniques: {} },
  analytics: [analytic("AN0002"), analytic("AN0001", { platforms: ["PRE"] }), analytic("AN0003", { revoked: true }), analytic("AN0004", { deprecated: true }), analytic("AN0005", { strategyDeprecated: true })],
  segments: [
    { id: "s1", name: "b", assets: 10, criticality: 3, platforms: [{ name: "Windows", hosts: null }], roster: null, target: null },
    { id: "s2", name: "a", assets: 5, criticality: 1, platforms: [{ name: "macOS", hosts: null }, { name: "Windows", hosts: 2 }], roster: [{ host: "z", platform: "Windows" }, { host: "m", platform: "macOS" }], target: null },
  ],
  claims: [
    { segmentId: "s1", source: "Sysmon", product: "", logSource: "WinEventLog:Sysmon", channel: "EventCode=1", component: "", hostsReporting: 7, asOf: "2026-06-01", basis: "flow" },
    { segmentId: "s2", source: "", product: "EDR", logSource: "WinEventLog:Security", channel: "", component: "", hostsReporting: null, asOf: null, basis: "unknown" },
    { segmentId: "gone", source: "x", product: "", logSource: "WinEventLog:Sysmon", channel: "", component: "", hostsReporting: null, asOf: null, basis: "unknown" },
  ],
  aggregates: [row(), row({ host: "ws-2", shape: ["ts", "host"] }), row({ segment: "gone" }), row({ segment: "s2", kind: "windows-security:4688", dataset: "d2" })],
  exclusions: [{ segment: "s1", analytic: "AN0002", reason: "r", owner: "o", expires: "2026-01-01" }],
};

describe("the document of an assessment", () => {
  const input = buildScoringInput(pinned);

  test("is valid, holds live analytics by id, segments by name, and nothing of segments that are gone", () => {
    expect(scoringInputSchema.strict().parse(JSON.parse(canonicalJson(input)))).toEqual(JSON.parse(canonicalJson(input)));
    expect(input.analytics.map(({ id, external, strategyDeprecated }) => [id, external, strategyDeprecated])).toEqual([["AN0001", true, false], ["AN0002", false, false], ["AN0005", false, true]]);
    expect(input.segments.map(({ name }) => name)).toEqual(["a", "b"]);
    expect([...input.claims, ...input.aggregates].map(({ segment }) => segment)).not.toContain("gone");
  });

  test("has one requirement per data component in published order; a reference that is repeated counts once", () => {
    const requirements = input.analytics[1]?.requirements;
    expect(requirements?.map(({ component, alternatives }) => [component.id, alternatives.map(({ channel }) => channel)])).toEqual([["DC0032", ["EventCode=1", "EventCode=4688"]], ["DC0039", ["EventCode=11"]]]);
    const accepted = input.acceptSets[requirements?.[0]?.alternatives[0]?.accepts ?? -1];
    expect(accepted).toContainEqual(expect.objectContaining({ kind: "windows-sysmon:1", met: "as-cited" }));
    expect(accepted).toContainEqual(expect.objectContaining({ kind: "windows-security:4688", met: "equivalent" }));
  });

  test("reads claims as the record kinds they speak of; an unknown host count or date stays unknown", () => {
    expect(input.claims.find(({ segment }) => segment === "s1")).toMatchObject({ family: "windows-sysmon", kinds: ["windows-sysmon:1"], hosts: 7, asOf: Date.UTC(2026, 5, 1), source: "Sysmon" });
    expect(input.claims.find(({ segment }) => segment === "s2")).toMatchObject({ hosts: null, asOf: null, source: "EDR", kinds: expect.arrayContaining(["windows-security:4688"]) });
  });

  test("a claimed snapshot of a list declares the states that the list shows, without a record of it; of an act it says nothing", () => {
    const state = { id: "DC0074", name: "Driver Metadata" };
    const act = { id: "DC0031", name: "Kernel Module Load" };
    const of = (id: string, component: { id: string; name: string }) => analytic(id, { platforms: ["macOS"], logSources: [{ component, name: "macos:osquery", channel: "kernel_extensions" }] });
    const claims = [{ ...pinned.claims[0], segmentId: "s2", source: "osquery", product: "", logSource: "macos:osquery", channel: "kernel_extensions#snapshot", component: "", hostsReporting: 1, asOf: "2026-06-01", basis: "configuration" as const }];
    const document = buildScoringInput({ ...pinned, analytics: [of("AN0002", state), of("AN0005", act)], segments: pinned.segments.slice(1), claims, aggregates: [] });
    expect(assess(document).cells.map(({ status }) => status)).toEqual(["declared", "blind"]);
  });

  test("P6: is the same, byte for byte, whatever the order of what was read", () => {
    const text = canonicalJson(input);
    const shuffled = <T>(items: readonly T[]) => fc.shuffledSubarray([...items], { minLength: items.length });
    fc.assert(
      fc.property(shuffled(pinned.analytics), shuffled(pinned.segments), shuffled(pinned.claims), shuffled(pinned.aggregates), (analytics, segments, claims, aggregates) => {
        const turned = segments.map((segment) => ({ ...segment, platforms: [...segment.platforms].reverse(), roster: segment.roster && [...segment.roster].reverse() }));
        const rows = aggregates.map((item) => ({ ...item, shape: [...item.shape].reverse() }));
        expect(canonicalJson(buildScoringInput({ ...pinned, analytics, segments: turned, claims, aggregates: rows }))).toBe(text);
      }),
      { numRuns: 50 },
    );
  });

  test("scores: Sysmon 1 of a Windows segment is as cited, 4688 of the other an equivalent of it", () => {
    const result = assess(input);
    const met = result.cells.filter((cell) => input.analytics[cell.analytic]?.id === "AN0002").map((cell) => {
      const line = result.requirements[result.details[cell.detail]?.requirements[0] ?? -1];
      return [input.segments[cell.segment]?.name, line?.alternatives.map(({ met: how, channel }) => `${channel} ${how}`)];
    });
    // s1 holds one record in two without the required fields, so nothing is proven there; s2's host is not on its roster.
    expect(met).toEqual([["a", ["EventCode=1 null", "EventCode=4688 null"]], ["b", ["EventCode=1 null", "EventCode=4688 null"]]]);
    const whole = assess(buildScoringInput({ ...pinned, segments: pinned.segments.map((segment) => ({ ...segment, roster: null })), aggregates: pinned.aggregates.filter(({ host }) => host === "ws-1") }));
    const lines = whole.cells.filter((cell) => input.analytics[cell.analytic]?.id === "AN0002").map((cell) => whole.requirements[whole.details[cell.detail]?.requirements[0] ?? -1]?.alternatives.map(({ met: how }) => how));
    expect(lines).toEqual([["equivalent", "as-cited"], ["as-cited", "equivalent"]]);
  });
});

describe("time", () => {
  test("the window ends five minutes after T and begins freshDays before it", () => {
    expect(freshWindow(AT, DEFAULT_POLICY)).toEqual({ from: AT - 30 * DAY_MS, to: AT + SKEW_MS });
  });

  test.each([
    ["in the middle of the window", AT - 10 * DAY_MS, false],
    ["a zone's width from its end", AT + SKEW_MS - 26 * HOUR_MS, true],
    ["a zone's width from its beginning", AT - 30 * DAY_MS + 26 * HOUR_MS, true],
    ["just farther", AT - 30 * DAY_MS + 26 * HOUR_MS + 1, false],
  ])("times without a zone %s", (_, time, expected) => {
    const aggregates = [row({ freshFirst: time, freshLast: time })];
    const dependent = (zoneUnknown: PinnedInputs["zoneUnknown"]) => buildScoringInput({ ...pinned, aggregates, zoneUnknown }).zoneDependent;
    expect(dependent([{ dataset: "d1", kind: "windows-sysmon:1" }])).toEqual(expected ? [{ segment: "s1", kind: "windows-sysmon:1" }] : []);
    expect(dependent([{ dataset: "other", kind: "windows-sysmon:1" }])).toEqual([]);
  });
});
