import { describe, expect, test } from "vitest";
import { assess } from "./assess";
import { DAY_MS } from "./instants";
import { AT, fromHosts, makeClaim, makeInput } from "./testing/make-input";

/** A flow statistic that counts zero hosts demotes a family at once, whatever freshDays says. */
const flow = makeClaim({ basis: "flow", hosts: 0, asOf: AT - DAY_MS });
const oldRecords = fromHosts(10, { freshFirst: AT - 10 * DAY_MS, freshLast: AT - 10 * DAY_MS });
const cell = (claims: ReturnType<typeof makeClaim>[], aggregates = oldRecords) => assess(makeInput({ claims, aggregates })).cells[0];

describe("a flow statistic of a whole log source", () => {
  test("with zero hosts makes its family silent: records of ten days ago prove nothing any more", () => {
    expect(cell([])).toMatchObject({ status: "observed" });
    expect(cell([flow])).toMatchObject({ flags: expect.arrayContaining(["silent"]) });
    expect(cell([flow])?.status).not.toBe("observed");
  });

  test("says nothing against records that are newer than it", () => {
    expect(cell([flow], fromHosts(10))).toMatchObject({ status: "observed" });
  });

  test.each([
    ["counts hosts", { hosts: 10 }],
    ["does not say how many", { hosts: null }],
    ["speaks of one channel only", { channel: "ES_EVENT_TYPE_NOTIFY_OPEN" }],
    ["is undated", { asOf: null }],
    ["is later than T", { asOf: AT + DAY_MS }],
    ["is older than freshDays", { asOf: AT - 40 * DAY_MS }],
    ["is no flow statistic", { basis: "statement" as const }],
  ])("silences nothing when it %s", (_, changes) => {
    expect(cell([makeClaim({ ...flow, ...changes })])).toMatchObject({ status: "observed" });
  });
});
