import { describe, expect, it } from "vitest";
import type { Headline, Measure } from "@/lib/assessment/scoring-result";
import { buildOverviewView } from "./build-overview-view";
import type { AssessmentFacts, FrontierFacts, GapFacts, HistoryFacts, OverviewFacts, OverviewSegmentFacts } from "./overview-facts";
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
const nothingElse = { segment: null, previous: null, troubles: { silent: 0, contradicted: 0, first: [] }, alerts: { open: 0, critical: 0, heaviest: null }, gaps: [], currency: "EUR", frontier: null, tracing: null, history: [] };
const view = (current: AssessmentFacts, previous: AssessmentFacts | null = null, more: Partial<OverviewFacts> = {}) => buildOverviewView({ ...nothingElse, current, previous, ...more });

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
    const gap: Omit<GapFacts, "kind" | "points" | "cost"> = { key: null, segmentId: "s", segment: "S", what: "Sysmon 1", component: null, why: "silent", cells: 3, alone: 1, alonePoints: 300 };
    const made = view(assessment(headline(400_000), []), null, {
      troubles: { silent: 1, contradicted: 0, first: [{ segment: "S", source: "Sysmon", kind: "silent" }] },
      gaps: [{ ...gap, kind: "repair", points: 1000, cost: 1 }, { ...gap, kind: "repair", points: 9000, cost: 800 }, { ...gap, kind: "configure", points: 5000, cost: null }],
    });
    expect(made.actions.map((action) => [action.kind, action.points, action.cost])).toEqual([["repair", 9000, 800], ["configure", 5000, null]]);
    expect(plainText(made.gapsSay)).toBe("Sysmon 1 in S holds back 0.1 points over 3 cells; 1 of them lacks nothing else.");
    const own = view(assessment(headline(400_000), []), null, { segment: "S", gaps: [{ ...gap, kind: "repair", points: 9000, cost: 800 }] });
    expect(plainText(own.gapsSay)).toBe("Sysmon 1 holds back 0.9 points of the whole fleet's share over 3 cells; 1 of them lacks nothing else.");
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

describe("the overview of one segment", () => {
  const of = (value: number, more: Partial<OverviewSegmentFacts> = {}) => assessment(headline(value), [segment("Domain Controllers", 5, value, more)]);

  it("speaks of that segment, and of its own fall", () => {
    expect(plainText(view(of(375_000), null, { segment: "Domain Controllers" }).title)).toBe("37.5\u00a0% of the weighted analytic-cells of Domain Controllers are observable, with proof");
    const fallen = plainText(view(of(108_000), of(550_000), { segment: "Domain Controllers" }).title);
    expect(fallen).toBe("Domain Controllers fell: 10.8\u00a0% of its weighted analytic-cells are observable, 55.0\u00a0% before");
  });

  it("says that nothing applies to it where n is 0", () => {
    const made = view(assessment(headline(null, 0, 0), [segment("Printers", 4, null, { headline: headline(null, 0, 0) })]), null, { segment: "Printers" });
    expect(plainText(made.title)).toBe("No analytic applies to Printers, so there is nothing to observe yet");
    expect(plainText(made.lead)).not.toContain("Add segments");
    expect(plainText(made.segmentsSay)).toBe("No segment has an applicable analytic.");
    expect(made.weakest).toBeNull();
  });
});

describe("the weakest segment's distance", () => {
  const weakest = (date: string | null, value = 900_000) => plainText(view(assessment(headline(400_000), [segment("S", 4, 300_000, { target: { value, date, owner: "J. Doe" } })])).weakest?.say ?? []);

  it("has its date and the days that are left or over, by the time of the assessment", () => {
    expect(weakest("2026-12-20")).toBe("60.0 points short of 90.0\u00a0%, due 20 Dec 2026: 30 days left.");
    expect(weakest("2026-11-20")).toBe("60.0 points short of 90.0\u00a0%, due today.");
    expect(weakest("2026-11-19")).toBe("60.0 points short of 90.0\u00a0%, due 19 Nov 2026: 1 day over.");
    expect(weakest(null)).toBe("60.0 points short of 90.0\u00a0%, without a date.");
    expect(weakest("2026-12-20", 300_000)).toBe("The target of 30.0\u00a0% is reached.");
  });
});

