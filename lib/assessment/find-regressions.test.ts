import { expect, test } from "vitest";
import { findRegressions, type ComparedCell } from "./find-regressions";
import { STATUSES, type Status } from "./status";

const cell = (analytic: string, status: Status): ComparedCell => ({ analytic, segment: "s", status });

test("a cell fell when it was observed or validated and has a lower status now; what is no longer applicable or assessed did not fall", () => {
  for (const was of STATUSES) {
    for (const is of STATUSES) {
      const fell = (was === "observed" && ["unassessable", "blind", "declared", "partial"].includes(is)) || (was === "validated" && ["unassessable", "blind", "declared", "partial", "observed"].includes(is));
      expect(findRegressions([cell("AN1", was)], [cell("AN1", is)]), `${was} -> ${is}`).toEqual(fell ? [{ analytic: "AN1", segment: "s", before: was, now: is }] : []);
    }
  }
  expect(findRegressions([cell("AN1", "observed")], [cell("AN2", "blind"), { ...cell("AN1", "blind"), segment: "t" }])).toEqual([]);
});
