import { expect, test } from "vitest";
import { unlocksOf } from "./unlocks-of";

test("what one action brings alone and what only two bring together are told apart", () => {
  const game = {
    clauses: [[0], [1], [0, 2]],
    items: [
      { clauses: [0], value: 1, cells: 4, group: 0 },
      { clauses: [0, 1], value: 1, cells: 3, group: 0 },
      { clauses: [1, 2], value: 1, cells: 2, group: 0 },
    ],
  };
  const found = unlocksOf(game, new Set([0, 1, 2]));
  expect(found.get(0)).toEqual({ alone: 4, partner: { action: 1, cells: 5 } });
  expect(found.get(1)).toEqual({ alone: 0, partner: { action: 0, cells: 5 } });
  expect(found.get(2)).toEqual({ alone: 0, partner: { action: 1, cells: 2 } });
  const both = { clauses: [[0, 1], [0], [1]], items: [{ clauses: [0, 1, 2], value: 1, cells: 5, group: 0 }] };
  expect(unlocksOf(both, new Set([0, 1])).get(1)).toEqual({ alone: 0, partner: { action: 0, cells: 5 } });
  expect(unlocksOf(game, new Set([0])).get(0)).toEqual({ alone: 4, partner: undefined });
});
