import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkTuning } from "./check-tuning";
import { compareHits, type SampleHit } from "./compare-hits";
import { elementPlaceholders, elementValues } from "./element-placeholders";
import type { Placeholder, TuningEffect, TuningVersion } from "./rule-tuning";
import { valuesInForce } from "./values-in-force";

const NO_EFFECT: TuningEffect = { truePositivesLost: 0, benignHitsGained: 0, truePositivesGained: 0, benignHitsLost: 0, samplesLost: 0, samples: [], skipped: [], rules: 0, refused: [] };
const version = (changes: Partial<TuningVersion> = {}): TuningVersion => ({
  id: "1", segmentId: "s", scope: "AN1", name: "servers", version: 1, state: "set", values: ["dc-1"], unit: "", owner: "Ada", reason: "because", expires: null, effect: NO_EFFECT, at: "2026-06-01T00:00:00.000Z", by: "ada", ...changes,
});
const DAY = "2026-06-15";
const one = (versions: readonly TuningVersion[], defaults: readonly string[] | null = ["any"]) => valuesInForce(versions, { analytic: "AN1", names: new Map([["servers", defaults]]), day: DAY })[0];

describe("the value in force", () => {
  test("is the default until somebody sets one, and none where there is no default", () => {
    expect(one([])).toMatchObject({ values: ["any"], from: "default", tuning: null, expired: null });
    expect(one([], null)).toMatchObject({ values: null, from: "none" });
  });

  test("is the newest version; one for the analytic goes before one for every rule; withdrawn is none", () => {
    expect(one([version({ version: 2, values: ["dc-2"] }), version()])).toMatchObject({ values: ["dc-2"], from: "analytic" });
    expect(one([version({ scope: "", values: ["all"] })])).toMatchObject({ values: ["all"], from: "everywhere" });
    expect(one([version({ scope: "", values: ["all"] }), version()])).toMatchObject({ values: ["dc-1"], from: "analytic" });
    expect(one([version(), version({ version: 2, state: "withdrawn" })])).toMatchObject({ values: ["any"], from: "default", expired: null });
    expect(one([version({ name: "other" }), version({ scope: "AN2" })])).toMatchObject({ from: "default" });
  });

  test("holds through its last day, then the default holds again and the expired one is named", () => {
    expect(one([version({ expires: DAY })])).toMatchObject({ values: ["dc-1"], expired: null });
    expect(one([version({ expires: "2026-06-14" })])).toMatchObject({ values: ["any"], from: "default", expired: { version: 1 } });
    expect(one([version({ expires: "2026-06-14" }), version({ scope: "", values: ["all"] })])).toMatchObject({ values: ["all"], from: "everywhere", expired: { scope: "AN1" } });
  });

  test("does not depend on the order in which versions are read", () => {
    const versions = fc.array(fc.record({ scope: fc.constantFrom("AN1", "", "AN2"), number: fc.integer({ min: 1, max: 4 }), set: fc.boolean(), expires: fc.constantFrom(null, "2026-06-01", "2026-07-01") }), { maxLength: 8 });
    fc.assert(
      fc.property(versions, (drafts) => {
        const unique = [...new Map(drafts.map((draft) => [`${draft.scope} ${draft.number}`, draft])).values()];
        const made = unique.map(({ scope, number, set, expires }) => version({ scope, version: number, state: set ? "set" : "withdrawn", expires, values: [`${scope}-${number}`] }));
        expect(one([...made].reverse())).toEqual(one(made));
        const { tuning } = one(made) ?? {};
        if (tuning) expect(tuning.state === "set" && (tuning.expires ?? DAY) >= DAY && tuning.scope !== "AN2").toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

describe("what may be set", () => {
  const list: Placeholder = { name: "servers", kind: "list", scope: "", defaults: null, unit: "", least: null, most: null, attack: null, about: "" };
  const number: Placeholder = { ...list, name: "minutes", kind: "duration", unit: "minutes", least: 1, most: 60 };
  const draft = { values: [" a ", "a", ""], owner: " Ada ", reason: "known servers", expires: null };

  test("values are trimmed and stand once", () => expect(checkTuning(draft, list, DAY)).toEqual({ values: ["a"], owner: "Ada", reason: "known servers", expires: null }));

  test.each<[string, Partial<typeof draft> | { expires: string }, Placeholder, string, RegExp]>([
    ["no value", { values: [" "] }, list, "values", /needs a value/],
    ["control characters", { values: ["a\u0000b"] }, list, "values", /control/],
    ["more entries than the pack allows", { values: ["a", "b", "c"] }, { ...list, most: 2 }, "values", /2 entries/],
    ["no number", { values: ["soon"] }, number, "values", /one number \(minutes\)/],
    ["half a minute", { values: ["0.5"] }, number, "values", /whole number/],
    ["out of bounds", { values: ["61"] }, number, "values", /from 1 to 60 minutes, and 61 is not/],
    ["no owner", { owner: " " }, list, "owner", /owner/],
    ["no reason", { reason: "" }, list, "reason", /reason/],
    ["a past day", { expires: "2026-06-14" }, list, "expires", /past/],
    ["no day", { expires: "2026-02-30" }, list, "expires", /not a date/],
  ])("%s is refused", (_, changes, placeholder, field, message) => {
    expect(() => checkTuning({ ...draft, ...changes }, placeholder, DAY)).toThrow(expect.objectContaining({ place: expect.objectContaining({ field }), message: expect.stringMatching(message) }));
  });
});

describe("a pack's elements", () => {
  const elements = [
    { name: "servers", attack: null, about: "hosts that serve", unit: "host names", kind: "list" as const, default: ["dc"] as [string], bounds: { most: 3 } },
    { name: "minutes", attack: "TimeWindow", about: "how long it may take", unit: "minutes" as const, kind: "duration" as const, default: 10, bounds: { least: 1, most: 60 }, sets: [{ in: "chain", path: ["correlation", "timespan"] as [string, string] }] as [{ in: string; path: [string, string] }] },
  ];

  test("are what can be tuned, with unit, bounds and default", () => {
    expect(elementPlaceholders({ analytic: "AN1", elements })).toEqual([
      { name: "servers", kind: "list", scope: "AN1", defaults: ["dc"], unit: "host names", least: null, most: 3, attack: null, about: "hosts that serve" },
      { name: "minutes", kind: "duration", scope: "AN1", defaults: ["10"], unit: "minutes", least: 1, most: 60, attack: "TimeWindow", about: "how long it may take" },
    ]);
  });

  test("take the values in force; what a newer pack's bounds forbid keeps the default and is named", () => {
    const values = valuesInForce([version({ values: ["a", "b"] }), version({ name: "minutes", values: ["90"] })], { analytic: "AN1", names: new Map([["servers", ["dc"]], ["minutes", ["10"]]]), day: DAY });
    const { values: given, unfit } = elementValues(elements, values);
    expect([...given]).toEqual([["servers", ["a", "b"]]]);
    expect(unfit).toEqual(["minutes"]);
  });
});

describe("what new values do to samples", () => {
  const hit = (event: number): SampleHit => ({ rule: "R", title: "Rule", events: [event] });
  const sample = (label: "attack" | "benign", before: readonly SampleHit[], after: readonly SampleHit[]) => ({ name: label, digest: "d", label, from: "dataset" as const, before, after });
  const rest = { skipped: [], rules: 1, refused: [] };

  test("hits lost in attack samples and gained in benign ones are told apart", () => {
    const effect = compareHits([sample("attack", [hit(1), hit(2)], [hit(2)]), sample("attack", [hit(5)], []), sample("benign", [], [hit(9)])], rest);
    expect(effect).toMatchObject({ truePositivesLost: 2, samplesLost: 1, benignHitsGained: 1, truePositivesGained: 0, benignHitsLost: 0 });
    expect(effect.samples[0]).toMatchObject({ before: 2, after: 1, lost: [{ rule: "R", event: 1 }], gained: [] });
  });

  test("the other way round is the mirror image", () => {
    const hits = fc.array(fc.integer({ min: 1, max: 9 }).map(hit), { maxLength: 6 }).map((list) => [...new Map(list.map((one) => [one.events[0], one])).values()]);
    fc.assert(
      fc.property(fc.constantFrom<"attack" | "benign">("attack", "benign"), hits, hits, (label, before, after) => {
        const there = compareHits([sample(label, before, after)], rest);
        const back = compareHits([sample(label, after, before)], rest);
        expect([there.truePositivesLost, there.benignHitsGained, there.truePositivesGained, there.benignHitsLost]).toEqual([back.truePositivesGained, back.benignHitsLost, back.truePositivesLost, back.benignHitsGained]);
        expect(there.samples[0]?.before).toBe(before.length);
        expect((there.samples[0]?.before ?? 0) - (there.samples[0]?.lostCount ?? 0) + (there.samples[0]?.gainedCount ?? 0)).toBe(after.length);
      }),
      { numRuns: 100 },
    );
  });
});
