import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PROBE_IDS } from "@/lib/events/probes/probe";
import { assess } from "../assess";
import { withWindows } from "../pin-joins";
import { scoringInputSchema, type ScoringInput } from "../scoring-input";
import { fromHosts, makeInput } from "../testing/make-input";
import { scoringInput } from "../testing/scoring-input-arbitrary";

type PinnedProbe = NonNullable<ScoringInput["quality"]>[number];

const probe = (changes: Partial<PinnedProbe> = {}): PinnedProbe => ({ segment: "mac", family: "macos-esf", probe: "latency", grade: "fail", value: 7_200_000, unit: "ms", n: 500, says: "95 % arrive within 2 h.", ...changes });

function cellWith(quality: readonly PinnedProbe[], changes: Partial<ScoringInput> = {}) {
  const result = assess(makeInput({ aggregates: fromHosts(90), quality: [...quality], ...changes } as Partial<Omit<ScoringInput, "policy">>));
  const cell = result.cells[0];
  const line = result.requirements[result.details[cell?.detail ?? -1]?.requirements[0] ?? -1];
  return { cell, why: line?.alternatives[line.best]?.why };
}

describe("what the quality probes add to a cell", () => {
  test("a source whose records come late keeps its status, is flagged and says so", () => {
    const { cell, why } = cellWith([probe()]);
    expect(cell).toMatchObject({ status: "observed", flags: ["hosts-unverified", "late"] });
    expect(why?.text).toMatch(/^Proven by macos-esf:exec: .+ Late: 95 % arrive within 2 h\.$/);
  });

  test("where a pack's chain states how far apart its steps may lie, records are late against that and no longer against an hour", () => {
    const within = (windowMs: number | undefined, row: PinnedProbe) => {
      const input = makeInput({ aggregates: fromHosts(90), quality: [row] } as Partial<Omit<ScoringInput, "policy">>);
      const analytics = input.analytics.map((analytic) => ({ ...analytic, requirements: analytic.requirements.map((requirement) => ({ ...requirement, ...(windowMs === undefined ? {} : { windowMs }) })) }));
      const result = assess({ ...input, analytics });
      const line = result.requirements[result.details[result.cells[0]?.detail ?? -1]?.requirements[0] ?? -1];
      return [result.cells[0]?.flags.includes("late"), line?.alternatives[line.best]?.why.text.split("newest")[1]?.replace(/^[^.]*\./, "").trim()];
    };
    const tenMinutes = probe({ grade: "warn", value: 600_000, says: "95 % arrive within 10 min." });
    expect(within(undefined, tenMinutes)).toEqual([false, ""]);
    expect(within(600_000, tenMinutes)).toEqual([false, ""]);
    expect(within(300_000, tenMinutes)).toEqual([true, "Late: 95 % arrive within 10 min. The chain of its pack allows 5 min between these steps."]);
    expect(within(undefined, probe())).toEqual([true, "Late: 95 % arrive within 2 h."]);
    expect(within(10_800_000, probe())).toEqual([false, ""]);
    expect(within(300_000, probe({ grade: "indicative" }))).toEqual([false, ""]);
  });

  test("a requirement that is part of several edges has the shortest of their times, one of none has none", () => {
    const [requirement] = makeInput({}).analytics[0]?.requirements ?? [];
    if (requirement === undefined) throw new Error("no requirement");
    const pack = { requirements: [{ id: "a" }, { id: "b" }, { id: "c" }, { id: "alone" }], joins: [{ from: "a", to: "b", windowSeconds: 600 }, { from: "b", to: "c", windowSeconds: 60 }] };
    expect(withWindows(pack, [requirement, requirement, requirement, requirement]).map(({ windowMs }) => windowMs)).toEqual([600_000, 60_000, 60_000, undefined]);
  });

  test.each([
    ["clock-skew", "fail", "ms", "clock-skew"],
    ["sequence-gaps", "fail", "millionths", "lossy"],
    ["duplicates", "fail", "millionths", "duplicated"],
    ["sampling", "warn", "millionths", "sampled"],
    ["truncated-command", "warn", "millionths", "truncated"],
  ] as const)("%s that comes to %s raises a flag of its own", (id, grade, unit, flag) => {
    expect(cellWith([probe({ probe: id, grade, unit })]).cell?.flags).toContain(flag);
  });

  test.each([
    ["warns only", probe({ grade: "warn" })],
    ["rests on too few records", probe({ grade: "indicative" })],
    ["is of another source", probe({ family: "macos-osquery" })],
    ["is of all sources together", probe({ family: null })],
    ["is of another segment", probe({ segment: "win" })],
    ["is only a suspicion of sampling", probe({ probe: "sampling", grade: "warn", unit: "count" })],
    ["speaks of text that the reference does not ask for", probe({ probe: "order", grade: "warn" })],
  ])("a probe that %s raises none", (_, row) => {
    expect(cellWith([row]).cell?.flags).toEqual(["hosts-unverified"]);
  });

  test("cut command lines matter to references that ask for the command only", () => {
    const cut = probe({ probe: "truncated-command", grade: "warn", unit: "millionths" });
    expect(cellWith([cut], { fieldSets: [{ required: ["ts"], anyOf: [] }] }).cell?.flags).not.toContain("truncated");
    expect(cellWith([cut], { fieldSets: [{ required: ["ts"], anyOf: [["script_text", "cmd"]] }] }).cell?.flags).toContain("truncated");
  });

  test("no grade of any probe changes a status, a score, a reach or a number", () => {
    const row = fc.record({
      segment: fc.constantFrom("s1", "s2", "s3"),
      family: fc.constantFrom("fam-a", "fam-b", null),
      probe: fc.constantFrom(...PROBE_IDS),
      grade: fc.constantFrom("pass" as const, "warn" as const, "fail" as const, "indicative" as const),
      value: fc.option(fc.nat(1_000_000)),
      unit: fc.constantFrom("millionths" as const, "ms" as const, "count" as const),
      n: fc.nat(5000),
      says: fc.constant("It is so."),
    });
    let flagged = 0;
    fc.assert(
      fc.property(scoringInput, fc.array(row, { minLength: 1, maxLength: 8 }), (input, rows) => {
        const quality = rows.map((one, i) => ({ ...one, segment: input.segments[i % Math.max(1, input.segments.length)]?.id ?? one.segment }));
        const judged = { ...input, quality };
        expect(scoringInputSchema.safeParse(judged).success).toBe(true);
        const [before, after] = [assess(input), assess(judged)];
        const bare = (result: typeof before) => result.cells.map(({ flags: _, detail: __, ...cell }) => cell);
        expect(bare(after)).toEqual(bare(before));
        expect(after.fleet).toEqual(before.fleet);
        expect(after.segments).toEqual(before.segments);
        before.cells.forEach((cell, i) => {
          const flags = after.cells[i]?.flags ?? [];
          expect(cell.flags.every((flag) => flags.includes(flag))).toBe(true);
          if (flags.length > cell.flags.length) flagged += 1;
        });
      }),
      { numRuns: 200, examples: [[makeInput({ aggregates: fromHosts(90) }), [probe()]]] }, // one that is flagged for certain
    );
    expect(flagged).toBeGreaterThan(0);
  });
});
