import fc from "fast-check";
import { expect, test } from "vitest";
import { clauseGains, type ClauseGame } from "./clause-gains";

const game: fc.Arbitrary<ClauseGame> = fc.record({
  clauses: fc.array(fc.uniqueArray(fc.nat(5), { minLength: 1, maxLength: 3 }), { minLength: 4, maxLength: 4 }),
  items: fc.array(fc.record({ clauses: fc.uniqueArray(fc.nat(3), { minLength: 1 }), value: fc.nat(100), cells: fc.nat(3), group: fc.nat(1) }), { maxLength: 8 }),
});

test("a member is worth exactly what the whole changes when it alone is switched", () => {
  fc.assert(
    fc.property(game, fc.uniqueArray(fc.nat(5)), (asked, choice) => {
      const chosen = new Set(choice);
      const now = clauseGains(asked, 6, chosen);
      for (let member = 0; member < 6; member += 1) {
        const other = new Set(chosen);
        if (!other.delete(member)) other.add(member);
        const then = clauseGains(asked, 6, other);
        expect(now.marginal[member]).toEqual({ value: Math.abs(then.value - now.value), cells: Math.abs(then.cells - now.cells) });
      }
      expect([...now.groups.values()].reduce((sum, { value }) => sum + value, 0)).toBe(now.value);
    }),
    { numRuns: 200 },
  );
});
