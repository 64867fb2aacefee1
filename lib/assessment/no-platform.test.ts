import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { linkCatalog } from "@/lib/catalog/link-catalog";
import { parseStixBundle } from "@/lib/catalog/parse-stix-bundle";
import type { Analytic } from "@/lib/catalog/types";
import type { SegmentForScoring } from "@/lib/inventory/types";
import { assess } from "./assess";
import { buildScoringInput } from "./build-scoring-input";
import { DEFAULT_POLICY } from "./default-policy";
import { DAY_MS } from "./instants";
import type { ClaimForScoring, PinnedInputs, WindowedAggregate } from "./pinned-inputs";
import { AT } from "./testing/make-input";

const BUNDLE = join(process.env["SIGHTLINE_SAMPLES"] ?? join(import.meta.dirname, "../../../shared"), "attack/ics-attack-19.1-stix21.json.gz");

const segment = (name: string, platforms: readonly string[], more: Partial<SegmentForScoring> = {}): SegmentForScoring => ({ id: name, name, assets: 10 * platforms.length, criticality: 3, platforms: platforms.map((platform) => ({ name: platform, hosts: 10 })), roster: null, target: null, ...more });

const pin = (analytics: readonly Analytic[], segments: readonly SegmentForScoring[], more: Partial<PinnedInputs> = {}): PinnedInputs => ({
  at: AT,
  domains: ["ics"],
  releases: { ics: "19.1" },
  catalogDigests: { ics: "0" },
  policy: DEFAULT_POLICY,
  weights: { profile: "uniform", version: 1, techniques: {} },
  analytics,
  segments,
  claims: [],
  aggregates: [],
  exclusions: [],
  ...more,
});

const started: Analytic = {
  id: "AN9001",
  stixId: "x-mitre-analytic--00000000-0000-4000-8000-000000000001",
  name: "A process starts",
  description: "",
  domain: "ics",
  platforms: [],
  version: "1.0",
  created: "",
  modified: "",
  revoked: false,
  deprecated: false,
  strategyDeprecated: false,
  strategy: null,
  techniques: [],
  logSources: [{ component: { id: "DC0032", name: "Process Creation" }, name: "Process", channel: "" }],
  mutableElements: [],
  references: [],
  rawSha256: null,
};

const processStarts = (where: string, hosts: readonly string[]): WindowedAggregate[] =>
  hosts.map((host) => ({ segment: where, dataset: "d", kind: "windows-sysmon:1", host, shape: ["cmd", "host", "image", "parent_image", "pid", "ppid", "ts", "user"], fresh: 5, freshFirst: AT - DAY_MS, freshLast: AT - DAY_MS, stale: 0, staleLast: null, future: 0, untimed: 0 }));

const claim = (where: string): ClaimForScoring => ({ segmentId: where, source: "sysmon", product: "Sysmon", logSource: "WinEventLog:Sysmon", channel: "EventCode=1", component: "", hostsReporting: null, asOf: null, basis: "configuration" });

describe("an analytic that names no platform", () => {
  test("applies where a platform of its domain is, and nowhere else", () => {
    const result = assess(buildScoringInput(pin([started], [segment("office", ["Windows"]), segment("plant", ["Human-Machine Interface"]), segment("site", ["Embedded", "Windows"])])));
    expect(result.cells.map(({ segment: position, status, hosts }) => [position, status, hosts])).toEqual([[1, "blind", 10], [2, "blind", 10]]);
    expect(result.segments[0]?.notApplicable).toEqual([{ reason: "platform", text: "The analytic names no platform, and the segment has none of its domain.", analytics: [0] }]);
  });

  test("is proven by any system's records from a segment of its domain, and claimed by any system's log", () => {
    const plant = segment("plant", ["Engineering Workstation", "Human-Machine Interface"]);
    expect(assess(buildScoringInput(pin([started], [plant], { aggregates: processStarts("plant", ["hmi-1", "hmi-2"]) }))).cells[0]).toMatchObject({ status: "observed", reach: 100_000 });
    expect(assess(buildScoringInput(pin([started], [plant], { claims: [claim("plant")] }))).cells[0]?.status).toBe("declared");
  });

  test("is not proven by hosts of another domain in the same segment", () => {
    const site = segment("site", ["Embedded", "Windows"]);
    const pinned = pin([started], [site], { aggregates: processStarts("site", ["pc-1", "pc-2"]) });
    expect(assess(buildScoringInput(pinned)).cells[0]?.status).toBe("blind");
    const rostered = { ...site, roster: [{ host: "pc-1", platform: "Embedded" }, { host: "pc-2", platform: "Windows" }] };
    expect(assess(buildScoringInput({ ...pinned, segments: [rostered] })).cells[0]).toMatchObject({ status: "observed", reach: 100_000 });
  });

  test("says of a component that nothing carries that no platform does", () => {
    const nowhere = { ...started, logSources: [{ component: { id: "DC9999", name: "Nothing Known" }, name: "Unheard Of", channel: "" }] };
    const result = assess(buildScoringInput(pin([nowhere], [segment("plant", ["Embedded"])])));
    expect(result.cells[0]?.status).toBe("unassessable");
    expect(result.details[0]?.reason).toMatch(/^No record of any platform carries Nothing Known \(DC9999\)/);
  });
});

test.skipIf(!existsSync(BUNDLE))("ICS 19.1: all 97 analytics name no platform, apply to a plant and not to an office, and can be proven there", () => {
  const { analytics } = linkCatalog(parseStixBundle(gunzipSync(readFileSync(BUNDLE)), "ics"), "ics");
  expect(analytics.map(({ platforms }) => platforms.length)).toEqual(Array.from({ length: 97 }, () => 0));
  const input = buildScoringInput(pin(analytics, [segment("office", ["Windows", "macOS"]), segment("plant", ["Control Server", "Data Historian", "Human-Machine Interface"])], { aggregates: processStarts("plant", ["hmi-1", "hmi-2"]) }));
  const result = assess(input);
  const [office, plant] = result.segments;
  expect(office?.headline).toMatchObject({ applicable: 0, counts: { "not-applicable": 97 } });
  expect(plant?.headline.applicable).toBe(97);
  expect(plant?.headline.counts["not-applicable"]).toBe(0);
  const proving = result.requirements.filter(({ component, alternatives }) => component.id === "DC0032" && alternatives.some(({ proven }) => proven));
  expect(proving.length).toBeGreaterThan(0);
  console.log(`ICS 19.1 in a plant: ${JSON.stringify(plant?.headline.counts)}`);
});
