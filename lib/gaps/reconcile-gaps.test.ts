import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assess } from "@/lib/assessment/assess";
import type { ScoringInput } from "@/lib/assessment/scoring-input";
import { aged, AT, fromHosts, makeAlternative, makeAnalytic, makeInput, makeRequirement } from "@/lib/assessment/testing/make-input";
import { scoringInput } from "@/lib/assessment/testing/scoring-input-arbitrary";
import { NEW_GAP, type GapDecision } from "./gap-state";
import { groupGaps } from "./group-gaps";
import { reconcileGaps, type GapStep, type KnownGap } from "./reconcile-gaps";
import { openTrace } from "./trace-cells";

/** One assessment over a backlog, and the backlog that it leaves. */
function run(known: readonly KnownGap[], input: ScoringInput, changes: { today?: string; turned?: boolean } = {}) {
  const result = assess(input);
  const found = groupGaps(input, result);
  const facts = { label: "A-0002", today: changes.today ?? new Date(input.at).toISOString().slice(0, 10), domains: input.domains, trace: openTrace(input, result) };
  const steps = changes.turned ? reconcileGaps([...known].reverse(), [...found].reverse(), facts) : reconcileGaps(known, found, facts);
  const touched = new Set(steps.map(({ key }) => key));
  return { steps, found, known: [...known.filter(({ key }) => !touched.has(key)), ...steps.map(after)] };
}

function after({ key, known, found, decision }: GapStep, position: number): KnownGap {
  if (found) return { id: known?.id ?? position + 1, key, segmentId: found.segmentId, domain: found.domain, group: found.group, component: found.component?.id ?? null, family: found.family, analytics: found.analytics, cells: found.cells, decision };
  if (!known) throw new Error("a step speaks of a gap");
  return { ...known, cells: 0, decision };
}

const proven = makeInput({ aggregates: fromHosts(9) });
const stale = makeInput({ aggregates: fromHosts(9).map((row) => aged(row)) });
const absent = makeInput();
const decided = (known: readonly KnownGap[], decision: Partial<GapDecision>): KnownGap[] => known.map((gap) => ({ ...gap, decision: { ...gap.decision, ...decision } }));
const only = (steps: readonly GapStep[]): GapStep => {
  const [step, ...rest] = steps;
  if (!step || rest.length > 0) throw new Error(`${steps.length} steps`);
  return step;
};

