import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { UNKNOWN_FAMILY } from "@/lib/telemetry/family-of";
import { assess } from "./assess";
import { openPositions } from "./open-positions";
import type { ScoringInput } from "./scoring-input";
import type { CellResult, ScoringResult } from "./scoring-result";
import { makeAlternative, makeAnalytic, makeInput, makeRecords, makeRequirement } from "./testing/make-input";
import { scoringInput } from "./testing/scoring-input-arbitrary";

// Whatever cells share while they are decided (what a kind holds, what claims say of it, lines, details, lists of what applies) must not show.

/** A cell with its detail and lines written out, and without positions. */
function writtenOut({ details, requirements }: ScoringResult, cell: CellResult): unknown {
  const { segment: _, analytic: __, detail, ...rest } = cell;
  const { requirements: lines, ...head } = details[detail] ?? { requirements: [] };
  return { ...rest, head, lines: lines.map((line) => requirements[line]) };
}

const reasonsOf = (input: ScoringInput, result: ScoringResult, analytic: number): (string | undefined)[] => input.segments.map((_, segment) => result.segments[segment]?.notApplicable.find(({ analytics }) => analytics.includes(analytic))?.text);

/** Claims alone speak, for references that all accept the same kinds: which of them a claim names, and for which component it counts, is all that tells them apart. */
const claimsAlone = scoringInput.map((input): ScoringInput => ({
  ...input,
  aggregates: [],
  measurements: [],
  claims: input.claims.map((claim, at) => (at % 2 === 0 ? claim : { ...claim, family: UNKNOWN_FAMILY.id, component: "DC0001" })),
  analytics: input.analytics.map((analytic) => ({ ...analytic, requirements: analytic.requirements.map((requirement) => ({ ...requirement, alternatives: requirement.alternatives.map((alternative) => ({ ...alternative, verdict: "producible" as const, accepts: 0 })) })) })),
}));

describe("what cells share", () => {
  test.each([["whatever there is", scoringInput], ["claims alone", claimsAlone]])("an analytic alone is decided as it is among others, word for word: %s", (_name, inputs) => {
    fc.assert(
      fc.property(inputs, (input) => {
        const all = assess(input);
        input.analytics.forEach((analytic, position) => {
          const alone = assess({ ...input, analytics: [analytic] });
          expect(alone.cells.map((cell) => writtenOut(alone, cell))).toEqual(all.cells.filter((cell) => cell.analytic === position).map((cell) => writtenOut(all, cell)));
          expect(reasonsOf(input, alone, 0)).toEqual(reasonsOf(input, all, position));
        });
      }),
      { numRuns: 120 },
    );
  });

  test.each([["whatever there is", scoringInput], ["claims alone", claimsAlone]])("each requirement of an analytic alone has the line that it has among the analytic's others: %s", (_name, inputs) => {
    fc.assert(
      fc.property(inputs, (input) => {
        const [analytic] = input.analytics;
        if (analytic === undefined) return;
        const whole = { ...analytic, joins: [] };
        const lines = (requirements: typeof analytic.requirements): unknown[][] => {
          const result = assess({ ...input, analytics: [{ ...whole, requirements }] });
          return result.cells.map((cell) => result.details[cell.detail]?.requirements.map((line) => result.requirements[line]) ?? []);
        };
        const together = lines(whole.requirements);
        whole.requirements.forEach((requirement, at) => expect(lines([requirement])).toEqual(together.map((cell) => [cell[at]])));
      }),
      { numRuns: 120 },
    );
  });

  test("references that accept the same kinds each say what the family they cite shows instead", () => {
    const cite = (family: string) => makeRequirement({ alternatives: [makeAlternative({ family })] });
    const result = assess(makeInput({ analytics: [makeAnalytic("AN0001", { requirements: [cite("fam-a"), cite("fam-b"), cite("fam-a")] })], aggregates: [makeRecords("h1", 7, { kind: "fam-a:1" }), makeRecords("h1", 9, { kind: "fam-b:1" })] }));
    expect(result.details[0]?.requirements.map((line) => result.requirements[line]?.alternatives[0]?.why.text)).toEqual(["fam-a", "fam-b", "fam-a"].map((family) => expect.stringContaining(`fresh records of ${family}, none of`)));
  });

  test("an input without sharing, every reference and requirement an object of its own, gives the same result", () => {
    fc.assert(
      fc.property(scoringInput, (input) => {
        expect(assess(structuredClone(input))).toEqual(assess(input));
      }),
      { numRuns: 60 },
    );
  });

  test("no detail is kept twice", () => {
    fc.assert(
      fc.property(scoringInput, (input) => {
        const docs = assess(input).details.map((doc) => JSON.stringify(doc));
        expect(new Set(docs).size).toBe(docs.length);
      }),
      { numRuns: 60 },
    );
  });
});

describe("positions by hash", () => {
  test("every position is found under its hash, newest first, however many there are", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer()), { minLength: 1, maxLength: 3_000 }), (hashes) => {
        const positions = openPositions();
        for (const hash of hashes) positions.add(hash);
        for (const wanted of new Set(hashes)) {
          const chain: number[] = [];
          for (let at = positions.first(wanted); at >= 0; at = positions.next(at)) chain.push(at);
          expect(chain.filter((at) => hashes[at] === wanted)).toEqual(hashes.flatMap((hash, at) => (hash === wanted ? [at] : [])).reverse());
        }
      }),
      { numRuns: 25 },
    );
  });

  test("a hash that was never added has no position of its own", () => {
    const positions = openPositions();
    expect(positions.first(7)).toBe(-1);
  });
});
