import fc from "fast-check";
import { expect, test } from "vitest";
import { assess } from "@/lib/assessment/assess";
import { aged, fromHosts, makeAlternative, makeAnalytic, makeClaim, makeInput, makeRequirement } from "@/lib/assessment/testing/make-input";
import { scoringInput } from "@/lib/assessment/testing/scoring-input-arbitrary";
import { causesOf, isBelowObserved } from "./causes-of";
import { groupGaps } from "./group-gaps";

const gapsOf = (changes: Parameters<typeof makeInput>[0]) => {
  const input = makeInput(changes);
  return groupGaps(input, assess(input));
};

test("grouping partitions the cells below observed: none is lost, none stands twice in a gap, and each stands in the gaps of its causes alone", () => {
  fc.assert(
    fc.property(scoringInput, (input) => {
      const result = assess(input);
      const gaps = groupGaps(input, result);
      const below = result.cells.filter(isBelowObserved);
      const name = (segment: string, analytic: string) => `${segment} ${analytic}`;
      const held = new Map<string, number>();
      for (const gap of gaps) {
        expect(new Set(gap.analytics).size).toBe(gap.cells);
        expect(gap.causes.map(({ cells }) => cells).every((cells) => cells > 0 && cells <= gap.cells)).toBe(true);
        for (const analytic of gap.analytics) held.set(name(gap.segmentId, analytic), (held.get(name(gap.segmentId, analytic)) ?? 0) + 1);
      }
      const expected = new Map(below.map((cell) => [name(input.segments[cell.segment]?.id ?? "", input.analytics[cell.analytic]?.id ?? ""), new Set(causesOf(cell, result).map(({ group, component, family }) => `${group} ${component?.id ?? ""} ${family}`)).size]));
      expect(held).toEqual(expected);
      expect(gaps.reduce((sum, gap) => sum + gap.alone, 0)).toBe([...expected.values()].filter((count) => count === 1).length);
      expect(new Set(gaps.map(({ key }) => key)).size).toBe(gaps.length);
    }),
    { numRuns: 80 },
  );
});

test("the gaps are the same whatever the order of analytics and segments", () => {
  fc.assert(
    fc.property(scoringInput, (input) => {
      const turned = { ...input, analytics: [...input.analytics].reverse(), segments: [...input.segments].reverse() };
      expect(groupGaps(turned, assess(turned))).toEqual(groupGaps(input, assess(input)));
    }),
    { numRuns: 60 },
  );
});

test("a reference that can never be produced is no cause where another one would do", () => {
  const alternatives = [makeAlternative({ verdict: "not-producible", channel: "connect" }), makeAlternative({ name: "osquery", family: "macos-osquery", channel: "socket_events" })];
  expect(gapsOf({ analytics: [makeAnalytic("AN0001", { requirements: [makeRequirement({ alternatives })] })] })).toMatchObject([{ group: "collection", family: "macos-osquery", code: "source-absent" }]);
});

test("proof that aged opens the very gap that its absence had opened, silence one of its own that covers the family", () => {
  const [absent] = gapsOf({});
  const [stale] = gapsOf({ aggregates: fromHosts(9).map((row) => aged(row)) });
  expect([stale?.key, stale?.kind, stale?.code]).toEqual([absent?.key, "repair", "stale"]);
  const week = 7 * 86_400_000;
  const quiet = fromHosts(9).map((row) => ({ ...row, freshFirst: (row.freshFirst ?? 0) - week, freshLast: (row.freshLast ?? 0) - week }));
  const [silent] = gapsOf({ aggregates: quiet, claims: [makeClaim({ basis: "flow", hosts: 0 })] });
  expect(silent).toMatchObject({ group: "stream", component: null, kind: "repair", family: "macos-esf" });
});

test("records that came near name the source to mend, whichever one the reference cites", () => {
  const gaps = gapsOf({ acceptSets: [[{ kind: "macos-esf:exec", met: "as-cited", fields: 0 }, { kind: "macos-osquery:process_events", met: "equivalent", fields: 0 }]], aggregates: fromHosts(9, { kind: "macos-osquery:process_events" }).map((row) => aged(row)) });
  expect(gaps).toMatchObject([{ family: "macos-osquery", code: "stale", kind: "repair", closedBy: ["macos-osquery:process_events"] }]);
});

test("a product that writes nothing here is bought, one that does is configured, one that comes with the system too", () => {
  const other = makeRequirement({ alternatives: [makeAlternative({ name: "EDR", family: "edr-generic" })] });
  const edr = { acceptSets: [[{ kind: "edr-generic:process/start", met: "as-cited" as const, fields: 0 }]], analytics: [makeAnalytic("AN0001", { requirements: [other] })] };
  expect(gapsOf(edr)).toMatchObject([{ kind: "buy", present: false, closedBy: ["edr-generic:process/start"] }]);
  expect(gapsOf({ ...edr, aggregates: fromHosts(9, { kind: "edr-generic:file/write" }) })).toMatchObject([{ kind: "configure", present: true }]);
});

test("references that need other fields of the same kind ask for all of them, whichever comes first", () => {
  const alternatives = [makeAlternative({ name: "first", accepts: 0 }), makeAlternative({ name: "second", accepts: 1 })];
  const accepts = (fields: number) => [{ kind: "macos-esf:exec", met: "as-cited" as const, fields }];
  for (const order of [[0, 1], [1, 0]] as const) {
    const [gap] = gapsOf({
      fieldSets: [{ required: ["cmd"], anyOf: [] }, { required: ["ts"], anyOf: [["pid", "user"]] }],
      acceptSets: order.map(accepts),
      analytics: [makeAnalytic("AN0001", { requirements: alternatives.map((one) => makeRequirement({ alternatives: [one] })) })],
    });
    expect(gap?.expected.kinds).toEqual([{ kind: "macos-esf:exec", met: "as-cited", required: ["cmd", "ts"], anyOf: [["pid", "user"]] }]);
  }
});

test("what would be accepted as proof is said: kinds, fields, hosts, age and fill", () => {
  const [gap] = gapsOf({ acceptSets: [[{ kind: "macos-osquery:process_events", met: "equivalent", fields: 0 }, { kind: "macos-esf:exec", met: "as-cited", fields: 0 }]] });
  expect(gap?.expected).toEqual({
    sources: [{ name: "macos:endpointsecurity", channel: "ES_EVENT_TYPE_NOTIFY_EXEC" }],
    kinds: [{ kind: "macos-esf:exec", met: "as-cited", required: ["cmd"], anyOf: [] }, { kind: "macos-osquery:process_events", met: "equivalent", required: ["cmd"], anyOf: [] }],
    moreKinds: 0, hosts: 100, hostsNeeded: 5, minEvents: 1, freshDays: 30, fillPercent: 95,
  });
});
