import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { decideGroupStatus } from "./decide-group-status";
import { statusRank, STATUSES, type Status } from "./status";

const countsOf = (statuses: readonly Status[]): Record<Status, number> => {
  const counts: Record<Status, number> = { "not-applicable": 0, unassessable: 0, blind: 0, declared: 0, partial: 0, observed: 0, validated: 0 };
  for (const status of statuses) counts[status] += 1;
  return counts;
};

test.each<[Status, Status[]]>([
  ["not-applicable", []],
  ["not-applicable", ["not-applicable", "not-applicable"]],
  ["unassessable", ["unassessable", "not-applicable"]],
  ["validated", ["validated", "validated"]],
  ["observed", ["validated", "observed", "not-applicable"]],
  ["partial", ["validated", "unassessable"]],
  ["partial", ["observed", "blind"]],
  ["partial", ["partial", "declared"]],
  ["declared", ["declared", "declared"]],
  ["blind", ["declared", "blind"]],
  ["blind", ["declared", "unassessable"]],
])("a group is %s where its cells are %j", (expected, cells) => {
  expect(decideGroupStatus(countsOf(cells))).toBe(expected);
});

describe("the status of a group", () => {
  const cells = fc.array(fc.constantFrom(...STATUSES), { maxLength: 8 });
  it("of one cell is that cell's", () => {
    for (const status of STATUSES) expect(decideGroupStatus(countsOf([status]))).toBe(status);
  });
  it("never claims more than holds of every applicable cell, and never rises when a worse cell joins", () => {
    fc.assert(
      fc.property(cells, fc.constantFrom(...STATUSES), (statuses, more) => {
        const group = decideGroupStatus(countsOf(statuses));
        const applicable = statuses.filter((status) => status !== "not-applicable");
        if (group === "observed" || group === "validated" || group === "declared") for (const status of applicable) expect(statusRank(status)).toBeGreaterThanOrEqual(statusRank(group));
        const worst = Math.min(...applicable.map(statusRank));
        if (more !== "not-applicable" && statusRank(more) <= worst) expect(statusRank(decideGroupStatus(countsOf([...statuses, more])))).toBeLessThanOrEqual(Math.max(statusRank(group), statusRank(more)));
      }),
      { numRuns: 300 },
    );
  });
});
