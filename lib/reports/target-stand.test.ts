import { expect, test } from "vitest";
import { standAgainstTarget } from "./target-stand";

const target = { value: 600_000, date: "2026-12-01", owner: "Ada" };
const stand = (value: number | null, today: string, date: string | null = target.date) => standAgainstTarget({ ...target, date }, value === null ? null : { value }, today);

test("a target is reached at its very value, and missed only after its day", () => {
  expect(stand(600_000, "2027-01-01")).toMatchObject({ state: "reached", short: 0, daysLeft: -31, owner: "Ada" });
  expect(stand(599_999, "2026-12-01")).toMatchObject({ state: "short", short: 1, daysLeft: 0 });
  expect(stand(599_999, "2026-12-02")).toMatchObject({ state: "missed", daysLeft: -1 });
  expect(stand(100_000, "2030-01-01", null)).toMatchObject({ state: "short", daysLeft: null });
});

test("without evidence there is no distance", () => {
  expect(stand(null, "2026-11-21")).toMatchObject({ state: "no-evidence", short: null, daysLeft: 10 });
});