describe("the overview's alerts", () => {
  const say = (open: number, critical: number) => plainText(view(assessment(headline(400_000), []), null, { alerts: { open, critical, heaviest: open === 0 ? null : { title: "Sysmon is silent", segment: "S" } } }).alertsSay);

  it("are counted, those of critical segments apart", () => {
    expect([say(0, 0), say(1, 1), say(3, 0), say(3, 2), say(2, 2)]).toEqual(["No alert is open", "1 alert open, critical", "3 alerts open, none critical", "3 alerts open, 2 critical", "2 alerts open, all critical"]);
  });
});

describe("the overview's frontier", () => {
  const nothing = { cost: 0, value: 0, points: 0, cells: 0, kinds: [] };
  const facts: FrontierFacts = { proven: true, open: 1472, beyond: 3, naive: [], points: [nothing, { cost: 27_000, value: 46_000_000, points: 46_000, cells: 370, kinds: ["repair", "configure", "repair"] }, { cost: 39_000, value: 49_000_000, points: 49_000, cells: 391, kinds: null }] };
  const say = (frontier: FrontierFacts) => view(assessment(headline(400_000), []), null, { frontier }).frontier?.points.map((point) => plainText(point.say));

  it("says for every plan what it costs, consists of and brings, and what the next one adds", () => {
    expect(say(facts)).toEqual([
      "Nothing is spent: 1\u202f472 cells stay open.",
      "3 collections for EUR 27 k a year would bring 370 of 1\u202f472 open cells, +4.6 points.",
      "A plan for EUR 39 k a year would bring 391 of 1\u202f472 open cells, +4.9 points.",
    ]);
    const frontier = view(assessment(headline(400_000), []), null, { frontier: facts }).frontier;
    expect(frontier?.points.map(({ consists, next }) => [consists, next])).toEqual([["", "EUR 27 k more: +4.6"], ["2 to repair, 1 to configure", "EUR 12 k more: +0.3"], ["", "nothing more to win"]]);
    expect(frontier?.knee).toBe(1);
  });

  it("says so where nothing is open, or no collection would help", () => {
    expect(say({ ...facts, points: [nothing] })).toEqual(["No collection would raise the share: 3 open cells of 1\u202f472 are beyond any."]);
    expect(say({ ...facts, open: 0, beyond: 0, points: [nothing] })).toEqual(["No cell is below observed: there is nothing to plan."]);
  });
});

describe("the overview at its ends", () => {
  const point = (at: number, observed: number | null): HistoryFacts => ({ label: "A", at, releases: "ATT&CK enterprise 19.1", policy: 1, assets: 10, observed, ceiling: observed, validated: 0 });

  it("has a sentence for a trend of no point, of one, of a rise and of a standstill", () => {
    const say = (history: HistoryFacts[]) => plainText(view(assessment(headline(400_000), []), null, { history }).trendSay);
    expect(say([])).toBe("There is no share to draw yet.");
    expect(say([point(0, null)])).toBe("There is no share to draw yet.");
    expect(say([point(0, 100_000)])).toBe("One assessment is a point; the second makes a trend.");
    expect(say([point(0, 100_000), point(14 * 86_400_000, 300_000)])).toBe("Proof grew by 20.0 points in 14 days; what is claimed without proof is 0.0 points.");
    expect(say([point(0, 100_000), point(3_600_000, 100_100)])).toContain("Proof stayed where it was within a day");
  });

  it("stays short with hundreds of segments that all fell", () => {
    const names = Array.from({ length: 300 }, (_, n) => `Segment ${n}`);
    const made = view(assessment(headline(100_000), names.map((name) => segment(name, 5, 100_000))), assessment(headline(500_000), names.map((name) => segment(name, 5, 500_000))));
    expect(plainText(made.lead)).toContain("Segment 1, Segment 10 and 297 more critical segments fell too.");
    expect(plainText(made.lead).length).toBeLessThan(300);
    expect(made.segments).toHaveLength(300);
    expect(plainText(made.segmentsSay)).toBe("Segment 0 holds 0.3\u00a0% of the weighted gap: 3 of 4 cells are not observed.");
  });

  it("does not call cells unobservable that carry too little weight for a share", () => {
    expect(plainText(view(assessment(headline(0, 2, 4), [])).title)).toBe("2 of the 4 analytic-cells are observable, with too little weight to show as a share");
  });
});
