import fc from "fast-check";
import { expect, test } from "vitest";
import { assess } from "@/lib/assessment/assess";
import { statusRank } from "@/lib/assessment/status";
import { scoringInput } from "@/lib/assessment/testing/scoring-input-arbitrary";
import { DEFAULT_COSTS } from "../costs";
import { buildModel } from "./build-model";
import { projectGrants } from "./grant-collections";
import { projectSegment } from "./project-segment";

test("a segment on its own is projected to the very cells that the whole fleet's projection gives it", () => {
  let won = 0;
  fc.assert(
    fc.property(scoringInput, fc.oneof(fc.constant(2 ** 20 - 1), fc.nat(2 ** 20 - 1)), (input, bits) => {
      const before = assess(input);
      const { actions } = buildModel(input, before, DEFAULT_COSTS, null);
      const grants = actions.filter((_, n) => (bits >> n % 20) & 1).map(({ segment, collection }) => ({ segment: input.segments[segment]?.id ?? "", kinds: collection.kinds }));
      const { result, assumed } = projectGrants(input, before, grants);
      input.segments.forEach(({ id }, position) => {
        const own = projectSegment(input, id, grants.filter(({ segment }) => segment === id).flatMap(({ kinds }) => kinds));
        const expected = result.cells.flatMap((cell, n) => {
          const was = before.cells[n];
          if (was === undefined || cell.segment !== position || statusRank(was.status) >= statusRank("observed") || statusRank(cell.status) < statusRank("observed")) return [];
          return [{ analytic: input.analytics[cell.analytic]?.id, from: was.status, to: cell.status, assumedJoin: assumed.includes(n) }];
        });
        expect(own.won).toEqual(expected);
        expect(own.n).toBe(before.cells.filter(({ segment }) => segment === position).length);
        won += expected.length;
      });
    }),
    { numRuns: 60 },
  );
  expect(won).toBeGreaterThan(0); // the property is not about empty plans
});