describe("a gap over assessments", () => {
  test("is closed by proof, reopened when proof goes stale, with the reason said", () => {
    const first = run([], absent);
    expect(only(first.steps)).toMatchObject({ decision: NEW_GAP, notes: [{ kind: "opened", text: expect.stringContaining("1 cell") }] });
    const second = run(first.known, proven);
    expect(only(second.steps)).toMatchObject({ found: null, decision: { state: "done", closing: "proven" }, notes: [{ kind: "closed", text: "A-0002: 1 cell proven." }] });
    const third = run(second.known, stale);
    expect(only(third.steps)).toMatchObject({ decision: { state: "open", closing: null }, notes: [{ kind: "reopened", text: expect.stringMatching(/1 cell is open again\. .*days/) }] });
  });

  test("stays planned or accepted while it is there, with its owner, and is not proven by somebody's word", () => {
    const { known } = run([], absent);
    const planned = run(decided(known, { state: "planned", owner: "Ada", due: "2026-07-01" }), absent);
    expect(only(planned.steps)).toMatchObject({ decision: { state: "planned", owner: "Ada" }, notes: [] });
    const word = run(decided(known, { state: "done", closing: "word", owner: "Ada" }), absent);
    expect(only(word.steps)).toMatchObject({ decision: { state: "open", owner: "Ada" }, notes: [{ kind: "reopened", text: expect.stringContaining("Said to be done, but 1 cell is open.") }] });
    expect(only(run(decided(known, { state: "done", closing: "word" }), proven).steps)).toMatchObject({ decision: { state: "done", closing: "proven" }, notes: [{ kind: "closed" }] });
  });

  test("accepted as a risk is open again on the day after its last", () => {
    const known = decided(run([], absent).known, { state: "accepted", reason: "lab", owner: "Ada", expires: "2026-06-15" });
    expect(only(run(known, absent, { today: "2026-06-15" }).steps)).toMatchObject({ decision: { state: "accepted" }, notes: [] });
    expect(only(run(known, absent, { today: "2026-06-16" }).steps)).toMatchObject({ decision: { state: "open", reason: "", expires: null, owner: "Ada" }, notes: [{ kind: "reopened", text: expect.stringContaining("ended on 2026-06-15") }] });
  });

  test("whose cells lack something else now is not called proven, and its heir keeps owner and due date", () => {
    const either = makeRequirement({ alternatives: [makeAlternative(), makeAlternative({ name: "osquery", family: "macos-osquery", accepts: 1 })] });
    const setup = { acceptSets: [[{ kind: "macos-esf:exec", met: "as-cited" as const, fields: 0 }], [{ kind: "macos-osquery:process_events", met: "as-cited" as const, fields: 0 }]], analytics: [makeAnalytic("AN0001", { requirements: [either] })] };
    const known = decided(run([], makeInput(setup)).known, { state: "planned", owner: "Ada", due: "2026-07-01" });
    const { steps } = run(known, makeInput({ ...setup, aggregates: fromHosts(2, { kind: "macos-osquery:process_events" }) }));
    expect(steps).toHaveLength(2);
    expect(steps.find(({ found }) => found === null)).toMatchObject({ decision: { state: "done", closing: "moved" }, notes: [{ text: "A-0002: 1 cell open for another cause." }] });
    expect(steps.find(({ found }) => found !== null)).toMatchObject({ found: { family: "macos-osquery" }, decision: { state: "planned", owner: "Ada", due: "2026-07-01" } });
  });

  test("whose analytics apply no more is gone, not proven; one of a domain that was not assessed stays as it is", () => {
    const { known } = run([], absent);
    expect(only(run(known, makeInput({ exclusions: [{ segment: "mac", analytic: "AN0001", reason: "x", owner: "Ada", expires: "2027-01-01" }] })).steps)).toMatchObject({ decision: { state: "done", closing: "gone" } });
    expect(run(known, makeInput({ domains: ["ics"], analytics: [] })).steps).toEqual([]);
  });

  test("some of whose cells are proven stays, and says how many are left", () => {
    const two = makeInput({ analytics: [makeAnalytic("AN0001"), makeAnalytic("AN0002")] });
    const { known } = run([], two);
    expect(only(run(known, absent).steps)).toMatchObject({ decision: NEW_GAP, notes: [{ kind: "cells", text: "A-0002: 2 → 1 cell" }] });
  });
});

describe("properties of the backlog", () => {
  const pair = fc.tuple(scoringInput, scoringInput, fc.constantFrom<Partial<GapDecision>>({}, { state: "planned", owner: "Ada" }, { state: "accepted", expires: "2026-06-14", reason: "x", owner: "A" }, { state: "accepted", expires: "2027-01-01", reason: "x", owner: "A" }, { state: "done", closing: "word" }));

  test("after an assessment a gap of its domains is done exactly when it was not found, and no lapsed acceptance is left", () => {
    fc.assert(
      fc.property(pair, ([a, b, decision]) => {
        const { known, found } = run(decided(run([], a).known, decision), b);
        const open = new Set(found.map(({ key }) => key));
        for (const gap of known) {
          expect(gap.decision.state === "done").toBe(!open.has(gap.key));
          expect(gap.decision.state === "accepted" && (gap.decision.expires ?? "") < new Date(AT).toISOString().slice(0, 10)).toBe(false);
        }
      }),
      { numRuns: 40 },
    );
  });

  test("closing and reopening follow from two assessments alone: again changes nothing, and the order of the lists does not show", () => {
    fc.assert(
      fc.property(pair, ([a, b, decision]) => {
        const before = decided(run([], a).known, decision);
        const once = run(before, b);
        expect(run(before, b, { turned: true }).steps).toEqual(once.steps);
        const twice = run(once.known, b);
        expect(twice.steps.flatMap(({ notes }) => notes)).toEqual([]);
        expect(new Map(twice.known.map(({ key, decision: left }) => [key, left]))).toEqual(new Map(once.known.map(({ key, decision: left }) => [key, left])));
      }),
      { numRuns: 40 },
    );
  });
});
