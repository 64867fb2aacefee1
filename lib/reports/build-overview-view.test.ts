import { describe, expect, it } from "vitest";
import type { Headline, Measure } from "@/lib/assessment/scoring-result";
import { buildOverviewView } from "./build-overview-view";
import type { AssessmentFacts, OverviewSegmentFacts } from "./overview-facts";
import { plainText } from "./sentence";

const measure = (value: number | null, k = 1, n = 4, high = value): Measure => ({ value, low: value, high, k, n });
const headline = (value: number | null, k = 1, n = 4, high = value): Headline => ({
  applicable: n,
  counts: { "not-applicable": 0, unassessable: 0, blind: n - k, declared: 0, partial: 0, observed: k, validated: 0 },
  observed: measure(value, k, n, high),
  validated: measure(n === 0 ? null : 0, 0, n),
  byComponent: 0,
  uniform: { observed: measure(n === 0 ? null : Math.floor((k / n) * 1e6), k, n), validated: measure(0, 0, n) },
});
const segment = (name: string, criticality: number, value: number | null, more: Partial<OverviewSegmentFacts> = {}): OverviewSegmentFacts => ({ id: name, name, assets: 10, criticality, target: null, headline: headline(value), weight: 100, ...more });
const assessment = (fleet: Headline, segments: OverviewSegmentFacts[], more: Partial<AssessmentFacts> = {}): AssessmentFacts => ({
  id: 2,
  label: "A-0002",
  at: Date.UTC(2026, 10, 20),
  runLater: false,
  releases: "ATT&CK enterprise 19.1",
  policy: 1,
  fleet,
  segments,
  ...more,
});
const view = (current: AssessmentFacts, previous: AssessmentFacts | null = null) => buildOverviewView({ current, previous, troubles: [], gaps: [], history: [] });

describe("the overview's sentences", () => {
  it("name a fallen critical segment before the rise of the whole", () => {
    const before = assessment(headline(300_000), [segment("Domain Controllers", 5, 550_000), segment("Workstations", 3, 200_000)], { label: "A-0001", at: Date.UTC(2026, 9, 30) });
    const now = assessment(headline(375_000), [segment("Domain Controllers", 5, 108_000), segment("Workstations", 3, 400_000)]);
    const made = view(now, before);
    expect(plainText(made.title)).toMatch(/^Domain Controllers fell from 55\.0\u00a0% to 10\.8\u00a0%; 37\.5\u00a0% of all weighted analytic-cells are observable$/);
    expect(plainText(made.lead)).toContain("Better by 7.5 points than A-0001 of 30 Oct 2026");
  });

  it("do not call the fall of an uncritical segment a headline", () => {
    const before = assessment(headline(300_000), [segment("Kiosks", 2, 500_000)]);
    expect(plainText(view(assessment(headline(310_000), [segment("Kiosks", 2, 100_000)]), before).title)).not.toContain("Kiosks");
  });

  it("speak of weighted analytic-cells and never of the fleet", () => {
    const text = plainText(view(assessment(headline(375_000), [segment("A", 5, 375_000)])).title);
    expect(text).toContain("weighted analytic-cells");
    expect(text).not.toContain("fleet");
  });

  it("say that nothing applies where n is 0, and that none is observable where the share is 0", () => {
    expect(plainText(view(assessment(headline(null, 0, 0), [])).title)).toContain("No analytic applies");
    expect(plainText(view(assessment(headline(0, 0, 4), [segment("A", 5, 0)])).title)).toBe("None of the 4 analytic-cells is observable with proof");
  });

  it("say worse in words, and that a change too small to print is none", () => {
    const before = assessment(headline(400_000), []);
    expect(plainText(view(assessment(headline(375_000), []), before).lead)).toContain("Worse by 2.5 points");
    expect(plainText(view(assessment(headline(400_100), []), before).lead)).toContain("Neither better nor worse");
  });

  it("promise a higher share only where a claim could raise it", () => {
    expect(plainText(view(assessment(headline(400_000), [])).lead)).toContain("No claim could raise the share");
    expect(plainText(view(assessment(headline(400_000, 1, 4, 627_000), [])).lead)).toContain("would be 62.7\u00a0%");
  });

  it("label an assessment that was run later than its time", () => {
    expect(plainText(view(assessment(headline(400_000), [], { runLater: true })).lead)).toContain("As of 20 Nov 2026, run later.");
  });
});

describe("the overview's numbers", () => {
  it("take the segment farthest below its target as the weakest, not the lowest share", () => {
    const target = { value: 900_000, date: "2027-03-01", owner: "J. Doe" };
    const made = view(assessment(headline(400_000), [segment("Low", 4, 100_000), segment("Short", 4, 300_000, { target }), segment("Uncritical", 3, 0)]));
    expect(made.weakest).toMatchObject({ name: "Short", short: 600_000 });
  });

  it("have no weakest segment where none is critical", () => {
    expect(view(assessment(headline(400_000), [segment("A", 3, 0)])).weakest).toBeNull();
  });

  it("sort segments by weighted gap and let the parts add up", () => {
    const made = view(assessment(headline(400_000), [segment("Small", 5, 0, { weight: 10 }), segment("Big", 2, 500_000, { weight: 1000 })]));
    expect(made.segments.map((row) => row.name)).toEqual(["Big", "Small"]);
    expect(made.segments.reduce((sum, row) => sum + (row.ofGap ?? 0), 0)).toBeGreaterThan(999_990);
  });

  it("offer the best action of each kind and none of a kind that is absent", () => {
    const gap = { key: null, segmentId: "s", segment: "S", what: "Sysmon 1", why: "silent", cells: 3, alone: 1 };
    const made = buildOverviewView({
      current: assessment(headline(400_000), []),
      previous: null,
      troubles: [{ segment: "S", source: "Sysmon", kind: "silent" }],
      gaps: [{ ...gap, kind: "repair", points: 1000 }, { ...gap, kind: "repair", points: 9000 }, { ...gap, kind: "configure", points: 5000 }],
      history: [],
    });
    expect(made.actions.map((action) => [action.kind, action.points])).toEqual([["repair", 9000], ["configure", 5000]]);
    expect(plainText(made.gapsSay)).toBe("Sysmon 1 in S costs 0.1 points over 3 cells; 1 of them lacks nothing else.");
    expect(made.troubles).toMatchObject({ silent: 1, contradicted: 0 });
  });

  it("list new, lost and changed segments by size of change", () => {
    const before = assessment(headline(400_000), [segment("Gone", 3, 500_000), segment("Lost", 3, 500_000, { headline: headline(500_000, 4, 4) })]);
    const rows = view(assessment(headline(400_000), [segment("Lost", 3, 100_000, { headline: headline(100_000, 1, 4) }), segment("New", 3, 100_000)]), before).changes?.rows.map((row) => plainText(row.text));
    expect(rows?.[0]).toBe("Lost lost 3 observed cells: 1 of 4 now, 4 before.");
    expect(rows?.join()).toContain("New is new");
    expect(rows?.join()).toContain("Gone is no longer part of the fleet.");
  });
});
