import fc from "fast-check";
import { expect, test } from "vitest";
import { assess } from "@/lib/assessment/assess";
import type { ScoringInput } from "@/lib/assessment/scoring-input";
import { statusRank } from "@/lib/assessment/status";
import { AT } from "@/lib/assessment/testing/make-input";
import { FULL_SHAPE, scoringInput } from "@/lib/assessment/testing/scoring-input-arbitrary";
import { findDependences } from "./sole-source";

// One platform per segment: in a mixed one without a roster the records of a source also tell whose the other records are.
const single = scoringInput.map((input): ScoringInput => ({
  ...input,
  policy: { ...input.policy, minHostsPercent: 0, asCitedOnly: false },
  measurements: [],
  aggregates: input.aggregates.map((row) => ({ ...row, shape: FULL_SHAPE, fresh: 5, freshFirst: AT, freshLast: AT })),
  analytics: input.analytics.map((analytic) => ({ ...analytic, external: false, strategyDeprecated: false, platforms: ["Linux"] })),
  segments: input.segments.map((segment) => ({ ...segment, roster: null, platforms: [{ name: "Linux", hosts: 10 }] })),
}));

test("what hangs on a source is what the scorer no longer shows as observed without its records", () => {
  let found = 0;
  fc.assert(
    fc.property(single, (input) => {
      const before = assess(input);
      const dependences = findDependences(input, before);
      for (const family of ["fam-a", "fam-b"]) {
        const after = assess({ ...input, aggregates: input.aggregates.filter(({ kind }) => !kind.startsWith(`${family}:`)) });
        input.segments.forEach((_, segment) => {
          const fell = before.cells.filter((cell, n) => cell.segment === segment && statusRank(cell.status) >= statusRank("observed") && statusRank(after.cells[n]?.status ?? "blind") < statusRank("observed")).length;
          expect(dependences.find((one) => one.segment === segment && one.family === family)?.lost ?? 0).toBe(fell);
          found += fell;
        });
      }
    }),
    { numRuns: 150 },
  );
  expect(found).toBeGreaterThan(10);
});
